package ledger

import (
	"fmt"
	"slices"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/diag"
)

// The rules of findings about what a domain declares. All of them are errors.
const (
	RuleDomain = "ledger-domain" // the ledger is of another domain
	RuleBreak  = "ledger-break"  // a code that was issued has changed; it can be accepted
	RuleReuse  = "ledger-reuse"  // a number or a name of one code is given to another; it cannot
)

// Comparison is what a domain's declarations mean for its ledger.
type Comparison struct {
	Breaks   diag.List // what must not be written down as it is, each at the code's place in Go
	Next     *Ledger   // the ledger to write, in which codes with a break stay as they were issued
	Accepted []string  // the names of codes with a break that was accepted, sorted
	New      int       // codes that Next has more
	Retired  int       // codes that are retired in Next and were not before
}

// Compare compares what the domain declares with its ledger. A nil ledger stands for one that does not exist yet.
//
// If base is not nil, it is an earlier ledger that has what was released: a code that is not in base may change freely,
// and goes without a trace when it is declared no more. Breaks of the codes for which accept returns true are let pass and
// become part of Next; a nil accept accepts none.
func Compare(old, base *Ledger, d *declared.Domain, accept func(name string) bool) Comparison {
	c := comparer{file: Name}
	if old != nil {
		c.file = old.file
		c.Next = &Ledger{file: old.file, domain: d.Name, crlf: old.crlf}
		c.entries = old.entries
	} else {
		c.Next = &Ledger{file: Name, domain: d.Name}
	}
	c.before = c.entries
	if base != nil {
		c.file = base.file
		c.entries = base.entries
	}
	c.accept = accept
	c.index(d)
	for _, l := range []*Ledger{old, base} {
		if l != nil && l.domain != "" && l.domain != d.Name {
			c.breaks(d.Place, RuleDomain, fmt.Sprintf("%s is the ledger of the domain %q, not of %q", l.file, l.domain, d.Name),
				"give the domain its old name back, or its files another folder")
		}
	}
	for i := range d.Codes {
		c.code(&d.Codes[i])
	}
	c.retire()
	sortEntries(c.Next.entries)
	slices.Sort(c.Accepted)
	return c.Comparison
}

type comparer struct {
	Comparison
	file    string
	entries []Entry // what was issued
	before  []Entry // of the ledger that Next takes the place of
	accept  func(name string) bool

	byName   map[string][]*Entry
	byNumber map[int][]*Entry
	known    map[issued]bool // what the ledger before has
	declared map[issued]bool
	names    map[string]bool // that are declared

	broken  idents // of the codes with a break
	written idents // of the declared codes that Next has
}

// idents are numbers and names of codes.
type idents struct {
	numbers map[int]bool
	names   map[string]bool
}

func newIdents() idents { return idents{map[int]bool{}, map[string]bool{}} }

func (i idents) add(code *declared.Code) { i.numbers[code.Number], i.names[code.Name] = true, true }

// touch reports whether an entry has one of the numbers or names.
func (i idents) touch(e *Entry) bool { return i.numbers[e.Number] || i.names[e.Name] }

func (c *comparer) index(d *declared.Domain) {
	c.broken, c.written = newIdents(), newIdents()
	n := max(len(c.entries), len(c.before), len(d.Codes))
	c.byName, c.byNumber = make(map[string][]*Entry, n), make(map[int][]*Entry, n)
	c.known, c.declared, c.names = make(map[issued]bool, n), make(map[issued]bool, n), make(map[string]bool, n)
	c.Next.entries = make([]Entry, 0, n)
	for i := range c.entries {
		e := &c.entries[i]
		c.byName[e.Name] = append(c.byName[e.Name], e)
		c.byNumber[e.Number] = append(c.byNumber[e.Number], e)
	}
	for _, e := range c.before {
		c.known[issued{e.Number, e.Name}] = true
	}
	for i := range d.Codes {
		c.declared[issued{d.Codes[i].Number, d.Codes[i].Name}] = true
		c.names[d.Codes[i].Name] = true
	}
}

// code compares one code with what was issued, and puts it into the next ledger unless there is a break.
func (c *comparer) code(code *declared.Code) {
	next := entryOf(code)
	breaks := len(c.Breaks)
	numbered, named := live(c.byNumber[code.Number]), live(c.byName[code.Name])
	switch {
	case numbered != nil && numbered == named:
		c.unchanged(code, numbered, &next)
	case numbered != nil:
		c.renamed(code, numbered, named)
	case named != nil:
		c.renumbered(code, named)
	default:
		c.fresh(code, &next)
	}
	if len(c.Breaks) > breaks {
		c.broken.add(code)
		return
	}
	c.written.add(code)
	c.Next.entries = append(c.Next.entries, next)
	if !c.known[issued{code.Number, code.Name}] {
		c.New++
	}
}

// live returns the entry that is not retired, or nil.
func live(entries []*Entry) *Entry {
	for _, e := range entries {
		if !e.Retired {
			return e
		}
	}
	return nil
}

