package plural

import (
	"iter"
	"math/bits"
	"strings"
)

// Category is one of the six plural categories of CLDR. Their order is CLDR's order, and the zero
// value is Zero, which most languages do not use; a number of which nothing is known belongs to
// Other.
type Category uint8

// The categories, in CLDR's order. Their names say little about the numbers in them: Russian puts
// 21 into One.
const (
	Zero Category = iota
	One
	Two
	Few
	Many
	Other
)

// NumCategories is the number of categories, so that an array can hold one value for each.
const NumCategories = 6

// categoryNames is the names back to back; a string, unlike an array, is a constant.
const (
	categoryNames = "zeroonetwofewmanyother"
	categoryEnds  = "\x00\x04\x07\x0a\x0d\x11\x16"
)

// String returns the category's CLDR name, "zero" to "other". A value that is not a category reads
// "other", because that is the form that such a number would be given.
func (c Category) String() string {
	c = min(c, Other)
	return categoryNames[categoryEnds[c]:categoryEnds[c+1]]
}

// ParseCategory returns the category called name. Only the exact lower-case names count.
func ParseCategory(name string) (Category, bool) {
	for c := range Category(NumCategories) {
		if c.String() == name {
			return c, true
		}
	}
	return Other, false
}

// Set is a set of categories. The zero value is the empty set; union, intersection and difference
// are the operators |, & and &^, and == compares.
type Set uint8

// SetOf returns the set of the given categories. A value that is not a category counts as Other.
func SetOf(categories ...Category) Set {
	var s Set
	for _, c := range categories {
		s |= 1 << min(c, Other)
	}
	return s
}

// Has reports whether c is in the set.
func (s Set) Has(c Category) bool { return c < NumCategories && s&(1<<c) != 0 }

// Len returns the number of categories in the set.
func (s Set) Len() int { return bits.OnesCount8(uint8(s & (1<<NumCategories - 1))) }

// All returns the categories of the set in CLDR's order.
func (s Set) All() iter.Seq[Category] {
	return func(yield func(Category) bool) {
		for c := range Category(NumCategories) {
			if s.Has(c) && !yield(c) {
				return
			}
		}
	}
}

// String returns the names of the categories in CLDR's order with one space between them, and ""
// for the empty set.
func (s Set) String() string {
	names := make([]string, 0, NumCategories)
	for c := range s.All() {
		names = append(names, c.String())
	}
	return strings.Join(names, " ")
}
