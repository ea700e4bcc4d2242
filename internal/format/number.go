package format

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
)

// These are the most digits that a Number and a Percent show behind the decimal sign. The former is
// what Intl.NumberFormat of ECMA-402 shows by default. Of a percentage that shows none, which would
// make 99.9 % of a disk 100 % of it.
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

// appendPercent appends a ratio as a percentage. The minus sign comes before a percent sign,
// too.
func (l *Locale) appendPercent(dst []byte, v *Value) []byte {
	var buf [figureSize]byte
	f := v.figure(buf[:0], 2, percentFraction)
	dst = append(l.appendSign(dst, f.negative), l.beforePercent...)
	dst = l.appendFigure(dst, &f, l.percentGroups)
	return append(dst, l.afterPercent...)
}

// decimalOf returns the number that a decimal's text stands for: itself where it is an optional
// sign, digits, and optionally a point and more digits, or a float where it has the exponent that
// JSON allows. A text of more than [MaxText] characters is not a number.
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

// numerals is how a locale writes numbers in one numbering system.
type numerals struct {
	digits        string // ten digits, each of the same number of bytes
	decimal       string // the sign between whole number and fraction
	group         string // the sign between groups of digits
	minus         string
	notANumber    string
	infinity      string
	minGrouping   int // the least number of digits before the last group of three
	groups        groupSize
	percentGroups groupSize
	beforePercent string // what a percentage begins with, behind a minus sign
	afterPercent  string
	money         moneyNotation
}

// groupSize is the number of digits in each group but the last, which always has three.
type groupSize int

// ungrouped is for digits in one row.
const ungrouped groupSize = 0

// parseNumerals takes a section of numberTable apart. The system is the numbering system that the
// reader asks for; if CLDR knows no such one, the locale's own is taken.
func parseNumerals(section, system string) numerals {
	head, lines, _ := strings.Cut(section, "\n")
	own, minGrouping, _ := strings.Cut(head, "|")
	digits, ok := findField(digitTable[:], system)
	if !ok {
		system = own
		digits, _ = findField(digitTable[:], own)
	}
	f := strings.Split(notation(lines, system), "|")
	return numerals{
		digits: digits, decimal: f[0], group: f[1], minus: f[2], notANumber: f[3], infinity: f[4],
		minGrouping: int(minGrouping[0] - '0'), groups: groupSize(f[5][0] - '0'),
		percentGroups: groupSize(f[6][0] - '0'),
		beforePercent: f[7], afterPercent: f[8],
		money: parseMoney(f[9:]),
	}
}

// These are the root's notations for Arabic digits, which hold in every locale that has none of its
// own. The JSON edition of CLDR leaves them out.
const (
	rootArab    = "٫|٬|\u061c-|NaN|∞|3|3||٪\u061c|3|¤\u00a0{0}||"
	rootArabext = "٫|٬|\u200e-\u200e|NaN|∞|3|3||٪|3|¤\u00a0{0}||"
)

// notation returns the fields of a numbering system. Digits that the locale says nothing about go
// with the signs that it has for Latin digits.
func notation(lines, system string) string {
	latin := ""
	for line := range strings.SplitSeq(lines, "\n") {
		name, fields, _ := strings.Cut(line, "|")
		if name == system {
			return fields
		}
		if name == "latn" {
			latin = fields
		}
	}
	switch system {
	case "arab":
		return rootArab
	case "arabext":
		return rootArabext
	}
	return latin
}

func (n *numerals) appendSign(dst []byte, negative bool) []byte {
	if negative {
		return append(dst, n.minus...)
	}
	return dst
}

// appendWhole appends a whole number.
func (n *numerals) appendWhole(
	dst []byte, negative bool, magnitude uint64, groups groupSize,
) []byte {
	dst = n.appendSign(dst, negative && magnitude != 0)
	if magnitude < 1000 && len(n.digits) == 10 {
		return strconv.AppendUint(dst, magnitude, 10) // without groups, in ASCII digits
	}
	var buf [20]byte
	return n.appendGrouped(dst, strconv.AppendUint(buf[:0], magnitude, 10), groups)
}

// appendGrouped appends ASCII digits as the locale's, in groups. Groups are formed from the right:
// first one of three, then of the given size.
func (n *numerals) appendGrouped(dst, ascii []byte, groups groupSize) []byte {
	if groups == ungrouped || len(ascii) < 3+n.minGrouping {
		return n.appendDigits(dst, ascii)
	}
	end := (len(ascii) - 3) % int(groups)
	if end == 0 {
		end = int(groups)
	}
	dst = n.appendDigits(dst, ascii[:end])
	for ; end < len(ascii)-3; end += int(groups) {
		dst = append(dst, n.group...)
		dst = n.appendDigits(dst, ascii[end:end+int(groups)])
	}
	dst = append(dst, n.group...)
	return n.appendDigits(dst, ascii[end:])
}

// appendDigits appends ASCII digits as the locale's.
func (n *numerals) appendDigits(dst, ascii []byte) []byte {
	width := len(n.digits) / 10
	if width == 1 {
		return append(dst, ascii...)
	}
	for _, d := range ascii {
		at := int(d-'0') * width
		dst = append(dst, n.digits[at:at+width]...)
	}
	return dst
}

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

// figure returns the digits of a number times 10 to the power of shift, in buf's memory. Behind the
// point at most maxFraction digits are kept, rounded half away from zero, and no zeros at the end.
// A [Decimal] keeps all its digits: whoever gave "1.50" meant the zero.
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

// cutPoint removes the point from digits and returns where it was, moved to the right by shift
// places.
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

// round returns the first n of some digits, rounded half up. The first digit must be a zero, which
// takes the carry.
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
