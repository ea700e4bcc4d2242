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

// write brings every text of the domain up to date, in the domain's order. A table that the file
// does not have goes behind the text before it in that order, or in front of all tables.
func (p *planner) write() {
	p.present, p.translated = p.newIDs(), p.newIDs()
	at := p.live.first()
	labels := false
	for i := range p.domain.messages {
		m := &p.domain.messages[i]
		if m.Label != nil && !labels {
			labels, at = true, p.labelsAt(i, at)
		}
		if entry := p.entry[i] - 1; entry >= 0 {
			at = p.update(entry, m, at, i)
		} else {
			p.add(m, at, i)
		}
	}
	p.writeZeros()
}

// writeZeros looks at the texts for an exact zero, which translators may add.
func (p *planner) writeZeros() {
	if p.role == state.Source {
		return
	}
	for i := range p.live.file.Entries {
		e := &p.live.file.Entries[i]
		id := p.live.ids[i]
		m, is := p.domain.zeroOf(id)
		if !is || e.Missing() || e.Doubled {
			continue
		}
		p.live.rename(i)
		_, lines, _ := p.live.notesOf(e)
		forms := e.Texts()
		r := p.judge(id, m, &forms, lines)
		p.present.add(id)
		p.list(id, stateOf(&forms, &r), e)
	}
}

// labelsAt returns the place for labels that have no lower one in the file: in front of the next
// one, or behind all tables if there is no next one, but never in front of the place behind the
// last code. The first label is message i.
func (p *planner) labelsAt(i, behind int) int {
	s := p.live
	for _, entry := range p.entry[i:] {
		if entry > 0 && s.file.HasHeader(&s.file.Entries[entry-1]) {
			block := s.block(s.file.Entries[entry-1].Item)
			return s.file.Lines(&block).Start
		}
	}
	if n := len(s.blocks); n > 0 {
		return max(s.file.Lines(&s.blocks[n-1]).End, behind)
	}
	return behind
}

// update brings a text up to date that is in the file, and returns the place behind it, if it has a
// table there.
func (p *planner) update(entry int, m *message, at, seq int) int {
	e := &p.live.file.Entries[entry]
	forms := e.Texts()
	if p.adopted {
		p.adopt(e, m)
	}
	if !p.live.file.HasHeader(e) || e.Doubled {
		if p.role == state.Source {
			if t := (&table{planner: p, sheet: p.live, entry: e, message: m}); !e.Doubled &&
				t.isEdited(&forms) {
				t.reportEdited(&forms)
			}
			p.learnSource(m, &forms)
			return at
		}
		r := p.judge(m.ID, m, &forms, nil)
		p.count(m, &forms, &r, e)
		return at
	}
	block := p.live.block(e.Item)
	lines := p.live.file.Lines(&block)
	t := table{planner: p, sheet: p.live, entry: e, block: block, message: m}
	if p.role == state.Source {
		t.syncSource()
		p.learnSource(m, &forms)
		return lines.End
	}
	if forms.Missing() && p.isEmpty(e) {
		if t, ok := p.revive(m.ID, true); ok {
			own := p.live.take(entry)[0].comments
			p.insert(m, t.withComments(own, p.live.newline).text, lines.End, seq)
			return lines.End
		}
	}
	r := t.sync()
	p.count(m, &forms, &r, e)
	return lines.End
}

// learnSource adds what the source locale's file had and what it has to the facts, unless it was
// edited.
func (p *planner) learnSource(m *message, forms *localefile.Forms) {
	if p.isEditedSource(m, forms) {
		p.summary.Texts++
		return
	}
	if *forms != m.forms && !forms.Missing() {
		p.learn(state.SourceFacts(m.id, state.Forms(*forms), m.oldest)...)
	}
	for c := range m.categories.All() {
		p.learn(state.Fact{ID: m.id, Form: c, Text: m.prints[c], Source: m.prints[c]})
	}
	p.summary.Texts++
	p.summary.Translated++
}

// isEmpty reports whether the table of a text has nothing but empty forms and comments.
func (p *planner) isEmpty(e *localefile.Entry) bool {
	b := p.live.block(e.Item)
	forms := 0
	for _, form := range e.Forms {
		if form.Present() {
			forms++
		}
	}
	for i := b.Header; i < b.End; i++ {
		if p.live.item(i).Kind == tomldoc.Pair {
			forms--
		}
	}
	return forms == 0
}

