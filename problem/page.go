package problem

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // page.html and page.css
	"encoding/base64"
	"html/template"
)

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
