package format

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/errlingo/errlingo/internal/plural"
)

// forms is what surrounds a number, by the number's plural category: "{0} minutes". Some say
// the number in words and have no "{0}", as the Arabic for one minute.
type forms [plural.NumCategories]string

// parseForms takes a line apart whose fields are a category's letter and its form. Categories
// without a form of their own have that of Other.
func parseForms(line string) forms {
	var f forms
	for field := range strings.SplitSeq(line, "|") {
		f[strings.IndexByte(categoryLetters, field[0])] = field[1:]
	}
	for category, form := range f {
		if form == "" {
			f[category] = f[plural.Other]
		}
	}
	return f
}

// categoryLetters are the letters of the tables in the order of plural's categories.
const categoryLetters = "z12fmo"

// parseAllForms fills dst from a section's lines, each of which is one unit's.
func parseAllForms(dst []forms, section string) {
	i := 0
	for line := range strings.SplitSeq(section, "\n") {
		dst[i] = parseForms(line)
		i++
	}
}

// appendCount appends a whole number in the form of its category. The sign comes before the
// number, or in front of everything if the form has no number.
func (l *Locale) appendCount(dst []byte, f *forms, negative bool, magnitude uint64) []byte {
	form := f[l.rule.Uint(magnitude)]
	before, after, numbered := strings.Cut(form, "{0}")
	if !numbered {
		return append(l.appendSign(dst, negative), form...)
	}
	dst = append(dst, before...)
	dst = l.appendWhole(dst, negative, magnitude, l.groups)
	return append(dst, after...)
}

// The units of size are decimal, as CLDR's are: a kilobyte is a thousand bytes.
const (
	sizeUnits = 6 // byte, kB, MB, GB, TB, PB
	sizeStep  = 1000
)

// appendSize appends a number of bytes in the largest unit of which it is at least one, with one
// decimal at most. A size is rounded up and a limit down, so that no file looks as if it kept
// within a limit that it exceeds.
func (l *Locale) appendSize(dst []byte, v *Value) []byte {
	negative, n := v.size()
	unit, divisor := 0, uint64(1)
	for unit < sizeUnits-1 && n/divisor >= sizeStep {
		unit++
		divisor *= sizeStep
	}
	count, tenths := n/divisor, n%divisor*10/divisor
	if v.style&Limit == 0 && n%divisor*10%divisor != 0 {
		tenths++
	}
	if tenths == 10 {
		count, tenths = count+1, 0
	}
	if count == sizeStep && unit < sizeUnits-1 {
		unit, count = unit+1, 1 // 999 999 bytes are 1 MB rather than 1000 kB
	}
	if tenths == 0 {
		return l.appendCount(dst, &l.sizes[unit], negative, count)
	}
	return l.appendTenths(dst, &l.sizes[unit], negative, count, tenths)
}

// size returns the number of bytes. A value that was given as a float is cut to the nearest number
// that there can be.
func (v *Value) size() (negative bool, n uint64) {
	if v.form != float {
		return v.negative, v.bits
	}
	switch f := math.Float64frombits(v.bits); {
	case math.Abs(f) >= 1<<64:
		return f < 0, math.MaxUint64
	case f < 0:
		return true, uint64(-f)
	case f > 0:
		return false, uint64(f)
	}
	return false, 0
}

// appendTenths appends a number with one decimal in the form of its category.
func (l *Locale) appendTenths(dst []byte, f *forms, negative bool, count, tenths uint64) []byte {
	var buf [24]byte
	figure := figure{whole: strconv.AppendUint(buf[:0], count, 10)}
	shown := append(figure.whole, '.', '0'+byte(tenths))
	figure.fraction = shown[len(shown)-1:]
	category, _ := l.rule.Decimal(string(shown))
	before, after, _ := strings.Cut(f[category], "{0}")
	dst = append(dst, before...)
	dst = l.appendFigure(l.appendSign(dst, negative), &figure, l.groups)
	return append(dst, after...)
}

// spanUnits are the units of time, in seconds. There are no longer ones, since a month is not
// always the same.
var spanUnits = [...]uint64{1, 60, 3600, 86400}

// seconds returns a span in seconds, rounded up, so that nobody who waits for that long comes back
// too early.
func (v *Value) seconds() uint64 {
	return v.bits/uint64(time.Second) + min(1, v.bits%uint64(time.Second))
}

// appendDuration appends a span of time in its largest unit and the next smaller one, rounded up to
// the latter: "1 hour, 30 minutes".
func (l *Locale) appendDuration(dst []byte, v *Value) []byte {
	unit, count, rest := splitSpan(v.seconds())
	dst = l.appendCount(dst, &l.spans[unit], v.negative, count)
	if rest == 0 {
		return dst
	}
	lists := &l.lists[unitList]
	end := len(dst)
	dst = append(dst, lists.two...)
	dst = l.appendCount(dst, &l.spans[unit-1], false, rest)
	dst = l.adaptJoint(dst, end, end+len(lists.two))
	return append(dst, lists.afterTwo...)
}

// splitSpan returns a span's largest unit, how many of it there are, and how many of the next
// smaller unit beyond them, rounded up. If that fills the next larger unit, the span is one of it.
func splitSpan(seconds uint64) (unit int, count, rest uint64) {
	unit = largestUnit(seconds)
	if unit == 0 {
		return 0, seconds, 0
	}
	size, smaller := spanUnits[unit], spanUnits[unit-1]
	steps := ceilDiv(seconds, smaller)
	if fillsNext(unit, steps*smaller) {
		return unit + 1, 1, 0
	}
	return unit, steps * smaller / size, steps % (size / smaller)
}

// largestUnit returns the largest unit of which a span is at least one.
func largestUnit(seconds uint64) int {
	unit := len(spanUnits) - 1
	for unit > 0 && seconds < spanUnits[unit] {
		unit--
	}
	return unit
}

// fillsNext reports whether a span is exactly one of the unit above the given one.
func fillsNext(unit int, seconds uint64) bool {
	return unit+1 < len(spanUnits) && seconds == spanUnits[unit+1]
}

func ceilDiv(a, b uint64) uint64 { return a/b + min(1, a%b) }

// waitLimits are the counts of seconds, minutes and hours from which on the next larger unit is
// used, since CLDR has no text for two units at once. Rounding up adds less than a minute to a wait
// that is given in minutes, and less than half to a longer one.
var waitLimits = [...]uint64{60, 120, 48}

// appendWait appends a span from now on in one unit, rounded up: "in 2 minutes" for 90 seconds, "in
// 1 hour", "in 61 minutes". If nothing is left to wait for, it is "now".
func (l *Locale) appendWait(dst []byte, v *Value) []byte {
	seconds := v.seconds()
	if v.negative || seconds == 0 {
		return append(dst, l.now...)
	}
	unit, count := splitWait(seconds)
	return l.appendCount(dst, &l.waits[unit], false, count)
}

// splitWait returns the unit for a wait and the number of units, rounded up. Like a duration, a
// wait is one of a larger unit only if it fills that unit when rounded up to the second unit below
// it: 23 hours and a second are "24 hours", a second less than a day is "1 day".
func splitWait(seconds uint64) (unit int, count uint64) {
	for unit, limit := range waitLimits {
		finer := spanUnits[max(unit-1, 0)]
		count := ceilDiv(seconds, spanUnits[unit])
		if count < limit && !fillsNext(unit, ceilDiv(seconds, finer)*finer) {
			return unit, count
		}
	}
	last := len(spanUnits) - 1
	return last, ceilDiv(seconds, spanUnits[last])
}
