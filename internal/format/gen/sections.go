package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/cldr"
)

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
	CurrencyDecimal, CurrencyGroup                        string
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
	money, err := n.money(system, &s)
	if err != nil {
		return "", err
	}
	return fields(append([]string{system, s.Decimal, s.Group, s.MinusSign, s.NaN, s.Infinity, groups,
		percentGroups, prefix, suffix}, money...)...), nil
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

// sizes returns a line for each unit of size, the smallest first: bytes in words, which have a
// plural where a symbol has none, and the others short, with a no-break space at the number.
func (u units) sizes() (string, error) {
	length := "short"
	if u.mixesWords() {
		length = "long"
	}
	bytes, err := u.section("long", "digital-", "byte")
	if err != nil {
		return "", err
	}
	others, err := u.section(length, "digital-", multiples[:]...)
	section := bytes + "\n" + others
	return strings.NewReplacer(" {0}", "\u00a0{0}", "{0} ", "{0}\u00a0").Replace(section), err
}

var multiples = [...]string{"kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"}

// mixesWords reports whether some of the short multiples of a byte are words, as they are in the
// long form, and others abbreviations. A symbol of two letters does not count.
func (u units) mixesWords() bool {
	words := 0
	for _, name := range multiples {
		long, _ := u["long"]["digital-"+name].line("unitPattern-count-")
		short, _ := u["short"]["digital-"+name].line("unitPattern-count-")
		symbol := strings.TrimSpace(strings.ReplaceAll(strings.TrimLeft(short, "o"), "{0}", ""))
		if long == short && len([]rune(symbol)) > len("MB") {
			words++
		}
	}
	return words > 0 && words < len(multiples)
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
