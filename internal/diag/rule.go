package diag

// Rule is what findings of one kind have in common. Each rule is declared once, among the rules of
// its package, and no other place says how serious its findings are. If that depends, two rules
// have the same ID.
type Rule struct {
	ID       string   // stable, such as "unknown-placeholder"
	Severity Severity // of its findings, unless a run is stricter
	Doc      string   // what is wrong: one line, lower case, no full stop
	// the page that documents it, such as "extract.md#findings"; empty stands for lint.md
	Page string
}

// At returns a finding of the rule, with the rule's severity. The hint may be empty.
func (r Rule) At(file string, at Pos, text, hint string) Finding {
	return Finding{File: file, Pos: at, Severity: r.Severity, Rule: r.ID, Text: text, Hint: hint}
}
