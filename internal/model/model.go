// Package model is what a domain declares, as data, and the rules for what is valid.
//
// Package catalog makes it when a program declares a code, and package codescan when it reads the
// same declaration in Go source. Everything that needs to know what a domain declares uses it as it
// is.
package model

import (
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// Domain is a domain with all that it declares.
type Domain struct {
	Name   string
	Source language.Tag // the locale that the texts are written in
	// the folder of the package that declares it, slash-separated, from the module's root
	Dir string
	// the folder of the locale files as declared, from Dir; "" if the declaration names none
	LocalesDir string
	Docs       string   // the address to which the names of codes are appended, or ""
	Codes      []Code   // sorted by number
	Phrases    []Phrase // sorted by name
	Labels     []Label  // sorted by name
	Place      Place

	// Invalid reports whether a declaration of the domain breaks a rule of [Rules], so that the
	// program would panic.
	Invalid bool
	// Partial reports whether a declaration that may belong to the domain could not be read. Then a
	// code, phrase or label that is absent here may still be declared.
	Partial bool
	// Contested are the names of codes whose number or name another code is declared with as well.
	// Only the first one of them is in Codes, which need not be the one that was issued.
	Contested []string
}

// DocsBase returns the base address of a domain's documentation with what separates it from the
// name of a code.
func DocsBase(base string) string {
	if base != "" && !strings.ContainsAny(base[len(base)-1:], "/#=") {
		base += "/"
	}
	return base
}

// TypeURI returns the address of the documentation of the code with the name, or "" if the domain
// has none.
func (d *Domain) TypeURI(name string) string {
	if d.Docs == "" {
		return ""
	}
	return d.Docs + url.PathEscape(name)
}

// Place is a position in Go source. The zero Place is unknown.
type Place struct {
	File string // slash-separated, as the reader would type it
	diag.Pos
}

// String returns "file:line:column", or "file:line" if the column is unknown.
func (p Place) String() string { return diag.Finding{File: p.File, Pos: p.Pos}.Position() }

// Code is a code with its texts.
type Code struct {
	Number    int
	Name      string
	HTTP      int // 0 for a code without a status
	Aggregate bool
	Treatment
	Doc        string // the doc comment, without the comment marks
	Deprecated string // why the code is no longer issued; "" if it is
	ReplacedBy string // the name of the code to use instead; "" if there is none
	ShownAs    *Code  // the code that readers see instead; nil without one, or if it is not known
	Signature
	Texts [NumParts]Text
	Place Place
}

// Treatment is what programs do with a code, by the numbers of package catalog's constants. What
// only the running program knows is zero in a model that was read in Go source.
type Treatment struct {
	RPC      uint8 // zero if the HTTP status decides
	Audience uint8 // zero is that of end users
	Retry    uint8
	Action   uint8
	// Unread says that one of the others is not known, since it is not a constant in Go source.
	Unread bool
}

// ForUsers reports whether end users read the code.
func (t Treatment) ForUsers() bool {
	const endUser = 1
	return t.Audience == 0 || t.Audience&endUser != 0
}

// ToFix reports whether end users read the code, and are to fix something.
func (t Treatment) ToFix() bool {
	const fix = 1
	return t.Action == fix && t.ForUsers()
}

// Phrase is a text that is not an error.
type Phrase struct {
	Name string
	Doc  string // the doc comment, without the comment marks
	Signature
	Text  Text
	Place Place
}

// Say returns a phrase with its arguments in the source locale, for developers and as the example
// of a param. A sensitive argument, and a missing one, shows as the name of its param in braces.
// The text is the phrase's own, compiled.
func (p *Phrase) Say(source *pattern.Locale, text *pattern.Text, args []format.Value) string {
	shown := slices.Clone(args)
	for i := range shown {
		if p.Params[i].Sensitive {
			shown[i] = format.Value{}
		}
	}
	said, _ := text.Append(nil, source, shown, p.ParamIndex(p.Count), &format.Context{})
	return string(said)
}

// Said is a phrase with its arguments, the reference of a [format.Phrase] that was read in source.
type Said struct {
	Phrase *Phrase
	Args   []format.Value
}

// Value returns the phrase as an argument. It is missing if the phrase has no text, or lacks an
// argument.
func (s *Said) Value(source language.Tag) format.Value {
	text := s.Phrase.Text.Compile(s.Phrase.ParamIndex)
	missing := func(v format.Value) bool { return v.Kind() == format.None }
	if text.Missing() || slices.ContainsFunc(s.Args, missing) {
		return format.Value{}
	}
	locale := pattern.NewLocale(source)
	return format.Phrased(s, s.Phrase.Say(&locale, &text, s.Args))
}

// Signature is what the texts of a code, or that of a phrase, depend on.
type Signature struct {
	Params []Param
	Count  string // the name of the param that selects the plural forms; "" if none does
}

// ParamNames returns the names of the params.
func (s *Signature) ParamNames() []string {
	names := make([]string, len(s.Params))
	for i := range s.Params {
		names[i] = s.Params[i].Name
	}
	return names
}

// ParamIndex returns the index of the param that has the name or, if none has, of the one that had
// it. It is -1 for an unknown name.
func (s *Signature) ParamIndex(name string) int {
	for i := range s.Params {
		if s.Params[i].Name == name {
			return i
		}
	}
	for i := range s.Params {
		if slices.Contains(s.Params[i].FormerNames, name) {
			return i
		}
	}
	return -1
}

// Takes returns the index of the param that an argument for the other param goes to: the one with
// the same name and kind, where all kinds of lists are the same. It is -1 if there isn't one.
func (s *Signature) Takes(other *Param) int {
	return slices.IndexFunc(s.Params, func(p Param) bool {
		return p.Name == other.Name && (p.Kind == other.Kind || p.IsList() && other.IsList())
	})
}

// Shows reports whether the code's texts depend on the param: one of them has a placeholder for it,
// or it is the count.
func (c *Code) Shows(param int) bool {
	if c.Count == c.Params[param].Name {
		return true
	}
	for i := range c.Texts {
		for _, form := range c.Texts[i].Forms {
			placeholders, _ := pattern.Placeholders(form)
			if slices.ContainsFunc(placeholders,
				func(p pattern.Placeholder) bool { return c.ParamIndex(p.Name) == param }) {
				return true
			}
		}
	}
	return false
}

// The parts of a code, in their order, and how many there are. DetailZero and HelpZero replace
// Detail and Help if the count is exactly 0, whatever the plural category of 0.
const (
	Title = iota
	Detail
	DetailZero
	Help
	HelpZero

	NumParts
)

// PartNames are the parts as message IDs have them.
var PartNames = [NumParts]string{"title", "detail", "detail_zero", "help", "help_zero"}

// Zeros are the parts for an exact zero, each with the part that it replaces.
var Zeros = [...]struct{ Zero, Base int }{{DetailZero, Detail}, {HelpZero, Help}}

// JoinZeros puts the texts for an exact zero into those that they replace. The texts are those of a
// code in one locale, by part.
func JoinZeros(texts []pattern.Text) {
	for _, part := range Zeros {
		if !texts[part.Zero].Missing() && !texts[part.Base].Missing() {
			texts[part.Base] = texts[part.Base].WithZero(&texts[part.Zero])
		}
	}
}

// Compile returns the texts by part, ready to be rendered, with those for an exact zero joined.
func (c *Code) Compile() (texts [NumParts]pattern.Text) {
	for part := range texts {
		texts[part] = c.Texts[part].Compile(c.ParamIndex)
	}
	JoinZeros(texts[:])
	return texts
}

// Text is one text in the source locale.
type Text struct {
	Forms [plural.NumCategories]string // "" if the category has no form of its own
	// the most characters that it may have in any locale; 0 for no limit
	Max    int
	Places Places
}

// Places are where the forms of a text are written. Most texts have one form, so that the places of
// the others take no room in them.
type Places struct {
	other  Place
	others *[plural.NumCategories]Place // those of all other forms; nil if they are unknown
}

// Of returns the place of a form.
func (p *Places) Of(category plural.Category) Place {
	switch {
	case category == plural.Other:
		return p.other
	case p.others == nil || category >= plural.NumCategories:
		return Place{}
	}
	return p.others[category]
}

// Set makes this the place of a form. It changes no copy that was made before.
func (p *Places) Set(category plural.Category, place Place) {
	if category == plural.Other {
		p.other = place
		return
	}
	var others [plural.NumCategories]Place
	if p.others != nil {
		others = *p.others
	}
	others[category] = place
	p.others = &others
}

// Missing reports whether the text has no form, as that of a code without help.
func (t *Text) Missing() bool { return t.Forms == [plural.NumCategories]string{} }

// Plural reports whether the text has several forms.
func (t *Text) Plural() bool {
	forms := t.Forms
	forms[plural.Other] = ""
	return forms != [plural.NumCategories]string{}
}

// Compile returns the text ready to be rendered. A form with a fault, which [Code.Validate]
// reports, is left out.
func (t *Text) Compile(param func(name string) int) pattern.Text {
	var forms pattern.Forms
	for category, form := range t.Forms {
		if form != "" {
			forms[category], _ = pattern.Compile(form, param)
		}
	}
	return pattern.NewText(&forms)
}

// Param is a param of a code.
type Param struct {
	Name        string
	Kind        string       // "int", or "string-list" for a list of strings
	Example     format.Value // the zero Value if there is none
	FormerNames []string
	Style       format.Style // of a list: that of its elements
	Public      bool
	Sensitive   bool
}

const listSuffix = "-list"

// ListOf returns the kind of a list whose elements are of the kind.
func ListOf(kind string) string { return kind + listSuffix }

// ElementKind returns the kind of the param's values, which for a list is that of its elements.
func (p *Param) ElementKind() string { return strings.TrimSuffix(p.Kind, listSuffix) }

// IsList reports whether the param is a list.
func (p *Param) IsList() bool { return strings.HasSuffix(p.Kind, listSuffix) }

// IsRelativeTime reports whether an answer has the argument in its header Retry-After.
func (p *Param) IsRelativeTime() bool { return p.Kind == format.RelativeTime.String() }

func (p *Param) isPhrase() bool { return p.ElementKind() == format.Phrase.String() }

// Styled returns the param in a style in addition to those that it has.
func (p Param) Styled(style format.Style) Param {
	p.Style |= style
	p.Example = p.Example.Styled(style)
	return p
}

// MayBe reports whether an argument for the param may become one for the other: it must not become
// less private.
func (p *Param) MayBe(other *Param) bool {
	return other.Sensitive || !p.Sensitive && (p.Public || !other.Public)
}

// ExampleText returns the example as developers read it: "Blue socks" in quotation marks, 3, 0.25,
// 2m0s, 2026-11-22 16:05 UTC; a comma separates those of a list. It is empty if there is none.
func (p *Param) ExampleText() string { return exampleText(&p.Example) }

func exampleText(v *format.Value) string {
	if v.Kind() == format.List {
		texts := make([]string, len(v.Values()))
		for i := range texts {
			texts[i] = exampleText(&v.Values()[i])
		}
		return strings.Join(texts, ", ")
	}
	if t, ok := v.Moment(); ok {
		switch v.Kind() {
		case format.Date:
			return t.Format(time.DateOnly)
		case format.TimeOfDay:
			return t.Format("15:04")
		}
		return t.Format("2006-01-02 15:04 MST")
	}
	if s, ok := v.Text(); ok {
		return `"` + s + `"`
	}
	if f, ok := v.Float(); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	if _, source := v.Named(); v.Kind() == format.Label || v.Kind() == format.Phrase {
		return `"` + source + `"`
	}
	if v.Kind() == format.None {
		return ""
	}
	return v.String()
}

// Label is a label with its text.
type Label struct {
	Name  string
	Doc   string
	Text  Text
	Place Place
}

// Labels and Phrases are the names in the IDs of all labels and of all phrases.
const (
	Labels  = "labels"
	Phrases = "phrases"
)

// ID identifies a text within a domain.
type ID struct {
	Name string // the code's name, [Phrases] or [Labels]
	Part string // one of [PartNames], or the name of the phrase or label
}

// String returns the ID as the header of a table has it: "NAME.part".
func (id ID) String() string { return id.Name + "." + id.Part }

// Message is a text with what it belongs to. One of Code, Phrase and Label is set.
type Message struct {
	ID         ID
	Code       *Code
	Phrase     *Phrase
	Label      *Label
	Text       *Text
	*Signature // that of the code or the phrase; a label has no params
}

// Doc returns the doc comment of what the text belongs to.
func (m *Message) Doc() string {
	switch {
	case m.Code != nil:
		return m.Code.Doc
	case m.Phrase != nil:
		return m.Phrase.Doc
	}
	return m.Label.Doc
}

// Place returns where the text or, if that is unknown, what it belongs to is declared.
func (m *Message) Place() Place {
	for category := range plural.Category(plural.NumCategories) {
		if place := m.Text.Places.Of(category); place != (Place{}) {
			return place
		}
	}
	return m.OwnerPlace()
}

// OwnerPlace returns where what the text belongs to is declared.
func (m *Message) OwnerPlace() Place {
	switch {
	case m.Code != nil:
		return m.Code.Place
	case m.Phrase != nil:
		return m.Phrase.Place
	}
	return m.Label.Place
}

// Is reports whether the text is the part of a code.
func (m *Message) Is(part int) bool { return m.Code != nil && m.ID.Part == PartNames[part] }

// Counts reports whether a number selects the form of the text. A detail and a phrase count even if
// the source locale has one form for all numbers.
func (m *Message) Counts() bool {
	return m.Text.Plural() || m.Count != "" && (m.Is(Detail) || m.Phrase != nil)
}

// Optional reports whether a locale may lack the text without being incomplete: without a text for
// an exact zero, the locale's ordinary text is shown.
func (m *Message) Optional() bool { return m.Is(DetailZero) || m.Is(HelpZero) }

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

// Messages yields every text of the domain in the order of a locale file: by number and part, then
// the phrases, labels last.
func (d *Domain) Messages() iter.Seq[Message] {
	return func(yield func(Message) bool) {
		for i := range d.Codes {
			code := &d.Codes[i]
			for part := range code.Texts {
				m := Message{ID: ID{Name: code.Name, Part: PartNames[part]}, Code: code,
					Text: &code.Texts[part], Signature: &code.Signature}
				if !m.Text.Missing() && !yield(m) {
					return
				}
			}
		}
		for i := range d.Phrases {
			phrase := &d.Phrases[i]
			if !yield(Message{ID: ID{Name: Phrases, Part: phrase.Name}, Phrase: phrase,
				Text: &phrase.Text, Signature: &phrase.Signature}) {
				return
			}
		}
		for i := range d.Labels {
			label := &d.Labels[i]
			if !yield(Message{ID: ID{Name: Labels, Part: label.Name}, Label: label, Text: &label.Text,
				Signature: &noParams}) {
				return
			}
		}
	}
}

// noParams is the signature of labels.
var noParams Signature

// ParseSource returns the locale that a domain's texts are written in.
func ParseSource(tag string) (language.Tag, error) {
	t, err := language.Parse(tag)
	if err != nil || t == language.Und {
		return t, fmt.Errorf("%q is not a language tag", tag)
	}
	return t, nil
}
