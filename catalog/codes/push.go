package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidChannelName: the name of a channel for push notifications has characters that aren't
// allowed. The empty name is allowed and means all channels.
var InvalidChannelName = Domain.Define(112, "INVALID_CHANNEL_NAME", catalog.Spec{
	Title: "Channel name not valid",
	Detail: "A push channel can’t be named “{{.ChannelName}}”. Names must match the pattern " +
		"{{.Allowed}}.",
	Help:     "Use a name that the documentation allows, or an empty name to reach everyone.",
	Params:   catalog.Params{catalog.Public(ChannelName), catalog.Public(Allowed)},
	HTTP:     400,
	Audience: catalog.AudienceDeveloper,
	Action:   catalog.ActionFix,
})

// PushMisconfigured: the server can't send push notifications, since its keys or certificates are
// missing or wrong.
var PushMisconfigured = Domain.Define(115, "PUSH_MISCONFIGURED", catalog.Spec{
	Title:    "Push notifications not set up",
	Detail:   "The server can’t send push notifications to {{.Platform}}.",
	Help:     "Check the keys and certificates for this platform in the server’s settings.",
	Params:   catalog.Params{catalog.Public(Platform)},
	HTTP:     500,
	Audience: catalog.AudienceOperator,
	Action:   catalog.ActionFix,
})

// InvalidPushTimeError: a push notification was scheduled for a time that is past, too far ahead or
// malformed.
var InvalidPushTimeError = Domain.Define(152, "INVALID_PUSH_TIME_ERROR", catalog.Spec{
	Title:  "Time not available",
	Detail: "The message can’t be sent at the time you chose.",
	Help:   "Choose a time from {{.Earliest}} to {{.Latest}}.",
	Params: catalog.Params{catalog.Public(PushTime), catalog.Public(Earliest),
		catalog.Public(Latest)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})
