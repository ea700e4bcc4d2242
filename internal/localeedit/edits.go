package localeedit

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// rank orders what is put in at one place of a file.
type rank uint8

const (
	below  rank = iota // lines of the table above
	tables             // whole tables
	above              // lines of the table below
	change             // what takes the place of bytes
)

// edit is a change of a file. Those of whole tables keep one blank line between tables, the others
// are taken as they are.
type edit struct {
	old   tomldoc.Span // empty where something is put in
	text  string
	rank  rank
	whole bool // the edit puts in or deletes whole tables
	lines bool // the edit deletes lines of a table, and one of two blank lines around them
}

// edits are the changes of a file, to be applied together. Offsets are those of the file as it was
// read.
type edits struct {
	list []edit
	kept []stretch // of the file, once the edits are applied
}

// stretch is where bytes that stay are in the old and in the new file.
type stretch struct {
	old, new int
}

// moved returns where a byte that stays is in the new file.
func (e *edits) moved(at int) int {
	i, found := slices.BinarySearchFunc(e.kept, at, func(s stretch, at int) int { return s.old - at })
	if !found {
		if i--; i < 0 {
			return at // Nothing was applied.
		}
	}
	return at - e.kept[i].old + e.kept[i].new
}

func (e *edits) insert(at int, r rank, text string) {
	if text != "" {
		e.list = append(e.list, edit{old: tomldoc.Span{Start: at, End: at}, text: text, rank: r})
	}
}

func (e *edits) replace(span tomldoc.Span, text string) {
	e.list = append(e.list, edit{old: span, text: text, rank: change})
}

// insertTable puts in a table, behind those that were put in at the place before.
func (e *edits) insertTable(at int, text string) {
	e.insert(at, tables, text)
	e.list[len(e.list)-1].whole = true
}

func (e *edits) deleteTable(span tomldoc.Span) {
	e.replace(span, "")
	e.list[len(e.list)-1].whole = true
}

// deleteLines deletes lines of a table. Two blank lines that come together become one.
func (e *edits) deleteLines(span tomldoc.Span) {
	e.replace(span, "")
	e.list[len(e.list)-1].lines = true
}

// apply returns the file with all edits.
func (e *edits) apply(src, newline string) (string, error) {
	if len(e.list) == 0 {
		return src, nil
	}
	slices.SortStableFunc(e.list, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.old.Start, b.old.Start), cmp.Compare(a.rank, b.rank))
	})
	a := applier{src: src, newline: newline, edits: e.list}
	a.out.Grow(len(src) + len(src)/8)
	for i := range e.list {
		if e.list[i].old.Start < a.at {
			return "", errors.New("two changes overlap")
		}
		a.apply(i)
	}
	a.keep(len(src))
	e.kept = a.kept
	return a.out.String(), nil
}

// applier writes the new file from the first byte to the last.
type applier struct {
	src, newline string
	edits        []edit
	at           int // up to here src is dealt with
	out          strings.Builder
	kept         []stretch
	closing      bool // lines were deleted right before, so that blank lines may come together
	apart        bool // a table was deleted right before, so that tables may come together
}

func (a *applier) apply(i int) {
	e := &a.edits[i]
	a.keep(e.old.Start)
	text := e.text
	switch {
	case text == "":
		a.put("", e.old.End)
		a.closing = a.closing || e.whole || e.lines || e.old.End == len(a.src)
		a.apart = a.apart || e.whole
		return
	case e.whole:
		text = a.spaced(i, text)
	case a.apart && !a.blankAbove():
		text = a.newline + text
	}
	a.closing, a.apart = false, false
	a.put(text, e.old.End)
}

// keep takes over the bytes up to the given offset. Where a table was deleted right before, one
// blank line is left between what is above and below, and none at an end of the file.
func (a *applier) keep(end int) {
	if end == a.at && end < len(a.src) {
		return
	}
	line := firstLine(a.src[a.at:end])
	switch {
	case !a.closing:
	case a.blankAbove() && end == len(a.src) && isBlank(a.src[a.at:]):
		a.dropBlankAbove()
	case a.blankAbove() && isBlank(line):
		a.put("", a.at+len(line))
	case a.apart && !a.blankAbove() && !isBlank(line):
		a.put(a.newline, a.at)
	}
	a.closing, a.apart = false, false
	a.kept = append(a.kept, stretch{a.at, a.out.Len()})
	a.put(a.src[a.at:end], end)
}

// put writes text in the place of src up to the given offset.
func (a *applier) put(text string, end int) {
	a.out.WriteString(text)
	a.at = end
}

// spaced returns a table that is put in with the blank lines that it needs around it.
func (a *applier) spaced(i int, text string) string {
	if !a.blankAbove() {
		text = a.newline + text
	}
	if a.lineBelow(i) {
		text += a.newline
	}
	return text
}

// lineBelow reports whether something that is not a blank line comes directly behind edit i.
func (a *applier) lineBelow(i int) bool {
	at := a.edits[i].old.End
	for _, next := range a.edits[i+1:] {
		if next.old.Start != at {
			break
		}
		if next.text != "" {
			return true
		}
		at = next.old.End
	}
	return at < len(a.src) && !isBlank(firstLine(a.src[at:]))
}

// blankAbove reports whether the new file so far ends with a blank line, or has no line yet.
func (a *applier) blankAbove() bool { return endsBlank(a.out.String()) }

func endsBlank(out string) bool {
	out = strings.TrimPrefix(out, bom)
	return out == "" || isBlank(lastLine(out))
}

// dropBlankAbove takes back the blank lines of the file that the new one ends with, since nothing
// is below them any more but the blank lines that the file ends with.
func (a *applier) dropBlankAbove() {
	out := a.out.String()
	for endsBlank(out) && strings.TrimPrefix(out, bom) != "" {
		out = out[:len(out)-len(lastLine(out))]
	}
	a.out.Reset()
	a.out.WriteString(out)
}

func firstLine(s string) string {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return s[:i+1]
	}
	return s
}

func lastLine(s string) string {
	return s[strings.LastIndexByte(strings.TrimSuffix(s, "\n"), '\n')+1:]
}

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }
