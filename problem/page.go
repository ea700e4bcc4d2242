package problem

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page and its style
	"encoding/base64"
	"html/template"
)

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyle string

var ownPage = template.Must(template.New("page.html").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(pageStyle) },
}).Parse(pageSource))

// ownPolicy lets the package's page have its style and nothing else (Content Security Policy Level 3). It runs no script,
// loads nothing, sends no form, and stands in nobody's frame.
var ownPolicy = "default-src 'none'; style-src '" + hashOf(pageStyle) + "'" + shut

// pagePolicy is for an app's page that comes without a policy: style and pictures of its own, and no script.
const pagePolicy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'" + shut

const shut = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func hashOf(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// html returns the problem as a page.
func (p *Details) html(page *template.Template) ([]byte, error) {
	var b bytes.Buffer
	err := page.Execute(&b, p)
	return b.Bytes(), err
}
