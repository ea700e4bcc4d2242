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
	"github.com/errlingo/errlingo/internal/ledger"
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
		Use:   "explain number|NAME",
		Short: "Explain a code: its meaning, its params, and its texts as readers see them",
		Long: `Explain shows what a code means, where it is declared, its params, and its texts as
readers of a language see them, with the example arguments.`,
		Example: `  extract explain 1201
  extract explain OUT_OF_STOCK --lang de`,
		Args:              cobra.ExactArgs(1),
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
	asked, _, _ = strings.Cut(asked, ".") // Explain the whole code, even if a part was given.
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
		if b.Len() == 0 {
			d.explainRetired(&b, asked)
		}
	}
	if b.Len() == 0 {
		a.complainUnknown(asked, known, "code")
		return errFindings
	}
	_, err = a.stdout.Write([]byte(b.String()))
	return err
}

// explainRetired explains a code that is only in the ledger.
func (d *domain) explainRetired(b *strings.Builder, asked string) {
	old, _ := ledger.Parse(d.folder.file(ledger.Name), d.ledger)
	for _, e := range old.Entries() {
		if e.Retired && (asked == e.Name || asked == strconv.Itoa(e.Number)) {
			writeLine(b, "%d %s: retired, see %s:%d", e.Number, e.Name, d.folder.file(ledger.Name), e.Line)
		}
	}
}

func (a *app) explainCode(b *strings.Builder, d *domain, index int, tag language.Tag) {
	c := &d.Codes[index]
	writeLine(b, "%s", codeHeading(c.Number, c.Name, c.HTTP))
	writeLine(b, "domain %s, declared at %s:%d", d.Name, c.Place.File, c.Place.Line)
	if doc := strings.TrimSpace(c.Doc); doc != "" {
		fmt.Fprintf(b, "\n%s\n", report.Lines(doc))
	}
	if old := deprecation(c.Deprecated, c.ReplacedBy); old != "" {
		b.WriteString("\n")
		writeLine(b, "Deprecated: %s", old)
	}
	listed := listCode(c)
	for i, p := range listed.Params {
		if i == 0 {
			b.WriteString("\nparams:\n")
		}
		writeLine(b, "  %s", p.String())
	}
	if tag == language.Und {
		tag = d.Source
	}
	a.explainTexts(b, d, index, tag)
}

// deprecation says why a code is deprecated and which one replaces it. It is empty if the code is
// not deprecated.
func deprecation(why, replacedBy string) string {
	if replacedBy != "" {
		why += " (replaced by " + replacedBy + ")"
	}
	return strings.TrimSpace(why)
}

// explainTexts shows the texts in a language, each with the example arguments.
func (a *app) explainTexts(b *strings.Builder, d *domain, index int, tag language.Tag) {
	own, inherited, from := texts{}, texts{}, language.Und
	if tag == d.Source || d.file(tag) != nil {
		own = d.textsIn(tag, index)
	}
	if f := d.parent(tag); f != nil {
		inherited, from = d.textsIn(f.Tag, index), f.Tag
	}
	r := newRenderer(tag, &d.Codes[index], func(l *model.Label) string {
		return cmp.Or(own.label(d, l), inherited.label(d, l), l.Text.Forms[plural.Other])
	})
	if !own.complete(&d.Codes[index]) && inherited.complete(&d.Codes[index]) {
		// Title and detail come from the same locale, the first that has both.
		own.parts[model.Title], own.parts[model.Detail] = pattern.Text{}, pattern.Text{}
	}
	fmt.Fprintf(b, "\ntexts in %v:\n", tag)
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

// texts has a code's texts, and all labels, in one locale.
type texts struct {
	parts   [model.NumParts]pattern.Text
	invalid [model.NumParts]bool // the locale has the part, but cannot show it
	labels  []string             // by the label's index in the domain; "" is missing
}

// complete reports whether the title and the detail are there, if the code has them.
func (t *texts) complete(c *model.Code) bool {
	for _, part := range [...]int{model.Title, model.Detail} {
		if !c.Texts[part].Missing() && t.parts[part].Missing() {
			return false
		}
	}
	return true
}

// started reports whether the title or the detail is there.
func (t *texts) started() bool {
	return !t.parts[model.Title].Missing() || !t.parts[model.Detail].Missing()
}

// label returns the text of a label, or "".
func (t *texts) label(d *domain, l *model.Label) string {
	i := slices.IndexFunc(d.Labels, func(own model.Label) bool { return own.Name == l.Name })
	if i < 0 || i >= len(t.labels) {
		return ""
	}
	return t.labels[i]
}

func (d *domain) textsIn(tag language.Tag, index int) texts {
	if tag == d.Source {
		return d.sourceTexts(index)
	}
	return d.translatedTexts(d.file(tag), index)
}

// sourceTexts returns the texts of Go source.
func (d *domain) sourceTexts(index int) texts {
	c := &d.Codes[index]
	var t texts
	for part := range c.Texts {
		t.parts[part] = c.Texts[part].Compile(c.ParamIndex)
	}
	for i := range d.Labels {
		t.labels = append(t.labels, d.Labels[i].Text.Forms[plural.Other])
	}
	return t
}

// translatedTexts returns the texts of a locale's file.
func (d *domain) translatedTexts(f *merge.File, index int) texts {
	file, syntax, _ := localefile.Read(f.Name, f.Tag, f.Text)
	if len(syntax) > 0 {
		return texts{}
	}
	compiled, _ := file.Compile(localefile.NewSchema(d.Domain))
	t := texts{labels: compiled.Labels}
	copy(t.parts[:], compiled.Codes[index*model.NumParts:])
	for i := range file.Entries {
		e := &file.Entries[i]
		if part := slices.Index(model.PartNames[:], e.ID.Part); e.ID.Name == d.Codes[index].Name &&
			part >= 0 {
			t.invalid[part] = !e.Missing() && t.parts[part].Missing()
		}
	}
	return t
}

// renderer renders the texts of a code with the examples of its params as arguments.
type renderer struct {
	locale  pattern.Locale
	args    []format.Value
	count   int
	context format.Context
}

// newRenderer returns a renderer for the language; label returns the text of a label in it.
func newRenderer(tag language.Tag, c *model.Code, label func(*model.Label) string) *renderer {
	r := &renderer{locale: pattern.NewLocale(tag), args: make([]format.Value, len(c.Params)),
		count: -1}
	r.context.Label = func(dst []byte, ref any) ([]byte, bool) {
		l, ok := ref.(*model.Label)
		if !ok {
			return dst, false
		}
		return r.locale.Values.AppendText(dst, label(l)), true
	}
	for i := range c.Params {
		r.args[i] = c.Params[i].Example
		if c.Params[i].Name == c.Count {
			r.count = i
		}
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