// renamed judges a code whose number was issued under another name. It is the same code, renamed, unless one of the two
// names is that of another code.
func (c *comparer) renamed(code *declared.Code, numbered, named *Entry) {
	if named != nil || c.names[numbered.Name] {
		c.numberTaken(code, numbered)
		return
	}
	if other := c.retiredName(code); other != nil {
		c.nameTaken(code, other)
		return
	}
	c.acceptable(code, fmt.Sprintf("the code %d was called %s, %s", numbered.Number, numbered.Name, c.line(numbered)))
}

// renumbered judges a code whose name was issued with another number, while no code has its number now.
func (c *comparer) renumbered(code *declared.Code, named *Entry) {
	for _, e := range c.byNumber[code.Number] {
		if e.Name != code.Name {
			c.numberTaken(code, e)
			return
		}
	}
	c.acceptable(code, fmt.Sprintf("the code %s had the number %d, %s", named.Name, named.Number, c.line(named)))
}

// fresh judges a code of which neither the number nor the name is in use: a new one, or a retired one that is back.
func (c *comparer) fresh(code *declared.Code, next *Entry) {
	for _, e := range c.byNumber[code.Number] {
		if e.Name == code.Name {
			c.unchanged(code, e, next)
			return
		}
	}
	for _, e := range c.byNumber[code.Number] {
		c.numberTaken(code, e)
		return
	}
	if e := c.retiredName(code); e != nil {
		c.nameTaken(code, e)
	}
}

// retiredName returns a retired entry that has the code's name with another number, or nil.
func (c *comparer) retiredName(code *declared.Code) *Entry {
	for _, e := range c.byName[code.Name] {
		if e.Number != code.Number {
			return e
		}
	}
	return nil
}

func (c *comparer) numberTaken(code *declared.Code, e *Entry) {
	c.breaks(code.Place, RuleReuse, fmt.Sprintf("the number %d is that of %s, %s, and is for no other code", e.Number, e.Name, c.line(e)),
		fmt.Sprintf("give %s a number that was never used", code.Name))
}

func (c *comparer) nameTaken(code *declared.Code, e *Entry) {
	c.breaks(code.Place, RuleReuse, fmt.Sprintf("the name %s is that of the code %d, %s, and is for no other code", e.Name, e.Number, c.line(e)),
		"choose a name that was never used")
}

// unchanged compares the status and the params of a code that kept its number and its name.
func (c *comparer) unchanged(code *declared.Code, e, next *Entry) {
	if e.HTTP != next.HTTP {
		c.acceptable(code, fmt.Sprintf("the code %s had the HTTP status %d, %s, and has %d now", e.Name, e.HTTP, c.line(e), next.HTTP))
	}
	for _, was := range e.Params {
		at := slices.IndexFunc(next.Params, func(p Param) bool { return p.Name == was.Name })
		switch {
		case at < 0:
			c.acceptable(code, fmt.Sprintf("the code %s had the param %s, %s", e.Name, was.Name, c.line(e)))
		case next.Params[at].Kind != was.Kind:
			c.acceptable(code, fmt.Sprintf("the param %s of %s was of the kind %s, %s, and is of the kind %s now",
				was.Name, e.Name, was.Kind, c.line(e), next.Params[at].Kind))
		case was.Public && !next.Params[at].Public:
			c.acceptable(code, fmt.Sprintf("the param %s of %s was public, %s", was.Name, e.Name, c.line(e)))
		}
	}
}

// acceptable reports a break, unless it is accepted.
func (c *comparer) acceptable(code *declared.Code, text string) {
	if c.accept == nil || !c.accept(code.Name) {
		c.breaks(code.Place, RuleBreak, text, fmt.Sprintf("undo the change, or accept it: extract accept --ledger %s", code.Name))
		return
	}
	if !slices.Contains(c.Accepted, code.Name) {
		c.Accepted = append(c.Accepted, code.Name)
	}
}

// retire carries over the lines of what is not declared, as retired, and those that a code with a break is about, as they
// are. Of a code that was never released nothing stays.
func (c *comparer) retire() {
	released := map[issued]bool{}
	for _, e := range c.entries {
		released[issued{e.Number, e.Name}] = true
	}
	for _, e := range c.before {
		now := issued{e.Number, e.Name}
		if c.broken.touch(&e) && !c.written.touch(&e) {
			c.Next.entries = append(c.Next.entries, e)
			continue
		}
		if c.declared[now] || !released[now] {
			continue
		}
		if !e.Retired {
			c.Retired++
		}
		e.Retired = true
		c.Next.entries = append(c.Next.entries, e)
	}
}

func (c *comparer) breaks(at declared.Place, rule, text, hint string) {
	c.Breaks = append(c.Breaks, diag.Finding{
		File: at.File, Pos: at.Pos, Severity: diag.Error, Rule: rule, Text: text, Hint: hint,
	})
}

// line names an entry's line, for a finding that stands in Go.
func (c *comparer) line(e *Entry) string { return fmt.Sprintf("at %s:%d", c.file, e.Line) }

func entryOf(code *declared.Code) Entry {
	e := Entry{Number: code.Number, Name: code.Name, HTTP: code.HTTP}
	for _, p := range code.Params {
		e.Params = append(e.Params, Param{p.Name, p.Kind, p.Public})
	}
	return e
}
