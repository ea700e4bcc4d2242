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
	// Errors are the errors that this one reports or consists of.
	Errors []Problem
}

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
}

// of returns what the reader is told about the error that the response is about.
func (v *view) of(e *catalog.Error) *Problem {
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

// part returns what the reader is told about an error inside another one, which is localized already. It is so again if
// the mask puts another one in its place.
func (v *view) part(m *errlingo.Message) Problem {
	if shown := v.shown(m.Err); shown != m.Err {
		return v.show(m.Err)
	}
	return v.problem(m)
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
	for i := range m.Violations {
		given := m.Err.Violations()[i]
		for _, found := range v.violation(given.Err, &m.Violations[i].Message) {
			found.Pointer = fragment(given.Path)
			p.Errors = append(p.Errors, found)
		}
	}
	for i := range m.Errors {
		p.Errors = append(p.Errors, v.part(&m.Errors[i]))
	}
	return p
}

// violation returns what the reader is told about one violation: several problems if several errors were joined there,
// and the one that tells nothing if it carries no code.
func (v *view) violation(err error, m *errlingo.Message) []Problem {
	switch all := catalog.All(err); len(all) {
	case 0:
		return []Problem{v.show(v.unknown())}
	case 1:
		return []Problem{v.part(m)}
	default:
		parts := make([]Problem, len(all))
		for i, e := range all {
			parts[i] = v.show(e)
		}
		return parts
	}
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
