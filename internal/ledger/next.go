package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// stays reports whether Next has the code. If not, it leaves no trace.
func (c *comparer) stays(id *issued) bool {
	return id.written || !(id.moved && c.leavesNumber(id) || c.isDraft(id) && !id.kept ||
		len(id.file) == 0 && c.isElsewhere(id))
}

// carryOver puts the lines of a code that is not declared into Next: as retired, or as the ledger
// has them while there is an error about the code. If a code that shares its name were retired, it
// would look like the other one before it got a new number, and the error would be gone.
func (c *comparer) carryOver(id *issued) {
	switch {
	case id.written:
	case !id.next:
		c.Dropped += len(id.file)
	case !id.moved && (id.sharesName || id.kept && len(id.file) > 0):
		for _, line := range id.file {
			c.Next.entries = append(c.Next.entries, *line)
		}
	case len(id.file) == 0:
		lines := id.base
		if len(lines) == 0 {
			lines = id.past[:1]
		}
		c.Next.entries = append(c.Next.entries, id.retire(lines))
		c.Restored++
	default:
		line := id.retire(id.file)
		c.Next.entries = append(c.Next.entries, line)
		switch {
		case !id.hasRetired():
			c.Retired++
		case len(id.file) > 1:
			c.Settled++
		case !line.says(id.file[0]):
			c.Changed++
		}
	}
}

// leavesNumber reports whether a code that got another number leaves the old one to another code
// that has it, too, which is how a conflict of two branches ends.
func (c *comparer) leavesNumber(id *issued) bool {
	return slices.ContainsFunc(c.byNumber[id.number], func(other *issued) bool {
		return other != id && other.outranks(id)
	})
}

// leavesName reports whether a code that is renamed now leaves its former name to another code. If
// that one is renamed now, too, the one with the lower number keeps it.
func (c *comparer) leavesName(id *issued, name string) bool {
	if !id.wasOnMain() && c.retiredOnMain(c.byName[name]) != nil {
		return true
	}
	return slices.ContainsFunc(c.byName[name], func(other *issued) bool {
		return other != id && other.outranks(id) && !other.hasRetiredAs(name) &&
			(len(other.file) > 0 || !id.known()) &&
			(other.number < id.number || !c.isRenamed(other))
	})
}

// outranks reports whether a code may keep what another one has, too: what was issued does not give
// way to a draft.
func (id *issued) outranks(other *issued) bool {
	return id.known() || !other.known() && len(id.file) > 0
}

// isRenamed reports whether Go declares the code with a name that no line has.
func (c *comparer) isRenamed(id *issued) bool {
	return !slices.ContainsFunc(id.file, func(e *Entry) bool {
		number, declared := c.declared[e.Name]
		return declared && number == id.number
	}) && slices.ContainsFunc(c.Domain.Codes, func(code model.Code) bool {
		return code.Number == id.number
	})
}

// isElsewhere reports whether the ledger lacks a line because such a conflict has ended.
func (c *comparer) isElsewhere(id *issued) bool {
	numbered := slices.ContainsFunc(c.byNumber[id.number], func(other *issued) bool {
		return (len(other.file) > 0 || other.written) && other.known()
	})
	return numbered && !slices.ContainsFunc(id.names, func(name string) bool {
		return !slices.ContainsFunc(c.byName[name], func(other *issued) bool {
			return len(other.file) > 0 || other.written
		})
	})
}

// retire returns the line of a code that is not declared. Of several lines it has all params, and
// the status of the first, which is a live one if there is any.
func (id *issued) retire(lines []*Entry) Entry {
	e := *lines[0]
	e.Params = slices.Clone(e.Params)
	if name := id.presentName(); name != "" {
		e.Name = name
	}
	for _, line := range lines[1:] {
		for _, p := range line.Params {
			if q := e.param(p.Name); q == nil {
				e.Params = append(e.Params, p)
			} else {
				q.Public = q.Public || p.Public
				if len(q.Was) == 0 {
					q.Was = p.Was
				}
			}
		}
	}
	e.Was = slices.DeleteFunc(slices.Clone(id.names), func(n string) bool { return n == e.Name })
	e.Retired = true
	return e
}

// conflicts calls report for the codes that count and share a key, unless Go declares none of them:
// then nobody uses the key, and all stay retired. Codes that the ledger lacks come first, then
// those that Go declares. Where their lines are in the file makes no difference.
func conflicts[K cmp.Ordered](
	byKey map[K][]*issued, counts func(*issued, K) bool, report func(key K, ids []*issued),
) {
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		if len(byKey[key]) < 2 {
			continue
		}
		ids := slices.DeleteFunc(slices.Clone(byKey[key]), func(id *issued) bool {
			return !counts(id, key)
		})
		if len(ids) < 2 || !slices.ContainsFunc(ids, (*issued).isUsed) {
			continue
		}
		slices.SortStableFunc(ids, func(a, b *issued) int {
			return cmp.Or(compareBool(len(a.file) > 0, len(b.file) > 0),
				compareBool(b.code != nil, a.code != nil), compareBool(b.kept, a.kept))
		})
		report(key, ids)
	}
}

// pairs calls report for the first of several codes with each of the others, if Go declares one of
// the two. Of each pair, the code whose line comes first is a.
func pairs(ids []*issued, report func(a, b *issued)) {
	for _, id := range ids[1:] {
		switch first := ids[0]; {
		case !first.isUsed() && !id.isUsed():
		case id.line() < first.line():
			report(id, first)
		default:
			report(first, id)
		}
	}
}

// isUsed reports whether Go declares the code, or tries to.
func (id *issued) isUsed() bool { return id.code != nil || id.kept }

