package main

import (
	"fmt"
	"io/fs"
	"strings"
)

// forms is a unit's or a field's texts by key; the keys that end in count-one and so on matter.
type forms map[string]any

// categories maps the plural categories to the letters that stand for them in the tables.
var categories = [...]struct{ name, letter string }{
	{"zero", "z"}, {"one", "1"}, {"two", "2"}, {"few", "f"}, {"many", "m"}, {"other", "o"},
}

// line returns the forms of one thing, each after its category's letter. A form equal to "other" is left out.
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
	return u.section("short", "digital-", "byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte")
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

// readWaits returns the text for "now", then a line for each unit of time from now on, the shortest first.
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
