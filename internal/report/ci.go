package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
)

const (
	maxAnnotations = 10  // of a severity that GitHub shows for one step
	maxLines       = 20  // of one annotation
	maxRows        = 500 // of a summary, which GitHub drops above one megabyte
)

// GitHub writes the findings as [commands], from which GitHub Actions makes annotations.
//
// GitHub shows ten errors and ten warnings of a step and drops the rest without a word. So errors
// come first, and where there are more than ten findings of a severity, those of one file are one
// annotation; where there are more than ten files, the last annotation says how many findings are
// left out. [Summary] has them all.
//
// [commands]: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func GitHub(w io.Writer, findings diag.List) error {
	findings = gravestFirst(findings)
	errs := len(findings.Errors())
	var b strings.Builder
	annotate(&b, findings[:errs])
	annotate(&b, findings[errs:])
	_, err := io.WriteString(w, b.String())
	return err
}

// annotate writes the findings of one severity.
func annotate(b *strings.Builder, findings diag.List) {
	if len(findings) <= maxAnnotations {
		for _, f := range findings {
			command(b, f, f.Rule, message(f))
		}
		return
	}
	files := byFile(findings)
	shown := len(files)
	if shown > maxAnnotations {
		shown = maxAnnotations - 1
	}
	for _, file := range files[:shown] {
		annotateFile(b, file)
	}
	if rest := files[shown:]; len(rest) > 0 {
		n := 0
		for _, file := range rest {
			n += len(file)
		}
		more := rest[0][0]
		more.File = ""
		command(b, more, "more",
			fmt.Sprintf("%s more in %d files; the summary of this run lists them", count(n, more.Severity),
				len(rest)))
	}
}

// annotateFile writes the findings of one file and severity as one annotation, at the place of the
// first.
func annotateFile(b *strings.Builder, file diag.List) {
	first := file[0]
	if len(file) == 1 {
		command(b, first, first.Rule, message(first))
		return
	}
	var lines []string
	for i, f := range file {
		if i == maxLines {
			lines = append(lines, fmt.Sprintf("and %d more", len(file)-maxLines))
			break
		}
		line := fmt.Sprintf("%s (%s)", Line(f.Text), f.Rule)
		if f.Line > 0 {
			line = fmt.Sprintf("%d:%d: %s", f.Line, f.Column, line)
		}
		lines = append(lines, line)
	}
	command(b, first, count(len(file), first.Severity), strings.Join(lines, "\n"))
}

// command writes one workflow command, at the place of the finding.
func command(b *strings.Builder, f diag.Finding, title, message string) {
	b.WriteString("::" + f.Severity.String() + " ")
	if f.File != "" {
		b.WriteString("file=" + propertyEscaper.Replace(Line(f.File)) + ",")
		if f.Line > 0 {
			fmt.Fprintf(b, "line=%d,col=%d,", f.Line, f.Column)
		}
	}
	b.WriteString("title=" + propertyEscaper.Replace(title) + "::" + dataEscaper.Replace(message) +
		"\n")
}

