package threeway

import (
	"slices"

	"github.com/errlingo/errlingo/internal/localefile"
)

// Settle returns a locale file with conflict markers as a file that has all tables of both sides.
// It is not ok if somebody has to decide. So base, from which both sides were made, must lack each
// table that only one side has. Of a table that both sides have, all but extract's own lines must
// be the same; or base lacks it, too, and its words are the same or only one side has any.
//
// A table with a former name of another one is the same table: rename returns the present key of a
// table, such as AB.title.
func Settle(base, src []byte, rename func(key string) string) (settled []byte, ok bool) {
	first, second, ok := localefile.Sides(src)
	if !ok {
		return src, false
	}
	before, ok := read(base)
	if !ok {
		return src, false
	}
	var m merger // Without a base, no table is lost.
	for i, side := range map[int][]byte{inOurs: first, inTheirs: second} {
		if m.sides[i], ok = read(side); !ok {
			return src, false
		}
	}
	ours, theirs := m.sides[inOurs], m.sides[inTheirs]
	keys := map[string]string{} // by their present names
	for _, key := range slices.Concat(ours.keys, theirs.keys) {
		a, b := ours.sections[key], theirs.sections[key]
		isNew := !before.sections[key].present
		if !isNew && !(a.present && b.present && a.saysAs(b)) {
			return src, false
		}
		now := rename(key)
		if other, known := keys[now]; known && other != key {
			return src, false
		}
		keys[now] = key
	}
	m.merge("")
	for _, key := range m.order() {
		m.merge(key)
	}
	if _, ok = read(m.out.Bytes()); !ok || len(m.conflicts) > 0 {
		return src, false
	}
	return m.out.Bytes(), true
}

// saysAs reports whether two versions of a section differ in extract's own lines at most.
func (s section) saysAs(other section) bool {
	return s.words == other.words && slices.EqualFunc(s.comments, other.comments,
		func(a, b comment) bool { return a.text == b.text && a.above == b.above })
}
