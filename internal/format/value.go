package format

import (
	"math"
	"slices"
	"time"
)

// Value is one argument, kept as it was given until a reader's locale is known. The zero Value is a missing argument.
// A Value is immutable and may be shared between goroutines.
type Value struct {
	kind     Kind
	join     Join
	negative bool
	form     numeral
	bits     uint64 // magnitude of a whole number, or the bits of a float64
	text     string // String, URL, Code; a Label's source text; a decimal's digits
	ref      any    // time.Time, []Value, or a Label's identity
}

// numeral says how a number is kept.
type numeral uint8

const (
	whole   numeral = iota // sign and magnitude
	float                  // a float64's bits
	decimal                // the digits in text
)

// Text returns a String, URL or Code.
func Text(kind Kind, s string) Value { return Value{kind: kind, text: s} }

// Named returns a Label. The reference is what [Context.Label] receives; source is written where that knows no text.
func Named(ref any, source string) Value { return Value{kind: Label, ref: ref, text: source} }

// Whole returns a whole number of the given kind: Int, Number, Plain or Bytes.
func Whole(kind Kind, negative bool, magnitude uint64) Value {
	return Value{kind: kind, negative: negative, bits: magnitude}
}

// Float returns a Number or Percent.
func Float(kind Kind, f float64) Value {
	return Value{kind: kind, form: float, bits: math.Float64bits(f)}
}

// Decimal returns a Number whose digits, "-1.50", are kept as they stand.
func Decimal(s string) Value { return Value{kind: Number, form: decimal, text: s} }

// Span returns a Duration or In.
func Span(kind Kind, d time.Duration) Value {
	if d < 0 {
		return Value{kind: kind, negative: true, bits: -uint64(d)}
	}
	return Value{kind: kind, bits: uint64(d)}
}

// Moment returns a Time, Date or Clock. The zone is that of t unless [Context.Zone] names another.
func Moment(kind Kind, t time.Time) Value { return Value{kind: kind, ref: t} }

// Several returns a List of copies of the values, so that no list can contain itself.
func Several(join Join, values []Value) Value {
	return Value{kind: List, join: join, ref: slices.Clone(values)}
}

// Kind returns what the value is, None for a missing argument.
func (v *Value) Kind() Kind { return v.kind }

// Integer returns a whole number's sign and magnitude. For every other value ok is false.
func (v *Value) Integer() (negative bool, magnitude uint64, ok bool) {
	switch v.kind {
	case Int, Number, Identifier, Bytes:
		return v.negative, v.bits, v.form == whole
	}
	return false, 0, false
}

// Span returns a Duration or In as a time.Duration. For every other value ok is false.
func (v *Value) Span() (d time.Duration, ok bool) {
	if v.kind != Duration && v.kind != RelativeTime {
		return 0, false
	}
	if v.negative {
		return time.Duration(-v.bits), true
	}
	return time.Duration(v.bits), true
}

// moment returns a Time, Date or Clock as a time.Time. A value that holds none, which no constructor for moments makes,
// is the zero time.
func (v *Value) moment() time.Time {
	t, _ := v.ref.(time.Time)
	return t
}

// Values returns the elements of a List, which the caller must not change.
func (v *Value) Values() []Value {
	values, _ := v.ref.([]Value)
	return values
}
