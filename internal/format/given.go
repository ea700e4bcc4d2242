package format

import (
	"math"
	"slices"
	"time"
)

// Text returns a String, URL or Literal as it was given. For every other value ok is false.
func (v *Value) Text() (s string, ok bool) {
	switch v.kind {
	case String, URL, Literal:
		return v.text, true
	}
	return "", false
}

// Float returns a number that was given as a float. For every other value ok is false.
func (v *Value) Float() (f float64, ok bool) {
	if v.form != float {
		return 0, false
	}
	return math.Float64frombits(v.bits), true
}

// Digits returns the digits of a [Decimal]. For every other value ok is false.
func (v *Value) Digits() (s string, ok bool) {
	if v.form != decimal || v.kind == Money {
		return "", false
	}
	return v.text, true
}

// Moment returns a Time, Date or TimeOfDay as it was given. For every other value ok is false.
func (v *Value) Moment() (t time.Time, ok bool) {
	t, ok = v.ref.(time.Time)
	return t, ok
}

// Named returns the reference and the source text of a Label or Phrase. For every other value they
// are nil and "".
func (v *Value) Named() (ref any, source string) {
	if v.kind != Label && v.kind != Phrase {
		return nil, ""
	}
	return v.ref, v.text
}

// Ends returns the first and the last day of a DateRange. For every other value ok is false.
func (v *Value) Ends() (from, to time.Time, ok bool) {
	ends, ok := v.ref.([2]time.Time)
	return ends[0], ends[1], ok
}

// Amount returns the digits and the currency of Money. For every other value ok is false.
func (v *Value) Amount() (digits, currency string, ok bool) {
	if v.kind != Money {
		return "", "", false
	}
	return v.text, string(v.appendCurrency(nil)), true
}

// appendCurrency appends the letters of the currency of Money.
func (v *Value) appendCurrency(dst []byte) []byte {
	for bits := v.bits; bits != 0; bits >>= 8 {
		dst = append(dst, byte(bits))
	}
	return dst
}

// Dated reports whether the value has a date in it, so that how it is written depends on a
// calendar.
func (v *Value) Dated() bool {
	switch v.kind {
	case Time, Date, DateRange:
		return true
	case List:
		return slices.ContainsFunc(v.Values(), func(v Value) bool { return v.Dated() })
	}
	return false
}
