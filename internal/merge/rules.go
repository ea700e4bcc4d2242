package merge

import "github.com/errlingo/errlingo/internal/diag"

// The rules of findings that a plan can come with, besides those of package localefile.
const (
	RuleSourceEdited       = "source-edited"
	RuleObsoleteLive       = "obsolete-live"
	RuleObsoleteUnreadable = "obsolete-unreadable"
	RuleNoPlace            = "no-place"
	RuleReferee            = "referee"
	RuleUnreadable         = "unreadable-file"
)

// Rules returns what the rules stand for.
func Rules() []diag.Rule {
	return []diag.Rule{
		{ID: RuleSourceEdited, Severity: diag.Error, Doc: "a source text was edited in a locale file"},
		{ID: RuleObsoleteLive, Severity: diag.Warning, Doc: "a text stands in a file as obsolete and as a live one"},
		{ID: RuleObsoleteUnreadable, Severity: diag.Warning, Doc: "lines that are marked as an obsolete text make none"},
		{ID: RuleNoPlace, Severity: diag.Error, Doc: "something else stands where a text belongs"},
		{ID: RuleUnreadable, Severity: diag.Error, Doc: "a locale file cannot be read"},
		{ID: RuleReferee, Severity: diag.Error, Doc: "a planned file would not mean what was planned"},
	}
}
