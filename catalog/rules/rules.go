// Package rules declares sentences for validators: what is wrong with an entry of a form or a field
// of a request, and what to enter instead.
//
//	codes.ValidationError.New().With(
//		catalog.Violation{Path: "/terms", Err: rules.BoxRequired},
//		catalog.Violation{Path: "/name", Err: rules.TooShort.New(rules.MinLength.Arg(3))},
//	)
//
// Package bridge/validator of this repository makes such errors from those of
// github.com/go-playground/validator. To show them in other languages, load [Locales]:
//
//	bundle, err := errlingo.Load(errlingo.Options{
//		Sources: []errlingo.Source{
//			{Domain: shop.Domain, FS: shop.Locales},
//			{Domain: codes.Domain, FS: locales.FS},
//			{Domain: rules.Domain, FS: rules.Locales},
//		},
//	})
//
// # Charter
//
// A number and a name are never changed, and never given to another rule.
//
// A code says what is wrong; its detail is one or two sentences that say how to put it right, for a
// reader who sees them beside the field. So they don't repeat the field's name, unless nothing else
// can be said. They contain neither what the reader entered nor names from a program's source.
//
// Two rules share a code if readers can do the same about both. Whatever differs between them is an
// argument: a limit, an example, the name of a format. A format has a code of its own if people who
// don't write programs know it.
//
// Every code has the param [Field], the label of the field, if the program knows it. Texts show it
// in [FieldRequired] only; for the others it is in the log, and a program can show it above the
// sentence.
//
// The texts follow the rules for those of the standard codes, see package catalog/codes.
package rules

import (
	"embed"

	"github.com/errlingo/errlingo/catalog"
)

//go:generate go run ../../cmd/extract -C ../.. ./catalog/rules
//go:generate go run ../../locales/gen -languages rules -folder locales

// Domain is the namespace of the codes for validators.
var Domain = catalog.NewDomain("rules")

// Locales has the translations of the codes, one file per language, such as locales/de.toml.
// [German] and the like have one each.
//
//go:embed locales/*.toml
var Locales embed.FS
