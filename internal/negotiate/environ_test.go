package negotiate_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/negotiate"
)

func TestFromEnv(t *testing.T) {
	tests := []struct {
		name, env, want string
	}{
		{"nothing set", "", ""},
		{"plain", "LANG=de_DE", "de-DE"},
		{"charset and modifier", "LANG=de_DE.UTF-8@euro", "de-DE"},
		{"language alone", "LANG=eo.UTF-8", "eo"},
		{"three letters", "LANG=fil_PH", "fil-PH"},
		{"UN region", "LANG=es_419", "es-419"},
		{"Latin script", "LANG=sr_RS@latin", "sr-Latn-RS"},
		{"Latin script after a charset", "LANG=sr_RS.UTF-8@latin", "sr-Latn-RS"},
		{"Cyrillic script", "LANG=uz_UZ.UTF-8@cyrillic", "uz-Cyrl-UZ"},
		{"Latin script of Tatar", "LANG=tt_RU@iqtelif", "tt-Latn-RU"},
		{"Devanagari", "LANG=ks_IN@devanagari", "ks-Deva-IN"},
		{"Valencian", "LANG=ca_ES@valencia", "ca-ES-valencia"},
		{"N10: Valencian with a charset", "LANG=ca_ES.UTF-8@valencia", "ca-ES-valencia"},
		{"unknown modifier", "LANG=en_GB@quot", "en-GB"},
		{"C", "LANG=C", ""},
		{"C with a charset", "LANG=C.UTF-8", ""},
		{"POSIX", "LANG=POSIX", ""},
		{"LC_ALL wins", "LC_ALL=fr_FR LC_MESSAGES=it_IT LANG=de_DE", "fr-FR"},
		{"LC_MESSAGES before LANG", "LC_ALL= LC_MESSAGES=it_IT LANG=de_DE", "it-IT"},
		{"C wins as well", "LC_ALL=C LANG=de_DE LANGUAGE=de", ""},
		{"LANGUAGE comes first", "LANGUAGE=de_AT:fr LANG=en_US.UTF-8", "de-AT fr en-US"},
		{"LANGUAGE alone is not a locale", "LANGUAGE=de", ""},
		{"LANGUAGE with gaps and twins", "LANGUAGE=:de::C:POSIX:de LANG=de", "de"},
		{"a path", "LANG=/usr/share/locale", ""},
		{"a header", "LANG=de,fr;q=0.5", ""},
		{"a name in words", "LANG=german", ""},
		{"punctuation for letters", "LANG=d/e", ""},
		{"punctuation in the region", "LANG=de_A[", ""},
		{"an empty region", "LANG=de_.UTF-8", ""},
		{"an endless list", "LANG=de LANGUAGE=" + strings.Repeat("fr:it:", 1<<16), "fr it de"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			getenv := func(name string) string {
				for setting := range strings.FieldsSeq(test.env) {
					if key, value, _ := strings.Cut(setting, "="); key == name {
						return value
					}
				}
				return ""
			}
			if got := strings.Join(negotiate.FromEnv(getenv), " "); got != test.want {
				t.Errorf("%.60s gives %q, want %q", test.env, got, test.want)
			}
		})
	}
}
