package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/invisible"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/report"
)

func (a *app) explainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain number|NAME|phrases.name",
		Short: "Explain a code: its meaning, its params, and its texts as readers see them",
		Long: `Explain shows what a code means, where it is declared, its params, and its texts as
readers of a language see them, with the example arguments. It does the same for a
phrase.`,
		Example: `  extract explain 1201
  extract explain OUT_OF_STOCK --lang de
  extract explain phrases.cart`,
		Args:              arguments(cobra.ExactArgs(1)),
		ValidArgsFunction: a.completeCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			return a.explain(cmd.Context(), args[0])
		},
	}
	a.langFlag(cmd, "show the texts in this language")
	return cmd
}

func (a *app) explain(ctx context.Context, asked string) error {
	p, err := a.load(ctx, nil)
	if err != nil {
		return err
	}
	a.reportSource(p)
	tag, err := a.explainTag(p)
	if err != nil {
		return err
	}
	if unusable := p.unreadableIn(tag); len(unusable) > 0 {
		return unusable
	}
	phrase, isPhrase := strings.CutPrefix(asked, localefile.Phrases+".")
	if !isPhrase {
		asked, _, _ = strings.Cut(asked, ".") // Explain the whole code, even if a part was given.
	}
	var b strings.Builder
	var known []string
	for _, d := range p.domains {
		for i := range d.Codes {
			c := &d.Codes[i]
			known = append(known, c.Name)
			if asked != c.Name && asked != strconv.Itoa(c.Number) {
				continue
			}
			if b.Len() > 0 {
				b.WriteString("\n")
			}
			a.explainCode(&b, d, i, tag)
		}
		for i := range d.Phrases {
			known = append(known, localefile.Phrases+"."+d.Phrases[i].Name)
			if isPhrase && phrase == d.Phrases[i].Name {
				a.explainPhrase(&b, d, i, tag)
			}
		}
		if b.Len() == 0 {
			d.explainRetired(&b, asked)
		}
	}
	if b.Len() == 0 {
		what := "code"
		if isPhrase {
			what = "phrase"
		}
		a.complainUnknown(asked, known, what)
		return errFindings
	}
	_, err = a.stdout.Write([]byte(b.String()))
	return err
}

// explainRetired explains a code that is only in the ledger.
func (d *domain) explainRetired(b *strings.Builder, asked string) {
	old, _ := d.issued()
	for _, e := range old.Entries() {
		if e.Retired && (asked == e.Name || asked == strconv.Itoa(e.Number)) {
			writeLine(b, "%d %s: retired, see %s:%d", e.Number, e.Name, d.ledgerName, e.Line)
		}
	}
}

func (a *app) explainCode(b *strings.Builder, d *domain, index int, tag language.Tag) {
	c := &d.Codes[index]
	explainHead(b, d, codeHeading(c.Number, c.Name, c.HTTP), c.Place, c.Doc)
	if old := deprecation(c.Deprecated, c.ReplacedBy); old != "" {
		b.WriteString("\n")
		writeLine(b, "Deprecated: %s", old)
	}
	explainParams(b, c.Params)
	a.explainTexts(b, d, index, tag)
}

// explainPhrase shows what explainCode shows of a code.
func (a *app) explainPhrase(b *strings.Builder, d *domain, index int, tag language.Tag) {
	p := &d.Phrases[index]
	explainHead(b, d, localefile.Phrases+"."+p.Name, p.Place, p.Doc)
	explainParams(b, p.Params)
	t := d.localized(tag)
	fmt.Fprintf(b, "\ntexts in %v:\n", t.tag)
	text, from := t.phrase(p.Name)
	switch {
	case text == nil:
		writeLine(b, "  not translated, or invalid and not shown to readers; %q says why",
			a.call()+" lint")
	case from != t.tag:
		writeLine(b, "  %s (from %v)", t.renderer(&p.Signature).render(text), from)
	default:
		writeLine(b, "  %s", t.renderer(&p.Signature).render(text))
	}
}

func explainHead(b *strings.Builder, d *domain, heading string, at model.Place, doc string) {
	writeLine(b, "%s", heading)
	writeLine(b, "domain %s, declared at %s:%d", d.Name, at.File, at.Line)
	if doc := strings.TrimSpace(doc); doc != "" {
		fmt.Fprintf(b, "\n%s\n", report.Lines(doc))
	}
}

func explainParams(b *strings.Builder, params []model.Param) {
	for i, p := range listParams(params) {
		if i == 0 {
			b.WriteString("\nparams:\n")
		}
		writeLine(b, "  %s", p.String())
	}
}

