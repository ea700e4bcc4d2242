package main

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
)

func (a *app) lintCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lint [packages]",
		Short: "Check the texts, in Go source and in the locale files",
		Long: `Lint checks the texts and nothing else: placeholders, plural forms, punctuation,
characters that nobody can see. Whether files are up to date is for check to say.

A comment above a text switches rules off for it: # lint: allow same-as-source.
https://github.com/errlingo/errlingo/blob/main/docs/lint.md lists the rules.`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.reports, a.allowShrink = true, true
			return a.lint(cmd.Context(), args)
		},
	}
	cmd.Flags().BoolVar(&a.strict, "strict", false, "take every warning for an error")
	cmd.Flags().StringSliceVar(&a.failOn, "fail-on", nil, "take warnings of these `rules` for errors, such as space,html")
	a.langFlag(cmd, "check the texts of this language alone")
	a.formatFlag(cmd, reportFormats()...)
	return cmd
}

func (a *app) lint(ctx context.Context, patterns []string) error {
	gate, err := a.gate()
	if err != nil {
		return err
	}
	var only language.Tag
	if a.lang != "" {
		if only, err = parseTag(a.lang); err != nil {
			return err
		}
	}
	p, err := a.load(ctx, patterns)
	if err != nil {
		return err
	}
	findings := slices.Clone(p.findings)
	var unusable diag.List
	var names []string
	for _, d := range p.domains {
		var files []*localefile.File
		for _, f := range d.files {
			names = append(names, f.Name)
			file, syntax, texts := localefile.Read(f.Name, f.Tag, f.Bytes)
			unusable = append(unusable, syntax...)
			findings = append(findings, texts...)
			if len(syntax) == 0 {
				files = append(files, file)
			}
		}
		gone := sync.OnceValue(d.gone)
		findings = append(findings, lint.Check(d.Domain, files, func(code string) bool { return gone()[code] })...)
	}
	if len(unusable) > 0 {
		return unusable
	}
	if a.lang != "" {
		if findings, err = a.ofLanguage(p, only, findings); err != nil {
			return err
		}
	}
	judged := gate.Apply(findings, nil)
	errs := len(judged.Errors())
	fmt.Fprintf(a.resultWriter(), "%s, %s\n", counted(errs, "error"), counted(len(judged)-errs, "warning"))
	return a.reportFindings(judged, names)
}

// ofLanguage returns the findings about the files of a language. Those about declarations stay, and those about the texts
// in Go source are the source locale's.
func (a *app) ofLanguage(p *project, tag language.Tag, findings diag.List) (diag.List, error) {
	var own, others []string
	source := false
	for _, d := range p.domains {
		source = source || d.Source == tag
		for _, f := range d.files {
			if f.Tag == tag {
				own = append(own, f.Name)
			} else {
				others = append(others, f.Name)
			}
		}
	}
	if len(own) == 0 && !source {
		return nil, a.noFile(tag)
	}
	return slices.DeleteFunc(findings, func(f diag.Finding) bool {
		inGo := !slices.Contains(own, f.File) && !slices.Contains(p.findings, f)
		return slices.Contains(others, f.File) || inGo && !source
	}), nil
}
