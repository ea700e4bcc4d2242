package merge

import (
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/state"
)

// The rules of findings that a plan can come with, besides those of package localefile.
const (
	RuleSourceEdited = "source-edited"
	RuleObsoleteLive = "obsolete-live"
	RuleNoPlace      = "no-place"
	RuleNoState      = "no-state"
	RuleReferee      = "referee"
	RuleUnreadable   = "unreadable-file"
)

var rules = []diag.Rule{
	{ID: RuleSourceEdited, Severity: diag.Error, Doc: "a source text was edited in a locale file"},
	{ID: RuleObsoleteLive, Severity: diag.Warning,
		Doc: "a text is obsolete, and also in the locale file"},
	{ID: RuleNoPlace, Severity: diag.Warning, Doc: "something else is in the place of a text"},
	{ID: RuleNoState, Severity: diag.Error, Doc: "the state of a locale file is missing"},
	{ID: RuleUnreadable, Severity: diag.Error, Doc: "a locale file cannot be read"},
	{ID: RuleReferee, Severity: diag.Error, Doc: "a planned file would not mean what was planned"},
	{ID: state.RuleSyntax, Severity: diag.Error, Doc: "a line of a state cannot be read"},
	{ID: state.RuleVersion, Severity: diag.Error,
		Doc: "a state was written by a later version of extract"},
	{ID: state.RuleDomain, Severity: diag.Error, Doc: "a state belongs to two domains"},
}

// Rules returns what the rules stand for.
func Rules() []diag.Rule { return slices.Clone(rules) }

func severityOf(rule string) diag.Severity {
	for _, r := range rules {
		if r.ID == rule {
			return r.Severity
		}
	}
	return diag.Error
}
