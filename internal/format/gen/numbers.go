package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/cldr"
)

// numbers is the part of a locale's numbers.json that concerns us, still by key, since the keys contain the names of
// numbering systems.
type numbers map[string]json.RawMessage

type symbols struct {
	Decimal, Group, MinusSign, PercentSign, NaN, Infinity string
}

type pattern struct{ Standard string }

func readNumbers(input fs.FS, locale string) (numbers, error) {
	data, err := readMain[struct{ Numbers numbers }](input, "cldr-numbers-full", locale, "numbers.json")
	return data.Numbers, err
}

func (n numbers) get(key string, into any) error {
	if err := json.Unmarshal(n[key], into); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// section returns the numbering system and the least number of grouped digits in one line, then one line for each
// numbering system that the locale has symbols for.
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
	prefix, suffix = strings.ReplaceAll(prefix, "%", s.PercentSign), strings.ReplaceAll(suffix, "%", s.PercentSign)
	return fields(system, s.Decimal, s.Group, s.MinusSign, s.NaN, s.Infinity, groups, percentGroups, prefix, suffix), nil
}

// parsePattern takes a pattern of CLDR without fraction digits apart. The size of the groups above the lowest, which
// always has three digits, comes back as "2" or "3".
func parsePattern(pattern string) (groups, prefix, suffix string, err error) {
	for _, form := range [...]struct{ digits, groups string }{{"#,##,##0", "2"}, {"#,##0", "3"}} {
		if prefix, suffix, ok := strings.Cut(pattern, form.digits); ok && !strings.ContainsAny(prefix+suffix, "#0,.;'-+¤") {
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
