package merge_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

func TestContext(t *testing.T) {
	tests := []struct {
		name   string
		domain string // of the code AB, whose title's context is wanted
		want   []string
	}{
		{"the least", "1 AB\n title First", []string{"1 AB"}},
		{"a status", "1 AB 404\n title First", []string{"1 AB, HTTP 404"}},
		{"a comment", "1 AB\n doc somebody did something.\n title First", []string{"1 AB",
			"Somebody did something."}},
		{"a name is not capitalized", "1 AB\n doc iPhones do it.\n title First", []string{"1 AB",
			"iPhones do it."}},
		{"lines are filled, code and items are not", `1 AB
 doc "One\nline.\n\n\tcode()\n- item\nThe end."
 title First`, []string{"1 AB", "One line.", "", "\tcode()", "- item", "The end."}},
		{"a long line", "1 AB\n doc " + strings.Repeat("word ", 30) + "\n title First",
			[]string{"1 AB", "Word" + strings.Repeat(" word", 19), strings.TrimSpace(strings.Repeat(" word",
				10))}},
		{"what cannot be seen", `1 AB
 doc "a\u202eb\u0000c\u2028d\U000e0041e\rf"
 title First`, []string{"1 AB", `A\u202Eb\u0000c d\U000E0041e f`}},
		{"deprecated", "1 AB\n deprecated Nobody says so.\n title First", []string{"1 AB",
			"Deprecated: Nobody says so."}},
		{"deprecated and replaced", "1 AB\n deprecated Old.\n replaced CD\n title First",
			[]string{"1 AB", "Deprecated: Old. Replaced by CD."}},
		{"deprecated in the comment as well", `1 AB
 doc "Somebody did it.\n\nDeprecated: Use CD."
 deprecated Old.
 title First`, []string{"1 AB", "Somebody did it.", "Deprecated: Old."}},
		{"params that are used",
			"1 AB\n param A string \"a\\nb\"\n param B int 3\n param C relative-time-list 2m\n" +
				" title {{.A}} { .B} {{ .C }}",
			[]string{"1 AB", `{{.A}} text, for example "a\nb"`,
				"{{.C}} list of values: time from now, for example 2m"}},
		{"the count, shown or not",
			"1 AB\n param Left int 3\n count Left\n detail.one One.\n detail Some.", []string{"1 AB",
				"{{.Left}} whole number, for example 3"}},
		{"a limit", "1 AB\n title First\n max title 40", []string{"1 AB", "at most 40 characters"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := planFor(t, test.domain, file(t, "de.toml", nil))
			doc, found := tomldoc.Parse("", f.New)
			if len(found) > 0 {
				t.Fatal(found)
			}
			var got []string
			for _, it := range doc.Items() {
				if it.Kind == tomldoc.Header {
					break
				}
				if line, ok := strings.CutPrefix(doc.Slice(it.Span()), "#."); ok {
					got = append(got, strings.TrimPrefix(line, " "))
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
