package plural

import "strconv"

// wholeTable is the categories of all numbers with one and the same fraction, or with none, by their whole part.
//
// In every rule of CLDR the category depends on n itself only below 100. From there on it depends on the last two
// digits, unless n is a whole number of thousands, when it depends on the thousands modulo 1000: a round million is
// Many in French, and Cornish tells 20 000 from 30 000. The table is therefore complete. The package's tests prove it
// against the rules as CLDR publishes them, and will say so if a later CLDR breaks it.
type wholeTable struct {
	low       [100]Category  // by n, below 100
	rest      [100]Category  // by n mod 100, from 100 on, whole thousands excepted
	thousands [1000]Category // by n/1000 mod 1000, whole thousands from 1000 on
}

// wholePeriod is the number after which categories repeat, from 100 on.
const wholePeriod = 1_000_000

func (t *wholeTable) at(n uint64) Category {
	switch {
	case n < uint64(len(t.low)):
		return t.low[n]
	case n%1000 == 0:
		return t.thousands[n/1000%1000]
	}
	return t.rest[n%100]
}

// fill asks category for as many numbers as the table needs. In most languages whole thousands are like 100, round
// millions excepted. A few of them tell whether that is so; only where it is not are all thousand of them asked for.
func (t *wholeTable) fill(category func(n uint64) Category) {
	for n := range uint64(100) {
		t.low[n] = category(n)
		t.rest[n] = category(100 + n)
	}
	plain := t.rest[0]
	uniform := true
	for _, step := range [...]uint64{1, 10, 100} {
		for n := step; n < 10*step; n += step {
			uniform = uniform && category(1000*n) == plain
		}
	}
	t.thousands[0] = category(wholePeriod)
	for n := uint64(1); n < 1000; n++ {
		t.thousands[n] = plain
		if !uniform {
			t.thousands[n] = category(1000 * n)
		}
	}
}

// categories returns the categories that occur in the table.
func (t *wholeTable) categories() Set {
	return SetOf(t.low[:]...) | SetOf(t.rest[:]...) | SetOf(t.thousands[:]...)
}

// decimalTable is the categories of numbers with visible fraction digits. Where these are zeros only, their number does
// not matter and the whole part decides as it does for integers, if not always in the same way. Where they are not, it
// matters of the whole part no more than whether it is 0, 1 or greater.
type decimalTable struct {
	zeros      wholeTable       // 1.0, 1.00
	tenths     [3][10]Category  // one fraction digit, by whole part
	hundredths [3][100]Category // two
	source     *source          // for three and more, which are rare
}

func newDecimalTable(src *source) *decimalTable {
	t := &decimalTable{source: src}
	t.zeros.fill(func(n uint64) Category { return src.category(strconv.FormatUint(n, 10) + ".0") })
	for whole := range t.tenths {
		for f := range 10 {
			t.tenths[whole][f] = src.category(strconv.Itoa(whole) + "." + strconv.Itoa(f))
		}
		for f := range 100 {
			t.hundredths[whole][f] = src.category(strconv.Itoa(whole) + "." + strconv.Itoa(f/10) + strconv.Itoa(f%10))
		}
	}
	return t
}

// at returns the category of the number with the given whole part and at least one fraction digit.
func (t *decimalTable) at(whole uint64, fraction string) Category {
	switch {
	case isZero(fraction):
		return t.zeros.at(whole)
	case len(fraction) == 1:
		return t.tenths[min(whole, 2)][fraction[0]-'0']
	case len(fraction) == 2:
		return t.hundredths[min(whole, 2)][10*(fraction[0]-'0')+fraction[1]-'0']
	}
	return t.source.category(strconv.FormatUint(min(whole, 2), 10) + "." + shorten(fraction))
}
