package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/pseudo"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

func (a *app) pseudoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "pseudo [packages]",
		Short: "Write the files of the pseudo-locales en-XA and ar-XB",
		Long: `Pseudo writes en-XA.toml, whose texts have accents, brackets and a third more length,
and ar-XB.toml, whose texts read from right to left. They are made from the source
texts and show where a page forgot something. No reader is given them unless they ask
for exactly these names.

From then on extract keeps the files up to date; status never counts them.`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			_, err := a.update(cmd.Context(), args, planPseudo)
			return err
		},
	}
}

func planPseudo(_ context.Context, p *project) (*work, error) {
	w := &work{project: p}
	for _, d := range p.domains {
		for _, tag := range pseudo.Tags() {
			if !slices.ContainsFunc(d.pseudo, func(f merge.File) bool { return f.Tag == tag }) {
				d.pseudo = append(d.pseudo, merge.File{Name: d.folder.file(tag.String() + localefile.Ext), Tag: tag})
			}
		}
		j := &job{domain: d, plan: &merge.Plan{}}
		j.addPseudo()
		w.jobs = append(w.jobs, j)
	}
	return w, nil
}

// pseudoFile returns the file of a pseudo-locale.
func pseudoFile(d *declared.Domain, tag language.Tag) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Made from the source texts. What is changed here is lost.\n")
	categories := plural.For(tag).Categories()
	for m := range d.Messages() {
		fmt.Fprintf(&b, "\n[%v]\n", m.ID)
		for c, text := range m.Text.Forms {
			category := plural.Category(c)
			if text == "" || !categories.Has(category) {
				continue
			}
			fmt.Fprintf(&b, "%v = %s\n", category, tomldoc.MustQuote(pseudo.Text(tag, strings.ToValidUTF8(text, "\uFFFD"))))
		}
	}
	return []byte(b.String())
}
