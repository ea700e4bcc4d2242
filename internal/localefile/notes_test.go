package localefile_test

import (
	"reflect"
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
		spaced        bool
	}{
		{"context", "#. 1201", localefile.MarkText, "1201", false},
		{"an empty line", "#.", localefile.MarkText, "", false},
		{"a flag", "#, stale", localefile.MarkFlag, "stale", false},
		{"an earlier source text", "#|  x ", localefile.MarkWas, " x ", false},
		{"a formatter's space", "# . x", localefile.MarkText, "x", true},
		{"a formatter's space, nothing more", "# |", localefile.MarkWas, "", true},
		{"two spaces", "#  . x", localefile.NoMark, "", false},
		{"an obsolete line of version 1", "#~ [A.b]", localefile.NoMark, "", false},
		{"no space behind", "#.x", localefile.NoMark, "", false},
		{"a tab", "#.\tx", localefile.NoMark, "", false},
		{"another program's", "#: x", localefile.NoMark, "", false},
		{"nothing", "#", localefile.NoMark, "", false},
		{"a space", "# ", localefile.NoMark, "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mark, rest, spaced := localefile.MarkOf(test.comment)
			if mark != test.mark || rest != test.rest || spaced != test.spaced {
				t.Errorf("got %c %q %v, want %c %q", mark, rest, spaced, test.mark, test.rest)
			}
		})
	}
}

func TestIsNote(t *testing.T) {
	tests := []struct {
		name, comment string
		note, spaced  bool
	}{
		{"a source text", `#. en: "a"`, true, false},
		{"context inside a table", `#. whatever`, true, false},
		{"a source text with a space", `# . en: "a"`, true, true},
		{"a translator's dot", `# . whatever`, false, true},
		{"a flag", `#, stale`, true, false},
		{"a flag with spaces", `# ,  review `, true, true},
		{"the translator's flag", `#, ok`, true, false},
		{"another flag", `#, fuzzy`, false, false},
		{"a flag of version 1", `#, stale 5b1f09c2`, false, false},
		{"an earlier text", `#| en.one: "a"`, true, false},
		{"an earlier text with a space", `# | en.one: "a"`, true, true},
		{"a translator's bar", `# | column`, false, true},
		{"a comment", `# en: "a"`, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			note, spaced := localefile.IsNote(test.comment)
			if note != test.note || spaced != test.spaced {
				t.Errorf("got %v %v, want %v %v", note, spaced, test.note, test.spaced)
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

func TestReadNotes(t *testing.T) {
	type texts = map[plural.Category][]string
	tests := []struct {
		name  string
		lines string
		want  localefile.Notes
	}{
		{name: "nothing", lines: "# a\n#: b"},
		{name: "one form", lines: `#. en: "a"`,
			want: localefile.Notes{Seen: texts{plural.Other: {"a"}}}},
		{name: "odd spacing and an escape", lines: `#.  en-US :   "\u0061\""  `,
			want: localefile.Notes{Seen: texts{plural.Other: {`a"`}}}},
		{name: "several forms", lines: "#. en.one:   \"a\"\n#. en.other: \"b\"",
			want: localefile.Notes{Seen: texts{plural.One: {"a"}, plural.Other: {"b"}}}},
		{
			name: "several texts",
			lines: "#. en: \"a\"\n#. en: \"b\"\n#. en.one: \"a\"\n#. en.other: \"b\"\n" +
				"#. en.other: \"c\"",
			want: localefile.Notes{
				Seen: texts{plural.One: {"a"}, plural.Other: {"a", "b", "b", "c"}},
			},
		},
		{
			name: "no texts",
			lines: "#. en\n#. en.ohter: \"a\"\n#. e n: \"a\"\n#. en: a\n#. en: \"a\\q\"\n" +
				"#. en: 'a'\n#. en: \"a\" b\n#. en: \"\"\"a\"\"\"\n#. : \"a\"\n#. en: \"\"",
		},
		{name: "stale", lines: "#, stale\n#, fuzzy", want: localefile.Notes{Stale: true}},
		{name: "review and ok", lines: "# , review\n#, ok", want: localefile.Notes{Review: true,
			OK: true}},
		{
			name:  "earlier texts",
			lines: "#| en.one: \"a\"\n#. en: \"c\"\n# | en.other: \"b\"\n#| en: \"d\"",
			want: localefile.Notes{
				Seen: texts{plural.Other: {"c"}},
				Was:  texts{plural.One: {"a"}, plural.Other: {"b", "d"}},
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			notes := localefile.ReadNotes(strings.Split(test.lines, "\n"))
			if !reflect.DeepEqual(notes, test.want) {
				t.Errorf("got %+v, want %+v", notes, test.want)
			}
		})
	}
}

// FuzzSourceLines checks that a source text is read from its lines as it was written.
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
		lines := localefile.SourceLines(localefile.MarkText, language.English, &want, named)
		var got localefile.Forms
		for c, texts := range localefile.ReadNotes(lines).Seen {
			got[c] = strings.Join(texts, "\x00")
		}
		if got != want {
			t.Errorf("%q was written as %q and read as %q", want, lines, got)
		}
	})
}
