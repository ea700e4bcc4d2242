package format

import (
	"cmp"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
)

// calendar is how a locale writes dates and times of day: in the Gregorian calendar, whatever
// calendar the locale prefers, and in CLDR's medium length. Its patterns are those of UTS #35 part
// 4, Date Format Patterns.
type calendar struct {
	date   string
	moment string // has {1} for the date and {0} for the time of day
	clock  string
	hour   byte     // the field to use for that of the pattern's hour, or 0
	months []string // January first
	halves []string // of the day, the one before noon first
	hours  []string // the part of the day at each hour, in locales whose patterns ask for it
}

// parseCalendar takes a section of nameTable and one of layoutTable apart, for a clock with the
// given field for the hour.
func parseCalendar(names, layout string, hour byte) calendar {
	lines := strings.Split(names, "\n")
	patterns := strings.Split(layout, "|")
	c := calendar{
		date: patterns[0], moment: patterns[1], clock: onClock(hour, patterns[2], patterns[3],
			patterns[4]), hour: hour,
		months: strings.Split(lines[0], "|"), halves: strings.Split(lines[1], "|"),
	}
	if len(lines) > 2 {
		c.hours = strings.Split(lines[2], "|")
	}
	return c
}

// appendMoment appends a Time, Date or Clock.
func (l *Locale) appendMoment(dst []byte, v *Value, ctx *Context) []byte {
	t := v.moment()
	if ctx != nil && ctx.Zone != nil {
		t = t.In(ctx.Zone)
	}
	switch v.kind {
	case Date:
		return l.appendPattern(dst, l.date, t)
	case TimeOfDay:
		return l.appendPattern(dst, l.clock, t)
	}
	return l.appendPattern(dst, l.moment, t)
}

// appendPattern appends what a pattern says: fields, which are runs of one letter, text in
// apostrophes, and every other character as it is.
func (l *Locale) appendPattern(dst []byte, pattern string, t time.Time) []byte {
	quoted := false
	for i := 0; i < len(pattern); {
		width := 1
		switch c := pattern[i]; {
		case c == '\'':
			quoted = !quoted
		case c == '{':
			width = len("{0}")
			dst = l.appendPattern(dst, [...]string{l.clock, l.date}[pattern[i+1]-'0'], t)
		case quoted || c|0x20 < 'a' || c|0x20 > 'z':
			dst = append(dst, c)
		default:
			width = runLength(pattern[i:])
			dst = l.appendField(dst, c, width, t)
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
func (l *Locale) appendField(dst []byte, field byte, width int, t time.Time) []byte {
	switch field {
	case 'y':
		year := t.Year()
		return l.appendWhole(dst, year < 0, uint64(max(year, -year)), ungrouped)
	case 'M':
		if width > 2 {
			return append(dst, l.months[t.Month()-1]...)
		}
		return l.appendPart(dst, int(t.Month()), width)
	case 'd':
		return l.appendPart(dst, t.Day(), width)
	case 'h', 'H', 'k', 'K':
		if l.hour != 0 {
			field = l.hour
		}
		return l.appendPart(dst, hour(field, t.Hour()), width)
	case 'm':
		return l.appendPart(dst, t.Minute(), width)
	case 's':
		return l.appendPart(dst, t.Second(), width)
	case 'B':
		return append(dst, l.hours[t.Hour()]...)
	case 'a':
		return append(dst, l.halves[t.Hour()/12]...)
	}
	return dst
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
