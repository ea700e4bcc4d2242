package merge

import (
	"slices"
	"strings"

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
			p.edits.insertTable(at, aside, 0, i, localefile.Park(p.withBaseline(s.text)))
		} else if p.file.Doc.Items()[e.Item].Kind == tomldoc.Header {
			p.summary.Parked++
			block := p.block(e.Item)
			lines := p.file.Lines(&block)
			p.edits.deleteTable(lines)
			p.edits.insertTable(at, aside, 0, i, localefile.Park(p.withBaseline(p.file.Doc.Slice(lines))))
			leaves(p.file.Doc, block.Header, block.End, p.meaning.gone)
		}
	}
}

// withBaseline returns a table that is to be parked with the source text that it was made from, if it does not say so
// itself: when it is revived, the source locale's file has that no more.
func (p *planner) withBaseline(text string) string {
	if p.role == source {
		return text
	}
	file, block, ok := p.single(text)
	if !ok || file.Entries[0].Missing() {
		return text
	}
	t := table{planner: p, file: file, entry: &file.Entries[0], block: block}
	if _, lines := t.comments(block.Header+1, block.End, isNote); len(localefile.ReadNotes(lines).Source) > 0 {
		return text
	}
	before := p.stoodBefore(file.Entries[0].ID)
	if before == nil {
		return text
	}
	t.edits = &edits{}
	t.insertLines(t.lineEnd(block.Header), below, t.indent(),
		localefile.SourceLines(localefile.MarkSource, p.want.domain.Source, before, before.Plural()))
	done, _, err := t.edits.apply(text, p.newline)
	if err != nil {
		return text
	}
	return done
}

// single reads lines that are one table with one text.
func (p *planner) single(text string) (file *localefile.File, block localefile.Block, ok bool) {
	file, syntax, _ := localefile.Read(p.name, p.tag, []byte(text))
	blocks := file.Blocks()
	if len(syntax) > 0 || len(blocks) != 1 || len(file.Entries) != 1 {
		return file, localefile.Block{}, false
	}
	return file, blocks[0], true
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

// reviveOver returns the obsolete text of the message that has a translation, while the given table of it has none, and
// where that stood: it takes the table's place. The translator's comments of the table are then above its header.
func (p *planner) reviveOver(empty string, m *message) (text string, at int, ok bool) {
	i, isParked := p.aside[m.ID]
	if !isParked || p.role == source || !p.isEmpty(empty) {
		return "", 0, false
	}
	file, block, ok := p.single(p.parked[i].Text)
	if !ok || file.Entries[0].Missing() {
		return "", 0, false
	}
	var comments strings.Builder
	for _, comment := range p.translatorsOf(empty) {
		comments.WriteString(comment + p.newline)
	}
	p.revived[i] = true
	p.summary.Revived++
	p.deleteParked(p.parked[i].Span)
	text = p.parked[i].Text
	head := file.Doc.Lines(file.Doc.Items()[block.Header].Span).Start
	return text[:head] + comments.String() + text[head:], p.parked[i].Span.Start, true
}

// isTranslated reports whether lines are a table with a text of which a form is not empty.
func (p *planner) isTranslated(text string) bool {
	file, _, ok := p.single(text)
	return ok && !file.Entries[0].Missing()
}

// isEmpty reports whether lines are a table with a text of which every form is empty, and with nothing else but comments,
// none of which is marked as obsolete.
func (p *planner) isEmpty(text string) bool {
	file, _, ok := p.single(text)
	if !ok || !file.Entries[0].Missing() {
		return false
	}
	forms := 0
	for _, form := range file.Entries[0].Forms {
		if form.Present() {
			forms++
		}
	}
	for _, item := range file.Doc.Items() {
		switch {
		case item.Kind == tomldoc.Pair:
			forms--
		case item.Kind == tomldoc.Comment && isObsolete(file.Doc.Slice(item.Span)):
			return false
		}
	}
	return forms == 0
}

// translatorsOf returns the comments in lines of a table that are not the machine's.
func (p *planner) translatorsOf(text string) []string {
	file, _, _ := localefile.Read(p.name, p.tag, []byte(text))
	var comments []string
	for _, item := range file.Doc.Items() {
		if item.Kind != tomldoc.Comment && item.Kind != tomldoc.SideComment {
			continue
		}
		comment := file.Doc.Slice(item.Span)
		if mark, _ := localefile.MarkOf(comment); mark == localefile.NoMark {
			comments = append(comments, comment)
		}
	}
	return comments
}

// deleteParked deletes lines of an obsolete text. What the machine wrote below them would count as being about the table
// above when they are gone, so it goes, too.
func (p *planner) deleteParked(span tomldoc.Span) {
	p.edits.deleteTable(span)
	if _, is := p.around(span.Start); is {
		return // What the machine wrote there is about that table anyway.
	}
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
	file, block, ok := p.single(text)
	if !ok {
		return text, Missing // the referee will not let it pass
	}
	leaves(file.Doc, 0, len(file.Doc.Items()), p.meaning.come)
	t := table{planner: p, file: file, entry: &file.Entries[0], block: block, message: m, edits: &edits{}, at: at}
	state := t.sync()
	done, _, err := t.edits.apply(text, p.newline)
	if err != nil {
		return text, Missing
	}
	return done, state
}
