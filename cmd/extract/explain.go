package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/pattern"
)

func (a *app) explainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain number|NAME",
		Short: "Explain a code: its meaning, its params, and its texts as a reader sees them",
		Long: `Explain shows what a code means, where it is declared, its params, and its texts with
the example arguments as a reader of a language sees them.`,
		Example: `  extract explain 1201
  extract explain OUT_OF_STOCK --lang de`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink, a.explains = true, true
			return a.explain(cmd.Context(), args[0])
		},
	}
	a.langFlag(cmd, "show the texts of this language")
	return cmd
}

func (a *app) explain(ctx context.Context, asked string) error {
	p, err := a.load(ctx, nil)
	if err != nil {
		return err
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
			if err := a.explainCode(&b, d, i); err != nil {
				return err
			}
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

// explainRetired explains a code that only the ledger knows.
func (d *domain) explainRetired(b *strings.Builder, asked string) {
	old, _ := ledger.Parse(d.folder.file(ledger.Name), d.ledger)
	for _, e := range old.Entries() {
		if e.Retired && (asked == e.Name || asked == strconv.Itoa(e.Number)) {
			fmt.Fprintf(b, "%d %s: retired, see %s:%d\n", e.Number, e.Name, d.folder.file(ledger.Name), e.Line)
		}
	}
}

func (a *app) explainCode(b *strings.Builder, d *domain, index int) error {
	c := &d.Codes[index]
	fmt.Fprintf(b, "%d %s", c.Number, c.Name)
	if c.HTTP != 0 {
		fmt.Fprintf(b, ", HTTP %d", c.HTTP)
	}
	fmt.Fprintf(b, "\ndomain %s, declared at %s:%d\n", d.Name, c.Place.File, c.Place.Line)
	if doc := strings.TrimSpace(c.Doc); doc != "" {
		fmt.Fprintf(b, "\n%s\n", doc)
	}
	if c.Deprecated != "" || c.ReplacedBy != "" {
		fmt.Fprintf(b, "\nDeprecated: %s\n", strings.TrimSpace(c.Deprecated+" "+replacedBy(c.ReplacedBy)))
	}
	listed := listCode(c)
	for i, p := range listed.Params {
		if i == 0 {
			b.WriteString("\nparams:\n")
		}
		fmt.Fprintf(b, "  %s\n", p.String())
	}
	return a.explainTexts(b, d, index)
}

func replacedBy(name string) string {
	if name == "" {
		return ""
	}
	return "(replaced by " + name + ")"
}

// explainTexts shows the texts in the language that is asked for, each with the example arguments.
func (a *app) explainTexts(b *strings.Builder, d *domain, index int) error {
	tag := d.Source
	if a.lang != "" {
		asked, err := parseTag(a.lang)
		if err != nil {
			return err
		}
		if tag = asked; tag != d.Source && d.file(tag) == nil {
			return fail(fmt.Sprintf("there is no locale file for %v", tag), fmt.Sprintf("run %q", a.call()+" add "+tag.String()))
		}
	}
	texts := d.sourceTexts(index)
	if tag != d.Source {
		texts = d.translatedTexts(tag, index)
	}
	r := newRenderer(tag, &d.scanned[index])
	fmt.Fprintf(b, "\ntexts in %v:\n", tag)
	for part, name := range declared.PartNames {
		switch {
		case !texts[part].Missing():
			fmt.Fprintf(b, "  %-7s %s\n", name, r.render(&texts[part]))
		case !d.Codes[index].Texts[part].Missing():
			fmt.Fprintf(b, "  %-7s not translated\n", name)
		}
	}
	return nil
}

// sourceTexts returns the texts of a code as Go source has them.
func (d *domain) sourceTexts(index int) [declared.NumParts]pattern.Text {
	c := &d.Codes[index]
	var texts [declared.NumParts]pattern.Text
	for part := range c.Texts {
		var forms pattern.Forms
		for category, form := range c.Texts[part].Forms {
			if form != "" {
				forms[category], _ = pattern.Compile(form, func(name string) int { return paramIndex(c, name) })
			}
		}
		texts[part] = pattern.NewText(&forms)
	}
	return texts
}

// translatedTexts returns the texts of a code as the file of a locale has them.
func (d *domain) translatedTexts(tag language.Tag, index int) [declared.NumParts]pattern.Text {
	var texts [declared.NumParts]pattern.Text
	f := d.file(tag)
	file, syntax, _ := localefile.Read(f.Name, f.Tag, f.Bytes)
	if len(syntax) == 0 {
		compiled, _ := file.Compile(lint.Schema(d.Domain))
		copy(texts[:], compiled.Codes[index*declared.NumParts:])
	}
	return texts
}

func paramIndex(c *declared.Code, name string) int {
	return slices.IndexFunc(c.Params, func(p declared.Param) bool { return p.Name == name || slices.Contains(p.Was, name) })
}
