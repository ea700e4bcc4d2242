package tomldoc_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

const editable = `# The translator's.

[A.title]
#. en: "A"
other = "a"   # note

[B.title]
  other = """
b"""
`

// find returns the item that has the given text.
func find(t *testing.T, doc *tomldoc.Doc, text string) tomldoc.Item {
	t.Helper()
	for _, it := range doc.Items() {
		if doc.Slice(it.Span) == text {
			return it
		}
	}
	t.Fatalf("no item %q", text)
	return tomldoc.Item{}
}

func TestEdits(t *testing.T) {
	tests := []struct {
		name string
		src  string
		edit func(*tomldoc.Doc, *tomldoc.Edits)
		want string // what becomes of src, as the replacements old → new
	}{
		{
			name: "nothing",
			src:  editable,
			edit: func(*tomldoc.Doc, *tomldoc.Edits) {},
			want: editable,
		},
		{
			name: "a text",
			src:  editable,
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) { e.SetText(find(t, d, `other = "a"`), "\"x\"\n") },
			want: strings.Replace(editable, `"a"`, `"\"x\"\n"`, 1),
		},
		{
			name: "a text of many lines",
			src:  editable,
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.SetText(find(t, d, "other = \"\"\"\nb\"\"\""), "c")
			},
			want: strings.Replace(editable, "\"\"\"\nb\"\"\"", `"c"`, 1),
		},
		{
			name: "lines above a header and below it, in the order of the edits",
			src:  editable,
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				at := find(t, d, "[B.title]").Span.Start
				e.InsertAfter(at, "#, stale")
				e.InsertAfter(at, "#| old")
				e.InsertBefore(at, "#. one", "#. two")
			},
			want: strings.Replace(editable, "[B.title]\n", "#. one\n#. two\n[B.title]\n#, stale\n#| old\n",
				1),
		},
		{
			name: "an indented line behind a text of many lines",
			src:  editable,
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				it := find(t, d, "other = \"\"\"\nb\"\"\"")
				e.InsertAfter(it.Span.End, d.Indent(it.Span.Start)+"one = \"\"")
			},
			want: editable + "  one = \"\"\n",
		},
		{
			name: "lines replaced by more",
			src:  editable,
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.ReplaceLines(find(t, d, `#. en: "A"`).Span, "#. 1", "#. 2")
			},
			want: strings.Replace(editable, "#. en: \"A\"\n", "#. 1\n#. 2\n", 1),
		},
		{
			name: "lines deleted",
			src:  editable,
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				from, to := find(t, d, "[A.title]"), find(t, d, "# note")
				e.DeleteLines(tomldoc.Span{Start: from.Span.Start, End: to.Span.End})
			},
			want: "# The translator's.\n\n\n[B.title]\n  other = \"\"\"\nb\"\"\"\n",
		},
		{
			name: "CRLF is kept and followed",
			src:  "a = 1\r\nb = 2\nc = 3",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.InsertAfter(0, "x = 1")
				e.InsertBefore(7, "y = 1")
				e.InsertAfter(len(d.Bytes()), "z = 1")
			},
			want: "a = 1\r\nx = 1\r\ny = 1\nb = 2\nc = 3\nz = 1\n",
		},
		{
			name: "a last line without an end stays so",
			src:  "a = 1\r\nb = 2",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.InsertBefore(8, "x = 1")
				e.ReplaceLines(find(t, d, "b = 2").Span, "c = 1", "d = 2")
			},
			want: "a = 1\r\nx = 1\r\nc = 1\r\nd = 2",
		},
		{
			name: "a last line without an end is replaced and something put behind it",
			src:  "a = 1",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.InsertAfter(5, "c = 3")
				e.ReplaceLines(find(t, d, "a = 1").Span, "b = 2")
			},
			want: "b = 2\nc = 3\n",
		},
		{
			name: "a last line without an end is deleted and something put behind it",
			src:  "a = 1\nb = 2",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.DeleteLines(find(t, d, "b = 2").Span)
				e.InsertAfter(d.Items()[1].Span.End, "c = 3")
			},
			want: "a = 1\nc = 3\n",
		},
		{
			name: "the byte order mark stays in front",
			src:  "\uFEFFa = 1\n",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.DeleteLines(find(t, d, "a = 1").Span)
				e.InsertBefore(0, "# first")
			},
			want: "\uFEFF# first\n",
		},
		{
			name: "a file of nothing but a byte order mark",
			src:  "\uFEFF",
			edit: func(_ *tomldoc.Doc, e *tomldoc.Edits) { e.InsertAfter(3, "a = 1", "") },
			want: "\uFEFFa = 1\n\n",
		},
		{
			name: "an empty file",
			src:  "",
			edit: func(_ *tomldoc.Doc, e *tomldoc.Edits) { e.InsertAfter(0, "a = 1") },
			want: "a = 1\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, found := tomldoc.Parse("x.toml", []byte(test.src))
			if len(found) > 0 {
				t.Fatal(found)
			}
			edits := doc.Edit()
			test.edit(doc, edits)
			got, err := edits.Apply()
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
			checkChanges(t, doc, edits, got)
		})
	}
}

