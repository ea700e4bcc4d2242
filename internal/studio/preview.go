package studio

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	localedata "github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// previewRequest asks how readers would see a text with the forms.
type previewRequest struct {
	textKey
	Forms     map[string]string `json:"forms"`
	Arguments string            `json:"arguments"` // "example", "extreme" or "zero"
	As        string            `json:"as"`        // "page", "json" or "text"
	Count     *int64            `json:"count"`     // the argument that selects the plural form
	Now       bool              `json:"now"`       // as readers get it while other parts are missing
}

// previewDocument is what readers would see. URL has it as well, with the headers of the real
// answer, so that a frame can show a page with its own style.
type previewDocument struct {
	Type   string `json:"type"`
	Body   string `json:"body"`
	Status int    `json:"status"`
	URL    string `json:"url"`
	Note   string `json:"note"` // says what is shown, and why it differs from what was typed
	// Waiting is set if readers do not get the text until other parts of its code are translated.
	Waiting bool `json:"waiting"`
}

// postPreview answers POST /api/preview.
func (s *Server) postPreview(r *http.Request) (any, error) {
	var asked previewRequest
	if err := readJSON(r, &asked); err != nil {
		return nil, err
	}
	d, l, i, err := s.current.Load().find(asked.textKey)
	if err != nil {
		return nil, err
	}
	forms, err := l.texts[i].withForms(asked.Forms)
	if err != nil {
		return nil, err
	}
	accept, known := map[string]string{"": "text/html", "page": "text/html",
		"json": "application/problem+json", "text": "text/plain"}[asked.As]
	if !known {
		return nil, &refusal{status: http.StatusBadRequest,
			text: fmt.Sprintf("there is no preview as %q", asked.As), hint: "page, json or text"}
	}
	m := &d.messages[i]
	if m.Optional() {
		asked.Count = new(int64) // Readers see such a text for zero only.
	}
	values, err := valuesOf(m.Signature, asked.Arguments, asked.Count)
	if err != nil {
		return nil, err
	}
	waitsFor := d.missingBeside(l, i, forms)
	unfinished := waitsFor
	if asked.Now {
		unfinished = nil
	}
	p, err := d.newPreview(l, i, forms, unfinished)
	if err != nil {
		return nil, err
	}
	a := newAnswer()
	shown := shownText{d: d, l: l, i: i, forms: forms, request: &asked, faulty: p.faulty()}
	if m.Code != nil {
		failed := p.failed(m.Code, values)
		p.writeProblem(a, failed, accept)
		shown.parts = p.parts(failed)
	} else {
		shown.parts = map[string]errlingo.Text{partOf(m): p.writeText(a, m, values, accept)}
	}
	if len(waitsFor) > 0 {
		now, err := d.newPreview(l, i, forms, nil)
		if err != nil {
			return nil, err
		}
		shown.waitsFor = waitsFor
		shown.until = now.parts(now.failed(m.Code, values))[titlePart].Locale
	}
	doc := s.previews.keep(a)
	doc.Note, doc.Waiting = shown.note(), len(waitsFor) > 0 && !shown.hasError()
	return doc, nil
}

// preview has the declarations that a text needs as a running program has them, and the locale
// files that it would load.
type preview struct {
	domain *catalog.Domain
	bundle *errlingo.Bundle
	tag    language.Tag
	file   string // the locale file of the tag
}

// newPreview prepares the preview of text i of a locale with the forms. Unfinished texts are shown
// as an ellipsis.
func (d *domain) newPreview(
	l *locale, i int, forms map[plural.Category]string, unfinished []int,
) (*preview, error) {
	m := &model.Domain{Name: d.Name, Source: d.Source, Phrases: d.Phrases, Labels: d.Labels}
	if code := d.messages[i].Code; code != nil {
		m.Codes = []model.Code{*code}
		m.Codes[0].Audience = 0 // Texts for operators are shown, too.
	}
	p := &preview{tag: l.tag, domain: access.NewDomain(m).(*catalog.Domain)}
	files := map[string]string{}
	for _, tag := range append(localedata.Parents(l.tag), l.tag) {
		if one := d.locale(tag.String()); one != nil && one.fault == "" {
			given := map[int]map[plural.Category]string{}
			if one == l {
				given[i] = forms
				for _, other := range unfinished {
					given[other] = map[plural.Category]string{plural.Other: "…"}
				}
			}
			files[tag.String()+localefile.Ext] = d.localeFile(one, m, given)
		}
	}
	p.file = files[l.tag.String()+localefile.Ext]
	own, err := folderOf(files)
	if err != nil {
		return nil, err
	}
	p.bundle, err = errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: p.domain, FS: own}, {Domain: codes.Domain, FS: locales.FS},
	}})
	return p, err
}

// localeFile returns a locale file with the texts of the model. Some have other forms than those of
// the locale.
func (d *domain) localeFile(
	l *locale, m *model.Domain, given map[int]map[plural.Category]string,
) string {
	var b strings.Builder
	for message := range m.Messages() {
		i := d.index[message.ID.String()]
		if l.texts[i].ID == "" {
			continue
		}
		fmt.Fprintf(&b, "[%v]\n", message.ID)
		of, is := given[i]
		if !is {
			of = l.texts[i].forms()
		}
		for c := range plural.Category(plural.NumCategories) {
			if text := of[c]; text != "" {
				fmt.Fprintf(&b, "%v = %s\n", c, tomldoc.MustQuote(text))
			}
		}
	}
	return b.String()
}

// folderOf returns a folder with the files. An archive is the standard library's file system that
// is made of bytes.
func folderOf(files map[string]string) (fs.FS, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(out, text)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}

