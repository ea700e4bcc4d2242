package merge

import (
	"fmt"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// anchor is a place for a table: behind the text before it in the domain's order, or in front of all tables.
type anchor struct {
	at, group, seq int // see [edit]
}

// write brings every text of the domain up to date, in the domain's order.
func (p *planner) write() {
	place := anchor{at: p.first}
	labels := false
	for i := range p.want.messages {
		m := &p.want.messages[i]
		if m.Label != nil && !labels {
			labels, place = true, p.labelsAt(i, place)
		}
		place.seq = i + 1
		if entry := p.live[i] - 1; entry >= 0 {
			p.count(m.ID, p.update(entry, m, &place), &p.file.Entries[entry])
		} else {
			p.count(m.ID, p.add(m, place), nil)
		}
	}
}

// labelsAt returns the place for labels that have no lower one in the file: in front of the next one, or where there is
// none, behind all tables, but not in front of the place behind the last code. The first label is message i.
func (p *planner) labelsAt(i int, behind anchor) anchor {
	for _, live := range p.live[i:] {
		if live > 0 && p.file.Doc.Items()[p.file.Entries[live-1].Item].Kind == tomldoc.Header {
			block := p.block(p.file.Entries[live-1].Item)
			return anchor{at: p.file.Lines(&block).Start}
		}
	}
	if n := len(p.blocks); n > 0 {
		if end := p.file.Lines(&p.blocks[n-1]).End; end > behind.at {
			return anchor{at: end}
		}
	}
	return behind
}

// update brings a text up to date that stands in the file. If it stands in a table, the place is moved behind it.
func (p *planner) update(entry int, m *message, place *anchor) State {
	e := &p.file.Entries[entry]
	forms := e.Texts()
	headed := p.file.Doc.Items()[e.Item].Kind == tomldoc.Header
	stray, moved := p.strays[entry]
	switch {
	case moved:
		text, at, ok := p.reviveOver(stray.text, m)
		if !ok {
			p.summary.Moved++
			text, at = stray.text, p.file.Doc.Items()[e.Item].Span.Start
		}
		text, state := p.complete(text, m, at)
		p.edits.insertTable(stray.at, tables, stray.group, 0, text)
		place.at, place.group = stray.at, stray.group
		return state
	case !headed && !e.Doubled:
		p.blocked(m)
		return stateOf(&forms)
	case !headed:
		return stateOf(&forms)
	}
	block := p.block(e.Item)
	lines := p.file.Lines(&block)
	place.at, place.group = lines.End, 0
	if e.Doubled {
		return stateOf(&forms)
	}
	if text, at, ok := p.reviveOver(p.file.Doc.Slice(lines), m); ok {
		p.edits.deleteTable(lines)
		leaves(p.file.Doc, block.Header, block.End, p.meaning.gone)
		text, state := p.complete(text, m, at)
		p.edits.insertTable(place.at, tables, 0, place.seq, text)
		return state
	}
	t := table{planner: p, file: p.file, entry: e, block: block, message: m, edits: &p.edits, at: -1}
	return t.sync()
}

// add adds a text that the file does not have, from among its obsolete ones if it is there.
func (p *planner) add(m *message, place anchor) State {
	parked, isParked := p.aside[m.ID]
	if !isParked && p.role == variant || p.blocked(m) {
		return Missing
	}
	if isParked {
		return p.revive(parked, m, place)
	}
	p.summary.Added++
	p.edits.insertTable(place.at, tables, place.group, place.seq, p.newTable(m))
	if p.role == source {
		return Translated
	}
	return Missing
}

// blocked reports whether something keeps the text from having a table, and says so.
func (p *planner) blocked(m *message) bool {
	at, is := p.obstacles.at(m.ID)
	if is {
		p.report(at, diag.Error, RuleNoPlace, fmt.Sprintf("%v cannot have its table %s, since this is in its place", m.ID, header(m.ID)),
			"delete it or give it another name")
	}
	return is
}

// newTable returns the table of a text: with the forms that Go has in the source locale's file, with empty ones in
// others.
func (p *planner) newTable(m *message) string {
	lines := append([]string{}, m.context...)
	lines = append(append(lines, header(m.ID)), m.source...)
	for c := range p.formsOf(m).All() {
		text := ""
		if p.role == source {
			text = m.forms[c]
		}
		lines = append(lines, c.String()+" = "+tomldoc.MustQuote(text))
		p.meaning.come(Leaf{Path: m.ID.String() + "." + c.String(), Kind: "string", Text: text})
	}
	return strings.Join(lines, p.newline) + p.newline
}

// formsOf returns the categories that the text has in the file.
func (p *planner) formsOf(m *message) plural.Set {
	switch {
	case p.role == source:
		var set plural.Set
		for c, text := range m.forms {
			if text != "" {
				set |= plural.SetOf(plural.Category(c))
			}
		}
		return set
	case m.forms.Plural():
		return p.categories
	}
	return plural.SetOf(plural.Other)
}

// stoodBefore returns the source text as the source locale's file had it, or nil.
func (p *planner) stoodBefore(id localefile.ID) *localefile.Forms {
	if forms, ok := p.want.before()[id]; ok {
		return &forms
	}
	return nil
}
