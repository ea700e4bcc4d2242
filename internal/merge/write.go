package merge

import (
	"fmt"

	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
)

// write brings every text of the domain up to date, in the domain's order. A table that the file
// does not have goes behind the text before it in that order, or in front of all tables.
func (p *planner) write() {
	at := p.live.First()
	labels := false
	for i := range p.domain.messages {
		m := &p.domain.messages[i]
		if m.Label != nil && !labels {
			labels, at = true, p.labelsAt(i)
		}
		if entry := p.entry[i] - 1; entry >= 0 {
			at = p.update(entry, m, at)
		} else {
			p.add(m, at)
		}
	}
}

// labelsAt returns the place for labels that have no lower one in the file: before the next one, or
// after all tables if there is no next one. The first label is message i.
func (p *planner) labelsAt(i int) int {
	for _, entry := range p.entry[i:] {
		if entry == 0 {
			continue
		}
		if lines, has := p.live.TableLines(entry - 1); has {
			return lines.Start
		}
	}
	return p.live.Last()
}

// update brings a text up to date that is in the file, and returns the place behind it, if it has a
// table there.
func (p *planner) update(entry int, m *message, at int) int {
	t := p.tableOf(p.live, entry, m)
	if t.Headed {
		at = t.End()
	}
	if p.Role == state.Source {
		t.syncSource()
		return at
	}
	t.adopt()
	if t.Headed && t.forms.Missing() && t.HasOnlyForms() {
		if revived, ok := p.revive(m.ID, true); ok {
			own := p.live.Take(entry)[0].Comments
			p.insert(m, revived.WithComments(own, p.live.Newline), at)
			return at
		}
	}
	r := t.sync()
	p.count(m, &t.forms, &r, t.Entry)
	return at
}

// add adds a text that the file does not have, from among the obsolete ones if it is there.
func (p *planner) add(m *message, at int) {
	if offset, is := p.obstacles().At(m.ID); is {
		p.report(offset, RuleNoPlace,
			fmt.Sprintf("%v cannot have its table %s, because this is in its place", m.ID,
				localeedit.Header(m.ID)),
			"delete it, or write the texts of "+m.ID.Name+" as tables of their own")
		p.countMissing(m)
		return
	}
	if t, ok := p.revive(m.ID, false); ok {
		p.insert(m, t, at)
		return
	}
	imported := p.imports[m.ID]
	if p.Role == state.Variant && imported == nil {
		return
	}
	p.Summary.Added++
	table, values := p.newTable(m)
	if imported != nil {
		p.insert(m, localeedit.NewExcerpt(m.ID, table), at)
		return
	}
	p.live.Insert(at, table, values)
	if p.Role == state.Source {
		p.learnSource(m, &m.forms)
		return
	}
	p.countMissing(m)
}

// insert puts the table of a text in that comes from elsewhere, brought up to date.
func (p *planner) insert(m *message, taken localeedit.Excerpt, at int) (table, state.Result) {
	taken.Newline = p.live.Newline
	t := p.tableOf(taken.File, 0, m)
	r := t.sync()
	p.live.Paste(at, taken)
	p.count(m, &t.forms, &r, nil)
	return t, r
}

// newTable returns the table of a text, and its values: in the source locale's file the forms that
// Go has, in others empty ones, in a variant none.
func (p *planner) newTable(m *message) (table string, values []localeedit.Leaf) {
	asked, forms := m.asked(p.Tag), localefile.Forms{}
	switch p.Role {
	case state.Source:
		asked, forms = m.categories, m.forms
	case state.Variant:
		asked = 0
	}
	return p.live.Compose(m.ID, m.contextIn(p.locale), m.source, asked, &forms)
}
