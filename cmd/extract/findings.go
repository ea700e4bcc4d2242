package main

import (
	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
)

// all returns what is to be said about the files as they stand, those of Go source included.
func (w *work) all() diag.List {
	findings := w.project.findings
	for _, j := range w.jobs {
		findings = append(findings, j.findings...)
		findings = append(findings, j.plan.Findings...)
		files := j.planned()
		findings = append(findings, j.linted(files)...)
		findings = append(findings, lint.States(j.plan, files)...)
	}
	return findings
}

// planned returns the files as they were planned on, but for one that does not exist yet.
func (j *job) planned() []*localefile.File {
	var files []*localefile.File
	for i := range j.plan.Files {
		if f := &j.plan.Files[i]; f.Old != nil {
			files = append(files, f.File)
		}
	}
	return files
}

// linted returns what is wrong with the texts of the files. That a text belongs to no code is left out if the ledger knows
// the code: it is gone, and the plan deals with its texts.
func (j *job) linted(files []*localefile.File) diag.List {
	gone := j.gone(files)
	var findings diag.List
	for _, f := range lint.Check(j.Domain, files) {
		if f.Rule != localefile.RuleUnknownCode || !gone[declared.Place{File: f.File, Pos: f.Pos}] {
			findings = append(findings, f)
		}
	}
	return findings
}

// gone returns the places of the texts whose codes are not declared and stand in the ledger.
func (j *job) gone(files []*localefile.File) map[declared.Place]bool {
	issued, _ := ledger.Parse(ledger.Name, j.ledger)
	gone := map[string]bool{}
	for _, entry := range issued.Entries() {
		gone[entry.Name] = true
	}
	for i := range j.Domain.Codes {
		delete(gone, j.Domain.Codes[i].Name)
	}
	places := map[declared.Place]bool{}
	for _, f := range files {
		for i := range f.Entries {
			if e := &f.Entries[i]; gone[e.ID.Name] {
				places[declared.Place{File: f.Name, Pos: f.Doc.Pos(f.Doc.Items()[e.Item].Span.Start)}] = true
			}
		}
	}
	return places
}

// parsed returns the locale files of the domain, as far as they can be read.
func (d *domain) parsed() []*localefile.File {
	var files []*localefile.File
	for _, f := range d.files {
		if file, syntax, _ := localefile.Read(f.Name, f.Tag, f.Bytes); len(syntax) == 0 {
			files = append(files, file)
		}
	}
	return files
}

// isState reports whether a rule is that of a state, which the line of a file counts.
func isState(rule string) bool {
	switch rule {
	case lint.RuleMissing, lint.RuleStale, lint.RuleReview, lint.RuleObsolete:
		return true
	}
	return false
}

// coverage returns how much of each target locale is translated.
func (w *work) coverage() []lint.Coverage {
	var all []lint.Coverage
	for _, j := range w.jobs {
		all = append(all, lint.CoverageOf(j.plan)...)
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
