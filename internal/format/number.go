package format

import (
	"strconv"
	"strings"
)

// These are the most digits that a Number and a Percent show behind the decimal sign. The former is what
// Intl.NumberFormat of ECMA-402 shows by default. Of a percentage that shows none, which would make 99.9 % of a disk
// 100 % of it.
const (
	numberFraction  = 3
	percentFraction = 1
)

// appendNumber appends an Int, Number, Percent or Plain.
func (l *Locale) appendNumber(dst []byte, v *Value) []byte {
	switch v.kind {
	case Percent:
		return l.appendPercent(dst, v)
	case Identifier:
		return l.appendPlain(dst, v, ungrouped)
	}
	return l.appendPlain(dst, v, l.groups)
}

func (l *Locale) appendPlain(dst []byte, v *Value, groups groupSize) []byte {
	switch v.form {
	case whole:
		return l.appendWhole(dst, v.negative, v.bits, groups)
	case decimal:
		number, ok := decimalOf(v.text)
		if !ok {
			return l.AppendText(dst, v.text)
		}
		v = &number
	}
	var buf [figureSize]byte
	f := v.figure(buf[:0], 0, numberFraction)
	return l.appendFigure(l.appendSign(dst, f.negative), &f, groups)
}

// appendPercent appends a ratio as a percentage. The minus sign stands in front of a percent sign, too.
func (l *Locale) appendPercent(dst []byte, v *Value) []byte {
	var buf [figureSize]byte
	f := v.figure(buf[:0], 2, percentFraction)
	dst = append(l.appendSign(dst, f.negative), l.beforePercent...)
	dst = l.appendFigure(dst, &f, l.percentGroups)
	return append(dst, l.afterPercent...)
}

// decimalOf returns the number that a decimal's text stands for: itself where it is an optional sign, digits, and
// optionally a point and more digits, or a float where it has the exponent that JSON allows. More than [MaxText]
// characters are no number for a reader.
func decimalOf(s string) (Value, bool) {
	if len(s) > MaxText {
		return Value{}, false
	}
	unsigned := s
	if s != "" && (s[0] == '+' || s[0] == '-') {
		unsigned = s[1:]
	}
	digits, fraction, point := strings.Cut(unsigned, ".")
	if isDigits(digits) && (!point || isDigits(fraction)) {
		return Decimal(s), true
	}
	if !strings.ContainsAny(s, "eE") || strings.ContainsAny(s, "xX") {
		return Value{}, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return Float(Number, f), err == nil
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
