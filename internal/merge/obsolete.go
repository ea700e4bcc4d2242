package merge

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/localeedit"
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
	for i, id := range p.obsolete.IDs {
		if first, twice := p.parked[id]; !twice || p.obsolete.Entries[first].ID != id {
			p.parked[id] = i
		}
	}
}

// unpark takes a text out of the obsolete file.
func (p *planner) unpark(entry int) localeedit.Excerpt {
	p.unparked[entry] = true
	return p.obsolete.Take(entry)[0]
}

// takeGone takes the texts out of the file that the domain does not declare, and those that have to
// give way to another one of their ID.
func (p *planner) takeGone() {
	p.back = map[localefile.ID]localeedit.Excerpt{}
	entries := p.live.Entries
	if p.Role == state.Source {
		p.gone = slices.DeleteFunc(p.gone, p.isHandmade)
		p.reshapeSource()
	}
	for n, t := range p.live.Take(p.gone...) {
		e := &entries[p.gone[n]]
		m := p.domain.find(t.ID, 0)
		returns := m >= 0 && p.entry[m] == 0
		before, twice := p.back[t.ID]
		switch {
		case p.Role == state.Source, e.Missing() && !t.Others && len(t.Comments) == 0:
			if m < 0 {
				p.Summary.Removed++
			}
		case m >= 0 && !returns && p.isDouble(p.entry[m]-1, t):
			// The locale file has it already.
		case returns && !twice:
			p.back[t.ID] = t
		case returns && (e.Missing() || before.Forms.Missing()):
			p.back[t.ID] = p.replace(before, t)
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
		e := &p.live.Entries[entry-1]
		if e.Doubled || p.live.HasHeader(e) {
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
func (p *planner) isHandmade(entry int) bool {
	e := &p.live.Entries[entry]
	if e.Missing() || !p.hadFacts || len(p.facts.Of(p.domain.rename(e.ID).String())) > 0 {
		return false
	}
	p.report(p.live.Start(entry), RuleSourceEdited,
		fmt.Sprintf("%v was added by hand, but Go doesn't declare it", e.ID),
		"declare it in Go, which this file is written from, or delete it here")
	return true
}

// learnGone writes down what a translation was made from, while that can still be told.
func (p *planner) learnGone(entry int) {
	t := p.tableOf(p.live, entry, nil)
	if !localeedit.IsBare(t.ID) {
		return // It was never the name of a code.
	}
	p.learn(state.Resolve(p.facts, p.domain.written().facts, t.text()).New...)
}

// revive takes the text of a message out of the obsolete file, if it is there. If it has to be
// translated, one without any form stays.
func (p *planner) revive(id localefile.ID, translated bool) (t localeedit.Excerpt, ok bool) {
	if t, ok = p.back[id]; ok {
		delete(p.back, id)
		return t, true
	}
	i, ok := p.parked[id]
	if !ok || p.Role == state.Source || translated && p.obsolete.Entries[i].Missing() {
		return t, false
	}
	p.Summary.Revived++
	return p.unpark(i), true
}

// retire puts the texts that left the file into the obsolete one. Of two with an ID the newer one
// stays.
func (p *planner) retire() {
	for i, id := range p.obsolete.IDs {
		e, counts := &p.obsolete.Entries[i], &p.obsolete.Entries[p.parked[id]]
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
	p.kept = p.obsolete.Edits()
	var come []localeedit.Excerpt
	at := map[localefile.ID]int{}
	for _, t := range p.retired {
		p.Summary.Parked++
		p.moved[t.ID] = true
		n, twice := at[t.ID]
		if twice {
			come[n] = p.replace(come[n], t)
			continue
		}
		if i, is := p.parked[t.ID]; is && !p.unparked[i] {
			t = p.replace(p.unpark(i), t)
		}
		at[t.ID] = len(come)
		come = append(come, t)
	}
	// A name changes last, since only what stays in its place can get another one.
	for i := range p.obsolete.IDs {
		if !p.unparked[i] && !p.obsolete.Rename(i) {
			come = append(come, p.unpark(i))
		}
	}
	for _, t := range come {
		p.obsolete.Append(t)
	}
	p.retired = come
}

// isLive reports whether the locale file has an obsolete text as well, as after a run that was cut
// off.
func (p *planner) isLive(entry int) bool {
	m := p.domain.find(p.obsolete.IDs[entry], 0)
	return m >= 0 && p.entry[m] > 0 && p.obsolete.HasHeader(&p.obsolete.Entries[entry]) &&
		p.isDouble(p.entry[m]-1, p.obsolete.Copy(entry))
}

// isDouble reports whether a translation in the locale file has the words and the comments of
// another one, which has nothing else.
func (p *planner) isDouble(entry int, t localeedit.Excerpt) bool {
	live := &p.live.Entries[entry]
	if t.Forms.Missing() || t.Forms != live.Texts() || t.Others || !p.live.HasHeader(live) {
		return false
	}
	has := p.live.Copy(entry).Comments
	return !slices.ContainsFunc(t.Comments, func(comment string) bool {
		return !slices.Contains(has, comment)
	})
}

// replace returns which one of two tables of an ID stays: the newer one, unless it has no
// translation. The comments of the other one stay in any case.
func (p *planner) replace(older, newer localeedit.Excerpt) localeedit.Excerpt {
	switch {
	case newer.Forms.Missing():
		older, newer = newer, older
	case !older.Forms.Missing() && older.Forms != newer.Forms:
		p.Summary.Replaced++
	}
	return newer.WithComments(older.Comments, "\n")
}

// finishObsolete returns the obsolete file as it will be, nil if nothing is left in it, and what
// [FilePlan.Between] is.
func (p *planner) finishObsolete() (text, between []byte, err error) {
	if p.pruned || p.obsolete.Old == nil && p.obsolete.Edits() == 0 {
		return nil, nil, nil
	}
	if p.Summary.Revived > 0 && p.obsolete.Edits() > p.kept {
		if between, err = p.obsolete.WithoutFirst(p.kept); err != nil {
			return nil, nil, err
		}
	}
	if text, err = p.obsolete.Finish(); err != nil {
		return nil, nil, err
	}
	// A large file that does not change is not read again.
	unchanged := len(p.obsolete.Entries) > 0 && bytes.Equal(text, p.content.Obsolete)
	if !unchanged && holdsNothing(text) {
		text = nil
	}
	return text, between, nil
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
	file := p.obsolete.File
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
		if !t.Forms.Missing() {
			present.set(p.domain.find(t.ID, 0), t.ID)
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
	p.Summary.Pruned = len(p.obsolete.Entries)
	p.pruned = true
	undeclared := map[localefile.ID]bool{} // what the locale file has
	for i, id := range p.live.IDs {
		if p.message[i] < 0 {
			undeclared[id] = true
		}
	}
	n, find := p.facts.Len(), p.domain.inOrder()
	p.facts.Prune(func(id string) bool { return find(id) < 0 && !undeclared[parseID(id)] })
	p.changed = p.changed || p.facts.Len() < n
}
