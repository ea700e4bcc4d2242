package plural_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
)

// A sample in compact notation, such as 1c6 for "1 million", is refused: no text is ever given a number in that form.
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

// TestShapeOfRules holds what the tables of a Rule take for granted. With it, the tests of all numbers up to a million
// below are tests of all numbers there are.
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

// TestZeroFractions compares numbers like 1.0 and 1.00, by whole parts of every kind, with CLDR's conditions.
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

// TestFractions compares all fractions of up to three digits, and some of each kind that longer ones have, with CLDR's
// conditions.
func TestFractions(t *testing.T) {
	fractions := []string{}
	for _, digits := range []int{1, 2, 3} {
		for n := range int(math.Pow10(digits)) {
			fractions = append(fractions, fmt.Sprintf("%0*d", digits, n))
		}
	}
	for _, head := range []string{"0", "1", "01", "10", "000000", "100000", "12345678901234567890"} {
		for _, tail := range []string{"0000", "0001", "0010", "0100", "0011", "0012", "0110", "1100", "4000", "0019000000000"} {
			fractions = append(fractions, head+tail)
		}
	}
	wholes := []string{
		"0", "1", "2", "3", "4", "5", "6", "10", "11", "12", "20", "21", "0007", "99", "100", "101", "1000", "20000", "1000000",
		"9999999999999999", "18446744073709551617", strings.Repeat("1", 40), "1" + strings.Repeat("0", 40),
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

// TestAgainstGoI18n compares with go-i18n itself, as a program that uses it would ask it, in every
// locale of CLDR. Without ERRLINGO_LONG, it asks for every tenth number.
func TestAgainstGoI18n(t *testing.T) {
	numbers := numbersOfAllMagnitudes()
	t.Logf("%d numbers a locale", len(numbers))
	step := 10
	if os.Getenv("ERRLINGO_LONG") != "" {
		step = 1
	}
	for _, rule := range readCLDR(t) {
		for _, locale := range rule.locales {
			if locale == "und" {
				continue // go-i18n takes it for English, the most likely language
			}
			t.Run(locale, func(t *testing.T) {
				t.Parallel()
				tag := language.MustParse(locale)
				r, ask := plural.For(tag), askGoI18n(t, tag)
				for i := 0; i < len(numbers); i += step {
					n := numbers[i]
					if got, want := r.Int(n).String(), ask(n); got != want {
						t.Fatalf("%d is %s, and for go-i18n %s", n, got, want)
					}
				}
			})
		}
	}
}

// numbersOfAllMagnitudes returns the whole numbers to 2000, those near each power of ten and its multiples, and random
// ones of every length, of both signs.
func numbersOfAllMagnitudes() []int64 {
	var numbers []int64
	for n := range int64(2000) {
		numbers = append(numbers, n)
	}
	for power := int64(1000); power <= 1e18; power *= 10 {
		for factor := int64(1); factor < 10; factor++ {
			for _, near := range []int64{-1000, -1, 0, 1, 2, 3, 11, 12, 21, 1000} {
				if n := power*factor + near; n > 0 { // nine times the greatest power is too much
					numbers = append(numbers, n)
				}
			}
		}
	}
	random := rand.New(rand.NewPCG(48, 2))
	for bits := range 63 {
		for range 200 {
			n := random.Int64N(1 << bits)
			numbers = append(numbers, n, -n, n/1000*1000)
		}
	}
	return numbers
}

// askGoI18n returns a function that has go-i18n choose among the forms of a message.
func askGoI18n(t testing.TB, tag language.Tag) func(count any) string {
	bundle := i18n.NewBundle(tag)
	bundle.MustAddMessages(tag, &i18n.Message{
		ID: "m", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other",
	})
	localizer := i18n.NewLocalizer(bundle, tag.String())
	return func(count any) string {
		form, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: "m", PluralCount: count})
		if err != nil {
			t.Fatal(err)
		}
		return form
	}
}
