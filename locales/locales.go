// Package locales holds the translations of the standard codes, one file per language, for [errlingo.Load]:
//
//	bundle, err := errlingo.Load(errlingo.From(codes.Domain, locales.FS))
package locales

import "embed"

//go:generate go run ../cmd/extract -C .. ./catalog/codes

// FS has the locale files, each called after its language tag (BCP 47), such as de.toml.
//
//go:embed *.toml
var FS embed.FS
