package localefile

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Parked is an obsolete text that stands in a file as comments.
type Parked struct {
	ID   ID
	Span tomldoc.Span // its lines in the file
	Text string       // its lines as they were before
}

// Park puts the mark of an obsolete text before every line.
func Park(lines string) string {
	var b strings.Builder
	b.Grow(len(lines) + 3*strings.Count(lines, "\n"))
	for line := range strings.Lines(lines) {
		if body := strings.TrimRight(line, "\r\n"); body == "" {
			b.WriteString("#~")
		} else {
			b.WriteString("#~ ")
		}
		b.WriteString(line)
	}
	return b.String()
}

// Unpark undoes [Park].
func Unpark(lines string) string {
	var b strings.Builder
	b.Grow(len(lines))
	for line := range strings.Lines(lines) {
		line = strings.TrimPrefix(strings.TrimLeft(line, " \t"), "#~")
		b.WriteString(strings.TrimPrefix(line, " "))
	}
	return b.String()
}

// Parked returns the obsolete texts of the file, and where lines stand that are marked as such and make no text.
//
// Lines that follow each other without a blank line are read together. They may hold several texts, each in a table of
// its own.
func (f *File) Parked() (texts []Parked, unreadable []tomldoc.Span) {
	items := f.Doc.Items()
	for i := 0; i < len(items); i++ {
		first := i
		for i < len(items) && items[i].Kind == tomldoc.Comment && f.mark(i) == MarkObsolete {
			i++
		}
		if i == first {
			continue
		}
		run := f.Doc.Lines(tomldoc.Span{Start: items[first].Span.Start, End: items[i-1].Span.End})
		if found := f.unpark(run); len(found) > 0 {
			texts = append(texts, found...)
		} else {
			unreadable = append(unreadable, run)
		}
	}
	return texts, unreadable
}

// unpark reads the texts of a run of lines. It returns none unless the lines are tables with a text each. What stands
// between two of them belongs to the one above.
func (f *File) unpark(run tomldoc.Span) []Parked {
	parked := f.Doc.Slice(run)
	text := Unpark(parked)
	file, syntax, _ := Read(f.Name, f.Tag, []byte(text))
	blocks := file.Blocks()
	if len(syntax) > 0 || len(blocks) == 0 || len(blocks) != len(file.Entries) || strings.Contains(text, "\uFEFF") {
		return nil
	}
	if above := file.Doc.Items()[:blocks[0].Header]; slices.ContainsFunc(above, func(it tomldoc.Item) bool { return it.Kind == tomldoc.Pair }) {
		return nil
	}
	found := make([]Parked, len(blocks))
	var from, at int // the table's beginning in text and in parked
	for i := range blocks {
		if file.Entries[i].Item != blocks[i].Header {
			return nil
		}
		end := len(text)
		if i+1 < len(blocks) {
			end = file.Lines(&blocks[i+1]).Start
		}
		// Lines stay lines, so that there are as many of them in the file.
		length := len(parked) - at
		if end < len(text) {
			length = linesLen(parked[at:], strings.Count(text[from:end], "\n"))
		}
		found[i] = Parked{
			ID:   file.Entries[i].ID,
			Span: tomldoc.Span{Start: run.Start + at, End: run.Start + at + length},
			Text: text[from:end],
		}
		from, at = end, at+length
	}
	return found
}

// linesLen returns the length of the first n lines of s.
func linesLen(s string, n int) int {
	length := 0
	for range n {
		length += strings.IndexByte(s[length:], '\n') + 1
	}
	return length
}
