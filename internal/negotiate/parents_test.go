package negotiate_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/negotiate"
)

func TestParents(t *testing.T) {
	tests := []struct {
		tag, want string
	}{
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
		{"az-Cyrl-AZ", "az-Cyrl"},
		{"pa-PK", "pa-Arab"},
		{"hi-Latn", ""},
		{"ht", ""},
		{"iw-IL", "he"},
		{"ca-ES-valencia", "ca-ES ca"},
		{"de-AT-x-informal", "de-AT de"},
		{"ar-EG-u-nu-latn", "ar"},
		{"ar-u-nu-latn", ""},
		{"en-XA", "en"},
	}
	for _, test := range tests {
		t.Run(test.tag, func(t *testing.T) {
			var got []string
			for _, parent := range negotiate.Parents(language.Make(test.tag)) {
				got = append(got, parent.String())
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("the parents of %s are %q, want %q", test.tag, got, test.want)
			}
		})
	}
}
