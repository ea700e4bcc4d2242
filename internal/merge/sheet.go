package merge

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

const bom = "\uFEFF"

// sheet is a TOML file with the edits that are planned for it.
type sheet struct {
	old     []byte // as the file is; nil for a new one
	src     string // what the edits apply to: old with its last line ended, and its conflicts settled
	newline string
	file    *localefile.File
	blocks  []localefile.Block
	renamed map[int]string // by item: the name that its code gets in the place of the one in the file

	edits   edits
	names   []tomldoc.Change // the renamed keys, as far as nothing deletes them
	meaning Meaning
}

// newSheet reads a file. The first list has what is wrong with it as TOML, so that no edit may be
// planned; the second one what is wrong with single texts.
func newSheet(name string, tag language.Tag, old, src []byte) (s *sheet, syntax, texts diag.List) {
	s = &sheet{old: old, newline: "\n", renamed: map[int]string{}}
	if line, _, _ := bytes.Cut(src, []byte("\n")); bytes.HasSuffix(line, []byte("\r")) {
		s.newline = "\r\n"
	}
	if body := bytes.TrimPrefix(src, []byte(bom)); len(body) > 0 && !bytes.HasSuffix(body,
		[]byte("\n")) {
		src = append(slices.Clip(src), s.newline...)
	}
	s.file, syntax, texts = localefile.Read(name, tag, src)
	s.src = s.file.Doc.Slice(tomldoc.Span{Start: 0, End: len(src)})
	if len(syntax) == 0 {
		s.blocks = s.file.Blocks()
	}
	return s, syntax, texts
}

func (s *sheet) item(i int) tomldoc.Item { return s.file.Doc.Items()[i] }

func (s *sheet) slice(span tomldoc.Span) string { return s.file.Doc.Slice(span) }

