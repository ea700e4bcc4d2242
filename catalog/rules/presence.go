package rules

import "github.com/errlingo/errlingo/catalog"

// Invalid: an entry breaks a rule that has no code of its own.
var Invalid = Domain.Define(100, "INVALID", catalog.Spec{
	Title:  "Entry not valid",
	Detail: "This can’t be used as it is. Enter something different.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// Required: a field was left empty, and its name is not known.
var Required = Domain.Define(101, "REQUIRED", catalog.Spec{
	Title:  "Missing information",
	Detail: "Fill in this field.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// FieldRequired: a field was left empty.
var FieldRequired = Domain.Define(102, "FIELD_REQUIRED", catalog.Spec{
	Title:  "Field not filled in",
	Detail: "Fill in “{{.Field}}”.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// BoxRequired: a box was left unchecked, such as the one to accept the terms.
var BoxRequired = Domain.Define(103, "BOX_REQUIRED", catalog.Spec{
	Title:  "Box not checked",
	Detail: "Check this box.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// BoxNotAllowed: a box was checked that has to be left unchecked.
var BoxNotAllowed = Domain.Define(104, "BOX_NOT_ALLOWED", catalog.Spec{
	Title:  "Box checked",
	Detail: "Leave this box unchecked.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NumberRequired: a number is zero, or was left out.
var NumberRequired = Domain.Define(105, "NUMBER_REQUIRED", catalog.Spec{
	Title:  "Missing number",
	Detail: "Enter a number other than 0.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// EntryRequired: a list was left out.
var EntryRequired = Domain.Define(106, "ENTRY_REQUIRED", catalog.Spec{
	Title:  "No entries",
	Detail: "Choose or add at least one entry.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// RequiredWith: a field was left empty that is needed because another field was filled in.
var RequiredWith = Domain.Define(107, "REQUIRED_WITH", catalog.Spec{
	Title:  "Missing information",
	Detail: "Fill in this field too, since “{{.OtherField}}” is filled in.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// RequiredWithout: a field was left empty, and so was another of which one at least is needed.
var RequiredWithout = Domain.Define(108, "REQUIRED_WITHOUT", catalog.Spec{
	Title:  "Missing information",
	Detail: "Fill in this field or “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// RequiredFor: a field was left empty that is needed because of what was entered in another field.
var RequiredFor = Domain.Define(109, "REQUIRED_FOR", catalog.Spec{
	Title:  "Missing information",
	Detail: "Fill in this field. It’s needed for what you chose under “{{.OtherField}}”.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotNeeded: a field was filled in that has to be empty.
var NotNeeded = Domain.Define(110, "NOT_NEEDED", catalog.Spec{
	Title:  "Not needed here",
	Detail: "Leave this field empty.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotBoth: two fields were filled in of which only one may be.
var NotBoth = Domain.Define(111, "NOT_BOTH", catalog.Spec{
	Title:  "Only one of two fields",
	Detail: "Fill in this field or “{{.OtherField}}”, but not both.",
	Params: catalog.Params{Field, OtherField},
	HTTP:   422,
	Action: catalog.ActionFix,
})
