package plural_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/plural"
)

// A sample in compact notation, such as 1c6 for "1 million", is refused: no text is ever given a
// number in that form.
func isCompact(sample string) bool { return strings.Contains(sample, "c") }

func TestSamplesOfCLDR(t *testing.T) {
	var locales, checked, compact int
	for _, rule := range readCLDR(t) {
		for _, locale := range rule.locales {
			locales++
			r := plural.For(language.MustParse(locale))
			for c := range rule.categories.All() {
				for _, sample := range append(rule.integers[c], rule.decimals[c]...) {
					got, ok := r.Decimal(sample)
					if isCompact(sample) {
						compact++
						if ok {
							t.Errorf("%s: %s was taken for %s, want it refused", locale, sample, got)
						}
						continue
					}
					checked++
					if got != c || !ok {
						t.Errorf("%s: %s is %s, %t, want %s", locale, sample, got, ok, c)
					}
					if n, err := strconv.ParseInt(sample, 10, 64); err == nil && r.Int(n) != c {
						t.Errorf("%s: whole number %d is %s, want %s", locale, n, r.Int(n), c)
					}
				}
			}
		}
	}
	t.Logf("%d locales, %d samples, %d more in compact notation refused", locales, checked, compact)
}

func TestCategoriesOfCLDR(t *testing.T) {
	for _, rule := range readCLDR(t) {
		var integers plural.Set
		for c := range rule.categories.All() {
			if len(rule.integers[c]) > 0 {
				integers |= plural.SetOf(c)
			}
		}
		for _, locale := range rule.locales {
			r := plural.For(language.MustParse(locale))
			if got := r.Categories(); got != rule.categories {
				t.Errorf("%s: categories are %q, want %q", locale, got, rule.categories)
			}
			if got := r.Integers(); got != integers {
				t.Errorf("%s: categories of whole numbers are %q, want %q", locale, got, integers)
			}
			if want := locale != "und"; r.Known() != want {
				t.Errorf("%s: known is %t, want %t", locale, r.Known(), want)
			}
		}
	}
}

// TestShapeOfRules holds what makes the tests of all numbers up to a million below tests of all
// numbers there are.
func TestShapeOfRules(t *testing.T) {
	for _, rule := range readCLDR(t) {
		for _, condition := range rule.conditions {
			for _, and := range condition {
				for _, r := range and {
					if err := checkShape(r); err != nil {
						t.Errorf("%s: %+v: %v", rule.locales[0], r, err)
					}
				}
			}
		}
	}
}

func checkShape(r relation) error {
	greatest := uint64(0)
	for _, within := range r.ranges {
		greatest = max(greatest, within[1])
	}
	switch r.operand {
	case 'n', 'i':
		if r.modulus == 0 && greatest >= 100 {
			return fmt.Errorf("looks at %d itself", greatest)
		}
		if r.modulus != 0 && 1_000_000%r.modulus != 0 {
			return fmt.Errorf("looks at a period that does not divide a million")
		}
	case 'f', 't':
		if r.modulus == 0 && greatest > 1 || r.modulus > 100 {
			return fmt.Errorf("looks at more than the last two fraction digits")
		}
	case 'v':
		if greatest != 0 && greatest != 2 {
			return fmt.Errorf("looks at more than whether there are two fraction digits")
		}
	}
	return nil
}

// TestWholeNumbers compares every whole number of a full period of a million, and a hundred more,
// with CLDR's conditions. Without ERRLINGO_LONG, it leaves out most numbers over 20,000.
func TestWholeNumbers(t *testing.T) {
	all := os.Getenv("ERRLINGO_LONG") != ""
	for _, rule := range readCLDR(t) {
		t.Run(rule.locales[0], func(t *testing.T) {
			t.Parallel()
			r := plural.For(language.MustParse(rule.locales[0]))
			for n := range uint64(1_000_100) {
				if !all && n > 20_000 && n%1000 > 21 {
					continue
				}
				if got, want := r.Uint(n), rule.category(operands{i: n}); got != want {
					t.Fatalf("%d is %s, want %s", n, got, want)
				}
			}
		})
	}
}

// TestZeroFractions compares numbers like 1.0 and 1.00, by whole parts of every kind, with CLDR's
// conditions.
func TestZeroFractions(t *testing.T) {
	var wholes []uint64
	for n := range uint64(1100) {
		wholes = append(wholes, n, 1000*n)
	}
	for _, rule := range readCLDR(t) {
		r := plural.For(language.MustParse(rule.locales[0]))
		for _, n := range wholes {
			for _, fraction := range []string{"0", "00", "000", "0000000000000000000000"} {
				checkDecimal(t, rule, r, strconv.FormatUint(n, 10)+"."+fraction)
			}
		}
	}
}

