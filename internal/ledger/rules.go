package ledger

import "github.com/errlingo/errlingo/internal/diag"

// The rules of findings about a ledger as a file. All of them are errors, and a ledger with one must not be written over.
const (
	RuleSyntax = "ledger-syntax"
	RuleTwice  = "ledger-twice"
)

// The rules of findings about what a domain declares. All of them are errors, but for a break that was accepted.
const (
	RuleDomain = "ledger-domain"
	RuleBreak  = "ledger-break"
	RuleReuse  = "ledger-reuse"
)

// Rules returns what the rules stand for.
func Rules() []diag.Rule {
	return []diag.Rule{
		{ID: RuleSyntax, Severity: diag.Error, Doc: "a line of the ledger cannot be read"},
		{ID: RuleTwice, Severity: diag.Error, Doc: "a number or name stands in the ledger twice"},
		{ID: RuleDomain, Severity: diag.Error, Doc: "the ledger belongs to another domain"},
		{ID: RuleBreak, Severity: diag.Error, Doc: "a code changed in a way that breaks its users"},
		{ID: RuleReuse, Severity: diag.Error, Doc: "a number or name was used for another code before"},
	}
}
