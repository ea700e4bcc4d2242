package format_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

func isolated(s string) string { return "\u2068" + s + "\u2069" }

func TestText(t *testing.T) {
	tests := []struct {
		name   string
		locale string
		text   string
		want   string
	}{
		{"plain", "en", "Blue socks", "Blue socks"},
		{"letters of another left-to-right script", "en", "Носки 袜子", "Носки 袜子"},
		{"right-to-left letters", "en", "שלום", isolated("שלום")},
		{"one Arabic letter", "en", "abc ا", isolated("abc ا")},
		{"Arabic digits", "en", "١٢٣", isolated("١٢٣")},
		{"right to left in right to left", "he", "שלום", "שלום"},
		{"a space in right to left", "he", "שלום עולם", isolated("שלום עולם")},
		{"Latin letters in right to left", "ar", "x", isolated("x")},
		{"a number in right to left", "ar", "42", isolated("42")},
		{"empty", "en", "", "–"},
		{"empty in right to left", "ar", "", "–"},

		{"control characters", "en", "a\x00b\x1b[31mc\x7f\u0085d", "ab[31mc d"},
		{"breaks of line", "en", "a\nb\r\nc\td\u2028e\vf", "a b  c d e f"},
		{"overrides of direction", "en", "a\u202eb\u202c", "ab"},
		{"isolates", "en", "\u2067a\u2069\u2069", "a"},
		{"marks of direction in right to left", "he", "\u200eש\u200f", "ש"},
		{"soft hyphen and zero-width space", "en", "a\u00adb\u200bc\ufeff", "abc"},
		{"hidden tags", "en", "a\U000E0041\U000E0042", "a"},
		{"joiners", "fa", "می\u200cخواهم", isolated("می\u200cخواهم")},
		{"emoji of several pieces", "en", "👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"},
		{"the sign of an Arabic number", "en", "\u0600\u0661", isolated("\u0600\u0661")},
		{"invalid UTF-8", "en", "a\xffb\xe2\x80", "a\uFFFDb\uFFFD\uFFFD"},
		{"invalid UTF-8 in right to left", "ar", "\xff", isolated("\uFFFD")},

		{"as long as allowed", "en", strings.Repeat("a", 256), strings.Repeat("a", 256)},
		{"one more", "en", strings.Repeat("a", 257), strings.Repeat("a", 255) + "…"},
		{"runes count, not bytes", "en", strings.Repeat("ж", 256), strings.Repeat("ж", 256)},
		{"too many runes", "en", strings.Repeat("ж", 300), strings.Repeat("ж", 255) + "…"},
		{"stripped characters do not count", "en", strings.Repeat("a", 256) + "\x00\u202e",
			strings.Repeat("a", 256)},
		{"more stripped characters than are read", "en", "abc" + strings.Repeat("\u202e", 1<<20) + "d",
			"ab…"},
		{"nothing else in what is read", "en", strings.Repeat("\x00", 1<<20), "…"},
		{"a letter stays with its accent", "en", strings.Repeat("a", 254) + "e\u0301xyz",
			strings.Repeat("a", 254) + "…"},
		{"an emoji stays whole", "en", strings.Repeat("a", 253) + "👩\u200d👧xyz",
			strings.Repeat("a", 253) + "…"},
		{"a hand stays with its colour", "en", strings.Repeat("a", 254) + "👋🏽xyz",
			strings.Repeat("a", 254) + "…"},
		{"nothing but accents", "en", strings.Repeat("\u0301", 300), strings.Repeat("\u0301", 255) + "…"},
		{"cut in right to left", "he", strings.Repeat("ש", 300),
			isolated(strings.Repeat("ש", 255) + "…")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := format.For(language.MustParse(test.locale))
			if got := string(l.AppendText([]byte("> "), test.text)); got != "> "+test.want {
				t.Errorf("got %+q, want %+q", got, "> "+test.want)
			}
		})
	}
}

func TestVerbatimKinds(t *testing.T) {
	for _, kind := range []format.Kind{format.String, format.URL, format.Literal} {
		if got := written("en", format.Text(kind, "^[a-z]+$\x00")); got != "^[a-z]+$" {
			t.Errorf("%v: got %q", kind, got)
		}
		if got := written("ar", format.Text(kind, "^[a-z]+$")); got != isolated("^[a-z]+$") {
			t.Errorf("%v in Arabic: got %+q", kind, got)
		}
	}
}

// FuzzText checks that a text is valid UTF-8, never empty, within the limit, without control
// characters, and that its isolates match.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a", "\xff", "שלום", "\u202e\u2069",
		strings.Repeat("e\u0301", 300)} {
		f.Add(s)
	}
	locales := []*format.Locale{format.For(language.English), format.For(language.Arabic)}
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range locales {
			got := string(l.AppendText(nil, s))
			inner := strings.TrimSuffix(strings.TrimPrefix(got, "\u2068"), "\u2069")
			switch {
			case got == "" || inner == "":
				t.Fatalf("%q becomes nothing", s)
			case !utf8.ValidString(got):
				t.Fatalf("%q becomes the invalid %q", s, got)
			case utf8.RuneCountInString(inner) > format.MaxText:
				t.Fatalf("%q is longer than allowed", got)
			case strings.ContainsAny(inner,
				"\x00\n\x1b\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"):
				t.Fatalf("%q becomes %q", s, got)
			case strings.HasPrefix(got, "\u2068") != strings.HasSuffix(got, "\u2069"):
				t.Fatalf("%q becomes %q", s, got)
			}
		}
	})
}
