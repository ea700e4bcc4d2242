package state

import "slices"

// Union adds all that the other set holds, and keeps the stronger header. It is how two branches
// are merged.
func (s *Set) Union(other *Set) {
	s.Header = s.Header.stronger(other.Header)
	s.Add(slices.Collect(other.All())...)
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
	return s.Header == other.Header && slices.Equal(slices.Collect(s.All()), slices.Collect(other.All()))
}
