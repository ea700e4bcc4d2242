package problem

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

// Problem is all that a reader is told about an error, in any representation. An own page is executed with it; there is
// nothing in it that the reader must not see.
type Problem struct {
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
	Params []Param
	// Retry says what a client may do unasked.
	Retry catalog.Retry
	// Errors are the errors that this one reports or consists of, at most [MaxErrors] in all.
	Errors []Problem
	// Total is how many there are, if some of them were left out of Errors, else zero.
	Total int
}

// MaxErrors is the number of violations and joined errors that one response shows at most, those inside of others
// included, and that its line in the log has. The outer ones come first. The number of all is still told.
const MaxErrors = 100

// Param is an argument that programs may read.
type Param struct {
	Name  string // in lower camel case
	Value catalog.Value
}

// Instance returns the URI of this one occurrence (RFC 9457, section 3.1.5), made from the reference.
func (p *Problem) Instance() string { return "urn:uuid:" + p.Reference }

// Lang returns the language tag of the title and the detail.
func (p *Problem) Lang() string { return p.Title.Locale.String() }

// Dir returns the direction of the title and the detail, "ltr" or "rtl".
func (p *Problem) Dir() string { return p.Title.Dir }

// Text returns the detail, or the title of a code that has no detail.
func (p *Problem) Text() string {
	if p.Detail.Text != "" {
		return p.Detail.Text
	}
	return p.Title.Text
}

// locales returns each locale that the texts are in, once, that of the title first.
func (p *Problem) locales() []language.Tag {
	var tags []language.Tag
	p.eachText(func(t *errlingo.Text) {
		if !slices.Contains(tags, t.Locale) {
			tags = append(tags, t.Locale)
		}
	})
	return tags
}

// eachText calls f with every text that there is.
func (p *Problem) eachText(f func(*errlingo.Text)) {
	for _, t := range []*errlingo.Text{&p.Title, &p.Detail, &p.Help} {
		if t.Text != "" {
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
	reader *errlingo.Localizer
	room   int // for so many more errors
}

// of returns what the reader is told about the error that the response is about.
func (v *view) of(e *catalog.Error) *Problem {
	v.room = MaxErrors
	p := v.show(e)
	p.Status = statusOf(e)
	p.Reference = v.reference
	p.Retry, _, _ = retryOf(e)
	return &p
}

func (v *view) show(e *catalog.Error) Problem {
	m := v.reader.Localize(v.shown(e))
	return v.problem(&m)
}

// problem returns the message as it is, with its parts seen through the mask.
func (v *view) problem(m *errlingo.Message) Problem {
	code := m.Code()
	p := Problem{
		Type: code.TypeURI(),
		Code: code.Number(), Name: code.Name(), Domain: code.Domain().Name(),
		Title: m.Title, Detail: m.Detail, Help: m.Help,
	}
	p.Retry, _, _ = retryOf(m.Err)
	for name, value := range m.Err.PublicArgs() {
		p.Params = append(p.Params, Param{lowerCamel(name), value})
	}
	parts := v.parts(m)
	n := min(len(parts), v.room)
	v.room -= n // before these are looked into, so that none of them is left out for what another one consists of
	for i := range parts[:n] {
		p.Errors = append(p.Errors, v.part(&parts[i]))
	}
	if n < len(parts) {
		p.Total = len(parts)
	}
	return p
}

// part is an error inside another one.
type part struct {
	pointer string
	err     *catalog.Error
	message *errlingo.Message // what it says without the mask, nil if that is still to be made
}

// parts returns the errors that the message reports or consists of.
func (v *view) parts(m *errlingo.Message) []part {
	var parts []part
	for i := range m.Violations {
		parts = append(parts, v.violation(m.Err.Violations()[i], &m.Violations[i].Message)...)
	}
	for i := range m.Errors {
		parts = append(parts, part{err: m.Errors[i].Err, message: &m.Errors[i]})
	}
	return parts
}

// violation returns the errors of one violation: several if several were joined there, and the one that tells nothing if
// it carries no code.
func (v *view) violation(given catalog.Violation, m *errlingo.Message) []part {
	pointer := fragment(given.Path)
	switch all := catalog.All(given.Err); len(all) {
	case 0:
		return []part{{pointer: pointer, err: v.unknown()}}
	case 1:
		return []part{{pointer, m.Err, m}}
	default:
		parts := make([]part, len(all))
		for i, e := range all {
			parts[i] = part{pointer: pointer, err: e}
		}
		return parts
	}
}

// part returns what the reader is told about an error inside another one. Its message is of no use if the mask puts
// another error in its place.
func (v *view) part(inner *part) (p Problem) {
	if inner.message != nil && v.shown(inner.err) == inner.err {
		p = v.problem(inner.message)
	} else {
		p = v.show(inner.err)
	}
	p.Pointer = inner.pointer
	return p
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

// lowerCamel returns a param's name as JSON has it: objectID for ObjectID, and url for URL, urlPath for URLPath.
func lowerCamel(name string) string {
	n := 0
	for n < len(name) && 'A' <= name[n] && name[n] <= 'Z' {
		n++
	}
	if n > 1 && n < len(name) && 'a' <= name[n] && name[n] <= 'z' {
		n-- // The last capital begins the next word.
	}
	return strings.ToLower(name[:n]) + name[n:]
}