// block returns the block of the table with the header.
func (s *sheet) block(header int) localefile.Block {
	i, _ := slices.BinarySearchFunc(s.blocks, header,
		func(b localefile.Block, header int) int { return b.Header - header })
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

// renameEntry gives a text the ID, which differs in the name, where it is. It reports whether that
// can be done: in other shapes a name is that of several texts, and they cannot be mixed with
// others.
func (s *sheet) renameEntry(e *localefile.Entry, id localefile.ID) bool {
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
			it.Parent < 0:
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
			items[end].Kind != tomldoc.ArrayHeader || items[end].Span.Start < items[i].Span.End) {
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
	s.names = append(s.names, tomldoc.Change{Old: first.Span, New: name})
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
func (s *sheet) finish() (planned []byte, changes []tomldoc.Change, err error) {
	deleted := s.edits.list
	for _, c := range s.names {
		if !slices.ContainsFunc(deleted, func(e edit) bool {
			return e.Old.Start <= c.Old.Start && c.Old.End <= e.Old.End
		}) {
			s.edits.replace(c.Old, c.New)
		}
	}
	text, changes, err := s.edits.apply(s.src, s.newline)
	switch {
	case err != nil:
		return s.old, nil, err
	case s.old != nil && text == s.src && (string(s.old) == s.src || string(s.old)+s.newline == s.src):
		return s.old, nil, nil
	}
	if err := verify(s.file.Doc, text, &s.meaning); err != nil {
		return s.old, nil, err
	}
	return []byte(text), s.changesOf(changes), nil
}

// changesOf returns changes of src as those of old, of which the last line may have no end. If old
// had conflicts, all of it is one change.
func (s *sheet) changesOf(changes []tomldoc.Change) []tomldoc.Change {
	n := len(s.old)
	if string(s.old) == s.src || s.old == nil {
		return changes
	}
	if string(s.old)+s.newline != s.src {
		text, _, _ := s.edits.apply(s.src, s.newline)
		return []tomldoc.Change{{Old: tomldoc.Span{Start: 0, End: n}, New: text}}
	}
	if last := len(changes) - 1; last >= 0 && changes[last].Old.End > n {
		c := &changes[last]
		if c.Old.Start > n { // something is put behind the last line
			c.New = s.newline + c.New
		}
		c.Old = tomldoc.Span{Start: min(c.Old.Start, n), End: n}
		return changes
	}
	return append(changes, tomldoc.Change{Old: tomldoc.Span{Start: n, End: n}, New: s.newline})
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

// context returns the comments above a block's header that are extract's. A formatter's space is
// accepted in these only if lines inside the table have it, too.
func (s *sheet) context(b *localefile.Block, spaced bool) (items []int, lines []string) {
	for i := b.First; i < b.Header; i++ {
		line := s.file.Comment(i)
		if mark, _, withSpace := localefile.MarkOf(line); mark == localefile.MarkText && (spaced ||
			!withSpace) {
			items, lines = append(items, i), append(lines, line)
		}
	}
	return items, lines
}

// taken is a text that was taken out of a file, as a table of its own.
type taken struct {
	id   localefile.ID
	text string
}

// take deletes texts from the file and returns each as a table with the translator's comments,
// under the ID that it is given. A table with a header goes as it is, without extract's lines. Of
// the other shapes all that says the text goes, and what is around it stays.
func (s *sheet) take(entries []int, id func(entry int) localefile.ID) []taken {
	m := mover{sheet: s, dead: map[int]bool{}, comments: map[int][]string{}, kept: map[int]bool{}}
	for _, i := range entries {
		if e := &s.file.Entries[i]; !s.file.HasHeader(e) {
			m.kill(e)
		}
	}
	m.settle()
	out := make([]taken, 0, len(entries))
	for _, i := range entries {
		e := &s.file.Entries[i]
		t := taken{id: id(i)}
		if s.file.HasHeader(e) {
			block := s.block(e.Item)
			t.text = s.tableText(&block, t.id)
			s.edits.deleteTable(s.file.Lines(&block))
			leaves(s.file.Doc, block.Header, block.End, s.meaning.gone)
		} else {
			t.text = m.table(e, t.id)
		}
		out = append(out, t)
	}
	m.delete()
	return out
}

// tableText returns the lines of a block without extract's own, under the header of the ID.
func (s *sheet) tableText(b *localefile.Block, id localefile.ID) string {
	notes, _, spaced := s.notes(b.Header+1, b.Last+1)
	own, _ := s.context(b, spaced)
	own = append(own, notes...)
	lines := s.file.Lines(b)
	at := lines.Start
	var out strings.Builder
	skip := func(span tomldoc.Span, instead string) {
		out.WriteString(s.slice(tomldoc.Span{Start: at, End: span.Start}) + instead)
		at = span.End
	}
	for i := b.First; i <= b.Last; i++ {
		switch {
		case i == b.Header && s.idOf(i) != id:
			skip(s.item(i).Span, header(id))
		case slices.Contains(own, i):
			skip(s.file.Doc.Lines(s.item(i).Span), "")
		}
	}
	out.WriteString(s.slice(tomldoc.Span{Start: at, End: lines.End}))
	return out.String()
}

// idOf returns the ID in a header, as far as it has exactly its two parts.
func (s *sheet) idOf(item int) localefile.ID {
	keys := s.file.Doc.Keys(s.item(item))
	if len(keys) != 2 {
		return localefile.ID{}
	}
	return localefile.ID{Name: keys[0].Name, Part: keys[1].Name}
}

// mover takes texts out of statements, which are the lines or inline tables that they are written
// in.
type mover struct {
	*sheet
	dead     map[int]bool     // pairs that go
	comments map[int][]string // by pair: the comments that go with it
	kept     map[int]bool     // the items of these comments
	headers  []int            // headers that have nothing left
}

// kill marks the forms of a text.
func (m *mover) kill(e *localefile.Entry) {
	for _, form := range e.Forms {
		if form.Present() {
			m.dead[form.Item-1] = true
			m.meaning.gone(m.leaf(form.Item - 1))
		}
	}
}

// settle marks the inline tables of which nothing is left, and finds the comments that go along.
func (m *mover) settle() {
	if len(m.dead) == 0 {
		return
	}
	items := m.file.Doc.Items()
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].Kind == tomldoc.Pair && items[i].Value == tomldoc.InlineTable {
			pairs, dead := 0, 0
			for _, child := range m.children(i) {
				if pairs++; m.dead[child] {
					dead++
				}
			}
			if pairs > 0 && pairs == dead {
				m.dead[i] = true
			}
		}
	}
	for i := range items {
		if m.dead[i] {
			m.collect(i)
		}
	}
	for _, b := range m.blocks {
		m.collectHeader(&b)
	}
}

// children returns the pairs that are directly in the inline table at item i.
func (m *mover) children(i int) []int {
	items := m.file.Doc.Items()
	var pairs []int
	for c := i + 1; c < len(items) && items[c].Span.Start < items[i].Span.End; c++ {
		if items[c].Kind == tomldoc.Pair && items[c].Parent == i {
			pairs = append(pairs, c)
		}
	}
	return pairs
}

// leafIn returns the first dead form in the pair at item i: comments go with it.
func (m *mover) leafIn(i int) int {
	for m.item(i).Value == tomldoc.InlineTable {
		i = m.children(i)[0]
	}
	return i
}

// isStatement reports whether a pair is not in an inline table.
func (m *mover) isStatement(i int) bool {
	parent := m.item(i).Parent
	return parent < 0 || m.item(parent).Kind == tomldoc.Header ||
		m.item(parent).Kind == tomldoc.ArrayHeader
}

// collect finds the comments of a pair that goes: those above it if it is a statement, and those
// behind or in it.
func (m *mover) collect(i int) {
	to := m.leafIn(i)
	if m.isStatement(i) {
		for _, c := range m.above(i) {
			m.keep(to, c)
		}
	}
	items := m.file.Doc.Items()
	for c := i + 1; c < len(items); c++ {
		side := items[c].Kind == tomldoc.SideComment
		if side && items[c].Parent == i {
			m.keep(to, c)
		} else if items[c].Span.Start >= items[i].Span.End {
			break
		}
	}
}

// above returns the comments directly above a statement.
func (m *mover) above(statement int) []int {
	first := statement
	for first > 0 && m.item(first-1).Kind == tomldoc.Comment {
		first--
	}
	var comments []int
	for i := first; i < statement; i++ {
		comments = append(comments, i)
	}
	return comments
}

func (m *mover) keep(to, comment int) {
	line := m.file.Comment(comment)
	if mark, _, spaced := localefile.MarkOf(line); isNote(line) || mark == localefile.MarkText &&
		!spaced {
		return
	}
	if !m.kept[comment] {
		m.kept[comment] = true
		m.comments[to] = append(m.comments[to], line)
	}
}

// collectHeader takes a header out of which everything goes, with its comments.
func (m *mover) collectHeader(b *localefile.Block) {
	first := -1
	for i := b.Header + 1; i <= b.Last; i++ {
		switch it := m.item(i); {
		case it.Kind == tomldoc.Pair && m.isStatement(i) && !m.dead[i]:
			return
		case it.Kind == tomldoc.Pair && first < 0:
			first = m.leafIn(i)
		}
	}
	if first < 0 {
		return
	}
	m.headers = append(m.headers, b.Header)
	var comments []string
	for i := b.First; i <= b.Last; i++ {
		it := m.item(i)
		isComment := it.Kind == tomldoc.Comment || it.Kind == tomldoc.SideComment && it.Parent == b.Header
		if line := m.slice(it.Span); isComment && !isNote(line) && !m.kept[i] {
			comments = append(comments, line)
		}
	}
	m.comments[first] = append(comments, m.comments[first]...)
}

// table returns a text as a table, its forms in the order of the file.
func (m *mover) table(e *localefile.Entry, id localefile.ID) string {
	var forms []int
	category := map[int]string{}
	for c, form := range e.Forms {
		if form.Present() {
			forms = append(forms, form.Item-1)
			category[form.Item-1] = plural.Category(c).String()
		}
	}
	slices.Sort(forms)
	var above, below []string
	for n, item := range forms {
		if n == 0 {
			above = m.comments[item]
		} else {
			below = append(below, m.comments[item]...)
		}
		below = append(below, category[item]+" = "+m.slice(m.item(item).ValueSpan))
	}
	lines := slices.Concat(above, []string{header(id)}, below)
	return strings.Join(lines, m.newline) + m.newline
}

// delete deletes what was taken.
func (m *mover) delete() {
	for _, h := range m.headers {
		b := m.block(h)
		m.edits.deleteTable(m.file.Lines(&b))
	}
	items := m.file.Doc.Items()
	for i := range items {
		switch {
		case !m.dead[i] || items[i].Kind != tomldoc.Pair:
		case !m.isStatement(i):
			m.cut(i)
		case !slices.Contains(m.headers, items[i].Parent):
			from := i
			if above := m.above(i); len(above) > 0 {
				from = above[0]
			}
			m.edits.deleteLines(m.file.Doc.Lines(tomldoc.Span{Start: items[from].Span.Start,
				End: items[i].Span.End}))
		}
	}
}

// cut deletes a pair from an inline table that has others, with one comma.
func (m *mover) cut(i int) {
	parent := m.item(i).Parent
	if m.dead[parent] {
		return // It goes as a whole.
	}
	siblings := m.children(parent)
	at := slices.Index(siblings, i)
	m.edits.replace(m.item(i).Span, "")
	if at+1 < len(siblings) {
		m.cutComma(i)
		return
	}
	for at--; at >= 0; at-- { // No comma may follow the last pair that stays.
		if !m.dead[siblings[at]] {
			m.cutComma(siblings[at])
			return
		}
	}
}

// cutComma deletes the comma behind a pair of an inline table.
func (m *mover) cutComma(i int) {
	at := m.item(i).Span.End
	for c := i + 1; ; {
		at += len(m.src[at:]) - len(strings.TrimLeft(m.src[at:], " \t\r\n"))
		if m.src[at] == ',' {
			m.edits.replace(tomldoc.Span{Start: at, End: at + 1}, "")
			return
		}
		for m.item(c).Span.Start < at { // what is nested in the pair
			c++
		}
		at = m.item(c).Span.End // a comment
	}
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
