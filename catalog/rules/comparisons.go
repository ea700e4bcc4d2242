package rules

import (
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// NotSame: two fields differ that have to be the same, such as a password and its repetition, and
// the other one's name is not known.
var NotSame = Domain.Define(501, "NOT_SAME", catalog.Spec{
	Title:  "Entries don’t match",
	Detail: "These entries don’t match. Enter the same in both fields.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotSameAs: a field differs from another one that it has to be the same as.
var NotSameAs = Domain.Define(502, "NOT_SAME_AS", catalog.Spec{
	Title:  "Entries don’t match",
	Detail: "Enter the same as in “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotDifferent: two fields are the same that have to differ, and the other one's name is not known.
var NotDifferent = Domain.Define(503, "NOT_DIFFERENT", catalog.Spec{
	Title:  "Entries are the same",
	Detail: "These entries are the same. Enter something different here.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotDifferentFrom: a field is the same as another one that it has to differ from.
var NotDifferentFrom = Domain.Define(504, "NOT_DIFFERENT_FROM", catalog.Spec{
	Title:  "Entries are the same",
	Detail: "Enter something different from “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotHigher: a value is not higher than that of another field whose name is not known.
var NotHigher = Domain.Define(505, "NOT_HIGHER", catalog.Spec{
	Title:  "Value too low",
	Detail: "Enter a higher value.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotHigherThan: a value is not higher than that of another field.
var NotHigherThan = Domain.Define(506, "NOT_HIGHER_THAN", catalog.Spec{
	Title:  "Value too low",
	Detail: "Enter a higher value than under “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// LowerThan: a value is lower than that of another field.
var LowerThan = Domain.Define(507, "LOWER_THAN", catalog.Spec{
	Title:  "Value too low",
	Detail: "Enter the same value as under “{{.OtherField}}” or a higher one.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLower: a value is not lower than that of another field whose name is not known.
var NotLower = Domain.Define(508, "NOT_LOWER", catalog.Spec{
	Title:  "Value too high",
	Detail: "Enter a lower value.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLowerThan: a value is not lower than that of another field.
var NotLowerThan = Domain.Define(509, "NOT_LOWER_THAN", catalog.Spec{
	Title:  "Value too high",
	Detail: "Enter a lower value than under “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// HigherThan: a value is higher than that of another field.
var HigherThan = Domain.Define(510, "HIGHER_THAN", catalog.Spec{
	Title:  "Value too high",
	Detail: "Enter the same value as under “{{.OtherField}}” or a lower one.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLater: a date is not later than that of another field whose name is not known.
var NotLater = Domain.Define(511, "NOT_LATER", catalog.Spec{
	Title:  "Date too early",
	Detail: "Choose a later date.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLaterThan: a date is not later than that of another field.
var NotLaterThan = Domain.Define(512, "NOT_LATER_THAN", catalog.Spec{
	Title:  "Date too early",
	Detail: "Choose a later date than under “{{.OtherField}}”.",
	Params: catalog.Params{Field, catalog.LabelParam("OtherField", codes.FieldDate)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// EarlierThan: a date is earlier than that of another field.
var EarlierThan = Domain.Define(513, "EARLIER_THAN", catalog.Spec{
	Title:  "Date too early",
	Detail: "Choose the same date as under “{{.OtherField}}” or a later one.",
	Params: catalog.Params{Field, catalog.LabelParam("OtherField", codes.FieldDate)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotEarlier: a date is not earlier than that of another field whose name is not known.
var NotEarlier = Domain.Define(514, "NOT_EARLIER", catalog.Spec{
	Title:  "Date too late",
	Detail: "Choose an earlier date.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotEarlierThan: a date is not earlier than that of another field.
var NotEarlierThan = Domain.Define(515, "NOT_EARLIER_THAN", catalog.Spec{
	Title:  "Date too late",
	Detail: "Choose an earlier date than under “{{.OtherField}}”.",
	Params: catalog.Params{Field, catalog.LabelParam("OtherField", codes.FieldDate)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// LaterThan: a date is later than that of another field.
var LaterThan = Domain.Define(516, "LATER_THAN", catalog.Spec{
	Title:  "Date too late",
	Detail: "Choose the same date as under “{{.OtherField}}” or an earlier one.",
	Params: catalog.Params{Field, catalog.LabelParam("OtherField", codes.FieldDate)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// OtherNotIncluded: a text doesn't contain that of another field whose name is not known.
var OtherNotIncluded = Domain.Define(517, "OTHER_NOT_INCLUDED", catalog.Spec{
	Title:  "Something is missing",
	Detail: "Include what you entered in the other field.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// FieldNotIncluded: a text doesn't contain that of another field.
var FieldNotIncluded = Domain.Define(518, "FIELD_NOT_INCLUDED", catalog.Spec{
	Title:  "Something is missing",
	Detail: "Include what you entered in “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// OtherIncluded: a text contains that of another field whose name is not known, such as a password
// that contains the username.
var OtherIncluded = Domain.Define(519, "OTHER_INCLUDED", catalog.Spec{
	Title:  "Something is repeated",
	Detail: "Leave out what you entered in the other field.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// FieldIncluded: a text contains that of another field, such as a password that contains the
// username.
var FieldIncluded = Domain.Define(520, "FIELD_INCLUDED", catalog.Spec{
	Title:  "Something is repeated",
	Detail: "Leave out what you entered in “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})
