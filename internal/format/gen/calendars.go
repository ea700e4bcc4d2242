package main

import (
	_ "embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/cldr"
)

// The registry has no packages of CLDR 48 for these calendars, so their data is here; calendars.mjs
// makes it.
//
//go:embed calendars.txt
var calendarData string

// calendars are the calendars besides the Gregorian one, in the order of their tables.
var calendars = [...]string{"persian", "buddhist", "roc", "japanese"}

// calendarSections is, by calendar and locale, the text of calendars.txt in lines.
type calendarSections map[string]map[string]string

func readCalendars() (calendarSections, error) {
	all := calendarSections{}
	for line := range strings.Lines(calendarData) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3)
		if len(parts) != 3 || !slices.Contains(calendars[:], parts[0]) {
			return nil, fmt.Errorf("calendars.txt: unexpected line %q", line)
		}
		section := strings.ReplaceAll(parts[2], "\t", "\n")
		patterns, _, _ := strings.Cut(section, "\n")
		for pattern := range strings.SplitSeq(patterns, "|") {
			if err := checkLayout(pattern); err != nil {
				return nil, fmt.Errorf("calendars.txt: %w", err)
			}
		}
		if all[parts[0]] == nil {
			all[parts[0]] = map[string]string{}
		}
		for locale := range strings.FieldsSeq(parts[1]) {
			all[parts[0]][locale] = section
		}
	}
	return all, nil
}

// section returns how a locale writes a calendar. One that is new in CLDR takes it from its parent.
func (s calendarSections) section(calendar, locale string, parents map[string]string) string {
	for {
		if text, ok := s[calendar][locale]; ok {
			return text
		}
		locale = parentOf(locale, parents)
	}
}

// readCalendarRegions returns, sorted, each region whose civil calendar is one of ours, with a
// colon between them.
func readCalendarRegions(input fs.FS) ([]string, error) {
	var data struct {
		Supplemental struct{ CalendarPreferenceData map[string][]string }
	}
	err := cldr.Read(input, "cldr-core/supplemental/calendarPreferenceData.json", &data)
	var regions []string
	for region, preferred := range data.Supplemental.CalendarPreferenceData {
		if slices.Contains(calendars[:], preferred[0]) {
			regions = append(regions, region+":"+preferred[0])
		} else if preferred[0] != "gregorian" {
			return nil, fmt.Errorf("the civil calendar of %s is %s", region, preferred[0])
		}
	}
	slices.Sort(regions)
	return regions, err
}
