package merge

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// obsoleteHead is the first line of a file of obsolete texts.
const obsoleteHead = "# Translations whose code or label is gone. They come back with it; " +
	"\"extract prune\" deletes them.\n"

// matchObsolete finds the obsolete texts by their IDs.
func (p *planner) matchObsolete() {
	p.parked, p.revived = map[localefile.ID]int{}, map[int]bool{}
	for i := range p.obsolete.file.Entries {
		id := p.domain.rename(p.obsolete.file.Entries[i].ID)
		if first, twice := p.parked[id]; !twice || p.obsolete.file.Entries[first].ID != id {
			p.parked[id] = i
		}
	}
}

// takeGone takes the texts out of the file that the domain does not declare, and those that have to
// give way to another one of their ID.
func (p *planner) takeGone() {
	p.back = map[localefile.ID]taken{}
	entries := p.live.file.Entries
	if p.role == state.Source {
		p.gone = slices.DeleteFunc(p.gone, func(i int) bool { return p.isHandmade(&entries[i]) })
		p.reshapeSource()
	}
	for n, t := range p.live.take(p.gone, func(i int) localefile.ID { return p.ids[i] }) {
		e := &entries[p.gone[n]]
		m := p.domain.find(t.id, 0)
		switch {
		case p.role == state.Source, e.Missing() && !hasOthers(t.text) && !hasComment(t.text):
			if m < 0 {
				p.summary.Removed++
			}
		case m >= 0 && p.entry[m] > 0 && p.isDouble(&entries[p.entry[m]-1], t.text):
			// The locale file has it already.
		case m >= 0 && p.entry[m] == 0 && p.back[t.id].text == "":
			p.back[t.id] = t
		case m >= 0 && p.entry[m] == 0 && p.isEmptyBack(t.id, e):
			t.text = p.replace(p.back[t.id].text, t.text)
			p.back[t.id] = t
		default:
			p.learnGone(e, t.id)
			p.retired = append(p.retired, t)
		}
	}
}

// isEmptyBack reports whether one of two texts that come back under one ID is not translated: the
// entry, or the one that was taken out before it.
func (p *planner) isEmptyBack(id localefile.ID, e *localefile.Entry) bool {
	before := formsIn(p.back[id].text)
	return e.Missing() || before.Missing()
}

// reshapeSource lets the texts of the source locale's file go that have no tables of their own, so
// that they are written anew. Those that were edited by hand stay, and are reported.
func (p *planner) reshapeSource() {
	for m, entry := range p.entry {
		if entry == 0 {
			continue
		}
		e := &p.live.file.Entries[entry-1]
		if e.Doubled || p.live.file.HasHeader(e) {
			continue
		}
		if forms := e.Texts(); !p.isEditedSource(&p.domain.messages[m], &forms) {
			p.entry[m] = 0
			p.gone = append(p.gone, entry-1)
		}
	}
	slices.Sort(p.gone)
	p.obstacles = findObstacles(p.live, p.gone)
}

// isHandmade reports whether a text of the source locale's file that Go does not declare was never
// written by extract, and says so.
func (p *planner) isHandmade(e *localefile.Entry) bool {
	if e.Missing() || p.known == 0 || len(p.facts.Of(p.domain.rename(e.ID).String())) > 0 {
		return false
	}
	p.report(p.live.item(e.Item).Span.Start, RuleSourceEdited,
		fmt.Sprintf("%v was added by hand, but Go doesn't declare it", e.ID),
		"declare it in Go, which this file is written from, or delete it here")
	return true
}

// learnGone writes down what a translation was made from, while that can still be told.
func (p *planner) learnGone(e *localefile.Entry, id localefile.ID) {
	if key(id.Name) != id.Name || key(id.Part) != id.Part {
		return // It was never the name of a code.
	}
	t := &state.Text{ID: id.String(), Forms: state.Forms(e.Texts()),
		Before: state.Forms(p.domain.before[id])}
	t.Past = func() []state.Fact { return p.past().Of(t.ID) }
	if p.live.file.HasHeader(e) {
		b := p.live.block(e.Item)
		_, lines, _ := p.live.notes(b.Header+1, b.End)
		show(t, lines)
	}
	p.learn(state.Resolve(p.facts, p.domain.source, t).New...)
}

// hasOthers reports whether a table that was taken out of a file has values that are not forms.
func hasOthers(table string) bool {
	file, _, _ := localefile.Read("", language.Und, []byte(table))
	pairs := 0
	for _, it := range file.Doc.Items() {
		if it.Kind == tomldoc.Pair {
			pairs++
		}
	}
	for _, form := range file.Entries[0].Forms {
		if form.Present() {
			pairs--
		}
	}
	return pairs > 0
}

// hasComment reports whether a table that was taken out of a file has a comment.
func hasComment(table string) bool {
	doc, _ := tomldoc.Parse("", []byte(table))
	return slices.ContainsFunc(doc.Items(), func(it tomldoc.Item) bool {
		return it.Kind == tomldoc.Comment || it.Kind == tomldoc.SideComment
	})
}

