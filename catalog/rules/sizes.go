package rules

import "github.com/errlingo/errlingo/catalog"

// NotInFuture: a date, or a date and time, is over.
var NotInFuture = Domain.Define(401, "NOT_IN_FUTURE", catalog.Spec{
	Title:  "Not in the future",
	Detail: "Choose a date in the future.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotInPast: a date, or a date and time, is still to come.
var NotInPast = Domain.Define(402, "NOT_IN_PAST", catalog.Spec{
	Title:  "Not in the past",
	Detail: "Choose a date in the past.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DateTooEarly: a date is before the first that is allowed.
var DateTooEarly = Domain.Define(403, "DATE_TOO_EARLY", catalog.Spec{
	Title:  "Date too early",
	Detail: "Choose {{.Earliest}} or a later date.",
	Params: catalog.Params{Field, catalog.Public(Earliest)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DateTooLate: a date is after the last that is allowed.
var DateTooLate = Domain.Define(404, "DATE_TOO_LATE", catalog.Spec{
	Title:  "Date too late",
	Detail: "Choose {{.Latest}} or an earlier date.",
	Params: catalog.Params{Field, catalog.Public(Latest)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DurationTooShort: a length of time is shorter than the shortest that is allowed.
var DurationTooShort = Domain.Define(405, "DURATION_TOO_SHORT", catalog.Spec{
	Title:  "Time too short",
	Detail: "Enter {{.MinDuration}} or more.",
	Params: catalog.Params{Field, catalog.Public(MinDuration)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DurationTooLong: a length of time is longer than the longest that is allowed.
var DurationTooLong = Domain.Define(406, "DURATION_TOO_LONG", catalog.Spec{
	Title:  "Time too long",
	Detail: "Enter {{.MaxDuration}} or less.",
	Params: catalog.Params{Field, catalog.Public(MaxDuration)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DurationNotAbove: a length of time is not longer than a limit that is not allowed itself.
var DurationNotAbove = Domain.Define(407, "DURATION_NOT_ABOVE", catalog.Spec{
	Title:  "Time too short",
	Detail: "Enter more than {{.MinDuration}}.",
	Params: catalog.Params{Field, catalog.Public(MinDuration)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DurationNotBelow: a length of time is not shorter than a limit that is not allowed itself.
var DurationNotBelow = Domain.Define(408, "DURATION_NOT_BELOW", catalog.Spec{
	Title:  "Time too long",
	Detail: "Enter less than {{.MaxDuration}}.",
	Params: catalog.Params{Field, catalog.Public(MaxDuration)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// WrongDuration: a length of time differs from the only one that is allowed.
var WrongDuration = Domain.Define(409, "WRONG_DURATION", catalog.Spec{
	Title:  "Wrong length of time",
	Detail: "Enter exactly {{.Duration}}.",
	Params: catalog.Params{Field, catalog.Public(Duration)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// DurationNotAllowed: a length of time is the one that is not allowed.
var DurationNotAllowed = Domain.Define(410, "DURATION_NOT_ALLOWED", catalog.Spec{
	Title:  "Length of time not allowed",
	Detail: "Enter a length of time other than {{.Duration}}.",
	Params: catalog.Params{Field, catalog.Public(Duration)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// SizeTooSmall: a file is smaller than the smallest that is allowed.
var SizeTooSmall = Domain.Define(411, "SIZE_TOO_SMALL", catalog.Spec{
	Title:  "File too small",
	Detail: "Choose a file of at least {{.MinSize}}.",
	Params: catalog.Params{Field, catalog.Public(MinSize)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// SizeTooLarge: a file is larger than the largest that is allowed.
var SizeTooLarge = Domain.Define(412, "SIZE_TOO_LARGE", catalog.Spec{
	Title:  "File too large",
	Detail: "Choose a file of no more than {{.MaxSize}}.",
	Params: catalog.Params{Field, catalog.Public(MaxSize)},
	HTTP:   422,
	Action: catalog.ActionFix,
})
