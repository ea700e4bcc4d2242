package catalogtest

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// declare returns what the running program knows of the domain. Doc comments and examples, which stand in Go source only
// and are context for translators, are left out.
func declare(d *catalog.Domain) *model.Domain {
	declaration := &model.Domain{Name: d.Name(), Source: d.SourceLocale()}
	for code := range d.Codes() {
		declaration.Codes = append(declaration.Codes, declareCode(code))
	}
	for label := range d.Labels() {
		declaration.Labels = append(declaration.Labels, model.Label{
			Name: label.Name(), Text: declareText(label.Text(), 0), Place: placeOf(label.Place()),
		})
	}
	slices.SortFunc(declaration.Codes, func(a, b model.Code) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortFunc(declaration.Labels, func(a, b model.Label) int { return cmp.Compare(a.Name, b.Name) })
	return declaration
}

func declareCode(code *catalog.Code) model.Code {
	spec := code.Spec()
	c := model.Code{
		Number: code.Number(), Name: code.Name(), HTTP: spec.HTTP, Deprecated: spec.Deprecated, Place: placeOf(code.Place()),
	}
	if spec.ReplacedBy != nil {
		c.ReplacedBy = spec.ReplacedBy.Name()
	}
	for _, p := range spec.Params {
		c.Params = append(c.Params, model.Param{
			Name: p.Name(), Kind: p.Kind(), Was: p.FormerNames(), Public: p.IsPublic(), Sensitive: p.IsSensitive(),
		})
	}
	if n := code.Count(); n >= 0 {
		c.Count = c.Params[n].Name
	}
	c.Texts[model.Title] = declareText(spec.Title, spec.Max.Title)
	c.Texts[model.Detail] = declareText(spec.Detail, spec.Max.Detail)
	c.Texts[model.Help] = declareText(spec.Help, spec.Max.Help)
	for name, text := range spec.Plural.Forms() {
		category, _ := plural.ParseCategory(name)
		c.Texts[model.Detail].Forms[category] = text
	}
	return c
}

func declareText(other string, most int) model.Text {
	text := model.Text{Max: most}
	text.Forms[plural.Other] = other
	return text
}

// placeOf returns the place of a declaration, relative to the folder that the test runs in where that is shorter, as the
// go command prints places.
func placeOf(file string, line int) model.Place {
	if file == "" {
		return model.Place{}
	}
	if dir, err := os.Getwd(); err == nil {
		if short, err := filepath.Rel(dir, file); err == nil && len(short) < len(file) {
			file = short
		}
	}
	return model.Place{File: strings.ReplaceAll(file, "\\", "/"), Pos: diag.Pos{Line: line, Column: 1}}
}
