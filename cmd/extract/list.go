package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/report"
)

func (a *app) listCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list [packages]",
		Short: "List all codes with their params and texts",
		Long: `List shows all codes with their meaning, HTTP status, params and source texts. With
--format md, it writes a page for the users of an API.`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			return a.list(cmd.Context(), args)
		},
	}
	a.formatFlag(cmd, "text", "json", "md")
	return cmd
}

// listedDomain and the types below are the output of --format json.
type listedDomain struct {
	Domain  string         `json:"domain"`
	Source  string         `json:"source"`
	Codes   []listedCode   `json:"codes"`
	Phrases []listedPhrase `json:"phrases,omitempty"`
	Labels  []listedLabel  `json:"labels"`
}

type listedCode struct {
	Number     int               `json:"number"`
	Name       string            `json:"name"`
	HTTP       int               `json:"http,omitempty"`
	Doc        string            `json:"doc,omitempty"`
	Deprecated string            `json:"deprecated,omitempty"`
	ReplacedBy string            `json:"replacedBy,omitempty"`
	Params     []listedParam     `json:"params"`
	Title      string            `json:"title"`
	Detail     string            `json:"detail,omitempty"`
	Plural     map[string]string `json:"plural,omitempty"` // the other forms of the detail
	Help       string            `json:"help,omitempty"`

	TitlePlural map[string]string `json:"titlePlural,omitempty"`
	DetailZero  string            `json:"detailZero,omitempty"`
	HelpPlural  map[string]string `json:"helpPlural,omitempty"`
	HelpZero    string            `json:"helpZero,omitempty"`

	File string `json:"file"`
	Line int    `json:"line"`
}

type listedParam struct {
	Name      string `json:"name"`
	Kind      string `json:"kind"`
	Example   string `json:"example,omitempty"`
	Public    bool   `json:"public,omitempty"`
	Sensitive bool   `json:"sensitive,omitempty"`
}

type listedPhrase struct {
	Name   string            `json:"name"`
	Doc    string            `json:"doc,omitempty"`
	Params []listedParam     `json:"params"`
	Text   string            `json:"text"`
	Plural map[string]string `json:"plural,omitempty"`
	File   string            `json:"file"`
	Line   int               `json:"line"`
}

type listedLabel struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func (a *app) list(ctx context.Context, patterns []string) error {
	p, err := a.load(ctx, patterns)
	if err != nil {
		return err
	}
	a.reportSource(p)
	all := []listedDomain{}
	for _, d := range p.own() {
		all = append(all, listDomain(d.Domain))
	}
	var b strings.Builder
	switch a.format {
	case "json":
		return report.WriteJSON(a.stdout, all)
	case "md":
		for i := range all {
			all[i].markdown(&b)
		}
	default:
		for i := range all {
			all[i].text(&b)
		}
	}
	_, err = a.stdout.Write([]byte(b.String()))
	return err
}

func listDomain(d *model.Domain) listedDomain {
	out := listedDomain{Domain: d.Name, Source: d.Source.String(), Codes: []listedCode{},
		Labels: []listedLabel{}}
	for i := range d.Codes {
		out.Codes = append(out.Codes, listCode(&d.Codes[i]))
	}
	for i := range d.Phrases {
		out.Phrases = append(out.Phrases, listPhrase(&d.Phrases[i]))
	}
	for _, l := range d.Labels {
		out.Labels = append(out.Labels, listedLabel{l.Name, l.Text.Forms[plural.Other]})
	}
	return out
}

func listCode(c *model.Code) listedCode {
	out := listedCode{
		Number: c.Number, Name: c.Name, HTTP: c.HTTP, Doc: strings.TrimSpace(c.Doc),
		Deprecated: c.Deprecated, ReplacedBy: c.ReplacedBy,
		Params: listParams(c.Params), File: c.Place.File, Line: c.Place.Line,
		TitlePlural: pluralForms(&c.Texts[model.Title]),
		Plural:      pluralForms(&c.Texts[model.Detail]),
		HelpPlural:  pluralForms(&c.Texts[model.Help]),
	}
	for part, to := range map[int]*string{
		model.Title: &out.Title, model.Detail: &out.Detail, model.DetailZero: &out.DetailZero,
		model.Help: &out.Help, model.HelpZero: &out.HelpZero,
	} {
		*to = c.Texts[part].Forms[plural.Other]
	}
	return out
}

func listPhrase(p *model.Phrase) listedPhrase {
	return listedPhrase{
		Name: p.Name, Doc: strings.TrimSpace(p.Doc), Params: listParams(p.Params),
		Text: p.Text.Forms[plural.Other], Plural: pluralForms(&p.Text),
		File: p.Place.File, Line: p.Place.Line,
	}
}

func listParams(params []model.Param) []listedParam {
	listed := []listedParam{}
	for _, p := range params {
		listed = append(listed, listedParam{p.Name, p.Kind, p.ExampleText(), p.Public, p.Sensitive})
	}
	return listed
}

