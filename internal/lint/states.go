package lint

import (
	"fmt"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

// States returns a finding for each translation of a file that the plan takes for missing, stale or to be reviewed, unless
// a comment in the file allows it, and one at the first obsolete text if there are any. The file is the one that the plan
// was made of.
func States(f *merge.FilePlan, file *localefile.File) diag.List {
	if f.Source || len(f.Left)+f.Summary.Obsolete == 0 {
		return nil
	}
	remarks, _ := readRemarks(file) // Its findings are reported with the file's others.
	var findings diag.List
	for _, text := range f.Left {
		rule, says, hint := stateFinding(text)
		if remarks[text.ID].allows(rule) {
			continue
		}
		findings = append(findings, diag.Finding{
			File: f.Name, Pos: text.Pos, Severity: severityOf(rule), Rule: rule, Text: says, Hint: hint,
		})
	}
	if n := f.Summary.Obsolete; n > 0 {
		says := fmt.Sprintf("%d obsolete texts", n)
		if n == 1 {
			says = "1 obsolete text"
		}
		finding := diag.Finding{
			File: f.Name, Severity: severityOf(RuleObsolete), Rule: RuleObsolete, Text: says, Hint: "extract prune deletes them",
		}
		if parked, _ := file.Parked(); len(parked) > 0 {
			finding.Pos = file.Doc.Pos(parked[0].Span.Start)
		}
		findings = append(findings, finding)
	}
	return findings
}

// stateFinding returns the rule, text and hint for a text that is not translated as it should be.
func stateFinding(text merge.Text) (rule, says, hint string) {
	switch text.State {
	case merge.Stale:
		return RuleStale, fmt.Sprintf("the source text of %v has changed since it was translated", text.ID),
			"change the translation, or delete its line \"#, stale\" if it still holds"
	case merge.Review:
		return RuleReview, fmt.Sprintf("%v waits for a review", text.ID),
			"change the translation, or delete its line \"#, review\" if it is good"
	}
	return RuleMissing, fmt.Sprintf("%v is not translated", text.ID), ""
}

// CoverageOf returns how much of each target locale is translated after the plan. A variant is left out, since nothing is
// missing in it.
func CoverageOf(p *merge.Plan) []Coverage {
	var all []Coverage
	for _, f := range p.Files {
		if !f.Source && !f.Variant {
			all = append(all, Coverage{File: f.Name, Tag: f.Tag, Translated: f.Summary.Texts - f.Summary.Missing, Total: f.Summary.Texts})
		}
	}
	return all
}
