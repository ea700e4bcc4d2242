package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
)

const (
	maxAnnotations = 10  // of a severity that GitHub shows for one step
	maxLines       = 20  // of one annotation
	maxRows        = 500 // of a summary, which GitHub drops above one megabyte
)

// GitHub writes the findings as [workflow commands], from which GitHub Actions makes annotations.
//
// GitHub shows ten errors and ten warnings of a step and drops the rest without a word. So errors come first, and where
// there are more than ten findings of a severity, those of one file are one annotation; where there are more than ten
// files, the last annotation says how many findings are left out. [Summary] has them all.
//
// [workflow commands]: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func GitHub(w io.Writer, findings diag.List) error {
	findings = gravestFirst(findings)
	errs, _ := tally(findings)
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
		severity := findings[0].Severity
		command(b, diag.Finding{Severity: severity}, "more",
			fmt.Sprintf("%s more in %d files; the summary of this run lists them", count(n, severity), len(rest)))
	}
}

// annotateFile writes the findings of one file and severity as one annotation, at the place of the first.
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
		line := fmt.Sprintf("%s (%s)", printable(f.Text), f.Rule)
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
		b.WriteString("file=" + propertyEscaper.Replace(printable(f.File)) + ",")
		if f.Line > 0 {
			fmt.Fprintf(b, "line=%d,col=%d,", f.Line, f.Column)
		}
	}
	b.WriteString("title=" + propertyEscaper.Replace(title) + "::" + dataEscaper.Replace(message) + "\n")
}

// The escapes of workflow commands, as the runner undoes them.
var (
	dataEscaper     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscaper = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Summary writes the findings in Markdown, as a table for each file, errors first. It is meant for the file that the
// environment variable GITHUB_STEP_SUMMARY names, to which it is to be appended. Above 500 findings it says how many are
// left out.
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
func cell(s string) string { return markdownEscaper.Replace(printable(s)) }

// A character reference stands for itself in GitHub's Markdown, and unlike a backslash it also works in front of a pipe
// in a table.
var markdownEscaper = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;", "`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;",
	"~", "&#126;", "#", "&#35;", "!", "&#33;", "\\", "&#92;", "@", "&#64;", "://", "&#58;//",
)
