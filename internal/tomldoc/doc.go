// Package tomldoc reads a TOML 1.0 file into spans of its bytes, so that its texts can be found by
// position, and single lines be edited while every other byte stays.
//
// [Parse] lists all faults of a file at once, each with its place. A [Doc] keeps the bytes of the
// file and, on top of them, one flat list of [Item] in document order: comments, blank lines,
// headers, pairs and what is nested in values. The tables that those items make, however they are
// written, are a second list. Nothing is built as a map, so a file of ten thousand tables costs a
// handful of allocations.
//
// What TOML 1.1 has more is read too: line breaks, comments and a last comma in inline tables, the
// escapes \e and \xHH, and times without seconds. See https://toml.io/en/v1.0.0 and
// https://toml.io/en/v1.1.0.
package tomldoc

import (
	"slices"
	"strings"
	"sync"

	"github.com/errlingo/errlingo/internal/diag"
)

// Span is the bytes [Start, End) of a file. The zero value is the empty span at its start.
type Span struct {
	Start, End int
}

// Len returns the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Kind says what an [Item] is.
type Kind uint8

const (
	// Blank is a run of lines with nothing but white space on them.
	Blank Kind = iota
	// Comment is a comment that has its line for itself, outside of any value.
	Comment
	// SideComment is a comment behind a header or a pair on the same line, or anywhere inside a value.
	SideComment
	// Header is the header of a table, [a.b].
	Header
	// ArrayHeader is the header of an element of an array of tables, [[a.b]].
	ArrayHeader
	// Pair is a key with its value, on a line or in an inline table.
	Pair
	// Element is a value in an array.
	Element
	// Broken is a stretch of lines that could not be read. It occurs only in a Doc that came with
	// findings.
	Broken
)

// ValueKind says what sort of value a [Pair] or an [Element] has. The zero value, NoValue, is that
// of all other items.
type ValueKind uint8

const (
	NoValue          ValueKind = iota // not a pair or an element, or one at fault
	BasicString                       // "…"
	MultilineBasic                    // """…"""
	LiteralString                     // '…'
	MultilineLiteral                  // '''…'''
	Integer                           // of 64 bits, in any of the four bases
	Float                             // of 64 bits, inf and nan among them
	Bool                              // true or false
	Datetime                          // with offset or local, or a date alone, or a time alone
	Array                             // […], the elements are the items that follow
	InlineTable                       // {…}, the pairs are the items that follow
)

// IsString reports whether the value is one of the four sorts of string.
func (k ValueKind) IsString() bool { return BasicString <= k && k <= MultilineLiteral }

// Item is one thing in the file. There are many, so their offsets and indices have 32 bits.
type Item struct {
	Kind     Kind
	Value    ValueKind
	keyCount uint8
	escaped  bool // the decoded string is not the bytes between the quotes
	keyFirst int32

	start, end, value int32
	parent, table     int32
}

// Span leaves out the indentation and the line's end: a comment begins with its '#', a header with
// its bracket, a pair with its key; a pair ends with its value. A Blank is the exception, it is
// whole lines.
func (it Item) Span() Span { return Span{int(it.start), int(it.end)} }

// ValueSpan returns the bytes of the value of a Pair or an Element, with its quotes or brackets.
func (it Item) ValueSpan() Span { return Span{int(it.value), int(it.end)} }

// Parent returns the index of the item that this one belongs to: the array or inline table that it
// is in, for a side comment the pair or header that it is behind, else the header above. It is -1
// before the first header and for headers themselves.
func (it Item) Parent() int { return int(it.parent) }

// Table returns the index in [Doc.Tables] of the table that a pair's last key belongs to, with
// dotted keys and inline tables resolved; that a header opens; that a comment or a blank is under;
// that an element's array is in.
func (it Item) Table() int { return int(it.table) }

// Key is one part of a dotted key or of a header.
type Key struct {
	Name string // decoded
	Span Span   // as written, with its quotes
}

// Table is a table in TOML's sense, however it is written: under a header, by dotted keys, or
// inline. One table has one index, so pairs of one table are known by it wherever they stand.
type Table struct {
	Name   string // its last key part, "" for the root
	Parent int    // index of the table that it is in, -1 for the root
	Item   int    // the item that named it first, perhaps in a longer key; -1 for the root
	Array  bool   // it is an element of an array, so several may have the same path
}

// Doc is a parsed TOML file. It does not change and may be shared between goroutines.
type Doc struct {
	name   string
	src    string
	items  []Item
	keys   []Key
	tables []Table

	mu    sync.Mutex
	lines *diag.Lines // made when the first position is asked for, guarded by mu
}

// Name returns the file's name as it was given to [Parse].
func (d *Doc) Name() string { return d.name }

// Source returns the file as it was given to [Parse].
func (d *Doc) Source() string { return d.src }

// Items returns everything in the file, in document order. What an array or an inline table holds
// follows the item that has it as its value. The slice is shared and must not be changed.
func (d *Doc) Items() []Item { return d.items }

// Tables returns the tables of the file in the order in which they are named. The first is the
// root. The slice is shared and must not be changed.
func (d *Doc) Tables() []Table { return d.tables }

// Keys returns the parts of the key of a header or a pair. The last one is the name of the table
// that the header opens, or of the pair's value in its table. Other items have none. The slice is
// shared and must not be changed.
func (d *Doc) Keys(it Item) []Key {
	return d.keys[it.keyFirst : int(it.keyFirst)+int(it.keyCount)]
}

// AppendPath appends to path the names from the root down to the given table, an index in
// [Doc.Tables], and returns the longer slice. The root has no name.
func (d *Doc) AppendPath(path []string, table int) []string {
	from := len(path)
	for t := d.tables[table]; t.Parent >= 0; t = d.tables[t.Parent] {
		path = append(path, t.Name)
	}
	slices.Reverse(path[from:])
	return path
}

// Slice returns the file's text in the span.
func (d *Doc) Slice(s Span) string { return d.src[s.Start:s.End] }

// Lines returns the span widened to whole lines, with the end of the last one. A span that ends
// where a line begins does not take that line in, unless it is empty. A byte order mark belongs to
// no line.
func (d *Doc) Lines(s Span) Span {
	last := max(s.Start, s.End-1)
	return Span{max(lineStart(d.src, s.Start), bomLen(d.src)), nextLine(d.src, last)}
}

// Pos returns the position of the byte at offset.
func (d *Doc) Pos(offset int) diag.Pos {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lines == nil {
		d.lines = diag.NewLines([]byte(d.src))
	}
	return d.lines.At(offset)
}

// lineStart returns the offset of the first byte of the line that the byte at offset is on.
func lineStart(src string, offset int) int {
	return strings.LastIndexByte(src[:offset], '\n') + 1
}

// nextLine returns the offset behind the end of the line that the byte at offset is on.
func nextLine(src string, offset int) int {
	if i := strings.IndexByte(src[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(src)
}

// Indent returns the white space at the beginning of the line that the byte at offset is on.
func (d *Doc) Indent(offset int) string {
	line := d.Slice(d.Lines(Span{offset, offset}))
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}
