package merge

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/threeway"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// planner plans the changes of one file and of those that belong to it.
type planner struct {
	FilePlan // as far as it is made

	domain  *domain
	locale  *format.Locale
	content Content
	once    bool // the content is not kept unless it changes
	create  bool // the file does not exist yet
	adopted bool // it had no state

	live     *localeedit.File
	obsolete *localeedit.File
	facts    *state.Set
	past     func() *state.Set // what earlier versions of the state knew
	hadFacts bool
	changed  bool // the state is not as its file has it
	learned  bool // there are facts that it did not have

	about     [][]state.Fact                     // by message: the facts
	entry     []int                              // by message: the index of its entry plus 1, or 0
	message   []int                              // by entry: the index of its message, or -1
	gone      []int                              // entries that leave the file
	retired   []localeedit.Taken                 // the texts of these, for the obsolete file
	back      map[localefile.ID]localeedit.Taken // those that come back under another name
	parked    map[localefile.ID]int              // entries of the obsolete file, by ID
	unparked  map[int]bool                       // of these, the ones that leave it
	moved     map[localefile.ID]bool             // the texts that come into it
	obstacles func() localeedit.Obstacles

	imports map[localefile.ID]*exchange.Text

	edit *Edit // to the one text that is changed

	kept    int  // of the edits of the obsolete file, those that delete what comes back
	refused bool // nothing is planned, since the file shrinks
	pruned  bool

	translated []bool // by message: the locale file has a translation after this run

	findings diag.List
	texts    diag.List // findings about single texts, from reading the file
	reports  []report
}

// report is a finding about the locale file, or about a place in it.
type report struct {
	diag.Finding
	at int // the offset in the file as it is read; -1 for the file as a whole
}

// newPlanner reads the files. They are not to be planned for if there are findings. The planner may
// be used until the reader reads another file.
func newPlanner(d *domain, f File, r *localefile.Reader) (*planner, diag.List) {
	p := &planner{FilePlan: FilePlan{Name: f.Name, Tag: f.Tag}, domain: d, locale: format.For(f.Tag),
		once: f.Read != nil}
	var err error
	if p.content, err = f.content(); err != nil {
		return p, diag.List{unreadable(f.Name, err)}
	}
	p.create = p.Tag == d.Source && d.create
	unusable := slices.Concat(p.readText(r), p.readState(), p.readObsolete())
	if len(unusable) == 0 {
		unusable = p.checkAdoption()
	}
	if len(unusable) > 0 {
		return p, unusable
	}
	p.recall()
	p.translated = make([]bool, len(d.messages))
	return p, nil
}

// readText reads the locale file. Of the source locale's, which is generated, the first side of
// each conflict counts; in another one, a conflict is settled if nobody has to decide anything: it
// is about extract's own lines, or about tables that a branch has added.
func (p *planner) readText(r *localefile.Reader) (syntax diag.List) {
	old, text := p.content.Text, p.content.Text
	if p.Tag == p.domain.Source {
		text, _, _ = localefile.Sides(text)
	} else {
		text = localefile.Settle(text)
		if ancestor := p.content.Ancestor; ancestor != nil {
			if settled, ok := threeway.Settle(ancestor, text, p.domain.renameName); ok {
				text = settled
			}
		}
	}
	if p.create {
		old = nil
	}
	p.live, syntax, p.texts = localeedit.Read(r, p.Name, p.Tag, old, text, p.domain.rename)
	for i := range syntax {
		if syntax[i].Rule == tomldoc.RuleConflict.ID {
			syntax[i].Hint = "keep one version of the text, and delete the lines with the markers; " +
				"if git merges text by text, fewer conflicts are left: extract merge-driver --help"
		}
	}
	return syntax
}

