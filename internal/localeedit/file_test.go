package localeedit_test

import (
	"slices"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
)

// TestEdits makes one change in a file, which leaves all other bytes.
func TestEdits(t *testing.T) {
	note := []string{`#. en: "First"`}
	tests := []struct {
		name      string
		src, want string
		edit      func(f *localeedit.File)
	}{
		{"nothing", "[AB.title]\nother='x' # x", "[AB.title]\nother='x' # x", func(*localeedit.File) {}},
		{"a form", "[AB.title]\n  other =  'x' # x\n", "[AB.title]\n  other =  \"y\" # x\n",
			func(f *localeedit.File) { table(f, 0).SetForm(plural.Other, "y") }},
		{"a form of another shape", "AB = { title = 'x', help = 'z' }\n",
			"AB = { title = \"y\", help = 'z' }\n",
			func(f *localeedit.File) { table(f, 0).SetForm(plural.Other, "y") }},
		{"a form more", "[AB.title]\n  one = 'x'\n\n  other = 'y'\n",
			"[AB.title]\n  one = 'x'\n  few = \"z\"\n\n  other = 'y'\n",
			func(f *localeedit.File) { table(f, 0).AddForm(plural.Few, "z") }},
		{"a form in whose place is a table", "[AB.title]\nother = 'x'\n[AB.title.one]\n",
			"[AB.title]\nother = 'x'\n[AB.title.one]\n",
			func(f *localeedit.File) { table(f, 0).AddForm(plural.One, "z") }},
		{"a form less", "[AB.title]\none = 'x' # mine\nother = 'y'\n",
			"[AB.title]\n# mine\nother = 'y'\n",
			func(f *localeedit.File) { table(f, 0).DropForm(plural.One) }},
		{"notes", "[AB.title]\n# mine\nother = 'x'\n#. en: \"Old\"\n#, stale\n",
			"[AB.title]\n#. en: \"First\"\n# mine\nother = 'x'\n",
			func(f *localeedit.File) { table(f, 0).SetNotes(note) }},
		{"what is above", "#. old\n# mine\n[AB.title]\nother = 'x'\n",
			"#. new\n# mine\n[AB.title]\nother = 'x'\n",
			func(f *localeedit.File) { above := f.Table(0, []string{"#. new"}, nil); above.SetAbove() }},
		{"other comments", "# one\n# two\n[AB.title]\nother = 'x' # three\n\n# four\n",
			"# two\n# five\n[AB.title]\nother = 'x'\n\n# four\n",
			func(f *localeedit.File) { table(f, 0).SetComments([]string{"two", "five"}) }},
		{"more comments", "# one\n[AB.title]\nother = 'x'\n", "# one\n# two\n#  . x\n[AB.title]\nother = 'x'\n",
			func(f *localeedit.File) { table(f, 0).AddComments([]string{"one", "two", ". x"}) }},
		{"another name", "[OLD.title]\nother = 'x'\n", "[AB.title]\nother = 'x'\n",
			func(f *localeedit.File) { f.Rename(0) }},
		{"another name for all texts of a code", "OLD.title = 'x'\nOLD.help = 'y'\n",
			"AB.title = 'x'\nAB.help = 'y'\n",
			func(f *localeedit.File) { f.Rename(0); f.Rename(1) }},
		{"a name that the file has as well", "OLD.title = 'x'\nAB.help = 'y'\n",
			"OLD.title = 'x'\nAB.help = 'y'\n",
			func(f *localeedit.File) { f.Rename(0) }},
		{"a table out", "# head\n\n[AB.title]\nother = 'x'\n\n[CD.title]\nother = 'y'\n",
			"# head\n\n[CD.title]\nother = 'y'\n",
			func(f *localeedit.File) { f.Take(0) }},
		{"a value out of an inline table", "AB = { title = 'x', help = 'y' } # mine\n",
			"AB = { title = 'x'  } # mine\n",
			func(f *localeedit.File) { f.Take(1) }},
		{"a table in", "[CD.title]\nother = 'y'\n",
			"# mine\n[AB.title]\nother = 'x'\n\n[CD.title]\nother = 'y'\n",
			func(f *localeedit.File) {
				id := localefile.ID{Name: "AB", Part: "title"}
				f.Paste(f.First(), localeedit.NewExcerpt(id, "# mine\n[AB.title]\nother = 'x'\n"))
			}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := read(t, test.src)
			test.edit(f)
			got, err := f.Finish()
			if err != nil || string(got) != test.want {
				t.Errorf("%v, got\n%s\nwant\n%s", err, got, test.want)
			}
		})
	}
}