// TestFractions compares all fractions of up to three digits, and some of each kind that longer
// ones have, with CLDR's conditions.
func TestFractions(t *testing.T) {
	fractions := []string{}
	for _, digits := range []int{1, 2, 3} {
		for n := range int(math.Pow10(digits)) {
			fractions = append(fractions, fmt.Sprintf("%0*d", digits, n))
		}
	}
	for _, head := range []string{"0", "1", "01", "10", "000000", "100000", "12345678901234567890"} {
		for _, tail := range []string{"0000", "0001", "0010", "0100", "0011", "0012", "0110", "1100",
			"4000", "0019000000000"} {
			fractions = append(fractions, head+tail)
		}
	}
	wholes := []string{
		"0", "1", "2", "3", "4", "5", "6", "10", "11", "12", "20", "21", "0007", "99", "100", "101",
		"1000", "20000", "1000000",
		"9999999999999999", "18446744073709551617", strings.Repeat("1", 40), "1" +
			strings.Repeat("0", 40),
	}
	for _, rule := range readCLDR(t) {
		r := plural.For(language.MustParse(rule.locales[0]))
		for _, whole := range wholes {
			for _, fraction := range fractions {
				checkDecimal(t, rule, r, whole+"."+fraction)
			}
		}
	}
}

func checkDecimal(t *testing.T, rule *cldrRule, r *plural.Rule, decimal string) {
	t.Helper()
	want := rule.category(newOperands(decimal))
	if got, ok := r.Decimal(decimal); got != want || !ok {
		t.Errorf("%s: %s is %s, %t, want %s", rule.locales[0], decimal, got, ok, want)
	}
}

// differences are all languages in which go-i18n v2.7.0 counts otherwise than CLDR 48.2, whose
// rules are ours. go-i18n was made from a later state of CLDR, which is not released.
var differences = map[string]string{
	"art": "CLDR has no rule",
	"gl":  "1000000 is other, and many for go-i18n",
	"tg":  "CLDR has no rule",
	"vi":  "0 is other, and one for go-i18n",
}

// TestAgainstGoI18n compares with go-i18n, as a program that uses it asks it, in every language
// that either has a rule for. Codes that mean another language are left out: go-i18n has no rule
// for them.
func TestAgainstGoI18n(t *testing.T) {
	numbers := numbersOfAllMagnitudes()
	t.Logf("%d numbers a locale", len(numbers))
	found := map[string]string{}
	for _, name := range languages(t) {
		tag := language.MustParse(name)
		r, ask := plural.For(tag), askGoI18n(tag)
		switch {
		case !r.Known() && ask == nil:
		case ask == nil:
			found[name] = "go-i18n has no rule"
		case !r.Known():
			found[name] = "CLDR has no rule"
		default:
			for _, n := range numbers {
				if got, want := r.Int(n).String(), ask(n); got != want {
					found[name] = fmt.Sprintf("%d is %s, and %s for go-i18n", n, got, want)
					break
				}
			}
		}
	}
	for _, locale := range slices.Sorted(maps.Keys(found)) {
		if found[locale] != differences[locale] {
			t.Errorf("%s: %s, want %q", locale, found[locale], differences[locale])
		}
	}
	for locale, difference := range differences {
		if found[locale] == "" {
			t.Errorf("%s is not a difference any more: %s", locale, difference)
		}
	}
}

// languages returns the locales that CLDR has rules for, and all codes of languages.
func languages(t *testing.T) []string {
	var all []string
	for _, rule := range readCLDR(t) {
		all = append(all, rule.locales...)
	}
	var add func(prefix string)
	add = func(prefix string) {
		if len(prefix) > 1 {
			tag, err := language.Raw.Parse(prefix)
			if err == nil && locale.Of(tag).String() == prefix {
				all = append(all, prefix)
			}
		}
		for c := 'a'; c <= 'z' && len(prefix) < 3; c++ {
			add(prefix + string(c))
		}
	}
	add("")
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(l string) bool { return l == "und" })
}

// numbersOfAllMagnitudes returns the whole numbers to 200, and those near each power of ten and some of
// its multiples.
func numbersOfAllMagnitudes() []int64 {
	var numbers []int64
	for n := range int64(200) {
		numbers = append(numbers, n)
	}
	for power := int64(1000); power <= 1e18; power *= 10 {
		for _, factor := range []int64{1, 2, 5, 9} {
			for _, near := range []int64{-1000, -1, 0, 1, 2, 3, 11, 12, 21, 1000} {
				if n := power*factor + near; n > 0 { // nine times the greatest power is too much
					numbers = append(numbers, n)
				}
			}
		}
	}
	return numbers
}

// askGoI18n returns a function that has go-i18n choose among the forms of a message, or nil if it
// has no rule for the language.
func askGoI18n(tag language.Tag) func(count any) string {
	bundle := i18n.NewBundle(tag)
	err := bundle.AddMessages(tag, &i18n.Message{
		ID: "m", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other",
	})
	if err != nil {
		return nil
	}
	// Without a preference the answer comes from the bundle's only language, whatever go-i18n's
	// matcher takes for nearer.
	localizer := i18n.NewLocalizer(bundle)
	return func(count any) string {
		form, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: "m", PluralCount: count})
		if err != nil {
			return err.Error()
		}
		return form
	}
}
