// Package plural answers which plural category a number takes in a language.
//
// The categories are those of the cardinal rules in [UTS #35 part 3, Language Plural Rules]. The rules
// are those of CLDR, which the command in the folder gen turns into Go; UNICODE-LICENSE is the license
// of that data.
//
// [UTS #35 part 3, Language Plural Rules]: https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules
package plural

import (
	"cmp"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
)

//go:generate go run ./gen -cldr $ERRLINGO_CLDR

// Rule is the cardinal plural rule of one language. [For] returns it; it never changes, and is safe
// for concurrent use.
type Rule struct {
	// whole returns the category of a number without visible fraction digits.
	whole func(i uint64) Category
	// fraction returns that of a number with such digits; its arguments are the operands of UTS #35:
	// the whole part, the number of fraction digits, and these digits as a number with and without
	// the zeros at the end.
	fraction func(i uint64, v int, f, t uint64) Category

	integers   Set
	categories Set

	filled sync.Once // by For, so that Int and Uint only look up
	table  wholeTable
}

// unknown is the rule of every language that CLDR has no rule for.
var unknown = Rule{
	whole:      func(uint64) Category { return Other },
	fraction:   func(uint64, int, uint64, uint64) Category { return Other },
	integers:   1 << Other,
	categories: 1 << Other,
}

// wholeTable is the categories of whole numbers.
//
// In every rule of CLDR the category depends on n itself only below 100. From there on it depends on
// the last two digits, unless n is a whole number of thousands, when it depends on the thousands
// modulo 1000: a round million is Many in French, and Cornish tells 20 000 from 30 000. The table is
// therefore complete, which the package's tests prove against CLDR's conditions.
type wholeTable struct {
	low       [100]Category  // by n, below 100
	rest      [100]Category  // by n mod 100, from 100 on, whole thousands excepted
	thousands [1000]Category // by n/1000 mod 1000, whole thousands from 1000 on
}

func (t *wholeTable) fill(category func(n uint64) Category) {
	for n := range uint64(100) {
		t.low[n] = category(n)
		t.rest[n] = category(100 + n)
	}
	for n := range uint64(1000) {
		t.thousands[n] = category(1_000_000 + 1000*n)
	}
}

func (t *wholeTable) at(n uint64) Category {
	switch {
	case n < uint64(len(t.low)):
		return t.low[n]
	case n%1000 == 0:
		return t.thousands[n/1000%1000]
	}
	return t.rest[n%100]
}

// For returns the rule of the language of tag; it is never nil. Of regions only pt-PT has a rule of
// its own, which other regions of Portuguese do not share. Scripts, variants and extensions do not
// matter, and a deprecated or redundant code has the rule of the language that it means, as cmn has
// that of zh.
//
// A language that CLDR has no rule for, and a tag without a language (und, x-private), has the
// category Other alone; see [Rule.Known].
func For(tag language.Tag) *Rule {
	id := locale.Of(tag)
	r := cmp.Or(ruleOf(id.Language+"-"+id.Region), ruleOf(id.Language), &unknown)
	r.filled.Do(func() { r.table.fill(r.whole) })
	return r
}

// Reachable returns the categories that a whole number can take in the language of tag, in CLDR's
// order: one, few and many in Polish, where only a fraction is other. A language without a rule
// reaches other alone.
func Reachable(tag language.Tag) []Category { return slices.Collect(For(tag).Integers().All()) }

// Known reports whether there is a rule for the language. If there is none, every number is Other.
func (r *Rule) Known() bool { return r != &unknown }

// Categories returns the categories that the language uses, for whole numbers and for decimals
// together. Other is always one of them.
func (r *Rule) Categories() Set { return r.categories }

// Integers returns the categories that whole numbers take. In some languages these are not all: a
// Russian Other is for decimals alone.
func (r *Rule) Integers() Set { return r.integers }

// Int returns the category of a whole number. The sign does not matter.
func (r *Rule) Int(n int64) Category {
	if n < 0 {
		return r.table.at(-uint64(n)) // unsigned, so that the least int64 has an absolute value, too
	}
	return r.table.at(uint64(n))
}

// Uint returns the category of a whole number.
func (r *Rule) Uint(n uint64) Category { return r.table.at(n) }
