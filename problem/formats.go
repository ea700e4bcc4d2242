package problem

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // page.html and page.css
	"encoding/base64"
	"html/template"
	"strconv"
	"strings"
)

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
