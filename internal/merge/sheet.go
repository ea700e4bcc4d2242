package merge

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

const bom = "\uFEFF"

// sheet is a TOML file with the edits that are planned for it.
type sheet struct {
	old     []byte // as the file is; nil for a new one
	src     string // what the edits apply to: old with its last line ended, and its conflicts settled
	newline string
	file    *localefile.File
	ids     []localefile.ID // by entry: the ID, after renaming
	blocks  []localefile.Block
	next    int            // the block behind the one that was asked for last
	renamed map[int]string // by item: the name that its code gets in the place of the one in the file

	edits   edits
	names   edits // the renamed keys, of which only those are made that nothing deletes
	meaning Meaning
	written *tomldoc.Doc // the new file, if it changes
}

// newSheet reads a file whose texts get other IDs as rename says. The first list has what is wrong
// with it as TOML, so that no edit may be planned; the second one what is wrong with single texts.
// The sheet may be used until the reader reads another file.
func newSheet(
	r *localefile.Reader, name string, tag language.Tag, old, src []byte,
	rename func(localefile.ID) localefile.ID,
) (s *sheet, syntax, texts diag.List) {
	s = &sheet{old: old, newline: "\n", renamed: map[int]string{}}
	if line, _, _ := bytes.Cut(src, []byte("\n")); bytes.HasSuffix(line, []byte("\r")) {
		s.newline = "\r\n"
	}
	if body := bytes.TrimPrefix(src, []byte(bom)); len(body) > 0 && !bytes.HasSuffix(body,
		[]byte("\n")) {
		src = append(slices.Clip(src), s.newline...)
	}
	s.file, syntax, texts = r.Read(name, tag, src)
	if len(syntax) == 0 { // Else the document may have nothing of the file.
		s.src = s.file.Doc.Slice(tomldoc.Span{Start: 0, End: len(src)})
		s.blocks = s.file.Blocks()
	}
	s.ids = make([]localefile.ID, len(s.file.Entries))
	for i := range s.ids {
		s.ids[i] = rename(s.file.Entries[i].ID)
	}
	return s, syntax, texts
}

func (s *sheet) item(i int) tomldoc.Item { return s.file.Doc.Items()[i] }

func (s *sheet) slice(span tomldoc.Span) string { return s.file.Doc.Slice(span) }

// block returns the block of the table with the header. Most often it is that behind the one
// before, since texts are looked at in the order of the file.
func (s *sheet) block(header int) localefile.Block {
	if s.next < len(s.blocks) && s.blocks[s.next].Header == header {
		s.next++
		return s.blocks[s.next-1]
	}
	i, _ := slices.BinarySearchFunc(s.blocks, header,
		func(b localefile.Block, header int) int { return b.Header - header })
	s.next = i + 1
	return s.blocks[i]
}

// first returns the offset of the first table with all that belongs to it.
func (s *sheet) first() int {
	if len(s.blocks) == 0 {
		return len(s.src)
	}
	return s.file.Lines(&s.blocks[0]).Start
}

// leaf returns the value of item i, a pair, as the edited file has it.
func (s *sheet) leaf(i int) Leaf {
	leaf := leafOf(s.file.Doc, i)
	if name, ok := s.renamed[i]; ok {
		_, rest, _ := strings.Cut(leaf.Path, ".")
		leaf.Path = name + "." + rest
	}
	return leaf
}

// rename gives a text its ID where it is. It reports whether that can be done: in other shapes a
// name is that of several texts, and they cannot be mixed with others.
func (s *sheet) rename(entry int) bool {
	e, id := &s.file.Entries[entry], s.ids[entry]
	if e.ID == id {
		return true
	}
	if s.file.HasHeader(e) {
		b := s.block(e.Item)
		s.renameItem(e.Item, b.End, e.ID.Name, id.Name)
		return true
	}
	if _, done := s.renamed[e.Item]; done {
		return true
	}
	keys := func(i int) []tomldoc.Key { return s.file.Doc.Keys(s.item(i)) }
	begins := func(i int, name string) bool {
		switch it := s.item(i); {
		case it.Kind == tomldoc.Header, it.Kind == tomldoc.ArrayHeader, it.Kind == tomldoc.Pair &&
			it.Parent() < 0:
			first, _, _ := strings.Cut(keys(i)[0].Name, ".")
			return first == name
		}
		return false
	}
	items := s.file.Doc.Items()
	for i := range items {
		if begins(i, id.Name) {
			return false
		}
	}
	for i := range items {
		if !begins(i, e.ID.Name) || items[i].Kind == tomldoc.Header && (len(keys(i)) > 1 ||
			keys(i)[0].Name != e.ID.Name) {
			continue
		}
		end := i + 1
		for end < len(items) && (items[i].Kind == tomldoc.Header && items[end].Kind != tomldoc.Header &&
			items[end].Kind != tomldoc.ArrayHeader || items[end].Span().Start < items[i].Span().End) {
			end++
		}
		s.renameItem(i, end, e.ID.Name, id.Name)
	}
	return true
}

