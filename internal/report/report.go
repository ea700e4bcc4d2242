// Package report writes findings in the formats that people, forges and build servers read.
//
// Each format is a function of a writer and the findings. All of them sort what they write, so that the same findings in
// any order give the same bytes, and none writes a time, a machine's name or an absolute path. What a finding quotes may
// come from a file that nobody has looked at; control and direction characters in it are shown as escapes, except in
// JSON, which is for programs.
package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

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
	return "", fmt.Errorf("no format is called %q; there are text, json, github, sarif and junit", name)
}

// Run is what one run of the command has to report.
type Run struct {
	Findings diag.List
	Files    []string    // the files that were looked at, with or without a finding
	Rules    []diag.Rule // what the findings' rules stand for
	Version  string      // of the command, "" if not known
}

// Write writes the run in the format. Its errors are the writer's, and that of a format that does not exist.
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

// Text writes the findings as an editor or a terminal understands them, by file and place:
//
//	locales/de.toml:14:9: unknown placeholder {{.Itme}}
//	hint: the source text has {{.Item}}
//
// A warning has the word in front of its text.
func Text(w io.Writer, findings diag.List) error {
	var b strings.Builder
	for _, f := range sorted(findings) {
		if f.Severity == diag.Warning {
			f.Text = "warning: " + f.Text
		}
		b.WriteString(printable(f.Error()))
		b.WriteByte('\n')
		if f.Hint != "" {
			b.WriteString("hint: " + printable(f.Hint) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// sorted returns the findings in the order of their places.
func sorted(findings diag.List) diag.List {
	findings = slices.Clone(findings)
	findings.Sort()
	return findings
}

// gravestFirst returns the errors and then the warnings, each in the order of their places.
func gravestFirst(findings diag.List) diag.List {
	findings = sorted(findings)
	slices.SortStableFunc(findings, func(a, b diag.Finding) int { return int(b.Severity) - int(a.Severity) })
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
	errs = len(findings.Errors())
	return errs, len(findings) - errs
}

// message returns the finding's text and hint on lines of their own.
func message(f diag.Finding) string {
	if f.Hint == "" {
		return printable(f.Text)
	}
	return printable(f.Text) + "\nhint: " + printable(f.Hint)
}

// printable replaces what would not show, or would make other characters show elsewhere, by escapes: one finding must
// not look like two, nor change a terminal.
func printable(s string) string {
	if strings.IndexFunc(s, isHidden) < 0 {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !isHidden(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// isHidden reports whether a character has no place on a line of a report. Joiners are needed to write some languages.
func isHidden(r rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}
