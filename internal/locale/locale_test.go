package locale_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
)

func TestOf(t *testing.T) {
	tests := []struct {
		name, tag, spelled, id, minimal, script string
	}{
		{"language", "de", "de", "de", "de", "Latn"},
		{"region", "de-AT", "de-AT", "de-AT", "de-AT", "Latn"},
		{"usual script", "de-Latn-AT", "de-Latn-AT", "de-Latn-AT", "de-AT", "Latn"},
		{"variant", "ca-ES-valencia", "ca-ES-valencia", "ca-ES-valencia", "ca-ES-valencia", "Latn"},
		{"two variants", "de-1901-1996", "de-1901-1996", "de-1901-1996", "de-1901-1996", "Latn"},
		{"private use", "de-x-informal", "de-x-informal", "de-x-informal", "de-x-informal", "Latn"},
		{"both", "sl-rozaj-x-a", "sl-rozaj-x-a", "sl-rozaj-x-a", "sl-rozaj-x-a", "Latn"},
		{"extension", "ar-EG-u-nu-latn", "ar-EG", "ar-EG", "ar-EG", "Arab"},
		{"extension and private use", "ar-u-nu-latn-x-a", "ar-x-a", "ar-x-a", "ar-x-a", "Arab"},
		{"UN region", "es-419", "es-419", "es-419", "es-419", "Latn"},

		{"script by region", "zh-TW", "zh-TW", "zh-TW", "zh-Hant-TW", "Hant"},
		{"script by region, written", "zh-Hant-TW", "zh-Hant-TW", "zh-Hant-TW", "zh-Hant-TW", "Hant"},
		{"not the region's script", "zh-Hans-TW", "zh-Hans-TW", "zh-Hans-TW", "zh-Hans-TW", "Hans"},
		{"Malaysia, no longer traditional", "zh-MY", "zh-MY", "zh-MY", "zh-MY", "Hans"},
		{"Malay in Indonesia, no longer Arabic", "ms-ID", "ms-ID", "ms-ID", "ms-ID", "Latn"},
		{"Serbian", "sr-Cyrl", "sr-Cyrl", "sr-Cyrl", "sr", "Cyrl"},
		{"Montenegro", "sr-ME", "sr-ME", "sr-ME", "sr-Latn-ME", "Latn"},

		{"Dari", "prs", "prs", "fa-AF", "fa-AF", "Arab"},
		{"Dari with a region", "prs-IR", "prs-IR", "fa-IR", "fa-IR", "Arab"},
		{"Serbo-Croatian", "sh", "sh", "sr-Latn", "sr-Latn", "Latn"},
		{"Serbo-Croatian in Cyrillic", "sh-Cyrl", "sh-Cyrl", "sr-Cyrl", "sr", "Cyrl"},
		{"Montenegrin", "cnr", "cnr", "sr-ME", "sr-Latn-ME", "Latn"},
		{"Hebrew", "iw-IL", "iw-IL", "he-IL", "he-IL", "Hebr"},
		{"Indonesian", "in", "in", "id", "id", "Latn"},
		{"Moldavian", "mo", "mo", "ro", "ro", "Latn"},
		{"Tagalog", "tl-PH", "tl-PH", "fil-PH", "fil-PH", "Latn"},
		{"Mandarin", "cmn-TW", "cmn-TW", "zh-TW", "zh-Hant-TW", "Hant"},
		{"Standard Arabic", "arb", "arb", "ar", "ar", "Arab"},
		{"Bokmål is itself", "nb", "nb", "nb", "nb", "Latn"},
		{"Germany's former east", "de-DD", "de-DD", "de-DE", "de-DE", "Latn"},
		{"a region that was split", "ru-SU", "ru-SU", "ru-SU", "ru-SU", "Cyrl"},

		{"unknown to CLDR", "qaa", "qaa", "qaa", "qaa", "Latn"},
		{"no language", "und-EG", "und-EG", "und-EG", "und-EG", ""},
		{"no language but a script", "und-Arab", "und-Arab", "und-Arab", "und-Arab", "Arab"},
		{"private use alone", "x-pirate", "x-pirate", "x-pirate", "x-pirate", ""},
		{"nothing", "und", "und", "und", "und", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tag := language.Raw.Make(test.tag)
			id := locale.Of(tag)
			got := []string{locale.Spelled(tag).String(), id.String(), id.Minimal().String(), id.WrittenIn()}
			want := []string{test.spelled, test.id, test.minimal, test.script}
			if !slices.Equal(got, want) {
				t.Errorf("%s is %q, want %q", test.tag, got, want)
			}
			if again := locale.Of(id.Tag()); again != id {
				t.Errorf("%s is %v, but that is %v", test.tag, id, again)
			}
		})
	}
}

func TestSameText(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       bool
	}{
		{"regions", "de-AT", "de-CH", true},
		{"variant", "ca", "ca-valencia", true},
		{"another name", "prs", "fa", true},
		{"usual script", "sr", "sr-Cyrl-RS", true},
		{"script by region", "zh-TW", "zh-Hant", true},
		{"other script", "sr-ME", "sr", false},
		{"other language", "uk", "ru", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, b := locale.Of(language.Make(test.a)), locale.Of(language.Make(test.b))
			if a.SameText(b) != test.want || b.SameText(a) != test.want {
				t.Errorf("%v and %v: got %t, want %t", a, b, !test.want, test.want)
			}
		})
	}
}

func TestMainRegion(t *testing.T) {
	tests := []struct{ name, language, script, want string }{
		{"usual script", "de", "Latn", "DE"},
		{"script of its own", "zh", "Hant", "TW"},
		{"usual script of several", "zh", "Hans", "CN"},
		{"UN region", "eo", "Latn", "001"},
		{"unusual script", "de", "Grek", "DE"},
		{"unknown", "qaa", "Latn", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := locale.MainRegion(test.language, test.script); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRightToLeft(t *testing.T) {
	const rightToLeft = "ar he fa ur yi dv ps sd ug ckb nqo syr prs iw az-IR uz-AF ku-IQ ur-Aran " +
		"pa-Arab pa-PK ff-Adlm man-Nkoo und-Arab und-Hebr ar-XB ks"
	const leftToRight = "en zh ru hi az pa uz ku ms ms-ID tr sd-Deva ar-Latn en-IL mn-CN en-XA und " +
		"und-EG x-pirate"
	for name := range strings.FieldsSeq(rightToLeft) {
		if !locale.RightToLeft(language.Make(name)) {
			t.Errorf("%s is not written from right to left", name)
		}
	}
	for name := range strings.FieldsSeq(leftToRight) {
		if locale.RightToLeft(language.Make(name)) {
			t.Errorf("%s is written from right to left", name)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	tags := []language.Tag{language.MustParse("zh-TW"), language.BritishEnglish, language.Hebrew}
	got := testing.AllocsPerRun(100, func() {
		for _, tag := range tags {
			id := locale.Of(tag).Minimal()
			locale.MainRegion(id.Language, id.WrittenIn())
			locale.RightToLeft(tag)
		}
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}