// pluralForms returns the forms of a text besides the one for "other", or nil.
func pluralForms(t *model.Text) map[string]string {
	var forms map[string]string
	for category, form := range t.Forms {
		if plural.Category(category) != plural.Other && form != "" {
			if forms == nil {
				forms = map[string]string{}
			}
			forms[plural.Category(category).String()] = form
		}
	}
	return forms
}

// text writes the domain for a terminal.
func (d *listedDomain) text(b *strings.Builder) {
	for _, c := range d.Codes {
		writeLine(b, "%s", codeHeading(c.Number, c.Name, c.HTTP))
		writeListed(b, c.lines())
	}
	for _, p := range d.Phrases {
		writeLine(b, "phrases.%s", p.Name)
		writeListed(b, append(formLines("text", p.Plural, p.Text), paramLines(p.Params)...))
	}
	for _, l := range d.Labels {
		writeLine(b, "labels.%s", l.Name)
		writeLine(b, "  %-7s %s", "text", l.Text)
	}
}

// writeListed writes the properties of a code or phrase.
func writeListed(b *strings.Builder, lines []listedLine) {
	width := 0
	for _, line := range lines {
		width = max(width, len(line.name))
	}
	for _, line := range lines {
		writeLine(b, "  %-*s  %s", width, line.name, line.text)
	}
}

// codeHeading returns the first line about a code.
func codeHeading(number int, name string, status int) string {
	if status == 0 {
		return fmt.Sprintf("%d %s", number, name)
	}
	return fmt.Sprintf("%d %s, HTTP %d", number, name, status)
}

// listedLine is one property of a code or phrase.
type listedLine struct{ name, text string }

// lines returns the texts of a code, one line per plural form, and the params.
func (c *listedCode) lines() []listedLine {
	lines := formLines("title", c.TitlePlural, c.Title)
	lines = append(lines, formLines("detail", c.Plural, c.Detail)...)
	lines = append(lines, formLines("detail_zero", nil, c.DetailZero)...)
	lines = append(lines, formLines("help", c.HelpPlural, c.Help)...)
	lines = append(lines, formLines("help_zero", nil, c.HelpZero)...)
	if old := deprecation(c.Deprecated, c.ReplacedBy); old != "" {
		lines = append(lines, listedLine{"deprecated", old})
	}
	return append(lines, paramLines(c.Params)...)
}

func paramLines(params []listedParam) []listedLine {
	var lines []listedLine
	for _, p := range params {
		lines = append(lines, listedLine{"param", p.String()})
	}
	return lines
}

// formLines returns the lines of a text, or none if it is empty.
func formLines(name string, forms map[string]string, other string) []listedLine {
	if other == "" {
		return nil
	}
	if forms == nil {
		return []listedLine{{name, other}}
	}
	var lines []listedLine
	for category := range plural.Other {
		if form := forms[category.String()]; form != "" {
			lines = append(lines, listedLine{name + "." + category.String(), form})
		}
	}
	return append(lines, listedLine{name + ".other", other})
}

// String returns the param in words.
func (p listedParam) String() string {
	s := p.Name + ", " + p.Kind
	if p.Example != "" {
		s += ", e.g. " + oneLine(p.Example)
	}
	if p.Public {
		s += ", public"
	}
	if p.Sensitive {
		s += ", sensitive"
	}
	return s
}

// markdown writes the domain as a section of a page.
func (d *listedDomain) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "# Error codes of %s\n", report.Markdown(oneLine(d.Domain)))
	for _, c := range d.Codes {
		fmt.Fprintf(b, "\n## %s\n\n%d", report.Markdown(oneLine(c.Name)), c.Number)
		if c.HTTP != 0 {
			fmt.Fprintf(b, ", HTTP %d", c.HTTP)
		}
		fmt.Fprintf(b, ": %s\n", report.Markdown(c.Title))
		if old := deprecation(c.Deprecated, c.ReplacedBy); old != "" {
			fmt.Fprintf(b, "\nDeprecated: %s\n", report.Markdown(old))
		}
		for _, paragraph := range []string{c.Doc, c.Detail, c.Help} {
			if paragraph != "" {
				fmt.Fprintf(b, "\n%s\n", report.Markdown(paragraph))
			}
		}
		if len(c.Params) > 0 {
			b.WriteString("\n| param | kind | example | in the response |\n|---|---|---|---|\n")
		}
		for _, p := range c.Params {
			public := "no"
			if p.Public {
				public = "yes"
			}
			fmt.Fprintf(b, "| %s | %s | %s | %s |\n", report.Markdown(oneLine(p.Name)),
				report.Markdown(oneLine(p.Kind)), report.Markdown(oneLine(p.Example)), public)
		}
	}
	b.WriteString("\n")
}

// oneLine replaces each run of white space with one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
