package codes

import "github.com/errlingo/errlingo/catalog"

// InvalidEmailAddress: what was entered as an e-mail address does not have the form of one.
var InvalidEmailAddress = Domain.Define(125, "INVALID_EMAIL_ADDRESS", catalog.Spec{
	Title:    "E-mail address not complete",
	Detail:   "“{{.Email}}” does not look like an e-mail address.",
	Help:     "Check for a typing mistake. An e-mail address looks like this: name@example.com.",
	Params:   catalog.Params{catalog.Sensitive(Email)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// DuplicateValue: a field whose values must be unique was given a value that exists already.
var DuplicateValue = Domain.Define(137, "DUPLICATE_VALUE", catalog.Spec{
	Title: "Already in use",
	Detail: "“{{.Value}}” is already in use. In the field “{{.Field}}” every value can be used " +
		"only once.",
	Help:     "Enter a different value.",
	Params:   catalog.Params{Field, catalog.Sensitive(Value)},
	HTTP:     409,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// ValidationError: what was sent breaks one rule or several. Each broken rule is a violation of the
// error, with its own code and texts, and Count is their number.
var ValidationError = Domain.Define(142, "VALIDATION_ERROR", catalog.Spec{
	Title:    "Corrections needed",
	Detail:   "{{.Count}} entries cannot be accepted yet.",
	Plural:   catalog.Plural{By: Count, One: "One entry cannot be accepted yet."},
	Help:     "Make the corrections, then try again.",
	Params:   catalog.Params{catalog.Public(Count)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})

// InvalidValue: a field was given a value that has the right type but is not acceptable, such as a
// date in the past. The value is shown to the reader, so this is not the code for a password.
var InvalidValue = Domain.Define(162, "INVALID_VALUE", catalog.Spec{
	Title:    "Value not accepted",
	Detail:   "The field “{{.Field}}” does not accept “{{.Value}}”.",
	Help:     "Enter a different value.",
	Params:   catalog.Params{Field, catalog.Sensitive(Value)},
	HTTP:     422,
	Audience: catalog.AudienceEndUser,
	Action:   catalog.ActionFix,
})
