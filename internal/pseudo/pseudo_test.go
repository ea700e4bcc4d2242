package pseudo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/pseudo"
)

func TestText(t *testing.T) {
	tests := []struct{ name, tag, text, want string }{
		{"accents", "en-XA", "Out of stock", "[Öûţ öƒ šţöçķ öñé]"},
		{"placeholder", "en-XA", "Only {{.Left}} left.", "[Öñļý {{.Left}} ļéƒţ. öñé ţŵö]"},
		{"blanks in a placeholder", "en-XA", "{{ .Left }}", "[{{ .Left }} öñé]"},
		{"fault stays a fault", "en-XA", "a {{if}} b", "[a {{if}} b öñé]"},
		{"words from right to left", "ar-XB", "Out  {{.Left}}!",
			"\u200f\u202eOut\u202c\u200f  {{.Left}}\u200f\u202e!\u202c\u200f"},
		{"empty", "en-XA", "", ""},
		{"pseudo-locale of others", "en-XC", "Out", "Out"},
		{"locale", "de", "Out", "Out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := pseudo.Text(language.MustParse(tt.tag), tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestIs(t *testing.T) {
	for tag, want := range map[string]bool{"en-XA": true, "ar-XB": true, "de-XC": true, "en": false,
		"en-US": false, "und": false} {
		if got := pseudo.Is(language.MustParse(tag)); got != want {
			t.Errorf("%s: got %v", tag, got)
		}
	}
	for _, tag := range pseudo.Tags() {
		if !pseudo.Is(tag) {
			t.Errorf("%v is not a pseudo-locale", tag)
		}
	}
}

// FuzzText checks that a text has the same placeholders and faults in a pseudo-locale, and that
// en-XA makes it longer.
func FuzzText(f *testing.F) {
	f.Add("Only {{.Left}} of {{ .Item }} are left.")
	f.Add("{{{.A}} }} {{")
	f.Add("\xff\u202e")
	f.Fuzz(func(t *testing.T, s string) {
		for _, tag := range pseudo.Tags() {
			got := pseudo.Text(tag, s)
			before, faults := pattern.Placeholders(s)
			after, faultsAfter := pattern.Placeholders(got)
			same := slices.EqualFunc(before, after, func(a, b pattern.Placeholder) bool {
				return a.Name == b.Name
			})
			if !same || len(faults) != len(faultsAfter) {
				t.Errorf("%v: %q becomes %q", tag, s, got)
			}
		}
		if n, longer := utf8.RuneCountInString(s), utf8.RuneCountInString(pseudo.Text(pseudo.Tags()[0],
			s)); s != "" && 10*longer < 13*n {
			t.Errorf("%q has %d characters, and %d in en-XA", s, n, longer)
		}
	})
}

func ExampleText() {
	fmt.Println(pseudo.Text(language.MustParse("en-XA"), "Only {{.Left}} pieces are left."))
	fmt.Println(strings.Count(pseudo.Text(language.MustParse("ar-XB"), "Out of stock"), "\u202e"),
		"words are mirrored")
	// Output:
	// [Öñļý {{.Left}} þîéçéš åŕé ļéƒţ. öñé ţŵö ţĥŕéé]
	// 3 words are mirrored
}
