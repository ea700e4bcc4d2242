package sync

import (
	"slices"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// park moves the texts that the domain does not declare to where obsolete texts stand.
func (p *planner) park() {
	at := p.asideAt()
	for i := range p.file.Entries {
		e := &p.file.Entries[i]
		if p.message[i] >= 0 || e.Doubled {
			continue
		}
		if s, is := p.strays[i]; is {
			p.summary.Parked++
			p.edits.insertTable(at, aside, 0, i, localefile.Park(s.text))
		} else if p.file.Doc.Items()[e.Item].Kind == tomldoc.Header {
			p.summary.Parked++
			block := p.block(e.Item)
			lines := p.file.Lines(&block)
			p.edits.deleteTable(lines)
			p.edits.insertTable(at, aside, 0, i, localefile.Park(p.file.Doc.Slice(lines)))
			leaves(p.file.Doc, block.Header, block.End, p.meaning.gone)
		}
	}
}

// asideAt returns where obsolete texts are put: below those that there are, else above the first table.
func (p *planner) asideAt() int {
	at := p.first
	for i := range p.parked {
		if end := p.parked[i].Span.End; end <= p.first {
			at = end
		}
	}
	return at
}

// revive brings the obsolete text back to life at the given place, with the message's lines brought up to date.
func (p *planner) revive(i int, m *message, to anchor) State {
	p.revived[i] = true
	p.summary.Revived++
	p.deleteParked(p.parked[i].Span)
	text, state := p.complete(p.parked[i].Text, m, p.parked[i].Span.Start)
	p.edits.insertTable(to.at, tables, to.group, to.seq, text)
	return state
}

// deleteParked deletes lines of an obsolete text. What the machine wrote below them would count as being about the table
// above when they are gone, so it goes, too.
func (p *planner) deleteParked(span tomldoc.Span) {
	p.edits.deleteTable(span)
	items := p.file.Doc.Items()
	i, _ := slices.BinarySearchFunc(items, span.End, func(it tomldoc.Item, end int) int { return it.Span.Start - end })
	next, _ := slices.BinarySearchFunc(p.blocks, i, func(b localefile.Block, i int) int { return b.First - i })
	if next == 0 {
		return // there is no table above
	}
	end := len(items)
	if next < len(p.blocks) {
		end = p.blocks[next].First
	}
	for ; i < end && (items[i].Kind == tomldoc.Comment || items[i].Kind == tomldoc.Blank); i++ {
		mark, _ := localefile.MarkOf(p.file.Doc.Slice(items[i].Span))
		if mark == localefile.MarkObsolete {
			return
		}
		if items[i].Kind == tomldoc.Comment && isNote(mark) {
			p.edits.replace(p.file.Doc.Lines(items[i].Span), "")
		}
	}
}

// complete brings a table up to date that does not stand in the file yet. Findings about it have the given place.
func (p *planner) complete(text string, m *message, at int) (string, State) {
	file, syntax, _ := localefile.Read(p.name, p.tag, []byte(text))
	blocks := file.Blocks()
	if len(syntax) > 0 || len(blocks) != 1 || len(file.Entries) != 1 {
		return text, Missing // the referee will not let it pass
	}
	leaves(file.Doc, 0, len(file.Doc.Items()), p.meaning.come)
	t := table{planner: p, file: file, entry: &file.Entries[0], block: blocks[0], message: m, edits: &edits{}, at: at}
	state := t.sync()
	done, _, err := t.edits.apply(text, p.newline)
	if err != nil {
		return text, Missing
	}
	return done, state
}
