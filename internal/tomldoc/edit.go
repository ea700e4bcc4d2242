package tomldoc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Edits collects changes to a document, to be applied all at once. Offsets and spans are always
// those of the document as it was read. Make one with [Doc.Edit]; it is not safe for concurrent
// use.
//
// Lines are given without their ends, and with the indentation that they shall have, see
// [Doc.Indent]. They end as the line does that they come next to. A last line without an end stays
// so, unless something is put behind it. Edits at the same place stay in the order in which they
// were made.
//
// An edit cannot fail by itself: what is wrong with the edits is said by [Edits.Changes] and
// [Edits.Apply].
type Edits struct {
	doc   *Doc
	edits []edit
	err   error // the first edit that makes no sense
}

type edit struct {
	Change
	newLine bool // it has to begin a line, whatever is in front of it
}

// Change is one stretch of a file and what it becomes. An empty Old is a place where something is
// put in.
type Change struct {
	Old Span
	New string
}

// Edit begins a set of changes to the document.
func (d *Doc) Edit() *Edits { return &Edits{doc: d} }

// Indent returns the white space at the beginning of the line that the byte at offset is on.
func (d *Doc) Indent(offset int) string {
	line := d.Slice(d.Lines(Span{offset, offset}))
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// InsertBefore puts lines before the line that the byte at offset is on.
func (e *Edits) InsertBefore(offset int, lines ...string) {
	if at := (Span{offset, offset}); e.valid(at) {
		start := e.doc.Lines(at).Start
		e.lines(Span{start, start}, offset, lines, true)
	}
}

// InsertAfter puts lines after the line that the byte at offset is on. With the offset of the end
// of the file they become its last lines.
func (e *Edits) InsertAfter(offset int, lines ...string) {
	if at := (Span{offset, offset}); e.valid(at) {
		end := e.doc.Lines(at).End
		e.lines(Span{end, end}, offset, lines, true)
	}
}

// ReplaceLines puts lines in the place of all lines that the span touches. See [Doc.Lines] for
// which these are.
func (e *Edits) ReplaceLines(s Span, lines ...string) {
	if e.valid(s) {
		old := e.doc.Lines(s)
		e.lines(old, s.Start, lines, strings.HasSuffix(e.doc.Slice(old), "\n"))
	}
}

// DeleteLines removes all lines that the span touches. See [Doc.Lines] for which these are.
func (e *Edits) DeleteLines(s Span) {
	if e.valid(s) {
		e.add(Change{Old: e.doc.Lines(s)}, false)
	}
}

// SetText makes text the value of a pair or an element, as a basic string of one line, whatever the
// value was before.
func (e *Edits) SetText(it Item, text string) {
	quoted, err := Quote(text)
	switch {
	case it.Value == NoValue:
		e.fail("an item without a value cannot be given a text")
	case err != nil:
		e.fail("%w", err)
	case e.valid(it.ValueSpan):
		e.add(Change{it.ValueSpan, quoted}, false)
	}
}

// lines adds the edit that puts lines in the place of a span. They end as the line does that near
// is on, the last one only if it is to be ended.
func (e *Edits) lines(old Span, near int, lines []string, ended bool) {
	newline := e.doc.newlineNear(near)
	for _, line := range lines {
		if strings.ContainsAny(line, "\r\n") {
			e.fail("the line %q is more than one", line)
			return
		}
	}
	text := strings.Join(lines, newline)
	if len(lines) > 0 && ended {
		text += newline
	}
	e.add(Change{old, text}, len(lines) > 0)
}

// newlineNear returns how the line that the byte at offset is on ends, or if it does not, the line
// before it.
func (d *Doc) newlineNear(offset int) string {
	line := d.Lines(Span{offset, offset})
	for _, end := range []int{line.End, line.Start} {
		switch before := d.src[:end]; {
		case strings.HasSuffix(before, "\r\n"):
			return "\r\n"
		case strings.HasSuffix(before, "\n"):
			return "\n"
		}
	}
	return "\n"
}

func (e *Edits) valid(s Span) bool {
	if s.Start < 0 || s.End < s.Start || s.End > len(e.doc.src) {
		e.fail("the bytes %d to %d are not in the file", s.Start, s.End)
		return false
	}
	return true
}

func (e *Edits) add(c Change, newLine bool) { e.edits = append(e.edits, edit{c, newLine}) }

func (e *Edits) fail(format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf("cannot edit %s: "+format, append([]any{e.doc.name}, args...)...)
	}
}

// Changes returns what the edits change, sorted by place. Bytes outside of the Old spans stay as
// they are, and an edit that changes nothing is left out.
//
// The error says that the document came with findings, that two edits overlap, or that an edit
// makes no sense: it lies outside the file, gives a text to an item without a value, has a line end
// within a line or text that is not UTF-8.
func (e *Edits) Changes() ([]Change, error) {
	if !e.doc.ok {
		e.fail("it has faults")
	}
	sorted := slices.Clone(e.edits)
	slices.SortStableFunc(sorted, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.Old.Start, b.Old.Start),
			cmp.Compare(min(a.Old.Len(), 1), min(b.Old.Len(), 1)))
	})
	var changes []Change
	end := 0                   // of the bytes that are dealt with
	last := byte('\n')         // of the new file up to there
	first := bomLen(e.doc.src) // the new file's first line begins here
	for _, c := range sorted {
		if c.Old.Start < end {
			pos := e.doc.Pos(c.Old.Start)
			e.fail("two edits overlap at %d:%d", pos.Line, pos.Column)
			break
		}
		if c.Old.Start > max(end, first) {
			last = e.doc.src[c.Old.Start-1]
		}
		if c.newLine && last != '\n' {
			c.New = e.doc.newlineNear(c.Old.Start) + c.New
		}
		if c.New != "" {
			last = c.New[len(c.New)-1]
		}
		end = c.Old.End
		if c.New != e.doc.Slice(c.Old) {
			changes = append(changes, c.Change)
		}
	}
	if e.err != nil {
		return nil, e.err
	}
	return changes, nil
}

// Apply returns the document with all edits, for the errors of [Edits.Changes]. Without any change
// that is a copy of the document's bytes. What comes out is TOML only if the lines that were put in
// are.
func (e *Edits) Apply() ([]byte, error) {
	changes, err := e.Changes()
	if err != nil {
		return nil, err
	}
	size := len(e.doc.src)
	for _, c := range changes {
		size += len(c.New) - c.Old.Len()
	}
	out, end := make([]byte, 0, size), 0
	for _, c := range changes {
		out = append(out, e.doc.src[end:c.Old.Start]...)
		out = append(out, c.New...)
		end = c.Old.End
	}
	return append(out, e.doc.src[end:]...), nil
}
