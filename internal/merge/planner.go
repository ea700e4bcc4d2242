package merge

import (
	"errors"
	"fmt"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
)

// planner plans the changes of one file and of those that belong to it.
type planner struct {
	FilePlan // as far as it is made

	// What was read.
	domain   *domain
	locale   *format.Locale
	content  Content
	once     bool // the content is not kept unless it changes
	create   bool // the file does not exist yet
	adopted  bool // it had no state
	live     *localeedit.File
	obsolete *localeedit.File
	facts    *state.Set
	past     func() *state.Set // what earlier versions of the state knew
	hadFacts bool
	imports  map[localefile.ID]*exchange.Text // what is to be taken over
	edit     *Edit                            // to the one text that is changed

	// What belongs together.
	entry     []int                 // by message: the index of its entry plus 1, or 0
	message   []int                 // by entry: the index of its message, or -1
	about     [][]state.Fact        // by message: the facts
	gone      []int                 // entries that leave the file
	parked    map[localefile.ID]int // entries of the obsolete file, by ID
	obstacles func() localeedit.Obstacles

	// What changes.
	refused    bool                                 // nothing, since the file shrinks
	back       map[localefile.ID]localeedit.Excerpt // gone texts that come back under another name
	retired    []localeedit.Excerpt                 // gone texts for the obsolete file
	unparked   map[int]bool                         // entries that leave the obsolete file
	moved      map[localefile.ID]bool               // texts that come into it
	kept       int                                  // of its edits, those that delete what comes back
	pruned     bool                                 // all of it goes
	translated []bool                               // by message: the locale file has a translation
	changed    bool                                 // the state is not as its file has it
	learned    bool                                 // there are facts that it did not have

	findings diag.List
	texts    diag.List // findings about single texts, from reading the file
	reports  []report
}

// report is a finding about the locale file, or about a place in it.
type report struct {
	diag.Finding
	at int // the offset in the file as it is read; -1 for the file as a whole
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

// survey counts the texts of a file, whose states judge finds. It changes nothing itself.
func (p *planner) survey(judge func(*table) state.Result) {
	if p.Role == state.Source {
		p.Summary.Texts, p.Summary.Translated = len(p.domain.messages), len(p.domain.messages)
		return
	}
	for m, t := range p.tables {
		if t == nil {
			p.countMissing(m)
			continue
		}
		r := judge(t)
		p.count(m, &t.forms, &r, t.Entry)
	}
}

// tables yields the texts of the domain, each with what the file has for it, nil for nothing.
func (p *planner) tables(yield func(*message, *table) bool) {
	for i := range p.domain.messages {
		m, entry := &p.domain.messages[i], p.entry[i]-1
		var there *table
		if entry >= 0 {
			t := p.tableOf(p.live, entry, m)
			t.adopt()
			there = &t
		}
		if !yield(m, there) {
			return
		}
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

func (p *planner) report(at int, rule diag.Rule, text, hint string) {
	p.reports = append(p.reports, report{rule.At(p.Name, diag.Pos{}, text, hint), at})
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
