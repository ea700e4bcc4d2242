package main

import (
	"slices"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/merge"
)

// The rules of the command itself.
const (
	ruleFailure  = "failure"        // the command could not run
	ruleNothing  = "nothing-found"  // no code is declared
	ruleShrink   = "shrinks"        // many texts of a file would become obsolete at once
	ruleHeld     = "not-written"    // a file is left as it is because of what is wrong elsewhere
	ruleOutdated = "out-of-date"    // a file differs from what extract would make of it
	ruleFolder   = "locales-folder" // which folder a domain has is not as it seems, or not clear
	ruleTag      = "language-tag"   // a language tag is none
)

// rules returns what the rules of all findings stand for.
func rules() []diag.Rule { return slices.Concat(lint.Rules(), commandRules()) }

// commandRules returns the rules of findings that are not about a text or its file. docs/extract.md lists them.
func commandRules() []diag.Rule {
	all := slices.Concat([]diag.Rule{
		{ID: ruleFailure, Severity: diag.Error, Doc: "the command could not run"},
		{ID: ruleNothing, Severity: diag.Error, Doc: "no code is declared"},
		{ID: ruleShrink, Severity: diag.Error, Doc: "at least 3 texts and more than a third of a file's would become obsolete at once"},
		{ID: ruleHeld, Severity: diag.Error, Doc: "a file is left as it is because a declaration is wrong or cannot be read"},
		{ID: ruleOutdated, Severity: diag.Error, Doc: "a file differs from what extract would make of it"},
		{ID: ruleFolder, Severity: diag.Warning, Doc: "a folder of locale files may not be the one that is meant"},
		{ID: ruleTag, Severity: diag.Error, Doc: "a language tag is none"},
		{ID: ruleNoBase, Severity: diag.Warning, Doc: "the revision that --base names has no ledger of the domain"},
	}, codescan.Rules(), merge.Rules(), ledger.Rules())
	for i := range all {
		all[i].Page = "extract.md#findings"
	}
	return all
}
