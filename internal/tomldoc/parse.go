package tomldoc

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/errlingo/errlingo/internal/diag"
)

// The limits protect this package, and the parsers that read a file after it, against one that was
// made to exhaust them.
const (
	MaxSize     = 8 << 20  // bytes of a file, which are about 40,000 texts
	MaxString   = 64 << 10 // bytes of a string
	MaxDepth    = 64       // arrays and inline tables within each other
	MaxKeyParts = 16       // parts of a dotted key or of a header
	MaxItems    = 200_000  // items of a file
	MaxTables   = 80_000   // tables of a file, with those that a longer name implies
	MaxFindings = 100      // findings for a file; one more says that there are others
)

// The rules that a file can break.
var (
	RuleSyntax = diag.Rule{ID: "toml-syntax", Severity: diag.Error,
		Doc: "the file is not valid TOML"}
	RuleDuplicateKey = diag.Rule{ID: "toml-duplicate-key", Severity: diag.Error,
		Doc: "a key or a table is in the file twice"}
	RuleEncoding = diag.Rule{ID: "toml-encoding", Severity: diag.Error,
		Doc: "the file is not UTF-8"}
	RuleLimit = diag.Rule{ID: "toml-limit", Severity: diag.Error,
		Doc: "the file is larger or deeper than any locale file needs to be"}
	RuleConflict = diag.Rule{ID: "conflict-marker", Severity: diag.Error,
		Doc: "a merge conflict is not resolved"}
)

const bom = "\uFEFF"

func bomLen(src string) int {
	if strings.HasPrefix(src, bom) {
		return len(bom)
	}
	return 0
}

// Parse reads a TOML file, which the findings call by name. The Doc and its texts are parts of src,
// which must not be changed afterwards.
//
// After a fault it goes on at the next line that can begin something, so the list has the faults of
// the whole file, sorted by place. The Doc is never nil; with findings it holds what could be read
// and is not [Doc.OK]. Time and memory grow linearly with the file, within the limits of this
// package.
func Parse(name string, src []byte) (*Doc, diag.List) { return new(Reader).Parse(name, src) }

// Reader parses one file after another in the same memory. The zero Reader is ready to use.
type Reader struct {
	items  []Item
	keys   []Key
	tables []Table
	names  names
}

// Parse is like the function [Parse], but the Doc may be used only until the next call.
func (r *Reader) Parse(name string, src []byte) (*Doc, diag.List) {
	tooLarge := len(src) > MaxSize
	if tooLarge {
		src = nil
	}
	p := r.newParser(name, unsafe.String(unsafe.SliceData(src), len(src))) // A copy is megabytes.
	p.raw = src
	switch {
	case tooLarge:
		p.report(RuleLimit, -1, fmt.Sprintf("the file has more than %d bytes", MaxSize),
			"split the domain into several")
	case p.encoding():
		p.carriageReturns()
		p.document()
	}
	*r = Reader{p.doc.items, p.doc.keys, p.doc.tables, p.names}
	return p.finish()
}

// parser reads one file from the first byte to the last. Where it stops at a fault it has said so;
// reading functions that return false leave it to the statement to recover.
type parser struct {
	src      string
	raw      []byte // the same bytes, to find lines in
	at       int    // the next byte to read
	doc      *Doc
	lines    *diag.Lines
	findings diag.List
	halted   bool // a limit was passed, the rest is not read

	section int // item of the header that the next pair is under, or -1
	table   int // table that it opened
	names   names
	stack   []frame // arrays and inline tables that are open

	unfinished bool // the statement at fault may go on for lines that make no sense on their own
	quiet      Span // the line of the last finding, where what follows from it is not reported
	conflict   conflict
}

func (r *Reader) newParser(name, src string) *parser {
	// In a locale file nearly every line is an item, and every second or third one a pair or a
	// header. The bound keeps a file of nothing but line ends from taking memory for items that it
	// does not have. It counts the item that is one too many, or reading that would copy all others.
	lines := min(max(strings.Count(src, "\n"), strings.Count(src, ","))+1, MaxItems+1)
	p := &parser{
		src:     src,
		doc:     &Doc{name: name, src: src},
		section: -1,
	}
	// A header [NAME.part] has two keys and a pair one; every third header is the first of its NAME
	// and makes two tables.
	headers := min(strings.Count(src, "\n[")+1, lines)
	pairs := min(strings.Count(src, "="), lines)
	p.doc.items = emptied(r.items, lines)
	p.doc.keys = emptied(r.keys, max(3*headers+headers/4, pairs)+8)
	p.doc.tables = append(emptied(r.tables, headers+headers/2+8), Table{Parent: -1, Item: -1})
	p.names = r.names.emptied(max(2*headers+headers*3/4, pairs) + 8)
	return p
}

// emptied returns an empty slice with room for n elements, the given one if it has that.
func emptied[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, 0, n)
	}
	return s[:0]
}

