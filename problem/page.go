package problem

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // page.html and page.css
	"encoding/base64"
	"html/template"
	"net/http"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// Labels are the words around the texts of a page or a plain text, in the user's language. They are
// labels of the standard domain, see [codes.PageReference], and in English if the bundle lacks it.
type Labels struct {
	Reference errlingo.Text // before the reference
	Code      errlingo.Text // before the name and number of the code
	Product   errlingo.Text // the name of [Brand], which may be empty or in no language
}

// labelText returns a label in the user's language.
func labelText(l *errlingo.Localizer, label *catalog.Label) errlingo.Text {
	text := l.Label(label)
	limitText(&text, maxLabel)
	return text
}

// addWords adds what a page or a plain text says besides the texts.
func (h *Responder) addWords(r *http.Request, d *Details, a *decision) {
	l := a.localizer
	d.addLabels(l, &Labels{
		Reference: labelText(l, codes.PageReference),
		Code:      labelText(l, codes.PageCode),
		Product:   h.options.Brand.text(l),
	})
	d.Links = h.links(r, d, l, addressesOf(a.answered))
}

// addLabels adds the labels, and the sentence about errors that are not shown, to the details and
// to those inside.
func (d *Details) addLabels(l *errlingo.Localizer, labels *Labels) {
	d.Labels = labels
	if n := d.Hidden(); n > 0 {
		d.NotShown = l.Phrase(codes.PageNotShown.With(codes.Count.Arg(n)))
		limitText(&d.NotShown, maxLabel)
	}
	for i := range d.Errors {
		d.Errors[i].addLabels(l, labels)
	}
}

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyle string

var builtinPage = template.Must(template.New("page.html").
	Funcs(template.FuncMap{"lang": langAttributes}).Parse(pageSource))

// langAttributes returns the attributes lang and dir of an element with a text, or none if the
// element around it has the same.
func langAttributes(text, outer errlingo.Text) template.HTMLAttr {
	if text.Locale == outer.Locale && text.Dir == outer.Dir || text.Locale == language.Und {
		return ""
	}
	return template.HTMLAttr(` lang="` + text.Locale.String() + `" dir="` + text.Dir + `"`)
}

// builtin is the built-in page in the colors of a brand.
type builtin struct {
	Home   template.URL
	Style  template.CSS
	policy string
}

// newBuiltin returns the page for the brand. Its Content Security Policy allows the page's own
// style and nothing else: no scripts, no other resources, no forms, no framing.
func newBuiltin(brand Brand, home string) *builtin {
	style := brand.style()
	return &builtin{
		Home: template.URL(home), Style: template.CSS(style),
		policy: "default-src 'none'; style-src '" + sourceHash(style) + "'" + commonPolicy,
	}
}

// html returns the page with the details.
func (b *builtin) html(d *Details) ([]byte, error) {
	return execute(builtinPage, struct {
		*Details
		Page *builtin
	}{d, b})
}

// execute executes a page with its data.
func execute(page *template.Template, data any) ([]byte, error) {
	var b bytes.Buffer
	err := page.Execute(&b, data)
	return b.Bytes(), err
}

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

// Section is a part of the errors inside an error: those that have the same help.
type Section struct {
	// Errors are the errors without their help. Those of the same title are one that has only this
	// text, and has the others as its Errors.
	Errors []Details
	// Help is what the reader can do about all of them. It is empty if the error around them says it.
	Help errlingo.Text
}

// Sections returns Errors as a page shows them, without saying anything twice. An error that would
// look the same as another is only counted, in Times.
func (d *Details) Sections() []Section {
	if d.group {
		return []Section{{Errors: d.Errors}}
	}
	var sections []Section
	places := map[string]int{}    // of the sections, by their help
	groups := map[[2]string]int{} // of the errors in their section, by their title and help
	for _, e := range d.Errors {
		help, key := e.Help, [...]string{e.Title.Value, e.Help.Value}
		at, ok := places[help.Value]
		if !ok {
			at = len(sections)
			places[help.Value] = at
			sections = append(sections, Section{Help: help})
		}
		section := &sections[at]
		group, ok := groups[key]
		if !ok {
			group = len(section.Errors)
			groups[key] = group
			section.Errors = append(section.Errors,
				Details{Title: e.Title, Labels: d.Labels, group: true})
		}
		e.Help = errlingo.Text{}
		section.Errors[group].add(e)
	}
	for i := range sections {
		section := &sections[i]
		for j, group := range section.Errors {
			if len(group.Errors) == 1 {
				section.Errors[j] = group.Errors[0]
			}
		}
		if section.Help.Value == d.Help.Value {
			section.Help = errlingo.Text{}
		}
	}
	return sections
}

// add adds an error to a group, or counts it if the group has an equal one.
func (d *Details) add(e Details) {
	e.Times = 1
	for i := range d.Errors {
		if d.Errors[i].looksLike(&e) {
			d.Errors[i].Times++
			return
		}
	}
	d.Errors = append(d.Errors, e)
}

// looksLike reports whether another error of the same title and help looks the same on a page.
func (d *Details) looksLike(e *Details) bool {
	return d.Detail.Value == e.Detail.Value && d.Field.Value == e.Field.Value &&
		d.Place() == e.Place() &&
		len(d.Errors) == 0 && len(e.Errors) == 0 && d.Total == 0 && e.Total == 0
}

// Place returns the pointer if the error's texts are for developers, or else "". End users don't
// know what a pointer is.
func (d *Details) Place() string {
	if d.Audience.Has(catalog.AudienceEndUser) {
		return ""
	}
	return d.Pointer
}

// Hidden returns how many errors are not shown.
func (d *Details) Hidden() int { return max(d.Total-len(d.Errors), 0) }
