package localeedit

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Excerpt is a text that was taken out of a file: a file with its table alone.
type Excerpt struct {
	*File
	ID       localefile.ID
	Forms    localefile.Forms
	Comments []string // above and in the table, as they are written
	Others   bool     // the table has values that are not forms
}

// NewExcerpt returns the text with the given table.
func NewExcerpt(id localefile.ID, table string) Excerpt {
	same := func(id localefile.ID) localefile.ID { return id }
	f, _, _ := Read(new(localefile.Reader), "", language.Und, nil, []byte(table), same)
	f.src = table
	t := Excerpt{File: f, ID: id}
	values := 0
	for _, it := range f.Doc.Items() {
		switch it.Kind {
		case tomldoc.Comment, tomldoc.SideComment:
			t.Comments = append(t.Comments, f.slice(it.Span()))
		case tomldoc.Pair:
			values++
		}
	}
	for i := range f.Entries {
		t.Forms = f.Entries[i].Texts()
		for _, form := range f.Entries[i].Forms {
			if form.Present() {
				values--
			}
		}
	}
	t.Others = values > 0
	return t
}

// WithComments returns the text with comments in front that it does not have. Their lines end with
// newline.
func (t Excerpt) WithComments(comments []string, newline string) Excerpt {
	var lines strings.Builder
	for _, comment := range comments {
		if !slices.Contains(t.Comments, comment) {
			lines.WriteString(comment + newline)
		}
	}
	return NewExcerpt(t.ID, lines.String()+t.src)
}

// Take deletes texts from the file and returns each as a table with the translator's comments. A
// table with a header goes as it is, without extract's lines. Of the other shapes all that says the
// text goes, and what is around it stays.
func (f *File) Take(entries ...int) []Excerpt {
	m := mover{File: f, dead: map[int]bool{}, comments: map[int][]string{}, kept: map[int]bool{}}
	for _, i := range entries {
		if e := &f.Entries[i]; !f.HasHeader(e) {
			m.kill(e)
		}
	}
	if len(m.dead) > 0 { // In nearly all files every text has a table of its own.
		m.settle()
		m.delete()
	}
	out := make([]Excerpt, 0, len(entries))
	for _, i := range entries {
		e := &f.Entries[i]
		if !f.HasHeader(e) {
			out = append(out, NewExcerpt(f.IDs[i], m.table(e, f.IDs[i])))
			continue
		}
		out = append(out, f.Copy(i))
		block := f.block(e.Item)
		f.edits.deleteTable(f.Lines(&block))
		leaves(f.Doc, block.Header, block.End, f.meaning.gone)
	}
	return out
}

// Copy returns what [File.Take] would of a text that has a table of its own.
func (f *File) Copy(entry int) Excerpt {
	b, id := f.block(f.Entries[entry].Item), f.IDs[entry]
	return NewExcerpt(id, f.tableText(&b, id))
}

// tableText returns the lines of a block without extract's own, under the header of the ID.
func (f *File) tableText(b *localefile.Block, id localefile.ID) string {
	notes, _, spaced := f.notes(b.Header+1, b.Last+1)
	own, _ := f.linesAbove(b, spaced)
	own = append(own, notes...)
	lines := f.Lines(b)
	at := lines.Start
	var out strings.Builder
	skip := func(span tomldoc.Span, instead string) {
		out.WriteString(f.slice(tomldoc.Span{Start: at, End: span.Start}) + instead)
		at = span.End
	}
	for i := b.First; i <= b.Last; i++ {
		switch {
		case i == b.Header && f.idOf(i) != id:
			skip(f.item(i).Span(), Header(id))
		case slices.Contains(own, i):
			skip(f.Doc.Lines(f.item(i).Span()), "")
		}
	}
	out.WriteString(f.slice(tomldoc.Span{Start: at, End: lines.End}))
	return out.String()
}

// idOf returns the ID in a header, as far as it has exactly its two parts.
func (f *File) idOf(item int) localefile.ID {
	keys := f.Doc.Keys(f.item(item))
	if len(keys) != 2 {
		return localefile.ID{}
	}
	return localefile.ID{Name: keys[0].Name, Part: keys[1].Name}
}

// mover takes texts out of statements, which are the lines or inline tables that they are written
// in.
type mover struct {
	*File
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
	items := m.Doc.Items()
	stays := func(pair int) bool { return !m.dead[pair] }
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].Kind == tomldoc.Pair && items[i].Value == tomldoc.InlineTable {
			if pairs := m.children(i); len(pairs) > 0 && !slices.ContainsFunc(pairs, stays) {
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
	items := m.Doc.Items()
	var pairs []int
	for c := i + 1; c < len(items) && items[c].Span().Start < items[i].Span().End; c++ {
		if items[c].Kind == tomldoc.Pair && items[c].Parent() == i {
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

// collect finds the comments of a pair that goes: those above it if it is a statement, and those
// behind or in it.
func (m *mover) collect(i int) {
	to := m.leafIn(i)
	if m.isStatement(i) {
		for c := m.firstAbove(i); c < i; c++ {
			m.keep(to, c)
		}
	}
	items := m.Doc.Items()
	for c := i + 1; c < len(items); c++ {
		side := items[c].Kind == tomldoc.SideComment
		if side && items[c].Parent() == i {
			m.keep(to, c)
		} else if items[c].Span().Start >= items[i].Span().End {
			break
		}
	}
}

// firstAbove returns the first of the comments directly above a statement, or the statement.
func (m *mover) firstAbove(statement int) int {
	first := statement
	for first > 0 && m.item(first-1).Kind == tomldoc.Comment {
		first--
	}
	return first
}

// keep has a comment go with a pair, unless it is extract's.
func (m *mover) keep(to, comment int) {
	line := m.Comment(comment)
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
		isComment := it.Kind == tomldoc.Comment ||
			it.Kind == tomldoc.SideComment && it.Parent() == b.Header
		if line := m.slice(it.Span()); isComment && !isNote(line) && !m.kept[i] {
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
		below = append(below, category[item]+" = "+m.slice(m.item(item).ValueSpan()))
	}
	lines := slices.Concat(above, []string{Header(id)}, below)
	return strings.Join(lines, m.Newline) + m.Newline
}

// delete deletes what was taken.
func (m *mover) delete() {
	for _, h := range m.headers {
		b := m.block(h)
		m.edits.deleteTable(m.Lines(&b))
	}
	items := m.Doc.Items()
	for i := range items {
		switch {
		case !m.dead[i] || items[i].Kind != tomldoc.Pair:
		case !m.isStatement(i):
			m.cut(i)
		case !slices.Contains(m.headers, items[i].Parent()):
			span := tomldoc.Span{Start: items[m.firstAbove(i)].Span().Start, End: items[i].Span().End}
			m.edits.deleteLines(m.Doc.Lines(span))
		}
	}
}

// cut deletes a pair from an inline table that has others, with one comma.
func (m *mover) cut(i int) {
	parent := m.item(i).Parent()
	if m.dead[parent] {
		return // It goes as a whole.
	}
	siblings := m.children(parent)
	at := slices.Index(siblings, i)
	m.edits.replace(m.item(i).Span(), "")
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
	at := m.item(i).Span().End
	for c := i + 1; ; {
		at += len(m.src[at:]) - len(strings.TrimLeft(m.src[at:], " \t\r\n"))
		if m.src[at] == ',' {
			m.edits.replace(tomldoc.Span{Start: at, End: at + 1}, "")
			return
		}
		for m.item(c).Span().Start < at { // what is nested in the pair
			c++
		}
		at = m.item(c).Span().End // a comment
	}
}