func TestEditsThatFail(t *testing.T) {
	tests := []struct {
		name string
		src  string
		edit func(*tomldoc.Doc, *tomldoc.Edits)
		want string
	}{
		{
			name: "overlap",
			src:  "a = 1\nb = \"x\"\n",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) {
				e.SetText(find(t, d, `b = "x"`), "y")
				e.DeleteLines(find(t, d, `b = "x"`).Span)
			},
			want: "cannot edit x.toml: two edits overlap at 2:5",
		},
		{
			name: "a file with faults",
			src:  "a = \n",
			edit: func(_ *tomldoc.Doc, e *tomldoc.Edits) { e.InsertAfter(0, "b = 1") },
			want: "cannot edit x.toml: it has faults",
		},
		{
			name: "outside of the file",
			src:  "a = 1\n",
			edit: func(_ *tomldoc.Doc, e *tomldoc.Edits) { e.InsertAfter(7, "b = 1") },
			want: "cannot edit x.toml: the bytes 7 to 7 are not in the file",
		},
		{
			name: "two lines in one",
			src:  "a = 1\n",
			edit: func(_ *tomldoc.Doc, e *tomldoc.Edits) { e.InsertAfter(0, "b = 1\nc = 1") },
			want: `cannot edit x.toml: the line "b = 1\nc = 1" is more than one`,
		},
		{
			name: "the text of a comment",
			src:  "# a\n",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) { e.SetText(d.Items()[0], "b") },
			want: "cannot edit x.toml: an item without a value cannot be given a text",
		},
		{
			name: "a text that is not UTF-8",
			src:  "a = 1\n",
			edit: func(d *tomldoc.Doc, e *tomldoc.Edits) { e.SetText(d.Items()[0], "\xff") },
			want: `cannot edit x.toml: the text "\xff" is not UTF-8`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, _ := tomldoc.Parse("x.toml", []byte(test.src))
			edits := doc.Edit()
			test.edit(doc, edits)
			if got, err := edits.Apply(); err == nil || err.Error() != test.want {
				t.Errorf("got %q, error %v, want the error %s", got, err, test.want)
			}
		})
	}
}

func TestEditsThatChangeNothing(t *testing.T) {
	doc, _ := tomldoc.Parse("x.toml", []byte(editable))
	edits := doc.Edit()
	edits.SetText(find(t, doc, `other = "a"`), "a")
	edits.ReplaceLines(find(t, doc, "[A.title]").Span, "[A.title]")
	edits.InsertAfter(0)
	if changes, err := edits.Changes(); len(changes) > 0 || err != nil {
		t.Errorf("changes %v, error %v, want none", changes, err)
	}
}

// checkChanges fails the test unless the new file is the old one but for the changes that are
// reported.
func checkChanges(t *testing.T, doc *tomldoc.Doc, edits *tomldoc.Edits, got []byte) {
	t.Helper()
	changes, err := edits.Changes()
	if err != nil {
		t.Fatal(err)
	}
	old := doc.Bytes()
	for _, c := range slices.Backward(changes) {
		tail := append([]byte(c.New), old[c.Old.End:]...)
		if !bytes.HasSuffix(got, tail) {
			t.Fatalf("the file does not end in %q after the change %+v: %q", tail, c, got)
		}
		got, old = got[:len(got)-len(tail)], old[:c.Old.Start]
	}
	if !bytes.Equal(got, old) {
		t.Errorf("the file begins with %q, and before it did with %q", got, old)
	}
}

