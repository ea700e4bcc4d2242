// Package locales has the translations of the standard codes, one file per language, for
// [errlingo.Load]:
//
//	bundle, err := errlingo.Load(errlingo.Options{
//		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
//	})
package locales

import "embed"

//go:generate go run ../cmd/extract -C .. ./catalog/codes
//go:generate go run ./gen

// FS has the locale files, each named after its language tag (BCP 47), such as de.toml.
//
//go:embed *.toml
var FS embed.FS
