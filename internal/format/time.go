package format

import (
	"cmp"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
)

// calendar is how a locale writes dates and times of day. Its patterns are those of UTS #35 part 4,
// Date Format Patterns.
type calendar struct {
	gregorian dating
	civil     dating          // the Gregorian one, if the reader has no other
	ranges    [2][3]string    // long and medium, of days that differ in the day, the month, the year
	anyRange  string          // of other days: {0} to {1}
	moments   [lengths]string // have {1} for the date and {0} for the time of day
	clock     string
	seconds   string // the clock with seconds
	zoned     string // has {0} for the time of day and {1} for its zone
	zone      zoneNotation
	hour      byte       // the field to use for that of the pattern's hour, or 0
	weekdays  [7]string  // Sunday first
	halves    [2]string  // of the day, the one before noon first
	hours     [24]string // the part of the day at each hour, in locales whose patterns ask for it
}

// The lengths of dates in the tables.
const (
	fullDate = iota
	longDate
	mediumDate
	shortDate

	lengths
)

// zoneNotation is how a locale writes a time zone: UTC by its name, others as their difference.
type zoneNotation struct {
	utc    string
	offset string        // has {0} for the difference
	signs  [2]offsetSign // of zones ahead of UTC and behind it
}

// offsetSign is the text in front of the hours, in front of the minutes, and after the minutes.
type offsetSign struct{ before, between, after string }

// parseCalendar takes a locale's sections of the tables apart, for a clock with the given field for
// the hour and for a system with a section of its own, if it is not the Gregorian one.
func parseCalendar(r *row, hour byte, system system) calendar {
	c := calendar{hour: hour}
	var lines [6]string
	cutFields(lines[:], nameTable[r.names], "\n")
	cutFields(c.gregorian.months[:], lines[0], "|")
	cutFields(c.gregorian.shortMonths[:], lines[1], "|")
	cutFields(c.weekdays[:], lines[2], "|")
	cutFields(c.gregorian.eras[:], lines[3], "|")
	cutFields(c.halves[:], lines[4], "|")
	cutFields(c.hours[:], lines[5], "|")

	dates := cutFields(c.gregorian.dates[:], dateTable[r.dates], "|")
	dates = cutFields(c.ranges[0][:], dates, "|")
	c.anyRange = cutFields(c.ranges[1][:], dates, "|")

	clocks := cutFields(c.moments[:], clockTable[r.clocks], "|")
	var times [6]string
	c.zoned = cutFields(times[:], clocks, "|")
	c.clock = onClock(hour, times[0], times[1], times[2])
	c.seconds = onClock(hour, times[3], times[4], times[5])

	var zone [8]string
	cutFields(zone[:], zoneTable[r.zones], "|")
	c.zone = zoneNotation{zone[0], zone[1],
		[2]offsetSign{{zone[2], zone[3], zone[4]}, {zone[5], zone[6], zone[7]}}}

	c.civil = c.gregorian.in(system, r)
	return c
}

// cutFields fills dst with the fields of a section and returns what is left of it.
func cutFields(dst []string, section, separator string) (rest string) {
	for i := range dst {
		dst[i], section, _ = strings.Cut(section, separator)
	}
	return section
}

// appendMoment appends a Time, Date or TimeOfDay. A date and a time of day are as they were given,
// wherever the reader is. A moment says its zone unless the reader's is known.
func (l *Locale) appendMoment(dst []byte, v *Value, ctx *Context) []byte {
	t, zoned := v.moment(), false
	if v.kind == Time {
		if zoned = ctx == nil || ctx.Zone == nil; !zoned {
			t = t.In(ctx.Zone)
		}
	}
	m := l.momentOf(t, v.style)
	m.zoned = zoned
	switch v.kind {
	case Date:
		return l.appendDate(dst, &m)
	case TimeOfDay:
		return l.appendClock(dst, &m)
	}
	return l.appendPattern(dst, l.moments[v.style.length()], &m)
}

// moment is a time that is being written.
type moment struct {
	time.Time
	day
	in    *dating
	style Style
	zoned bool // whether its zone is shown
}

// momentOf returns a time with its day in the reader's calendar, or in the Gregorian one if that
// has no such day.
func (l *Locale) momentOf(t time.Time, style Style) moment {
	m := moment{Time: t, in: &l.civil, style: style}
	var ok bool
	if m.day, ok = m.in.system.dayOf(t); !ok {
		m.in = &l.gregorian
		m.day, _ = gregorian.dayOf(t)
	}
	return m
}

func (l *Locale) appendDate(dst []byte, m *moment) []byte {
	return l.appendPattern(dst, m.in.dates[m.style.length()], m)
}

