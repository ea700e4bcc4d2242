package problem

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/naming"
)

// Details is all that a reader is told about an error, in any representation. An own page is executed with it; there is
// nothing in it that the reader must not see.
type Details struct {
	// Type is the address of the code's documentation, or "".
	Type string
	// Status is that of the response, zero for an error that is part of another.
	Status int
	// Reference is what the log knows the answer by, empty for an error that is part of another.
	Reference string
	// Pointer is the place of a violation in what was sent, as the fragment of a URI (RFC 6901, section 6): "#/email".
	Pointer string

	// Code, Name and Domain are the identity of the code that is shown.
	Code   int
	Name   string
	Domain string

	// Title, Detail and Help are the texts. The last two may be empty.
	Title, Detail, Help errlingo.Text
	// Params are the arguments that programs may read, under the names of JSON.
	Params []Argument
	// Retry says what a client may do unasked.
	Retry catalog.Retry
	// Errors are the errors that this one reports or consists of, at most [MaxErrors] in all.
	Errors []Details
	// Total is how many there are, if some of them were left out of Errors, else zero.
	Total int
}

// MaxErrors is the number of violations and joined errors that one response shows at most, those inside of others
// included, and that its line in the log has. The outer ones come first. The number of all is still told.
const MaxErrors = 100

// Argument is an argument that programs may read.
type Argument struct {
	Name  string // in lower camel case
	Value catalog.Value
}

// Instance returns the URI of this one occurrence (RFC 9457, section 3.1.5), made from the reference.
func (p *Details) Instance() string { return "urn:uuid:" + p.Reference }

// Lang returns the language tag of the title and the detail.
func (p *Details) Lang() string { return p.Title.Locale.String() }

// Dir returns the direction of the title and the detail, "ltr" or "rtl".
func (p *Details) Dir() string { return p.Title.Dir }

// Summary returns the detail, or the title of a code that has no detail.
func (p *Details) Summary() string {
	if p.Detail.Value != "" {
		return p.Detail.Value
	}
	return p.Title.Value
}

// locales returns each locale that the texts are in, once, that of the title first.
func (p *Details) locales() []language.Tag {
	var tags []language.Tag
	p.eachText(func(t *errlingo.Text) {
		if !slices.Contains(tags, t.Locale) {
			tags = append(tags, t.Locale)
		}
	})
	return tags
}

// eachText calls f with every text that there is.
func (p *Details) eachText(f func(*errlingo.Text)) {
	for _, t := range []*errlingo.Text{&p.Title, &p.Detail, &p.Help} {
		if t.Value != "" {
			f(t)
		}
	}
	for i := range p.Errors {
		p.Errors[i].eachText(f)
	}
}

// view makes what a reader is told, through the mask.
type view struct {
	mask
	reader   *errlingo.Localizer
	room     int  // for so many more errors
	personal bool // a text that was made may have a sensitive argument
}

// of returns what the reader is told about the error that the response is about.
func (v *view) of(e *catalog.Error, t treatment) *Details {
	v.room = MaxErrors
	p := v.show(e, maxDepth)
	p.Status, p.Retry = t.status, t.retry // those of the error itself, which the mask may have replaced
	p.Reference = v.reference
	return &p
}

// show returns what the reader is told about an error and those inside it, down to the depth.
func (v *view) show(e *catalog.Error, depth int) Details {
	e = v.shown(e)
	v.personal = v.personal || hasSensitive(e)
	code, m := e.Code(), v.reader.LocalizeFlat(e)
	p := Details{
		Type: code.TypeURI(),
		Code: code.Number(), Name: code.Name(), Domain: code.Domain().Name(),
		Title: m.Title, Detail: m.Detail, Help: m.Help,
		Retry: treatmentOf(e).retry,
	}
	for name, value := range e.PublicArgs() {
		p.Params = append(p.Params, Argument{naming.LowerCamel(name), value})
	}
	if depth == 0 {
		return p
	}
	parts, total := v.parts(e)
	v.room -= len(parts) // before these are looked into, so that none of them is left out for what another one consists of
	for _, inner := range parts {
		shown := v.show(inner.err, depth-1)
		shown.Pointer = inner.pointer
		p.Errors = append(p.Errors, shown)
	}
	if len(parts) < total {
		p.Total = total
	}
	return p
}

// hasSensitive reports whether the error's texts may have a sensitive argument.
func hasSensitive(e *catalog.Error) bool {
	for p := range e.Args() {
		if p.IsSensitive() {
			return true
		}
	}
	return false
}

// part is an error inside another one.
type part struct {
	pointer string
	err     *catalog.Error
}

// parts returns the errors that the error reports or consists of, as many as there is room for, and how many there are.
func (v *view) parts(e *catalog.Error) (parts []part, total int) {
	add := func(pointer string, err *catalog.Error) {
		if total++; total <= v.room {
			parts = append(parts, part{pointer, err})
		}
	}
	for _, given := range e.Violations() {
		if total >= v.room {
			total += countOf(given.Err)
			continue
		}
		pointer, all := fragment(given.Path), catalog.Errors(given.Err)
		for _, inner := range all {
			add(pointer, inner)
		}
		if len(all) == 0 {
			add(pointer, v.unknown())
		}
	}
	if e.Code().Aggregate() {
		for _, inner := range catalog.Errors(e.Unwrap()) {
			add("", inner)
		}
	}
	return parts, total
}

