package state

import (
	"maps"
	"slices"
)

// Union adds all that the other set holds, and keeps the stronger header. It is how two branches
// are merged.
func (s *Set) Union(other *Set) {
	s.Header = s.Header.stronger(other.Header)
	for _, facts := range other.facts {
		s.Add(facts...)
	}
}

// Clone returns a copy that shares nothing with s.
func (s *Set) Clone() *Set {
	c := new(Set)
	c.Union(s)
	return c
}

// Equal reports whether both sets have the same header and the same facts. A lock file whose set
// would not change is not rewritten.
func (s *Set) Equal(other *Set) bool {
	return s.Header == other.Header && maps.EqualFunc(s.facts, other.facts, slices.Equal)
}