// line returns the line of the ledger that names the code first, 0 if it lacks the code.
func (id *issued) line() int {
	if len(id.file) == 0 {
		return 0
	}
	return slices.MinFunc(id.file, func(a, b *Entry) int { return a.Line - b.Line }).Line
}

// numberConflict reports a number of two codes. If the ledger lacks one of them it is the first,
// and owns the number.
func (c *comparer) numberConflict(a, b *issued) {
	if len(a.file) == 0 {
		if b.code != nil {
			c.conflict(a, b, RuleReuse, fmt.Sprintf("number %d belongs to %s (%s) and cannot be reused",
				a.number, a.name(), c.place(a)), fmt.Sprintf("give %s a number that was never used, "+
				"then run extract accept --ledger %[1]s", b.code.Name))
			return
		}
		c.conflict(a, b, RuleTwice, fmt.Sprintf("number %d belongs to %s (%s), not to %s",
			a.number, a.name(), c.place(a), b.name()), "delete this line if the code was never released")
		return
	}
	hint := fmt.Sprintf("give the one of %s and %s that was not released another number, "+
		"then run extract accept --ledger with its name", a.name(), b.name())
	for _, id := range []*issued{a, b} {
		if c.isGone(id) {
			hint = fmt.Sprintf("if %s was never released, delete line %d", id.name(), id.line())
		}
	}
	c.conflict(a, b, RuleTwice, fmt.Sprintf("number %d belongs to both %s (line %d) and %s",
		a.number, a.name(), a.line(), b.name()), hint)
}

// nameConflicts reports a name of several codes. While there is such an error, the lines of all of
// them stay, see [comparer.carryOver].
func (c *comparer) nameConflicts(name string, ids []*issued) {
	before := len(c.Conflicts)
	pairs(ids, func(a, b *issued) { c.nameConflict(name, a, b) })
	if len(c.Conflicts) == before {
		return
	}
	for i, id := range ids {
		id.sharesName = id.sharesName || i == 0 || len(id.file) > 0
	}
}

// nameConflict is numberConflict for a name.
func (c *comparer) nameConflict(name string, a, b *issued) {
	switch {
	case len(a.file) == 0 && (len(b.file) == 0 || b.known()):
		// The code got another number, and its old line is restored.
	case a.known() && b.known() && !a.isCalled(name) && !b.isCalled(name):
		// Both were issued with it, and neither has it any more.
	case len(a.file) == 0:
		line := a.retire(slices.Concat(a.base, a.past)[:1])
		c.conflict(a, b, RuleReuse, fmt.Sprintf("name %s belongs to code %d (%s) and cannot be reused",
			name, a.number, c.place(a)), fmt.Sprintf("if it is the same code, put its old line "+
			"back into %s: %s", c.Ledger.file, line.String()))
	case a.code != nil && b.code != nil:
		hint := "rename the one that was not released, then run extract accept --ledger with its new name"
		if !a.isCalled(name) && !b.isCalled(name) {
			hint = fmt.Sprintf("delete was:%s from the line of the one that was not released", name)
		}
		c.conflict(a, b, RuleTwice, fmt.Sprintf("name %s belongs to both code %d (line %d) and code %d",
			name, a.number, a.line(), b.number), hint)
	case !c.Accept(name):
		hint := "declare it with the number that was released, then run extract accept --ledger " + name
		for _, id := range []*issued{a, b} {
			if !a.isCalled(name) && !b.isCalled(name) && c.isGone(id) && !id.known() {
				hint = fmt.Sprintf("if code %d was never released, delete line %d", id.number, id.line())
			}
		}
		c.conflict(a, b, RuleTwice, fmt.Sprintf("name %s belongs to both code %d (line %d) and code %d",
			name, a.number, a.line(), b.number), hint)
	case !slices.Contains(c.Accepted, name):
		c.Accepted = append(c.Accepted, name)
	}
}

// isGone reports whether Go does not declare the code. What looks gone may be part of an invalid
// declaration.
func (c *comparer) isGone(id *issued) bool {
	return id.code == nil && !id.kept && !c.Domain.Invalid && !c.Domain.Partial
}

// isCalled reports whether Go declares the code with the name.
func (id *issued) isCalled(name string) bool { return id.code != nil && id.code.Name == name }

// conflict reports a conflict at the code's place: in Go for one that breaks what was issued, else
// in the ledger.
func (c *comparer) conflict(other, id *issued, rule diag.Rule, text, hint string) {
	other.shares, id.shares = true, true
	f := rule.At(c.Ledger.file, diag.Pos{}, text, hint)
	f.Domain = c.Domain.Name
	switch {
	case rule == RuleReuse && id.code != nil:
		f.File, f.Pos = id.code.Place.File, id.code.Place.Pos
	case len(id.file) > 0:
		f.Pos = diag.Pos{Line: id.line(), Column: 1}
	}
	c.Conflicts = append(c.Conflicts, f)
}

// lost warns of each code that is restored, unless an error names it already.
func (c *comparer) lost() {
	for _, id := range c.all {
		if !id.next || len(id.file) > 0 || id.kept || id.written || id.shares {
			continue
		}
		f := RuleLost.At(c.Ledger.file, diag.Pos{}, fmt.Sprintf(
			"%d %s was issued (%s), so its line must stay, as retired",
			id.number, id.name(), c.place(id)), "")
		f.Domain = c.Domain.Name
		c.Warnings = append(c.Warnings, f)
	}
}

// bounded returns the first findings of a list, and one that counts the others.
func bounded(list diag.List) diag.List {
	if len(list) <= maxFindings {
		return list
	}
	more := list[maxFindings]
	more.Pos, more.Hint = diag.Pos{}, ""
	more.Count = len(list) - maxFindings
	more.Text = fmt.Sprintf("%d more findings like this", more.Count)
	return append(list[:maxFindings:maxFindings], more)
}
