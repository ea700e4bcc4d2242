// Package report writes findings in the formats that people, forges and build servers read.
//
// Each format is a function of a writer and the findings. All of them sort what they write, so that
// the same findings in any order give the same bytes, and none writes a time, a machine's name or
// an absolute path. What a finding quotes may come from a file that nobody has looked at, so no
// format prints it as it is; see [Line]. Of a file that breaks a rule in every line, each format
// lists a hundred findings and counts the others.
//
// Go source comes first, then ledgers, then other files; each by name, and within a file by
// position. GitHub's format has the errors of all files before the warnings, and JUnit's has the
// files by name alone.
package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
)

// Format is the name of a format, as it is given to the command.
type Format string

// The formats.
const (
	FormatText   Format = "text"   // for people, see [Text]
	FormatJSON   Format = "json"   // for programs, see [JSON]
	FormatGitHub Format = "github" // for GitHub Actions, see [GitHub]
	FormatSARIF  Format = "sarif"  // for code scanning, see [SARIF]
	FormatJUnit  Format = "junit"  // for build servers, see [JUnit]
)

// Formats returns all formats.
func Formats() []Format {
	return []Format{FormatText, FormatJSON, FormatGitHub, FormatSARIF, FormatJUnit}
}

// ParseFormat returns the format called name.
func ParseFormat(name string) (Format, error) {
	if f := Format(name); slices.Contains(Formats(), f) {
		return f, nil
	}
	return "", fmt.Errorf("unknown format %q; use text, json, github, sarif or junit",
		name)
}

// Run is what one run of the command has to report.
type Run struct {
	Findings diag.List
	Files    []string    // the files that were looked at, with or without a finding
	Rules    []diag.Rule // what the findings' rules stand for
	Version  string      // of the command, "" if not known
}

// Write writes the run in the format. Its errors are the writer's, and that of a format that does
// not exist.
func (r Run) Write(w io.Writer, format Format) error {
	switch format {
	case FormatText:
		return Text(w, r.Findings)
	case FormatJSON:
		return JSON(w, r.Findings)
	case FormatGitHub:
		return GitHub(w, r.Findings)
	case FormatSARIF:
		return SARIF(w, r.Findings, r.Rules, r.Version)
	case FormatJUnit:
		return JUnit(w, r.Findings, r.Files)
	}
	return errors.New("unknown format " + string(format))
}

