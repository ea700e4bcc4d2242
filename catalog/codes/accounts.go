package codes

import "github.com/errlingo/errlingo/catalog"

// UsernameMissing: somebody signs in or signs up without a username.
var UsernameMissing = Domain.Define(200, "USERNAME_MISSING", catalog.Spec{
	Title:    "Username missing",
	Detail:   "A username is required.",
	Help:     "Enter a username.",
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// PasswordMissing: somebody signs in or signs up without a password.
var PasswordMissing = Domain.Define(201, "PASSWORD_MISSING", catalog.Spec{
	Title:    "Password missing",
	Detail:   "A password is required.",
	Help:     "Enter a password.",
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// UsernameTaken: somebody chose a username that another account has.
var UsernameTaken = Domain.Define(202, "USERNAME_TAKEN", catalog.Spec{
	Title:    "Username already taken",
	Detail:   "The username “{{.Username}}” is already taken.",
	Help:     "Choose a different username.",
	Params:   catalog.Params{catalog.Sensitive(Username)},
	HTTP:     409,
	RPC:      catalog.RPCAlreadyExists,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// EmailTaken: somebody chose an email address that another account has. The texts don't say so,
// since a stranger could otherwise find out who has an account; a translation mustn't say it
// either. For the same reason readers see INVALID_VALUE, which takes the same arguments, in place
// of this code, and only the log has the code itself.
var EmailTaken = Domain.Define(203, "EMAIL_TAKEN", catalog.Spec{
	Title:    "Email address can’t be used",
	Detail:   "The email address “{{.Value}}” can’t be used here.",
	Help:     "Use a different address. If you already have an account, sign in instead.",
	Params:   catalog.Params{Field, catalog.Sensitive(catalog.String("Value", "kim@example.com"))},
	HTTP:     409,
	RPC:      catalog.RPCAlreadyExists,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
	ShownAs:  InvalidValue,
})

// EmailMissing: an email address is required, and none was given.
var EmailMissing = Domain.Define(204, "EMAIL_MISSING", catalog.Spec{
	Title:    "Email address missing",
	Detail:   "An email address is required.",
	Help:     "Enter an email address.",
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// EmailNotFound: no account has the email address. The texts don't say so, since a stranger could
// otherwise find out who has an account; a translation mustn't say it either. For the same reason
// readers see INVALID_VALUE, which takes the same arguments, in place of this code, and only the
// log has the code itself. For resetting a password, answer known and unknown addresses alike,
// without this code.
var EmailNotFound = Domain.Define(205, "EMAIL_NOT_FOUND", catalog.Spec{
	Title:    "Check the email address",
	Detail:   "We couldn’t continue with the email address “{{.Value}}”.",
	Help:     "Check for typos, or try another address that you may have used.",
	Params:   catalog.Params{Field, catalog.Sensitive(catalog.String("Value", "kim@example.com"))},
	HTTP:     404,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
	ShownAs:  InvalidValue,
})

// SessionMissing: somebody wants to do something that requires signing in, such as changing their
// own account.
var SessionMissing = Domain.Define(206, "SESSION_MISSING", catalog.Spec{
	Title:    "Not signed in",
	Detail:   "You need to be signed in to do this.",
	Help:     "Sign in, then try again.",
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})

// MustCreateUserThroughSignup: a program tries to create a user like any other object, instead of
// signing them up.
var MustCreateUserThroughSignup = Domain.Define(207, "MUST_CREATE_USER_THROUGH_SIGNUP",
	catalog.Spec{
		Title:    "Sign-up required",
		Detail:   "A user can’t be created like other objects, only by signing up.",
		Help:     "Send the request to {{.SignupURL}} instead.",
		Params:   catalog.Params{catalog.Public(SignupURL)},
		HTTP:     403,
		Audience: catalog.AudienceDeveloper,
		Action:   catalog.ActionFix,
	})

// InvalidSessionToken: somebody was signed in, but their session has expired, was revoked or is
// unknown.
var InvalidSessionToken = Domain.Define(209, "INVALID_SESSION_TOKEN", catalog.Spec{
	Title:    "Signed out",
	Detail:   "You’ve been signed out.",
	Help:     "Sign in to continue.",
	Params:   catalog.Params{catalog.Public(LoginURL)},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})

// MFAError: the second step of signing in, after the password, failed, or couldn't be turned on.
// Usually, the verification code that the user entered was wrong or too old.
var MFAError = Domain.Define(210, "MFA_ERROR", catalog.Spec{
	Title:  "Verification failed",
	Detail: "That code didn’t work. You have {{.AttemptsLeft}} attempts left.",
	Plural: catalog.Plural{By: AttemptsLeft,
		One:           "That code didn’t work. You have one attempt left.",
		ExactZero:     "That code didn’t work, and you have no attempts left.",
		HelpExactZero: "Request a new code to try again."},
	Help:     "Check the code and enter it again, or request a new one.",
	Params:   catalog.Params{catalog.Public(AttemptsLeft)},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// MFATokenRequired: the password was right, and now the verification code of the second step of
// signing in is needed.
var MFATokenRequired = Domain.Define(211, "MFA_TOKEN_REQUIRED", catalog.Spec{
	Title:    "Verification code needed",
	Detail:   "Enter a verification code to finish signing in.",
	Help:     "Use the code from your {{.Methods}}.",
	Params:   catalog.Params{Methods},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})
