package merge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// table is a text with a header of its own that is brought up to date.
type table struct {
	*planner
	file    *localefile.File
	entry   *localefile.Entry
	block   localefile.Block
	message *message
	edits   *edits
	at      int // where findings about the text are to be, or -1 for its own place
}

// sync brings the table up to date and returns the text's state.
func (t *table) sync() State {
	items, lines := t.comments(t.block.Header+1, t.block.End, isNote)
	forms := t.entry.Texts()
	if t.role == source {
		if t.edited(&forms, lines) {
			t.reportEdited(&forms)
			return stateOf(&forms)
		}
		t.replaceNotes(items, lines, t.message.source)
		t.syncHead()
		t.copyForms(&forms)
		return Translated
	}
	var before *localefile.Forms
	if !slices.Equal(lines, t.message.source) {
		before = t.stoodBefore(t.message.ID)
	}
	v := t.message.judge(t.want.domain.Source, &forms, lines, before)
	if v.adopted {
		t.summary.Adopted++
	}
	t.replaceNotes(items, lines, v.lines)
	t.syncHead()
	if v.state == Missing && t.role != variant {
		for c := range t.formsOf(t.message).All() {
			t.addForm(c, "")
		}
	}
	return v.state
}

// isNote reports whether a comment with the mark, inside a table, is the machine's.
func isNote(mark localefile.Mark) bool {
	return mark == localefile.MarkSource || mark == localefile.MarkFlag || mark == localefile.MarkWas
}

func isContext(mark localefile.Mark) bool { return mark == localefile.MarkSource }

// comments returns those of the items from first to last, without last, that are comments with such a mark.
func (t *table) comments(first, last int, is func(localefile.Mark) bool) (items []int, lines []string) {
	for i := first; i < last; i++ {
		item := &t.file.Doc.Items()[i]
		if item.Kind != tomldoc.Comment {
			continue
		}
		line := t.file.Doc.Slice(item.Span)
		if mark, _ := localefile.MarkOf(line); is(mark) {
			items, lines = append(items, i), append(lines, line)
		}
	}
	return items, lines
}

// replaceNotes makes lines the machine's lines of the table. They go below its header, unless they are right already,
// wherever they stand.
func (t *table) replaceNotes(items []int, have, want []string) {
	if slices.Equal(have, want) {
		return
	}
	t.deleteLines(items)
	t.insertLines(t.lineEnd(t.block.Header), below, t.indent(), want)
}

// syncHead brings up to date what stands above the header, and the header itself if it is written with a dot in quotes.
func (t *table) syncHead() {
	head := t.item(t.block.Header)
	items, have := t.comments(t.block.First, t.block.Header, isContext)
	if want := t.message.context; !slices.Equal(have, want) {
		at := head
		if len(items) > 0 {
			at = t.item(items[0])
		}
		t.deleteLines(items)
		t.insertLines(t.file.Doc.Lines(at.Span).Start, above, t.file.Doc.Indent(head.Span.Start), want)
	}
	if _, blocked := t.obstacles.at(t.message.ID); !t.file.Own(t.entry) && !blocked {
		t.edits.replace(head.Span, header(t.message.ID))
		if t.at < 0 {
			t.summary.Moved++
		}
	}
}

// edited reports whether a text of the source locale's file is neither Go's nor the one that was copied from there before.
func (t *table) edited(forms *localefile.Forms, lines []string) bool {
	is := func(f localefile.Forms) bool { return f.Equal(forms) }
	return !forms.Missing() && !is(t.message.forms) && !slices.ContainsFunc(localefile.ReadNotes(lines).Source, is)
}

// copyForms makes the forms those of Go.
func (t *table) copyForms(forms *localefile.Forms) {
	if *forms != t.message.forms {
		t.summary.Rewritten++
	}
	for c, text := range t.message.forms {
		switch form := t.entry.Forms[c]; {
		case !form.Present() && text != "":
			t.addForm(plural.Category(c), text)
		case form.Present() && text == "":
			t.dropForm(form)
		case form.Text != text:
			t.setForm(form, text)
		}
	}
}

func (t *table) setForm(form localefile.Form, text string) {
	t.edits.replace(t.item(form.Item-1).ValueSpan, tomldoc.MustQuote(text))
	leaf := leafOf(t.file.Doc, form.Item-1)
	t.meaning.gone(leaf)
	leaf.Text = text
	t.meaning.come(leaf)
}

