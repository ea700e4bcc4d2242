package localefile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// Schema is what the files of a domain may hold, for several of them. It is immutable.
type Schema struct {
	codes   []model.Code
	indices map[string]int // of the codes, by name
	phrases map[string]schemaPhrase
	labels  map[string]int
	parts   []string
}

// schemaPhrase is a phrase and its position in the domain.
type schemaPhrase struct {
	*model.Phrase
	index int
}

// NewSchema returns the schema of the domain, in whose order [Texts] are.
func NewSchema(d *model.Domain) *Schema {
	s := &Schema{
		codes:   d.Codes,
		indices: make(map[string]int, len(d.Codes)),
		phrases: make(map[string]schemaPhrase, len(d.Phrases)),
		labels:  make(map[string]int, len(d.Labels)),
		parts:   model.PartNames[:],
	}
	for i := range d.Codes {
		s.indices[d.Codes[i].Name] = i
	}
	for i := range d.Phrases {
		s.phrases[d.Phrases[i].Name] = schemaPhrase{&d.Phrases[i], i}
	}
	for i := range d.Labels {
		s.labels[d.Labels[i].Name] = i
	}
	return s
}

// find returns the index of the code with the name, or -1. Most often it is the code of the text
// before or the one behind that, since files have the order of the domain.
func (s *Schema) find(name string, before int) int {
	for i := max(before, 0); i < min(before+2, len(s.codes)); i++ {
		if s.codes[i].Name == name {
			return i
		}
	}
	if i, has := s.indices[name]; has {
		return i
	}
	return -1
}

// Texts are the texts of a file, ready to be rendered.
type Texts struct {
	Codes   []pattern.Text // of code c and part p at c*parts+p; a missing text is its zero value
	Phrases []pattern.Text // by the phrase's index
	Labels  []string       // by the label's index; "" is missing
}

// Compile checks the file's entries against the schema and compiles them. An entry with a fault is
// left out and reported; so is a form with one, which leaves out the whole text, so that no reader
// sees half of a plural.
func (f *File) Compile(s *Schema) (Texts, diag.List) {
	texts := Texts{
		Codes:   make([]pattern.Text, len(s.codes)*len(s.parts)),
		Phrases: make([]pattern.Text, len(s.phrases)),
		Labels:  make([]string, len(s.labels)),
	}
	c := compiler{file: f, schema: s, texts: &texts}
	return texts, c.run()
}

// Check returns what [File.Compile] reports, without the texts.
func (f *File) Check(s *Schema) diag.List {
	c := compiler{file: f, schema: s}
	return c.run()
}

// fixHeader returns the edit of one key of a text's header, unless the file would have the text
// twice then.
func (f *File) fixHeader(e *Entry, key int, to string) diag.Fix {
	keys := f.Doc.Keys(f.Doc.Items()[e.Item])
	id := e.ID
	*[...]*string{&id.Name, &id.Part}[key] = to
	taken := slices.ContainsFunc(f.Entries, func(other Entry) bool { return other.ID == id })
	if taken || !f.HasHeader(e) || len(keys) != 2 {
		return diag.Fix{}
	}
	return f.fix(keys[key].Span, to)
}

type compiler struct {
	file     *File
	schema   *Schema
	texts    *Texts // nil if nobody needs them
	findings diag.Collector

	code int // the index of the code that the last entry belongs to, or -1

	hints int // how many names were looked for among those that the domain has
}

func (c *compiler) run() diag.List {
	for i := range c.file.Entries {
		c.entry(&c.file.Entries[i])
	}
	return c.findings.List()
}

// mostHints is how many unknown names of a file are compared with all that there are. A file with
// more of them is that of another program, or was made to take time.
const mostHints = 20

// unknown reports a text that the domain does not have, because of the first or the second key of
// its header. The known names are those that the key may be.
func (c *compiler) unknown(
	e *Entry, key int, rule diag.Rule, text, otherwise string, known func() []string,
) {
	f := c.file.finding(c.file.Doc.Items()[e.Item].Span().Start, rule, text, otherwise)
	if c.hints++; c.hints <= mostHints {
		name := [...]string{e.ID.Name, e.ID.Part}[key]
		if near := diag.Nearest(name, known()); near != "" {
			f.Hint = "did you mean " + near + "?"
			f.Fix = c.file.fixHeader(e, key, near)
		}
	}
	c.findings.Add(f)
}

