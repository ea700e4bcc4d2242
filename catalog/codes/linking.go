package codes

import "github.com/errlingo/errlingo/catalog"

// AccountAlreadyLinked: a user wants to connect their account at another service, and it is
// connected to another user.
var AccountAlreadyLinked = Domain.Define(208, "ACCOUNT_ALREADY_LINKED", catalog.Spec{
	Title:    "Account already connected",
	Detail:   "Your account at {{.Provider}} is already connected to another user.",
	Help:     "Sign in as that user, or connect a different account.",
	Params:   catalog.Params{Provider},
	HTTP:     409,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// LinkedIDMissing: an account at another service cannot be connected, since that service did not
// say whose account it is.
var LinkedIDMissing = Domain.Define(250, "LINKED_ID_MISSING", catalog.Spec{
	Title: "Account not connected",
	Detail: "Your account could not be connected, because {{.Provider}} did not say which account " +
		"is yours.",
	Help:     "Sign in there once more, then try again here.",
	Params:   catalog.Params{Provider},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionRetry,
})

// InvalidLinkedSession: a user signs in with their account at another service, and is no longer
// signed in there.
var InvalidLinkedSession = Domain.Define(251, "INVALID_LINKED_SESSION", catalog.Spec{
	Title:    "Connected account signed out",
	Detail:   "You are no longer signed in at {{.Provider}}.",
	Help:     "Sign in there again, then try again here.",
	Params:   catalog.Params{Provider},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})

// UnsupportedService: a user wants to connect an account at a service that cannot be connected
// here.
var UnsupportedService = Domain.Define(252, "UNSUPPORTED_SERVICE", catalog.Spec{
	Title:    "Service not supported",
	Detail:   "An account at {{.Provider}} cannot be connected here.",
	Help:     "Choose another service: {{.Supported}}.",
	Params:   catalog.Params{Provider, Supported},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})
