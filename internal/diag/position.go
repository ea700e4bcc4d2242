package diag

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Lines finds the position of a byte offset in one file. It is made once per file, when the first position is
// asked for, and is not safe for concurrent use.
type Lines struct {
	src    []byte
	starts []int // offset of each line's first byte; nil until the first question
}

// NewLines returns the positions of src, which must not change afterwards.
func NewLines(src []byte) *Lines { return &Lines{src: src} }

// At returns the position of the byte at offset. An offset outside the file is moved to its nearest end. A byte order
// mark takes no column, and invalid UTF-8 counts one column a byte.
func (l *Lines) At(offset int) Pos {
	offset = min(max(offset, 0), len(l.src))
	if l.starts == nil {
		l.index()
	}
	line, exact := slices.BinarySearch(l.starts, offset)
	if !exact {
		line--
	}
	before := l.src[l.starts[line]:offset]
	if line == 0 {
		before = bytes.TrimPrefix(before, []byte("\uFEFF"))
	}
	return Pos{Line: line + 1, Column: utf8.RuneCount(before) + 1}
}

func (l *Lines) index() {
	l.starts = append(make([]int, 0, 1+bytes.Count(l.src, []byte{'\n'})), 0)
	for i, b := range l.src {
		if b == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
}
