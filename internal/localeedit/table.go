package localeedit

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/invisible"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Table is a text of a file, with the table of its own that it may have there.
type Table struct {
	ID    localefile.ID
	Entry *localefile.Entry

	// Headed reports whether the text has a table of its own and is in the file once. Without it only
	// its forms can be set.
	Headed bool
	Notes  []string // extract's comments in the table

	file   *File
	block  localefile.Block
	above  []string // the comments that extract shall have above the header
	asIs   bool     // the comments are as they shall be, and there are no others
	spaced bool     // a formatter put a space into those in the table
}

// Table returns the text of an entry, for edits. Above and notes are the comments that extract
// shall have above the header and below it. Nearly every table has just these, which is found out
// first.
func (f *File) Table(entry int, above, notes []string) Table {
	e := &f.Entries[entry]
	t := Table{ID: f.IDs[entry], Entry: e, file: f, Headed: f.HasHeader(e) && !e.Doubled, above: above}
	if !t.Headed {
		return t
	}
	t.block = f.block(e.Item)
	if t.asIs = f.shows(&t.block, above, notes); t.asIs {
		t.Notes = notes
	} else {
		_, t.Notes, t.spaced = f.notes(t.block.Header+1, t.block.End)
	}
	return t
}

// End returns the offset behind the table with all that belongs to it.
func (t *Table) End() int { return t.file.Lines(&t.block).End }

// Fields returns the values of go-i18n's fields in the table, by their names in lower case.
func (t *Table) Fields() map[string]string {
	f := t.file
	if f.fields == nil {
		f.fields = map[int]map[string]string{}
		for i, name := range f.File.Fields {
			item := f.item(i)
			if f.fields[item.Table()] == nil {
				f.fields[item.Table()] = map[string]string{}
			}
			f.fields[item.Table()][name] = f.Doc.Text(item)
		}
	}
	return f.fields[t.Entry.Table]
}

// FormAt returns the offset of the text of a form that is there.
func (t *Table) FormAt(c plural.Category) int {
	return t.file.item(t.Entry.Forms[c].Item - 1).ValueSpan().Start
}

// Comments returns the translator's comments in the table and above it.
func (t *Table) Comments() []string {
	if !t.Headed {
		return nil
	}
	own, _ := t.file.CommentsIn(&t.block)
	return own
}

// HasOnlyForms reports whether the table has nothing but its forms and comments.
func (t *Table) HasOnlyForms() bool {
	values := 0
	for i := t.block.Header; i < t.block.End; i++ {
		if t.file.item(i).Kind == tomldoc.Pair {
			values++
		}
	}
	for _, form := range t.Entry.Forms {
		if form.Present() {
			values--
		}
	}
	return values == 0
}

// SetForm gives a form that is there another text.
func (t *Table) SetForm(c plural.Category, text string) {
	t.file.setValue(t.Entry.Forms[c], tomldoc.MustQuote(text), text)
}

// setValue gives a form the text that is written so.
func (f *File) setValue(form localefile.Form, written, text string) {
	f.edits.replace(f.item(form.Item-1).ValueSpan(), written)
	leaf := f.leaf(form.Item - 1)
	f.meaning.gone(leaf)
	leaf.Text = text
	f.meaning.come(leaf)
}

// DropForm deletes a form that is there.
func (t *Table) DropForm(c plural.Category) {
	f, item := t.file, t.Entry.Forms[c].Item-1
	pair := f.item(item).Span()
	lines := f.Doc.Lines(pair)
	kept := ""
	behind := strings.Trim(f.slice(tomldoc.Span{Start: pair.End, End: lines.End}), " \t\r\n")
	if behind != "" && !isNote(behind) {
		kept = f.Doc.Indent(pair.Start) + behind + f.Newline // a comment, which is the translator's
	}
	f.edits.replace(lines, kept)
	f.meaning.gone(f.leaf(item))
}

// AddForm puts in a form that the table does not have: behind the one before it in CLDR's order,
// else in front of the one behind it. Something else with its name stays in its place.
func (t *Table) AddForm(c plural.Category, text string) {
	if t.has(c.String()) {
		return
	}
	line := []string{formLine(c, text)}
	t.file.meaning.come(formLeaf(t.ID, c, text))
	for before := int(c) - 1; before >= 0; before-- {
		if form := t.Entry.Forms[before]; form.Present() {
			t.insertLines(t.lineEnd(form.Item-1), below, t.indent(), line)
			return
		}
	}
	for _, form := range t.Entry.Forms[c:] {
		if form.Present() {
			t.insertLines(t.lineStart(form.Item-1), above, t.indent(), line)
			return
		}
	}
	t.insertLines(t.lineEnd(t.lastNote()), below, t.indent(), line)
}

