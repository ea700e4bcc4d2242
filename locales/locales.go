// Package locales has the translations of the standard codes, one file per language, for
// [errlingo.Load]:
//
//	bundle, err := errlingo.Load(errlingo.Options{
//		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
//	})
//
// All languages together add about a megabyte to a program. One that has few names them:
//
//	Sources: []errlingo.Source{
//		{Domain: codes.Domain, FS: locales.German},
//		{Domain: codes.Domain, FS: locales.French},
//	},
package locales

import "embed"

//go:generate go run ../cmd/extract -C .. ./catalog/codes
//go:generate go run ./gen
//go:generate go run ./gen -languages locales

// FS has the locale files, each named after its language tag (BCP 47), such as de.toml.
//
//go:embed *.toml
var FS embed.FS
