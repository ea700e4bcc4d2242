package ledger

import (
	"fmt"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// Comparison is what a domain's declarations mean for its ledger.
type Comparison struct {
	Breaks   diag.List // what must not be written down as it is, each at the code's place in Go
	Standing diag.List // breaks of base that the ledger has already, since they were accepted; warnings
	Doubled  diag.List // the findings about doubled lines that are not settled by what is accepted
	Next     *Ledger   // the ledger to write, in which codes with a break stay as they were issued
	Accepted []string  // the names of codes with a break that was accepted, sorted
	New      int       // codes that Next has more
	Retired  int       // codes that are retired in Next and were not before
	Changed  int       // lines of declared codes that are not as before
	Dropped  int       // lines that Next has no more
}

// Compare compares what the domain declares with its ledger. A nil ledger stands for one that does not exist yet.
//
// If base is not nil, it is an earlier ledger that has what was released: a code that is not in base may change freely,
// and goes without a trace when it is declared no more. A code that base has stays in Next although the ledger lacks it. A
// break of base that the ledger has already is none: nothing writes it there unless it is accepted.
//
// Breaks of the codes for which accept returns true are let pass and become part of Next; a nil accept accepts none. Next
// must not be written while lines are doubled.
func Compare(old, base *Ledger, d *model.Domain, accept func(name string) bool) Comparison {
	c := comparer{accept: accept}
	if accept == nil {
		c.accept = func(string) bool { return false }
	}
	if old == nil {
		old = &Ledger{file: Name, domain: d.Name}
	}
	c.Next = &Ledger{file: old.file, domain: d.Name, crlf: old.crlf}
	c.file, c.before, c.entries = old.file, old.entries, old.entries
	if base != nil {
		c.file, c.entries = base.file, base.entries
	}
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
	c.settle(old.doubled)
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
	known    map[issued]*Entry // what the ledger before has
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

func (i idents) add(code *model.Code) { i.numbers[code.Number], i.names[code.Name] = true, true }

// touch reports whether an entry has one of the numbers or names.
func (i idents) touch(e *Entry) bool { return i.numbers[e.Number] || i.names[e.Name] }

func (c *comparer) index(d *model.Domain) {
	c.broken, c.written = newIdents(), newIdents()
	n := max(len(c.entries), len(c.before), len(d.Codes))
	c.byName, c.byNumber = make(map[string][]*Entry, n), make(map[int][]*Entry, n)
	c.known, c.declared, c.names = make(map[issued]*Entry, n), make(map[issued]bool, n), make(map[string]bool, n)
	c.Next.entries = make([]Entry, 0, n)
	for i := range c.entries {
		e := &c.entries[i]
		c.byName[e.Name] = append(c.byName[e.Name], e)
		c.byNumber[e.Number] = append(c.byNumber[e.Number], e)
	}
	for i := range c.before {
		// Of two lines the first counts, which is not retired if one of them is not.
		if e := &c.before[i]; c.known[e.id()] == nil {
			c.known[e.id()] = e
		}
	}
	for i := range d.Codes {
		c.declared[issued{d.Codes[i].Number, d.Codes[i].Name}] = true
		c.names[d.Codes[i].Name] = true
	}
}

// code compares one code with what was issued, and puts it into the next ledger unless there is a break.
func (c *comparer) code(code *model.Code) {
	next := entryOf(code)
	breaks := len(c.Breaks)
	numbered, named := live(c.byNumber[code.Number], code), live(c.byName[code.Name], code)
	switch {
	case numbered != nil && numbered == named:
		c.unchanged(code, numbered, &next)
	case numbered != nil:
		c.renamed(code, numbered, named, &next)
	case named != nil:
		c.renumbered(code, named, &next)
	default:
		c.fresh(code, &next)
	}
	if len(c.Breaks) > breaks {
		c.broken.add(code)
		return
	}
	c.written.add(code)
	c.Next.entries = append(c.Next.entries, next)
	switch was := c.known[next.id()]; {
	case was == nil:
		c.New++
	case !was.equal(&next):
		c.Changed++
	}
}

// live returns the entry that is not retired, or nil. Where a merge has left several it is the code's own.
func live(entries []*Entry, code *model.Code) *Entry {
	var first *Entry
	for _, e := range entries {
		switch {
		case e.Retired:
		case e.Number == code.Number && e.Name == code.Name:
			return e
		case first == nil:
			first = e
		}
	}
	return first
}

// renamed judges a code whose number was issued under another name. It is the same code, renamed, unless one of the two
// names is that of another code.
func (c *comparer) renamed(code *model.Code, numbered, named, next *Entry) {
	if named != nil || c.names[numbered.Name] {
		c.numberTaken(code, numbered)
		return
	}
	if other := c.retiredName(code); other != nil {
		c.nameTaken(code, other)
		return
	}
	c.moved(code, numbered, fmt.Sprintf("the code %d was called %s, %s", numbered.Number, numbered.Name, c.line(numbered)))
	c.unchanged(code, numbered, next)
}

// renumbered judges a code whose name was issued with another number, while no code has its number now.
func (c *comparer) renumbered(code *model.Code, named, next *Entry) {
	for _, e := range c.byNumber[code.Number] {
		if e.Name != code.Name {
			c.numberTaken(code, e)
			return
		}
	}
	c.moved(code, named, fmt.Sprintf("the code %s had the number %d, %s", named.Name, named.Number, c.line(named)))
	c.unchanged(code, named, next)
}

// fresh judges a code of which neither the number nor the name is in use: a new one, or a retired one that is back.
func (c *comparer) fresh(code *model.Code, next *Entry) {
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
func (c *comparer) retiredName(code *model.Code) *Entry {
	for _, e := range c.byName[code.Name] {
		if e.Number != code.Number {
			return e
		}
	}
	return nil
}

// unchanged compares the status and the params of a code that is the same as when it was issued.
func (c *comparer) unchanged(code *model.Code, e, next *Entry) {
	stands := c.stands(code)
	if e.HTTP != next.HTTP {
		c.acceptable(code, fmt.Sprintf("the code %s had the HTTP status %d, %s, and has %d now", e.Name, e.HTTP, c.line(e), next.HTTP),
			stands != nil && stands.HTTP == next.HTTP)
	}
	for _, was := range e.Params {
		if text := c.lost(e, was.Name, next.Params); text != "" {
			c.acceptable(code, text, stands != nil && c.lost(stands, was.Name, next.Params) == "")
		}
	}
}

// lost tells what programs that know a param of the entry cannot rely on any more, "" if there is nothing or no such param.
func (c *comparer) lost(e *Entry, name string, now []Param) string {
	before, at := e.param(name), slices.IndexFunc(now, func(p Param) bool { return p.Name == name })
	switch {
	case before == nil:
		return ""
	case at < 0:
		return fmt.Sprintf("the code %s had the param %s, %s", e.Name, name, c.line(e))
	case now[at].Kind != before.Kind:
		return fmt.Sprintf("the param %s of %s was of the kind %s, %s, and is of the kind %s now", name, e.Name, before.Kind, c.line(e), now[at].Kind)
	case before.Public && !now[at].Public:
		return fmt.Sprintf("the param %s of %s was public, %s", name, e.Name, c.line(e))
	}
	return ""
}

func entryOf(code *model.Code) Entry {
	e := Entry{Number: code.Number, Name: code.Name, HTTP: code.HTTP}
	for _, p := range code.Params {
		e.Params = append(e.Params, Param{p.Name, p.Kind, p.Public})
	}
	return e
}
