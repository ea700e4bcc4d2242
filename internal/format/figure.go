package format

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
)

// figure is a number in decimal digits, rounded, before a locale writes it.
type figure struct {
	negative bool
	oddity   oddity
	whole    []byte // ASCII digits, at least one
	fraction []byte // ASCII digits; none for a whole number
}

// oddity says why a figure has no digits.
type oddity uint8

const (
	finite oddity = iota
	notANumber
	infinite
)

// figureSize is room for the digits of every float64, so that none of them needs an allocation.
const figureSize = 352

// figure returns the digits of a number times 10 to the power of shift, in buf's memory. Behind the point at most
// maxFraction digits are kept, rounded half away from zero, and no zeros at the end. A [Decimal] keeps all its digits:
// whoever gave "1.50" meant the zero.
func (v *Value) figure(buf []byte, shift, maxFraction int) figure {
	f := figure{negative: v.negative}
	buf = append(buf, '0') // for a carry
	switch v.form {
	case whole:
		buf = strconv.AppendUint(buf, v.bits, 10)
	case decimal:
		f.negative = strings.HasPrefix(v.text, "-")
		buf = append(buf, strings.TrimLeft(v.text, "+-")...)
	case float:
		number := math.Float64frombits(v.bits)
		f.negative = number < 0
		if f.oddity = oddityOf(number); f.oddity != finite {
			return f
		}
		buf = strconv.AppendFloat(buf, math.Abs(number), 'f', -1, 64)
	}
	buf, point := cutPoint(buf, shift)
	if v.form != decimal {
		buf = round(buf, point+maxFraction)
		buf = buf[:max(point, len(bytes.TrimRight(buf, "0")))]
	}
	f.whole, f.fraction = bytes.TrimLeft(buf[:point-1], "0"), buf[point:]
	f.whole = buf[point-1-len(f.whole) : point]
	f.negative = f.negative && bytes.ContainsAny(buf, "123456789")
	return f
}

func oddityOf(number float64) oddity {
	switch {
	case math.IsNaN(number):
		return notANumber
	case math.IsInf(number, 0):
		return infinite
	}
	return finite
}

// cutPoint removes the point from digits and returns where it was, moved to the right by shift places.
func cutPoint(digits []byte, shift int) (all []byte, point int) {
	point = len(digits)
	if i := bytes.IndexByte(digits, '.'); i >= 0 {
		point = i
		digits = slices.Delete(digits, i, i+1)
	}
	point += shift
	for len(digits) < point {
		digits = append(digits, '0')
	}
	return digits, point
}

// round returns the first n of some digits, rounded half up. The first digit must be a zero, which takes the carry.
func round(digits []byte, n int) []byte {
	if len(digits) <= n {
		return digits
	}
	up := digits[n] >= '5'
	digits = digits[:n]
	for i := n - 1; up && i >= 0; i-- {
		digits[i]++
		if up = digits[i] > '9'; up {
			digits[i] = '0'
		}
	}
	return digits
}

// appendFigure appends a figure without its sign.
func (n *numerals) appendFigure(dst []byte, f *figure, groups groupSize) []byte {
	switch f.oddity {
	case notANumber:
		return append(dst, n.notANumber...)
	case infinite:
		return append(dst, n.infinity...)
	}
	dst = n.appendGrouped(dst, f.whole, groups)
	if len(f.fraction) == 0 {
		return dst
	}
	dst = append(dst, n.decimal...)
	return n.appendDigits(dst, f.fraction)
}
