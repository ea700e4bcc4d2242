package main

import (
	"fmt"
	"io/fs"
	"strings"
)

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

// listLine returns what stands between the elements at the start, in the middle, at the end and between two, and what
// follows the last element at the end and after two. No locale writes anything else.
func listLine(patterns map[string]string) (string, error) {
	var between, after [4]string
	for i, name := range [...]string{"start", "middle", "end", "2"} {
		rest, ok := strings.CutPrefix(patterns[name], "{0}")
		if !ok {
			return "", fmt.Errorf("%s pattern %q does not begin with its first element", name, patterns[name])
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
