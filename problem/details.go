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
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/naming"
)

// MaxErrors is the maximum number of violations and joined errors that a response shows, including
// nested ones, and the maximum number of violations that are logged. Outer errors take precedence.
// The total is still reported.
const MaxErrors = 100

// Details is everything a response says about an error, whatever its format. It contains nothing
// that the user must not see. [Options.Page] is executed with it.
type Details struct {
	// Type is the URI of the code's documentation, or "".
	Type string
	// Status is the status of the response, or zero for an error inside another.
	Status int
	// Reference identifies the response in the log. It is empty for an error inside another.
	Reference string
	// Pointer is the path of a violation in the request body, as a URI fragment such as "#/email"
	// (RFC 6901, section 6).
	Pointer string

	// Code, Name and Domain identify the code that is shown.
	Code   int
	Name   string
	Domain string

	// Title, Detail and Help are the texts. Detail and Help may be empty.
	Title, Detail, Help errlingo.Text
	// Params are the public arguments, in the order of the code's params.
	Params []Argument
	// Retry says whether a client may repeat the request by itself.
	Retry catalog.Retry
	// Errors are the violations and joined errors, at most [MaxErrors] including nested ones.
	Errors []Details
	// Total is the full number of errors if Errors is incomplete, or zero.
	Total int
}

// Argument is a public argument.
type Argument struct {
	Name  string // in lower camel case
	Value catalog.Value
}

// Instance returns the URI of this occurrence (RFC 9457, section 3.1.5), which is made from the
// reference.
func (d *Details) Instance() string { return "urn:uuid:" + d.Reference }

// Lang returns the language tag of the title and detail.
func (d *Details) Lang() string { return d.Title.Locale.String() }

// Dir returns the direction of the title and detail, "ltr" or "rtl".
func (d *Details) Dir() string { return d.Title.Dir }

// Summary returns the detail, or the title if there is no detail.
func (d *Details) Summary() string {
	if d.Detail.Value != "" {
		return d.Detail.Value
	}
	return d.Title.Value
}

// locales returns the locales of all texts without duplicates, starting with that of the title.
func (d *Details) locales() []language.Tag {
	var tags []language.Tag
	d.eachText(func(t *errlingo.Text) {
		if !slices.Contains(tags, t.Locale) {
			tags = append(tags, t.Locale)
		}
	})
	return tags
}

// eachText calls f with every text that is not empty.
func (d *Details) eachText(f func(*errlingo.Text)) {
	for _, t := range []*errlingo.Text{&d.Title, &d.Detail, &d.Help} {
		if t.Value != "" {
			f(t)
		}
	}
	for i := range d.Errors {
		d.Errors[i].eachText(f)
	}
}

// renderer renders an error and the errors inside it, with the mask applied.
type renderer struct {
	mask
	localizer *errlingo.Localizer
	remaining int  // how many more errors may be shown
	sensitive bool // whether a rendered text may contain a sensitive argument
}

// details returns the details of the error that is answered.
func (r *renderer) details(e *catalog.Error, t treatment) *Details {
	r.remaining = MaxErrors
	d := r.render(e, access.MaxDepth)
	d.Status, d.Retry = t.status, t.retry // of the original error, even if the mask replaced it
	d.Reference = r.reference
	return &d
}

// render returns the details of an error and of those inside it, down to the depth.
func (r *renderer) render(e *catalog.Error, depth int) Details {
	e = r.visible(e)
	r.sensitive = r.sensitive || hasSensitive(e)
	code, m := e.Code(), r.localizer.LocalizeFlat(e)
	d := Details{
		Type: code.TypeURI(),
		Code: code.Number(), Name: code.Name(), Domain: code.Domain().Name(),
		Title: m.Title, Detail: m.Detail, Help: m.Help,
		Retry: treatmentOf(e).retry,
	}
	for name, value := range e.PublicArgs() {
		d.Params = append(d.Params, Argument{naming.LowerCamel(name), value})
	}
	if depth == 0 {
		return d
	}
	inner, total := r.inner(e)
	// Count these before rendering them, so that their own errors do not take their place.
	r.remaining -= len(inner)
	for _, in := range inner {
		rendered := r.render(in.err, depth-1)
		rendered.Pointer = in.pointer
		d.Errors = append(d.Errors, rendered)
	}
	if len(inner) < total {
		d.Total = total
	}
	return d
}