func (c *compiler) entry(e *Entry) {
	switch e.ID.Name {
	case Labels:
		c.label(e)
		return
	case Phrases:
		c.phrase(e)
		return
	}
	if c.code = c.schema.find(e.ID.Name, c.code); c.code < 0 {
		c.unknown(e, 0, RuleUnknownCode, fmt.Sprintf("no code is called %s", diag.Quote(e.ID.Name)),
			"the code may be gone or renamed; extract moves such texts to _state",
			func() []string { return keys(c.schema.indices) })
		return
	}
	code := &c.schema.codes[c.code]
	part := slices.Index(c.schema.parts, e.ID.Part)
	switch {
	case part < 0:
		c.unknown(e, 1, RuleUnknownPart, "a code has no part "+diag.Quote(e.ID.Part),
			"the parts are title, detail, help",
			func() []string { return c.schema.parts })
	case (part == model.DetailZero || part == model.HelpZero) && code.Texts[part].Missing():
		c.unknown(e, 1, RuleUnknownPart, diag.Cut(e.ID.Name)+" has no "+e.ID.Part+
			", which is for an exact zero", "the developers can declare one in the code's Plural",
			func() []string { return nil })
	default:
		if text, ok := c.compile(e, &code.Signature); ok {
			c.texts.Codes[c.code*len(c.schema.parts)+part] = text
		}
	}
}

func (c *compiler) phrase(e *Entry) {
	phrase, ok := c.schema.phrases[e.ID.Part]
	if !ok {
		c.unknown(e, 1, RuleUnknownPhrase, fmt.Sprintf("no phrase is called %s", diag.Quote(e.ID.Part)),
			"the phrase may be gone or renamed; extract moves such texts to _state",
			func() []string { return keys(c.schema.phrases) })
		return
	}
	if text, ok := c.compile(e, &phrase.Signature); ok {
		c.texts.Phrases[phrase.index] = text
	}
}

func (c *compiler) label(e *Entry) {
	index, ok := c.schema.labels[e.ID.Part]
	if !ok {
		c.unknown(e, 1, RuleUnknownLabel, fmt.Sprintf("no label is called %s", diag.Quote(e.ID.Part)),
			"the label may be gone or renamed; extract moves such texts to _state",
			func() []string { return keys(c.schema.labels) })
		return
	}
	if text, ok := c.compile(e, &noParams); ok && !text.Missing() {
		c.texts.Labels[index] = text.Form(plural.Other).Literal()
	}
}

// noParams stands for a label, which takes no arguments.
var noParams model.Signature

// compile returns the text of an entry, unless it has a fault or nobody needs it.
func (c *compiler) compile(e *Entry, takes *model.Signature) (pattern.Text, bool) {
	var forms pattern.Forms
	var unknown []string
	ok := true
	for category := range e.Forms {
		form := e.Forms[category]
		if strings.TrimSpace(form.Text) == "" {
			continue
		}
		var p pattern.Pattern
		var faults []pattern.Fault
		read := func(text string) {
			if c.texts == nil {
				faults = pattern.Check(text, takes.ParamIndex)
			} else {
				p, faults = pattern.Compile(text, takes.ParamIndex)
			}
		}
		read(form.Text)
		shown := printable(form.Text)
		if shown != form.Text && len(faults) == 0 {
			read(shown)
		}
		for _, fault := range faults {
			ok = false
			if fault.Rule == pattern.RuleUnknownPlaceholder {
				if slices.Contains(unknown, fault.Name) {
					continue // It is the same mistake, in another form of the text.
				}
				unknown = append(unknown, fault.Name)
			}
			params := takes.ParamNames()
			f := fault.Rule.At(c.file.Name, c.file.Position(form, fault.Start), fault.Text,
				hintFault(fault, form.Text, params))
			if near := nearestParam(fault.Name, params); near != "" && shown == form.Text {
				f.Fix = c.file.Fix(form, fault.Start, fault.End, "{{."+near+"}}")
			}
			c.findings.Add(f)
		}
		forms[category] = p
	}
	if !ok || c.texts == nil {
		return pattern.Text{}, false
	}
	return pattern.NewText(&forms), true
}

// printable returns the text with line ends as LF and without other control characters, which no
// reader's terminal or page should be given. Usually that is the text itself.
func printable(s string) string {
	plain := true // as most texts, which is faster to find out
	for i := range len(s) {
		plain = plain && ' ' <= s[i] && s[i] <= '~'
	}
	if plain || strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, s)
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
