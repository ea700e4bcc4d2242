package lint

import (
	"fmt"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
)

// checkFields reports the fields of go-i18n's that a file still has from the time when that program wrote it.
func checkFields(f *localefile.File) diag.List {
	var findings diag.List
	for item, name := range f.Fields {
		hint := "it means nothing here; delete the line"
		if name == "description" {
			hint = "write it as a comment above the table and delete the line"
		}
		findings = append(findings, diag.Finding{
			File: f.Name, Pos: f.Doc.Pos(f.Doc.Items()[item].Span.Start), Severity: severityOf(RuleGoI18nField), Rule: RuleGoI18nField,
			Text: fmt.Sprintf("%s is a field of go-i18n's", name), Hint: hint + "; " + allowHint(RuleGoI18nField),
		})
	}
	return findings
}
