package pattern_test

import (
	"testing"

	"github.com/errlingo/errlingo/internal/pattern"
)

// TestFaultNamesWhatWasMeant holds that a fault has the name that stands between the braces, if there is nothing else.
func TestFaultNamesWhatWasMeant(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no dot", "{{Item}}", "Item"},
		{"no dot and blanks", "{{ item }}", "item"},
		{"blanks around the dot", "{{ . Item }}", "Item"},
		{"no-break space", "{{.Item\u00a0}}", "Item"},
		{"zero-width space", "{{.It\u200bem}}", "Item"},
		{"Cyrillic letter", "{{.It\u0435m}}", "It\u0435m"},
		{"two words", "{{ item name }}", "itemname"},
		{"trim marks", "{{- .Item -}}", "Item"},
		{"three braces", "{{{.Item}}}", "Item"},
		{"one brace behind", "{{.Item} is out", "Item"},
		{"no brace behind", "{{ .Item is out", "Item"},
		{"function", "{{len .Item}}", ""},
		{"field", "{{.Item.Name}}", ""},
		{"pipe", "{{.Item | len}}", ""},
		{"nothing", "{{ . }}", ""},
		{"sentence", "{{ is no, }}", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, faults := pattern.Placeholders(test.text)
			if len(faults) != 1 || faults[0].Name != test.want {
				t.Errorf("got %+v, want one with the name %q", faults, test.want)
			}
		})
	}
}
