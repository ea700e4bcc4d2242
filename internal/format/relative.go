package format

// waitLimits are the counts of seconds, minutes and hours from which on the next larger unit is used, since CLDR has no
// text for two units at once. Rounding up adds less than a minute to a wait that is told in minutes, and less than half
// to a longer one.
var waitLimits = [...]uint64{60, 120, 48}

// appendWait appends a span from now on in one unit, rounded up: "in 2 minutes" for 90 seconds, "in 1 hour", "in 61
// minutes". If nothing is left to wait for, it is "now".
func (l *Locale) appendWait(dst []byte, v *Value) []byte {
	seconds := v.seconds()
	if v.negative || seconds == 0 {
		return append(dst, l.now...)
	}
	unit, count := splitWait(seconds)
	return l.appendCount(dst, &l.waits[unit], false, count)
}

// splitWait returns the unit in which a wait is told, and how many of it there are, rounded up.
func splitWait(seconds uint64) (unit int, count uint64) {
	for unit, limit := range waitLimits {
		size, larger := spanUnits[unit], spanUnits[unit+1]
		if count := ceilDiv(seconds, size); count < limit && count*size != larger {
			return unit, count
		}
	}
	last := len(spanUnits) - 1
	return last, ceilDiv(seconds, spanUnits[last])
}
