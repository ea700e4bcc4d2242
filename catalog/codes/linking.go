package codes

import "github.com/errlingo/errlingo/catalog"

// AccountAlreadyLinked: a user wants to connect their account at another service, such as Google,
// and it's already connected to another user's account here.
var AccountAlreadyLinked = Domain.Define(208, "ACCOUNT_ALREADY_LINKED", catalog.Spec{
	Title:    "Account already connected",
	Detail:   "Your {{.Provider}} account is already connected to another account.",
	Help:     "Sign in to that account, or connect a different one.",
	Params:   catalog.Params{Provider},
	HTTP:     409,
	RPC:      catalog.RPCAlreadyExists,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// LinkedIDMissing: an account at another service can't be connected, since that service didn't say
// which account it is.
var LinkedIDMissing = Domain.Define(250, "LINKED_ID_MISSING", catalog.Spec{
	Title: "Account not connected",
	Detail: "We couldn’t connect your account because {{.Provider}} didn’t send the details we " +
		"need.",
	Help:     "Sign in again to the account that you want to connect, then try again here.",
	Params:   catalog.Params{Provider},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})

// InvalidLinkedSession: a user signs in with their account at another service, and is no longer
// signed in there.
var InvalidLinkedSession = Domain.Define(251, "INVALID_LINKED_SESSION", catalog.Spec{
	Title:    "Signed out of connected account",
	Detail:   "You’re no longer signed in to {{.Provider}}.",
	Help:     "Sign in to the connected account again, then try again here.",
	Params:   catalog.Params{Provider},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})

// UnsupportedService: a user wants to connect an account at another service, but accounts there
// can't be connected here.
var UnsupportedService = Domain.Define(252, "UNSUPPORTED_SERVICE", catalog.Spec{
	Title:    "Service not supported",
	Detail:   "{{.Provider}} accounts can’t be connected here. You can use {{.Supported}} instead.",
	Help:     "Choose another service.",
	Params:   catalog.Params{Provider, Supported},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})
