package plural_test

import (
	"fmt"
	"os"
	"slices"
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

// operands is a number as the rules see it (UTS #35 part 3, Plural Operand Meanings). The operand n
// is i where t is 0; elsewhere no relation of a cardinal rule holds for it, but the negated ones.
// Compact exponents are always 0.
type operands struct {
	i, f, t uint64
	v       uint64
}

// newOperands takes an unsigned decimal. Digit strings that are too long for a uint64 lose digits
// in the middle, which no relation sees: each compares either with a number below 100 or modulo a
// divisor of a million.
func newOperands(decimal string) operands {
	whole, fraction, _ := strings.Cut(decimal, ".")
	return operands{
		i: digitsValue(whole),
		v: uint64(len(fraction)),
		f: digitsValue(fraction),
		t: digitsValue(strings.TrimRight(fraction, "0")),
	}
}

func digitsValue(digits string) uint64 {
	digits = strings.TrimLeft(digits, "0")
	if len(digits) > 18 {
		digits = digits[:6] + digits[len(digits)-12:]
	}
	if digits == "" {
		return 0
	}
	value, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		panic(err)
	}
	return value
}

// condition is the condition of one category: relations, joined by "and", the groups of which are
// joined by "or".
type condition [][]relation

// relation is one comparison, such as "n % 100 = 3..10".
type relation struct {
	operand byte
	modulus uint64 // 0 if there is none
	negated bool
	ranges  [][2]uint64
}

// holds reports whether the condition holds. That of the category other is empty and holds for
// nothing here.
func (c condition) holds(o operands) bool {
	return slices.ContainsFunc(c, func(and []relation) bool {
		return !slices.ContainsFunc(and, func(r relation) bool { return !r.holds(o) })
	})
}

func (r relation) holds(o operands) bool {
	var value uint64
	switch r.operand {
	case 'n':
		if o.t != 0 {
			return r.negated
		}
		value = o.i
	case 'i':
		value = o.i
	case 'f':
		value = o.f
	case 't':
		value = o.t
	case 'v':
		value = o.v
	}
	if r.modulus != 0 {
		value %= r.modulus
	}
	for _, within := range r.ranges {
		if within[0] <= value && value <= within[1] {
			return !r.negated
		}
	}
	return r.negated
}

// parseCondition reads a condition of UTS #35 part 3, Plural rules syntax.
func parseCondition(s string) (condition, error) {
	if s == "" {
		return nil, nil
	}
	var c condition
	for or := range strings.SplitSeq(s, " or ") {
		var and []relation
		for text := range strings.SplitSeq(or, " and ") {
			r, err := parseRelation(strings.Fields(text))
			if err != nil {
				return nil, fmt.Errorf("relation %q: %w", text, err)
			}
			and = append(and, r)
		}
		c = append(c, and)
	}
	return c, nil
}

func parseRelation(fields []string) (relation, error) {
	var r relation
	if len(fields) == 5 && fields[1] == "%" {
		modulus, err := strconv.ParseUint(fields[2], 10, 64)
		if err != nil {
			return r, err
		}
		r.modulus = modulus
		fields = slices.Delete(fields, 1, 3)
	}
	if len(fields) != 3 || len(fields[0]) != 1 || !strings.Contains("nivftec", fields[0]) ||
		fields[1] != "=" && fields[1] != "!=" {
		return r, fmt.Errorf("not understood")
	}
	r.operand = fields[0][0]
	r.negated = fields[1] == "!="
	for part := range strings.SplitSeq(fields[2], ",") {
		low, high, ok := strings.Cut(part, "..")
		if !ok {
			high = low
		}
		from, err1 := strconv.ParseUint(low, 10, 64)
		to, err2 := strconv.ParseUint(high, 10, 64)
		if err1 != nil || err2 != nil {
			return r, fmt.Errorf("range %q not understood", part)
		}
		r.ranges = append(r.ranges, [2]uint64{from, to})
	}
	return r, nil
}