// readState reads the state, and finds out what the file is to its domain.
func (p *planner) readState() diag.List {
	name := path.Join(path.Dir(p.Name), StateName(p.Tag))
	facts, findings := state.Parse(name, p.content.State)
	p.facts, p.hadFacts = facts, facts.Len() > 0
	p.changed = facts.Rename(p.domain.renameName)
	header := facts.Header
	p.facts.Header.Domain, p.facts.Header.Overlay = p.domain.Name, p.domain.Overlay
	if p.Tag == p.domain.Source {
		p.facts.Header = state.Header{Domain: p.domain.Name, Role: state.Source}
	} else if role := p.facts.Header.Role; role != state.Target && role != state.Variant {
		p.facts.Header = headerOf(p.domain.Input, p.Tag, p.domain.tags(), false)
	}
	p.Role, p.Parent = p.facts.Header.Role, p.facts.Header.Parent
	p.past = sync.OnceValue(func() *state.Set {
		past := new(state.Set)
		if p.domain.History != nil {
			past, _ = state.Parse(name, p.domain.History(p.Tag))
			past.Rename(p.domain.renameName)
		}
		return past
	})
	p.changed = p.changed || p.facts.Header != header
	return findings
}

// recall adds the facts that the state has lost. Those about texts that are nowhere any more were
// pruned.
func (p *planner) recall() {
	recorded := p.domain.Recorded[p.Tag]
	if len(recorded) == 0 {
		return
	}
	texts := map[localefile.ID]bool{}
	for _, id := range slices.Concat(p.live.IDs, p.obsolete.IDs) {
		texts[id] = true
	}
	wanted := func(id string) bool {
		return texts[parseID(id)] || p.domain.find(parseID(id), 0) >= 0
	}
	if p.domain.recall(p.facts, p.Tag, wanted) {
		p.changed, p.learned = true, true
	}
}

// headerOf returns the header of the state of a new file. It is a variant if another is for its
// parent, or its parent's, in the same language and script.
func headerOf(in *Input, tag language.Tag, others []language.Tag, full bool) state.Header {
	header := state.Header{Domain: in.Domain.Name, Role: state.Target, Overlay: in.Overlay}
	if parent, has := parentOf(tag, others); has && !full {
		header.Role, header.Parent = state.Variant, parent.String()
	}
	return header
}

// parentOf returns the nearest parent of the locale that is one of the others and has the same
// language and script.
func parentOf(tag language.Tag, others []language.Tag) (parent language.Tag, has bool) {
	id := locale.Of(tag)
	for _, parent := range locale.Parents(tag) {
		if locale.Of(parent).SameText(id) && slices.Contains(others, parent) {
			return parent, true
		}
	}
	return language.Und, false
}

// readObsolete reads the file of obsolete texts. If branches were merged and left a conflict, or a
// text twice, the texts of both are kept.
func (p *planner) readObsolete() (syntax diag.List) {
	name := path.Join(path.Dir(p.Name), ObsoleteName(p.Tag))
	old, text := p.content.Obsolete, p.content.Obsolete
	if old == nil {
		text = []byte(obsoleteHead)
	}
	p.obsolete, p.Summary.Replaced, syntax = localeedit.ReadMerged(name, p.Tag, old, text,
		p.domain.rename)
	return syntax
}

// checkAdoption returns a finding if the file has no state although there must have been one: then
// it is not known what its translations were made from.
func (p *planner) checkAdoption() diag.List {
	p.adopted = p.content.State == nil && p.Tag != p.domain.Source && !p.domain.Displayed
	tracked := func() bool { return p.domain.Tracked != nil && p.domain.Tracked(p.Tag) }
	if !p.adopted || p.domain.Adopt || !p.translates() || !p.live.ShowsNotes() && !tracked() {
		return nil
	}
	return diag.List{RuleNoState.At(p.Name, diag.Pos{},
		fmt.Sprintf("its state, %s, is missing", StateName(p.Tag)),
		"restore it from version control; or run extract with --adopt, which treats all texts of "+
			"the file as translations of the current source texts")}
}

// translates reports whether the file has a text that is not empty.
func (p *planner) translates() bool {
	return slices.ContainsFunc(p.live.Entries,
		func(e localefile.Entry) bool { return !e.Missing() })
}

