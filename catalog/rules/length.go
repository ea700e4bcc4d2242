package rules

import "github.com/errlingo/errlingo/catalog"

// TooShort: a text has fewer characters than are needed.
var TooShort = Domain.Define(201, "TOO_SHORT", catalog.Spec{
	Title:  "Too short",
	Detail: "Enter at least {{.MinLength}} characters.",
	Plural: catalog.Plural{By: MinLength, One: "Enter at least one character."},
	Params: catalog.Params{Field, catalog.Public(MinLength)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// TooLong: a text has more characters than are allowed.
var TooLong = Domain.Define(202, "TOO_LONG", catalog.Spec{
	Title:  "Too long",
	Detail: "Enter no more than {{.MaxLength}} characters.",
	Plural: catalog.Plural{By: MaxLength, One: "Enter no more than one character."},
	Params: catalog.Params{Field, catalog.Public(MaxLength)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongLength: a text doesn't have as many characters as it has to.
var WrongLength = Domain.Define(203, "WRONG_LENGTH", catalog.Spec{
	Title:  "Wrong length",
	Detail: "Enter exactly {{.Length}} characters.",
	Plural: catalog.Plural{By: Length, One: "Enter exactly one character."},
	Params: catalog.Params{Field, catalog.Public(Length)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// TooFewEntries: a list has fewer entries than are needed.
var TooFewEntries = Domain.Define(204, "TOO_FEW_ENTRIES", catalog.Spec{
	Title:  "Too few entries",
	Detail: "At least {{.MinEntries}} entries are needed.",
	Plural: catalog.Plural{By: MinEntries, One: "At least one entry is needed."},
	Params: catalog.Params{Field, catalog.Public(MinEntries)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// TooManyEntries: a list has more entries than are allowed.
var TooManyEntries = Domain.Define(205, "TOO_MANY_ENTRIES", catalog.Spec{
	Title:  "Too many entries",
	Detail: "No more than {{.MaxEntries}} entries are allowed.",
	Plural: catalog.Plural{By: MaxEntries, One: "No more than one entry is allowed."},
	Params: catalog.Params{Field, catalog.Public(MaxEntries)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongNumberOfEntries: a list doesn't have as many entries as it has to.
var WrongNumberOfEntries = Domain.Define(206, "WRONG_NUMBER_OF_ENTRIES", catalog.Spec{
	Title:  "Wrong number of entries",
	Detail: "Exactly {{.Entries}} entries are needed.",
	Plural: catalog.Plural{By: Entries, One: "Exactly one entry is needed."},
	Params: catalog.Params{Field, catalog.Public(Entries)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DuplicateEntries: a list has an entry twice.
var DuplicateEntries = Domain.Define(207, "DUPLICATE_ENTRIES", catalog.Spec{
	Title:  "Duplicate entries",
	Detail: "Remove duplicates. Each entry can appear only once.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})
