// Package plural answers which plural category a number takes in a language.
//
// The categories are those of the cardinal rules in [UTS #35 part 3, Language Plural Rules]. The rules themselves are
// go-i18n's, which follow a current CLDR.
//
// [UTS #35 part 3, Language Plural Rules]: https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules
package plural

import (
	"slices"
	"sync"

	"golang.org/x/text/language"
)

//go:generate go run ./gen -cldr $ERRLINGO_CLDR

// Rule is the cardinal plural rule of one language. It is made by [For], never changes, and is safe for concurrent use.
type Rule struct {
	whole      wholeTable
	integers   Set
	categories Set

	// decimals makes the part for numbers with a fraction when the first one comes. Few texts ever count in decimals,
	// and the part costs more than all the rest. It is nil if there is no rule for the language.
	decimals func() *decimalTable
}

// rules holds what [For] has made: language.Tag to func() *Rule. A rule costs some hundred questions to go-i18n, and
// its answers are constants of the linked program, so that each is asked for once per process, whoever comes first.
// The entries are sync.OnceValue functions: concurrent first callers of one language share the work, those of other
// languages do not wait, and later callers take no lock.
var rules sync.Map

// unknown is the rule of every language that CLDR has no rule for. It is never changed.
var unknown = newUnknownRule()

// For returns the rule of the language of tag; it is never nil.
//
// Regions and scripts fall back as CLDR's parents do: pt-AO has the rule of pt-PT, which is not that of pt, and
// zh-Hant that of zh. Variants and extensions do not matter. A language of a macrolanguage that has no rule of its own
// has that of the macrolanguage, as cmn that of zh. The tag art has the rule of English, as it has in go-i18n.
//
// A language that CLDR has no rule for, and a tag without a language (und, x-private), has the category Other alone;
// see [Rule.Known].
//
// Rules are kept for the process's life, one for each language, script and region asked for: For is meant for the
// locales that a program offers, not for whatever readers ask for.
func For(tag language.Tag) *Rule {
	base, script, region := tag.Raw()
	if base == (language.Base{}) {
		// go-i18n would take the most likely language here, which is English for und.
		return unknown
	}
	key, err := language.Raw.Compose(base, script, region)
	if err != nil {
		return unknown
	}
	rule, ok := rules.Load(key)
	if !ok {
		rule, _ = rules.LoadOrStore(key, sync.OnceValue(func() *Rule { return newRule(key) }))
	}
	return rule.(func() *Rule)()
}

// Known reports whether there is a rule for the language. If there is none, every number is Other.
func (r *Rule) Known() bool { return r.decimals != nil }

// Categories returns the categories that the language uses, for whole numbers and for decimals together. Other is
// always one of them.
func (r *Rule) Categories() Set { return r.categories }

// Integers returns the categories that whole numbers take. In some languages these are not all: a Russian Other is for
// decimals alone.
func (r *Rule) Integers() Set { return r.integers }

// Reachable returns the categories that a whole number can take in the language of tag, in CLDR's
// order: one, few and many in Polish, where only a fraction is other. A language without a rule
// reaches other alone.
func Reachable(tag language.Tag) []Category { return slices.Collect(For(tag).Integers().All()) }

// Int returns the category of a whole number. The sign does not matter.
func (r *Rule) Int(n int64) Category {
	if n < 0 {
		return r.whole.at(-uint64(n)) // unsigned, so that the least int64 has an absolute value, too
	}
	return r.whole.at(uint64(n))
}

// Uint returns the category of a whole number.
func (r *Rule) Uint(n uint64) Category { return r.whole.at(n) }

// newRule makes the rule of tag, whose language is explicit.
func newRule(tag language.Tag) *Rule {
	src := newSource(tag)
	if src == nil {
		if macro, err := language.Macro.Canonicalize(tag); err == nil && macro != tag {
			return For(macro)
		}
		return unknown
	}
	r := &Rule{decimals: sync.OnceValue(func() *decimalTable {
		// go-i18n's rules take some ten kilobytes a bundle; asking for them again is better than keeping them.
		return newDecimalTable(newSource(tag))
	})}
	r.whole.fill(func(n uint64) Category { return src.category(int64(n)) })
	r.integers = r.whole.categories()
	r.categories = r.integers | SetOf(Other)
	for _, s := range [...]string{"0.0", "0.1", "0.5", "1.0", "1.5", "2.0", "2.5"} {
		r.categories |= SetOf(src.category(s))
	}
	return r
}

func newUnknownRule() *Rule {
	r := &Rule{integers: SetOf(Other), categories: SetOf(Other)}
	r.whole.fill(func(uint64) Category { return Other })
	return r
}
