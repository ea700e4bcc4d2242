package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/invisible"
)

// Everything that the command prints and that comes from a file goes through one of the functions
// below: nobody has looked at the file, and whoever wrote it may want to change the reader's
// terminal, or to give commands to the CI system that reads the output.

// Line returns text for a line of a terminal or of a log. Characters that a reader cannot see, or
// that change how others look, become escapes such as \u202E, line breaks too, so that it always is
// one line. What a CI system would take for a command loses its first characters to an escape.
//
// Give it the whole line: a CI system looks for a command at the line's beginning.
func Line(s string) string {
	s = invisible.Escape(s)
	if !strings.Contains(s, "::") && !strings.Contains(s, "##") {
		return s
	}
	s = leadingCommand.ReplaceAllString(s, `${1}\u003A:`)
	return anyCommand.ReplaceAllString(s, `#\u0023$1`)
}

// Lines returns text that may have several lines, each as [Line] returns it, with spaces for tabs.
func Lines(s string) string {
	lines := strings.Split(tabs.Replace(s), "\n")
	for i, line := range lines {
		lines[i] = Line(line)
	}
	return strings.Join(lines, "\n")
}

var tabs = strings.NewReplacer("\r\n", "\n", "\t", "    ")

// GitHub Actions take a line for a command if it begins with "::", even behind white space. For
// Azure Pipelines it is "##vso[" or "##[", for TeamCity "##teamcity[", and for both, and for
// GitHub's first kind of commands, anywhere in the line.
//
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
// https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands
// https://www.jetbrains.com/help/teamcity/service-messages.html
var (
	leadingCommand = regexp.MustCompile(`^([\s\pZ]*)::`)
	anyCommand     = regexp.MustCompile(`##([\w.-]*\[)`)
)

// Markdown returns text for a paragraph or a table's cell of a Markdown page. Nothing in it is
// markup or HTML, and its lines stay lines.
func Markdown(s string) string {
	lines := strings.Split(Lines(s), "\n")
	for i, line := range lines {
		lines[i] = markdownLine(strings.TrimSpace(line))
	}
	return strings.Join(lines, "\n")
}

func markdownLine(line string) string {
	var b strings.Builder
	if block := blockMarker.FindStringIndex(line); block != nil {
		last := block[1] - 1
		b.WriteString(line[:last] + `\`)
		line = line[last:]
	}
	for i, r := range line {
		switch r {
		case '&':
			b.WriteString("&amp;")
			continue
		case '<':
			b.WriteString("&lt;")
			continue
		case '>':
			b.WriteString("&gt;")
			continue
		case '\\', '`', '*', '[', ']', '|', '~':
			b.WriteByte('\\')
		case '_':
			if !inWord(line, i) {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// blockMarker matches what makes a heading, a list or a rule of a line. A backslash makes its last
// character an ordinary one.
var blockMarker = regexp.MustCompile(`^(?:[-#+=]|[0-9]{1,9}[.)])`)

// inWord reports whether the byte is between letters or digits, where it emphasizes nothing.
func inWord(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+1:])
	return isWord(before) && isWord(after)
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// WriteJSON writes a value as an indented JSON document. A program that reads it gets each
// character; somebody who looks at it gets the same escapes as from [Line].
func WriteJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(b.Bytes()))
	return err
}

// escapeJSON escapes characters of a document. Outside of strings there are none of them but line
// breaks, since all else of the document is printable ASCII.
func escapeJSON(document []byte) []byte {
	document = anyCommand.ReplaceAll(document, []byte(`#\u0023$1`))
	escaped := func(r rune) bool { return r != '\n' && invisible.Is(r) }
	if !bytes.ContainsFunc(document, escaped) {
		return document
	}
	var b bytes.Buffer
	for _, r := range string(document) {
		switch high, low := utf16.EncodeRune(r); {
		case !escaped(r):
			b.WriteRune(r)
		case high == unicode.ReplacementChar:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
	}
	return b.Bytes()
}
