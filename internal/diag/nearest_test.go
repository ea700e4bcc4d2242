package diag_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
)

func TestNearest(t *testing.T) {
	params := []string{"Item", "Left", "MaxPieces", "RetryAfter"}
	tests := []struct {
		name  string
		known []string
		want  string
	}{
		{"Item", params, "Item"},
		{"item", params, "Item"},
		{"Itme", params, "Item"},
		{"Itm", params, "Item"},
		{"Items", params, "Item"},
		{"Itex", params, "Item"},
		{"Itxx", params, ""},
		{"I", params, ""},
		{"RetryAftr", params, "RetryAfter"},
		{"RtryAfterr", params, "RetryAfter"},
		{"maxpeices", params, "MaxPieces"},
		{"Größe", []string{"Grösse", "Größen"}, "Größen"},
		{"a", []string{"b", "c"}, "b"},
		{"Item", nil, ""},
		{"", params, ""},
		{"ab", []string{"ba", "ab"}, "ab"},
	}
	for _, tt := range tests {
		t.Run(tt.name+" of "+strings.Join(tt.known, " "), func(t *testing.T) {
			if got := diag.Nearest(tt.name, tt.known); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// FuzzNearest checks that a known name is nearest to itself and that no answer is made up.
func FuzzNearest(f *testing.F) {
	f.Add("Itme", "Item", "Left")
	f.Add("", "ä", "\xff")
	f.Fuzz(func(t *testing.T, name, a, b string) {
		known := []string{a, b}
		if got := diag.Nearest(name, known); got != "" && got != a && got != b {
			t.Errorf("%q is not one of %q", got, known)
		}
		lower := strings.ToLower(b)
		if got := diag.Nearest(b, known); strings.ToLower(got) != lower {
			t.Errorf("the nearest to %q among %q is %q", b, known, got)
		}
	})
}
