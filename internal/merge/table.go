package merge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// table is a text with a header of its own that is brought up to date.
type table struct {
	*planner
	*sheet
	entry   *localefile.Entry
	block   localefile.Block
	message *message
}

// judge finds the state of a translation, and adds what is new about it to the facts. The lines are
// extract's in its table.
func (p *planner) judge(id localefile.ID, m *message, forms *localefile.Forms,
	lines []string) state.Result {
	if id == m.ID && p.accept == nil && slices.Equal(lines, m.source) && p.isGood(m, forms) {
		return state.Result{}
	}
	t := &state.Text{
		ID: id.String(), Forms: state.Forms(*forms), Source: state.Forms(m.forms), Oldest: m.oldest,
	}
	if id == m.ID && p.role != state.Variant {
		t.Asked = m.asked(p.tag)
	}
	t.Past = func() []state.Fact { return p.past().Of(t.ID) }
	before, known := p.domain.before[m.ID]
	t.Before = state.Forms(before)
	if older := p.domain.Older; older != nil {
		t.Older = func(f state.Fingerprint) (string, bool) {
			for _, text := range older(m.ID) {
				if state.FingerprintOf(text, m.oldest) == f {
					return text, true
				}
			}
			return "", false
		}
	}
	// Lines that show the source text as it was and still is say nothing new.
	if !slices.Equal(lines, m.source) || known && before != m.forms {
		show(t, lines)
	}
	if p.accept != nil && p.accept(id) && !forms.Missing() {
		if p.mark == state.Rejected {
			p.summary.Rejected++
		} else {
			p.summary.Accepted++
		}
		p.learn(t.FactsFor(t.Source, p.mark)...)
	}
	r := state.Resolve(p.facts, p.domain.source, t)
	if p.domain.Displayed && p.content.State == nil && (t.Flag == state.FlagStale ||
		t.Flag == state.FlagReview) {
		r.Flag = t.Flag
		return r
	}
	if len(r.New) > 0 && !p.frozen {
		p.learn(r.New...)
		p.summary.Recorded++
	}
	return r
}

// isGood reports whether each form of a translation has a fact for the source text as it is, so
// that nothing else about it matters.
func (p *planner) isGood(m *message, forms *localefile.Forms) bool {
	facts := p.facts.Of(m.id)
	for c, text := range forms {
		if strings.TrimSpace(text) == "" {
			continue
		}
		category := plural.Category(c)
		from, _ := state.SourceForm(m.categories, category)
		print, good := state.FingerprintOf(text, m.oldest), false
		for _, f := range facts {
			if f.Form == category && f.Text == print && f.Source == m.prints[from] {
				if f.Mark != state.Plain {
					return false
				}
				good = true
			}
		}
		if !good {
			return false
		}
	}
	return true
}

// show adds to a text what the lines in its table say.
func show(t *state.Text, lines []string) {
	notes := localefile.ReadNotes(lines)
	switch {
	case notes.OK:
		t.Flag = state.FlagOK
	case notes.Stale:
		t.Flag = state.FlagStale
	case notes.Review:
		t.Flag = state.FlagReview
	}
	t.Shown, t.Previous = listsOf(notes.Seen), listsOf(notes.Was)
}

// sync brings the table of a translation up to date.
func (t *table) sync() state.Result {
	items, lines, spaced := t.notesOf(t.entry)
	forms := t.entry.Texts()
	r := t.judge(t.message.ID, t.message, &forms, lines)
	t.replaceNotes(items, lines, t.linesFor(&r))
	t.syncContext(spaced)
	if t.role != state.Variant {
		for c := range t.message.asked(t.tag).All() {
			if !t.entry.Forms[c].Present() {
				t.addForm(c, "")
			}
		}
	}
	return r
}

// linesFor returns the lines that the table of a translation shows.
func (t *table) linesFor(r *state.Result) []string {
	lines := slices.Clip(t.message.source)
	switch r.Flag {
	case state.FlagStale:
		lines = append(lines, localefile.MarkFlag.Line(localefile.FlagStale))
	case state.FlagReview:
		lines = append(lines, localefile.MarkFlag.Line(localefile.FlagReview))
	}
	if was := localefile.Forms(r.Previous); !was.Missing() {
		named := was.Plural() || t.message.forms.Plural()
		lines = append(lines, localefile.SourceLines(localefile.MarkWas, t.domain.Source, &was, named)...)
	}
	return lines
}

// replaceNotes makes lines extract's lines of the table. They go below its header, unless they are
// right already, wherever they are.
func (t *table) replaceNotes(items []int, have, want []string) {
	if slices.Equal(have, want) {
		return
	}
	t.deleteItems(items)
	t.insertLines(t.lineEnd(t.block.Header), below, t.indent(), want)
}

