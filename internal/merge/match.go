package merge

import (
	"maps"
	"slices"
	"sync"

	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
)

// match finds out which entry is which text, which are to go, and which facts are about which text.
func (p *planner) match() {
	entries := p.live.Entries
	p.entry, p.message = make([]int, len(p.domain.messages)), make([]int, len(entries))
	former := map[int][]int{} // by message: entries under a former name
	guess := 0
	for i, id := range p.live.IDs {
		m := p.domain.find(id, guess)
		p.message[i] = m
		switch {
		case m >= 0 && id == entries[i].ID:
			p.entry[m] = i + 1
			guess = m + 1
		case entries[i].Doubled: // Which one is meant is not known.
		case m >= 0:
			former[m] = append(former[m], i)
		default:
			p.gone = append(p.gone, i)
		}
	}
	p.about = make([][]state.Fact, len(p.domain.messages))
	find := p.domain.inOrder()
	for id, facts := range p.facts.ByID() {
		if m := find(id); m >= 0 {
			p.about[m] = facts
		}
	}
	p.rename(former)
	slices.Sort(p.gone)
	p.matchObsolete()
	p.obstacles = sync.OnceValue(func() localeedit.Obstacles { return p.live.Obstacles(p.gone) })
}

// rename gives the texts of former names their names. Where the file has the new name as well, the
// one that is translated counts, and of two the one with the new name.
func (p *planner) rename(former map[int][]int) {
	entries := p.live.Entries
	for _, m := range slices.Sorted(maps.Keys(former)) {
		for _, i := range former[m] {
			switch at := p.entry[m] - 1; {
			case at < 0:
				p.entry[m] = i + 1
			case entries[at].Doubled: // Which one is meant is not known.
			case entries[at].Missing() && !entries[i].Missing():
				p.entry[m] = i + 1
				p.gone = append(p.gone, at)
			default:
				p.gone = append(p.gone, i)
			}
		}
		i := p.entry[m] - 1
		if p.live.IDs[i] == entries[i].ID {
			continue
		}
		p.Summary.Renamed++
		if !p.live.Rename(i) {
			// It cannot be renamed where it is, so it goes aside and comes back under its name.
			p.entry[m] = 0
			p.gone = append(p.gone, i)
		}
	}
}

// measure counts the texts that the file is known to have or have had, and those that are missing
// or leave it at once. Of the source locale's file these are the ones that Go does not declare any
// more.
func (p *planner) measure() {
	if p.Role == state.Source {
		p.lost, p.known = len(p.gone), len(p.live.Entries)
		return
	}
	has := newIDs(p.domain)
	isGone := func(entry int) bool {
		_, gone := slices.BinarySearch(p.gone, entry)
		return gone
	}
	entries := p.live.Entries
	for i := range entries {
		if !entries[i].Missing() && !isGone(i) {
			has.set(p.message[i], p.live.IDs[i])
		}
	}
	p.addParked(&has)
	missing, known := p.facts.Missing(has.inOrder())
	p.lost, p.known = len(missing), known
	for i := range entries {
		if entries[i].Missing() || p.isRecorded(i) {
			continue
		}
		if p.known++; isGone(i) {
			p.lost++
		}
	}
}

// isRecorded reports whether the state had facts about an entry's text.
func (p *planner) isRecorded(entry int) bool {
	if m := p.message[entry]; m >= 0 {
		return len(p.about[m]) > 0
	}
	return len(p.facts.Of(p.live.IDs[entry].String())) > 0
}

// addParked adds the obsolete texts that stay so and have a translation.
func (p *planner) addParked(has *ids) {
	for i, id := range p.obsolete.IDs {
		if !p.unparked[i] && !p.obsolete.Entries[i].Missing() {
			has.set(p.domain.find(id, 0), id)
		}
	}
}

// ids is a set of IDs, most of which are those of messages.
type ids struct {
	domain   *domain
	messages []bool
	others   map[localefile.ID]bool
}

func newIDs(d *domain) ids {
	return ids{d, make([]bool, len(d.messages)), map[localefile.ID]bool{}}
}

// set adds the ID of a message, or one that no message has if the message is -1.
func (s *ids) set(message int, id localefile.ID) {
	if message >= 0 {
		s.messages[message] = true
	} else {
		s.others[id] = true
	}
}

// inOrder returns the function that reports whether an ID in one word is in the set. It is asked
// for IDs in their order.
func (s *ids) inOrder() func(id string) bool {
	find := s.domain.inOrder()
	return func(id string) bool {
		if m := find(id); m >= 0 {
			return s.messages[m]
		}
		return s.others[parseID(id)]
	}
}
