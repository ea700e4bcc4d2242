package site

import (
	"bytes"
	"encoding/json"
	"html/template"
	"io"
	"net/http"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/sample"
)

// page is what is said about a code in one language. As JSON, it is the twin of the page.
type page struct {
	Domain     string          `json:"domain"`
	Number     int             `json:"number"`
	Name       string          `json:"name"`
	Type       string          `json:"type,omitempty"`
	HTTP       int             `json:"http,omitempty"`
	RPC        string          `json:"rpc"`
	RPCNumber  int             `json:"rpcNumber"`
	Retry      string          `json:"retry"`
	Action     string          `json:"action"`
	Audience   []string        `json:"audience"`
	Since      string          `json:"since,omitempty"`
	Deprecated string          `json:"deprecated,omitempty"`
	ReplacedBy *link           `json:"replacedBy,omitempty"`
	ShownAs    *link           `json:"shownAs,omitempty"`
	Doc        string          `json:"meaning,omitempty"`
	Params     []param         `json:"params"`
	Lang       string          `json:"lang"`
	Dir        string          `json:"dir"`
	Title      *text           `json:"title"`
	Detail     *text           `json:"detail,omitempty"`
	Help       *text           `json:"help,omitempty"`
	Answer     json.RawMessage `json:"answer,omitempty"` // an example
	Languages  []translation   `json:"languages"`

	Base    string        `json:"-"`
	DocLang string        `json:"-"`
	DocDir  string        `json:"-"`
	Shown   template.HTML `json:"-"` // the answer as a page, without what is around it
	Pretty  string        `json:"-"` // the answer, indented
	Twin    string        `json:"-"` // the address of the JSON document
	Current string        `json:"-"` // that of the page
}

// text is a text in the language that it was found in.
type text struct {
	Text string `json:"text"`
	Lang string `json:"lang"`
	Dir  string `json:"dir"`
}

// link names a code and where its page is.
type link struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// translation is the page of the same code in a language.
type translation struct {
	Lang string `json:"lang"`
	Name string `json:"name"` // of the language, in itself
	URL  string `json:"url"`
}

// param is a param of a code.
type param struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Exposure string `json:"exposure"` // "public", "private" or "sensitive"
	Example  string `json:"example,omitempty"`
}

// exposure says who gets the argument for a param.
func exposure(p *model.Param) string {
	switch {
	case p.Sensitive:
		return "sensitive"
	case p.Public:
		return "public"
	}
	return "private"
}

// rpcNames are the names of google.rpc.Code, by number.
var rpcNames = [...]string{
	"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
	"ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
	"OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
}

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"status": http.StatusText,
}).ParseFS(web, "web/*.html"))

// writeCodes writes the pages of a domain.
func (s *Site) writeCodes(
	d *domain, b *bytes.Buffer, write func(name string, content []byte) error,
) error {
	program, err := sample.New(d.Domain.Domain, d.Files, templates.Lookup("answer.html"))
	if err != nil {
		return err
	}
	for i := range d.Codes {
		c := &d.Codes[i]
		failed := program.Error(c)
		common := s.page(d, c, failed.Code())
		for _, tag := range d.locales() {
			p := common
			p.fill(program, failed, tag)
			name := d.file(c.Name, tag)
			p.Twin, p.Current = s.base+name+".json", tag.String()
			b.Reset()
			if err := templates.ExecuteTemplate(b, "code.html", &p); err != nil {
				return err
			}
			if err := write(name+".html", b.Bytes()); err != nil {
				return err
			}
			b.Reset()
			if err := writeJSON(b, &p); err != nil {
				return err
			}
			if err := write(name+".json", b.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeJSON(w io.Writer, p *page) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(p)
}

// page returns what is the same in all languages.
func (s *Site) page(d *domain, c *model.Code, declared *catalog.Code) page {
	rpc := declared.RPCStatus()
	p := page{
		Domain: d.Name, Number: c.Number, Name: c.Name, Type: d.TypeURI(c.Name), HTTP: c.HTTP,
		RPC: rpcNames[rpc], RPCNumber: int(rpc), Retry: declared.Retry().String(),
		Action: declared.Action().String(), Since: d.Since[c.Name], Deprecated: c.Deprecated,
		Doc: c.Doc, DocLang: d.Source.String(), DocDir: direction(d.Source), Params: []param{},
		Base: s.base,
	}
	for i, name := range []string{"end users", "developers", "operators"} {
		if declared.Audience().Has(1 << i) {
			p.Audience = append(p.Audience, name)
		}
	}
	if c.ReplacedBy != "" {
		p.ReplacedBy = s.link(d, c.ReplacedBy)
	}
	if c.ShownAs != nil {
		p.ShownAs = s.link(d, c.ShownAs.Name)
	}
	for i := range c.Params {
		at := &c.Params[i]
		p.Params = append(p.Params, param{at.Name, at.Kind, exposure(at), at.ExampleText()})
	}
	for _, tag := range d.locales() {
		p.Languages = append(p.Languages,
			translation{tag.String(), nativeName(tag), s.base + d.url(c.Name, tag)})
	}
	return p
}

// link returns the link to a code of the domain. One of another domain has no address.
func (s *Site) link(d *domain, name string) *link {
	for i := range d.Codes {
		if d.Codes[i].Name == name {
			return &link{name, s.base + d.page(name) + "/"}
		}
	}
	return &link{Name: name}
}

// fill adds what readers of a language see.
func (p *page) fill(program *sample.Program, failed *catalog.Error, tag language.Tag) {
	p.Lang, p.Dir = tag.String(), direction(tag)
	m := program.Bundle.LocalizerFor(tag).LocalizeFlat(failed)
	p.Title, p.Detail, p.Help = newText(m.Title), newText(m.Detail), newText(m.Help)
	if p.ShownAs != nil {
		return // No answer has this code.
	}
	p.Shown = template.HTML(program.Answer(failed, tag, "text/html"))
	p.Answer = program.Answer(failed, tag, "application/problem+json")
	var b bytes.Buffer
	if json.Indent(&b, p.Answer, "", "  ") == nil {
		p.Pretty = b.String()
	}
}

func newText(t errlingo.Text) *text {
	if t.Value == "" {
		return nil
	}
	return &text{t.Value, t.Locale.String(), t.Dir}
}