// deprecation says why a code is deprecated and which one replaces it. It is empty if the code is
// not deprecated.
func deprecation(why, replacedBy string) string {
	if replacedBy != "" {
		why += " (replaced by " + replacedBy + ")"
	}
	return strings.TrimSpace(why)
}

// localized has the texts of a domain that readers of a language see.
type localized struct {
	domain         *domain
	tag            language.Tag
	own, inherited texts
	from           language.Tag // the locale of the inherited ones
}

// localized returns the texts of a language, language.Und for the source locale.
func (d *domain) localized(tag language.Tag) localized {
	if tag == language.Und {
		tag = d.Source
	}
	l := localized{domain: d, tag: tag}
	if tag == d.Source || d.file(tag) != nil {
		l.own = d.textsIn(tag)
	}
	if f := d.parent(tag); f != nil {
		l.inherited, l.from = d.textsIn(f.Tag), f.Tag
	}
	return l
}

// label returns the text of a label.
func (l *localized) label(of *model.Label) string {
	return cmp.Or(l.own.label(l.domain, of), l.inherited.label(l.domain, of),
		of.Text.Forms[plural.Other])
}

// phrase returns the text of a phrase and its locale, or nil.
func (l *localized) phrase(name string) (*pattern.Text, language.Tag) {
	i := slices.IndexFunc(l.domain.Phrases, func(p model.Phrase) bool { return p.Name == name })
	switch {
	case i >= 0 && i < len(l.own.Phrases) && !l.own.Phrases[i].Missing():
		return &l.own.Phrases[i], l.tag
	case i >= 0 && i < len(l.inherited.Phrases) && !l.inherited.Phrases[i].Missing():
		return &l.inherited.Phrases[i], l.from
	}
	return nil, language.Und
}

// explainTexts shows the texts in a language, each with the example arguments.
func (a *app) explainTexts(b *strings.Builder, d *domain, index int, tag language.Tag) {
	t := d.localized(tag)
	own, inherited, from := t.own.of(index), t.inherited.of(index), t.from
	r := t.renderer(&d.Codes[index].Signature)
	if !own.complete(&d.Codes[index]) && inherited.complete(&d.Codes[index]) {
		// Title and detail come from the same locale, the first that has both.
		own.parts[model.Title], own.parts[model.Detail] = pattern.Text{}, pattern.Text{}
	}
	fmt.Fprintf(b, "\ntexts in %v:\n", t.tag)
	width := len("detail") + 1
	for part, name := range model.PartNames {
		if !d.Codes[index].Texts[part].Missing() {
			width = max(width, len(name)+1)
		}
	}
	for part, name := range model.PartNames {
		switch {
		case d.Codes[index].Texts[part].Missing():
		case !own.parts[part].Missing():
			writeLine(b, "  %-*s %s", width, name, r.render(&own.parts[part]))
		case own.invalid[part]:
			writeLine(b, "  %-*s invalid and not shown to readers; %q says why", width, name,
				a.call()+" lint")
		case !inherited.parts[part].Missing():
			writeLine(b, "  %-*s %s (from %v)", width, name, r.render(&inherited.parts[part]), from)
		default:
			writeLine(b, "  %-*s not translated", width, name)
		}
	}
	if c := &d.Codes[index]; !own.complete(c) && !inherited.complete(c) && own.started() {
		b.WriteString("readers see title and detail once both are translated\n")
	}
}

// explainTag returns the language of --lang. A domain must have a file for it or for a parent.
// Without --lang, explainTag returns language.Und, which stands for the source locale.
func (a *app) explainTag(p *project) (language.Tag, error) {
	if a.lang == "" {
		return language.Und, nil
	}
	tag, err := parseTag(a.lang)
	has := func(d *domain) bool {
		return tag == d.Source || d.file(tag) != nil || d.parent(tag) != nil
	}
	if err == nil && !slices.ContainsFunc(p.domains, has) {
		err = a.noFile(tag)
	}
	return tag, err
}

// unreadableIn returns the syntax errors of the files that have the texts of a language.
func (p *project) unreadableIn(tag language.Tag) diag.List {
	var unusable diag.List
	for _, d := range p.domains {
		for _, f := range []*merge.File{d.file(tag), d.parent(tag)} {
			if f != nil {
				_, syntax, _ := localefile.Read(f.Name, f.Tag, f.Text)
				unusable = append(unusable, syntax...)
			}
		}
	}
	return unusable
}

// parent returns the file of the nearest locale that the given one inherits from, or nil.
func (d *domain) parent(tag language.Tag) *merge.File {
	for _, parent := range locale.Parents(tag) {
		if f := d.file(parent); f != nil {
			return f
		}
	}
	return nil
}

