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
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
)

func (a *app) lintCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lint [packages]",
		Short: "Check the texts, in Go source and in the locale files",
		Long: `Lint checks only the texts: placeholders, plural forms, punctuation, invisible
characters. To see whether files are up to date, use check.

A comment above a text switches rules off for it: # lint: allow same-as-source.
https://github.com/errlingo/errlingo/blob/main/docs/lint.md lists the rules.`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.reports, a.allowShrink = true, true
			return a.lint(cmd.Context(), args)
		},
	}
	cmd.Flags().BoolVar(&a.strict, "strict", false, "treat all warnings as errors")
	cmd.Flags().StringSliceVar(&a.failOn, "fail-on", nil,
		"treat warnings of these `rules` as errors, such as space,html")
	a.langFlag(cmd, "check only the texts in this language")
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
			file, syntax, texts := localefile.Read(f.Name, f.Tag, f.Text)
			unusable = append(unusable, syntax.OfDomain(d.Name)...)
			findings = append(findings, texts.OfDomain(d.Name)...)
			if len(syntax) == 0 {
				files = append(files, file)
			}
		}
		gone := sync.OnceValue(d.gone)
		found := lint.Check(d.Domain, files, func(code string) bool { return gone()[code] })
		findings = append(findings, found.OfDomain(d.Name)...)
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
	fmt.Fprintf(a.resultWriter(), "%s, %s\n", counted(judged.Count(diag.Error), "error"),
		counted(judged.Count(diag.Warning), "warning"))
	return a.reportFindings(judged, names)
}

// ofLanguage returns the findings about the files of a language. Those about declarations stay, and
// those about the texts in Go source are the source locale's.
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

// strays returns a warning for each name of texts that became obsolete although there was never a
// code, or a part of one, that is called so: it is more likely misspelled than gone. call is the
// command as it was called.
func (j *job) strays(call string) diag.List {
	names := newKnownNames(j.domain)
	var findings diag.List
	for i := range j.plan.Files {
		f := &j.plan.Files[i]
		if f.Summary.Parked == 0 || j.isHeld(f) {
			continue
		}
		told := map[string]bool{}
		for _, moved := range f.Moved {
			text, near := names.stray(moved.ID)
			if text == "" || told[text] {
				continue
			}
			told[text] = true
			hint := fmt.Sprintf("to restore it, correct its name there and run %q", call)
			if near != "" {
				hint += fmt.Sprintf("; did you mean %s?", near)
			}
			findings = append(findings, ruleStray.At(j.folder.file(merge.ObsoleteName(f.Tag)), moved.Pos,
				text+", so its texts are obsolete now", hint))
		}
	}
	return findings
}

// knownNames are the names that texts may have, or had.
type knownNames struct {
	codes  []string
	parts  []string
	labels []string
	gone   map[string]bool // codes that were issued once
}

func newKnownNames(d *domain) knownNames {
	names := knownNames{codes: d.CodeNames(), parts: model.PartNames[:], gone: d.gone()}
	for i := range d.Labels {
		names.labels = append(names.labels, d.Labels[i].Name)
	}
	return names
}

// stray returns what is to be said of a text that is not declared, and the name that was probably
// meant. The first is empty if the text may be gone.
func (n *knownNames) stray(id localefile.ID) (text, near string) {
	switch isCode := slices.Contains(n.codes, id.Name); {
	case id.Name == localefile.Labels:
		// The ledger does not have labels, so that one is believed to be misspelled only if there is one
		// that is much like it.
		if near = diag.Nearest(id.Part, n.labels); near == "" || near == id.Part {
			return "", ""
		}
		return fmt.Sprintf("no label is called %q", id.Part), near
	case n.gone[id.Name], isCode && slices.Contains(n.parts, id.Part):
		return "", ""
	case isCode:
		return fmt.Sprintf("a code has no part %q", id.Part), diag.Nearest(id.Part, n.parts)
	}
	return fmt.Sprintf("no code is called %q", id.Name), diag.Nearest(id.Name, n.codes)
}
