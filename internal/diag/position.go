package diag

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Lines finds the position of a byte offset in one file. It is made once per file, when the first
// position is asked for, and is not safe for concurrent use.
type Lines struct {
	src    []byte
	starts []int // offset of the first byte of every step-th line; nil until the first question

	// An answer that was given. Questions mostly go forward, and a line may be as long as the file.
	offset int
	pos    Pos
}

// step is how many lines there are from one known start to the next: a file of nothing but line
// ends would take many times its size if all were known.
const step = 64

// NewLines returns the positions of src, which must not change afterwards.
func NewLines(src []byte) *Lines { return &Lines{src: src} }

// At returns the position of the byte at offset. An offset outside the file is moved to its nearest
// end. A byte order mark takes no column, and invalid UTF-8 counts one column a byte.
func (l *Lines) At(offset int) Pos {
	offset = min(max(offset, 0), len(l.src))
	if l.starts == nil {
		l.index()
	}
	if offset < l.starts[0] { // on the byte order mark
		return Pos{Line: 1, Column: 1}
	}
	if l.pos.Line > 0 && l.offset <= offset && bytes.IndexByte(l.src[l.offset:offset], '\n') < 0 {
		return l.onLine(offset)
	}
	known, exact := slices.BinarySearch(l.starts, offset)
	if !exact {
		known--
	}
	line, start := known*step, l.starts[known]
	if l.pos.Line > 0 && start < l.offset && l.offset <= offset {
		line, start = l.pos.Line-1, l.offset // It is nearer.
	}
	for {
		n := bytes.IndexByte(l.src[start:offset], '\n')
		if n < 0 {
			break
		}
		line, start = line+1, start+n+1
	}
	if l.pos.Line != line+1 || l.offset > offset {
		l.offset, l.pos = start, Pos{Line: line + 1, Column: 1}
	}
	return l.onLine(offset)
}

// onLine is At for an offset behind that of the last answer, on the same line.
func (l *Lines) onLine(offset int) Pos {
	pos := l.pos
	pos.Column += utf8.RuneCount(l.src[l.offset:offset])
	if offset == len(l.src) || utf8.RuneStart(l.src[offset]) {
		l.offset, l.pos = offset, pos
	}
	return pos
}

const bom = "\uFEFF"

func (l *Lines) index() {
	first := 0
	if bytes.HasPrefix(l.src, []byte(bom)) {
		first = len(bom)
	}
	lines := bytes.Count(l.src, []byte{'\n'})
	l.starts = append(make([]int, 0, 1+lines/step), first)
	line := 0
	for i, b := range l.src {
		if b == '\n' {
			if line++; line%step == 0 {
				l.starts = append(l.starts, i+1)
			}
		}
	}
}