func (p *parser) finish() (*Doc, diag.List) {
	// What was read as part of an unfinished text may be read again as a line of its own, with the
	// same faults.
	p.findings.Sort()
	p.findings = slices.Compact(p.findings)
	return p.doc, p.findings
}

// encoding passes a byte order mark and reports what is not UTF-8. It returns false for a file that
// is in another encoding altogether.
func (p *parser) encoding() bool {
	start := p.src[:min(len(p.src), 2)]
	if start == "\xFE\xFF" || start == "\xFF\xFE" || strings.Contains(start, "\x00") {
		p.report(RuleEncoding, 0, "the file is UTF-16, and TOML is UTF-8", "save the file as UTF-8")
		return false
	}
	p.at = bomLen(p.src)
	if utf8.ValidString(p.src) {
		return true
	}
	first, more := -1, 0
	for i := 0; i < len(p.src); {
		r, size := utf8.DecodeRuneInString(p.src[i:])
		switch {
		case r != utf8.RuneError || size > 1:
		case first < 0:
			first = i
		default:
			more++
		}
		i += size
	}
	says := fmt.Sprintf("the byte %#02x is not UTF-8", p.src[first])
	if more > 0 {
		says += fmt.Sprintf(", nor are %d more", more)
	}
	p.report(RuleEncoding, first, says, "save the file as UTF-8")
	return true
}

// carriageReturns reports those that no line feed follows, all in one finding. For what is read
// after it, line ends are in their place if the file has no others, as files of old have not, and
// else white space.
func (p *parser) carriageReturns() {
	if strings.Count(p.src, "\r") == strings.Count(p.src, "\r\n") {
		return // as nearly every file
	}
	instead := byte(' ')
	if !strings.Contains(p.src, "\n") {
		instead = '\n'
	}
	src, first, lone := []byte(p.src), -1, 0
	for i, c := range src {
		if c != '\r' || strings.HasPrefix(p.src[i+1:], "\n") {
			continue
		}
		if lone++; first < 0 {
			first = i
		}
		src[i] = instead
	}
	says := "a carriage return without a line feed"
	if lone > 1 {
		says += fmt.Sprintf(", and %d more", lone-1)
	}
	p.report(RuleSyntax, first, says, "end lines with LF or CRLF")
	p.src, p.raw, p.lines, p.quiet = string(src), src, nil, Span{}
}

func (p *parser) document() {
	for p.at < len(p.src) && !p.halted {
		p.line()
	}
}

// line reads a blank line, a comment, or a statement, which may take several lines.
func (p *parser) line() {
	start := p.at
	p.space()
	switch c, isMarker := marker(p.src, start); {
	case isMarker:
		p.conflictMarker(c, start)
	case p.at == len(p.src) || p.newline():
		p.blank(start)
	case p.src[p.at] == '#':
		p.comment(Comment, p.section, p.table)
		p.newline()
	case p.src[p.at] == '[':
		p.statement(p.header)
	default:
		p.statement(p.pair)
	}
}

// blank adds the line from start up to here to the run of blank lines.
func (p *parser) blank(start int) {
	if n := len(p.doc.items); n > 0 && p.doc.items[n-1].Kind == Blank {
		p.doc.items[n-1].end = int32(p.at)
		return
	}
	p.add(newItem(Blank, Span{start, p.at}, p.section, p.table))
}

// comment reads from the '#' to before the line's end.
func (p *parser) comment(kind Kind, parent, table int) {
	start, end := p.at, len(p.src)
	if n := strings.IndexByte(p.src[start:], '\n'); n >= 0 {
		end = start + n
		if p.src[end-1] == '\r' {
			end--
		}
	}
	for i := start + noControl(p.raw[start:end]); i < end; i++ {
		if isControl(p.src[i]) {
			p.reportControl(i, "delete the character")
		}
	}
	p.at = end
	p.add(newItem(kind, Span{start, end}, parent, table))
}

// statement reads a header or a pair, to the end of its line.
func (p *parser) statement(read func() bool) {
	start, item := p.at, len(p.doc.items)
	if read() && p.lineEnd(item) {
		return
	}
	p.recover(start)
	for i := range p.doc.items[item:] {
		if it := &p.doc.items[item+i]; i == 0 || it.Span().End == 0 {
			end := max(it.Span().Start, p.at)
			*it = newItem(Broken, Span{it.Span().Start, end}, it.Parent(), it.Table())
		}
	}
}

// header reads [key] or [[key]] and makes its table the one that the next pairs go to.
func (p *parser) header() bool {
	kind, end, start := Header, "]", p.at
	if strings.HasPrefix(p.src[p.at:], "[[") {
		kind, end = ArrayHeader, "]]"
	}
	p.at += len(end)
	item := p.add(newItem(kind, Span{Start: start}, -1, 0))
	p.section, p.table = item, 0
	if !p.key(item) {
		p.table = p.strayTable(item)
		return false
	}
	if !strings.HasPrefix(p.src[p.at:], end) {
		p.table = p.strayTable(item)
		return p.openHeader(item, end)
	}
	p.at += len(end)
	p.table = p.defineHeader(item, kind == ArrayHeader)
	p.doc.items[item].end = int32(p.at)
	p.doc.items[item].table = int32(p.table)
	return true
}

