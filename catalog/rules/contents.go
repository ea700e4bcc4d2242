package rules

import "github.com/errlingo/errlingo/catalog"

// TextMissing: a text doesn't contain what it has to.
var TextMissing = Domain.Define(631, "TEXT_MISSING", catalog.Spec{
	Title:  "Text missing",
	Detail: "Include “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// TextNotAllowed: a text contains what it must not.
var TextNotAllowed = Domain.Define(632, "TEXT_NOT_ALLOWED", catalog.Spec{
	Title:  "Text not allowed",
	Detail: "Leave out “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongStart: a text doesn't begin as it has to.
var WrongStart = Domain.Define(633, "WRONG_START", catalog.Spec{
	Title:  "Wrong beginning",
	Detail: "Start with “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// StartNotAllowed: a text begins as it must not.
var StartNotAllowed = Domain.Define(634, "START_NOT_ALLOWED", catalog.Spec{
	Title:  "Beginning not allowed",
	Detail: "Start with something other than “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongEnd: a text doesn't end as it has to.
var WrongEnd = Domain.Define(635, "WRONG_END", catalog.Spec{
	Title:  "Wrong ending",
	Detail: "End with “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// EndNotAllowed: a text ends as it must not.
var EndNotAllowed = Domain.Define(636, "END_NOT_ALLOWED", catalog.Spec{
	Title:  "Ending not allowed",
	Detail: "End with something other than “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongText: a text differs from the only one that is allowed.
var WrongText = Domain.Define(637, "WRONG_TEXT", catalog.Spec{
	Title:  "Wrong text",
	Detail: "Enter “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// TextExcluded: a text is one that is not allowed.
var TextExcluded = Domain.Define(638, "TEXT_EXCLUDED", catalog.Spec{
	Title:  "Entry not allowed",
	Detail: "Enter something other than “{{.Text}}”.",
	Params: catalog.Params{Field, catalog.Public(Text)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotAChoice: an entry is not among those that there are to choose from.
var NotAChoice = Domain.Define(639, "NOT_A_CHOICE", catalog.Spec{
	Title:  "Not one of the choices",
	Detail: "Choose one of these: {{.Choices}}.",
	Params: catalog.Params{Field, catalog.Public(Choices)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// ChoiceNotAllowed: an entry is among those that are not allowed.
var ChoiceNotAllowed = Domain.Define(640, "CHOICE_NOT_ALLOWED", catalog.Spec{
	Title:  "Choice not allowed",
	Detail: "Choose something other than these: {{.Choices}}.",
	Params: catalog.Params{Field, catalog.Public(Choices)},
	HTTP:   422,
	Action: catalog.ActionFix,
})
