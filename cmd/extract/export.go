package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
)

func (a *app) exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export --lang tag [packages]",
		Short: "Print the texts of a language as PO, XLIFF or CSV, for translators",
		Long: `Export prints the texts of one domain in one language, in a format that translators'
programs read: PO, XLIFF 1.2 (xliff), XLIFF 2.0 (xliff2), or CSV for spreadsheets. Each
text comes with its name, the source text, comments, examples, the maximum length and its
state; a stale one also with the source text that its translation was made from. Import
takes the file back.

https://github.com/errlingo/errlingo/blob/main/docs/exchange.md describes the formats.`,
		Example: `  extract export --lang de > de.po
  extract export --lang de --format xliff --only missing,stale > de.xlf`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			return a.export(cmd.Context(), args)
		},
	}
	a.langFlag(cmd, "print the texts in this language")
	a.domainFlag(cmd)
	cmd.Flags().StringVar(&a.exportFormat, "format", exchange.Formats()[0],
		"file `format`: "+orList(exchange.Formats()))
	cmd.Flags().StringSliceVar(&a.only, "only", nil,
		"print only the texts in one of these `states`, such as missing,stale,review")
	cmd.AddCommand(a.exportTSCommand(), a.exportOpenAPICommand(), a.exportSchemaCommand())
	return cmd
}

// domainFlag adds the flag that selects one of several domains.
func (a *app) domainFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.domain, "domain", "", "the `name` of the domain, if there are several")
}

func (a *app) export(ctx context.Context, patterns []string) error {
	if a.lang == "" {
		return fail("missing --lang", "add --lang with a language")
	}
	tag, err := parseTag(a.lang)
	if err != nil {
		return err
	}
	if err := checkFormat(a.exportFormat, exchange.Formats()); err != nil {
		return err
	}
	only, err := parseStates(a.only)
	if err != nil {
		return err
	}
	p, err := a.load(ctx, patterns)
	if err != nil {
		return err
	}
	if err := a.oneDomain(p, a.domain); err != nil {
		return err
	}
	f, err := a.texts(ctx, p.domains[0], tag)
	if err != nil {
		return err
	}
	if len(only) > 0 {
		f.Texts = slices.DeleteFunc(f.Texts, func(t exchange.Text) bool {
			return !slices.ContainsFunc(t.Forms, func(form exchange.Form) bool {
				return slices.Contains(only, form.State) && !isOptional(&t, &form)
			})
		})
	}
	out, wrong := exchange.Write(exchange.Format(a.exportFormat), f)
	if len(wrong) > 0 {
		return wrong
	}
	if _, err := a.stdout.Write(out); err != nil {
		return err
	}
	return a.reportSource(p)
}

// isOptional reports whether a form need not be translated.
func isOptional(t *exchange.Text, form *exchange.Form) bool {
	return t.Optional && form.State == state.Missing
}

// texts returns the texts of a domain in a language.
func (a *app) texts(ctx context.Context, d *domain, tag language.Tag) (*exchange.File, error) {
	if d.Source == tag {
		return nil, fail(fmt.Sprintf("the texts of %v are written from Go source", tag),
			"choose another language")
	}
	if d.file(tag) == nil {
		return nil, a.noFile(tag)
	}
	in := d.input()
	in.History, in.Older = a.historyIn(ctx, d), a.olderIn(ctx, d, in.Renamed)
	f, unusable := merge.Export(in, tag)
	return f, unusable.Err()
}

// parseStates returns the states that have the names.
func parseStates(names []string) ([]state.State, error) {
	all := []state.State{state.Missing, state.Stale, state.Review, state.Translated}
	var states []state.State
	for _, name := range names {
		i := slices.IndexFunc(all, func(s state.State) bool { return s.String() == name })
		if i < 0 {
			return nil, fail(fmt.Sprintf("unknown state %q", name),
				"use missing, stale, review or translated")
		}
		states = append(states, all[i])
	}
	return states, nil
}

// oneDomain leaves one domain in the project: the one with the name or, if the name is empty, the
// only one.
func (a *app) oneDomain(p *project, name string) error {
	var names []string
	for _, d := range p.domains {
		names = append(names, d.Name)
	}
	switch {
	case name != "" && !slices.Contains(names, name):
		return fail(fmt.Sprintf("there is no domain %q", name), "the domains are "+
			strings.Join(names, ", "))
	case name == "" && len(names) > 1:
		return fail("there are several domains: "+strings.Join(names, ", "),
			"choose one with --domain")
	case name != "":
		p.domains = slices.DeleteFunc(p.domains, func(d *domain) bool { return d.Name != name })
	}
	return nil
}

// wordCount is how many words of source text there are to translate, by state.
type wordCount struct {
	Missing int `json:"missing"`
	Stale   int `json:"stale"`
	Review  int `json:"review"`
}

// addWords adds the numbers of words to the status of each locale of a domain.
func (a *app) addWords(ctx context.Context, d *domain, all []localeStatus) error {
	for i := range all {
		f, err := a.texts(ctx, d, language.MustParse(all[i].Locale))
		if err != nil {
			return err
		}
		all[i].Words = countWords(f)
	}
	return nil
}

// countWords counts the words of the source texts of the forms that need work.
func countWords(f *exchange.File) *wordCount {
	var count wordCount
	for i := range f.Texts {
		t := &f.Texts[i]
		for n := range t.Forms {
			form := &t.Forms[n]
			words := exchange.Words(form.Source)
			switch {
			case isOptional(t, form):
			case form.State == state.Missing:
				count.Missing += words
			case form.State == state.Stale:
				count.Stale += words
			case form.State == state.Review:
				count.Review += words
			}
		}
	}
	return &count
}
