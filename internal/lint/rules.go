package lint

import (
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// The rules of this package. Those of the packages that read files and texts are in the table of
// [Rules], too.
const (
	RuleNearMiss           = "near-miss-placeholder"
	RuleMissingPlaceholder = "missing-placeholder"
	RuleMissingCategory    = "missing-category"
	RuleImpossibleCategory = "impossible-category"
	RuleUnusedForm         = "unused-form"
	RuleTooLong            = "too-long"
	RuleSpace              = "space"
	RulePunctuation        = "punctuation"
	RuleTitleStop          = "title-stop"
	RuleSameAsSource       = "same-as-source"
	RuleControl            = "control-character"
	RuleBidi               = "bidi-control"
	RuleInvisible          = "invisible-character"
	RuleHTML               = "html"
	RuleBlank              = "blank"
	RuleFlag               = "flag"
	RuleGoI18nField        = "go-i18n-field"
	RuleLintComment        = "lint-comment"
)

// The states of a text that are findings, which [States] returns, and the finding about a locale
// with too few texts, which [Gate.Apply] adds.
const (
	RuleMissing  = "missing"
	RuleStale    = "stale"
	RuleReview   = "review"
	RuleObsolete = "obsolete"
	RuleCoverage = "coverage"
)

// fileRules are about a file, or about something in it that cannot be told from another text.
var fileRules = [...]diag.Rule{
	{ID: tomldoc.RuleSyntax, Severity: diag.Error, Doc: "the file is not valid TOML"},
	{ID: tomldoc.RuleDuplicateKey, Severity: diag.Error,
		Doc: "a key or a table is in the file twice"},
	{ID: tomldoc.RuleEncoding, Severity: diag.Error, Doc: "the file is not UTF-8"},
	{ID: tomldoc.RuleLimit, Severity: diag.Error,
		Doc: "the file is larger or deeper than any locale file needs to be"},
	{ID: tomldoc.RuleConflict, Severity: diag.Error, Doc: "a merge conflict is not resolved"},
	{ID: localefile.RuleFileName, Severity: diag.Error, Doc: "the file's name is no language tag"},
	{ID: localefile.RuleTextType, Severity: diag.Error,
		Doc: "something other than a string stands where a text belongs"},
	{ID: localefile.RuleUnknownForm, Severity: diag.Error,
		Doc: "a form is called by no plural category"},
	{ID: localefile.RuleDuplicateText, Severity: diag.Error,
		Doc: "a text is in the file twice, in two spellings"},
	{ID: RuleLintComment, Severity: diag.Warning,
		Doc: "a comment that begins with lint: cannot be understood"},
	{ID: RuleObsolete, Severity: diag.Warning, Doc: "a text belongs to no code any more"},
	{ID: RuleCoverage, Severity: diag.Error,
		Doc: "a locale has fewer texts translated than the run asks for"},
}

// textRules are about one text, for which a comment can switch them off.
var textRules = [...]diag.Rule{
	{ID: localefile.RuleUnknownCode, Severity: diag.Error, Doc: "no code has the name"},
	{ID: localefile.RuleUnknownPart, Severity: diag.Error,
		Doc: "a text is not called title, detail or help"},
	{ID: localefile.RuleUnknownLabel, Severity: diag.Error, Doc: "no label has the name"},

	model.RulePlaceholderSyntax,
	model.RuleUnknownPlaceholder,
	{ID: RuleNearMiss, Severity: diag.Error,
		Doc: "something looks like a placeholder but is not one, such as {.Item}"},
	{ID: RuleMissingPlaceholder, Severity: diag.Error,
		Doc: "a placeholder of the source text is missing; a warning while the text is stale"},

	{ID: RuleMissingCategory, Severity: diag.Warning,
		Doc: "a text that counts lacks the form for a plural category of the locale"},
	{ID: RuleImpossibleCategory, Severity: diag.Error,
		Doc: "a form is for a plural category that the locale does not use"},
	{ID: RuleUnusedForm, Severity: diag.Warning,
		Doc: "a text that does not count has a form that is never shown"},

	{ID: RuleBlank, Severity: diag.Error,
		Doc: "a text is nothing but white space, so that readers get another language's"},
	{ID: RuleTooLong, Severity: diag.Warning, Doc: "a text is longer than the code's Max allows"},
	{ID: RuleSpace, Severity: diag.Warning,
		Doc: "leading or trailing space is unlike the source text's"},
	{ID: RulePunctuation, Severity: diag.Warning,
		Doc: "the final punctuation is unlike the source text's"},
	{ID: RuleTitleStop, Severity: diag.Warning, Doc: "a title of the source ends with a full stop"},
	{ID: RuleSameAsSource, Severity: diag.Warning,
		Doc: "a translation of two or more words is the same as the source text"},

	{ID: RuleControl, Severity: diag.Error, Doc: "a text has a control character"},
	{ID: RuleBidi, Severity: diag.Error,
		Doc: "a text has a character that overrides the direction of text, or an isolate that is not " +
			"closed"},
	{ID: RuleInvisible, Severity: diag.Warning,
		Doc: "a text has a character that nobody can see, such as a zero-width space"},
	{ID: RuleHTML, Severity: diag.Warning,
		Doc: "a text has an HTML tag or entity that would be shown as it stands"},

	{ID: RuleFlag, Severity: diag.Warning,
		Doc: "a line of flags cannot be understood, or belongs to no text"},
	{ID: RuleGoI18nField, Severity: diag.Warning,
		Doc: "a table has a field of go-i18n's, such as hash, that means nothing here"},

	{ID: RuleMissing, Severity: diag.Warning, Doc: "a text is not translated"},
	{ID: RuleStale, Severity: diag.Warning,
		Doc: "the source text has changed since a text was translated"},
	{ID: RuleReview, Severity: diag.Warning, Doc: "a text waits for somebody to review it"},
}

// FileRules returns the rules that a locale file can break as a whole. The slice is the caller's
// own.
func FileRules() []diag.Rule { return slices.Clone(fileRules[:]) }

// TextRules returns the rules that a text can break. Each can be switched off by a comment. The
// slice is the caller's own.
func TextRules() []diag.Rule { return slices.Clone(textRules[:]) }

// Rules returns the rules of files and those of texts.
func Rules() []diag.Rule { return slices.Concat(fileRules[:], textRules[:]) }

// names returns the names of the rules, for hints.
func names(rules []diag.Rule) []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.ID
	}
	return names
}

// severityOf returns the severity of a rule of the tables.
func severityOf(id string) diag.Severity {
	for _, rules := range [...][]diag.Rule{textRules[:], fileRules[:]} {
		for i := range rules {
			if rules[i].ID == id {
				return rules[i].Severity
			}
		}
	}
	return diag.Error
}
