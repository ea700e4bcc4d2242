package main

import (
	"encoding/json"
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

// layouts returns the patterns of a date, of a moment made of date and time, of the time of day as
// the locale prefers it, and of the time of day on a clock of twelve and of twenty-four hours.
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
		case strings.IndexByte("yMdHhKkmsaB", c) < 0 || width > 2 && (c != 'M' || width > 3) ||
			c == 'y' && width > 1:
			return fmt.Errorf("unknown field %q in pattern %q", c, pattern)
		}
	}
	return nil
}

// names returns the months in one line and the halves of the day in a second. Where a pattern asks
// for the part of the day, a third line has its name for each hour.
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

// readLists returns a line for each kind of list: and, or, and amounts in several units.
func readLists(input fs.FS, locale string) (string, error) {
	data, err := readMain[struct {
		ListPatterns map[string]map[string]string
	}](input, "cldr-misc-full", locale, "listPatterns.json")
	if err != nil {
		return "", err
	}
	var lines []string
	for _, kind := range [...]string{"standard", "or", "unit"} {
		line, err := listLine(data.ListPatterns["listPattern-type-"+kind])
		if err != nil {
			return "", fmt.Errorf("list %s: %w", kind, err)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

// listLine returns the text between the elements at the start, in the middle, at the end and
// between two, and what follows the last element at the end and after two. No locale writes
// anything else.
func listLine(patterns map[string]string) (string, error) {
	var between, after [4]string
	for i, name := range [...]string{"start", "middle", "end", "2"} {
		rest, ok := strings.CutPrefix(patterns[name], "{0}")
		if !ok {
			return "", fmt.Errorf("%s pattern %q does not begin with its first element", name,
				patterns[name])
		}
		if between[i], after[i], ok = strings.Cut(rest, "{1}"); !ok {
			return "", fmt.Errorf("%s pattern %q has no second element", name, patterns[name])
		}
	}
	if after[0]+after[1] != "" {
		return "", fmt.Errorf("the list goes on after %q", after[0]+after[1])
	}
	return fields(between[0], between[1], between[2], between[3], after[2], after[3]), nil
}

// numbers is the part of a locale's numbers.json that concerns us, still by key, since the keys
// contain the names of numbering systems.
type numbers map[string]json.RawMessage

type symbols struct {
	Decimal, Group, MinusSign, PercentSign, NaN, Infinity string
}

type pattern struct{ Standard string }

func readNumbers(input fs.FS, locale string) (numbers, error) {
	data, err := readMain[struct{ Numbers numbers }](input, "cldr-numbers-full", locale,
		"numbers.json")
	return data.Numbers, err
}

func (n numbers) get(key string, into any) error {
	if err := json.Unmarshal(n[key], into); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// section returns the numbering system and the least number of grouped digits in one line, then one
// line for each numbering system that the locale has symbols for.
func (n numbers) section() (string, error) {
	var system, grouping string
	if err := n.get("defaultNumberingSystem", &system); err != nil {
		return "", err
	}
	if err := n.get("minimumGroupingDigits", &grouping); err != nil {
		return "", err
	}
	lines := []string{fields(system, grouping)}
	for key := range n {
		name, ok := strings.CutPrefix(key, "symbols-numberSystem-")
		if !ok {
			continue
		}
		line, err := n.notation(name)
		if err != nil {
			return "", fmt.Errorf("numbering system %s: %w", name, err)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines[1:])
	return strings.Join(lines, "\n"), nil
}

// notation returns the line of one numbering system.
func (n numbers) notation(system string) (string, error) {
	var s symbols
	if err := n.get("symbols-numberSystem-"+system, &s); err != nil {
		return "", err
	}
	var decimal, percent pattern
	if err := n.get("decimalFormats-numberSystem-"+system, &decimal); err != nil {
		return "", err
	}
	if err := n.get("percentFormats-numberSystem-"+system, &percent); err != nil {
		return "", err
	}
	groups, prefix, suffix, err := parsePattern(strings.TrimSuffix(decimal.Standard, ".###"))
	if err != nil || prefix+suffix != "" {
		return "", fmt.Errorf("unexpected number pattern %q", decimal.Standard)
	}
	percentGroups, prefix, suffix, err := parsePattern(percent.Standard)
	if err != nil {
		return "", err
	}
	prefix, suffix = strings.ReplaceAll(prefix, "%", s.PercentSign),
		strings.ReplaceAll(suffix, "%", s.PercentSign)
	return fields(system, s.Decimal, s.Group, s.MinusSign, s.NaN, s.Infinity, groups, percentGroups,
		prefix, suffix), nil
}

// parsePattern takes a pattern of CLDR without fraction digits apart. The size of the groups above
// the lowest, which always has three digits, comes back as "2" or "3".
func parsePattern(pattern string) (groups, prefix, suffix string, err error) {
	for _, form := range [...]struct{ digits, groups string }{{"#,##,##0", "2"}, {"#,##0", "3"}} {
		if prefix, suffix, ok := strings.Cut(pattern, form.digits); ok &&
			!strings.ContainsAny(prefix+suffix, "#0,.;'-+¤") {
			return form.groups, prefix, suffix, nil
		}
	}
	return "", "", "", fmt.Errorf("unexpected number pattern %q", pattern)
}

// readDigits returns, sorted by name, each numbering system that is nothing but ten digits.
func readDigits(input fs.FS) ([]string, error) {
	var data struct {
		Supplemental struct {
			NumberingSystems map[string]struct {
				Digits string `json:"_digits"`
				Type   string `json:"_type"`
			}
		}
	}
	if err := cldr.Read(input, "cldr-core/supplemental/numberingSystems.json", &data); err != nil {
		return nil, err
	}
	var lines []string
	for name, system := range data.Supplemental.NumberingSystems {
		if system.Type != "numeric" {
			continue
		}
		width := len(system.Digits) / 10
		for i, r := range []rune(system.Digits) {
			if len(string(r)) != width || i > 9 {
				return nil, fmt.Errorf("numbering system %s: digits of different width", name)
			}
		}
		lines = append(lines, fields(name, system.Digits))
	}
	slices.Sort(lines)
	return lines, nil
}

// forms is a unit's or a field's texts by key; the keys that end in count-one and so on matter.
type forms map[string]any

// categories maps the plural categories to the letters that stand for them in the tables.
var categories = [...]struct{ name, letter string }{
	{"zero", "z"}, {"one", "1"}, {"two", "2"}, {"few", "f"}, {"many", "m"}, {"other", "o"},
}

// line returns the forms of one thing, each after its category's letter. A form equal to "other" is
// left out.
func (f forms) line(prefix string) (string, error) {
	other, _ := f[prefix+"other"].(string)
	var line []string
	for _, category := range categories {
		form, ok := f[prefix+category.name].(string)
		if !ok || form == other && category.name != "other" {
			continue
		}
		if strings.Count(form, "{0}") > 1 {
			return "", fmt.Errorf("more than one number in %q", form)
		}
		line = append(line, category.letter+form)
	}
	if other == "" {
		return "", fmt.Errorf("no form %qother", prefix)
	}
	return fields(line...), nil
}

// units is a locale's units by length and name.
type units map[string]map[string]forms

func readUnits(input fs.FS, locale string) (units, error) {
	data, err := readMain[struct {
		Units map[string]any
	}](input, "cldr-units-full", locale, "units.json")
	if err != nil {
		return nil, err
	}
	all := units{}
	for _, length := range [...]string{"long", "short"} {
		all[length] = map[string]forms{}
		byName, _ := data.Units[length].(map[string]any)
		for name, unit := range byName {
			all[length][name], _ = unit.(map[string]any)
		}
	}
	return all, nil
}

// sizes returns a line for each unit of size, the smallest first.
func (u units) sizes() (string, error) {
	return u.section("short", "digital-", "byte", "kilobyte", "megabyte", "gigabyte", "terabyte",
		"petabyte")
}

// spans returns a line for each unit of time, the shortest first.
func (u units) spans() (string, error) {
	return u.section("long", "duration-", "second", "minute", "hour", "day")
}

func (u units) section(length, prefix string, names ...string) (string, error) {
	lines := make([]string, len(names))
	for i, name := range names {
		line, err := u[length][prefix+name].line("unitPattern-count-")
		if err != nil {
			return "", fmt.Errorf("unit %s: %w", name, err)
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n"), nil
}

// readWaits returns the text for "now", then a line for each unit of time from now on, the shortest
// first.
func readWaits(input fs.FS, locale string) (string, error) {
	type field struct {
		Now    string `json:"relative-type-0"`
		Future forms  `json:"relativeTime-type-future"`
	}
	data, err := readMain[struct {
		Dates struct{ Fields map[string]field }
	}](input, "cldr-dates-full", locale, "dateFields.json")
	if err != nil {
		return "", err
	}
	lines := []string{fields(data.Dates.Fields["second"].Now)}
	for _, name := range [...]string{"second", "minute", "hour", "day"} {
		line, err := data.Dates.Fields[name].Future.line("relativeTimePattern-count-")
		if err != nil {
			return "", fmt.Errorf("field %s: %w", name, err)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}
