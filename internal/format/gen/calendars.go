package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/cldr"
	"github.com/errlingo/errlingo/internal/locale"
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

// civilCalendars returns each of the locales whose region has one of our calendars as its civil
// one, with a colon between them.
func civilCalendars(input fs.FS, locales []string) ([]string, error) {
	var data struct {
		Supplemental struct{ CalendarPreferenceData map[string][]string }
	}
	err := cldr.Read(input, "cldr-core/supplemental/calendarPreferenceData.json", &data)
	if err != nil {
		return nil, err
	}
	for region, preferred := range data.Supplemental.CalendarPreferenceData {
		if preferred[0] != "gregorian" && !slices.Contains(calendars[:], preferred[0]) {
			return nil, fmt.Errorf("the civil calendar of %s is %s", region, preferred[0])
		}
	}
	var civil []string
	for _, name := range locales {
		id := locale.Of(language.Raw.Make(name))
		region := cmp.Or(id.Region, locale.MainRegion(id.Language, id.WrittenIn()))
		preferred := data.Supplemental.CalendarPreferenceData[region]
		if len(preferred) > 0 && preferred[0] != "gregorian" {
			civil = append(civil, name+":"+preferred[0])
		}
	}
	return civil, nil
}