// FuzzEdits holds these properties for edits of any kind in any place of a file:
//
//   - Edits leave every byte outside of the changes that they report as it was.
//   - Lines that are put in are whole lines of the new file.
//   - Edits fail only where two of them overlap.
func FuzzEdits(f *testing.F) {
	f.Add([]byte(editable), []byte{0, 30, 1, 1, 40, 2, 2, 60, 1, 3, 90, 0})
	f.Add([]byte("\uFEFFa = 1\r\nb = 2"), []byte{1, 12, 1, 0, 0, 2, 3, 5, 0})
	f.Add([]byte(""), []byte{1, 0, 1})
	f.Fuzz(func(t *testing.T, src, script []byte) {
		doc, found := tomldoc.Parse("x.toml", src)
		if len(found) > 0 || len(src) > 1000 || len(script) > 60 ||
			bytes.Contains(src, []byte("put in")) {
			return
		}
		edits := doc.Edit()
		put := 0
		for ; len(script) >= 3; script = script[3:] {
			at := int(script[1]) * (len(src) + 1) / 256
			lines := slices.Repeat([]string{"# put in"}, int(script[2])%3)
			switch script[0] % 4 {
			case 0:
				edits.InsertBefore(at, lines...)
			case 1:
				edits.InsertAfter(at, lines...)
			case 2:
				edits.ReplaceLines(tomldoc.Span{Start: at, End: min(at+int(script[2]), len(src))}, lines...)
			case 3:
				edits.DeleteLines(tomldoc.Span{Start: at, End: at})
				lines = nil
			}
			put += len(lines)
		}
		got, err := edits.Apply()
		if err != nil {
			if !strings.Contains(err.Error(), "overlap") {
				t.Fatal(err)
			}
			return
		}
		checkChanges(t, doc, edits, got)
		if n := countLines(got) - countLines(src); n != put {
			t.Errorf("%d lines put in, want %d: %q", n, put, got)
		}
	})
}

// countLines counts the lines that say what FuzzEdits puts in.
func countLines(file []byte) int {
	n := 0
	for line := range bytes.Lines(bytes.TrimPrefix(file, []byte("\uFEFF"))) {
		if string(bytes.TrimRight(line, "\r\n")) == "# put in" {
			n++
		}
	}
	return n
}

func TestQuote(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"empty", "", `""`},
		{"plain", "Nicht vorrätig 🙂", `"Nicht vorrätig 🙂"`},
		{"quotes and backslashes", `"a\b'`, `"\"a\\b'"`},
		{"short escapes", "\n\r\t", `"\n\r\t"`},
		{"control characters", "\x00\x1b\x7f\u0085", `"\u0000\u001B\u007F\u0085"`},
		{"bidirectional controls", "a\u202Eb\u2068c\u2069", `"a\u202Eb\u2068c\u2069"`},
		{"spaces that look like one", "1\u00A0000\u202F€", `"1\u00A0000\u202F€"`},
		{"no width", "\u200B\u2060\uFEFF\u3164", `"\u200B\u2060\uFEFF\u3164"`},
		{"beyond four digits", "\U000E0041", `"\U000E0041"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := tomldoc.Quote(test.text); got != test.want || err != nil {
				t.Errorf("got %s, %v, want %s", got, err, test.want)
			}
		})
	}
	if got, err := tomldoc.Quote("\xff"); err == nil {
		t.Errorf("invalid UTF-8 became %s, want an error", got)
	}
}

// FuzzQuote checks that what Quote writes is read back as the text it was given, here and by the
// reference decoder, and that nothing invisible is in it.
func FuzzQuote(f *testing.F) {
	f.Add("a \"\\\n\x00\u202E\U000E0041é")
	f.Fuzz(func(t *testing.T, text string) {
		quoted, err := tomldoc.Quote(text)
		if (err != nil) == utf8.ValidString(text) {
			t.Fatalf("error %v for %q", err, text)
		}
		if err != nil || len(text) > 10_000 {
			return
		}
		src := "a = " + quoted
		checkAgainstReference(t, src)
		doc, _ := tomldoc.Parse("x.toml", []byte(src))
		if got := doc.Text(doc.Items()[0]); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
		if i := strings.IndexFunc(quoted, func(r rune) bool {
			return r < ' ' || '\u2028' <= r &&
				r <= '\u202F'
		}); i >= 0 {
			t.Errorf("%s has an invisible character at %d", quoted, i)
		}
	})
}
