package diag

// Rule is what the name in [Finding.Rule] stands for.
type Rule struct {
	ID       string   // stable, such as "unknown-placeholder"
	Severity Severity // of its findings, unless a run is stricter or a text has an excuse
	Doc      string   // what is wrong with what it finds: one line, lower case, no full stop
	Page     string   // where the docs tell of it, such as "extract.md#findings"; empty stands for lint.md
}
