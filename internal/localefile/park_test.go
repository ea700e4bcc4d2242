package localefile_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/localefile"
)

// TestBlocks shows which lines belong to which header. In want, a line of a block begins with its number, counted from 1,
// and any other with a dash.
func TestBlocks(t *testing.T) {
	tests := []struct {
		name, want string
	}{
		{"comments above and below", "- # a\n-\n1 # b\n1 #. c\n1 [A.b]\n1 # d\n1\n1 other = 'x'\n1 # e\n-\n- # f\n-\n2 # g\n2 [C.d]\n"},
		{"no blank lines", "1 [A.b]\n1 other = 'x'\n2 # g\n2 [C.d]\n"},
		{"state above a header is the table's above", "- #, full\n1 # a\n1 [A.b]\n1 other = 'x'\n1 # b\n1 #| c\n2 # d\n2 [C.d]\n"},
		{"the machine's lines further down", "1 [A.b]\n1 other = 'x'\n1\n1 # a\n1\n1 #. b\n- \n- # c\n"},
		{"obsolete lines", "- #~ x\n1 [A.b]\n1 other = 'x'\n- #~ x\n- # y\n- #. z\n-\n2 # g\n2 [C.d]\n2 one = 'x'\n2 #~ x\n2 other = 'x'\n"},
		{"obsolete lines above a header", "- # a\n- #~ x\n1 # b\n1 [A.b]\n"},
		{"a text of several lines", "1 [A.b]\n1 other = '''\n1\n1 # a\n1 ''' # b\n1 # c\n- \n"},
		{"lists of tables", "1 # a\n1 [[x]]\n1 y = [\n1 # b\n1 ]\n- \n2 [A.b]\n"},
		{"none", "- # a\n- x = 2\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var src, got strings.Builder
			for line := range strings.Lines(test.want) {
				src.WriteString(strings.TrimPrefix(line[1:], " "))
			}
			f := read(t, src.String())
			blocks := f.Blocks()
			at := 0
			for line := range strings.Lines(src.String()) {
				owner := "-"
				for i := range blocks {
					if span := f.Lines(&blocks[i]); span.Start <= at && at < span.End {
						owner = string(rune('1' + i))
					}
				}
				got.WriteString(owner + " " + line)
				at += len(line)
			}
			want := strings.ReplaceAll(strings.ReplaceAll(test.want, "1\n", "1 \n"), "-\n", "- \n")
			if got.String() != want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

func TestParked(t *testing.T) {
	const table = "#~ # note\n#~ [A.b]\n#~ other = '''\n#~\n#~ x'''\n"
	tests := []struct {
		name, src  string
		want       []string // ID and text
		unreadable int
	}{
		{"one", "# a\n\n" + table + "\n[C.d]\n", []string{"A.b", "# note\n[A.b]\nother = '''\n\nx'''\n"}, 0},
		{"anywhere", "[C.d]\nother = 'x'\n" + table, []string{"A.b", "# note\n[A.b]\nother = '''\n\nx'''\n"}, 0},
		{"two in one run", table + "#~\n#~ # two\n#~ [C.d]\n", []string{"A.b", "# note\n[A.b]\nother = '''\n\nx'''\n\n", "C.d", "# two\n[C.d]\n"}, 0},
		{"indented, CRLF", "  #~ [A.b]\r\n\t#~   other = 'x'\r\n", []string{"A.b", "[A.b]\r\n  other = 'x'\r\n"}, 0},
		{"no end of the last line", "#~ [A.b]", []string{"A.b", "[A.b]"}, 0},
		{"no text", "#~ a\n\n#~ a = 1\n\n#~ [A]\n#~ title = 'x'\n\n#~ [[A.b]]\n\n#~ A.b = 'x'\n#~ [C.d]\n\n#~ other = 1\n#~ [A.b]\n", nil, 6},
		{"a byte order mark", "#~ \uFEFF[A.b]\n", nil, 1},
		{"the same text twice in one run", "#~ [A.b]\n#~ [A.b]\n", nil, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := read(t, test.src)
			parked, unreadable := f.Parked()
			var got []string
			for _, p := range parked {
				got = append(got, p.ID.String(), p.Text)
				if back := localefile.Unpark(f.Doc.Slice(p.Span)); back != p.Text {
					t.Errorf("%v: the lines in the file are %q, the text is %q", p.ID, back, p.Text)
				}
			}
			if strings.Join(got, "|") != strings.Join(test.want, "|") || len(unreadable) != test.unreadable {
				t.Errorf("got %q and %d others, want %q and %d", got, len(unreadable), test.want, test.unreadable)
			}
		})
	}
}

// FuzzPark holds that Unpark undoes Park, and that what is parked is comments alone, and as many lines as before.
func FuzzPark(f *testing.F) {
	f.Add("[A.b]\r\n\n  other = \"\"\"\n\t\n\"\"\"")
	f.Fuzz(func(t *testing.T, lines string) {
		parked := localefile.Park(lines)
		if got := localefile.Unpark(parked); got != lines {
			t.Errorf("%q was parked as %q and comes back as %q", lines, parked, got)
		}
		for line := range strings.Lines(parked) {
			if mark, _ := localefile.MarkOf(strings.TrimRight(line, "\r\n")); mark != localefile.MarkObsolete {
				t.Errorf("%q was parked with the line %q", lines, line)
			}
		}
		if strings.Count(parked, "\n") != strings.Count(lines, "\n") {
			t.Errorf("%q was parked as %q", lines, parked)
		}
	})
}
