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
	all := []diag.Rule{
		{ID: ruleFailure, Severity: diag.Error, Doc: "the command could not run"},
		{ID: ruleNothing, Severity: diag.Error, Doc: "no code is declared"},
		{ID: ruleShrink, Severity: diag.Error, Doc: "at least 3 texts and more than a third of a file's would become obsolete at once"},
		{ID: ruleHeld, Severity: diag.Error, Doc: "a file is left as it is because a declaration is wrong or cannot be read"},
		{ID: ruleOutdated, Severity: diag.Error, Doc: "a file differs from what extract would make of it"},
		{ID: ruleFolder, Severity: diag.Warning, Doc: "a folder of locale files may not be the one that is meant"},
		{ID: ruleTag, Severity: diag.Error, Doc: "a language tag is none"},
		{ID: codescan.RuleSyntax, Severity: diag.Error, Doc: "a Go file does not parse"},
		{ID: codescan.RuleLink, Severity: diag.Warning, Doc: "a Go file is a symbolic link that is not followed"},
		{ID: codescan.RuleUnreadable, Severity: diag.Error, Doc: "a declaration cannot be read without running the program"},
		{ID: codescan.RuleUnreadableExample, Severity: diag.Warning, Doc: "a param's example cannot be read without running the program"},
		{ID: codescan.RuleName, Severity: diag.Error, Doc: "a declared name has the wrong form or is reserved"},
		{ID: codescan.RuleDuplicate, Severity: diag.Error, Doc: "a declared number or name belongs to another already"},
		{ID: codescan.RuleDeclaration, Severity: diag.Error, Doc: "a declaration would panic"},
		{ID: codescan.RuleMissingArgument, Severity: diag.Error, Doc: "New or Wrap lacks an argument that a text shows"},
		{ID: codescan.RuleDoubledArgument, Severity: diag.Error, Doc: "New or Wrap has two arguments for one param"},
		{ID: codescan.RuleForeignArgument, Severity: diag.Error, Doc: "New or Wrap has an argument for a param of other codes"},
		{ID: merge.RuleSourceEdited, Severity: diag.Error, Doc: "a source text was edited in a locale file"},
		{ID: merge.RuleObsoleteLive, Severity: diag.Warning, Doc: "a text stands in a file as obsolete and as a live one"},
		{ID: merge.RuleObsoleteUnreadable, Severity: diag.Warning, Doc: "lines that are marked as an obsolete text make none"},
		{ID: merge.RuleNoPlace, Severity: diag.Error, Doc: "something else stands where a text belongs"},
		{ID: merge.RuleReferee, Severity: diag.Error, Doc: "a planned file would not mean what was planned"},
		{ID: ruleNoBase, Severity: diag.Warning, Doc: "the revision that --base names has no ledger of the domain"},
		{ID: ledger.RuleSyntax, Severity: diag.Error, Doc: "a line of the ledger cannot be read"},
		{ID: ledger.RuleTwice, Severity: diag.Error, Doc: "a number or name stands in the ledger twice"},
		{ID: ledger.RuleDomain, Severity: diag.Error, Doc: "the ledger belongs to another domain"},
		{ID: ledger.RuleBreak, Severity: diag.Error, Doc: "a code changed in a way that breaks its users"},
		{ID: ledger.RuleReuse, Severity: diag.Error, Doc: "a number or name was used for another code before"},
	}
	for i := range all {
		all[i].Page = "extract.md#findings"
	}
	return all
}
