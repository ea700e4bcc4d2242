package merge_test

import (
	"testing"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
)

func TestFingerprint(t *testing.T) {
	both := localefile.Forms{plural.One: "Einer.", plural.Other: "Alle."}
	// printf 'one\0Einer.\0other\0Alle.\0' | sha256sum
	if got := merge.Fingerprint(&both); got != "78a6a363" {
		t.Errorf("got %s", got)
	}
	other := func(text string) localefile.Forms { return localefile.Forms{plural.Other: text} }
	tests := []struct {
		name string
		a, b localefile.Forms
		same bool
	}{
		{"line ends", other("a\r\nb"), other("a\nb"), true},
		{"white space", other("a"), other("a "), false},
		{"another category", other("a"), localefile.Forms{plural.One: "a"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := merge.Fingerprint(&test.a) == merge.Fingerprint(&test.b); got != test.same {
				t.Errorf("the same: %v, want %v", got, test.same)
			}
		})
	}
}
