package studio_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/studio"
)

func TestCompareWords(t *testing.T) {
	tests := []struct {
		name     string
		old, now string
		want     string // what goes in brackets, what comes in braces
	}{
		{"the same", "Sold out", "Sold out", "Sold out"},
		{"both empty", "", "", ""},
		{"new", "", "Sold out", "{Sold out}"},
		{"a word in the place of another", "Only one piece is left.", "Only one pair is left.", "Only one [piece]{pair} is left."},
		{"a placeholder is one piece", "for {{.Item}} here", "for {{.Items}} here", "for [{{.Item}}]{{{.Items}}} here"},
		{"braces that are not closed", "{{.It", "{{.Is", "{{.[It]{Is}"},
		{"letters of several bytes", "über alles", "über viel", "über [alles]{viel}"},
		{"at both ends", "a b c", "b", "[a ]b[ c]"},
		{"not even UTF-8", "a\xff", "a", "a[\xff]"},
		{"very long", strings.Repeat("a ", 2000), "b", "[" + strings.Repeat("a ", 2000) + "]{b}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got, old, now strings.Builder
			for _, change := range studio.CompareWords(tt.old, tt.now) {
				switch change.Op {
				case "same":
					got.WriteString(change.Text)
					old.WriteString(change.Text)
					now.WriteString(change.Text)
				case "gone":
					got.WriteString("[" + change.Text + "]")
					old.WriteString(change.Text)
				case "new":
					got.WriteString("{" + change.Text + "}")
					now.WriteString(change.Text)
				}
			}
			if got.String() != tt.want {
				t.Errorf("%q, want %q", &got, tt.want)
			}
			if old.String() != tt.old || now.String() != tt.now {
				t.Errorf("the pieces make %q and %q", &old, &now)
			}
		})
	}
}
