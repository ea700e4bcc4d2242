// Package plural answers which plural category a number takes in a language.
//
// The categories are those of the cardinal rules in [UTS #35 part 3]. The
// rules are those of CLDR, which the command in the folder gen turns into Go; UNICODE-LICENSE is
// the license of that data.
//
// [UTS #35 part 3]: https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules
package plural

import (
	"cmp"
	"math"
	"reflect"
	"strconv"
	"strings"
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
	gettext    string

	filled sync.Once // by For, so that Int and Uint only look up
	table  wholeTable
}

// unknown is the rule of every language that CLDR has no rule for.
var unknown = Rule{
	whole:      func(uint64) Category { return Other },
	fraction:   func(uint64, int, uint64, uint64) Category { return Other },
	integers:   1 << Other,
	categories: 1 << Other,
	gettext:    "nplurals=1; plural=(0);",
}

// wholeTable is the categories of whole numbers.
//
// In every rule of CLDR the category depends on n itself only below 100. From there on it depends
// on the last two digits, unless n is a whole number of thousands, when it depends on the thousands
// modulo 1000: a round million is Many in French, and Cornish tells 20 000 from 30 000. The table
// is therefore complete, which the package's tests prove against CLDR's conditions.
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

// Known reports whether there is a rule for the language. If there is none, every number is Other.
func (r *Rule) Known() bool { return r != &unknown }

// Categories returns the categories that the language uses, for whole numbers and for decimals
// together. Other is always one of them.
func (r *Rule) Categories() Set { return r.categories }

// Integers returns the categories that whole numbers take. In some languages these are not all: a
// Russian Other is for decimals alone.
func (r *Rule) Integers() Set { return r.integers }

// Gettext returns the rule as the header field Plural-Forms of a PO file has it. The forms are the
// categories of [Rule.Integers] in CLDR's order, since gettext counts with whole numbers only.
func (r *Rule) Gettext() string { return r.gettext }

// Examples returns the first whole numbers that take the category, most at most.
func (r *Rule) Examples(c Category, most int) []uint64 {
	var numbers []uint64
	for n := uint64(0); len(numbers) < most && n <= 1_000_000; n++ {
		// From 200 on, only thousands bring a category that was not there yet.
		if n >= 200 && n%1000 != 0 {
			n += 1000 - n%1000
		}
		if r.Uint(n) == c {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// Int returns the category of a whole number. The sign does not matter.
func (r *Rule) Int(n int64) Category {
	if n < 0 {
		return r.table.at(-uint64(n)) // unsigned, so that the least int64 has an absolute value, too
	}
	return r.table.at(uint64(n))
}

// Uint returns the category of a whole number.
func (r *Rule) Uint(n uint64) Category { return r.table.at(n) }

// Decimal returns the category of a number in decimal digits, such as "3", "-1.5" or "1.50". What
// is visible counts: in English 1 is One, but 1.0 is Other. The sign and leading zeros do not
// matter, and the length has no limit.
//
// A number is an optional sign, digits, and optionally a point and more digits. For anything else,
// exponents and the compact notation of CLDR's samples (1c6) included, the result is (Other,
// false).
func (r *Rule) Decimal(s string) (Category, bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	whole, fraction, point := strings.Cut(s, ".")
	switch {
	case !isDigits(whole) || point && !isDigits(fraction):
		return Other, false
	case !point:
		return r.table.at(valueOf(whole)), true
	}
	digits := valueOf(fraction)
	significant := digits
	if strings.HasSuffix(fraction, "0") {
		significant = valueOf(strings.TrimRight(fraction, "0"))
	}
	return r.fraction(valueOf(whole), len(fraction), digits, significant), true
}

// Float returns the category of f in the shortest decimal form that reads back as f, without an
// exponent, so that 1.0 counts as 1. NaN and the infinities are Other.
func (r *Rule) Float(f float64) Category { return r.float(f, 64) }

func (r *Rule) float(f float64, bitSize int) Category {
	f = math.Abs(f)
	if f < 1<<63 && f == math.Trunc(f) {
		return r.table.at(uint64(f))
	}
	var buf [32]byte
	c, _ := r.Decimal(string(strconv.AppendFloat(buf[:0], f, 'f', -1, bitSize)))
	return c
}

// Of returns the category of n, which is an integer, a float, or a string as Decimal takes it, of a
// predeclared or any other type. For other values, nil, NaN and the infinities the result is
// (Other, false).
func (r *Rule) Of(n any) (Category, bool) {
	switch v := reflect.ValueOf(n); v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int(v.Int()), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return r.Uint(v.Uint()), true
	case reflect.Float32, reflect.Float64:
		f := v.Float()
		return r.float(f, v.Type().Bits()), !math.IsNaN(f) && !math.IsInf(f, 0)
	case reflect.String:
		return r.Decimal(v.String())
	}
	return Other, false
}

// valueOf returns the number that the digits make. One that is too long for a uint64 is replaced by
// a shorter one that no rule tells from it: rules compare numbers with some below 100, and their
// remainders by a million or one of its factors.
func valueOf(digits string) uint64 {
	const period = 1_000_000
	n := uint64(0)
	for i := range len(digits) {
		if n >= 1e15 {
			n = period + n%period
		}
		n = 10*n + uint64(digits[i]-'0')
	}
	return n
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