// appendClock appends a time of day, with its zone if that is shown.
func (l *Locale) appendClock(dst []byte, m *moment) []byte {
	clock := l.clock
	if m.style&WithSeconds != 0 {
		clock = l.seconds
	}
	if !m.zoned {
		return l.appendPattern(dst, clock, m)
	}
	for pattern := l.zoned; pattern != ""; {
		switch {
		case strings.HasPrefix(pattern, "{0}"):
			dst, pattern = l.appendPattern(dst, clock, m), pattern[len("{0}"):]
		case strings.HasPrefix(pattern, "{1}"):
			dst, pattern = l.appendZone(dst, m.Time), pattern[len("{1}"):]
		default:
			dst, pattern = append(dst, pattern[0]), pattern[1:]
		}
	}
	return dst
}

// appendZone appends the zone of a time: "UTC", "GMT+5:30".
func (l *Locale) appendZone(dst []byte, t time.Time) []byte {
	_, seconds := t.Zone()
	minutes := seconds / 60
	if minutes == 0 {
		return append(dst, l.zone.utc...)
	}
	sign := &l.zone.signs[0]
	if minutes < 0 {
		minutes, sign = -minutes, &l.zone.signs[1]
	}
	before, after, _ := strings.Cut(l.zone.offset, "{0}")
	dst = append(append(dst, before...), sign.before...)
	dst = l.appendPart(dst, minutes/60, 1)
	if minutes%60 != 0 {
		dst = l.appendPart(append(dst, sign.between...), minutes%60, 2)
		dst = append(dst, sign.after...)
	}
	return append(dst, after...)
}

// appendRange appends the days from one to another.
func (l *Locale) appendRange(dst []byte, v *Value) []byte {
	from, to, _ := v.Ends()
	first, last := l.momentOf(from, v.style), l.momentOf(to, v.style)
	if first.day == last.day && first.in == last.in {
		return l.appendDate(dst, &first)
	}
	pattern := l.rangePattern(&first, &last)
	if pattern == "" {
		return l.appendDates(dst, &first, &last)
	}
	// The pattern is that of the first day up to the field that it has had already.
	second := secondDay(pattern)
	dst = l.appendPattern(dst, pattern[:second], &first)
	return l.appendPattern(dst, pattern[second:], &last)
}

// rangePattern returns the pattern of a range in which nothing is said twice. There are such ones
// for Gregorian dates with the name of the month and without the day of the week.
func (l *Locale) rangePattern(first, last *moment) string {
	length := first.style.length()
	if first.in.system != gregorian || last.in.system != gregorian || length == fullDate ||
		length == shortDate {
		return ""
	}
	ranges := &l.ranges[length-longDate]
	switch {
	case first.day.year != last.day.year:
		return ranges[2]
	case first.day.month != last.day.month:
		return ranges[1]
	}
	return ranges[0]
}

// appendDates appends two whole dates.
func (l *Locale) appendDates(dst []byte, first, last *moment) []byte {
	before, rest, _ := strings.Cut(l.anyRange, "{0}")
	between, after, _ := strings.Cut(rest, "{1}")
	dst = l.appendDate(append(dst, before...), first)
	dst = l.appendDate(append(dst, between...), last)
	return append(dst, after...)
}

// secondDay returns where the second day begins in the pattern of a span: at the first field that
// is there for the second time.
func secondDay(pattern string) int {
	var seen [128]bool
	quoted := false
	for i := 0; i < len(pattern); {
		c := pattern[i]
		width := 1
		switch {
		case c == '\'':
			quoted = !quoted
		case quoted || !isField(c):
		case seen[c]:
			return i
		default:
			seen[c] = true
			width = runLength(pattern[i:])
		}
		i += width
	}
	return len(pattern)
}

// isField reports whether a character of a pattern is that of a field.
func isField(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// appendPattern appends what a pattern says: fields, which are runs of one letter, text in
// apostrophes, {1} and {0} for the date and the time of day, and every other character as it is.
func (l *Locale) appendPattern(dst []byte, pattern string, m *moment) []byte {
	quoted := false
	for i := 0; i < len(pattern); {
		width := 1
		switch c := pattern[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
			dst = append(dst, c)
		case strings.HasPrefix(pattern[i:], "{0}"):
			width = len("{0}")
			dst = l.appendClock(dst, m)
		case strings.HasPrefix(pattern[i:], "{1}"):
			width = len("{1}")
			dst = l.appendDate(dst, m)
		case !isField(c):
			dst = append(dst, c)
		default:
			width = runLength(pattern[i:])
			dst = l.appendField(dst, c, width, m)
		}
		i += width
	}
	return dst
}

// runLength returns how often s repeats its first byte at its start.
func runLength(s string) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}