// The escapes of workflow commands, as the runner undoes them.
var (
	dataEscaper     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscaper = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Summary writes the findings in Markdown, as a table for each file, errors first. It is meant for
// the file that the environment variable GITHUB_STEP_SUMMARY names, to which it is to be appended.
// Above 500 findings it says how many are left out.
func Summary(w io.Writer, findings diag.List) error {
	var b strings.Builder
	errs, warnings := tally(findings)
	if len(findings) == 0 {
		b.WriteString("No findings.\n")
	} else {
		fmt.Fprintf(&b, "%s, %s\n", count(errs, diag.Error), count(warnings, diag.Warning))
	}
	shown := gravestFirst(findings)
	if len(shown) > maxRows {
		shown = shown[:maxRows]
	}
	for _, file := range byFile(shown) {
		summarizeFile(&b, file)
	}
	if left := len(findings) - len(shown); left > 0 {
		fmt.Fprintf(&b, "\n%d more findings are left out.\n", left)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func summarizeFile(b *strings.Builder, file diag.List) {
	heading := "Findings about no file"
	if file[0].File != "" {
		heading = cell(file[0].File)
	}
	fmt.Fprintf(b, "\n### %s\n\n| place | | rule | finding |\n| --- | --- | --- | --- |\n", heading)
	for _, f := range file {
		place := ""
		if f.Line > 0 {
			place = fmt.Sprintf("%d:%d", f.Line, f.Column)
		}
		text := cell(f.Text)
		if f.Hint != "" {
			text += "<br>hint: " + cell(f.Hint)
		}
		fmt.Fprintf(b, "| %s | %v | %s | %s |\n", place, f.Severity, cell(f.Rule), text)
	}
}

// cell makes plain text of what would be Markdown or HTML, and would end the cell of a table.
func cell(s string) string { return markdownEscaper.Replace(Line(s)) }

// A character reference stands for itself in GitHub's Markdown, and unlike a backslash it also
// works in front of a pipe in a table.
var markdownEscaper = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;", "`", "&#96;", "*", "&#42;", "_", "&#95;",
	"[", "&#91;", "]", "&#93;",
	"~", "&#126;", "#", "&#35;", "!", "&#33;", "\\", "&#92;", "@", "&#64;", "://", "&#58;//",
)

// The elements and attributes that the schemas of JUnit reports have in common: those of Jenkins'
// xUnit plugin and, for each suite, of Maven Surefire. Attributes for a file and a line are in none
// of them.
type (
	junitReport struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     int          `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     int         `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		ClassName string        `xml:"classname,attr"`
		Name      string        `xml:"name,attr"`
		Time      int           `xml:"time,attr"` // required by Surefire; always 0
		Failure   *junitFailure `xml:"failure"`
		Output    string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Detail  string `xml:",chardata"`
	}
)

// JUnit writes the findings as test results in XML. Each file is a suite, and each finding a case
// of it: an error has failed, a warning has passed with its text as output. A file without a
// finding is a suite with one case that has passed, and so is a run without any file. The format
// has no standard; the report is valid by the schema of Jenkins and each suite by that of Surefire:
//
// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
//
// https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd
func JUnit(w io.Writer, findings diag.List, files []string) error {
	suites := map[string]*junitSuite{}
	suite := func(file string) *junitSuite {
		name := cmp.Or(Line(file), toolName)
		if suites[name] == nil {
			suites[name] = &junitSuite{Name: name}
		}
		return suites[name]
	}
	for _, file := range files {
		suite(file)
	}
	for _, f := range bounded(findings) {
		suite(f.File).add(f)
	}
	if len(suites) == 0 {
		suite("")
	}
	return writeXML(w, newJUnitReport(suites))
}

// newJUnitReport puts the suites together in the order of their names.
func newJUnitReport(suites map[string]*junitSuite) junitReport {
	var r junitReport
	for _, name := range slices.Sorted(maps.Keys(suites)) {
		suite := suites[name]
		if len(suite.Cases) == 0 {
			suite.Tests = 1
			suite.Cases = []junitCase{{ClassName: name, Name: "no findings"}}
		}
		r.Suites = append(r.Suites, *suite)
		r.Tests += suite.Tests
		r.Failures += suite.Failures
	}
	return r
}

func writeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(f diag.Finding) {
	c := junitCase{
		ClassName: s.Name,
		Name:      fmt.Sprintf("%s: %s", f.Rule, Line(f.Text)),
	}
	if f.Line > 0 {
		c.Name = fmt.Sprintf("%d:%d %s", f.Line, f.Column, c.Name)
	}
	detail := message(f)
	if at := f.Position(); at != "" {
		detail = Line(at) + ": " + detail
	}
	s.Tests++
	if f.Severity == diag.Error {
		s.Failures++
		c.Failure = &junitFailure{f.Rule, Line(f.Text), detail}
	} else {
		c.Output = "warning: " + detail
	}
	s.Cases = append(s.Cases, c)
}

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
		Fixes     []sarifFix      `json:"fixes,omitempty"`

		Properties *sarifProperties `json:"properties,omitempty"`
	}
	sarifProperties struct {
		Domain string `json:"domain"`
	}
	sarifFix struct {
		Changes []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
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
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// SARIF writes the findings in the Static Analysis Results Interchange Format, version 2.1.0, as
// code scanning takes it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. The
// rules say what the findings' rules stand for; only those that have a finding are written. Files
// are relative URI references, columns count code points. A version of "" is left out.
func SARIF(w io.Writer, findings diag.List, rules []diag.Rule, version string) error {
	findings = bounded(findings)
	described, index := sarifRules(findings, rules)
	results := make([]sarifResult, 0, len(findings))
	for _, f := range findings {
		results = append(results, sarifResult{
			RuleID: f.Rule, RuleIndex: index[f.Rule], Level: f.Severity.String(),
			Message: sarifText{message(f)}, Locations: sarifLocations(f), Fixes: sarifFixes(f),
			Properties: sarifDomain(f),
		})
	}
	return WriteJSON(w, sarifLog{
		Schema: sarifSchema, Version: sarifVersion,
		Runs: []sarifRun{{
			Tool: sarifTool{sarifDriver{
				Name: toolName, Version: version, InformationURI: toolAddress, Rules: described,
			}},
			ColumnKind: "unicodeCodePoints",
			Results:    results,
		}},
	})
}

// sarifRules describes the rules that the findings break, by name, and returns the index of each.
func sarifRules(findings diag.List, rules []diag.Rule) (
	described []sarifRule, index map[string]int,
) {
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
			if s := rules[known].Severity; s != diag.Off {
				rule.Default = &sarifDefault{s.String()}
			}
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
		region = &sarifRegion{StartLine: f.Line, StartColumn: f.Column}
	}
	return []sarifLocation{{sarifPhysical{sarifFile(f), region}}}
}

func sarifFile(f diag.Finding) sarifArtifact {
	return sarifArtifact{(&url.URL{Path: f.File}).String()}
}

// sarifFixes returns the fix of a finding if its place is known, within one line.
func sarifFixes(f diag.Finding) []sarifFix {
	at := f.Fix.At
	if at.Column == 0 || strings.Contains(f.Fix.Old, "\n") {
		return nil
	}
	deleted := sarifRegion{at.Line, at.Column, at.Column + utf8.RuneCountInString(f.Fix.Old)}
	return []sarifFix{{[]sarifChange{{sarifFile(f),
		[]sarifReplacement{{deleted, sarifText{f.Fix.New}}}}}}}
}

func sarifDomain(f diag.Finding) *sarifProperties {
	if f.Domain == "" {
		return nil
	}
	return &sarifProperties{f.Domain}
}