// texts has the texts of a domain in one locale.
type texts struct {
	localefile.Texts
	invalid []bool // by the index in Codes: the locale has the text, but cannot show it
}

// codeTexts has the texts of a code in one locale.
type codeTexts struct {
	parts   [model.NumParts]pattern.Text
	invalid [model.NumParts]bool
}

// of returns the texts of a code.
func (t *texts) of(index int) codeTexts {
	var c codeTexts
	if at := index * model.NumParts; at < len(t.Codes) {
		copy(c.parts[:], t.Codes[at:])
		copy(c.invalid[:], t.invalid[at:])
	}
	return c
}

// complete reports whether the title and the detail are there, if the code has them.
func (t *codeTexts) complete(c *model.Code) bool {
	for _, part := range [...]int{model.Title, model.Detail} {
		if !c.Texts[part].Missing() && t.parts[part].Missing() {
			return false
		}
	}
	return true
}

// started reports whether the title or the detail is there.
func (t *codeTexts) started() bool {
	return !t.parts[model.Title].Missing() || !t.parts[model.Detail].Missing()
}

// label returns the text of a label, or "".
func (t *texts) label(d *domain, l *model.Label) string {
	i := slices.IndexFunc(d.Labels, func(own model.Label) bool { return own.Name == l.Name })
	if i < 0 || i >= len(t.Labels) {
		return ""
	}
	return t.Labels[i]
}

func (d *domain) textsIn(tag language.Tag) texts {
	if tag == d.Source {
		return d.sourceTexts()
	}
	return d.translatedTexts(d.file(tag))
}

// sourceTexts returns the texts of Go source.
func (d *domain) sourceTexts() texts {
	var t texts
	for i := range d.Codes {
		for part := range d.Codes[i].Texts {
			t.Codes = append(t.Codes, d.Codes[i].Texts[part].Compile(d.Codes[i].ParamIndex))
		}
	}
	t.invalid = make([]bool, len(t.Codes))
	for i := range d.Phrases {
		t.Phrases = append(t.Phrases, d.Phrases[i].Text.Compile(d.Phrases[i].ParamIndex))
	}
	for i := range d.Labels {
		t.Labels = append(t.Labels, d.Labels[i].Text.Forms[plural.Other])
	}
	return t
}

// translatedTexts returns the texts of a locale's file.
func (d *domain) translatedTexts(f *merge.File) texts {
	file, syntax, _ := localefile.Read(f.Name, f.Tag, f.Text)
	if len(syntax) > 0 {
		return texts{}
	}
	var t texts
	t.Texts, _ = file.Compile(localefile.NewSchema(d.Domain))
	t.invalid = make([]bool, len(t.Codes))
	index := make(map[string]int, len(d.Codes))
	for i := range d.Codes {
		index[d.Codes[i].Name] = i * model.NumParts
	}
	for i := range file.Entries {
		e := &file.Entries[i]
		at, isCode := index[e.ID.Name]
		if part := slices.Index(model.PartNames[:], e.ID.Part); isCode && part >= 0 {
			t.invalid[at+part] = !e.Missing() && t.Codes[at+part].Missing()
		}
	}
	return t
}

// renderer renders texts with the examples of their params as arguments.
type renderer struct {
	locale  pattern.Locale
	args    []format.Value
	count   int
	context format.Context
}

// renderer returns the one for texts with the params.
func (l *localized) renderer(of *model.Signature) *renderer {
	r := &renderer{locale: pattern.NewLocale(l.tag), args: make([]format.Value, len(of.Params)),
		count: of.ParamIndex(of.Count)}
	for i := range of.Params {
		r.args[i] = of.Params[i].Example
	}
	r.context.Label = func(dst []byte, ref any) ([]byte, bool) {
		switch ref := ref.(type) {
		case *model.Label:
			return r.locale.Values.AppendText(dst, l.label(ref)), true
		case *model.Said:
			if text, _ := l.phrase(ref.Phrase.Name); text != nil {
				inner := *r
				inner.args, inner.count = ref.Args, ref.Phrase.ParamIndex(ref.Phrase.Count)
				return append(dst, inner.render(text)...), true
			}
		}
		return dst, false
	}
	return r
}

// render returns the text for a terminal, without the isolates around arguments.
func (r *renderer) render(t *pattern.Text) string {
	out, _ := t.Append(nil, &r.locale, r.args, r.count, &r.context)
	return isolates.Replace(string(out))
}

var isolates = strings.NewReplacer(
	string(invisible.FirstStrongIsolate), "", string(invisible.PopIsolate), "")
