package diag_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
)

func TestQuote(t *testing.T) {
	full := strings.Repeat("ü", diag.MaxQuoted)
	tests := []struct{ name, in, want string }{
		{"empty", "", `""`},
		{"short", "Itme", `"Itme"`},
		{"escaped", "a\"\x1b\u202e", `"a\"\x1b\u202e"`},
		{"as long as allowed", full, `"` + full + `"`},
		{"one too many", full + "x", `"` + full + `…"`},
		{"a megabyte", strings.Repeat("a", 1<<20), `"` + strings.Repeat("a", diag.MaxQuoted) + `…"`},
		{"invalid UTF-8", strings.Repeat("\xff", 81), `"` + strings.Repeat(`\xff`, 80) + `…"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := diag.Quote(tt.in); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
