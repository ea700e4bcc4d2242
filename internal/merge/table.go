package merge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// table is a text of a file with what is known of it.
type table struct {
	*planner
	localeedit.Table
	message *message // nil for a text that is gone
	forms   localefile.Forms

	add   plural.Set                 // forms to put in, besides those that it shall have
	taken []Taken                    // what is taken over from a translator's file
	made  map[plural.Category]string // the source texts of stale forms of it, by their own forms
}

func (p *planner) tableOf(f *localeedit.File, entry int, m *message) table {
	t := table{planner: p, message: m, forms: f.Entries[entry].Texts()}
	if m == nil {
		t.Table = f.Table(entry, nil, nil)
	} else {
		t.Table = f.Table(entry, m.contextIn(p.locale), m.source)
	}
	return t
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
	t.keepTaken(&r)
	if !t.Headed {
		return r
	}
	t.SetNotes(t.notesFor(&r))
	t.SetAbove()
	forms := t.add
	if t.Role != state.Variant {
		forms |= t.message.asked(t.Tag)
	}
	for c := range forms.All() {
		if !t.Entry.Forms[c].Present() {
			t.AddForm(c, t.forms[c])
		}
	}
	return r
}

// setForm gives the text a form. One that its table does not have is put in later.
func (t *table) setForm(c plural.Category, text string) {
	switch there := t.Entry.Forms[c]; {
	case there.Present() && there.Text != text:
		t.SetForm(c, text)
	case !there.Present() && text != "":
		t.add |= plural.SetOf(c)
	}
	t.forms[c] = text
}

// judge finds the state of a translation.
func (t *table) judge() state.Result {
	p, m := t.planner, t.message
	if slices.Equal(t.Notes, m.source) && t.isGood() { // It shows the source text as it is.
		return state.Result{}
	}
	text := t.text()
	text.Source, text.Oldest = state.Forms(m.forms), m.oldest
	if p.domain.Review {
		text.Mark = state.ForReview
	}
	if p.Role != state.Variant {
		text.Asked = m.asked(p.Tag)
	}
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
	r := state.Resolve(p.facts, p.domain.written().facts, text)
	if p.domain.Displayed && p.content.State == nil && (text.Flag == state.FlagStale ||
		text.Flag == state.FlagReview) {
		r.Flag, r.New = text.Flag, nil
	}
	return r
}

// maxNotes is how many of extract's lines in a table are read. It writes no more than a line for
// each form and original, and merged branches have twice as many.
const maxNotes = 100

// text returns what the file and earlier states say about the text.
func (t *table) text() *state.Text {
	notes := localefile.ReadNotes(t.Notes[:min(len(t.Notes), maxNotes)])
	text := &state.Text{
		ID: t.ID.String(), Forms: state.Forms(t.forms),
		Before: state.Forms(t.domain.written().texts[t.ID]),
		Shown:  notes.Seen, Previous: notes.Was,
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

// notesFor returns the comments of extract that the table of a translation shall have.
func (t *table) notesFor(r *state.Result) []string {
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

// adopt takes a translation of a file without a state as made from Go's text. If a hash that
// go-i18n wrote beside it says otherwise, it is to be reviewed.
func (t *table) adopt() {
	if !t.adopted || t.forms.Missing() {
		return
	}
	fields, mark := t.Fields(), state.Plain
	if hash, ok := fields["hash"]; ok && !state.HashFits(hash, fields["description"],
		t.message.forms[plural.Other]) {
		mark = state.ForReview
	}
	t.learn(t.factsFor(mark)...)
	t.Summary.Adopted++
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
	if t.Headed {
		t.SetNotes(t.notesFor(&r))
	}
	return r
}

// factsFor returns the facts that say that all forms of the text were made from Go's.
func (t *table) factsFor(mark state.Mark) []state.Fact {
	text := &state.Text{ID: t.message.id, Forms: state.Forms(t.forms), Oldest: t.message.oldest}
	return text.FactsFor(state.Forms(t.message.forms), mark)
}

// syncSource makes a text of the source locale's file say what Go says. It reports one that was
// edited by hand, and leaves it.
func (t *table) syncSource() {
	if t.isEdited() {
		if t.Summary.Texts++; !t.Entry.Doubled {
			t.reportEdited()
		}
		return
	}
	if t.Headed {
		t.SetNotes(t.message.source)
		t.SetAbove()
		if t.forms != t.message.forms {
			t.Summary.Rewritten++
		}
		for c, text := range t.message.forms {
			switch form, c := t.Entry.Forms[c], plural.Category(c); {
			case !form.Present() && text != "":
				t.AddForm(c, text)
			case form.Present() && text == "":
				t.DropForm(c)
			case form.Text != text:
				t.SetForm(c, text)
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

// learnSource adds what the source locale's file had and what it has to the facts.
func (p *planner) learnSource(m *message, forms *localefile.Forms) {
	if *forms != m.forms && !forms.Missing() {
		p.learn(state.SourceFacts(m.id, state.Forms(*forms), m.oldest)...)
	}
	for c := range m.categories.All() {
		f := state.Fact{ID: m.id, Form: c, Text: m.prints[c], Source: m.prints[c]}
		if !slices.Contains(p.about[m.at], f) {
			p.learn(f)
		}
	}
	p.Summary.Texts++
	p.Summary.Translated++
}

// reportEdited says that a text of the source locale's file was edited by hand.
func (t *table) reportEdited() {
	at := -1
	for c, form := range t.Entry.Forms {
		if at < 0 && form.Present() && form.Text != t.message.forms[c] {
			at = t.FormAt(plural.Category(c))
		}
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
