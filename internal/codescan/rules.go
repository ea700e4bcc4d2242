package codescan

import "github.com/errlingo/errlingo/internal/diag"

// The rules that a finding can name, besides those of package pattern for placeholders.
const (
	RuleSyntax            = "go-syntax"
	RuleLink              = "symbolic-link"
	RuleUnreadable        = "unreadable"
	RuleUnreadableExample = "unreadable-example"
	RuleName              = "name"
	RuleDuplicate         = "duplicate"
	RuleDeclaration       = "declaration"
	RuleMissingArgument   = "missing-argument"
	RuleDoubledArgument   = "doubled-argument"
	RuleForeignArgument   = "foreign-argument"
)

// Rules returns what the rules stand for.
func Rules() []diag.Rule {
	return []diag.Rule{
		{ID: RuleSyntax, Severity: diag.Error, Doc: "a Go file does not parse"},
		{ID: RuleLink, Severity: diag.Warning, Doc: "a Go file is a symbolic link that is not followed"},
		{ID: RuleUnreadable, Severity: diag.Error, Doc: "a declaration cannot be read without running the program"},
		{ID: RuleUnreadableExample, Severity: diag.Warning, Doc: "a param's example cannot be read without running the program"},
		{ID: RuleName, Severity: diag.Error, Doc: "a declared name has the wrong form or is reserved"},
		{ID: RuleDuplicate, Severity: diag.Error, Doc: "a declared number or name belongs to another already"},
		{ID: RuleDeclaration, Severity: diag.Error, Doc: "a declaration would panic"},
		{ID: RuleMissingArgument, Severity: diag.Error, Doc: "New or Wrap lacks an argument that a text shows"},
		{ID: RuleDoubledArgument, Severity: diag.Error, Doc: "New or Wrap has two arguments for one param"},
		{ID: RuleForeignArgument, Severity: diag.Error, Doc: "New or Wrap has an argument for a param of other codes"},
	}
}
