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
	Months struct {
		Format struct{ Abbreviated map[string]string }
	}
	DayPeriods struct {
		Format struct{ Abbreviated map[string]string }
	}
	DateFormats, TimeFormats struct{ Medium string }
	DateTimeFormats          struct{ AvailableFormats map[string]string }
	AtTime                   struct {
		Standard struct{ Medium string }
	} `json:"dateTimeFormats-atTime"`
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

// layouts returns the patterns of a date, of a moment made of date and time, of the time of day as the locale prefers
// it, and of the time of day on a clock of twelve and of twenty-four hours.
func (g *gregorian) layouts() (string, error) {
	line := []string{
		g.DateFormats.Medium, g.AtTime.Standard.Medium, g.TimeFormats.Medium,
		g.DateTimeFormats.AvailableFormats["hms"], g.DateTimeFormats.AvailableFormats["Hms"],
	}
	for i, pattern := range line {
		if err := checkLayout(pattern); err != nil {
			return "", err
		}
		if i != 1 && pattern == "" {
			return "", fmt.Errorf("no pattern %d", i)
		}
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
		case strings.IndexByte("yMdHhKkmsaB", c) < 0 || width > 2 && (c != 'M' || width > 3) || c == 'y' && width > 1:
			return fmt.Errorf("unknown field %q in pattern %q", c, pattern)
		}
	}
	return nil
}

// names returns the months in one line and the halves of the day in a second. Where a pattern asks for the part of the
// day, a third line has its name for each hour.
func (g *gregorian) names(locale string, periods dayPeriods) (string, error) {
	var months []string
	for month := 1; month <= 12; month++ {
		months = append(months, g.Months.Format.Abbreviated[strconv.Itoa(month)])
	}
	names := g.DayPeriods.Format.Abbreviated
	lines := []string{fields(months...), fields(names["am"], names["pm"])}
	if slices.Contains(months, "") || names["am"] == "" || names["pm"] == "" {
		return "", errors.New("a month or a half of the day has no name")
	}
	if strings.Contains(g.TimeFormats.Medium+g.DateTimeFormats.AvailableFormats["hms"], "B") {
		language, _, _ := strings.Cut(locale, "-")
		line, err := hourNames(names, periods[language])
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

// hourNames returns the name of the part of the day at each hour. The names of a single moment, such as midnight, are
// left out, as ICU leaves them out of such patterns.
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

// readTwelveHours returns, sorted, the regions that prefer a clock of twelve hours.
func readTwelveHours(input fs.FS) ([]string, error) {
	var data struct {
		Supplemental struct {
			TimeData map[string]struct {
				Preferred string `json:"_preferred"`
			}
		}
	}
	if err := cldr.Read(input, "cldr-core/supplemental/timeData.json", &data); err != nil {
		return nil, err
	}
	var regions []string
	for region, hours := range data.Supplemental.TimeData {
		if hours.Preferred == "h" && len(region) == 2 {
			regions = append(regions, region)
		}
	}
	slices.Sort(regions)
	return regions, nil
}
