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

// translator brings what was read from Go source into the form that the locale files are compared with. Places become
// those that the reader would type.
type translator struct {
	app  *app
	root string // of the module
}

func (t translator) name(file string) string {
	if file == "" || t.root == t.app.workDir() {
		return file
	}
	return t.app.display(filepath.Join(t.root, filepath.FromSlash(file)))
}

func (t translator) place(p codescan.Place) declared.Place {
	return declared.Place{File: t.name(p.File), Pos: p.Pos}
}

func (t translator) findings(list diag.List) diag.List {
	named := make(diag.List, len(list))
	for i, f := range list {
		f.File = t.name(f.File)
		named[i] = f
	}
	return named
}

// domain returns the domain, or what is wrong with the language of its texts.
func (t translator) domain(d *codescan.Domain) (*declared.Domain, error) {
	out := &declared.Domain{Name: d.Name, Source: language.English, Dir: d.Dir, At: d.At, Place: t.place(d.Place)}
	if d.Source.Value != "" {
		tag, err := language.Parse(d.Source.Value)
		if err != nil || tag == language.Und {
			at := t.place(d.Source.Place)
			return nil, diag.Finding{File: at.File, Pos: at.Pos, Severity: diag.Error, Rule: ruleTag,
				Text: fmt.Sprintf("%q is no language tag", d.Source.Value), Hint: "write one such as language.English or \"pt-BR\""}
		}
		out.Source = tag
	}
	out.Codes = make([]declared.Code, len(d.Codes))
	for i := range d.Codes {
		out.Codes[i] = t.code(&d.Codes[i])
	}
	for _, l := range d.Labels {
		label := declared.Label{Name: l.Name, Doc: l.Doc, Place: t.place(l.Place)}
		t.form(&label.Text, plural.Other, l.Text)
		out.Labels = append(out.Labels, label)
	}
	return out, nil
}

func (t translator) code(c *codescan.Code) declared.Code {
	out := declared.Code{
		Number: c.Number, Name: c.Name, HTTP: c.HTTP, Doc: c.Doc, Deprecated: c.Deprecated, ReplacedBy: c.ReplacedBy,
		Count: c.Plural.By, Place: t.place(c.Place),
	}
	for _, p := range c.Params {
		out.Params = append(out.Params, declared.Param{
			Name: p.Name, Kind: p.Kind, Example: p.Example, Was: p.Was, Public: p.Public, Sensitive: p.Sensitive,
		})
	}
	for part, text := range [declared.NumParts]codescan.Text{c.Title, c.Detail, c.Help} {
		t.form(&out.Texts[part], plural.Other, text)
	}
	for _, f := range c.Plural.Forms {
		if category, ok := plural.ParseCategory(f.Category); ok {
			t.form(&out.Texts[declared.Detail], category, f.Text)
		}
	}
	for part, most := range [declared.NumParts]int{c.Max.Title, c.Max.Detail, c.Max.Help} {
		out.Texts[part].Max = most
	}
	return out
}

func (t translator) form(out *declared.Text, c plural.Category, text codescan.Text) {
	out.Forms[c], out.Places[c] = text.Value, t.place(text.Place)
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
