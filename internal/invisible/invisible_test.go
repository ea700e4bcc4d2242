package invisible_test

import (
	"testing"

	"github.com/errlingo/errlingo/internal/invisible"
)

func TestIs(t *testing.T) {
	tests := []struct {
		name                                           string
		r                                              rune
		invisible, control, joiner, embedding, isolate bool
	}{
		{"letter", 'a', false, false, false, false, false},
		{"space", ' ', false, false, false, false, false},
		{"no-break space", '\u00a0', false, false, false, false, false},
		{"emoji", '😀', false, false, false, false, false},
		{"variation selector", '\ufe0f', false, false, false, false, false},
		{"accent", '\u0301', false, false, false, false, false},
		{"Arabic number sign", '\u0600', false, false, false, false, false},
		{"tab", '\t', true, true, false, false, false},
		{"line feed", '\n', true, true, false, false, false},
		{"delete", '\x7f', true, true, false, false, false},
		{"next line", '\u0085', true, true, false, false, false},
		{"line separator", '\u2028', true, true, false, false, false},
		{"paragraph separator", '\u2029', true, true, false, false, false},
		{"soft hyphen", invisible.SoftHyphen, true, false, false, false, false},
		{"zero-width space", invisible.ZeroWidthSpace, true, false, false, false, false},
		{"joiner", invisible.Joiner, true, false, true, false, false},
		{"non-joiner", invisible.NonJoiner, true, false, true, false, false},
		{"mark of direction", invisible.RightToLeftMark, true, false, false, false, false},
		{"embedding", '\u202a', true, false, false, true, false},
		{"override", '\u202e', true, false, false, true, false},
		{"isolate", invisible.FirstStrongIsolate, true, false, false, false, true},
		{"end of isolate", invisible.PopIsolate, true, false, false, false, true},
		{"byte order mark", invisible.ByteOrderMark, true, false, false, false, false},
		{"Hangul filler", '\u3164', true, false, false, false, false},
		{"half-width Hangul filler", '\uffa0', true, false, false, false, false},
		{"tag", '\U000e0041', true, false, false, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := [...]bool{
				invisible.Is(test.r), invisible.IsControl(test.r), invisible.IsJoiner(test.r),
				invisible.IsEmbedding(test.r), invisible.IsIsolate(test.r),
			}
			want := [...]bool{
				test.invisible, test.control, test.joiner, test.embedding, test.isolate,
			}
			if got != want {
				t.Errorf("%U: got %v, want %v", test.r, got, want)
			}
			mark := test.r == invisible.RightToLeftMark
			if invisible.IsMark(test.r) != mark {
				t.Errorf("%U is a direction mark: %t", test.r, !mark)
			}
		})
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Nicht da: نمی\u200cشود 😀", "Nicht da: نمی\u200cشود 😀"},
		{"line breaks and tabs", "a\r\n\tb", `a\u000D\n\tb`},
		{"escape sequence", "\x1b[31m", `\u001B[31m`},
		{"override", "a\u202eb", `a\u202Eb`},
		{"tag", "a\U000e0041", `a\U000E0041`},
		{"joiner in an emoji", "👩🏽\u200d🚀 ❤️\u200d🔥", "👩🏽\u200d🚀 ❤️\u200d🔥"},
		{"joiner in Hindi", "क्\u200dष", "क्\u200dष"},
		{"joiner that joins nothing", "\u200dit\u200cem", `\u200Dit\u200Cem`},
		{"joiner behind another", "👩\u200d\u200d", "👩\u200d\\u200D"},
		{"invalid UTF-8", "a\xffb", "a\uFFFDb"},
		{"invalid UTF-8 and more", "a\xffb\x00", "a\uFFFDb\\u0000"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := invisible.Escape(test.in); got != test.want {
				t.Errorf("Escape(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}