// adopt takes a translation of a file without a state as made from Go's text. A hash beside it that
// go-i18n wrote tells better.
func (p *planner) adopt(e *localefile.Entry, m *message) {
	forms := e.Texts()
	if forms.Missing() || p.role == state.Source {
		return
	}
	fields := map[string]string{}
	for item, name := range p.live.file.Fields {
		if p.live.item(item).Table == e.Table {
			fields[name] = p.live.file.Doc.Text(p.live.item(item))
		}
	}
	mark := state.Plain
	if hash, ok := fields["hash"]; ok && !state.HashFits(hash, fields["description"],
		m.forms[plural.Other]) {
		mark = state.ForReview
	}
	t := &state.Text{ID: m.ID.String(), Forms: state.Forms(forms), Oldest: m.oldest}
	p.learn(t.FactsFor(state.Forms(m.forms), mark)...)
	p.summary.Adopted++
}

// add adds a text that the file does not have, from among the obsolete ones if it is there.
func (p *planner) add(m *message, at, seq int) {
	if offset, is := p.obstacles.at(m.ID); is {
		p.report(offset, RuleNoPlace,
			fmt.Sprintf("%v cannot have its table %s, because this is in its place", m.ID, header(m.ID)),
			"delete it, or write the texts of "+m.ID.Name+" as tables of their own")
		p.countMissing(m)
		return
	}
	if t, ok := p.revive(m.ID, false); ok {
		p.insert(m, t.text, at, seq)
		return
	}
	if p.role == state.Variant {
		return
	}
	p.summary.Added++
	p.live.edits.insertTable(at, seq, p.newTable(m))
	if p.role == state.Source {
		p.learnSource(m, &m.forms)
		return
	}
	p.countMissing(m)
}

func (p *planner) countMissing(m *message) {
	var none localefile.Forms
	p.count(m, &none, &state.Result{}, nil)
}

// insert puts the table of a text in that comes from elsewhere, brought up to date.
func (p *planner) insert(m *message, text string, at, seq int) {
	s, syntax, _ := newSheet(p.name, p.tag, nil, []byte(text), p.domain.rename)
	if len(syntax) > 0 || len(s.blocks) != 1 || len(s.file.Entries) != 1 {
		p.live.edits.insertTable(at, seq, text) // The referee will not let it pass.
		return
	}
	s.newline = p.live.newline
	leaves(s.file.Doc, 0, len(s.file.Doc.Items()), p.live.meaning.come)
	e := &s.file.Entries[0]
	t := table{planner: p, sheet: s, entry: e, block: s.blocks[0], message: m}
	r := t.sync()
	p.live.meaning.add(&s.meaning)
	if done, err := s.edits.apply(s.src, s.newline); err == nil {
		text = done
	}
	p.live.edits.insertTable(at, seq, text)
	forms := e.Texts()
	p.count(m, &forms, &r, nil)
}

// newTable returns the table of a text: with the forms that Go has in the source locale's file,
// with empty ones in others.
func (p *planner) newTable(m *message) string {
	lines := slices.Concat(m.contextIn(p.locale), []string{header(m.ID)}, m.source)
	asked := m.asked(p.tag)
	if p.role == state.Source {
		asked = 0
		for c, text := range m.forms {
			if text != "" {
				asked |= plural.SetOf(plural.Category(c))
			}
		}
	}
	for c := range asked.All() {
		text := ""
		if p.role == state.Source {
			text = m.forms[c]
		}
		lines = append(lines, c.String()+" = "+tomldoc.MustQuote(text))
		p.live.meaning.come(Leaf{Path: m.ID.String() + "." + c.String(), Kind: "string", Text: text})
	}
	return strings.Join(lines, p.live.newline) + p.live.newline
}

// survey counts the texts of a file to which nothing is done, but for those to be accepted.
func (p *planner) survey() {
	p.present, p.translated = p.newIDs(), p.newIDs()
	if p.role == state.Source {
		p.summary.Texts, p.summary.Translated = len(p.domain.messages), len(p.domain.messages)
		return
	}
	for i := range p.domain.messages {
		m := &p.domain.messages[i]
		entry := p.entry[i] - 1
		if entry < 0 {
			p.countMissing(m)
			continue
		}
		e := &p.live.file.Entries[entry]
		forms := e.Texts()
		if p.adopted {
			p.adopt(e, m)
		}
		t := table{planner: p, sheet: p.live, entry: e, message: m}
		var items []int
		var lines []string
		headed := p.live.file.HasHeader(e) && !e.Doubled
		if headed {
			t.block = p.live.block(e.Item)
			items, lines, _ = t.notesOf(e)
		}
		accepted := p.accept != nil && p.accept(m.ID) && !forms.Missing()
		p.frozen = !accepted
		r := p.judge(m.ID, m, &forms, lines)
		if accepted && headed {
			t.replaceNotes(items, lines, t.linesFor(&r))
		}
		p.count(m, &forms, &r, e)
	}
	p.summary.Recorded = 0
}
