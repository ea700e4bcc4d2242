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

// table is a text of a file, with the table of its own that it may have there.
type table struct {
	*planner
	*sheet
	id      localefile.ID
	entry   *localefile.Entry
	message *message // nil for a text that is gone
	forms   localefile.Forms

	headed  bool // it has a table of its own, so that the other fields are set
	block   localefile.Block
	context []string // the lines that extract puts above the header
	asIs    bool     // the comments are these and the message's, and no others
	lines   []string // extract's comments in the table
	spaced  bool     // a formatter put a space into them

	add  plural.Set                 // forms that are taken over and that the table does not have
	made map[plural.Category]string // the source texts of stale ones, by form of the source
}

func (p *planner) tableOf(s *sheet, entry int, m *message) table {
	e := &s.file.Entries[entry]
	t := table{planner: p, sheet: s, id: s.ids[entry], entry: e, message: m, forms: e.Texts()}
	if t.headed = s.file.HasHeader(e) && !e.Doubled; t.headed {
		t.block = s.block(e.Item)
		if m != nil {
			t.context = m.contextIn(p.locale)
			t.asIs = s.shows(&t.block, t.context, m.source)
		}
		if t.asIs {
			t.lines = m.source
		} else {
			_, t.lines, t.spaced = s.notes(t.block.Header+1, t.block.End)
		}
	}
	return t
}

// judge finds the state of a translation.
func (t *table) judge() state.Result {
	p, m := t.planner, t.message
	known := t.asIs || slices.Equal(t.lines, m.source) // The lines show the source text as it is.
	if known && t.id == m.ID && t.isGood() {
		return state.Result{}
	}
	text := t.text()
	text.Source, text.Oldest = state.Forms(m.forms), m.oldest
	if p.domain.Review {
		text.Mark = state.ForReview
	}
	if t.id == m.ID && p.Role != state.Variant {
		text.Asked = m.asked(p.Tag)
	}
	written := p.domain.written()
	text.Before = state.Forms(written.texts[m.ID])
	if older := p.domain.Older; older != nil {
		text.Older = func(f state.Fingerprint) (string, bool) {
			for _, text := range older(m.ID) {
				if state.FingerprintOf(text, m.oldest) == f {
					return text, true
				}
			}
			return "", false
		}
	}
	for c, source := range t.made {
		if text.Previous == nil {
			text.Previous = state.Lines{}
		}
		text.Previous[c] = append(text.Previous[c], source)
	}
	r := state.Resolve(p.facts, written.facts, text)
	if p.domain.Displayed && p.content.State == nil && (text.Flag == state.FlagStale ||
		text.Flag == state.FlagReview) {
		r.Flag, r.New = text.Flag, nil
	}
	return r
}

// factsFor returns the facts that say that all forms of the text were made from Go's.
func (t *table) factsFor(mark state.Mark) []state.Fact {
	text := &state.Text{ID: t.message.id, Forms: state.Forms(t.forms), Oldest: t.message.oldest}
	return text.FactsFor(state.Forms(t.message.forms), mark)
}

// accept writes down that somebody confirms the translation as it is, or refuses it.
func (t *table) accept(mark state.Mark) state.Result {
	if mark == state.Rejected {
		t.Summary.Rejected++
	} else {
		t.Summary.Accepted++
	}
	t.learn(t.factsFor(mark)...)
	r := t.judge()
	t.learn(r.New...)
	if t.headed {
		t.replaceNotes(t.linesFor(&r))
	}
	return r
}

// maxNotes is how many of extract's lines in a table are read. It writes no more than a line for
// each form and original, and merged branches have twice as many.
const maxNotes = 100

// text returns what the file and earlier states say about the text.
func (t *table) text() *state.Text {
	notes := localefile.ReadNotes(t.lines[:min(len(t.lines), maxNotes)])
	text := &state.Text{
		ID: t.id.String(), Forms: state.Forms(t.forms),
		Shown: notes.Seen, Previous: notes.Was,
	}
	past := t.past
	text.Past = func() []state.Fact { return past().Of(text.ID) }
	switch {
	case notes.OK:
		text.Flag = state.FlagOK
	case notes.Stale:
		text.Flag = state.FlagStale
	case notes.Review:
		text.Flag = state.FlagReview
	}
	return text
}

