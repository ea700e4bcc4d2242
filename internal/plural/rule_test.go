package plural_test

import (
	"math"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
)

func TestFor(t *testing.T) {
	const (
		none   = "other"
		german = "one other"
		slavic = "one few other"
		french = "one many other"
	)
	tests := []struct {
		name       string
		tag        string
		known      bool
		categories string
	}{
		{"language", "de", true, german},
		{"region", "de-AT", true, german},
		{"unknown region", "de-ZZ", true, german},
		{"script whose parent is the root", "zh-Hant", true, none},
		{"script and region", "zh-Hant-HK", true, none},
		{"script of another alphabet", "sr-Latn", true, slavic},
		{"variant", "ca-valencia", true, french},
		{"extension", "de-u-nu-arab", true, german},
		{"private use subtag", "de-x-formal", true, german},
		{"Norwegian", "no", true, german},
		{"Norwegian Bokmål", "nb", true, german},
		{"Norwegian Nynorsk", "nn", true, german},
		{"pseudo-locale, left to right", "en-XA", true, german},
		{"pseudo-locale, right to left", "ar-XB", true, "zero one two few many other"},
		{"old code of Hebrew", "iw", true, "one two other"},
		{"old code of Serbo-Croatian", "sh", true, slavic},
		{"language of a macrolanguage", "cmn-Hant-TW", true, none},
		{"Vietnamese", "vi", true, none},
		{"Galician", "gl", true, german},
		{"Dari", "prs", true, german},
		{"standard Arabic", "arb", true, "zero one two few many other"},
		{"Tajik, which CLDR 48 lacks", "tg", false, none},
		{"artificial", "art-x-pirate", false, none},
		{"no rule", "tlh", false, none},
		{"root", "und", false, none},
		{"root with a region", "und-DE", false, none},
		{"private use", "x-private", false, none},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, tag := range []language.Tag{language.Make(tt.tag), language.Raw.Make(tt.tag)} {
				r := plural.For(tag)
				if r.Known() != tt.known || r.Categories().String() != tt.categories {
					t.Errorf("For(%s): known %t, categories %q; want %t, %q",
						tag, r.Known(), r.Categories(), tt.known, tt.categories)
				}
			}
		})
	}
}

func TestIntegers(t *testing.T) {
	tests := []struct{ name, tag, want string }{
		{"Polish", "pl", "one few many"},
		{"Russian", "ru", "one few many"},
		{"Ukrainian", "uk", "one few many"},
		{"Belarusian", "be", "one few many"},
		{"Czech", "cs", "one few other"},
		{"Slovak", "sk", "one few other"},
		{"Lithuanian", "lt", "one few other"},
		{"English", "en", "one other"},
		{"French, round millions", "fr", "one many other"},
		{"Japanese", "ja", "other"},
		{"V6: Vietnamese", "vi", "other"},
		{"Arabic", "ar-EG", "zero one two few many other"},
		{"no rule", "tlh", "other"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := plural.For(language.MustParse(tt.tag)).Integers().String()
			if got != tt.want {
				t.Errorf("Reachable(%s) = %q, want %q", tt.tag, got, tt.want)
			}
		})
	}
}

// The parents of plural rules are not those of texts: pt-AO inherits its texts from pt-PT, but has
// the rule of pt (V8, V9).
func TestForPortuguese(t *testing.T) {
	tests := []struct {
		tag  string
		zero plural.Category
	}{
		{"pt", plural.One}, {"pt-BR", plural.One}, {"pt-AO", plural.One}, {"pt-CH", plural.One},
		{"pt-PT", plural.Other}, {"pt-PT-u-nu-latn", plural.Other}, {"pt-Latn-PT", plural.Other},
	}
	for _, tt := range tests {
		if got := plural.For(language.MustParse(tt.tag)).Int(0); got != tt.zero {
			t.Errorf("%s: 0 is %s, want %s", tt.tag, got, tt.zero)
		}
	}
}

func TestUnknownRule(t *testing.T) {
	r := plural.For(language.Und)
	if r.Int(1) != plural.Other || r.Uint(1_000_000) != plural.Other || r.Float(0.5) != plural.Other {
		t.Error("a number is not other")
	}
	if c, ok := r.Decimal("1.5"); c != plural.Other || !ok {
		t.Errorf("1.5 is %s, %t, want other, true", c, ok)
	}
	if _, ok := r.Decimal("many"); ok {
		t.Error("a word was taken for a number")
	}
}

func TestWholeNumbersAtTheEnds(t *testing.T) {
	russian := plural.For(language.Russian)
	tests := []struct {
		name string
		got  plural.Category
		want plural.Category
	}{
		{"minus one", russian.Int(-1), plural.One},
		{"minus twenty-two", russian.Int(-22), plural.Few},
		{"least int64, …808", russian.Int(math.MinInt64), plural.Many},
		{"greatest int64, …807", russian.Int(math.MaxInt64), plural.Many},
		{"…803", russian.Int(math.MinInt64 + 5), plural.Few},
		{"greatest uint64, …615", russian.Uint(math.MaxUint64), plural.Many},
		{"…601", russian.Uint(math.MaxUint64 - 14), plural.One},
		{"V7: a million in Galician", plural.For(language.MustParse("gl")).Uint(1_000_000), plural.Other},
		{"French 10^19", plural.For(language.French).Uint(1e19), plural.Many},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s is %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	r := plural.For(language.Russian)
	digits := []byte("1024.50")
	tests := []struct {
		name string
		f    func()
	}{
		{"Int", func() { r.Int(math.MinInt64) }},
		{"Uint", func() { r.Uint(math.MaxUint64) }},
		{"Decimal", func() { r.Decimal(string(digits)) }},
		{"Float", func() { r.Float(2.25) }},
		{"Of", func() { r.Of(7) }},
		{"For", func() { plural.For(language.Russian) }},
	}
	for _, tt := range tests {
		if n := testing.AllocsPerRun(100, tt.f); n != 0 {
			t.Errorf("%s allocates %v times", tt.name, n)
		}
	}
}
