package format

import (
	"math"
	"strconv"
	"strings"
)

// The units of size are decimal, as CLDR's are: a kilobyte is a thousand bytes.
const (
	sizeUnits = 6 // byte, kB, MB, GB, TB, PB
	sizeStep  = 1000
)

// appendSize appends a number of bytes in the largest unit of which it is at least one, with one decimal at most,
// rounded half away from zero.
func (l *Locale) appendSize(dst []byte, v *Value) []byte {
	negative, n := v.size()
	unit, divisor := 0, uint64(1)
	for unit < sizeUnits-1 && n/divisor >= sizeStep {
		unit++
		divisor *= sizeStep
	}
	count, tenths := n/divisor, (n%divisor*10+divisor/2)/divisor
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

// size returns the number of bytes. A value that was given as a float is cut to the nearest number that there can be.
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