// pair reads key = value on a line of its own.
func (p *parser) pair() bool {
	item := p.add(newItem(Pair, Span{Start: p.at}, p.section, 0))
	return p.keyOf(item, p.table) && p.value(item)
}

// lineEnd reads what may follow a statement on its line: white space and a comment.
func (p *parser) lineEnd(item int) bool {
	p.space()
	if p.at < len(p.src) && p.src[p.at] == '#' {
		p.comment(SideComment, item, p.table)
	}
	if p.at == len(p.src) || p.newline() {
		return true
	}
	return p.excess(item)
}

func (p *parser) space() {
	for p.at < len(p.src) && (p.src[p.at] == ' ' || p.src[p.at] == '\t') {
		p.at++
	}
}

// newline reads a line's end if there is one here.
func (p *parser) newline() bool {
	n := newlineLen(p.src[p.at:])
	p.at += n
	return n > 0
}

// newlineLen returns the length of the line's end that s begins with, or 0.
func newlineLen(s string) int {
	switch {
	case strings.HasPrefix(s, "\n"):
		return 1
	case strings.HasPrefix(s, "\r\n"):
		return 2
	}
	return 0
}

func newItem(kind Kind, span Span, parent, table int) Item {
	return Item{Kind: kind, start: int32(span.Start), end: int32(span.End), parent: int32(parent),
		table: int32(table)}
}

// add appends an item and returns its index.
func (p *parser) add(it Item) int {
	if len(p.doc.items) == MaxItems {
		p.tooMany("lines, values and comments", MaxItems)
	}
	p.doc.items = append(p.doc.items, it)
	return len(p.doc.items) - 1
}

// found names what comes next, for a finding.
func (p *parser) found() string {
	switch {
	case p.at == len(p.src):
		return "the end of the file"
	case newlineLen(p.src[p.at:]) > 0:
		return "the end of the line"
	}
	_, size := utf8.DecodeRuneInString(p.src[p.at:])
	return strconv.Quote(p.src[p.at : p.at+size])
}

// noControl returns how many bytes at the beginning of s have no control character among them, at
// least. It looks at eight of them at a time.
func noControl(s []byte) int {
	const each = 0x0101_0101_0101_0101 // times a byte is that byte eight times
	n := 0
	for ; len(s)-n >= 8; n += 8 {
		eight := binary.LittleEndian.Uint64(s[n:])
		// The high bit of a byte is set after the subtraction if the byte was smaller, and it wasn't
		// before. A borrow from the byte below can only add a false alarm, and so does a tab.
		low, del := eight-' '*each, eight^0x7F*each
		if (low&^eight|(del-each)&^del)&(0x80*each) != 0 {
			break
		}
	}
	return n
}

// isControl reports whether b is a control character that neither a comment nor a string can
// have.
func isControl(b byte) bool { return b < ' ' && b != '\t' || b == 0x7F }

// conflict is where in an unresolved merge conflict the parser is.
type conflict struct {
	side    byte // the marker that was read last: '<', '|' or '='; 0 outside
	section int  // where the conflict began, and so where each of its sides begins
	table   int
}

// marker reports whether the line at start is one that a merge leaves in a file, and by which
// character.
func marker(src string, start int) (byte, bool) {
	const width = 7
	if len(src)-start < width {
		return 0, false
	}
	c := src[start]
	if c != '<' && c != '|' && c != '=' && c != '>' {
		return 0, false
	}
	line := src[start:]
	for i := range width {
		if line[i] != c {
			return 0, false
		}
	}
	rest := line[width:]
	return c, rest == "" || rest[0] == ' ' || newlineLen(rest) > 0
}

// conflictMarker reads the marker line at start. There is one finding for the whole conflict: what
// its second side defines again is not a duplicate, and each side continues from where the conflict
// began.
func (p *parser) conflictMarker(c byte, start int) {
	opens := c == '<' || p.conflict.side == 0
	if opens {
		p.report(RuleConflict, start, "an unresolved merge conflict", "resolve the merge conflict first")
	}
	switch {
	case c == '>':
		p.conflict.side = 0
	case c == '<':
		p.conflict = conflict{side: c, section: p.section, table: p.table}
	case opens:
		// A marker without its beginning: the file was resolved by half, and there are no sides to
		// tell apart.
	default:
		p.conflict.side = c
		p.section, p.table = p.conflict.section, p.conflict.table
	}
	p.at = nextLine(p.src, start)
	p.add(newItem(Broken, Span{start, p.at}, p.section, p.table))
}
