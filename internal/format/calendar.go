package format

import (
	"strings"
	"time"

	"golang.org/x/text/language"
)

// system is a calendar's way to count days.
type system uint8

const (
	gregorian system = iota
	persian
	buddhist
	roc
	japanese
)

// systems are the names of the calendars (UTS #35, Unicode Calendar Identifier). The one of ISO
// 8601 counts as the Gregorian one does.
var systems = map[string]system{
	"gregory": gregorian, "iso8601": gregorian, "persian": persian, "buddhist": buddhist, "roc": roc,
	"japanese": japanese,
}

// UnknownCalendar returns the calendar that a tag asks for by the extension -u-ca- if dates are
// written in the locale's own one all the same, else "".
func UnknownCalendar(tag language.Tag) string {
	name := tag.TypeForKey("ca")
	if _, ok := systems[name]; ok {
		return ""
	}
	return name
}

// systemOf returns the calendar that a tag asks for. If it asks for none, that is the civil
// calendar of the locale that there is data of; instead of one that is not known it is the
// Gregorian one.
func systemOf(tag language.Tag, data string) system {
	name := tag.TypeForKey("ca")
	if s, ok := systems[name]; ok {
		return s
	}
	if name == "" {
		for entry := range strings.SplitSeq(civilCalendars, " ") {
			if locale, civil, _ := strings.Cut(entry, ":"); locale == data {
				return systems[civil]
			}
		}
	}
	return gregorian
}

// dating is how a locale writes dates in a calendar.
type dating struct {
	system      system
	dates       [lengths]string
	months      [12]string // the first month first
	shortMonths [12]string
	eras        [len(japaneseEras)]string
	shortEras   [len(japaneseEras)]string // empty for the Gregorian calendar, whose patterns have none
}

// in returns a dating in another calendar. A calendar without months of its own has those of d.
func (d dating) in(system system, r *row) dating {
	var section string
	switch system {
	case gregorian:
		return d
	case persian:
		section = persianTable[r.persian]
	case buddhist:
		section = buddhistTable[r.buddhist]
	case roc:
		section = rocTable[r.roc]
	case japanese:
		section = japaneseTable[r.japanese]
	}
	var lines [5]string
	cutFields(lines[:], section, "\n")
	d.system = system
	cutFields(d.dates[:], lines[0], "|")
	cutFields(d.eras[:], lines[1], "|")
	cutFields(d.shortEras[:], lines[2], "|")
	if lines[3] != "" {
		cutFields(d.months[:], lines[3], "|")
		cutFields(d.shortMonths[:], lines[4], "|")
	}
	return d
}

// era returns the name of an era.
func (d *dating) era(era, width int) string {
	if width == 5 {
		return d.shortEras[era]
	}
	return d.eras[era]
}

// day is a day in a calendar. Its era is an index.
type day struct{ era, year, month, day int }

// dayOf returns the day of a time. It is false if the calendar has none.
func (s system) dayOf(t time.Time) (day, bool) {
	year, month, date := t.Date()
	d := day{year: year, month: int(month), day: date}
	switch s {
	case persian:
		return persianDay(t), true
	case buddhist:
		d.year += 543
	case roc:
		if d.era, d.year = 1, year-1911; d.year < 1 {
			d.era, d.year = 0, 1-d.year
		}
	case japanese:
		return d.inJapan()
	default:
		if year > 0 {
			d.era = 1
		}
	}
	return d, true
}

// japaneseEras are the first days of the eras of the Japanese calendar that CLDR has, since the one
// in which Japan took over the Gregorian months.
var japaneseEras = [...]day{
	{0, 1868, 10, 23}, // Meiji
	{1, 1912, 7, 30},  // Taishō
	{2, 1926, 12, 25}, // Shōwa
	{3, 1989, 1, 8},   // Heisei
	{4, 2019, 5, 1},   // Reiwa
}

// inJapan returns a Gregorian day with the era and the year of the Japanese calendar.
func (d day) inJapan() (day, bool) {
	for i := len(japaneseEras) - 1; i >= 0; i-- {
		if first := japaneseEras[i]; !d.before(first) {
			d.era, d.year = first.era, d.year-first.year+1
			return d, true
		}
	}
	return d, false
}

func (d day) before(other day) bool {
	switch {
	case d.year != other.year:
		return d.year < other.year
	case d.month != other.month:
		return d.month < other.month
	}
	return d.day < other.day
}

// persianEpoch is the first day of the Persian calendar, 22 March 622, in days since that of Unix.
const persianEpoch = 1948320 - 2440588

// persianDay returns a day of the Persian calendar, whose leap years follow a cycle of 33 years.
// That is right, and what ICU does, from 1178 to 1501; in other years it may be a day off, as the
// calendar follows the equinox.
func persianDay(t time.Time) day {
	year, month, date := t.Date()
	midnight := time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
	days := int(floorDiv(midnight.Unix(), 24*60*60)) - persianEpoch
	d := day{year: 1 + int(floorDiv(33*int64(days)+3, 12053))}
	ofYear := days - 365*(d.year-1) - int(floorDiv(8*int64(d.year)+21, 33))
	if ofYear < 6*31 {
		d.month, d.day = ofYear/31+1, ofYear%31+1
	} else {
		d.month, d.day = (ofYear-6)/30+1, (ofYear-6)%30+1
	}
	return d
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
