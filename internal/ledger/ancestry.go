package ledger

import (
	"slices"
	"strconv"
	"strings"
)

// Ancestry has the versions of a ledger, and which were made from which. It tells two things apart
// that look the same after a merge, when one line of a code has a param and the other one lacks it:
// one branch has removed the param and accepted that, or it has never seen the param, since the
// other branch added it.
//
// It only has the codes with several lines, so that a long history needs little memory.
type Ancestry struct {
	numbers  map[int]bool
	versions []version      // parents first
	index    map[string]int // of the versions, by their names
}

// version is a version of the ledger.
type version struct {
	parents []int
	entries []Entry
}

// Ancestry returns an ancestry without versions, to be filled by Add. It returns nil if each code
// has one line: then an ancestry is not needed.
func (l *Ledger) Ancestry() *Ancestry {
	numbers := map[int]bool{}
	for _, id := range identify(l.pointers()) {
		if len(id.lines) > 1 {
			numbers[id.number] = true
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	return &Ancestry{numbers: numbers, index: map[string]int{}}
}

// Add adds a version by its name, such as that of a commit. Its parents must have been added
// before; others are ignored, as are lines that cannot be read.
func (a *Ancestry) Add(name string, parents []string, src []byte) {
	var v version
	for _, parent := range parents {
		if i, ok := a.index[parent]; ok {
			v.parents = append(v.parents, i)
		}
	}
	for line := range strings.Lines(string(src)) {
		word, _, _ := strings.Cut(line, " ")
		if number, err := strconv.Atoi(word); err != nil || !a.numbers[number] {
			continue
		}
		var e Entry
		if wrong, _ := e.read(strings.Fields(line)); wrong == "" {
			v.entries = append(v.entries, e)
		}
	}
	a.index[name] = len(a.versions)
	a.versions = append(a.versions, v)
}

// accepted reports whether the branch with the lines that agree with Go has changed what the other
// lines have. Then its developers have accepted that, since they could not write the ledger
// otherwise. It is the question of a three-way merge, and has its answer: the branch has made the
// change if the last version that it has in common with the other branch differs from Go. If that
// version agrees, the other branch has made a change, which got lost in Go.
//
// Branches that were merged crosswise have several such versions; one that differs is enough. The
// code's lines are those with its number and any of its names.
func (a *Ancestry) accepted(number int, names map[string]bool, agrees func(*Entry) bool) bool {
	const agree, differ = 1, 2
	marks := make([]struct {
		sides  int  // branches that have the version
		below  bool // a version was made from it
		merged bool // a merge that extract has not seen has its lines
		common bool // a version made from it is part of both sides
	}, len(a.versions))
	for i, v := range slices.Backward(a.versions) {
		lines := 0
		for j := range v.entries {
			e := &v.entries[j]
			switch {
			case e.Number != number || !names[e.Name]:
			case agrees(e):
				lines |= agree
			default:
				lines |= differ
			}
		}
		m := &marks[i]
		isTip := !m.below || m.merged
		if isTip && lines != agree|differ {
			m.sides |= lines
		}
		both := m.sides == agree|differ
		if both && !m.common && lines&differ != 0 {
			return true
		}
		for _, parent := range v.parents {
			p := &marks[parent]
			p.sides |= m.sides
			p.below = true
			p.merged = p.merged || isTip && lines == agree|differ
			p.common = p.common || both
		}
	}
	return false
}
