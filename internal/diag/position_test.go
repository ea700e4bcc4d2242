package diag_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
)

func TestLinesAt(t *testing.T) {
	tests := []struct {
		name   string
		src    string
		offset int
		want   diag.Pos
	}{
		{"empty file", "", 0, diag.Pos{Line: 1, Column: 1}},
		{"start", "ab\ncd", 0, diag.Pos{Line: 1, Column: 1}},
		{"line's end", "ab\ncd", 2, diag.Pos{Line: 1, Column: 3}},
		{"line's start", "ab\ncd", 3, diag.Pos{Line: 2, Column: 1}},
		{"end of the file", "ab\ncd", 5, diag.Pos{Line: 2, Column: 3}},
		{"end behind a last line break", "ab\n", 3, diag.Pos{Line: 2, Column: 1}},
		{"columns are characters", "aü€😀x", strings.Index("aü€😀x", "x"), diag.Pos{Line: 1, Column: 5}},
		{"invalid UTF-8", "\xff\xfex", 2, diag.Pos{Line: 1, Column: 3}},
		{"Windows", "ab\r\ncd", 4, diag.Pos{Line: 2, Column: 1}},
		{"behind a byte order mark", "\ufeffab", 3, diag.Pos{Line: 1, Column: 1}},
		{"on a byte order mark", "\ufeffab", 0, diag.Pos{Line: 1, Column: 1}},
		{"second line of a file with a byte order mark", "\ufeffa\nb", 5, diag.Pos{Line: 2, Column: 1}},
		{"line 200", strings.Repeat("ab\n", 200), 3*199 + 1, diag.Pos{Line: 200, Column: 2}},
		{"before the file", "ab", -1, diag.Pos{Line: 1, Column: 1}},
		{"behind the file", "ab", 9, diag.Pos{Line: 1, Column: 3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := diag.NewLines([]byte(tt.src)).At(tt.offset); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// Questions that go back and forth, and those about the middle of a character, have the answers
// that they have alone.
func TestLinesAtInAnyOrder(t *testing.T) {
	src := []byte("\ufeffäöü\n€uro 😀 \xff\xfe ü\n\nx")
	lines := diag.NewLines(src)
	for step := range len(src) {
		for offset := 0; offset <= len(src); offset += step + 1 {
			for _, at := range []int{offset, len(src) - offset} {
				if got, want := lines.At(at), diag.NewLines(src).At(at); got != want {
					t.Fatalf("offset %d: got %v, want %v", at, got, want)
				}
			}
		}
	}
}

// FuzzLinesAt checks that every line break begins a line, and that every other character, or byte
// that is not part of one, takes one column.
func FuzzLinesAt(f *testing.F) {
	f.Add("a\nü\r\n\xff\n")
	f.Add("\n\n\n")
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.TrimPrefix(src, "\ufeff") // It takes no column, as the table above says.
		lines := diag.NewLines([]byte(src))
		want := diag.Pos{Line: 1, Column: 1}
		for offset, r := range src {
			if got := lines.At(offset); got != want {
				t.Errorf("offset %d: got %v, want %v", offset, got, want)
			}
			want.Column++
			if r == '\n' {
				want = diag.Pos{Line: want.Line + 1, Column: 1}
			}
		}
		if got := lines.At(len(src)); got != want {
			t.Errorf("the end: got %v, want %v", got, want)
		}
	})
}
