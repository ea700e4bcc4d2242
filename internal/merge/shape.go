package merge

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// obstacles are values that stand where the table of a text would have to be, by the first two parts of their keys or by
// the first one alone.
type obstacles struct {
	names map[string]int
	ids   map[localefile.ID]int
}

// at returns the offset of what keeps the text from having a table of its own.
func (o *obstacles) at(id localefile.ID) (offset int, is bool) {
	if at, is := o.names[id.Name]; is {
		return at, true
	}
	at, is := o.ids[id]
	return at, is
}

// findObstacles finds all values that are no form of a text. Package localefile has reported them.
func findObstacles(file *localefile.File) obstacles {
	o := obstacles{map[string]int{}, map[localefile.ID]int{}}
	items := file.Doc.Items()
	claimed := make([]bool, len(items))
	own := make([]bool, len(file.Doc.Tables()))
	for i := range file.Entries {
		e := &file.Entries[i]
		if e.Doubled {
			continue
		}
		own[max(e.Table, 0)] = items[e.Item].Kind == tomldoc.Header
		for _, form := range e.Forms {
			if form.Present() {
				claimed[form.Item-1] = true
			}
		}
	}
	for i := range items {
		switch it := &items[i]; it.Kind {
		case tomldoc.ArrayHeader:
			o.names[firstName(file.Doc, it)] = it.Span.Start
		case tomldoc.Pair:
			holds := it.Value == tomldoc.InlineTable && holdsPair(items, i)
			if !claimed[i] && !holds && !(own[it.Table] && it.Table > 0) {
				o.add(file.Doc, i)
			}
		}
	}
	return o
}

// holdsPair reports whether an inline table has a pair in it, besides comments.
func holdsPair(items []tomldoc.Item, table int) bool {
	for i := table + 1; i < len(items) && items[i].Parent == table; i++ {
		if items[i].Kind == tomldoc.Pair {
			return true
		}
	}
	return false
}

// add adds a pair. If it is in an inline table, all that this is written for is in its way, since nothing can be added to
// such a table from outside, nor taken out of it by lines.
func (o *obstacles) add(doc *tomldoc.Doc, item int) {
	it := doc.Items()[statementOf(doc, item)]
	keys := doc.Keys(it)
	path := append(doc.AppendPath(nil, it.Table), keys[len(keys)-1].Name)
	path = strings.SplitN(strings.Join(path, "."), ".", 3)
	if at := doc.Items()[item].Span.Start; len(path) == 1 {
		o.names[path[0]] = at
	} else {
		o.ids[localefile.ID{Name: path[0], Part: path[1]}] = at
	}
}

// statementOf returns the outermost pair that an item is in.
func statementOf(doc *tomldoc.Doc, item int) int {
	items := doc.Items()
	for parent := items[item].Parent; parent >= 0 && items[parent].Kind != tomldoc.Header && items[parent].Kind != tomldoc.ArrayHeader; parent = items[item].Parent {
		item = parent
	}
	return item
}

func firstName(doc *tomldoc.Doc, header *tomldoc.Item) string {
	name, _, _ := strings.Cut(doc.Keys(*header)[0].Name, ".")
	return name
}

// stray is a text without a header, made ready to be put in as a table of its own.
type stray struct {
	text      string
	at, group int // where it goes, see [edit]
}

// moveStrays takes out every text that has no header and can be given one. They are all moved in one run, since a table
// that is written inline or with dotted keys cannot be half in tables of their own.
func (p *planner) moveStrays() {
	p.strays = map[int]stray{}
	m := mover{planner: p, gone: map[int]bool{}}
	for i := range p.file.Entries {
		e := &p.file.Entries[i]
		if _, blocked := p.obstacles.at(e.ID); e.Doubled || blocked || m.items()[e.Item].Kind == tomldoc.Header {
			continue
		}
		p.strays[i] = stray{text: m.table(e), group: i + 1}
		for _, form := range e.Forms {
			if form.Present() {
				p.meaning.gone(leafOf(p.file.Doc, form.Item-1))
			}
		}
	}
	m.delete()
	for i, s := range p.strays {
		s.at = p.first
		if section := m.items()[m.statement(p.file.Entries[i].Item)].Parent; section >= 0 {
			s.at = m.after[section]
		}
		p.strays[i] = s
	}
}

// mover takes texts out of statements, which are the lines or inline tables that they are written in.
type mover struct {
	*planner
	statements []int        // what was taken out, in the order of the file
	gone       map[int]bool // the same with their comments, and all that is nested in them
	after      map[int]int  // by header: where what stood below it goes
}

func (m *mover) items() []tomldoc.Item { return m.file.Doc.Items() }

func (m *mover) statement(item int) int { return statementOf(m.file.Doc, item) }