// appendField appends one field of a pattern. The generator of the tables lets no others pass.
func (l *Locale) appendField(dst []byte, field byte, width int, m *moment) []byte {
	switch field {
	case 'G':
		return append(dst, m.in.era(m.day.era, width)...)
	case 'U':
		if m.day.year == 1 {
			return append(dst, firstYear...)
		}
		return l.appendYear(dst, m.day.year, 1)
	case 'y':
		return l.appendYear(dst, m.day.year, width)
	case 'M':
		return l.appendMonth(dst, m, width)
	case 'd':
		return l.appendPart(dst, m.day.day, width)
	case 'E', 'c':
		return append(dst, l.weekdays[m.Weekday()]...)
	case 'h', 'H', 'k', 'K':
		if l.hour != 0 {
			field = l.hour
		}
		return l.appendPart(dst, hour(field, m.Hour()), width)
	case 'm':
		return l.appendPart(dst, m.Minute(), width)
	case 's':
		return l.appendPart(dst, m.Second(), width)
	case 'B':
		return append(dst, l.hours[m.Hour()]...)
	case 'a':
		return append(dst, l.halves[m.Hour()/12]...)
	}
	return dst
}

// appendYear appends a year, of which a pattern may ask for the last two digits only.
func (l *Locale) appendYear(dst []byte, year, width int) []byte {
	if width == 2 {
		return l.appendPart(dst, max(year, -year)%100, width)
	}
	return l.appendWhole(dst, year < 0, uint64(max(year, -year)), ungrouped)
}

// firstYear is the first year of an era in Japanese, whose patterns have the field U.
const firstYear = "元"

// appendMonth appends a month by its number or name.
func (l *Locale) appendMonth(dst []byte, m *moment, width int) []byte {
	switch width {
	case 4:
		return append(dst, m.in.months[m.day.month-1]...)
	case 3:
		return append(dst, m.in.shortMonths[m.day.month-1]...)
	}
	return l.appendPart(dst, m.day.month, width)
}

// appendPart appends a number with one digit at least, or two.
func (l *Locale) appendPart(dst []byte, number, width int) []byte {
	if width > 1 && number < 10 {
		dst = l.appendDigits(dst, []byte("0"))
	}
	return l.appendWhole(dst, false, uint64(number), ungrouped)
}

// hourField returns the letter that a pattern has for the hour on the clock that the tag asks for
// (UTS #35 part 4, Date Field Symbol Table), or 0 if it asks for none. It asks by the extension
// -u-hc-, or by a region that is not that of the locale's data, such as Polish in the United
// States.
func hourField(tag language.Tag, region, data string) byte {
	switch tag.TypeForKey("hc") {
	case "h11":
		return 'K'
	case "h12":
		return 'h'
	case "h23":
		return 'H'
	case "h24":
		return 'k'
	}
	country, err := language.ParseRegion(region)
	if err != nil || !country.IsCountry() || region == regionOf(data) {
		return 0
	}
	if strings.Contains(twelveHours, region) {
		return 'h'
	}
	return 'H'
}

// regionOf returns the region of a locale that there is data of, or the one where most people write
// its language.
func regionOf(data string) string {
	id := locale.Of(language.Raw.Make(data))
	return cmp.Or(id.Region, locale.MainRegion(id.Language, id.WrittenIn()))
}

// onClock returns the pattern to use for the hour's field. A locale's usual pattern is better than
// one made for any clock of twelve or twenty-four hours, so it stays where it has the hours asked
// for.
func onClock(field byte, usual, twelve, twentyFour string) string {
	switch {
	case field == 0 || countsTwelve(field) == countsTwelve(hourIn(usual)):
		return usual
	case countsTwelve(field):
		return twelve
	}
	return twentyFour
}

func countsTwelve(field byte) bool { return field == 'h' || field == 'K' }

// hourIn returns the field for the hour in a pattern. The h in "HH 'h' mm" is text,
// not a field.
func hourIn(pattern string) byte {
	quoted := false
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '\'':
			quoted = !quoted
		case !quoted && strings.IndexByte("hHkK", c) >= 0:
			return c
		}
	}
	return 0
}

// hour returns the number that a clock shows at the hour, 0 to 23. The field is the letter of the
// pattern.
func hour(field byte, hour int) int {
	switch field {
	case 'h':
		return (hour+11)%12 + 1
	case 'K':
		return hour % 12
	case 'k':
		return (hour+23)%24 + 1
	}
	return hour
}
