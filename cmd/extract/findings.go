package main

import (
	"errors"
	"io/fs"
	"slices"
	"sync"
	"syscall"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/adopt"
	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/goi18n"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/localefolder"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/report"
)

// all returns all findings, including those about Go source.
func (w *work) all() diag.List {
	findings := slices.Clone(w.project.findings)
	for _, j := range w.jobs {
		own := slices.Concat(j.findings, j.plan.Findings, j.withoutSource(j.collector.Findings()))
		findings = append(findings, own.OfDomain(j.Name)...)
	}
	return findings
}

// newCollector returns a collector for findings about the domain's texts. An undeclared code that
// is in the ledger is gone. Rules that are off are on if they are named.
func (d *domain) newCollector(named ...string) *lint.Collector {
	gone := sync.OnceValue(d.gone)
	isGone := func(code string) bool { return gone()[code] }
	return lint.NewCollector(d.Domain, d.glossary, isGone, named...)
}

// gone returns the names of the codes that are not declared but are in the ledger.
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

// coverage returns how much of each target locale is translated. If a language must reach a minimum
// and a domain has no file for it, nothing is translated there. A variant counts like its parent,
// which has all other texts, and a source locale is complete.
func (w *work) coverage(least map[language.Tag]float64) []lint.Coverage {
	var all []lint.Coverage
	for _, j := range w.jobs {
		covered := lint.CoverageOf(j.plan)
		for tag := range least {
			if slices.ContainsFunc(covered, func(c lint.Coverage) bool { return c.Tag == tag }) {
				continue
			}
			c := lint.Coverage{File: j.folder.File(tag.String() + localefile.Ext), Tag: tag}
			if j.overlay != "" && j.file(tag) == nil {
				continue // The other module may have the language.
			}
			i := slices.IndexFunc(j.plan.Files, func(f merge.FilePlan) bool { return f.Tag == tag })
			if i < 0 {
				c.Total = j.NumMessages()
			} else if parent := slices.IndexFunc(covered, func(c lint.Coverage) bool {
				return c.Tag.String() == j.plan.Files[i].Parent
			}); parent >= 0 {
				c.Translated, c.Total = covered[parent].Translated, covered[parent].Total
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

// scanFault returns an error of reading Go source, with files named as the user would type them.
func (a *app) scanFault(err error, hint string) error {
	causes := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		causes = joined.Unwrap()
	}
	var list diag.List
	for _, cause := range causes {
		path, ok := errors.AsType[*fs.PathError](cause)
		if !ok {
			return fail(err.Error(), hint)
		}
		list = append(list, ruleFailure.At(a.display(path.Path), diag.Pos{}, path.Err.Error(),
			a.fileHint(cause)))
	}
	return list
}

// fileHint returns a hint for an error from reading or writing a file.
func (a *app) fileHint(err error) string {
	switch {
	case errors.Is(err, atomicfile.ErrChanged):
		return "run the same command again"
	case errors.Is(err, atomicfile.ErrNotRegular):
		return "replace it with a regular file"
	case errors.Is(err, atomicfile.ErrReadOnly), errors.Is(err, fs.ErrPermission),
		errors.Is(err, syscall.EROFS):
		return "make sure that you may read and write it"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "free some disk space and run \"" + a.call() + "\" again"
	}
	return ""
}

// The rules of the command itself.
var (
	ruleFailure = diag.RuleFailure
	ruleNothing = diag.Rule{ID: "nothing-found", Severity: diag.Error, Doc: "no code is declared"}
	ruleShrink  = diag.Rule{ID: "shrinks", Severity: diag.Error,
		Doc: "at least 3 texts and more than a third of a file's would become obsolete at once"}
	ruleNotWritten = diag.Rule{ID: "not-written", Severity: diag.Error,
		Doc: "a file or a folder is left as it is, since a declaration is invalid or cannot be read"}
	ruleOutdated = diag.Rule{ID: "out-of-date", Severity: diag.Error,
		Doc: "a file differs from what extract would write"}
	ruleFolder      = localefolder.RuleUnclear
	ruleOtherFolder = localefolder.RuleOther
	ruleDraft       = diag.Rule{ID: "draft-dropped", Severity: diag.Warning,
		Doc: "an answer of a program that drafts translations was dropped"}
	ruleOverlay = diag.Rule{ID: "overlay", Severity: diag.Error,
		Doc: "an overlay cannot be compared with the domain that it is for"}
	ruleStray = diag.Rule{ID: "stray-text", Severity: diag.Warning,
		Doc: "a text became obsolete whose name no code, part or label ever had"}
	ruleOrphan = diag.Rule{ID: "state-orphan", Severity: diag.Error,
		Doc: "a state has no locale file"}
	ruleIgnored = diag.Rule{ID: "state-ignored", Severity: diag.Error,
		Doc: "git ignores the states of the locale files"}
	ruleNoBase = diag.Rule{ID: "no-base", Severity: diag.Warning,
		Doc: "the revision that --base names has no ledger of the domain"}
	ruleNoHistory = diag.Rule{ID: "no-history", Severity: diag.Warning,
		Doc: "git has only a part of the ledger's history"}
)

// rules returns the rules of all findings.
func rules() []diag.Rule { return slices.Concat(lint.Rules(), commandRules()) }

// commandRules returns the rules of findings that are not about a text or its file. docs/extract.md
// lists them.
func commandRules() []diag.Rule {
	all := slices.Concat([]diag.Rule{ruleFailure, ruleNothing, ruleShrink, ruleNotWritten,
		ruleOutdated, ruleFolder, ruleOtherFolder, ruleOverlay, ruleStray, ruleOrphan, ruleIgnored,
		ruleNoBase, ruleNoHistory, ruleRunDiffers, ruleRunUnread, ruleRunAbsent, report.RuleMore,
		ruleImportLanguage, ruleDraft, ruleDiffBreak, ruleConflict, adopt.RuleMessage, adopt.RuleMapping,
		goi18n.RuleFile},
		codescan.Rules(), merge.Rules(), ledger.Rules(), exchange.Rules())
	for i := range all {
		all[i].Page = "extract.md#findings"
	}
	return all
}