// table returns the text as a table. The comments of its first form are those of the table, the others stay with theirs.
func (m *mover) table(e *localefile.Entry) string {
	var above, forms []string
	for n, c := range inOrder(e) {
		item := e.Forms[c].Item - 1
		pair := m.items()[item]
		comments, side := m.take(m.statement(item))
		line := c.String() + " = " + m.file.Doc.Slice(pair.ValueSpan)
		if m.statement(item) == item {
			line += strings.Join(side, "")
		} else {
			comments = append(comments, translators(side)...)
		}
		if n == 0 {
			above = comments
		} else {
			forms = append(forms, comments...)
		}
		forms = append(forms, line)
	}
	lines := slices.Concat(above, []string{header(e.ID)}, forms)
	return strings.Join(lines, m.newline) + m.newline
}

// inOrder returns the categories of the forms in the order in which they stand in the file.
func inOrder(e *localefile.Entry) []plural.Category {
	var categories []plural.Category
	for c := range e.Forms {
		if e.Forms[c].Present() {
			categories = append(categories, plural.Category(c))
		}
	}
	slices.SortFunc(categories, func(a, b plural.Category) int { return e.Forms[a].Item - e.Forms[b].Item })
	return categories
}

// take takes a statement out and returns the comments above it, and those in or behind it, the white space in front of
// them included. Whoever takes a statement first gets its comments.
func (m *mover) take(statement int) (above, side []string) {
	if m.gone[statement] {
		return nil, nil
	}
	items := m.items()
	m.statements = append(m.statements, statement)
	m.gone[statement] = true
	for i := m.firstComment(statement); i < statement; i++ {
		m.gone[i] = true
		above = append(above, m.file.Doc.Slice(items[i].Span))
	}
	for i := statement + 1; i < len(items); i++ {
		behind := items[i].Kind == tomldoc.SideComment && items[i].Parent == statement
		if !behind && items[i].Span.Start >= items[statement].Span.End {
			break
		}
		m.gone[i] = true
		if items[i].Kind == tomldoc.SideComment {
			line := m.file.Doc.Slice(tomldoc.Span{Start: m.file.Doc.Lines(items[i].Span).Start, End: items[i].Span.Start})
			gap := line[len(strings.TrimRight(line, " \t")):]
			side = append(side, gap+m.file.Doc.Slice(items[i].Span))
		}
	}
	return above, side
}

// firstComment returns the first of the comments directly above a statement, or the statement. Lines of obsolete texts are
// none of them, nor are flags, which are the file's.
func (m *mover) firstComment(statement int) int {
	first := statement
	for first > 0 && m.items()[first-1].Kind == tomldoc.Comment {
		mark, _ := localefile.MarkOf(m.file.Doc.Slice(m.items()[first-1].Span))
		if mark != localefile.NoMark && mark != localefile.MarkSource {
			break
		}
		first--
	}
	return first
}

// delete deletes what was taken, and with it the headers that have nothing left.
func (m *mover) delete() {
	m.after = map[int]int{}
	emptied := map[int]bool{}
	for _, statement := range m.statements {
		section := m.items()[statement].Parent
		if section >= 0 && m.after[section] == 0 {
			block := m.block(section)
			span := m.file.Lines(&block)
			m.after[section] = span.End
			if m.empties(&block) {
				emptied[section] = true
				m.edits.deleteTable(span)
			}
		}
		if !emptied[section] {
			from := m.items()[m.firstComment(statement)].Span.Start
			m.edits.deleteLines(m.file.Doc.Lines(tomldoc.Span{Start: from, End: m.items()[statement].Span.End}))
		}
	}
}

// empties reports whether the header of the block has nothing left that belongs to it.
func (m *mover) empties(b *localefile.Block) bool {
	for i := b.First; i <= b.Last; i++ {
		if i != b.Header && !m.gone[i] && m.items()[i].Kind != tomldoc.Blank {
			return false
		}
	}
	return true
}

// translators returns the comments that are not the machine's, without the white space in front of them.
func translators(comments []string) []string {
	var kept []string
	for _, comment := range comments {
		comment = strings.TrimLeft(comment, " \t")
		if mark, _ := localefile.MarkOf(comment); mark == localefile.NoMark {
			kept = append(kept, comment)
		}
	}
	return kept
}

// header returns the header of a text's own table.
func header(id localefile.ID) string { return "[" + key(id.Name) + "." + key(id.Part) + "]" }

// key returns a part of a header, in quotes if it needs them.
func key(name string) string {
	bare := name != ""
	for i := range len(name) {
		c := name[i]
		bare = bare && ('A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-')
	}
	if bare {
		return name
	}
	return tomldoc.MustQuote(name)
}
