package localeedit_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/localeedit"
)

// TestReferee shows that no mistake of a plan gets past the referee.
func TestReferee(t *testing.T) {
	const old = "[AB.title]\nother = \"a\"\n\n[CD.title]\nother = \"c\"\n\n" +
		"[x]\nn = 1\nlist = [\"a\"]\n"
	text := func(path, text string) localeedit.Leaf {
		return localeedit.Leaf{Path: path, Kind: "string",
			Text: text}
	}
	changed := localeedit.Meaning{Gone: []localeedit.Leaf{text("AB.title.other", "a")},
		Come: []localeedit.Leaf{text("AB.title.other", "b")}}
	tests := []struct {
		name    string
		planned string
		changes localeedit.Meaning
		want    string
	}{
		{"nothing changes", old, localeedit.Meaning{}, ""},
		{"comments change", "# New.\n" + strings.ReplaceAll(old, "\n\n", "\n# x\n"), localeedit.Meaning{}, ""},
		{"a text changes as planned", strings.Replace(old, `"a"`, `'b'`, 1), changed, ""},
		{"a text does not change", old, changed, `"AB.title.other" would not be what was planned`},
		{"another text changes", strings.Replace(old, `"c"`, `"b"`, 1), changed,
			`"AB.title.other" would not be what was planned`},
		{"a text changes", strings.Replace(old, `"c"`, `"c "`, 1), localeedit.Meaning{},
			`"CD.title.other" would not be what was planned`},
		{"a text goes", strings.Replace(old, "other = \"c\"\n", "", 1), localeedit.Meaning{},
			`"CD.title.other" would not be what was planned`},
		{"a text comes", old + "[EF.title]\nother = \"\"\n", localeedit.Meaning{},
			`"EF.title.other" would not be what was planned`},
		{"a number turns into a text", strings.Replace(old, "n = 1", `n = ""`, 1), localeedit.Meaning{},
			`"x.n" would not be what was planned`},
		{"tables change places", "[CD.title]\nother = \"c\"\n\n" + strings.Replace(old,
			"[CD.title]\nother = \"c\"\n\n", "", 1), localeedit.Meaning{}, ""},
		{"a table goes", strings.Replace(old, "[CD.title]\nother = \"c\"\n\n", "", 1), localeedit.Meaning{},
			`"CD.title.other" would not be what was planned`},
		{"a table gets another name", strings.Replace(old, "[CD", "[EF", 1), localeedit.Meaning{},
			`"CD.title.other" would not be what was planned`},
		{"a text gets into another table", strings.Replace(old, "[CD.title]\n", "", 1), localeedit.Meaning{},
			`the new file would have a fault at line 4: "other" is in its table twice`},
		{"a table gets into a list", "[[x]]\n" + strings.Replace(old, "[x]", "[x.y]", 1), localeedit.Meaning{},
			`"x" would not be what was planned`},
		{"a table is there twice", old + "[AB.title]\n", localeedit.Meaning{},
			`the new file would have a fault at line 10: AB.title is in the file twice`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			if err := localeedit.Verify(old, test.planned, test.changes); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
