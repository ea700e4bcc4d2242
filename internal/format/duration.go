package format

import "time"

// spanUnits are the units of time, in seconds. There are no longer ones, since a month is not always the same.
var spanUnits = [...]uint64{1, 60, 3600, 86400}

// seconds returns a span in seconds, rounded up, so that nobody who waits for that long comes back too early.
func (v *Value) seconds() uint64 {
	return v.bits/uint64(time.Second) + min(1, v.bits%uint64(time.Second))
}

// appendDuration appends a span of time in its largest unit and the next smaller one, rounded up to the latter: "1 hour,
// 30 minutes".
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

// splitSpan returns a span's largest unit, how many of it there are, and how many of the next smaller unit beyond them,
// rounded up.
func splitSpan(seconds uint64) (unit int, count, rest uint64) {
	for unit = len(spanUnits) - 1; unit > 0; unit-- {
		size, smaller := spanUnits[unit], spanUnits[unit-1]
		steps := ceilDiv(seconds, smaller)
		if steps*smaller >= size {
			return unit, steps * smaller / size, steps % (size / smaller)
		}
	}
	return 0, seconds, 0
}

func ceilDiv(a, b uint64) uint64 { return a/b + min(1, a%b) }