func (t *table) dropForm(form localefile.Form) {
	pair := t.item(form.Item - 1).Span
	lines := t.file.Doc.Lines(pair)
	kept := ""
	behind := strings.TrimRight(t.file.Doc.Slice(tomldoc.Span{Start: pair.End, End: lines.End}), "\r\n")
	behind = strings.TrimLeft(behind, " \t")
	if mark, _ := localefile.MarkOf(behind); behind != "" && mark == localefile.NoMark {
		kept = t.file.Doc.Indent(pair.Start) + behind + t.newline // a comment, which is the translator's
	}
	t.edits.replace(lines, kept)
	t.meaning.gone(leafOf(t.file.Doc, form.Item-1))
}

// addForm puts in a form that the table does not have: behind the one before it in CLDR's order, else in front of the one
// behind it.
func (t *table) addForm(c plural.Category, text string) {
	if t.has(c.String()) {
		return
	}
	line := []string{c.String() + " = " + tomldoc.MustQuote(text)}
	t.meaning.come(Leaf{Path: t.message.ID.String() + "." + c.String(), Kind: "string", Text: text})
	for before := int(c) - 1; before >= 0; before-- {
		if form := t.entry.Forms[before]; form.Present() {
			t.insertLines(t.lineEnd(form.Item-1), below, t.indent(), line)
			return
		}
	}
	for _, form := range t.entry.Forms[c:] {
		if form.Present() {
			t.insertLines(t.file.Doc.Lines(t.item(form.Item-1).Span).Start, above, t.indent(), line)
			return
		}
	}
	t.insertLines(t.lineEnd(t.lastNote()), below, t.indent(), line)
}

// has reports whether the table has a value with the key, be it one that is no text, or another table.
func (t *table) has(key string) bool {
	// Where there is a table inside, what is in it is an obstacle. Few files have any, so few are searched for tables.
	if _, is := t.obstacles.ids[t.message.ID]; is {
		inside := func(other tomldoc.Table) bool { return other.Parent == t.entry.Table && other.Name == key }
		if slices.ContainsFunc(t.file.Doc.Tables(), inside) {
			return true
		}
	}
	for i := t.block.Header + 1; i < t.block.End; i++ {
		if item := t.item(i); item.Kind == tomldoc.Pair && item.Table == t.entry.Table {
			if keys := t.file.Doc.Keys(item); keys[len(keys)-1].Name == key {
				return true
			}
		}
	}
	return false
}

// lastNote returns the last comment directly below the header, or the header: the first form goes behind it.
func (t *table) lastNote() int {
	last := t.block.Header
	for i := last + 1; i <= t.block.Last && t.item(i).Kind == tomldoc.Comment; i++ {
		last = i
	}
	return last
}

func (t *table) item(i int) tomldoc.Item { return t.file.Doc.Items()[i] }

// lineEnd returns the offset behind the last line of item i.
func (t *table) lineEnd(i int) int { return t.file.Doc.Lines(t.item(i).Span).End }

// indent returns the white space that lines of the table begin with.
func (t *table) indent() string {
	for _, form := range t.entry.Forms {
		if form.Present() {
			return t.file.Doc.Indent(t.item(form.Item - 1).Span.Start)
		}
	}
	return t.file.Doc.Indent(t.item(t.block.Header).Span.Start)
}

func (t *table) deleteLines(items []int) {
	for _, i := range items {
		t.edits.replace(t.file.Doc.Lines(t.item(i).Span), "")
	}
}

func (t *table) insertLines(at int, r rank, indent string, lines []string) {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(indent)
		b.WriteString(line)
		b.WriteString(t.newline)
	}
	t.edits.insert(at, r, b.String())
}

// reportEdited says that a text of the source locale's file was edited by hand.
func (t *table) reportEdited(forms *localefile.Forms) {
	at := t.at
	for c := range forms {
		if form := t.entry.Forms[c]; at < 0 && form.Present() && form.Text != t.message.forms[c] {
			at = t.item(form.Item - 1).ValueSpan.Start
		}
	}
	if at < 0 {
		at = t.item(t.entry.Item).Span.Start
	}
	hint := "change the text in Go, which this file is written from; delete it here to have it written again"
	if place := t.message.place(); place.File != "" {
		hint = fmt.Sprintf("change the text at %s:%d:%d, which this file is written from; delete it here to have it written again",
			place.File, place.Line, place.Column)
	}
	t.report(at, diag.Error, RuleSourceEdited,
		fmt.Sprintf("%v was edited by hand: it is %s here, and %s in Go", t.message.ID, show(forms), show(&t.message.forms)), hint)
}

// show returns the forms of a text on one line.
func show(forms *localefile.Forms) string {
	if !forms.Plural() {
		return tomldoc.MustQuote(forms[plural.Other])
	}
	var shown []string
	for c, text := range forms {
		if text != "" {
			shown = append(shown, plural.Category(c).String()+" "+tomldoc.MustQuote(text))
		}
	}
	return strings.Join(shown, ", ")
}