// revive takes the text of a message out of the obsolete file, if it is there. If it has to be
// translated, one without any form stays.
func (p *planner) revive(id localefile.ID, translated bool) (text string, ok bool) {
	if t, is := p.back[id]; is {
		delete(p.back, id)
		return t.text, true
	}
	i, is := p.parked[id]
	if !is || p.role == state.Source || translated && p.obsolete.file.Entries[i].Missing() {
		return "", false
	}
	p.revived[i] = true
	p.summary.Revived++
	return p.obsolete.take([]int{i}, func(int) localefile.ID { return id })[0].text, true
}

// retire puts the texts that left the file into the obsolete one. Of two with an ID the newer one
// stays.
func (p *planner) retire() {
	entries := p.obsolete.file.Entries
	for i := range entries {
		id := p.domain.rename(entries[i].ID)
		if !p.revived[i] && id != entries[i].ID && p.parked[id] != i {
			p.revived[i] = true
			p.obsolete.take([]int{i}, func(int) localefile.ID { return id })
		}
	}
	p.dropDoubles()
	for _, id := range slices.SortedFunc(maps.Keys(p.back), func(a, b localefile.ID) int {
		return strings.Compare(a.String(), b.String())
	}) {
		p.retired = append(p.retired, p.back[id]) // Something is in the place of its table.
	}
	p.kept = len(p.obsolete.edits.list)
	texts, replaced := map[localefile.ID]taken{}, map[int]bool{}
	for _, t := range p.retired {
		p.summary.Parked++
		p.moved = append(p.moved, t.id)
		older, has := texts[t.id]
		if i, is := p.parked[t.id]; is && !has && !p.revived[i] {
			older = p.obsolete.take([]int{i}, func(int) localefile.ID { return t.id })[0]
			has, replaced[i] = true, true
		}
		if has {
			t.text = p.replace(older.text, t.text)
		}
		texts[t.id] = t
	}
	// A name changes last, since only what stays in its place can get another one.
	come := p.retired
	for i := range entries {
		e := &entries[i]
		id := p.domain.rename(e.ID)
		if !p.revived[i] && !replaced[i] && id != e.ID && !p.obsolete.renameEntry(e, id) {
			texts[id] = p.obsolete.take([]int{i}, func(int) localefile.ID { return id })[0]
			come = append(come, texts[id])
		}
	}
	for n, t := range come {
		text := texts[t.id].text
		delete(texts, t.id)
		if text == "" {
			continue
		}
		doc, _ := tomldoc.Parse("", []byte(text))
		leaves(doc, 0, len(doc.Items()), p.obsolete.meaning.come)
		p.obsolete.edits.insertTable(len(p.obsolete.src), n, text)
	}
}

// dropDoubles deletes the obsolete texts that the locale file has as well, as after a run that was
// cut off.
func (p *planner) dropDoubles() {
	for i := range p.obsolete.file.Entries {
		e := &p.obsolete.file.Entries[i]
		id := p.domain.rename(e.ID)
		m := p.domain.find(id, 0)
		if m < 0 || p.entry[m] == 0 || p.revived[i] || !p.obsolete.file.HasHeader(e) {
			continue
		}
		b := p.obsolete.block(e.Item)
		if p.isDouble(&p.live.file.Entries[p.entry[m]-1], p.obsolete.tableText(&b, id)) {
			p.revived[i] = true
			p.obsolete.take([]int{i}, func(int) localefile.ID { return id })
		}
	}
}

// isDouble reports whether a translation in the locale file has the words and the comments of a
// table, which has nothing else.
func (p *planner) isDouble(live *localefile.Entry, table string) bool {
	forms := formsIn(table)
	if forms.Missing() || forms != live.Texts() || !p.live.file.HasHeader(live) || hasOthers(table) {
		return false
	}
	b := p.live.block(live.Item)
	has := slices.Collect(strings.Lines(commentsOf(p.live.slice(p.live.file.Lines(&b)), "\n")))
	for comment := range strings.Lines(commentsOf(table, "\n")) {
		if !slices.Contains(has, comment) {
			return false
		}
	}
	return true
}

// replace returns which one of two tables of an ID stays: the newer one, unless it has no
// translation. The comments of the other one stay in any case.
func (p *planner) replace(older, newer string) string {
	was, is := formsIn(older), formsIn(newer)
	switch {
	case is.Missing():
		older, newer = newer, older
	case !was.Missing() && was != is:
		p.summary.Replaced++
	}
	has := slices.Collect(strings.Lines(commentsOf(newer, "\n")))
	var kept strings.Builder
	for comment := range strings.Lines(commentsOf(older, "\n")) {
		if !slices.Contains(has, comment) {
			kept.WriteString(comment)
		}
	}
	return kept.String() + newer
}

// formsIn returns the forms of the text that a table has.
func formsIn(table string) localefile.Forms {
	file, _, _ := localefile.Read("", language.Und, []byte(table))
	if len(file.Entries) == 0 {
		return localefile.Forms{}
	}
	return file.Entries[0].Texts()
}

