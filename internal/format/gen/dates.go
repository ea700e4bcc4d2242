package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/cldr"
)

type gregorian struct {
	Months, Days, DayPeriods struct {
		Format struct{ Abbreviated, Wide map[string]string }
		Alone  struct{ Wide map[string]string } `json:"stand-alone"`
	}
	Eras                  struct{ EraAbbr map[string]string }
	DateFormats           lengths
	TimeFormats           lengths
	DateTimeFormats       availableFormats
	DateTimeFormatsAtTime struct{ Standard lengths } `json:"dateTimeFormats-atTime"`
}

// lengths are the patterns of CLDR's four lengths.
type lengths struct{ Full, Long, Medium, Short string }

func (l *lengths) all() []string { return []string{l.Full, l.Long, l.Medium, l.Short} }

type availableFormats struct {
	AvailableFormats map[string]string
	IntervalFormats  struct {
		Fallback           string `json:"intervalFormatFallback"`
		YMMMMd, YMMMd, YMd interval
	}
}

// interval has a pattern for days that differ in the day, the month and the year.
type interval struct{ D, M, Y string }

func (i interval) all() []string { return []string{i.D, i.M, i.Y} }

// zones are the notations of a locale for time zones.
type zones struct {
	GMTFormat, GMTZeroFormat, HourFormat string

	Zone struct {
		Etc struct {
			UTC struct{ Short struct{ Standard string } }
		}
	}
}

// dayPeriods is, by language, when each part of the day begins.
type dayPeriods map[string]periodRules

type periodRules map[string]struct {
	From   string `json:"_from"`
	Before string `json:"_before"`
	At     string `json:"_at"`
}

func readDayPeriods(input fs.FS) (dayPeriods, error) {
	var data struct {
		Supplemental struct{ DayPeriodRuleSet dayPeriods }
	}
	err := cldr.Read(input, "cldr-core/supplemental/dayPeriods.json", &data)
	return data.Supplemental.DayPeriodRuleSet, err
}

func readGregorian(input fs.FS, locale string) (gregorian, error) {
	data, err := readMain[struct {
		Dates struct {
			Calendars struct{ Gregorian gregorian }
		}
	}](input, "cldr-dates-full", locale, "ca-gregorian.json")
	return data.Dates.Calendars.Gregorian, err
}

func readZones(input fs.FS, locale string) (zones, error) {
	data, err := readMain[struct {
		Dates struct{ TimeZoneNames zones }
	}](input, "cldr-dates-full", locale, "timeZoneNames.json")
	return data.Dates.TimeZoneNames, err
}

// dates returns the patterns of a date in CLDR's four lengths, then those of a range of days that
// differ in the day, the month and the year, in the long and in the medium length, then the pattern
// of any other range.
func (g *gregorian) dates() (string, error) {
	ranges := &g.DateTimeFormats.IntervalFormats
	long, medium := ranges.YMMMMd.all(), ranges.YMMMd.all()
	for i, pattern := range long {
		if pattern == "" {
			long[i] = medium[i]
			if strings.Contains(g.DateFormats.Long, "MMMM") && !strings.Contains(long[i], "MMMM") {
				long[i] = strings.ReplaceAll(long[i], "MMM", "MMMM")
			}
		}
	}
	if !strings.Contains(g.DateFormats.Medium, "MMM") {
		medium = ranges.YMd.all() // a medium date is in numbers
	}
	line := slices.Concat(g.DateFormats.all(), long, medium)
	for i, pattern := range line {
		line[i] = strings.ReplaceAll(pattern, "L", "M") // the languages with LLL have one name for both
		if strings.Contains(pattern, "MMMMM") {
			line[i] = "" // a single letter; two whole dates are clearer
		} else if err := checkLayout(pattern); err != nil {
			return "", err
		}
	}
	if !strings.Contains(ranges.Fallback, "{0}") || !strings.Contains(ranges.Fallback, "{1}") {
		return "", fmt.Errorf("no pattern for a range of days: %q", ranges.Fallback)
	}
	return fields(append(line, ranges.Fallback)...), nil
}

// clocks returns the patterns of a date with a time of day in CLDR's four lengths; those of a time
// of day without and with seconds, each as the locale prefers it and on a clock of twelve and of
// twenty-four hours; and that of a time of day with its zone.
func (g *gregorian) clocks() (string, error) {
	moments := g.DateTimeFormatsAtTime.Standard.all()
	formats := g.DateTimeFormats.AvailableFormats
	times := []string{
		g.TimeFormats.Short, formats["hm"], formats["Hm"],
		g.TimeFormats.Medium, formats["hms"], formats["Hms"],
	}
	for _, pattern := range append(times, moments...) {
		if err := checkLayout(pattern); err != nil {
			return "", err
		}
		if pattern == "" {
			return "", errors.New("a date or time has no pattern")
		}
	}
	return fields(append(append(moments, times...), g.zoned())...), nil
}