// sync plans all that brings the files up to date.
func (p *planner) sync() {
	p.match()
	p.readImport()
	p.measure()
	// If a declaration can't be read, which texts are lost is not known.
	_, _, shrinks := p.Shrinks()
	if p.refused = p.domain.RefuseShrink && !p.domain.Partial && shrinks; p.refused {
		return
	}
	p.takeGone()
	p.write()
	p.retire()
	p.settle()
}

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
			if at := p.entry[m] - 1; at < 0 {
				p.entry[m] = i + 1
			} else if entries[at].Doubled {
				continue
			} else if entries[at].Missing() && !entries[i].Missing() {
				p.entry[m] = i + 1
				p.gone = append(p.gone, at)
			} else {
				p.gone = append(p.gone, i)
			}
		}
	}
	for m := range former {
		i := p.entry[m] - 1
		e := &entries[i]
		if p.live.IDs[i] == e.ID {
			continue
		}
		p.Summary.Renamed++
		if p.live.Rename(i) {
			continue
		}
		// It cannot be renamed where it is, so it goes aside and comes back under its name.
		p.entry[m] = 0
		p.gone = append(p.gone, i)
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

// finish applies the edits. It returns the file that findings and positions are about.
func (p *planner) finish() *localefile.File {
	p.apply()
	p.Blocked = p.domain.Partial && p.Summary.Parked+p.Summary.Removed > 0
	file, at := p.live.File, func(at int) int { return at }
	if p.domain.After && p.Changed() && !p.Blocked {
		file, _, p.texts = localefile.ReadDoc(p.live.Written(), p.Tag)
		at = p.live.Moved
		p.placeLeft(file)
	}
	for _, r := range p.reports {
		if r.at >= 0 {
			r.Pos = file.Doc.Pos(at(r.at))
		}
		p.findings = append(p.findings, r.Finding)
	}
	p.findings = append(p.findings, p.texts...)
	return file
}

// placeLeft gives the texts that are not translated their positions in the new file.
func (p *planner) placeLeft(file *localefile.File) {
	index := make(map[localefile.ID]int, len(p.Left))
	for i := range p.Left {
		index[p.Left[i].ID] = i
	}
	for i := range file.Entries {
		e := &file.Entries[i]
		if left, is := index[e.ID]; is {
			p.Left[left].Pos = file.Doc.Pos(file.Doc.Items()[e.Item].Span().Start)
		}
	}
}

// apply applies the edits and has the results checked. If one is not what was planned, no file
// changes.
func (p *planner) apply() {
	p.Rewrite = Rewrite{p.live.Old, p.live.Old}
	p.State, p.HadState = Rewrite{p.content.State, p.content.State}, p.content.State != nil
	p.Obsolete = Rewrite{p.content.Obsolete, p.content.Obsolete}
	if p.refused {
		return
	}
	text, err := p.live.Finish()
	obsolete, between, err2 := p.finishObsolete()
	if err = errors.Join(err, err2); err != nil {
		p.report(-1, RuleReferee,
			fmt.Sprintf("the file is left as it is, since it could not be changed safely: %v", err),
			"please report this with the file")
		return
	}
	if p.New = text; p.Changed() {
		p.Meaning = p.live.Meaning()
	}
	p.Obsolete.New, p.Between = obsolete, between
	p.listParked()
	if p.Learned = p.learned; p.changed {
		p.State.New = p.facts.Bytes()
	}
	if p.once && !p.Changed() {
		p.Rewrite = Rewrite{}
	}
	if p.once && !p.State.Changed() {
		p.State = Rewrite{}
	}
}

// learn adds facts.
func (p *planner) learn(facts ...state.Fact) {
	for _, f := range facts {
		if p.facts.Has(f) {
			continue
		}
		p.facts.Add(f)
		p.changed, p.learned = true, true
		if m := p.domain.findName(f.ID); m >= 0 {
			p.about[m] = p.facts.Of(f.ID)
		}
	}
}

// unreadable returns the finding about a file that cannot be read.
func unreadable(name string, err error) diag.Finding {
	if finding, is := errors.AsType[diag.Finding](err); is {
		return finding
	}
	return RuleUnreadable.At(name, diag.Pos{}, err.Error(), "")
}

func (p *planner) report(at int, rule diag.Rule, text, hint string) {
	p.reports = append(p.reports, report{rule.At(p.Name, diag.Pos{}, text, hint), at})
}