// Text writes the findings as an editor or a terminal understands them:
//
//	locales/de.toml:14:9: unknown placeholder {{.Itme}}
//	hint: the source text has {{.Item}}
//
// A warning has the word in front of its text.
func Text(w io.Writer, findings diag.List) error {
	var b strings.Builder
	for _, f := range bounded(findings) {
		if f.Severity == diag.Warning {
			f.Text = "warning: " + f.Text
		}
		b.WriteString(Line(f.Error()))
		b.WriteByte('\n')
		if f.Hint != "" {
			b.WriteString("hint: " + Line(f.Hint) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// maxText is how many characters of a text or a hint are written. Texts quote less than that, but a
// list of names has no bound.
const maxText = 1000

// sorted returns the findings in the order of their places. Those in Go source come first, and then
// those in ledgers, since they often are the cause of the others: what is wrong with a declaration
// makes locale files out of date.
func sorted(findings diag.List) diag.List {
	findings = slices.Clone(findings)
	for i := range findings {
		f := &findings[i]
		f.Text, f.Hint = diag.CutTo(f.Text, maxText), diag.CutTo(f.Hint, maxText)
	}
	findings.Sort()
	slices.SortStableFunc(findings, func(a, b diag.Finding) int {
		return cmp.Compare(distance(a.File), distance(b.File))
	})
	return findings
}

// distance is how far a file is from where the author of codes writes.
func distance(file string) int {
	switch {
	case file == "", path.Ext(file) == ".go":
		return 0
	case path.Base(file) == "codes.lock":
		return 1
	}
	return 2
}

// RuleMore is the rule of the finding that counts those of a file that are not listed. If there is
// an error among them, the finding is of ruleMoreErrors.
var (
	RuleMore = diag.Rule{ID: "more", Severity: diag.Warning, Page: "extract.md#findings",
		Doc: "a file has more findings than are listed"}
	ruleMoreErrors = diag.Rule{ID: RuleMore.ID, Severity: diag.Error, Page: RuleMore.Page,
		Doc: RuleMore.Doc}
)

// bounded returns the findings in the order of their places, at most [diag.MaxFindings] of a file.
// Errors come before warnings if not all can be listed. A finding at the end of the file's counts
// the others.
func bounded(findings diag.List) diag.List {
	var listed diag.List
	for _, file := range byFile(sorted(findings)) {
		single, counted := apart(file)
		single = gravestFirst(single)
		n := min(len(single), diag.MaxFindings)
		if len(single) == n+1 && len(counted) == 0 {
			n++ // It takes no more space than a finding that counts it.
		}
		listed = append(listed, sorted(single[:n])...)
		if more := append(single[n:], counted...); len(more) > 0 {
			rule := RuleMore
			if more.Count(diag.Error) > 0 {
				rule = ruleMoreErrors
			}
			listed = append(listed, rule.At(file[0].File, diag.Pos{}, moreText(more), ""))
		}
	}
	return listed
}

// apart returns the findings that stand for themselves, and those that stand for several.
func apart(findings diag.List) (single, counted diag.List) {
	for _, f := range findings {
		if f.Count > 0 {
			counted = append(counted, f)
		} else {
			single = append(single, f)
		}
	}
	return single, counted
}

// moreText counts findings that are not listed: "12 more errors and 1 more warning".
func moreText(more diag.List) string {
	errs, warnings := tally(more)
	var counts []string
	if errs > 0 {
		counts = append(counts, count(errs, diag.Error))
	}
	if warnings > 0 {
		counts = append(counts, count(warnings, diag.Warning))
	}
	return strings.Join(counts, " and ") + " more in this file"
}

// gravestFirst returns the errors and then the warnings, each in the order of their places.
func gravestFirst(findings diag.List) diag.List {
	findings = sorted(findings)
	slices.SortStableFunc(findings, func(a, b diag.Finding) int {
		return int(b.Severity) - int(a.Severity)
	})
	return findings
}

// byFile returns the findings in runs of one file each, which must stand together.
func byFile(findings diag.List) []diag.List {
	var runs []diag.List
	for start, i := 0, 1; i <= len(findings); i++ {
		if i == len(findings) || findings[i].File != findings[start].File {
			runs = append(runs, findings[start:i])
			start = i
		}
	}
	return runs
}

// count says how many there are, in words: "1 error", "2 warnings".
func count(n int, s diag.Severity) string {
	if n == 1 {
		return fmt.Sprintf("1 %v", s)
	}
	return fmt.Sprintf("%d %vs", n, s)
}

// tally counts errors and warnings.
func tally(findings diag.List) (errs, warnings int) {
	return findings.Count(diag.Error), findings.Count(diag.Warning)
}

// message returns the finding's text and hint on lines of their own.
func message(f diag.Finding) string {
	if f.Hint == "" {
		return Line(f.Text)
	}
	return Line(f.Text) + "\nhint: " + Line(f.Hint)
}

// jsonReport is the document that [JSON] writes.
type jsonReport struct {
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Findings []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	File     string   `json:"file,omitempty"`
	Line     int      `json:"line,omitempty"`
	Column   int      `json:"column,omitempty"`
	Severity string   `json:"severity"`
	Rule     string   `json:"rule"`
	Text     string   `json:"text"`
	Hint     string   `json:"hint,omitempty"`
	Domain   string   `json:"domain,omitempty"`
	Fix      *jsonFix `json:"fix,omitempty"`
}

type jsonFix struct {
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

// JSON writes the findings as one object:
//
//	{"errors": 1, "warnings": 0, "findings": [
//	  {"file": "locales/de.toml", "line": 14, "column": 9, "severity": "error",
//	   "rule": "unknown-placeholder", "text": "…", "hint": "…", "domain": "shop",
//	   "fix": {"line": 14, "column": 9, "old": "{{.Itme}}", "new": "{{.Item}}"}}]}
//
// A missing file, position, hint, domain or fix is left out. Columns count characters (Unicode code
// points) from 1. A fix replaces old, which begins at its
// place, with new; without a place it is the first old at or after the finding's. The numbers of
// errors and warnings include findings that are not listed.
func JSON(w io.Writer, findings diag.List) error {
	r := jsonReport{Findings: []jsonFinding{}}
	r.Errors, r.Warnings = tally(findings)
	for _, f := range bounded(findings) {
		var fix *jsonFix
		if f.Fix != (diag.Fix{}) {
			fix = &jsonFix{f.Fix.At.Line, f.Fix.At.Column, f.Fix.Old, f.Fix.New}
		}
		r.Findings = append(r.Findings, jsonFinding{f.File, f.Line, f.Column, f.Severity.String(), f.Rule,
			f.Text, f.Hint, f.Domain, fix})
	}
	return WriteJSON(w, r)
}
