package main

import (
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

// all returns what is to be said about the files, that about Go source included.
func (w *work) all() diag.List {
	findings := slices.Clone(w.project.findings)
	for _, j := range w.jobs {
		findings = append(findings, j.findings...)
		findings = append(findings, j.plan.Findings...)
		findings = append(findings, j.survey.Findings()...)
	}
	return findings
}

// newSurvey returns a survey of the domain's texts. A code that is not declared and stands in the ledger is gone.
func (d *domain) newSurvey() *lint.Survey {
	gone := sync.OnceValue(d.gone)
	return lint.NewSurvey(d.Domain, func(code string) bool { return gone()[code] })
}

// gone returns the names of the codes that are not declared and stand in the ledger.
func (d *domain) gone() map[string]bool {
	issued, _ := ledger.Parse(ledger.Name, d.ledger)
	gone := map[string]bool{}
	for _, entry := range issued.Entries() {
		gone[entry.Name] = true
	}
	for i := range d.Codes {
		delete(gone, d.Codes[i].Name)
	}
	return gone
}

// isState reports whether a rule is that of a state, which the line of a file counts.
func isState(rule string) bool {
	switch rule {
	case lint.RuleMissing, lint.RuleStale, lint.RuleReview, lint.RuleObsolete:
		return true
	}
	return false
}

// coverage returns how much of each target locale is translated. Of a language that must reach a minimum nothing is where
// a domain has no file for it; a source locale and a variant, in which nothing can be missing, are complete.
func (w *work) coverage(least map[language.Tag]float64) []lint.Coverage {
	var all []lint.Coverage
	for _, j := range w.jobs {
		covered := lint.CoverageOf(j.plan)
		for tag := range least {
			if slices.ContainsFunc(covered, func(c lint.Coverage) bool { return c.Tag == tag }) {
				continue
			}
			c := lint.Coverage{File: j.folder.file(tag.String() + localefile.Ext), Tag: tag}
			if !slices.ContainsFunc(j.plan.Files, func(f merge.FilePlan) bool { return f.Tag == tag }) {
				c.Total = j.NumMessages()
			}
			all = append(all, c)
		}
		all = append(all, covered...)
	}
	return all
}

// files returns the names of all locale files.
func (w *work) files() []string {
	var names []string
	for _, j := range w.jobs {
		for _, f := range j.files {
			names = append(names, f.Name)
		}
	}
	return names
}
