package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidChannelName: the name of a channel for push messages has characters that are not allowed.
// The empty name is allowed and means all channels.
var InvalidChannelName = Domain.Define(112, "INVALID_CHANNEL_NAME", catalog.Spec{
	Title:  "Channel name not valid",
	Detail: "A push channel cannot have the name “{{.ChannelName}}”.",
	Help: "Use a name that matches the pattern {{.Allowed}}, or the empty name to reach " +
		"everybody.",
	Params:   catalog.Params{catalog.Public(ChannelName), catalog.Public(Allowed)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// PushMisconfigured: the server cannot send push messages, since its keys or certificates are
// missing or wrong.
var PushMisconfigured = Domain.Define(115, "PUSH_MISCONFIGURED", catalog.Spec{
	Title:    "Push messages not set up",
	Detail:   "The server cannot send push messages to this platform: {{.Platform}}.",
	Help:     "Check the keys and certificates for this platform in the settings of the server.",
	Params:   catalog.Params{catalog.Public(Platform)},
	HTTP:     500,
	Audience: catalog.AudienceOperator,
	Action:   catalog.ActionContact,
})

// InvalidPushTimeError: a push message is to be sent at a time that is past, too far ahead or not
// well formed.
var InvalidPushTimeError = Domain.Define(152, "INVALID_PUSH_TIME_ERROR", catalog.Spec{
	Title: "Sending time not possible",
	Detail: "The message cannot be sent at the time that you chose. Earliest: {{.Earliest}}. " +
		"Latest: {{.Latest}}.",
	Help: "Choose a time between these two.",
	Params: catalog.Params{catalog.Public(PushTime), catalog.Public(Earliest),
		catalog.Public(Latest)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})
