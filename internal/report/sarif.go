package report

import (
	"cmp"
	"io"
	"maps"
	"net/url"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
)

const (
	sarifSchema  = "https://json.schemastore.org/sarif-2.1.0.json"
	sarifVersion = "2.1.0"
	toolName     = "errlingo"
	toolAddress  = "https://github.com/errlingo/errlingo"
	docsAddress  = toolAddress + "/blob/main/docs/"
)

// The parts of a SARIF log that a list of findings needs, named as in the standard.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string        `json:"id"`
		ShortDescription *sarifText    `json:"shortDescription,omitempty"`
		HelpURI          string        `json:"helpUri"`
		Default          *sarifDefault `json:"defaultConfiguration,omitempty"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// SARIF writes the findings in the Static Analysis Results Interchange Format, version 2.1.0, as code scanning takes it:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. The rules say what the findings' rules stand for; only
// those that have a finding are written. Files are relative URI references, columns count code points. A version of "" is
// left out.
func SARIF(w io.Writer, findings diag.List, rules []diag.Rule, version string) error {
	findings = sorted(findings)
	described, index := sarifRules(findings, rules)
	results := make([]sarifResult, 0, len(findings))
	for _, f := range findings {
		results = append(results, sarifResult{
			RuleID: f.Rule, RuleIndex: index[f.Rule], Level: f.Severity.String(),
			Message: sarifText{message(f)}, Locations: sarifLocations(f),
		})
	}
	return writeJSON(w, sarifLog{
		Schema: sarifSchema, Version: sarifVersion,
		Runs: []sarifRun{{
			Tool:       sarifTool{sarifDriver{Name: toolName, Version: version, InformationURI: toolAddress, Rules: described}},
			ColumnKind: "unicodeCodePoints",
			Results:    results,
		}},
	})
}

// sarifRules describes the rules that the findings break, by name, and tells where each stands.
func sarifRules(findings diag.List, rules []diag.Rule) (described []sarifRule, index map[string]int) {
	index = map[string]int{}
	for _, f := range findings {
		index[f.Rule] = 0
	}
	described = make([]sarifRule, 0, len(index))
	for i, id := range slices.Sorted(maps.Keys(index)) {
		index[id] = i
		rule := sarifRule{ID: id, HelpURI: docsAddress + "lint.md"}
		if known := slices.IndexFunc(rules, func(r diag.Rule) bool { return r.ID == id }); known >= 0 {
			rule.ShortDescription = &sarifText{rules[known].Doc}
			rule.HelpURI = docsAddress + cmp.Or(rules[known].Page, "lint.md")
			rule.Default = &sarifDefault{rules[known].Severity.String()}
		}
		described = append(described, rule)
	}
	return described, index
}

func sarifLocations(f diag.Finding) []sarifLocation {
	if f.File == "" {
		return nil
	}
	var region *sarifRegion
	if f.Line > 0 {
		region = &sarifRegion{f.Line, f.Column}
	}
	uri := (&url.URL{Path: f.File}).String()
	return []sarifLocation{{sarifPhysical{sarifArtifact{uri}, region}}}
}
