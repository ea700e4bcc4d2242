// Package model is what a domain declares, as data: the same whether it was read from Go source or asked of the running
// program.
package model

import (
	"iter"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
)

// Domain is a domain with its codes and labels.
type Domain struct {
	Name   string
	Source language.Tag // the locale that the texts are written in
	Dir    string       // the folder of the package that declares the domain, slash-separated, from the module's root
	At     string       // the folder of the locale files as declared, from Dir; "" if none is
	Codes  []Code       // sorted by number
	Labels []Label      // sorted by name
	Place  Place
}

// Place is where something stands in Go source. The zero Place is not known.
type Place struct {
	File string // slash-separated, from the module's root
	diag.Pos
}

// Code is a code with its texts.
type Code struct {
	Number     int
	Name       string
	HTTP       int    // 0 for a code without a status
	Doc        string // the doc comment, without the comment marks
	Deprecated string // why the code is issued no more, "" if it is
	ReplacedBy string // the name of the code to use instead, "" if there is none
	Params     []Param
	Count      string // the param that chooses the detail's plural form, "" if none does
	Texts      [NumParts]Text
	Place      Place
}

// ParamNames returns the names of the params.
func (c *Code) ParamNames() []string {
	names := make([]string, len(c.Params))
	for i := range c.Params {
		names[i] = c.Params[i].Name
	}
	return names
}

// ParamIndex returns the index of the param that has the name, or had it, or -1.
func (c *Code) ParamIndex(name string) int {
	if i := slices.IndexFunc(c.Params, func(p Param) bool { return p.Name == name }); i >= 0 {
		return i
	}
	return slices.IndexFunc(c.Params, func(p Param) bool { return slices.Contains(p.Was, name) })
}

// The parts of a code, in their order, and how many there are.
const (
	Title = iota
	Detail
	Help

	NumParts
)

// PartNames are the parts as message IDs have them.
var PartNames = [NumParts]string{"title", "detail", "help"}

// Text is one text in the source locale.
type Text struct {
	Forms  [plural.NumCategories]string // "" where the category has no form of its own
	Max    int                          // the most characters that it may have in any locale, 0 for no limit
	Places [plural.NumCategories]Place
}

// Missing reports whether the text has no form, as that of a code without help.
func (t *Text) Missing() bool { return t.Forms == [plural.NumCategories]string{} }

// Plural reports whether the text has several forms.
func (t *Text) Plural() bool {
	forms := t.Forms
	forms[plural.Other] = ""
	return forms != [plural.NumCategories]string{}
}

// Param is a param of a code.
type Param struct {
	Name      string
	Kind      string // as package catalog calls it, such as "int" or "string-list"
	Example   string // as a translator reads it
	Was       []string
	Public    bool
	Sensitive bool
}

// Label is a label with its text.
type Label struct {
	Name  string
	Doc   string
	Text  Text
	Place Place
}

// Message is a text with what it belongs to. Either Code or Label is set.
type Message struct {
	ID    localefile.ID
	Code  *Code
	Label *Label
	Text  *Text
}

// CodeNames returns the names of the codes, in the domain's order.
func (d *Domain) CodeNames() []string {
	names := make([]string, len(d.Codes))
	for i := range d.Codes {
		names[i] = d.Codes[i].Name
	}
	return names
}

// NumMessages returns how many texts [Domain.Messages] yields.
func (d *Domain) NumMessages() int {
	n := 0
	for range d.Messages() {
		n++
	}
	return n
}

// Messages yields every text of the domain in the order of a locale file: by number and part, labels last.
func (d *Domain) Messages() iter.Seq[Message] {
	return func(yield func(Message) bool) {
		for i := range d.Codes {
			code := &d.Codes[i]
			for part := range code.Texts {
				m := Message{localefile.ID{Name: code.Name, Part: PartNames[part]}, code, nil, &code.Texts[part]}
				if !m.Text.Missing() && !yield(m) {
					return
				}
			}
		}
		for i := range d.Labels {
			label := &d.Labels[i]
			m := Message{localefile.ID{Name: localefile.Labels, Part: label.Name}, nil, label, &label.Text}
			if !yield(m) {
				return
			}
		}
	}
}
