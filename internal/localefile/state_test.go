package localefile_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
)

func TestMarkOf(t *testing.T) {
	tests := []struct {
		name, comment string
		mark          localefile.Mark
		rest          string
	}{
		{"context", "#. 1201", localefile.MarkSource, "1201"},
		{"an empty line", "#.", localefile.MarkSource, ""},
		{"a flag", "#, stale", localefile.MarkFlag, "stale"},
		{"an earlier source text", "#|  x ", localefile.MarkWas, " x "},
		{"an obsolete line", "#~ [A.b]", localefile.MarkObsolete, "[A.b]"},
		{"no space", "#.x", localefile.NoMark, ""},
		{"a tab", "#.\tx", localefile.NoMark, ""},
		{"the translator's", "# . x", localefile.NoMark, ""},
		{"another program's", "#: x", localefile.NoMark, ""},
		{"nothing", "#", localefile.NoMark, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mark, rest := localefile.MarkOf(test.comment)
			if mark != test.mark || rest != test.rest {
				t.Errorf("got %c %q, want %c %q", mark, rest, test.mark, test.rest)
			}
		})
	}
}

func forms(texts map[plural.Category]string) localefile.Forms {
	var f localefile.Forms
	for c, text := range texts {
		f[c] = text
	}
	return f
}

func other(text string) localefile.Forms {
	return forms(map[plural.Category]string{plural.Other: text})
}

func TestFormsEqual(t *testing.T) {
	tests := []struct {
		name string
		a, b localefile.Forms
		want bool
	}{
		{"the same", other("a"), other("a"), true},
		{"white space at the ends", other(" a\n"), other("a"), true},
		{"white space within", other("a  b"), other("a b"), false},
		{"one form more", other("a"), forms(map[plural.Category]string{plural.One: "b", plural.Other: "a"}), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.a.Equal(&test.b); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestReadNotes(t *testing.T) {
	plurals := forms(map[plural.Category]string{plural.One: "a", plural.Other: "b"})
	tests := []struct {
		name   string
		lines  string
		source []localefile.Forms
		flags  []localefile.Flag
		was    []localefile.Forms
	}{
		{name: "nothing", lines: "# a\n#: b"},
		{name: "one form", lines: `#. en: "a"`, source: []localefile.Forms{other("a")}},
		{name: "odd spacing and an escape", lines: `#.  en-US :   "\u0061\""  `, source: []localefile.Forms{other(`a"`)}},
		{name: "several forms", lines: "#. en.one:   \"a\"\n#. en.other: \"b\"", source: []localefile.Forms{plurals}},
		{name: "several texts", lines: "#. en: \"a\"\n#. en: \"b\"\n#. en.one: \"a\"\n#. en.other: \"b\"\n#. en.other: \"c\"",
			source: []localefile.Forms{other("a"), other("b"), plurals, other("c")}},
		{name: "a text of several forms before one of one form", lines: "#. en.one: \"a\"\n#. en.other: \"b\"\n#. en: \"c\"\n#. en.other: \"d\"",
			source: []localefile.Forms{plurals, other("c"), other("d")}},
		{name: "no texts", lines: "#. en\n#. en.ohter: \"a\"\n#. e n: \"a\"\n#. en: a\n#. en: \"a\\q\"\n#. en: 'a'\n#. en: \"a\" b\n#. en: \"\"\"a\"\"\"\n#. : \"a\""},
		{name: "flags", lines: "#, stale 5b1f09c2\n#, review\n#, stale 5B1F09C2\n#, fuzzy, x", flags: []localefile.Flag{
			{Name: "stale", Of: "5b1f09c2", Text: "stale 5b1f09c2"}, {Name: "review", Text: "review"},
			{Text: "stale 5B1F09C2"}, {Text: "fuzzy, x"},
		}},
		{name: "earlier texts", lines: "#| en.one: \"a\"\n#. en: \"c\"\n#| en.other: \"b\"\n#| en: \"d\"",
			source: []localefile.Forms{other("c")}, was: []localefile.Forms{plurals, other("d")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			notes := localefile.ReadNotes(strings.Split(test.lines, "\n"))
			var was []localefile.Forms
			for _, w := range notes.Was {
				was = append(was, w.Forms)
			}
			if !slices.Equal(notes.Source, test.source) || !slices.Equal(notes.Flags, test.flags) || !slices.Equal(was, test.was) {
				t.Errorf("got %+v", notes)
			}
		})
	}
}

// FuzzSourceLines holds that a source text is read from its lines as it was written.
func FuzzSourceLines(f *testing.F) {
	f.Add("Only {{.Left}} are left.", `a "b" \ `, true)
	f.Add("\x00\r\n\u202E", "", false)
	f.Fuzz(func(t *testing.T, first, second string, named bool) {
		want := other(strings.ToValidUTF8(first, "?"))
		if named {
			want[plural.Few] = strings.ToValidUTF8(second, "?")
		}
		if want.Missing() {
			return
		}
		lines := localefile.SourceLines(localefile.MarkSource, language.English, &want, named)
		if got := localefile.ReadNotes(lines).Source; len(got) != 1 || got[0] != want {
			t.Errorf("%q was written as %q and read as %q", want, lines, got)
		}
	})
}

func TestFull(t *testing.T) {
	tests := []struct {
		name, src string
		want      bool
	}{
		{"marked", "# Head.\n\n#, full\n\n[A.b]\n", true},
		{"marked above a key", "#, full\nx = 1\n", true},
		{"below a table", "[A.b]\n#, full\n", false},
		{"not marked", "# full\n#, fuller\n[A.b]\n", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := read(t, test.src).Full(); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func read(t testing.TB, src string) *localefile.File {
	t.Helper()
	f, syntax, _ := localefile.Read("de.toml", language.German, []byte(src))
	if len(syntax) > 0 {
		t.Fatal(syntax)
	}
	return f
}
