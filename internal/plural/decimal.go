package plural

import (
	"math"
	"reflect"
	"strconv"
	"strings"
)

// Decimal returns the category of a number in decimal digits, such as "3", "-1.5" or "1.50". What is visible counts: in
// English 1 is One, but 1.0 is Other. The sign and leading zeros do not matter, and the length has no limit. Up to two
// fraction digits it does not allocate.
//
// A number is an optional sign, digits, and optionally a point and more digits. For anything else, exponents and the
// compact notation of CLDR's samples (1c6) included, the result is (Other, false).
func (r *Rule) Decimal(s string) (Category, bool) {
	whole, fraction, ok := parseDecimal(s)
	switch {
	case !ok:
		return Other, false
	case fraction == "":
		return r.whole.at(whole), true
	case r.decimals == nil:
		return Other, true
	}
	return r.decimals().at(whole, fraction), true
}

// Float returns the category of f in the shortest decimal form that reads back as f, without an exponent, so that 1.0
// counts as 1. NaN and the infinities are Other.
func (r *Rule) Float(f float64) Category { return r.float(f, 64) }

func (r *Rule) float(f float64, bitSize int) Category {
	f = math.Abs(f)
	if f < 1<<63 && f == math.Trunc(f) {
		return r.whole.at(uint64(f))
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

// parseDecimal returns the whole part and the fraction digits of s. A whole part that is too long for a uint64 is
// replaced by a shorter one of the same category.
func parseDecimal(s string) (whole uint64, fraction string, ok bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	digits, fraction, point := strings.Cut(s, ".")
	if !isDigits(digits) || point && !isDigits(fraction) {
		return 0, "", false
	}
	for i := range len(digits) {
		if whole >= 1e15 {
			whole = wholePeriod + whole%wholePeriod
		}
		whole = 10*whole + uint64(digits[i]-'0')
	}
	return whole, fraction, true
}

// shorten returns a fraction of the same category as the given one, which has three digits or more. The rules look at
// the number of digits only to tell two from others, and at the digits as a number, with and without the zeros at the
// end, only for its last two digits and for whether it is 0 or 1. go-i18n reads nine digits everywhere.
func shorten(fraction string) string {
	significant := strings.TrimRight(fraction, "0")
	zeros := min(len(fraction)-len(significant), 3)
	if cut := len(significant) - 4; cut > 0 {
		first := "1"
		if isZero(significant[:cut]) {
			first = "0"
		}
		significant = first + significant[cut:]
	}
	return significant + "000"[:zeros]
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isZero(digits string) bool {
	for i := range len(digits) {
		if digits[i] != '0' {
			return false
		}
	}
	return true
}
