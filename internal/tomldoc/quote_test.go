package tomldoc_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

func TestQuote(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"empty", "", `""`},
		{"plain", "Nicht vorrätig 🙂", `"Nicht vorrätig 🙂"`},
		{"quotes and backslashes", `"a\b'`, `"\"a\\b'"`},
		{"short escapes", "\n\r\t", `"\n\r\t"`},
		{"control characters", "\x00\x1b\x7f\u0085", `"\u0000\u001B\u007F\u0085"`},
		{"bidirectional controls", "a\u202Eb\u2068c\u2069", `"a\u202Eb\u2068c\u2069"`},
		{"spaces that look like one", "1\u00A0000\u202F€", `"1\u00A0000\u202F€"`},
		{"no width", "\u200B\u2060\uFEFF\u3164", `"\u200B\u2060\uFEFF\u3164"`},
		{"beyond four digits", "\U000E0041", `"\U000E0041"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := tomldoc.Quote(test.text); got != test.want || err != nil {
				t.Errorf("got %s, %v, want %s", got, err, test.want)
			}
		})
	}
	if got, err := tomldoc.Quote("\xff"); err == nil {
		t.Errorf("invalid UTF-8 became %s, want an error", got)
	}
}

// FuzzQuote checks that what Quote writes is read back as the text it was given, here and by the
// reference decoder, and that nothing invisible is in it.
func FuzzQuote(f *testing.F) {
	f.Add("a \"\\\n\x00\u202E\U000E0041é")
	f.Fuzz(func(t *testing.T, text string) {
		quoted, err := tomldoc.Quote(text)
		if (err != nil) == utf8.ValidString(text) {
			t.Fatalf("error %v for %q", err, text)
		}
		if err != nil || len(text) > 10_000 {
			return
		}
		src := "a = " + quoted
		checkAgainstReference(t, src)
		doc, _ := tomldoc.Parse("x.toml", []byte(src))
		if got := doc.Text(doc.Items()[0]); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
		if i := strings.IndexFunc(quoted, func(r rune) bool {
			return r < ' ' || '\u2028' <= r &&
				r <= '\u202F'
		}); i >= 0 {
			t.Errorf("%s has an invisible character at %d", quoted, i)
		}
	})
}
