package plural

import (
	"math"
	"reflect"
	"strconv"
	"strings"
)

// Decimal returns the category of a number in decimal digits, such as "3", "-1.5" or "1.50". What is visible counts: in
// English 1 is One, but 1.0 is Other. The sign and leading zeros do not matter, and the length has no limit.
//
// A number is an optional sign, digits, and optionally a point and more digits. For anything else, exponents and the
// compact notation of CLDR's samples (1c6) included, the result is (Other, false).
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

// Float returns the category of f in the shortest decimal form that reads back as f, without an exponent, so that 1.0
// counts as 1. NaN and the infinities are Other.
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

// Of returns the category of n, which is an integer, a float, or a string as Decimal takes it, of a predeclared or any
// other type. For other values, nil, NaN and the infinities the result is (Other, false).
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

// valueOf returns the number that the digits make. One that is too long for a uint64 is replaced by a
// shorter one that no rule tells from it: rules compare numbers with some below 100, and their
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