// hasSensitive reports whether the error's texts may contain a sensitive argument.
func hasSensitive(e *catalog.Error) bool {
	for p := range e.Args() {
		if p.IsSensitive() {
			return true
		}
	}
	return false
}

// innerError is an error inside another one.
type innerError struct {
	pointer string
	err     *catalog.Error
}

// inner returns the violations and joined errors of an error, up to the remaining number, and their
// total.
func (r *renderer) inner(e *catalog.Error) (inner []innerError, total int) {
	add := func(pointer string, err *catalog.Error) {
		if total++; total <= r.remaining {
			inner = append(inner, innerError{pointer, err})
		}
	}
	for _, v := range e.Violations() {
		if total >= r.remaining {
			total += countErrors(v.Err)
			continue
		}
		pointer, coded := fragment(v.Path), catalog.Errors(v.Err)
		for _, err := range coded {
			add(pointer, err)
		}
		if len(coded) == 0 {
			add(pointer, r.generic())
		}
	}
	if e.Code().Aggregate() {
		for _, err := range catalog.Errors(e.Unwrap()) {
			add("", err)
		}
	}
	return inner, total
}

// countErrors returns the number of errors that a violation is shown as: one for each joined error
// with a code, and one if there are none.
func countErrors(err error) int {
	switch err.(type) {
	case *catalog.Error, *catalog.Code:
		return 1 // the common case, which needs no walk
	}
	return max(1, len(catalog.Errors(err)))
}

// fragment returns a JSON Pointer as a URI fragment (RFC 6901, section 6). It adds the leading
// slash if it is missing.
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

// isFragment reports whether a fragment may contain the character unescaped (RFC 3986, section
// 3.5).
func isFragment(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("-._~!$&'()*+,;=:@/?", c) >= 0
}

// document is the JSON form of Details (RFC 9457, section 3). The members from pointer on are
// extensions.
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

// json returns the details as application/problem+json.
func (d *Details) json() []byte {
	doc := d.document("")
	doc.Status, doc.Instance = d.Status, d.Instance()
	body, _ := json.Marshal(&doc) // cannot fail: all members have a JSON form
	return body
}

// document returns the JSON form of the details inside a document of the given language, and omits
// lang and dir if they are the same.
func (d *Details) document(outerLang string) document {
	doc := document{
		Type: d.Type, Title: d.Title.Value, Detail: d.Detail.Value,
		Pointer: d.Pointer, Code: d.Code, Name: d.Name, Domain: d.Domain, Help: d.Help.Value,
		Params: d.Params, Total: d.Total,
	}
	if lang := d.Lang(); lang != outerLang {
		doc.Lang, doc.Dir = lang, d.Dir()
	}
	if d.Retry != catalog.RetryNever {
		doc.Retry = d.Retry.String()
	}
	for i := range d.Errors {
		doc.Errors = append(doc.Errors, d.Errors[i].document(d.Lang()))
	}
	return doc
}

// params is encoded as an object whose members keep the order of the slice.
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
		b.WriteString(p.Name) // Names of params need no escaping.
		b.WriteString(`":`)
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// text returns the details as text/plain: the texts as paragraphs, then the list of errors, then
// what support asks for.
func (d *Details) text() []byte {
	var b strings.Builder
	for _, t := range []string{d.Title.Value, d.Detail.Value, d.Help.Value} {
		if t != "" {
			b.WriteString(t + "\n\n")
		}
	}
	if len(d.Errors) > 0 || d.Total > 0 {
		d.writeErrors(&b, "")
		b.WriteByte('\n')
	}
	b.WriteString(d.Name + " (" + strconv.Itoa(d.Code) + ")\n" + d.Instance() + "\n")
	return []byte(b.String())
}

// writeErrors writes the errors as a list, nested ones with more indentation.
func (d *Details) writeErrors(b *strings.Builder, indent string) {
	for i := range d.Errors {
		e := &d.Errors[i]
		b.WriteString(indent + "- ")
		if e.Pointer != "" {
			b.WriteString(e.Pointer + " ")
		}
		b.WriteString(e.Summary())
		if e.Help.Value != "" {
			b.WriteString(" " + e.Help.Value)
		}
		b.WriteByte('\n')
		e.writeErrors(b, indent+"  ")
	}
	if d.Total > 0 { // Digits only, since the texts may be in any language.
		b.WriteString(indent + "… " + strconv.Itoa(len(d.Errors)) + " / " + strconv.Itoa(d.Total) + "\n")
	}
}
