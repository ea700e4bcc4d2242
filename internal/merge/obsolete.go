package merge

import (
	"bytes"
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
const obsoleteHead = "# Translations of texts that are gone from Go. They come back with them; " +
	"\"extract prune\" deletes them.\n"

// matchObsolete finds the obsolete texts by their IDs. Of two with an ID the one counts that is
// called so in the file.
func (p *planner) matchObsolete() {
	p.parked, p.unparked, p.moved = map[localefile.ID]int{}, map[int]bool{}, map[localefile.ID]bool{}
	for i, id := range p.obsolete.ids {
		if first, twice := p.parked[id]; !twice || p.obsolete.file.Entries[first].ID != id {
			p.parked[id] = i
		}
	}
}

// unpark takes a text out of the obsolete file.
func (p *planner) unpark(entry int) taken {
	p.unparked[entry] = true
	return p.obsolete.take(entry)[0]
}

// takeGone takes the texts out of the file that the domain does not declare, and those that have to
// give way to another one of their ID.
func (p *planner) takeGone() {
	p.back = map[localefile.ID]taken{}
	entries := p.live.file.Entries
	if p.Role == state.Source {
		p.gone = slices.DeleteFunc(p.gone, func(i int) bool { return p.isHandmade(&entries[i]) })
		p.reshapeSource()
	}
	for n, t := range p.live.take(p.gone...) {
		e := &entries[p.gone[n]]
		m := p.domain.find(t.id, 0)
		returns := m >= 0 && p.entry[m] == 0
		before, twice := p.back[t.id]
		switch {
		case p.Role == state.Source, e.Missing() && !t.others && len(t.comments) == 0:
			if m < 0 {
				p.Summary.Removed++
			}
		case m >= 0 && !returns && p.isDouble(p.entry[m]-1, t):
			// The locale file has it already.
		case returns && !twice:
			p.back[t.id] = t
		case returns && (e.Missing() || before.forms.Missing()):
			p.back[t.id] = p.replace(before, t)
		default:
			p.learnGone(p.gone[n])
			p.retired = append(p.retired, t)
		}
	}
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
		if t := p.tableOf(p.live, entry-1, &p.domain.messages[m]); !t.isEdited() {
			p.entry[m] = 0
			p.gone = append(p.gone, entry-1)
		}
	}
	slices.Sort(p.gone)
}

// isHandmade reports whether a text of the source locale's file that Go does not declare was never
// written by extract, and says so.
func (p *planner) isHandmade(e *localefile.Entry) bool {
	if e.Missing() || !p.hadFacts || len(p.facts.Of(p.domain.rename(e.ID).String())) > 0 {
		return false
	}
	p.report(p.live.item(e.Item).Span().Start, RuleSourceEdited,
		fmt.Sprintf("%v was added by hand, but Go doesn't declare it", e.ID),
		"declare it in Go, which this file is written from, or delete it here")
	return true
}

// learnGone writes down what a translation was made from, while that can still be told.
func (p *planner) learnGone(entry int) {
	t := p.tableOf(p.live, entry, nil)
	if key(t.id.Name) != t.id.Name || key(t.id.Part) != t.id.Part {
		return // It was never the name of a code.
	}
	text := t.text()
	written := p.domain.written()
	text.Before = state.Forms(written.texts[t.id])
	p.learn(state.Resolve(p.facts, written.facts, text).New...)
}

// revive takes the text of a message out of the obsolete file, if it is there. If it has to be
// translated, one without any form stays.
func (p *planner) revive(id localefile.ID, translated bool) (t taken, ok bool) {
	if t, ok = p.back[id]; ok {
		delete(p.back, id)
		return t, true
	}
	i, ok := p.parked[id]
	if !ok || p.Role == state.Source || translated && p.obsolete.file.Entries[i].Missing() {
		return t, false
	}
	p.Summary.Revived++
	return p.unpark(i), true
}