// countOf returns how many errors a violation counts for: several if several were joined there, and one if it carries no
// code.
func countOf(err error) int {
	switch err.(type) {
	case *catalog.Error, *catalog.Code:
		return 1 // the usual case, known without a walk
	}
	return max(1, len(catalog.Errors(err)))
}

// fragment returns a JSON Pointer as the fragment of a URI (RFC 6901, section 6). A path that lacks its first slash is
// taken for one that has it.
func fragment(path string) string {
	const hex = "0123456789ABCDEF"
	dst := make([]byte, 0, len(path)+2)
	dst = append(dst, '#')
	if path != "" && path[0] != '/' {
		dst = append(dst, '/')
	}
	for i := range len(path) {
		if c := path[i]; isFragment(c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', hex[c>>4], hex[c&0x0F])
		}
	}
	return string(dst)
}

// isFragment tells the characters that a fragment may have as they are (RFC 3986, section 3.5).
func isFragment(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("-._~!$&'()*+,;=:@/?", c) >= 0
}

// document is a problem as JSON (RFC 9457, section 3). The members from code on are extensions.
type document struct {
	Type     string `json:"type,omitempty"`
	Title    string `json:"title"`
	Status   int    `json:"status,omitempty"`
	Detail   string `json:"detail,omitempty"`
	Instance string `json:"instance,omitempty"`

	Pointer string     `json:"pointer,omitempty"`
	Code    int        `json:"code"`
	Name    string     `json:"name"`
	Domain  string     `json:"domain"`
	Help    string     `json:"help,omitempty"`
	Lang    string     `json:"lang,omitempty"`
	Dir     string     `json:"dir,omitempty"`
	Retry   string     `json:"retry,omitempty"`
	Params  params     `json:"params,omitempty"`
	Errors  []document `json:"errors,omitempty"`
	Total   int        `json:"total,omitempty"`
}

// params is written as an object, in the order of the declaration.
type params []Argument

// MarshalJSON implements [json.Marshaler].
func (ps params) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, p := range ps {
		value, err := json.Marshal(p.Value)
		if err != nil {
			return nil, err
		}
		b.WriteByte("{,"[min(i, 1)])
		b.WriteByte('"')
		b.WriteString(p.Name) // A param's name has nothing to escape.
		b.WriteString(`":`)
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// json returns the problem as application/problem+json.
func (p *Details) json() []byte {
	d := p.document("")
	d.Status, d.Instance = p.Status, p.Instance()
	body, _ := json.Marshal(&d) // Texts, numbers and arguments all have a form in JSON.
	return body
}

// document returns the problem for JSON. Lang and dir are left out where they are those of the document around it.
func (p *Details) document(around string) document {
	d := document{
		Type: p.Type, Title: p.Title.Value, Detail: p.Detail.Value,
		Pointer: p.Pointer, Code: p.Code, Name: p.Name, Domain: p.Domain, Help: p.Help.Value,
		Params: p.Params, Total: p.Total,
	}
	if lang := p.Lang(); lang != around {
		d.Lang, d.Dir = lang, p.Dir()
	}
	if p.Retry != catalog.RetryNever {
		d.Retry = p.Retry.String()
	}
	for i := range p.Errors {
		d.Errors = append(d.Errors, p.Errors[i].document(p.Lang()))
	}
	return d
}

// text returns the problem as text/plain: the texts as paragraphs, then the errors as a list, and last what to give to
// support.
func (p *Details) text() []byte {
	var b strings.Builder
	for _, t := range []string{p.Title.Value, p.Detail.Value, p.Help.Value} {
		if t != "" {
			b.WriteString(t + "\n\n")
		}
	}
	if len(p.Errors) > 0 || p.Total > 0 {
		p.list(&b, "")
		b.WriteByte('\n')
	}
	b.WriteString(p.label() + "\n" + p.Instance() + "\n")
	return []byte(b.String())
}

// list writes the errors, each indented below the one that it belongs to.
func (p *Details) list(b *strings.Builder, indent string) {
	for i := range p.Errors {
		e := &p.Errors[i]
		b.WriteString(indent + "- ")
		if e.Pointer != "" {
			b.WriteString(e.Pointer + " ")
		}
		b.WriteString(e.Summary())
		if e.Help.Value != "" {
			b.WriteString(" " + e.Help.Value)
		}
		b.WriteByte('\n')
		e.list(b, indent+"  ")
	}
	if p.Total > 0 {
		b.WriteString(indent + "… " + p.portion() + "\n")
	}
}

// portion returns how many of the errors are shown, in figures alone, since it stands among texts of any language.
func (p *Details) portion() string {
	return strconv.Itoa(len(p.Errors)) + " / " + strconv.Itoa(p.Total)
}

// label returns the code's name and number, as support asks for them.
func (p *Details) label() string { return p.Name + " (" + strconv.Itoa(p.Code) + ")" }
