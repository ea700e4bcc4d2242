package plural_test

import (
	"encoding/json"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
)

func TestDecimal(t *testing.T) {
	long := strings.Repeat("9", 400)
	tests := []struct {
		name string
		tag  string
		in   string
		want plural.Category
		ok   bool
	}{
		{"whole", "en", "1", plural.One, true},
		{"visible zero", "en", "1.0", plural.Other, true},
		{"leading zeros", "en", "001", plural.One, true},
		{"minus", "en", "-1", plural.One, true},
		{"plus", "en", "+1", plural.One, true},
		{"minus with fraction", "fr", "-1.5", plural.One, true},
		{"two digits are not three", "lv", "1.11", plural.Zero, true},
		{"three digits", "lv", "1.111", plural.One, true},
		{"trailing zeros do not count in Icelandic", "is", "0.100", plural.One, true},
		{"longer than a uint64", "ru", long + "1", plural.One, true},
		{"longer than a uint64, many", "ru", long + "11", plural.Many, true},
		{"a million with forty digits", "fr", "1" + strings.Repeat("0", 39), plural.Many, true},
		{"no million with forty digits", "fr", "1" + strings.Repeat("0", 38) + "1", plural.Other, true},
		{"a long fraction", "mk", "0." + long + "01", plural.One, true},
		{"a long fraction of nothing", "si", "0." + strings.Repeat("0", 40) + "1", plural.One, true},
		{"a long fraction of something", "si", "0.1" + strings.Repeat("0", 40) + "1", plural.Other, true},
		{"empty", "en", "", plural.Other, false},
		{"sign alone", "en", "-", plural.Other, false},
		{"two signs", "en", "--1", plural.Other, false},
		{"point alone", "en", ".", plural.Other, false},
		{"nothing before the point", "en", ".5", plural.Other, false},
		{"nothing behind the point", "en", "1.", plural.Other, false},
		{"two points", "en", "1.2.3", plural.Other, false},
		{"comma", "en", "1,5", plural.Other, false},
		{"space", "en", " 1", plural.Other, false},
		{"underscore", "en", "1_000", plural.Other, false},
		{"exponent", "fr", "1e6", plural.Other, false},
		{"compact notation", "fr", "1c6", plural.Other, false},
		{"hexadecimal", "en", "0x1", plural.Other, false},
		{"infinity", "en", "Inf", plural.Other, false},
		{"other digits", "ar", "١", plural.Other, false},
		{"invalid UTF-8", "en", "1\xff", plural.Other, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := plural.For(language.MustParse(tt.tag)).Decimal(tt.in)
			if got != tt.want || ok != tt.ok {
				t.Errorf("%s: Decimal(%q) = %s, %t, want %s, %t", tt.tag, tt.in, got, ok, tt.want, tt.ok)
			}
		})
	}
}

func TestFloat(t *testing.T) {
	tests := []struct {
		name string
		tag  string
		in   float64
		want plural.Category
	}{
		{"whole", "en", 1, plural.One},
		{"minus zero", "fr", math.Copysign(0, -1), plural.One},
		{"fraction", "fr", 1.5, plural.One},
		{"minus", "fr", -1.5, plural.One},
		{"binary fraction in its shortest form", "mk", 0.1, plural.One},
		{"small", "fr", math.SmallestNonzeroFloat64, plural.One},
		{"above int64", "fr", 1e25, plural.Many},
		{"greatest", "ru", math.MaxFloat64, plural.Many},
		{"not a number", "ja", math.NaN(), plural.Other},
		{"infinity", "ru", math.Inf(1), plural.Other},
		{"minus infinity", "ru", math.Inf(-1), plural.Other},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plural.For(language.MustParse(tt.tag)).Float(tt.in); got != tt.want {
				t.Errorf("%s: Float(%g) = %s, want %s", tt.tag, tt.in, got, tt.want)
			}
		})
	}
}

func TestOf(t *testing.T) {
	type count int16
	tests := []struct {
		name string
		in   any
		want plural.Category
		ok   bool
	}{
		{"int", int(1), plural.One, true},
		{"int8", int8(-128), plural.Many, true},
		{"int16", int16(2), plural.Few, true},
		{"int32", int32(5), plural.Many, true},
		{"int64", int64(math.MinInt64), plural.Many, true},
		{"uint", uint(1), plural.One, true},
		{"uint8", uint8(21), plural.One, true},
		{"uint16", uint16(2), plural.Few, true},
		{"uint32", uint32(2), plural.Few, true},
		{"uint64", uint64(math.MaxUint64 - 14), plural.One, true},
		{"uintptr", uintptr(2), plural.Few, true},
		{"named integer", count(2), plural.Few, true},
		{"duration", time.Duration(1), plural.One, true},
		{"float64", 1.0, plural.One, true},
		{"float64 with a fraction", 1.5, plural.Other, true},
		{"float32", float32(2), plural.Few, true},
		{"string", "22", plural.Few, true},
		{"string with a fraction", "22.0", plural.Other, true},
		{"JSON number", json.Number("3"), plural.Few, true},
		{"word", "three", plural.Other, false},
		{"not a number", math.NaN(), plural.Other, false},
		{"infinity", float32(math.Inf(-1)), plural.Other, false},
		{"nil", nil, plural.Other, false},
		{"bool", true, plural.Other, false},
		{"complex", complex(1, 0), plural.Other, false},
		{"pointer", new(int), plural.Other, false},
	}
	r := plural.For(language.Russian)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, ok := r.Of(tt.in); got != tt.want || ok != tt.ok {
				t.Errorf("Of(%v) = %s, %t, want %s, %t", tt.in, got, ok, tt.want, tt.ok)
			}
		})
	}
}

// A float32 is written with the digits of a float32: as a float64, 0.1 would end in other digits.
func TestOfFloat32(t *testing.T) {
	if got, ok := plural.For(language.Macedonian).Of(float32(0.1)); got != plural.One || !ok {
		t.Errorf("0.1 is %s, %t, want one, true", got, ok)
	}
}

var decimalSyntax = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)

// FuzzDecimal: Decimal accepts exactly the decimals, and gives each the category that CLDR's own
// conditions give it, whatever its sign, its leading zeros and its length.
func FuzzDecimal(f *testing.F) {
	rules := readCLDR(f)
	for i, seed := range []string{"0", "1.0", "-22", "+1.11", "1000000", "0.000000000000000000000010",
		"1e6", "", "1.", "12345678901234567890123.10"} {
		f.Add(uint8(i), seed)
	}
	f.Fuzz(func(t *testing.T, which uint8, s string) {
		rule := rules[int(which)%len(rules)]
		got, ok := plural.For(language.MustParse(rule.locales[0])).Decimal(s)
		want, wantOK := plural.Other, decimalSyntax.MatchString(s)
		if wantOK {
			want = rule.category(newOperands(strings.TrimLeft(s, "+-")))
		}
		if got != want || ok != wantOK {
			t.Errorf("%s: Decimal(%q) = %s, %t, want %s, %t", rule.locales[0], s, got, ok, want, wantOK)
		}
	})
}
