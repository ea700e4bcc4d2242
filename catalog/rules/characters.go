package rules

import "github.com/errlingo/errlingo/catalog"

// NotLetters: a text has something other than letters.
var NotLetters = Domain.Define(601, "NOT_LETTERS", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only letters.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLettersOrDigits: a text has something other than letters and digits.
var NotLettersOrDigits = Domain.Define(602, "NOT_LETTERS_OR_DIGITS", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only letters and digits.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotAToZ: a text has something other than letters from A to Z.
var NotAToZ = Domain.Define(603, "NOT_A_TO_Z", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only the letters A to Z.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotAToZOrSpaces: a text has something other than letters from A to Z and spaces.
var NotAToZOrSpaces = Domain.Define(604, "NOT_A_TO_Z_OR_SPACES", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only the letters A to Z and spaces.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotAToZOrDigits: a text has something other than letters from A to Z and digits.
var NotAToZOrDigits = Domain.Define(605, "NOT_A_TO_Z_OR_DIGITS", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only the letters A to Z and digits.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotAToZDigitsOrSpaces: a text has something other than letters from A to Z, digits and spaces.
var NotAToZDigitsOrSpaces = Domain.Define(606, "NOT_A_TO_Z_DIGITS_OR_SPACES", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only the letters A to Z, digits and spaces.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotASCII: a text has a character that is not in ASCII.
var NotASCII = Domain.Define(607, "NOT_ASCII", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only the letters A to Z, digits and simple punctuation.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// OnlyASCII: a text has only characters that are in ASCII.
var OnlyASCII = Domain.Define(608, "ONLY_ASCII", catalog.Spec{
	Title:  "Special character missing",
	Detail: "Use at least one character other than A to Z, digits and simple punctuation.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotDigits: a text has something other than digits.
var NotDigits = Domain.Define(609, "NOT_DIGITS", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only the digits 0 to 9.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotHexadecimal: a text is not a number in hexadecimal notation.
var NotHexadecimal = Domain.Define(610, "NOT_HEXADECIMAL", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Use only the digits 0 to 9 and the letters A to F.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotLowercase: a text has capital letters, or is empty.
var NotLowercase = Domain.Define(611, "NOT_LOWERCASE", catalog.Spec{
	Title:  "Capital letters not allowed",
	Detail: "Use only lowercase letters.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// NotUppercase: a text has lowercase letters, or is empty.
var NotUppercase = Domain.Define(612, "NOT_UPPERCASE", catalog.Spec{
	Title:  "Lowercase letters not allowed",
	Detail: "Use only capital letters.",
	Params: catalog.Params{Field},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// CharactersMissing: a text has none of the characters of which one at least is needed.
var CharactersMissing = Domain.Define(613, "CHARACTERS_MISSING", catalog.Spec{
	Title:  "Character missing",
	Detail: "Use at least one of these characters: {{.Characters}}.",
	Params: catalog.Params{Field, catalog.Public(Characters)},
	HTTP:   422,
	Action: catalog.ActionFix,
})

// CharactersNotAllowed: a text has a character that is not allowed.
var CharactersNotAllowed = Domain.Define(614, "CHARACTERS_NOT_ALLOWED", catalog.Spec{
	Title:  "Character not allowed",
	Detail: "Leave out these characters: {{.Characters}}.",
	Params: catalog.Params{Field, catalog.Public(Characters)},
	HTTP:   422,
	Action: catalog.ActionFix,
})
