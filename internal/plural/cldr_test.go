package plural_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/plural"
)

// cldrRule is one rule as CLDR publishes it, with the locales that it is for.
type cldrRule struct {
	locales    []string
	categories plural.Set
	conditions [plural.NumCategories]condition
	integers   [plural.NumCategories][]string // samples, ranges spelled out
	decimals   [plural.NumCategories][]string
}

// category returns the category by CLDR's conditions: the first one that holds.
func (r *cldrRule) category(o operands) plural.Category {
	for c, condition := range r.conditions {
		if condition.holds(o) {
			return plural.Category(c)
		}
	}
	return plural.Other
}

// readCLDR returns the rules of testdata/plurals.txt.
func readCLDR(t testing.TB) []*cldrRule {
	t.Helper()
	content, err := os.ReadFile("testdata/plurals.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rules []*cldrRule
	_, body, _ := strings.Cut(string(content), "\n\n")
	for block := range strings.SplitSeq(body, "\n\n") {
		rule, err := parseRule(strings.Split(strings.TrimSpace(block), "\n"))
		if err != nil {
			t.Fatalf("testdata/plurals.txt: %v in\n%s", err, block)
		}
		rules = append(rules, rule)
	}
	return rules
}

func parseRule(lines []string) (*cldrRule, error) {
	rule := &cldrRule{locales: strings.Fields(lines[0])}
	for _, line := range lines[1:] {
		name, text, _ := strings.Cut(line, ": ")
		c, ok := plural.ParseCategory(name)
		if !ok {
			return nil, fmt.Errorf("unknown category %q", name)
		}
		text, decimals, _ := strings.Cut(text, "@decimal")
		text, integers, _ := strings.Cut(text, "@integer")
		var err error
		if rule.conditions[c], err = parseCondition(strings.TrimSpace(text)); err != nil {
			return nil, err
		}
		rule.categories |= plural.SetOf(c)
		rule.integers[c] = spellOut(integers)
		rule.decimals[c] = spellOut(decimals)
	}
	return rule, nil
}

// spellOut returns the samples of a list such as " 0, 2~16, 100, …".
func spellOut(list string) []string {
	var samples []string
	for item := range strings.SplitSeq(list, ",") {
		item = strings.TrimSpace(item)
		from, to, ok := strings.Cut(item, "~")
		switch {
		case item == "" || item == "…":
		case !ok:
			samples = append(samples, item)
		default:
			samples = append(samples, between(from, to)...)
		}
	}
	return samples
}

// between returns the decimals from one to the other in steps of their last digit.
func between(from, to string) []string {
	_, fraction, _ := strings.Cut(from, ".")
	scaled := func(s string) int {
		n, err := strconv.Atoi(strings.Replace(s, ".", "", 1))
		if err != nil {
			panic(err)
		}
		return n
	}
	var samples []string
	for n := scaled(from); n <= scaled(to); n++ {
		digits := fmt.Sprintf("%0*d", len(fraction)+1, n)
		if fraction != "" {
			point := len(digits) - len(fraction)
			digits = digits[:point] + "." + digits[point:]
		}
		samples = append(samples, digits)
	}
	return samples
}