// zoned returns the pattern of a time of day, {0}, with its zone, {1}, on the clock that the locale
// prefers. A locale that has no such pattern gets the root's.
func (g *gregorian) zoned() string {
	formats, hours := g.DateTimeFormats.AvailableFormats, "H"
	if strings.ContainsAny(g.TimeFormats.Short, "hK") {
		hours = "h"
	}
	short := strings.NewReplacer("HH", "H", "hh", "h")
	zoned := strings.Replace(short.Replace(formats[hours+"mv"]), short.Replace(formats[hours+"m"]),
		"{0}", 1)
	zoned = strings.Replace(strings.ReplaceAll(zoned, "vvvv", "v"), "v", "{1}", 1)
	if checkLayout(zoned) != nil || !strings.Contains(zoned, "{0}") {
		return "{0} {1}"
	}
	return zoned
}

// zones returns the name of UTC, what other zones are called, {0} being the difference to UTC, and
// the difference: the signs in front of the hours, between hours and minutes, and after them, first
// of zones ahead of UTC and then of zones behind it.
func (z *zones) zones() (string, error) {
	line := []string{z.Zone.Etc.UTC.Short.Standard, z.GMTFormat}
	if line[0] == "" {
		line[0] = "UTC"
	}
	ahead, behind, _ := strings.Cut(z.HourFormat, ";")
	for _, pattern := range [...]string{ahead, behind} {
		before, rest, ok := strings.Cut(pattern, "H")
		between, after, ok2 := strings.Cut(strings.TrimPrefix(rest, "H"), "mm")
		if !ok || !ok2 || !strings.Contains(z.GMTFormat, "{0}") {
			return "", fmt.Errorf("unexpected zone %q, %q", z.GMTFormat, z.HourFormat)
		}
		line = append(line, before, between, after)
	}
	return fields(line...), nil
}

// checkLayout refuses a pattern with a field that package format does not write.
func checkLayout(pattern string) error {
	quoted := false
	for i := 0; i < len(pattern); {
		c := pattern[i]
		width := len(pattern[i:]) - len(strings.TrimLeft(pattern[i:], string(c)))
		if c >= 0x80 {
			width = 1
		}
		i += width
		switch {
		case c == '\'':
			quoted = quoted != (width%2 == 1)
		case quoted || c|0x20 < 'a' || c|0x20 > 'z':
		case strings.IndexByte("GyUMLdEcHhKkmsaB", c) < 0 || width > maxWidth[c]:
			return fmt.Errorf("unknown field %q in pattern %q", c, pattern)
		}
	}
	return nil
}

// maxWidth is how often a field's letter may be repeated.
var maxWidth = map[byte]int{
	'G': 5, 'y': 4, 'U': 1, 'M': 4, 'L': 3, 'd': 2, 'E': 4, 'c': 4,
	'H': 2, 'h': 2, 'K': 2, 'k': 2, 'm': 2, 's': 2, 'a': 1, 'B': 1,
}

// names returns, each in a line of its own, the months, the months in short, the days of the week
// from Sunday on, the eras, the halves of the day, and for a locale whose patterns ask for it the
// name of the part of the day at each hour.
func (g *gregorian) names(locale string, periods dayPeriods) (string, error) {
	var months, short, days []string
	for month := 1; month <= 12; month++ {
		months = append(months, g.Months.Format.Wide[strconv.Itoa(month)])
		short = append(short, g.Months.Format.Abbreviated[strconv.Itoa(month)])
	}
	weekdays := g.Days.Format.Wide
	switch full := g.DateFormats.Full; {
	case strings.Contains(full, "EEEE"):
	case strings.Contains(full, "EEE"):
		weekdays = g.Days.Format.Abbreviated
	case strings.Contains(full, "cccc"):
		weekdays = g.Days.Alone.Wide
	}
	for _, day := range [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		days = append(days, weekdays[day])
	}
	names := g.DayPeriods.Format.Abbreviated
	halves := []string{names["am"], names["pm"]}
	eras := []string{g.Eras.EraAbbr["0"], g.Eras.EraAbbr["1"]}
	var lines []string
	for _, line := range [][]string{months, short, days, eras, halves} {
		if slices.Contains(line, "") {
			return "", fmt.Errorf("a name is missing: %q", line)
		}
		lines = append(lines, fields(line...))
	}
	if strings.Contains(g.TimeFormats.Medium+g.DateTimeFormats.AvailableFormats["hms"]+
		g.TimeFormats.Short+g.DateTimeFormats.AvailableFormats["hm"], "B") {
		language, _, _ := strings.Cut(locale, "-")
		line, err := hourNames(names, periods[language])
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

// hourNames returns the name of the part of the day at each hour. The names of a single moment,
// such as midnight, are left out, as ICU leaves them out of such patterns.
func hourNames(names map[string]string, rules periodRules) (string, error) {
	hours := make([]string, 24)
	for period, rule := range rules {
		if rule.At != "" {
			continue
		}
		from, err1 := strconv.Atoi(strings.TrimSuffix(rule.From, ":00"))
		before, err2 := strconv.Atoi(strings.TrimSuffix(rule.Before, ":00"))
		if err1 != nil || err2 != nil {
			return "", fmt.Errorf("part of the day %s: unexpected times %+v", period, rule)
		}
		for hour := from; hour%24 != before%24; hour++ {
			hours[hour%24] = names[period]
		}
	}
	if slices.Contains(hours, "") {
		return "", fmt.Errorf("an hour has no name: %q", hours)
	}
	return fields(hours...), nil
}