// renameItem gives another name to the first key of a header or a pair, and so to all pairs below
// it.
func (s *sheet) renameItem(at, end int, from, to string) {
	first := s.file.Doc.Keys(s.item(at))[0]
	name := key(to)
	if rest, dotted := strings.CutPrefix(first.Name, from+"."); dotted {
		name = key(to + "." + rest)
	}
	s.names.replace(first.Span, name)
	for i := at; i < end; i++ {
		if it := s.item(i); it.Kind == tomldoc.Pair && it.Value != tomldoc.InlineTable &&
			!nested(s.file.Doc, i) {
			s.meaning.gone(s.leaf(i))
			s.renamed[i] = to
			s.meaning.come(s.leaf(i))
		}
		s.renamed[i] = to
	}
}

// finish applies the edits and has the result checked. It returns the old bytes if nothing changes.
func (s *sheet) finish() ([]byte, error) {
	deleted := s.edits.list
	for _, c := range s.names.list {
		if !slices.ContainsFunc(deleted, func(e edit) bool {
			return e.old.Start <= c.old.Start && c.old.End <= e.old.End
		}) {
			s.edits.list = append(s.edits.list, c)
		}
	}
	text, err := s.edits.apply(s.src, s.newline)
	switch {
	case err != nil:
		return s.old, err
	case s.old != nil && text == s.src && (string(s.old) == s.src || string(s.old)+s.newline == s.src):
		return s.old, nil
	}
	if s.written, err = verify(s.file.Doc, text, &s.meaning); err != nil {
		return s.old, err
	}
	return []byte(text), nil
}

// shows reports whether the comments of a block are exactly these lines, above its header and
// directly below, as in nearly every block of a file that is up to date.
func (s *sheet) shows(b *localefile.Block, above, below []string) bool {
	items := s.file.Doc.Items()
	if b.Header-b.First != len(above) || b.End-b.Header-1 < len(below) {
		return false
	}
	for i, line := range above {
		if s.file.Comment(b.First+i) != line {
			return false
		}
	}
	inside := items[b.Header+1 : b.End]
	for i, line := range below {
		if inside[i].Kind != tomldoc.Comment || s.slice(inside[i].Span()) != line {
			return false
		}
	}
	for i := range inside[len(below):] {
		if inside[len(below)+i].Kind == tomldoc.Comment {
			return false
		}
	}
	return true
}

// notes returns the items from first to last, without last, that are extract's comments inside a
// table.
func (s *sheet) notes(first, last int) (items []int, lines []string, spaced bool) {
	for i := first; i < last; i++ {
		if s.item(i).Kind != tomldoc.Comment {
			continue
		}
		line := s.file.Comment(i)
		if note, withSpace := localefile.IsNote(line); note {
			items, lines, spaced = append(items, i), append(lines, line), spaced || withSpace
		}
	}
	return items, lines, spaced
}

// linesAbove returns the comments above a block's header that are extract's. A formatter's space is
// accepted in these only if lines inside the table have it, too.
func (s *sheet) linesAbove(b *localefile.Block, spaced bool) (items []int, lines []string) {
	for i := b.First; i < b.Header; i++ {
		line := s.file.Comment(i)
		if mark, _, withSpace := localefile.MarkOf(line); mark == localefile.MarkText && (spaced ||
			!withSpace) {
			items, lines = append(items, i), append(lines, line)
		}
	}
	return items, lines
}

func isNote(comment string) bool {
	note, _ := localefile.IsNote(comment)
	return note
}

// header returns the header of a text's own table.
func header(id localefile.ID) string { return "[" + key(id.Name) + "." + key(id.Part) + "]" }

// key returns a part of a header, in quotes if it needs them.
func key(name string) string {
	bare := name != ""
	for i := range len(name) {
		c := name[i]
		bare = bare && ('A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' ||
			c == '_' || c == '-')
	}
	if bare {
		return name
	}
	return tomldoc.MustQuote(name)
}