// finishObsolete returns the obsolete file as it will be, nil if nothing is left in it.
func (p *planner) finishObsolete() ([]byte, error) {
	if p.pruned || p.obsolete.old == nil && len(p.obsolete.edits.list) == 0 {
		return nil, nil
	}
	come := slices.Clone(p.obsolete.edits.list[min(p.kept, len(p.obsolete.edits.list)):])
	text, err := p.obsolete.finish()
	if err == nil && holdsNothing(text) {
		text = nil
	}
	if p.summary.Revived > 0 && len(come) > 0 && err == nil {
		between, err := (&edits{come}).apply(p.obsolete.src, p.obsolete.newline)
		p.between = []byte(between)
		return text, err
	}
	return text, err
}

// holdsNothing reports whether a file of obsolete texts has no text and no comment but its first
// line. An encoder may have left headers of tables whose texts are back.
func holdsNothing(text []byte) bool {
	doc, syntax := tomldoc.Parse("", text)
	return len(syntax) == 0 && !slices.ContainsFunc(doc.Items(), func(it tomldoc.Item) bool {
		switch it.Kind {
		case tomldoc.Blank, tomldoc.Header, tomldoc.ArrayHeader:
			return false
		case tomldoc.Comment:
			return doc.Slice(it.Span) != strings.TrimSpace(obsoleteHead)
		}
		return true
	})
}

// parkedIn lists the texts of the obsolete file, and those of them that were moved there. It
// reports the ones that the locale file has as well.
func (p *planner) parkedIn(text []byte) (parked, moved []Obsolete) {
	if text == nil {
		return nil, nil
	}
	file, _, _ := localefile.Read("", p.tag, text)
	name := path.Join(path.Dir(p.name), ObsoleteName(p.tag))
	isMoved := make(map[localefile.ID]bool, len(p.moved))
	for _, id := range p.moved {
		isMoved[id] = true
	}
	for i := range file.Entries {
		e := &file.Entries[i]
		o := Obsolete{e.ID, file.Doc.Pos(file.Doc.Items()[e.Item].Span.Start)}
		parked = append(parked, o)
		if isMoved[e.ID] {
			moved = append(moved, o)
		}
		if m := p.domain.find(e.ID, 0); m >= 0 && p.translated.messages[m] {
			p.findings = append(p.findings, RuleObsoleteLive.At(name, o.Pos,
				fmt.Sprintf("%v is obsolete here, and also in %s", e.ID, path.Base(p.name)),
				"the one there counts; delete this one if nothing in it is needed"))
		}
	}
	return parked, moved
}

// settle records which texts have a translation after this run, including obsolete ones.
func (p *planner) settle() {
	if p.role == state.Source {
		return
	}
	for i := range p.obsolete.file.Entries {
		if e := &p.obsolete.file.Entries[i]; !p.revived[i] && !e.Missing() {
			p.present.add(p.domain.rename(e.ID))
		}
	}
	for _, t := range p.retired {
		if forms := formsIn(t.text); !forms.Missing() {
			p.present.add(t.id)
		}
	}
	if p.facts.Settle(p.present.has) {
		p.changed = true
	}
}

// prune deletes the obsolete texts, and the facts about texts that are nowhere any more.
func (p *planner) prune() {
	p.match()
	p.survey()
	p.summary.Pruned = len(p.obsolete.file.Entries)
	p.pruned = true
	known := map[string]bool{}
	for i := range p.domain.messages {
		known[p.domain.messages[i].ID.String()] = true
	}
	for _, id := range p.ids {
		known[id.String()] = true
	}
	n := p.facts.Len()
	p.facts.Prune(func(id string) bool { return !known[id] })
	p.changed = p.changed || p.facts.Len() < n
}

// unite returns one file of obsolete texts for the two sides of a conflict. Of a text that both
// have, the second side's counts; if the other one differs, it stays as a comment.
func unite(name string, tag language.Tag, first, second []byte) ([]byte, diag.List) {
	a, syntax, _ := newSheet(name, tag, first, first)
	b, syntax2, _ := newSheet(name, tag, second, second)
	if syntax = append(syntax, syntax2...); len(syntax) > 0 {
		return nil, syntax
	}
	has := map[localefile.ID]*localefile.Entry{}
	for i := range b.file.Entries {
		has[b.file.Entries[i].ID] = &b.file.Entries[i]
	}
	var out strings.Builder
	out.WriteString(b.src)
	for i := range a.file.Entries {
		e := &a.file.Entries[i]
		text := a.take([]int{i}, func(int) localefile.ID { return e.ID })[0].text
		other := has[e.ID]
		switch {
		case other == nil:
			out.WriteString(b.newline + text)
		case other.Texts() != e.Texts():
			out.WriteString(b.newline + "# The other branch had:" + b.newline)
			for line := range strings.Lines(text) {
				out.WriteString("# " + line)
			}
		}
	}
	return []byte(out.String()), nil
}
