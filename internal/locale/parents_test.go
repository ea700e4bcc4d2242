package locale_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
)

var parentTests = []struct{ tag, want string }{
	{"en", ""},
	{"de", ""},
	{"und", ""},
	{"x-pirate", ""},
	{"de-AT", "de"},
	{"pt-BR", "pt"},
	{"pt-PT", "pt"},
	{"pt-AO", "pt-PT pt"},
	{"pt-FR", "pt-PT pt"},
	{"es-ES", "es"},
	{"es-MX", "es-419 es"},
	{"es-US", "es-419 es"},
	{"es-JP", "es-419 es"},
	{"es-PH", "es"},
	{"en-US", "en"},
	{"en-CA", "en"},
	{"en-PH", "en"},
	{"en-001", "en"},
	{"en-GB", "en-001 en"},
	{"en-AU", "en-001 en"},
	{"en-ID", "en-001 en"},
	{"en-150", "en-001 en"},
	{"en-DE", "en-150 en-001 en"},
	{"en-BE", "en-150 en-001 en"},
	{"en-UA", "en-150 en-001 en"},
	{"nb", "no"},
	{"nn", "no"},
	{"nb-NO", "nb no"},
	{"nn-NO", "nn no"},
	{"no", ""},
	{"zh-CN", "zh"},
	{"zh-MY", "zh"},
	{"zh-Hans", "zh"},
	{"zh-Hans-SG", "zh-Hans zh"},
	{"zh-Hant", ""},
	{"zh-TW", "zh-Hant"},
	{"zh-Hant-HK", "zh-Hant"},
	{"zh-MO", "zh-Hant-HK zh-Hant"},
	{"zh-Hant-MO", "zh-Hant-HK zh-Hant"},
	{"cmn-TW", "zh-Hant"},
	{"sr-RS", "sr"},
	{"sr-Cyrl-RS", "sr-Cyrl sr"},
	{"sr-Latn", ""},
	{"sr-Latn-RS", "sr-Latn"},
	{"sr-ME", "sr-Latn"},
	{"sh", ""},
	{"uz-AF", "uz-Arab"},
	{"ms-ID", "ms"},
	{"rhg-Rohg-BD", "rhg-Rohg rhg"},
	{"prs", "fa"},
	{"prs-AF", "fa"},
	{"az-Cyrl-AZ", "az-Cyrl"},
	{"pa-PK", "pa-Arab"},
	{"hi-Latn", ""},
	{"ht", ""},
	{"iw-IL", "he"},
	{"ca-ES-valencia", "ca-ES ca"},
	{"de-AT-x-informal", "de-AT de"},
	{"de-1901-1996-x-a-b", "de-1901-1996 de-1901 de"},
	{"ar-EG-u-nu-latn", "ar"},
	{"ar-u-nu-latn", ""},
	{"en-XA", "en"},
}

func TestParents(t *testing.T) {
	for _, test := range parentTests {
		t.Run(test.tag, func(t *testing.T) {
			var got []string
			for _, parent := range locale.Parents(language.Make(test.tag)) {
				got = append(got, parent.String())
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("the parents of %s are %q, want %q", test.tag, got, test.want)
			}
		})
	}
}

// The parents of any tag are few, share its language and script, and have the rest of the list as
// theirs.
func FuzzParents(f *testing.F) {
	for _, test := range parentTests {
		f.Add(test.tag)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if len(name) > 35 {
			return
		}
		tag, err := language.Parse(name)
		if err != nil {
			return
		}
		parents := locale.Parents(tag)
		if len(parents) > 8 {
			t.Fatalf("%v has the parents %v", tag, parents)
		}
		for i, parent := range parents {
			if slices.Contains(parents[i+1:], parent) || parent == tag {
				t.Errorf("%v has the parents %v", tag, parents)
			}
			if !locale.Of(parent).SameText(locale.Of(tag)) && parent.String() != "no" {
				t.Errorf("%v has the parents %v, of which %v is another language", tag, parents, parent)
			}
			if rest := locale.Parents(parent); !slices.Equal(rest, parents[i+1:]) {
				t.Errorf("%v has the parents %v, but its parent %v has %v", tag, parents, parent, rest)
			}
		}
	})
}