// has reports whether the table has a value with the key, which need not be a text, or another
// table.
func (t *Table) has(key string) bool {
	if slices.Contains(t.file.tablesIn(t.Entry.Table), key) {
		return true
	}
	for i := t.block.Header + 1; i < t.block.End; i++ {
		if item := t.file.item(i); item.Kind == tomldoc.Pair && item.Table() == t.Entry.Table {
			if keys := t.file.Doc.Keys(item); keys[len(keys)-1].Name == key {
				return true
			}
		}
	}
	return false
}

// tablesIn returns the names of the tables in a table.
func (f *File) tablesIn(table int) []string {
	if f.inside == nil {
		f.inside = map[int][]string{}
		for _, other := range f.Doc.Tables() {
			f.inside[other.Parent] = append(f.inside[other.Parent], other.Name)
		}
	}
	return f.inside[table]
}

// lastNote returns the last comment directly below the header, or the header: the first form goes
// behind it.
func (t *Table) lastNote() int {
	last := t.block.Header
	for i := last + 1; i <= t.block.Last && t.file.item(i).Kind == tomldoc.Comment; i++ {
		last = i
	}
	return last
}

// SetNotes gives the table other comments of extract. They go below its header, unless the table
// has these already, wherever they are.
func (t *Table) SetNotes(notes []string) {
	if slices.Equal(t.Notes, notes) {
		return
	}
	items, _, _ := t.file.notes(t.block.Header+1, t.block.End)
	t.deleteItems(items)
	t.insertLines(t.lineEnd(t.block.Header), below, t.indent(), notes)
}

// SetAbove brings the comments of extract above the header up to date.
func (t *Table) SetAbove() {
	if t.asIs {
		return
	}
	items, have := t.file.linesAbove(&t.block, t.spaced)
	if slices.Equal(have, t.above) {
		return
	}
	at := t.block.Header
	if len(items) > 0 {
		at = items[0]
	}
	t.deleteItems(items)
	t.insertLines(t.lineStart(at), above, t.indentOf(t.block.Header), t.above)
}

// SetComments gives the text other comments of its translator. Those that stay are not touched, nor
// is what follows the table after a blank line, since it could be about the one below.
func (t *Table) SetComments(comments []string) {
	left := map[string]int{}
	for i, comment := range comments {
		comments[i] = invisible.EscapeLine(strings.TrimSpace(comment))
		left[comments[i]]++
	}
	f := t.file
	for _, i := range f.OwnComments(&t.block) {
		comment := f.OwnComment(i)
		if left[comment] > 0 {
			left[comment]--
			continue
		}
		if i > t.block.Last {
			continue
		}
		it := f.item(i)
		if it.Kind == tomldoc.SideComment {
			f.edits.replace(tomldoc.Span{Start: f.item(it.Parent()).Span().End, End: it.Span().End}, "")
		} else {
			f.edits.replace(f.Doc.Lines(it.Span()), "")
		}
	}
	var added []string
	for _, comment := range comments {
		if left[comment] > 0 && comment != "" {
			left[comment]--
			added = append(added, comment)
		}
	}
	t.insertComments(added)
}

// AddComments adds the comments of a translator that the text does not have.
func (t *Table) AddComments(comments []string) {
	own := t.Comments()
	var added []string
	for _, comment := range comments {
		if comment = invisible.EscapeLine(comment); !slices.Contains(own, comment) {
			own, added = append(own, comment), append(added, comment)
		}
	}
	t.insertComments(added)
}

// insertComments puts in comments of a translator directly above the header.
func (t *Table) insertComments(comments []string) {
	var lines []string
	for _, comment := range comments {
		line := "# " + comment
		if mark, _, _ := localefile.MarkOf(line); mark != localefile.NoMark {
			line = "#  " + comment // It would be taken for one of extract's.
		}
		lines = append(lines, line)
	}
	t.insertLines(t.lineStart(t.block.Header), above, t.indentOf(t.block.Header), lines)
}

// lineStart and lineEnd return the offsets of the lines of an item, and behind them.
func (t *Table) lineStart(item int) int { return t.lines(item).Start }
func (t *Table) lineEnd(item int) int   { return t.lines(item).End }

func (t *Table) lines(item int) tomldoc.Span { return t.file.Doc.Lines(t.file.item(item).Span()) }

// indent returns the white space that lines of the table begin with.
func (t *Table) indent() string {
	for _, form := range t.Entry.Forms {
		if form.Present() {
			return t.indentOf(form.Item - 1)
		}
	}
	return t.indentOf(t.block.Header)
}

func (t *Table) indentOf(item int) string {
	return t.file.Doc.Indent(t.file.item(item).Span().Start)
}

func (t *Table) deleteItems(items []int) {
	t.file.edits.list = slices.Grow(t.file.edits.list, len(items))
	for _, i := range items {
		t.file.edits.replace(t.lines(i), "")
	}
}

func (t *Table) insertLines(at int, r rank, indent string, lines []string) {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(indent)
		b.WriteString(line)
		b.WriteString(t.file.Newline)
	}
	t.file.edits.insert(at, r, b.String())
}