// retire puts the texts that left the file into the obsolete one. Of two with an ID the newer one
// stays.
func (p *planner) retire() {
	for i, id := range p.obsolete.ids {
		e, counts := &p.obsolete.file.Entries[i], &p.obsolete.file.Entries[p.parked[id]]
		if !p.unparked[i] && (e != counts && e.ID != id || p.isLive(i)) {
			if p.unpark(i); !e.Missing() && e.Texts() != counts.Texts() {
				p.Summary.Replaced++
			}
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(p.back), func(a, b localefile.ID) int {
		return strings.Compare(a.String(), b.String())
	}) {
		p.retired = append(p.retired, p.back[id]) // Something is in the place of its table.
	}
	p.kept = len(p.obsolete.edits.list)
	var come []taken
	at := map[localefile.ID]int{}
	for _, t := range p.retired {
		p.Summary.Parked++
		p.moved[t.id] = true
		n, twice := at[t.id]
		if twice {
			come[n] = p.replace(come[n], t)
			continue
		}
		if i, is := p.parked[t.id]; is && !p.unparked[i] {
			t = p.replace(p.unpark(i), t)
		}
		at[t.id] = len(come)
		come = append(come, t)
	}
	// A name changes last, since only what stays in its place can get another one.
	for i := range p.obsolete.ids {
		if !p.unparked[i] && !p.obsolete.rename(i) {
			come = append(come, p.unpark(i))
		}
	}
	for _, t := range come {
		doc, _ := tomldoc.Parse("", []byte(t.text))
		leaves(doc, 0, len(doc.Items()), p.obsolete.meaning.come)
		p.obsolete.edits.insertTable(len(p.obsolete.src), t.text)
	}
	p.retired = come
}

// isLive reports whether the locale file has an obsolete text as well, as after a run that was cut
// off.
func (p *planner) isLive(entry int) bool {
	m := p.domain.find(p.obsolete.ids[entry], 0)
	return m >= 0 && p.entry[m] > 0 && p.obsolete.file.HasHeader(&p.obsolete.file.Entries[entry]) &&
		p.isDouble(p.entry[m]-1, p.obsolete.copyOf(entry))
}

// isDouble reports whether a translation in the locale file has the words and the comments of
// another one, which has nothing else.
func (p *planner) isDouble(entry int, t taken) bool {
	live := &p.live.file.Entries[entry]
	if t.forms.Missing() || t.forms != live.Texts() || t.others || !p.live.file.HasHeader(live) {
		return false
	}
	has := p.live.copyOf(entry).comments
	return !slices.ContainsFunc(t.comments, func(comment string) bool {
		return !slices.Contains(has, comment)
	})
}

// replace returns which one of two tables of an ID stays: the newer one, unless it has no
// translation. The comments of the other one stay in any case.
func (p *planner) replace(older, newer taken) taken {
	switch {
	case newer.forms.Missing():
		older, newer = newer, older
	case !older.forms.Missing() && older.forms != newer.forms:
		p.Summary.Replaced++
	}
	return newer.withComments(older.comments, "\n")
}

// finishObsolete returns the obsolete file as it will be, nil if nothing is left in it, and what
// [FilePlan.Between] is.
func (p *planner) finishObsolete() (text, between []byte, err error) {
	if p.pruned || p.obsolete.old == nil && len(p.obsolete.edits.list) == 0 {
		return nil, nil, nil
	}
	come := slices.Clone(p.obsolete.edits.list[min(p.kept, len(p.obsolete.edits.list)):])
	if text, err = p.obsolete.finish(); err != nil {
		return nil, nil, err
	}
	// A large file that does not change is not read again.
	unchanged := len(p.obsolete.file.Entries) > 0 && bytes.Equal(text, p.content.Obsolete)
	if !unchanged && holdsNothing(text) {
		text = nil
	}
	if p.Summary.Revived > 0 && len(come) > 0 {
		both, err := (&edits{list: come}).apply(p.obsolete.src, p.obsolete.newline)
		return text, []byte(both), err
	}
	return text, nil, nil
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
			return doc.Slice(it.Span()) != strings.TrimSpace(obsoleteHead)
		}
		return true
	})
}

// listParked lists the texts of the obsolete file, and reports those that the locale file has as
// well.
func (p *planner) listParked() {
	text := p.Obsolete.New
	if text == nil {
		return
	}
	file := p.obsolete.file
	if !bytes.Equal(text, p.content.Obsolete) {
		file, _, _ = localefile.Read("", p.Tag, text)
	}
	name := path.Join(path.Dir(p.Name), ObsoleteName(p.Tag))
	for i := range file.Entries {
		e := &file.Entries[i]
		o := Obsolete{e.ID, file.Doc.Pos(file.Doc.Items()[e.Item].Span().Start), p.moved[e.ID]}
		p.Parked = append(p.Parked, o)
		if m := p.domain.find(e.ID, 0); m >= 0 && p.translated[m] {
			p.findings = append(p.findings, RuleObsoleteLive.At(name, o.Pos,
				fmt.Sprintf("%v is obsolete here, and also in %s", e.ID, path.Base(p.Name)),
				"the one there counts; delete this one if nothing in it is needed"))
		}
	}
	p.Summary.Obsolete = len(p.Parked)
}

// settle records which texts have a translation after this run, including obsolete ones.
func (p *planner) settle() {
	if p.Role == state.Source {
		return
	}
	present := newIDs(p.domain)
	copy(present.messages, p.translated)
	p.addParked(&present)
	for _, t := range p.retired {
		if !t.forms.Missing() {
			present.set(p.domain.find(t.id, 0), t.id)
		}
	}
	if p.facts.Settle(present.inOrder()) {
		p.changed = true
	}
}

// prune deletes the obsolete texts, and the facts about texts that are nowhere any more.
func (p *planner) prune() {
	p.match()
	p.survey((*table).judge)
	p.Summary.Pruned = len(p.obsolete.file.Entries)
	p.pruned = true
	undeclared := map[localefile.ID]bool{} // what the locale file has
	for i, id := range p.live.ids {
		if p.message[i] < 0 {
			undeclared[id] = true
		}
	}
	n, find := p.facts.Len(), p.domain.inOrder()
	p.facts.Prune(func(id string) bool { return find(id) < 0 && !undeclared[parseID(id)] })
	p.changed = p.changed || p.facts.Len() < n
}

// unite returns one file of obsolete texts for the two sides of a conflict. Of a text that both
// have, the second side's counts; if the other one differs, it stays as a comment.
func unite(name string, tag language.Tag, first, second []byte) ([]byte, diag.List) {
	same := func(id localefile.ID) localefile.ID { return id }
	a, _, syntax := readParked(name, tag, first, first, same)
	b, _, syntax2 := readParked(name, tag, second, second, same)
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
		text := a.take(i)[0].text
		other := has[e.ID]
		switch {
		case other == nil:
			out.WriteString(b.newline + text)
		case other.Texts() != e.Texts():
			out.WriteString(b.newline + asComment(text, b.newline))
		}
	}
	return []byte(out.String()), nil
}
