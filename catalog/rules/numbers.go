package rules

import "github.com/errlingo/errlingo/catalog"

// NumberTooSmall: a number is less than the least that is allowed.
var NumberTooSmall = Domain.Define(301, "NUMBER_TOO_SMALL", catalog.Spec{
	Title:  "Number too small",
	Detail: "Enter {{.Min}} or more.",
	Params: catalog.Params{Field, catalog.Public(Min)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NumberTooLarge: a number is greater than the greatest that is allowed.
var NumberTooLarge = Domain.Define(302, "NUMBER_TOO_LARGE", catalog.Spec{
	Title:  "Number too large",
	Detail: "Enter {{.Max}} or less.",
	Params: catalog.Params{Field, catalog.Public(Max)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NumberNotAbove: a number is not greater than a limit that is not allowed itself.
var NumberNotAbove = Domain.Define(303, "NUMBER_NOT_ABOVE", catalog.Spec{
	Title:  "Number too small",
	Detail: "Enter a number greater than {{.Min}}.",
	Params: catalog.Params{Field, catalog.Public(Min)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NumberNotBelow: a number is not less than a limit that is not allowed itself.
var NumberNotBelow = Domain.Define(304, "NUMBER_NOT_BELOW", catalog.Spec{
	Title:  "Number too large",
	Detail: "Enter a number less than {{.Max}}.",
	Params: catalog.Params{Field, catalog.Public(Max)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NumberOutOfRange: a number is outside of a range.
var NumberOutOfRange = Domain.Define(305, "NUMBER_OUT_OF_RANGE", catalog.Spec{
	Title:  "Number out of range",
	Detail: "Enter a number from {{.Min}} to {{.Max}}.",
	Params: catalog.Params{Field, catalog.Public(Min), catalog.Public(Max)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongNumber: a number differs from the only one that is allowed.
var WrongNumber = Domain.Define(306, "WRONG_NUMBER", catalog.Spec{
	Title:  "Wrong number",
	Detail: "Enter the number {{.Number}}.",
	Params: catalog.Params{Field, catalog.Public(Number)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NumberNotAllowed: a number is the one that is not allowed.
var NumberNotAllowed = Domain.Define(307, "NUMBER_NOT_ALLOWED", catalog.Spec{
	Title:  "Number not allowed",
	Detail: "Enter a number other than {{.Number}}.",
	Params: catalog.Params{Field, catalog.Public(Number)},
	HTTP:   422,
	Action: catalog.ActionFix,
})