// syncContext brings the lines above the header up to date.
func (t *table) syncContext(spaced bool) {
	head := t.item(t.block.Header)
	items, have := t.context(&t.block, spaced)
	if want := t.message.contextIn(t.locale); !slices.Equal(have, want) {
		at := head
		if len(items) > 0 {
			at = t.item(items[0])
		}
		t.deleteItems(items)
		t.insertLines(t.file.Doc.Lines(at.Span).Start, above, t.file.Doc.Indent(head.Span.Start), want)
	}
}

// syncSource makes the table of the source locale's file say what Go says. It reports a text that
// was edited by hand, and leaves it.
func (t *table) syncSource() {
	forms := t.entry.Texts()
	if t.isEdited(&forms) {
		t.reportEdited(&forms)
		return
	}
	items, lines, spaced := t.notesOf(t.entry)
	t.replaceNotes(items, lines, t.message.source)
	t.syncContext(spaced)
	if forms != t.message.forms {
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

// isEdited reports whether a text of the source locale's file is neither Go's nor one that the
// state names. Where the state lacks the text, what the file has counts as last written.
func (p *planner) isEditedSource(m *message, forms *localefile.Forms) bool {
	id := m.ID.String()
	if len(p.facts.Of(id)) == 0 {
		return false
	}
	for c, text := range forms {
		if text == "" {
			continue
		}
		f := state.FingerprintOf(text, m.oldest)
		known := m.forms[c] != "" && f == state.FingerprintOf(m.forms[c], m.oldest) ||
			p.facts.Has(state.Fact{ID: id, Form: plural.Category(c), Text: f, Source: f})
		if !known {
			return true
		}
	}
	return false
}

func (t *table) isEdited(forms *localefile.Forms) bool { return t.isEditedSource(t.message, forms) }

func (t *table) setForm(form localefile.Form, text string) {
	t.sheet.edits.replace(t.item(form.Item-1).ValueSpan, tomldoc.MustQuote(text))
	leaf := t.leaf(form.Item - 1)
	t.meaning.gone(leaf)
	leaf.Text = text
	t.meaning.come(leaf)
}

func (t *table) dropForm(form localefile.Form) {
	pair := t.item(form.Item - 1).Span
	lines := t.file.Doc.Lines(pair)
	kept := ""
	behind := strings.Trim(t.slice(tomldoc.Span{Start: pair.End, End: lines.End}), " \t\r\n")
	if behind != "" && !isNote(behind) {
		kept = t.file.Doc.Indent(pair.Start) + behind + t.newline // a comment, which is the translator's
	}
	t.edits.replace(lines, kept)
	t.meaning.gone(t.leaf(form.Item - 1))
}

// addForm puts in a form that the table does not have: behind the one before it in CLDR's order,
// else in front of the one behind it.
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

// has reports whether the table has a value with the key, which need not be a text, or another
// table.
func (t *table) has(key string) bool {
	// Where there is a table inside, what is in it is an obstacle. Few files have any, so few are
	// searched for tables.
	if _, is := t.obstacles.ids[t.message.ID]; is {
		inside := func(other tomldoc.Table) bool {
			return other.Parent == t.entry.Table &&
				other.Name == key
		}
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

// lastNote returns the last comment directly below the header, or the header: the first form goes
// behind it.
func (t *table) lastNote() int {
	last := t.block.Header
	for i := last + 1; i <= t.block.Last && t.item(i).Kind == tomldoc.Comment; i++ {
		last = i
	}
	return last
}

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

func (t *table) deleteItems(items []int) {
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
	at := -1
	for c := range forms {
		if form := t.entry.Forms[c]; at < 0 && form.Present() && form.Text != t.message.forms[c] {
			at = t.item(form.Item - 1).ValueSpan.Start
		}
	}
	if at < 0 {
		at = t.item(t.entry.Item).Span.Start
	}
	in := ""
	if place := t.message.place(); place.File != "" {
		in = fmt.Sprintf(" at %s:%d:%d", place.File, place.Line, place.Column)
	}
	t.report(at, RuleSourceEdited,
		fmt.Sprintf("%v was edited by hand: it is %s here, and %s in Go", t.message.ID, shown(forms),
			shown(&t.message.forms)),
		fmt.Sprintf("change the text in Go%s, which this file is written from; "+
			"delete it here to have it written again", in))
}

// shown returns the forms of a text on one line.
func shown(forms *localefile.Forms) string {
	if !forms.Plural() {
		return tomldoc.MustQuote(forms[plural.Other])
	}
	var texts []string
	for c, text := range forms {
		if text != "" {
			texts = append(texts, plural.Category(c).String()+" "+tomldoc.MustQuote(text))
		}
	}
	return strings.Join(texts, ", ")
}