// isGood reports whether each form of a translation has a fact for the source text as it is, so
// that nothing else about it matters.
func (t *table) isGood() bool {
	m, facts := t.message, t.about[t.message.at]
	for c, text := range t.forms {
		if strings.TrimSpace(text) == "" {
			continue
		}
		category := plural.Category(c)
		from, has := state.SourceForm(m.categories, category)
		if !has {
			return false
		}
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

// isEmpty reports whether the table has nothing but its forms and comments.
func (t *table) isEmpty() bool {
	values := 0
	for i := t.block.Header; i < t.block.End; i++ {
		if t.item(i).Kind == tomldoc.Pair {
			values++
		}
	}
	for _, form := range t.entry.Forms {
		if form.Present() {
			values--
		}
	}
	return values == 0
}

// sync brings a translation up to date.
func (t *table) sync() state.Result {
	if t.edit != nil {
		t.takeEdit()
	} else {
		t.takeImport()
	}
	r := t.judge()
	if len(r.New) > 0 {
		t.learn(r.New...)
		t.Summary.Recorded++
	}
	t.judgeTaken(&r)
	if t.edit != nil {
		t.planner.edited = t.textOf(t.message, &t.forms, &r)
		t.planner.edited.Comments, _ = t.file.CommentsIn(&t.block)
	}
	if !t.headed {
		return r
	}
	t.replaceNotes(t.linesFor(&r))
	t.syncContext()
	forms := t.add
	if t.Role != state.Variant {
		forms |= t.message.asked(t.Tag)
	}
	for c := range forms.All() {
		if !t.entry.Forms[c].Present() {
			t.addForm(c, t.forms[c])
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
func (t *table) replaceNotes(lines []string) {
	if slices.Equal(t.lines, lines) {
		return
	}
	items, _, _ := t.notes(t.block.Header+1, t.block.End)
	t.deleteItems(items)
	t.insertLines(t.lineEnd(t.block.Header), below, t.indent(), lines)
}

// syncContext brings the lines above the header up to date.
func (t *table) syncContext() {
	if t.asIs {
		return
	}
	head := t.item(t.block.Header)
	items, have := t.linesAbove(&t.block, t.spaced)
	if want := t.context; !slices.Equal(have, want) {
		at := head
		if len(items) > 0 {
			at = t.item(items[0])
		}
		t.deleteItems(items)
		indent := t.file.Doc.Indent(head.Span().Start)
		t.insertLines(t.file.Doc.Lines(at.Span()).Start, above, indent, want)
	}
}

// syncSource makes a text of the source locale's file say what Go says. It reports one that was
// edited by hand, and leaves it.
func (t *table) syncSource() {
	if t.isEdited() {
		if t.Summary.Texts++; !t.entry.Doubled {
			t.reportEdited()
		}
		return
	}
	if t.headed {
		t.replaceNotes(t.message.source)
		t.syncContext()
		if t.forms != t.message.forms {
			t.Summary.Rewritten++
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
	t.learnSource(t.message, &t.forms)
}

// isEdited reports whether a text of the source locale's file is neither Go's nor one that the
// state names. Where the state lacks the text, what the file has counts as last written.
func (t *table) isEdited() bool {
	m := t.message
	known := t.about[m.at]
	if len(known) == 0 {
		return false
	}
	for c, text := range t.forms {
		if text == "" || text == m.forms[c] {
			continue
		}
		f := state.FingerprintOf(text, m.oldest)
		if f != m.prints[c] && !slices.Contains(known,
			state.Fact{ID: m.id, Form: plural.Category(c), Text: f, Source: f}) {
			return true
		}
	}
	return false
}

func (t *table) setForm(form localefile.Form, text string) {
	t.sheet.setValue(form, tomldoc.MustQuote(text), text)
}

// setValue gives a form the text that is written so.
func (s *sheet) setValue(form localefile.Form, written, text string) {
	s.edits.replace(s.item(form.Item-1).ValueSpan(), written)
	leaf := s.leaf(form.Item - 1)
	s.meaning.gone(leaf)
	leaf.Text = text
	s.meaning.come(leaf)
}

func (t *table) dropForm(form localefile.Form) {
	pair := t.item(form.Item - 1).Span()
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
			t.insertLines(t.file.Doc.Lines(t.item(form.Item-1).Span()).Start, above, t.indent(), line)
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
	if _, is := t.obstacles().ids[t.message.ID]; is {
		inside := func(other tomldoc.Table) bool {
			return other.Parent == t.entry.Table &&
				other.Name == key
		}
		if slices.ContainsFunc(t.file.Doc.Tables(), inside) {
			return true
		}
	}
	for i := t.block.Header + 1; i < t.block.End; i++ {
		if item := t.item(i); item.Kind == tomldoc.Pair && item.Table() == t.entry.Table {
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
func (t *table) lineEnd(i int) int { return t.file.Doc.Lines(t.item(i).Span()).End }

// indent returns the white space that lines of the table begin with.
func (t *table) indent() string {
	for _, form := range t.entry.Forms {
		if form.Present() {
			return t.file.Doc.Indent(t.item(form.Item - 1).Span().Start)
		}
	}
	return t.file.Doc.Indent(t.item(t.block.Header).Span().Start)
}

func (t *table) deleteItems(items []int) {
	t.edits.list = slices.Grow(t.edits.list, len(items))
	for _, i := range items {
		t.edits.replace(t.file.Doc.Lines(t.item(i).Span()), "")
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
func (t *table) reportEdited() {
	at := -1
	for c := range t.forms {
		if form := t.entry.Forms[c]; at < 0 && form.Present() && form.Text != t.message.forms[c] {
			at = t.item(form.Item - 1).ValueSpan().Start
		}
	}
	if at < 0 {
		at = t.item(t.entry.Item).Span().Start
	}
	in := ""
	if place := t.message.Place(); place.File != "" {
		in = fmt.Sprintf(" at %s:%d:%d", place.File, place.Line, place.Column)
	}
	t.report(at, RuleSourceEdited,
		fmt.Sprintf("%v was edited by hand: it is %s here, and %s in Go", t.message.ID, shown(&t.forms),
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