// failed returns the error that the preview is about.
func (p *preview) failed(code *model.Code, values []format.Value) error {
	return access.NewError(p.domain.Code(code.Name), p.bind(values), []catalog.Violation(nil),
		nil, nil)
}

// writeProblem answers as a server does that has the error.
func (p *preview) writeProblem(a *answer, failed error, accept string) {
	r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/"},
		Header: http.Header{"Accept": {accept}, "Accept-Language": {p.tag.String()}}}
	responder := problem.New(p.bundle, problem.Options{Logger: slog.New(slog.DiscardHandler)})
	responder.Write(a, r, failed)
}

// bind returns the values as arguments for the domain.
func (p *preview) bind(values []format.Value) []format.Value {
	bound := make([]format.Value, len(values))
	for i, v := range values {
		bound[i] = access.ValueIn(p.domain, v)
	}
	return bound
}

// textPage shows a text that is not an error. Programs put it into pages of their own.
var textPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{{.Name}}</title>
<p>{{.Value}}</p>
</html>
`))

// writeText answers with a phrase or a label, and returns it.
func (p *preview) writeText(
	a *answer, m *model.Message, values []format.Value, accept string,
) errlingo.Text {
	l := p.bundle.LocalizerFor(p.tag)
	var text errlingo.Text
	if m.Phrase != nil {
		for phrase := range p.domain.Phrases() {
			if phrase.Name() == m.Phrase.Name {
				text = l.Phrase(access.WithArgs(phrase, p.bind(values)).(*catalog.Phrase))
			}
		}
	} else {
		for label := range p.domain.Labels() {
			if label.Name() == m.Label.Name {
				text = l.Label(label)
			}
		}
	}
	shown := struct {
		Name  string `json:"-"`
		Value string `json:"text"`
		Lang  string `json:"lang"`
		Dir   string `json:"dir"`
	}{m.ID.Part, text.Value, text.Locale.String(), direction(text.Locale)}
	a.header.Set("Content-Type", accept+"; charset=utf-8")
	switch accept {
	case "text/html":
		_ = textPage.Execute(&a.body, shown) // It fails for no text.
	case "text/plain":
		a.body.WriteString(shown.Value + "\n")
	default:
		a.header.Set("Content-Type", "application/json")
		_ = json.NewEncoder(&a.body).Encode(shown)
	}
	return text
}

// valuesOf returns arguments of a kind for the params.
func valuesOf(s *model.Signature, kind string, count *int64) ([]format.Value, error) {
	values := make([]format.Value, len(s.Params))
	for i := range s.Params {
		p := &s.Params[i]
		switch kind {
		case "example", "":
			values[i] = p.Example
		case "extreme":
			values[i] = extreme(p.Example).Styled(p.Style)
		case "zero":
			values[i] = zero(p.Example).Styled(p.Style)
		default:
			return nil, &refusal{status: http.StatusBadRequest,
				text: fmt.Sprintf("there are no arguments %q", kind), hint: "example, extreme or zero"}
		}
		if count != nil && p.Name == s.Count {
			negative, magnitude := *count < 0, uint64(*count)
			if negative {
				magnitude = -magnitude
			}
			values[i] = format.Whole(format.Int, negative, magnitude)
		}
	}
	return values, nil
}

// The extremes of arguments: long words, scripts of both directions, and the largest numbers.
const (
	longText = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " +
		"اسم طويل جدًا لا ينتهي (v2.0) שם ארוך מאוד <b>&amp;</b> 長い名前 \"…\" 🧦🧦🧦"
	longAddress = "https://example.com/a/very/long/path/that/does/not/end/anywhere?with=a&query"
)

// extreme returns an argument of the same kind that is as hard to show as any.
func extreme(v format.Value) format.Value {
	switch v.Kind() {
	case format.String:
		return format.Text(format.String, longText)
	case format.Literal:
		return format.Text(format.Literal, "^[A-Z]{2,}-\\d+(?:/[a-z]+)*$ <x>")
	case format.URL:
		return format.Text(format.URL, longAddress)
	case format.Int, format.Identifier, format.Bytes:
		return format.Whole(v.Kind(), false, math.MaxInt64)
	case format.Number, format.Percent:
		return format.Float(v.Kind(), 1234567890.12345)
	case format.Duration, format.RelativeTime:
		return format.Span(v.Kind(), math.MaxInt64)
	case format.Money:
		return format.Amount("123456789012345.99", "USD")
	case format.Time, format.Date, format.TimeOfDay:
		return format.Moment(v.Kind(), time.Date(2029, time.September, 30, 23, 59, 59, 0, time.UTC))
	case format.DateRange:
		return format.Range(time.Date(2028, time.December, 30, 0, 0, 0, 0, time.UTC),
			time.Date(2029, time.September, 30, 0, 0, 0, 0, time.UTC))
	case format.List:
		values := v.Values()
		if len(values) == 0 {
			return v
		}
		return v.WithValues(slices.Repeat([]format.Value{extreme(values[0]), values[0]}, 5))
	}
	return v // Labels and phrases are what they are.
}

// zero returns the smallest argument of the same kind, or a missing one.
func zero(v format.Value) format.Value {
	switch v.Kind() {
	case format.Int, format.Identifier, format.Bytes:
		return format.Whole(v.Kind(), false, 0)
	case format.Number, format.Percent:
		return format.Float(v.Kind(), 0)
	case format.Duration, format.RelativeTime:
		return format.Span(v.Kind(), 0)
	case format.Money:
		return format.Amount("0.00", "USD")
	}
	return format.Value{}
}
