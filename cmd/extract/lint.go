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
	if i := slices.IndexFunc(a.failOn, lint.IsState); i >= 0 { // else it would always pass
		return fail(fmt.Sprintf("lint doesn't look for texts that are %s", a.failOn[i]),
			"use extract check --fail-on "+a.failOn[i])
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
		found := lint.Check(d.Domain, files, d.glossary, func(code string) bool { return gone()[code] },
			a.failOn...)
		findings = append(findings, d.withoutSource(found).OfDomain(d.Name)...)
	}
	if len(unusable) > 0 {
		return unusable
	}
	if a.lang != "" {
		if findings, err = a.onlyLanguage(p, only, findings); err != nil {
			return err
		}
	}
	judged := gate.Apply(findings, nil)
	fmt.Fprintf(a.resultWriter(), "%s, %s\n", counted(judged.Count(diag.Error), "error"),
		counted(judged.Count(diag.Warning), "warning"))
	return a.reportFindings(judged, names)
}

// onlyLanguage returns the findings about the files of a language, and all about declarations. The
// texts in Go source belong to the source locale.
func (a *app) onlyLanguage(p *project, tag language.Tag, findings diag.List) (diag.List, error) {
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

// misspelled returns a warning for each name whose texts became obsolete although no code or part
// ever had that name: it is probably misspelled. call is the command as it was called.
func (j *job) misspelled(call string) diag.List {
	names := newKnownNames(j.domain)
	var findings diag.List
	for i := range j.plan.Files {
		f := &j.plan.Files[i]
		if f.Summary.Parked == 0 || j.isBlocked(f) {
			continue
		}
		seen := map[string]bool{}
		for _, moved := range f.Parked {
			text, near := names.misspelling(moved.ID)
			if !moved.Moved || text == "" || seen[text] {
				continue
			}
			seen[text] = true
			hint := fmt.Sprintf("to restore it, correct its name there and run %q", call)
			if near != "" {
				hint += fmt.Sprintf("; did you mean %s?", near)
			}
			findings = append(findings, ruleStray.At(j.folder.File(merge.ObsoleteName(f.Tag)), moved.Pos,
				text+", so its texts are obsolete now", hint))
		}
	}
	return findings
}

// knownNames are the names that texts have or had.
type knownNames struct {
	codes   []string
	parts   []string
	phrases []string
	labels  []string
	gone    map[string]bool // codes that were issued and are no longer declared
}

func newKnownNames(d *domain) knownNames {
	names := knownNames{codes: d.CodeNames(), parts: model.PartNames[:], gone: d.gone()}
	for i := range d.Phrases {
		names.phrases = append(names.phrases, d.Phrases[i].Name)
	}
	for i := range d.Labels {
		names.labels = append(names.labels, d.Labels[i].Name)
	}
	return names
}

// misspelling returns the text of a finding about an undeclared text whose name is probably
// misspelled, and the nearest known name. Both are empty if the name may be right.
func (n *knownNames) misspelling(id localefile.ID) (text, near string) {
	switch isCode := slices.Contains(n.codes, id.Name); {
	case id.Name == localefile.Labels:
		return misspelled("label", id.Part, n.labels)
	case id.Name == localefile.Phrases:
		return misspelled("phrase", id.Part, n.phrases)
	case n.gone[id.Name], isCode && slices.Contains(n.parts, id.Part):
		return "", ""
	case isCode:
		return fmt.Sprintf("a code has no part %q", id.Part), diag.Nearest(id.Part, n.parts)
	}
	return fmt.Sprintf("no code is called %q", id.Name), diag.Nearest(id.Name, n.codes)
}

// misspelled is misspelling for what the ledger doesn't list, so that it may be gone: it is
// reported only if its name is similar to another one.
func misspelled(what, name string, known []string) (text, near string) {
	if near = diag.Nearest(name, known); near == "" || near == name {
		return "", ""
	}
	return fmt.Sprintf("no %s is called %q", what, name), near
}
