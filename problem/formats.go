package problem

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // page.html and page.css
	"encoding/base64"
	"encoding/json"
	"html/template"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/catalog"
)

// document is the JSON form of Details (RFC 9457, section 3). The members from pointer on are
// extensions.
type document struct {
	Type     string `json:"type,omitempty"`
	Title    string `json:"title"`
	Status   int    `json:"status,omitempty"`
	Detail   string `json:"detail,omitempty"`
	Instance string `json:"instance,omitempty"`

	Pointer   string     `json:"pointer,omitempty"`
	Code      int        `json:"code"`
	Name      string     `json:"name"`
	Domain    string     `json:"domain"`
	Help      string     `json:"help,omitempty"`
	Lang      string     `json:"lang,omitempty"`
	Dir       string     `json:"dir,omitempty"`
	Retry     string     `json:"retry,omitempty"`
	Action    string     `json:"action"`
	Params    params     `json:"params,omitempty"`
	Truncated []string   `json:"truncated,omitempty"`
	Errors    []document `json:"errors,omitempty"`
	Total     int        `json:"total,omitempty"`
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
		Action: d.Action.String(), Params: d.Params, Truncated: d.Truncated, Total: d.Total,
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
		b.WriteByte("{,"[min(i, 1)])
		b.WriteByte('"')
		b.WriteString(p.Name) // Names of params need no escaping.
		b.WriteString(`":`)
		b.Write(p.json)
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

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyle string

var builtinPage = template.Must(template.New("page.html").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(pageStyle) },
}).Parse(pageSource))

// builtinPagePolicy is the Content Security Policy of the built-in page. It allows the page's own
// style and nothing else: no scripts, no other resources, no forms, no framing.
var builtinPagePolicy = "default-src 'none'; style-src '" + sourceHash(pageStyle) + "'" +
	commonPolicy

// customPagePolicy is the policy of [Options.Page], unless the handler has set one. It allows
// styles, images and fonts of the same origin, but no scripts.
const customPagePolicy = "default-src 'none'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self'" + commonPolicy

const commonPolicy = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// sourceHash returns a hash source (Content Security Policy Level 3, section 2.3.1).
func sourceHash(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// html executes the page with the details.
func (d *Details) html(page *template.Template) ([]byte, error) {
	var b bytes.Buffer
	err := page.Execute(&b, d)
	return b.Bytes(), err
}
