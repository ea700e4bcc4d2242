package merge

import (
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/state"
)

// The rules of findings that a plan can come with, besides those of package localefile.
var (
	RuleSourceEdited = diag.Rule{ID: "source-edited", Severity: diag.Error,
		Doc: "a source text was edited in a locale file"}
	RuleObsoleteLive = diag.Rule{ID: "obsolete-live", Severity: diag.Warning,
		Doc: "a text is both obsolete and in the locale file"}
	RuleNoPlace = diag.Rule{ID: "no-place", Severity: diag.Warning,
		Doc: "something else is in the place of a text"}
	RuleNoState = diag.Rule{ID: "no-state", Severity: diag.Error,
		Doc: "the state of a locale file is missing"}
	RuleUnreadable = diag.Rule{ID: "unreadable-file", Severity: diag.Error,
		Doc: "a locale file cannot be read"}
	RuleReferee = diag.Rule{ID: "referee", Severity: diag.Error,
		Doc: "a file to be written differs from what was planned"}
	RuleImportUnknown = diag.Rule{ID: "import-unknown", Severity: diag.Warning,
		Doc: "a translator's file has a text that is not declared"}
	RuleImportKept = diag.Rule{ID: "import-kept", Severity: diag.Warning,
		Doc: "a translation is not taken over from a translator's file"}
	RuleImportSource = diag.Rule{ID: "import-source", Severity: diag.Warning,
		Doc: "a translation that is taken over was made from another source text"}
)

// Rules returns the rules of the findings of a plan, those of a state among them.
func Rules() []diag.Rule {
	return slices.Concat([]diag.Rule{RuleSourceEdited, RuleObsoleteLive, RuleNoPlace, RuleNoState,
		RuleUnreadable, RuleReferee, RuleImportUnknown, RuleImportKept, RuleImportSource}, state.Rules())
}
