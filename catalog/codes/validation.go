package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidEmailAddress: what was entered as an email address doesn't have the form of one.
var InvalidEmailAddress = Domain.Define(125, "INVALID_EMAIL_ADDRESS", catalog.Spec{
	Title:    "Email address not valid",
	Detail:   "“{{.Email}}” doesn’t look like an email address.",
	Help:     "Check for typos. An email address looks like this: name@example.com.",
	Params:   catalog.Params{catalog.Sensitive(Email)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// DuplicateValue: a field whose values must be unique was given a value that exists already.
var DuplicateValue = Domain.Define(137, "DUPLICATE_VALUE", catalog.Spec{
	Title:    "Already in use",
	Detail:   "“{{.Value}}” is already in use. Each {{.Field}} must be unique.",
	Help:     "Enter a different value.",
	Params:   catalog.Params{Field, catalog.Sensitive(Value)},
	HTTP:     409,
	RPC:      catalog.RPCAlreadyExists,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// ValidationError: what was entered, in a form for example, breaks one rule or several. Each of
// them is listed below the detail with its own texts, and Count is their number.
var ValidationError = Domain.Define(142, "VALIDATION_ERROR", catalog.Spec{
	Title:    "Some details need fixing",
	Detail:   "{{.Count}} details need to be corrected.",
	Plural:   catalog.Plural{By: Count, One: "One detail needs to be corrected."},
	Help:     "Make the corrections, then try again.",
	Params:   catalog.Params{catalog.Public(Count)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// InvalidValue: a field was given a value that has the right type but is not acceptable, such as a
// date in the past. The value is shown to the reader, so this is not the code for a password.
var InvalidValue = Domain.Define(162, "INVALID_VALUE", catalog.Spec{
	Title:    "Value not valid",
	Detail:   "“{{.Value}}” isn’t valid for “{{.Field}}”.",
	Help:     "Enter a different value.",
	Params:   catalog.Params{Field, catalog.Sensitive(Value)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})
