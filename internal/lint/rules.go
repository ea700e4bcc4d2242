package lint

import (
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// The rules of this package. Those of the packages that read files and texts are in the table of
// [Rules], too.
var (
	RuleNearMiss = diag.Rule{ID: "near-miss-placeholder", Severity: diag.Error,
		Doc: "something looks like a placeholder but is not one, such as {.Item}"}
	RuleMissingPlaceholder = diag.Rule{ID: "missing-placeholder", Severity: diag.Error,
		Doc: "a placeholder of the source text is missing; a warning while the text is stale"}
	RuleMissingCategory = diag.Rule{ID: "missing-category", Severity: diag.Warning,
		Doc: "a plural text lacks the form for a plural category of the locale"}
	RuleImpossibleCategory = diag.Rule{ID: "impossible-category", Severity: diag.Error,
		Doc: "a form is for a plural category that the locale does not use"}
	RuleUnusedForm = diag.Rule{ID: "unused-form", Severity: diag.Warning,
		Doc: "a text that is not plural has a form that is never shown"}
	RuleTooLong = diag.Rule{ID: "too-long", Severity: diag.Warning,
		Doc: "a text is longer than the code's Max allows"}
	RuleSpace = diag.Rule{ID: "space", Severity: diag.Warning,
		Doc: "leading or trailing space differs from the source text's"}
	RulePunctuation = diag.Rule{ID: "punctuation", Severity: diag.Warning,
		Doc: "the final punctuation differs from the source text's"}
	RuleTitleStop = diag.Rule{ID: "title-stop", Severity: diag.Warning,
		Doc: "a title of the source ends with a full stop"}
	RuleTitlePlaceholder = diag.Rule{ID: "title-placeholder", Severity: diag.Warning,
		Doc: "a title has a placeholder, so it can't be shown if the argument is missing"}
	RuleSameAsSource = diag.Rule{ID: "same-as-source", Severity: diag.Warning,
		Doc: "a form of two or more words is the same as the source text"}
	RuleControl = diag.Rule{ID: "control-character", Severity: diag.Error,
		Doc: "a text has a control character"}
	RuleBidi = diag.Rule{ID: "bidi-control", Severity: diag.Error,
		Doc: "a text has a character that overrides the direction of text, or an isolate that is not " +
			"closed"}
	RuleInvisible = diag.Rule{ID: "invisible-character", Severity: diag.Warning,
		Doc: "a text has a character that nobody can see, such as a zero-width space"}
	RuleHTML = diag.Rule{ID: "html", Severity: diag.Warning,
		Doc: "a text has an HTML tag or entity that would be shown as is"}
	RuleEncoding = diag.Rule{ID: "encoding", Severity: diag.Warning,
		Doc: "a text has U+FFFD or characters that were read in the wrong encoding"}
	RuleEscape = diag.Rule{ID: "escape-sequence", Severity: diag.Warning,
		Doc: "a text has an escape sequence, such as \\n, that would be shown as is"}
	RuleDecomposed = diag.Rule{ID: "decomposed", Severity: diag.Warning,
		Doc: "a text has letters and their accents as separate characters"}
	RuleForeignPlaceholder = diag.Rule{ID: "foreign-placeholder", Severity: diag.Warning,
		Doc: "a text has a placeholder of another program, such as %s or {0}"}
	RuleToDo = diag.Rule{ID: "to-do", Severity: diag.Warning,
		Doc: "a text has TODO, FIXME, TBD or XXX in it"}
	RuleMixedScripts = diag.Rule{ID: "mixed-scripts", Severity: diag.Warning,
		Doc: "a word has letters of another script that look the same"}
	RuleWrongScript = diag.Rule{ID: "wrong-script", Severity: diag.Warning,
		Doc: "a translation is not in the script of its language"}
	RuleFirstLetter = diag.Rule{ID: "first-letter", Severity: diag.Warning,
		Doc: "a translation begins with a small letter, and the source text with a capital"}
	RuleNumber = diag.Rule{ID: "number", Severity: diag.Warning,
		Doc: "a number differs from the source text's"}
	RuleAddress = diag.Rule{ID: "web-address", Severity: diag.Warning,
		Doc: "a web address differs from the source text's"}
	RuleQuestion = diag.Rule{ID: "question-mark", Severity: diag.Warning,
		Doc: "a question of the source text has lost its question mark"}
	RuleBrackets = diag.Rule{ID: "brackets", Severity: diag.Warning,
		Doc: "a bracket has no counterpart"}
	RuleQuotes = diag.Rule{ID: "quotation-marks", Severity: diag.Warning,
		Doc: "a quotation mark has no counterpart, or is not one of the language"}
	RuleDoubleSpace = diag.Rule{ID: "double-space", Severity: diag.Warning,
		Doc: "there are two spaces in a row"}
	RuleSpaceBefore = diag.Rule{ID: "space-before-punctuation", Severity: diag.Warning,
		Doc: "there is a space before punctuation"}
	RuleDoubledMark = diag.Rule{ID: "doubled-punctuation", Severity: diag.Warning,
		Doc: "a full stop or another mark is there twice"}
	RuleRepeatedWord = diag.Rule{ID: "repeated-word", Severity: diag.Warning,
		Doc: "a word is there twice"}
	RuleGlued = diag.Rule{ID: "glued-placeholder", Severity: diag.Warning,
		Doc: "there is no space between a placeholder and a word"}
	RuleMarks = diag.Rule{ID: "language-punctuation", Severity: diag.Warning,
		Doc: "punctuation is not that of the language, such as ¿ in Spanish"}
	RuleRegional = diag.Rule{ID: "regional-spelling", Severity: diag.Warning,
		Doc: "a letter is not used in the region, such as ß in Switzerland"}
	RuleTerm = diag.Rule{ID: "term", Severity: diag.Warning,
		Doc: "a translation has a word that the glossary forbids"}
	RuleHelpMissing = diag.Rule{ID: "help-missing", Severity: diag.Warning,
		Doc: "a code whose user is to fix something has no help"}
	RuleActionContact = diag.Rule{ID: "action-contact", Severity: diag.Warning,
		Doc: "users of a code with a 4xx status other than 403 and 451 can only contact somebody"}
	RuleRetryMissing = diag.Rule{ID: "retry-missing", Severity: diag.Warning,
		Doc: "a code with status 429 or 503 and a relative time has no Retry"}
	RuleShownNotPublic = diag.Rule{ID: "shown-not-public", Severity: diag.Off,
		Doc: "a text shows a param that is not public, so a client cannot render the text again"}
	RuleBlank = diag.Rule{ID: "blank", Severity: diag.Error,
		Doc: "a text is only white space, so readers get it in another language"}
	RuleFlag = diag.Rule{ID: "flag", Severity: diag.Warning,
		Doc: "a flag is unknown or belongs to no text"}
	RuleGoI18nField = diag.Rule{ID: "go-i18n-field", Severity: diag.Warning,
		Doc: "a table has a go-i18n field, such as hash, that has no meaning here"}
	RuleGlossary = diag.Rule{ID: "glossary", Severity: diag.Error,
		Doc: "an entry of the glossary cannot be understood"}
	RuleLintComment = diag.Rule{ID: "lint-comment", Severity: diag.Warning,
		Doc: "a comment that begins with lint: cannot be understood"}
)

// ruleMissingInStale is [RuleMissingPlaceholder] while the text is stale: the placeholder may have
// come to the source text after the translator.
var ruleMissingInStale = diag.Rule{ID: RuleMissingPlaceholder.ID, Severity: diag.Warning,
	Doc: RuleMissingPlaceholder.Doc}

// The states of a text that are findings, which [States] returns, and the finding about a locale
// with too few texts, which [Gate.Apply] adds.
var (
	RuleMissing = diag.Rule{ID: "missing", Severity: diag.Warning, Doc: "a text is not translated"}
	RuleStale   = diag.Rule{ID: "stale", Severity: diag.Warning,
		Doc: "the source text has changed since a text was translated"}
	RuleReview = diag.Rule{ID: "review", Severity: diag.Off,
		Doc: "a text is waiting for review"}
	RuleObsolete = diag.Rule{ID: "obsolete", Severity: diag.Warning,
		Doc: "a text's code is gone"}
	RuleCoverage = diag.Rule{ID: "coverage", Severity: diag.Error,
		Doc: "a locale has fewer translations than required"}
)

// IsState reports whether a rule is about the state of a text. Most runs count these findings only.
func IsState(rule string) bool {
	switch rule {
	case RuleMissing.ID, RuleStale.ID, RuleReview.ID, RuleObsolete.ID:
		return true
	}
	return false
}

// fileRules are about a file, or about something in it that cannot be told from another text.
var fileRules = [...]diag.Rule{
	tomldoc.RuleSyntax,
	tomldoc.RuleDuplicateKey,
	tomldoc.RuleEncoding,
	tomldoc.RuleLimit,
	tomldoc.RuleConflict,
	localefile.RuleFileName,
	localefile.RuleTextType,
	localefile.RuleUnknownForm,
	localefile.RuleDuplicateText,
	RuleLintComment,
	RuleGlossary,
	RuleObsolete,
	RuleCoverage,
}

// textRules are about one text, for which a comment can switch them off.
var textRules = [...]diag.Rule{
	localefile.RuleUnknownCode,
	localefile.RuleUnknownPart,
	localefile.RuleUnknownPhrase,
	localefile.RuleUnknownLabel,

	pattern.RulePlaceholderSyntax,
	pattern.RuleUnknownPlaceholder,
	RuleNearMiss,
	RuleMissingPlaceholder,

	RuleMissingCategory,
	RuleImpossibleCategory,
	RuleUnusedForm,

	RuleBlank,
	RuleTooLong,
	RuleSpace,
	RulePunctuation,
	RuleTitleStop,
	RuleTitlePlaceholder,
	RuleSameAsSource,

	RuleControl,
	RuleBidi,
	RuleInvisible,
	RuleHTML,

	RuleEncoding,
	RuleEscape,
	RuleDecomposed,
	RuleForeignPlaceholder,
	RuleToDo,
	RuleMixedScripts,
	RuleWrongScript,
	RuleFirstLetter,
	RuleNumber,
	RuleAddress,
	RuleQuestion,
	RuleBrackets,
	RuleQuotes,
	RuleDoubleSpace,
	RuleSpaceBefore,
	RuleDoubledMark,
	RuleRepeatedWord,
	RuleGlued,
	RuleMarks,
	RuleRegional,
	RuleTerm,
	RuleHelpMissing,
	RuleActionContact,
	RuleRetryMissing,
	RuleShownNotPublic,

	RuleFlag,
	RuleGoI18nField,

	RuleMissing,
	RuleStale,
	RuleReview,
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
