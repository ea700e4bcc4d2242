package report

import (
	"encoding/json"
	"io"

	"github.com/errlingo/errlingo/internal/diag"
)

// jsonReport is the document that [JSON] writes.
type jsonReport struct {
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Findings []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Text     string `json:"text"`
	Hint     string `json:"hint,omitempty"`
}

// JSON writes the findings as one object:
//
//	{"errors": 1, "warnings": 0, "findings": [
//	  {"file": "locales/de.toml", "line": 14, "column": 9, "severity": "error",
//	   "rule": "unknown-placeholder", "text": "…", "hint": "…"}]}
//
// The findings stand in the order of their places. A file, a place or a hint that there is not is left out. Columns count
// characters (Unicode code points) from 1.
func JSON(w io.Writer, findings diag.List) error {
	r := jsonReport{Findings: []jsonFinding{}}
	r.Errors, r.Warnings = tally(findings)
	for _, f := range sorted(findings) {
		r.Findings = append(r.Findings, jsonFinding{f.File, f.Line, f.Column, f.Severity.String(), f.Rule, f.Text, f.Hint})
	}
	return writeJSON(w, r)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
