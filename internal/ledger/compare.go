package ledger

import (
	"fmt"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// Input is what [Compare] compares. Only Domain is required.
type Input struct {
	Domain *model.Domain
	Ledger *Ledger // as the file is now; nil if there is none yet

	// Base is the ledger of a release. With one, only a code that it or History has is issued: any
	// other may change freely and leaves no trace when it is no longer declared. A break that
	// Ledger has already was accepted, and is a warning.
	Base *Ledger

	// History has what was issued before. What Ledger lacks of it is restored as retired. A nil
	// History is an empty one.
	History *History

	// Ancestry tells which lines of a code with several were made from which. With a nil Ancestry,
	// a line that agrees with Go always accepts what another one breaks.
	Ancestry *Ancestry

	// Texts returns the source texts that the code with this name had before, as far as they are
	// known. With a nil Texts, none are.
	Texts func(name string) []string

	// Accept reports whether breaks of the code with this name are accepted. Nil accepts none.
	Accept func(name string) bool
}

// Comparison is what a domain's declarations mean for its ledger.
type Comparison struct {
	Breaks    diag.List // errors: what Go source must not change; most are at the place in Go
	Conflicts diag.List // errors: two codes with one number or name
	Warnings  diag.List // breaks that were accepted before, and lines that were lost
	Next      *Ledger   // the ledger to write; a code with an error is as before, if Go lacks it
	Accepted  []string  // names of codes with a break that is accepted now, sorted

	New      int // declared codes that the ledger lacks
	Retired  int // codes that are no longer declared
	Restored int // issued codes that the ledger lacks, which are not declared
	Changed  int // declared codes whose line changes
	Settled  int // codes that had several lines
	Dropped  int // lines that leave no trace
}

// Compare compares what a domain declares with its ledger.
//
// A code with several lines, which merging leaves, is settled by what Go declares. Each line on its
// own must allow it, or differ only where another of these lines agrees with Go, if the branch of
// that line has changed it: then the change was accepted there, and Warnings says so.
func Compare(in Input) Comparison {
	c := comparer{Input: in}
	if c.Accept == nil {
		c.Accept = func(string) bool { return false }
	}
	if c.Ledger == nil {
		c.Ledger = &Ledger{file: Name, domain: in.Domain.Name}
	}
	if c.History == nil {
		c.History = &History{}
	}
	c.Next = &Ledger{file: c.Ledger.file, domain: in.Domain.Name, crlf: c.Ledger.crlf}
	for _, l := range []*Ledger{c.Ledger, in.Base} {
		if l != nil && l.domain != "" && l.domain != in.Domain.Name {
			c.breaks(in.Domain.Place, RuleDomain,
				fmt.Sprintf("%s belongs to domain %q, not %q", l.file, l.domain, in.Domain.Name),
				"give the domain its old name back, or its files another folder")
		}
	}
	c.index()
	c.Next.entries = make([]Entry, 0, len(in.Domain.Codes))
	for i := range in.Domain.Codes {
		c.code(&in.Domain.Codes[i])
	}
	for _, id := range c.all {
		id.next = c.stays(id)
	}
	hasNumber := func(id *issued, _ int) bool { return id.next }
	conflicts(c.byNumber, hasNumber, func(_ int, ids []*issued) { pairs(ids, c.numberConflict) })
	hasName := func(id *issued, name string) bool {
		// Not declared and with a retired line of that name, it is the other one before it got a new
		// number.
		return id.next && (id.written || !id.hasRetiredAs(name)) && !slices.Contains(id.left, name)
	}
	conflicts(c.byName, hasName, c.nameConflicts)
	for _, id := range c.all {
		c.carryOver(id)
	}
	c.lost()
	c.Conflicts, c.Warnings = bounded(c.Conflicts), bounded(c.Warnings)
	sortEntries(c.Next.entries)
	slices.Sort(c.Accepted)
	return c.Comparison
}

type comparer struct {
	Input
	Comparison
	all      []*issued
	byNumber map[int][]*issued
	byName   map[string][]*issued // by present and former names
	declared map[string]int       // numbers of the names that Go declares
}

// issued is a code as the ledger, the base and the history have it.
type issued struct {
	*identity
	file, base, past []*Entry // past: newest first

	written bool        // Go declares it, and Next has it so
	moved   bool        // Go declares it with another number, which is accepted
	kept    bool        // a break is about it, so its lines stay
	code    *model.Code // that it is now; nil if Go does not declare it
	next    bool        // Next has it
	left    []string    // former names that another code keeps

	shares     bool // a number or name with another code, which is an error
	sharesName bool // a name with another code, which is an error
}

func (c *comparer) index() {
	file := c.Ledger.pointers()
	lines := slices.Clone(file)
	if c.Base != nil {
		lines = append(lines, c.Base.pointers()...)
	}
	numBase := len(lines)
	lines = append(lines, c.History.entries...)
	origin := make(map[*Entry]int, len(lines))
	for i, line := range lines {
		origin[line] = i
	}
	c.byNumber = make(map[int][]*issued, len(lines))
	c.byName = make(map[string][]*issued, len(lines))
	for _, id := range identify(lines) {
		is := &issued{identity: id}
		for _, line := range id.lines {
			switch i := origin[line]; {
			case i < len(file):
				is.file = append(is.file, line)
			case i < numBase:
				is.base = append(is.base, line)
			default:
				is.past = append(is.past, line)
			}
		}
		c.all = append(c.all, is)
	}
	c.forgetDrafts()
	for _, id := range c.all {
		c.byNumber[id.number] = append(c.byNumber[id.number], id)
		for _, name := range id.names {
			c.byName[name] = append(c.byName[name], id)
		}
	}
	c.declared = make(map[string]int, len(c.Domain.Codes))
	for i := range c.Domain.Codes {
		c.declared[c.Domain.Codes[i].Name] = c.Domain.Codes[i].Number
	}
}

// forgetDrafts removes the codes that had to give way to others before their branch was merged.
func (c *comparer) forgetDrafts() {
	numbers, names := map[int]bool{}, map[string]bool{} // of codes that do not give way
	for _, id := range c.all {
		if id.wasOnMain() {
			numbers[id.number] = true
			for _, name := range id.names {
				names[name] = true
			}
		}
	}
	c.all = slices.DeleteFunc(c.all, func(id *issued) bool {
		return len(id.file) == 0 && !id.wasOnMain() && (numbers[id.number] ||
			slices.ContainsFunc(id.names, func(name string) bool { return names[name] }))
	})
}

// wasOnMain reports whether the base or the main branch has had the code.
func (id *issued) wasOnMain() bool { return id.onMain() != nil }

// retiredOnMain returns one of the codes with a name, if the base or the main branch has retired
// all that it has of them. Then a branch can't have given such a code another number.
func (c *comparer) retiredOnMain(ofName []*issued) *issued {
	var gone *issued
	for _, id := range ofName {
		line := id.onMain()
		switch {
		case line == nil:
		case !line.Retired:
			return nil
		default:
			gone = id
		}
	}
	return gone
}

// onMain returns the last line that the base or the main branch has had of the code, or nil.
func (id *issued) onMain() *Entry {
	if len(id.base) > 0 {
		return id.base[0]
	}
	if i := slices.IndexFunc(id.past, func(e *Entry) bool { return !e.merged }); i >= 0 {
		return id.past[i]
	}
	return nil
}

// isDraft reports whether a code is in the ledger only, while a base says what was issued.
func (c *comparer) isDraft(id *issued) bool { return c.Base != nil && !id.known() }

// known reports whether the code is part of the base or the history.
func (id *issued) known() bool { return len(id.base)+len(id.past) > 0 }

// live reports whether the ledger has a line of the code that is not retired.
func (id *issued) live() bool {
	return slices.ContainsFunc(id.file, func(e *Entry) bool { return !e.Retired })
}

// hasRetired reports whether the ledger has a retired line of the code.
func (id *issued) hasRetired() bool {
	return slices.ContainsFunc(id.file, func(e *Entry) bool { return e.Retired })
}

// hasRetiredAs reports whether the ledger has a retired line of the code with a name.
func (id *issued) hasRetiredAs(name string) bool {
	return slices.ContainsFunc(id.file, func(e *Entry) bool {
		return e.Retired && (e.Name == name || slices.Contains(e.Was, name))
	})
}

// hadOnly reports whether the name is a former one in the ledger, and not of a retired line.
func (id *issued) hadOnly(name string) bool {
	return !id.hasRetiredAs(name) && slices.ContainsFunc(id.file, func(e *Entry) bool {
		return slices.Contains(e.Was, name)
	}) && !slices.ContainsFunc(id.file, func(e *Entry) bool { return e.Name == name })
}

// promised returns the lines that Go must not break.
func (c *comparer) promised(id *issued) []*Entry {
	switch {
	case len(id.base) > 0:
		return id.base
	case c.isDraft(id):
		return nil
	case len(id.file) > 0:
		return id.file
	}
	return id.past[:1]
}

// place returns where the code is, for a finding that is in Go source.
func (c *comparer) place(id *issued) string {
	if lines := c.promised(id); len(lines) > 0 {
		return lines[0].at()
	}
	return id.lines[0].at()
}

// name returns the name that a finding calls the code by.
func (id *issued) name() string {
	if name := id.presentName(); name != "" {
		return name
	}
	return id.lines[0].Name
}

// code compares one declared code with what was issued. It puts the code into Next, unless there is
// a break. A code that shares its number or name is not compared, since the other one may be the
// issued one.
func (c *comparer) code(code *model.Code) {
	next := Entry{Number: code.Number, Name: code.Name, HTTP: code.HTTP}
	for _, p := range code.Params {
		next.Params = append(next.Params, Param{Name: p.Name, Kind: p.Kind, Public: p.Public})
	}
	ofNumber := c.released(c.byNumber[code.Number])
	ofName := c.released(c.byName[code.Name])
	var own *issued
	for _, id := range c.byNumber[code.Number] {
		if slices.Contains(id.names, code.Name) {
			own = id
		}
	}
	if slices.Contains(c.Domain.Contested, code.Name) {
		for _, id := range slices.Concat(ofNumber, ofName) {
			id.kept = true
		}
		return
	}
	before := len(c.Breaks)
	switch {
	case own != nil && own.code != nil:
		c.numberTaken(code, own)
	case own != nil:
		c.judge(code, &next, c.promised(own), own.file)
		if gone := c.retiredOnMain(ofName); gone != nil && !own.wasOnMain() {
			c.nameTaken(code, gone)
		} else if c.isDraft(own) {
			c.acceptedNumber(code, &next, ofName)
		}
	case len(ofNumber) > 0:
		own = c.renamed(code, &next, ofNumber, ofName)
	case len(ofName) > 0:
		c.renumbered(code, &next, ofName)
	}
	c.nameParams(code, &next, own, ofName)
	if len(c.Breaks) > before {
		for _, id := range slices.Concat(ofNumber, ofName) {
			id.kept = true
		}
		if own != nil {
			own.kept = true
		}
		return
	}
	if own == nil {
		c.New++
		c.Next.entries = append(c.Next.entries, next)
		return
	}
	own.code, own.written = code, true
	renamed := c.isRenamed(own)
	next.Was = slices.DeleteFunc(slices.Clone(own.names), func(name string) bool {
		leaves := renamed && c.leavesName(own, name)
		if leaves {
			own.left = append(own.left, name)
		}
		return name == code.Name || leaves
	})
	c.Next.entries = append(c.Next.entries, next)
	switch {
	case len(own.file) == 0:
		c.New++
	case len(own.file) > 1:
		c.Settled++
	case !own.file[0].says(&next):
		c.Changed++
	}
}

// nameParams gives the params of a line their former names. No other param may have one of these,
// since fingerprints would take the two for one.
func (c *comparer) nameParams(code *model.Code, next *Entry, own *issued, ofName []*issued) {
	var lines []*Entry
	if own != nil {
		ofName = []*issued{own}
	}
	for _, id := range ofName {
		lines = append(lines, id.lines...)
	}
	for i := range code.Params {
		next.Params[i].Was = formerParams(lines, &code.Params[i])
	}
	for _, p := range next.Params {
		for _, q := range next.Params {
			if p.Name != q.Name && slices.Contains(q.Was, p.Name) {
				c.breaks(code.Place, RuleReuse, fmt.Sprintf("param %s of %s has a former name of param %s (%s)",
					p.Name, code.Name, q.Name, lines[0].at()), "choose a name that was never used")
			}
		}
	}
}

// released returns the codes that are more than drafts.
func (c *comparer) released(ids []*issued) []*issued {
	if c.Base == nil { // There are no drafts.
		return ids
	}
	return slices.DeleteFunc(slices.Clone(ids), c.isDraft)
}

// renamed judges a code whose number was issued under another name only. It is the same code under
// a new name, unless one of the two names is that of another code.
func (c *comparer) renamed(code *model.Code, next *Entry, ofNumber, ofName []*issued) *issued {
	old := ofNumber[0]
	isDeclared := slices.ContainsFunc(old.file, func(e *Entry) bool {
		_, declared := c.declared[e.Name]
		return declared && !e.Retired
	})
	switch {
	case len(ofNumber) > 1 || !old.live() || isDeclared || old.code != nil:
		c.numberTaken(code, old)
	case slices.ContainsFunc(ofName, (*issued).live):
		c.numberTaken(code, old)
	case len(ofName) > 0:
		c.nameTaken(code, ofName[0])
	default:
		c.judge(code, next, c.promised(old), old.file)
		return old
	}
	return nil
}

// renumbered judges a code whose name was issued with another number only, while its number is
// free.
func (c *comparer) renumbered(code *model.Code, next *Entry, ofName []*issued) {
	i := slices.IndexFunc(ofName, func(id *issued) bool {
		return id.code == nil && slices.ContainsFunc(id.file, func(e *Entry) bool {
			return !e.Retired && e.Name == code.Name
		})
	})
	if i < 0 {
		c.nameTaken(code, ofName[0])
		return
	}
	// A code that only had the name before is another one. It may have come with a merge.
	for _, id := range ofName {
		if id.hadOnly(code.Name) {
			c.nameTaken(code, id)
			return
		}
	}
	old, before := ofName[i], len(c.Breaks)
	c.acceptable(code, numberChanged(code, old.number, c.place(old)), undo, false)
	c.judge(code, next, c.promised(old), nil)
	old.moved = len(c.Breaks) == before
}

// acceptedNumber warns of a number that is another one in the base, and judges the code by it. Only
// accepting the change leaves the line of the old number as retired.
func (c *comparer) acceptedNumber(code *model.Code, next *Entry, ofName []*issued) {
	for _, old := range ofName {
		if len(old.file) > 0 && !old.live() {
			c.acceptable(code, numberChanged(code, old.number, c.place(old)), undo, true)
			c.judge(code, next, c.promised(old), c.byOwnLine(code))
			return
		}
	}
}

// byOwnLine returns the lines that the ledger has of exactly this number and name.
func (c *comparer) byOwnLine(code *model.Code) []*Entry {
	var lines []*Entry
	for _, id := range c.byNumber[code.Number] {
		for _, line := range id.file {
			if line.Name == code.Name {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

func numberChanged(code *model.Code, old int, at string) string {
	return fmt.Sprintf("number of %s changed from %d to %d (%s)", code.Name, old, code.Number, at)
}

// judge compares a code with lines that it must not break. Where it differs from one of them,
// another line of the ledger may have accepted that.
func (c *comparer) judge(code *model.Code, next *Entry, promised, lines []*Entry) {
	accepts := map[string]bool{} // whether a line has accepted the change of an attribute
	said := map[string]bool{}    // a break of an attribute is reported once
	differs := func(attribute, text, hint string, agrees func(*Entry) bool) {
		accepted, asked := accepts[attribute]
		if !asked {
			accepted = c.accepted(code, lines, agrees)
			accepts[attribute] = accepted
		}
		if accepted || !said[attribute] {
			c.acceptable(code, text, hint, accepted)
		}
		said[attribute] = true
	}
	former := map[string]bool{} // by lines with the name that Go declares
	for _, l := range lines {
		if l.Name == code.Name {
			for _, name := range l.Was {
				former[name] = true
			}
		}
	}
	for _, e := range promised {
		if e.Name != code.Name && e.Number == code.Number && (!former[e.Name] || c.Base != nil) {
			// A revert puts the former name back into the file, which accepts nothing.
			hasName := func(l *Entry) bool { return l.Name == code.Name }
			accepted := former[e.Name] || c.Base == nil && c.accepted(code, lines, hasName)
			if attribute := "name"; accepted || !said[attribute] {
				text := fmt.Sprintf("code %d was renamed from %s to %s (%s)",
					e.Number, e.Name, code.Name, e.at())
				if !accepted && c.isReworded(e.Name, code) {
					text += ", and none of its texts is the same"
				}
				c.acceptable(code, text, c.renameHint(code, e), accepted)
				said[attribute] = said[attribute] || !accepted
			}
		}
		if e.HTTP != next.HTTP {
			differs("HTTP", fmt.Sprintf("HTTP status of %s changed from %s to %s (%s)",
				code.Name, statusName(e.HTTP), statusName(next.HTTP), e.at()), undo,
				func(l *Entry) bool { return l.HTTP == next.HTTP })
		}
		for _, p := range e.Params {
			if text := p.lost(code, e, next); text != "" {
				differs("param "+p.Name, text, p.lostHint(code, e, next), func(l *Entry) bool {
					q := l.param(p.Name)
					return q == nil || q.lost(code, l, next) == ""
				})
			}
		}
	}
}

// accepted reports whether a line of the code agrees with Go because its branch has changed what
// another line still has, and not because it has never seen that.
func (c *comparer) accepted(code *model.Code, lines []*Entry, agrees func(*Entry) bool) bool {
	names, agreeing := map[string]bool{}, 0
	for _, l := range lines {
		if agrees(l) {
			agreeing++
		}
		names[l.Name] = true
		for _, name := range l.Was {
			names[name] = true
		}
	}
	if agreeing == 0 || agreeing == len(lines) || c.Ancestry == nil {
		return agreeing > 0
	}
	return c.Ancestry.accepted(code.Number, names, agrees)
}

func statusName(status int) string {
	if status == 0 {
		return "none"
	}
	return fmt.Sprint(status)
}

// lost says what programs that know the param of a line can no longer rely on, "" if nothing.
func (p *Param) lost(code *model.Code, e, next *Entry) string {
	now := next.param(p.Name)
	switch {
	case now == nil:
		return fmt.Sprintf("param %s of %s was removed (%s)", p.Name, code.Name, e.at())
	case now.Kind != p.Kind:
		return fmt.Sprintf("param %s of %s changed from %s to %s (%s)",
			p.Name, code.Name, p.Kind, now.Kind, e.at())
	case p.Public && !now.Public:
		return fmt.Sprintf("param %s of %s is no longer public (%s)", p.Name, code.Name, e.at())
	}
	return ""
}

// renameHint is [undo] for a code with another name than a line of its number. Unless the code had
// that name before, nobody but its developers can tell whether it is the same code.
func (c *comparer) renameHint(code *model.Code, e *Entry) string {
	for _, id := range c.byNumber[code.Number] {
		if slices.Contains(id.names, code.Name) {
			return undo
		}
	}
	return fmt.Sprintf("if %s is another code, give it a number that was never used; "+
		"if %s was renamed, undo that", code.Name, e.Name)
}

// undo is how to react to a break without accepting it.
const undo = "undo the change"

// lostHint is [undo] for a param that is lost. If another one of its kind is new, it may be the
// same param under another name, whose former name must come with it.
func (p *Param) lostHint(code *model.Code, e, next *Entry) string {
	var gone, added []Param
	for _, q := range e.Params {
		if next.param(q.Name) == nil {
			gone = append(gone, q)
		}
	}
	for i, q := range next.Params {
		if e.param(q.Name) == nil && q.Kind == p.Kind {
			if slices.Contains(code.Params[i].FormerNames, p.Name) {
				return undo
			}
			added = append(added, q)
		}
	}
	if next.param(p.Name) != nil || len(gone) != 1 || len(added) != 1 {
		return undo
	}
	return fmt.Sprintf("if it was renamed, first add .Formerly(%q) to the declaration of %s; %s",
		p.Name, added[0].Name, undo)
}

// isReworded reports whether the code has none of the source texts that the one with the other name
// had. Then it is probably another code that was given the same number.
func (c *comparer) isReworded(before string, code *model.Code) bool {
	if c.Texts == nil {
		return false
	}
	known := c.Texts(before)
	for i := range code.Texts {
		for _, form := range code.Texts[i].Forms {
			if form != "" && slices.Contains(known, form) {
				return false
			}
		}
	}
	return len(known) > 0
}

// acceptable reports a break, unless it is accepted. One that was accepted before is a warning. The
// hint says what to do instead of accepting it.
func (c *comparer) acceptable(code *model.Code, text, hint string, before bool) {
	switch {
	case before:
		f := RuleAccepted.At(code.Place.File, code.Place.Pos, "already accepted: "+text, "")
		f.Domain = c.Domain.Name
		c.Warnings = append(c.Warnings, f)
	case !c.Accept(code.Name):
		c.breaks(code.Place, RuleBreak, text,
			fmt.Sprintf("%s, or accept it: extract accept --ledger %s", hint, code.Name))
	case !slices.Contains(c.Accepted, code.Name):
		c.Accepted = append(c.Accepted, code.Name)
	}
}

func (c *comparer) numberTaken(code *model.Code, owner *issued) {
	c.breaks(code.Place, RuleReuse, fmt.Sprintf("number %d belongs to %s (%s) and cannot be reused",
		owner.number, owner.name(), c.place(owner)),
		fmt.Sprintf("give %s a number that was never used", code.Name))
}

func (c *comparer) nameTaken(code *model.Code, owner *issued) {
	c.breaks(code.Place, RuleReuse, fmt.Sprintf("name %s belongs to code %d (%s) and cannot be reused",
		code.Name, owner.number, c.place(owner)), "choose a name that was never used")
}

func (c *comparer) breaks(at model.Place, rule diag.Rule, text, hint string) {
	f := rule.At(at.File, at.Pos, text, hint)
	f.Domain = c.Domain.Name
	c.Breaks = append(c.Breaks, f)
}
