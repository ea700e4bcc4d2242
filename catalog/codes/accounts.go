package codes

import "github.com/errlingo/errlingo/catalog"

// UsernameMissing: somebody signs in or signs up without a user name.
var UsernameMissing = Domain.Define(200, "USERNAME_MISSING", catalog.Spec{
	Title:    "User name missing",
	Detail:   "The user name is empty.",
	Help:     "Enter a user name.",
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// PasswordMissing: somebody signs in or signs up without a password.
var PasswordMissing = Domain.Define(201, "PASSWORD_MISSING", catalog.Spec{
	Title:    "Password missing",
	Detail:   "The password is empty.",
	Help:     "Enter a password.",
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// UsernameTaken: somebody chose a user name that another account has.
var UsernameTaken = Domain.Define(202, "USERNAME_TAKEN", catalog.Spec{
	Title:    "User name already taken",
	Detail:   "The user name “{{.Username}}” is already taken.",
	Help:     "Choose a different user name.",
	Params:   catalog.Params{catalog.Sensitive(Username)},
	HTTP:     409,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// EmailTaken: somebody chose an e-mail address that another account has. The texts do not say so,
// since a stranger could otherwise find out who has an account; a translation must not say it
// either.
var EmailTaken = Domain.Define(203, "EMAIL_TAKEN", catalog.Spec{
	Title:    "E-mail address not available",
	Detail:   "The e-mail address “{{.Email}}” cannot be used for this account.",
	Help:     "Use a different address. If you have an account already, sign in instead.",
	Params:   catalog.Params{catalog.Sensitive(Email)},
	HTTP:     409,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// EmailMissing: an e-mail address is required, and none was given.
var EmailMissing = Domain.Define(204, "EMAIL_MISSING", catalog.Spec{
	Title:    "E-mail address missing",
	Detail:   "The e-mail address is empty.",
	Help:     "Enter an e-mail address.",
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// EmailNotFound: no account has the e-mail address. The texts do not say so, since a stranger could
// otherwise find out who has an account; a translation must not say it either. For resetting a
// password, answer known and unknown addresses alike, without this code.
var EmailNotFound = Domain.Define(205, "EMAIL_NOT_FOUND", catalog.Spec{
	Title:    "E-mail address not recognized",
	Detail:   "This could not be completed with the e-mail address “{{.Email}}”.",
	Help:     "Check for a typing mistake, or try another address that you may have used.",
	Params:   catalog.Params{catalog.Sensitive(Email)},
	HTTP:     404,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
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
		Detail:   "A user cannot be created like other objects, only by signing up.",
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
	Detail:   "You are no longer signed in.",
	Help:     "Sign in again to go on.",
	Params:   catalog.Params{catalog.Public(LoginURL)},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})

// MFAError: the second step of signing in, after the password, failed, or could not be turned on.
// Usually, the code that the user entered was wrong or too old. AttemptsLeft is how many attempts
// they have left.
var MFAError = Domain.Define(210, "MFA_ERROR", catalog.Spec{
	Title:  "Second sign-in step failed",
	Detail: "The code could not be confirmed. You have {{.AttemptsLeft}} attempts left.",
	Plural: catalog.Plural{By: AttemptsLeft,
		One: "The code could not be confirmed. You have one attempt left."},
	Help:     "Check the code and enter it again, or ask for a new one.",
	Params:   catalog.Params{catalog.Public(AttemptsLeft)},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// MFATokenRequired: the password was right, and now the code of the second step of signing in is
// needed.
var MFATokenRequired = Domain.Define(211, "MFA_TOKEN_REQUIRED", catalog.Spec{
	Title:    "Second sign-in step needed",
	Detail:   "To protect your account, signing in also needs a code that only you can get.",
	Help:     "Enter the code. You can get it here: {{.Methods}}.",
	Params:   catalog.Params{Methods},
	HTTP:     401,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionSignIn,
})
