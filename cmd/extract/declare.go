package main

import (
	"fmt"
	"path"
	"path/filepath"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/plural"
)

// converter brings what was read from Go source into the form that the locale files are compared with. Places become
// those that the reader would type.
type converter struct {
	app  *app
	root string // of the module
}

func (c converter) name(file string) string {
	if file == "" || c.root == c.app.workDir() {
		return file
	}
	return c.app.display(filepath.Join(c.root, filepath.FromSlash(file)))
}

func (c converter) place(p codescan.Place) declared.Place {
	return declared.Place{File: c.name(p.File), Pos: p.Pos}
}

func (c converter) findings(list diag.List) diag.List {
	named := make(diag.List, len(list))
	for i, f := range list {
		f.File = c.name(f.File)
		named[i] = f
	}
	return named
}

// domain returns the domain, or what is wrong with the language of its texts.
func (c converter) domain(d *codescan.Domain) (*declared.Domain, error) {
	out := &declared.Domain{Name: d.Name, Source: language.English, Dir: d.Dir, At: d.At, Place: c.place(d.Place)}
	if d.Source.Value != "" {
		tag, err := language.Parse(d.Source.Value)
		if err != nil || tag == language.Und {
			at := c.place(d.Source.Place)
			return nil, diag.Finding{File: at.File, Pos: at.Pos, Severity: diag.Error, Rule: ruleTag,
				Text: fmt.Sprintf("%q is no language tag", d.Source.Value), Hint: "write one such as language.English or \"pt-BR\""}
		}
		out.Source = tag
	}
	out.Codes = make([]declared.Code, len(d.Codes))
	for i := range d.Codes {
		out.Codes[i] = c.code(&d.Codes[i])
	}
	for _, l := range d.Labels {
		label := declared.Label{Name: l.Name, Doc: l.Doc, Place: c.place(l.Place)}
		c.form(&label.Text, plural.Other, l.Text)
		out.Labels = append(out.Labels, label)
	}
	return out, nil
}

func (c converter) code(code *codescan.Code) declared.Code {
	out := declared.Code{
		Number: code.Number, Name: code.Name, HTTP: code.HTTP, Doc: code.Doc, Deprecated: code.Deprecated, ReplacedBy: code.ReplacedBy,
		Count: code.Plural.By, Place: c.place(code.Place),
	}
	for _, p := range code.Params {
		out.Params = append(out.Params, declared.Param{
			Name: p.Name, Kind: p.Kind, Example: p.Example, Was: p.Was, Public: p.Public, Sensitive: p.Sensitive,
		})
	}
	for part, text := range [declared.NumParts]codescan.Text{code.Title, code.Detail, code.Help} {
		c.form(&out.Texts[part], plural.Other, text)
	}
	for _, f := range code.Plural.Forms {
		if category, ok := plural.ParseCategory(f.Category); ok {
			c.form(&out.Texts[declared.Detail], category, f.Text)
		}
	}
	for part, most := range [declared.NumParts]int{code.Max.Title, code.Max.Detail, code.Max.Help} {
		out.Texts[part].Max = most
	}
	return out
}

func (c converter) form(out *declared.Text, category plural.Category, text codescan.Text) {
	out.Forms[category], out.Places[category] = text.Value, c.place(text.Place)
}

// atFolder returns the folder that a declaration's At names, slash-separated, relative to the module's root.
func atFolder(d *declared.Domain) (string, error) {
	dir := path.Join(d.Dir, d.At)
	if path.IsAbs(d.At) || filepath.IsAbs(d.At) || dir == ".." || len(dir) > 2 && dir[:3] == "../" {
		return "", finding(d, ruleFolder, fmt.Sprintf("the folder %q of domain %q is not in the module", d.At, d.Name),
			"write it relative to the package, such as catalog.At(\"../locales\")")
	}
	return dir, nil
}