func table(f *localeedit.File, entry int) *localeedit.Table {
	t := f.Table(entry, nil, nil)
	return &t
}

// read reads a file in which the code AB may be called OLD.
func read(t *testing.T, src string) *localeedit.File {
	t.Helper()
	f, syntax, _ := localeedit.Read(new(localefile.Reader), "de.toml", language.German, []byte(src),
		[]byte(src), func(id localefile.ID) localefile.ID {
			if id.Name == "OLD" {
				id.Name = "AB"
			}
			return id
		})
	if len(syntax) > 0 {
		t.Fatal(syntax)
	}
	return f
}

// TestTake checks what an excerpt has: the text as a table, with its translator's comments.
func TestTake(t *testing.T) {
	tests := []struct {
		name, src, want string
		comments        []string
		others          bool
	}{
		{"a table", "# one\n#. context\n[AB.title]\n#, stale\nother = 'x' # two\n",
			"# one\n[AB.title]\nother = 'x' # two\n", []string{"# one", "# two"}, false},
		{"a table with a former name", "[OLD.title]\nother = 'x'\nn = 1\n",
			"[AB.title]\nother = 'x'\nn = 1\n", nil, true},
		{"a value", "[AB]\n# one\ntitle = 'x' # two\n", "# one\n# two\n[AB.title]\nother = 'x'\n",
			[]string{"# one", "# two"}, false},
		{"dotted keys", "AB.title.one = 'x'\nAB.title.other = 'y'\n",
			"[AB.title]\none = 'x'\nother = 'y'\n", nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			target := read(t, "")
			got := read(t, test.src).Take(0)[0]
			target.Append(got)
			text, err := target.Finish()
			if err != nil || string(text) != test.want {
				t.Errorf("%v, got\n%s\nwant\n%s", err, text, test.want)
			}
			if !slices.Equal(got.Comments, test.comments) || got.Others != test.others {
				t.Errorf("got %q, %v", got.Comments, got.Others)
			}
		})
	}
}

// TestReadMerged checks that a file keeps the texts of both branches that were merged into it.
func TestReadMerged(t *testing.T) {
	const other = "# The other branch had:\n# [AB.title]\n# other = 'a'\n"
	tests := []struct{ name, src, want string }{
		{"a conflict", "<<<<<<< ours\n[AB.title]\nother = 'a'\n=======\n[CD.title]\nother = 'c'\n" +
			">>>>>>> theirs\n", "[CD.title]\nother = 'c'\n\n[AB.title]\nother = 'a'\n"},
		{"a conflict about a text", "[AB.title]\n<<<<<<< ours\nother = 'a'\n=======\nother = 'b'\n" +
			">>>>>>> theirs\n", "[AB.title]\nother = 'b'\n\n" + other},
		{"a text twice", "[AB.title]\nother = 'a'\n\n[CD.title]\nother = 'c'\n\n[AB.title]\nother = 'b'\n",
			other + "\n[CD.title]\nother = 'c'\n\n[AB.title]\nother = 'b'\n"},
	}
	same := func(id localefile.ID) localefile.ID { return id }
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, _, syntax := localeedit.ReadMerged("de.obsolete", language.German, []byte(test.src),
				[]byte(test.src), same)
			if len(syntax) > 0 {
				t.Fatal(syntax)
			}
			if got, err := f.Finish(); err != nil || string(got) != test.want {
				t.Errorf("%v, got\n%s\nwant\n%s", err, got, test.want)
			}
		})
	}
}
