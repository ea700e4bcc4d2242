package tomldoc_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// faultTests are files with faults, and all that is said about each of them: "line:column rule:
// text (hint)".
var faultTests = []struct {
	name string
	src  string
	want []string
}{
	{
		name: "a text over two lines is one fault",
		src:  "a = \"foo\nbar baz\"\nb = 2\nc = x y\n",
		want: []string{
			`1:5 toml-syntax: this string is not closed on its line (end the text with " on the same line)`,
			`4:5 toml-syntax: expected a value, found "x" (put text in quotes)`,
		},
	},
	{
		name: "every line at fault is listed",
		src:  "a b = 1\nö = 1\n= 3\nfoo\nbar\n[x\n[y]]\n[]\n[a.]\nx = 1 y = 2\n",
		want: []string{
			`1:3 toml-syntax: expected "=" after the key, found "b"`,
			`2:1 toml-syntax: the character "ö" in a key (put the key in quotes)`,
			`3:1 toml-syntax: expected a key, found "="`,
			`4:4 toml-syntax: expected "=" after the key, found the end of the line (write foo = "…", or ` +
				`start a comment with #)`,
			`5:4 toml-syntax: expected "=" after the key, found the end of the line (write bar = "…", or ` +
				`start a comment with #)`,
			`6:3 toml-syntax: expected "]" after the table's name, found the end of the line (write [x])`,
			`7:4 toml-syntax: expected the end of the line, found "]" (remove the bracket)`,
			`8:2 toml-syntax: expected a key, found "]"`,
			`9:4 toml-syntax: expected a key, found "]"`,
			`10:7 toml-syntax: expected the end of the line, found "y"`,
		},
	},
	{
		name: "values",
		src: "a = Nicht vorrätig\nb =\nc = 1_\nd = 2023-02-29\ne = 0x\nf = 9223372036854775808\n" +
			"g = 1e\nh = +-inf\ni = 0X1\n",
		want: []string{
			`1:5 toml-syntax: expected a value, found "Nicht" (put text in quotes)`,
			`2:4 toml-syntax: expected a value, found the end of the line (write "" for an empty text)`,
			`3:5 toml-syntax: "1_" is not a valid 64-bit integer`,
			`4:5 toml-syntax: "2023-02-29" is not a valid date or time`,
			`5:5 toml-syntax: "0x" is not a valid integer`,
			`6:5 toml-syntax: "9223372036854775808" is not a valid 64-bit integer`,
			`7:5 toml-syntax: "1e" is not a valid number`,
			`8:5 toml-syntax: expected a value, found "+-inf" (put text in quotes)`,
			`9:5 toml-syntax: "0X1" is not a valid 64-bit integer`,
		},
	},
	{
		name: "an array is not closed",
		src:  "a = [1, 2\nb = 3\nb = 4\n",
		want: []string{
			`2:1 toml-syntax: expected "," or "]" in the array, found "b"`,
			`3:1 toml-duplicate-key: "b" is in its table twice (the first one is at line 2; keep one ` +
				`of the two)`,
		},
	},
	{
		name: "an array is not closed at the end",
		src:  "a = [1, 2, # more\n\n",
		want: []string{"1:5 toml-syntax: this array is not closed"},
	},
	{
		name: "an inline table is closed as an array",
		src:  "A = { title = { other = \"x\" }\n, b = 1 ]\nc = 1\n",
		want: []string{`2:9 toml-syntax: expected "," or "}" in the inline table, found "]"`},
	},
	{
		name: "a multi-line string is not closed",
		src:  "a = \"\"\"\ntext\nmore text = 3\n[A.title]\nother = \"x\\q\"\n[B\n",
		want: []string{
			`1:5 toml-syntax: this multi-line string is not closed (end the text with """)`,
			`5:11 toml-syntax: the escape "\q" is not known (write \\ for a backslash)`,
			`6:3 toml-syntax: expected "]" after the table's name, found the end of the line (write [B])`,
		},
	},
	{
		name: "reading goes on behind an unfinished value",
		src: "a = [ \"\n, [1, 2]\n, 'x = y', {\n\"b c\" . 'd' = 1\ne = \"\n<<<<<<< x\nf = \"\n  # g\n" +
			"=\n[[h]] # i\nj k\n",
		want: []string{
			`1:7 toml-syntax: this string is not closed on its line (end the text with " on the same line)`,
			`5:5 toml-syntax: this string is not closed on its line (end the text with " on the same line)`,
			"6:1 conflict-marker: an unresolved merge conflict (resolve the merge conflict first)",
			`7:5 toml-syntax: this string is not closed on its line (end the text with " on the same line)`,
			`9:1 toml-syntax: expected a key, found "="`,
			`11:3 toml-syntax: expected "=" after the key, found "k" (start a comment with #)`,
		},
	},
	{
		name: "the end of the file where more must follow",
		src:  "b.\ta = \"\\",
		want: []string{
			`1:8 toml-syntax: this string is not closed (end the text with " on the same line)`,
			`1:9 toml-syntax: the escape "\" is not known (write \\ for a backslash)`,
		},
	},
	{
		name: "the value of an odd key is read",
		src:  "ä = [\nx\n]\nö",
		want: []string{
			`1:1 toml-syntax: the character "ä" in a key (put the key in quotes)`,
			`2:1 toml-syntax: expected a value, found "x" (put text in quotes)`,
			`4:1 toml-syntax: the character "ö" in a key (put the key in quotes)`,
		},
	},
	{
		name: "the end of the file in a key",
		src:  "a = 1\na.",
		want: []string{"2:3 toml-syntax: expected a key, found the end of the file"},
	},
	{
		name: "escapes",
		src:  "a = \"\\u12 \\ud800 \\U00110000 \\ö\"\nb = \"\"\"\\ x\"\"\"\n",
		want: []string{
			`1:6 toml-syntax: the escape "\u12" is not known (write \\ for a backslash)`,
			`1:11 toml-syntax: the escape "\ud800" is not known (it is half of a character; write the character itself)`,
			`1:18 toml-syntax: the escape "\U00110000" is not known (write \\ for a backslash)`,
			`1:29 toml-syntax: the escape "\ö" is not known (write \\ for a backslash)`,
			`2:8 toml-syntax: the escape "\ " is not known (write \\ for a backslash)`,
		},
	},
	{
		name: "a character as JSON writes it",
		src:  "a = \"\\uD83D\\uDE00 \\uDE00 \\uD83D\\u0041\"\n",
		want: []string{
			`1:6 toml-syntax: the escape "\uD83D\uDE00" is not known (write the character itself, or \U0001F600)`,
			`1:19 toml-syntax: the escape "\uDE00" is not known (it is half of a character; write the character itself)`,
			`1:26 toml-syntax: the escape "\uD83D" is not known (it is half of a character; write the character itself)`,
		},
	},
	{
		name: "characters that must be escaped",
		src:  "a = \"\x01\"\n# \x7f\nb = '''\rx'''\n",
		want: []string{
			`1:6 toml-syntax: the control character U+0001 (write \u0001 in a "…" string)`,
			`2:3 toml-syntax: the control character U+007F (delete the character)`,
			"3:8 toml-syntax: a carriage return without a line feed (end lines with LF or CRLF)",
		},
	},
	{
		name: "defined twice",
		src:  "a = 1\na = 2\n[a]\n[a.b]\nx = 1\n[c]\nd.e = 1\n[c.d]\n[[c]]\n[f.g]\n[f]\ng.h = 1\n",
		want: []string{
			`2:1 toml-duplicate-key: "a" is in its table twice (the first one is at line 1; keep one ` +
				`of the two)`,
			`3:1 toml-duplicate-key: a is in the file twice (the first one is at line 1; keep one of ` +
				`the two)`,
			`4:2 toml-duplicate-key: "a" is a value, not a table (the first one is at line 1; keep one of ` +
				`the two)`,
			`8:1 toml-duplicate-key: c.d is in the file twice (the first one is at line 7; keep one ` +
				`of the two)`,
			`9:1 toml-duplicate-key: c is in the file twice (the first one is at line 6; keep one of ` +
				`the two)`,
			`12:1 toml-duplicate-key: "g" is defined already, and dotted keys cannot add to it (the first ` +
				`one is at line 10; keep one of the two)`,
		},
	},
	{
		name: "what is under a repeated header is not a duplicate as well",
		src:  "[A.title]\nother = \"1\"\n[A.title]\nother = \"1\"\n",
		want: []string{`3:1 toml-duplicate-key: A.title is in the file twice (the first one is at ` +
			`line 1; keep one of the two)`},
	},
	{
		name: "a merge conflict is one finding",
		src: "[A.title]\nother = \"1\"\n<<<<<<< HEAD\n[B.title]\nother = \"1\"\n||||||| base\n" +
			"[B.title]\n=======\n" +
			"[B.title]\nother = \"2\"\n>>>>>>> x\n[C]\nother = \"3\"\n[A.title]\n",
		want: []string{
			"3:1 conflict-marker: an unresolved merge conflict (resolve the merge conflict first)",
			`14:1 toml-duplicate-key: A.title is in the file twice (the first one is at line 1; keep ` +
				`one of the two)`,
		},
	},
	{
		name: "a merge conflict within a table",
		src:  "[A.title]\n<<<<<<< HEAD\nother = \"1\"\n=======\nother = \"2\"\n>>>>>>> x\n",
		want: []string{"2:1 conflict-marker: an unresolved merge conflict (resolve the merge conflict " +
			"first)"},
	},
	{
		name: "each side of a merge conflict goes on from where it began",
		src: "[A.title]\n<<<<<<< HEAD\n[B.title]\none = \"1\"\n=======\none = \"2\"\n>>>>>>> x\n" +
			"one = \"3\"\n",
		want: []string{
			"2:1 conflict-marker: an unresolved merge conflict (resolve the merge conflict first)",
			`8:1 toml-duplicate-key: "one" is in its table twice (the first one is at line 6; keep ` +
				`one of the two)`,
		},
	},
	{
		name: "a merge conflict within a text",
		src:  "a = \"\"\"\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> x\n\"\"\"\n",
		want: []string{"2:1 conflict-marker: an unresolved merge conflict (resolve the merge conflict " +
			"first)"},
	},
	{
		name: "a merge conflict resolved by half",
		src:  "a = 1\n=======\r\nb = 1\n>>>>>>>",
		want: []string{
			"2:1 conflict-marker: an unresolved merge conflict (resolve the merge conflict first)",
			"4:1 conflict-marker: an unresolved merge conflict (resolve the merge conflict first)",
		},
	},
	{
		name: "line ends of old",
		src:  "# A\r[A.title]\rother = \"1\"\rone = x\r",
		want: []string{
			"1:4 toml-syntax: a carriage return without a line feed, and 3 more (end lines with LF or CRLF)",
			`4:7 toml-syntax: expected a value, found "x" (put text in quotes)`,
		},
	},
	{
		name: "carriage returns in front of line ends",
		src:  "# A\r\r\n[A.title]\r\r\nother = \"\"\"\r\r\n1\"\"\"\r\r\n",
		want: []string{"1:4 toml-syntax: a carriage return without a line feed, and 3 more (end lines " +
			"with LF or CRLF)"},
	},
	{
		name: "Latin-1 on several lines",
		src:  "a = \"vorr\xe4tig\"\n# f\xfcr\nb = \"\xf6\"\n",
		want: []string{"1:10 toml-encoding: the byte 0xe4 is not UTF-8, nor are 2 more (save the file " +
			"as UTF-8)"},
	},
	{
		name: "UTF-16",
		src:  "\xff\xfea\x00",
		want: []string{"1:1 toml-encoding: the file is UTF-16, and TOML is UTF-8 (save the file as " +
			"UTF-8)"},
	},
	{
		name: "Latin-1",
		src:  "a = \"vorr\xe4tig\"\n",
		want: []string{"1:10 toml-encoding: the byte 0xe4 is not UTF-8 (save the file as UTF-8)"},
	},
	{
		name: "a byte order mark takes no column and is allowed at the start only",
		src:  "\uFEFF\uFEFFa = 1",
		want: []string{"1:1 toml-syntax: U+FEFF is a character that cannot be seen (remove it)"},
	},
}

func TestFaults(t *testing.T) {
	for _, test := range faultTests {
		t.Run(test.name, func(t *testing.T) {
			_, found := tomldoc.Parse("x.toml", []byte(test.src))
			if got := describe(found); !slices.Equal(got, test.want) {
				t.Errorf("%s\ngot\n\t%s\nwant\n\t%s", test.src, strings.Join(got, "\n\t"),
					strings.Join(test.want, "\n\t"))
			}
			for _, f := range found {
				if f.File != "x.toml" || f.Severity != diag.Error {
					t.Errorf("%+v: want an error in x.toml", f)
				}
			}
		})
	}
}

func describe(found diag.List) []string {
	var lines []string
	for _, f := range found {
		line := fmt.Sprintf("%d:%d %s: %s", f.Line, f.Column, f.Rule, f.Text)
		if f.Hint != "" {
			line += " (" + f.Hint + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestLimits(t *testing.T) {
	parts := func(n int) string { return strings.TrimSuffix(strings.Repeat("a.", n), ".") }
	nested := func(n int) string { return "a = " + strings.Repeat("[", n) + strings.Repeat("]", n) }
	tests := []struct {
		name string
		src  string
		want []string
	}{
		{"as many key parts as may be", parts(tomldoc.MaxKeyParts) + " = 1", nil},
		{"too many key parts", parts(tomldoc.MaxKeyParts+1) + " = 1",
			[]string{"1:33 toml-limit: a key with too many parts"}},
		{"as deep as may be", nested(tomldoc.MaxDepth), nil},
		{
			"too deep", nested(tomldoc.MaxDepth + 1),
			[]string{"1:69 toml-limit: arrays and inline tables are nested too deeply"},
		},
		{"as many items as may be", strings.Repeat("#\n", tomldoc.MaxItems), nil},
		{
			"too many items", strings.Repeat("#\n", tomldoc.MaxItems+1) + "x",
			[]string{"200001:2 toml-limit: too many lines, values and comments; the limit is 200000"},
		},
		{"as long a string as may be", "a = \"" + strings.Repeat("x", tomldoc.MaxString-2) + "\"", nil},
		{
			"too long a string", "a = \"" + strings.Repeat("x", tomldoc.MaxString-1) + "\"",
			[]string{"1:5 toml-limit: a string of more than 65536 bytes"},
		},
		{"blank lines are one item", strings.Repeat("\n", tomldoc.MaxItems+1), nil},
		{
			"too many tables", manyTables(),
			[]string{"5334:38 toml-limit: too many tables; the limit is 80000"},
		},
		{
			"too large", strings.Repeat(" ", tomldoc.MaxSize+1),
			[]string{"0:0 toml-limit: the file has more than 8388608 bytes (split the domain into " +
				"several)"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, found := tomldoc.Parse("x.toml", []byte(test.src))
			if got := describe(found); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// manyTables returns a file whose every line makes fifteen tables.
func manyTables() string {
	var b strings.Builder
	for i := range tomldoc.MaxTables/15 + 1 {
		fmt.Fprintf(&b, "%d%s = 1\n", i, strings.Repeat(".a", 15))
	}
	return b.String()
}

func TestTooManyFindings(t *testing.T) {
	_, found := tomldoc.Parse("x.toml", []byte(strings.Repeat("x\n", 10*tomldoc.MaxFindings)))
	if len(found) != tomldoc.MaxFindings+1 {
		t.Fatalf("%d findings, want %d", len(found), tomldoc.MaxFindings+1)
	}
	last := describe(found[tomldoc.MaxFindings:])[0]
	if want := "101:2 toml-limit: there are more faults, which are not listed"; last != want {
		t.Errorf("the last is %q, want %q", last, want)
	}
}

// TestHostileFiles reads files that a parser with a flaw does not come back from: each takes time
// in proportion to its size, which a test run would miss by hours otherwise.
func TestHostileFiles(t *testing.T) {
	const size = 1 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	tests := []struct {
		name string
		src  string
	}{
		{"brackets", "a = " + fill("[")},
		{"header brackets", fill("[")},
		{"braces", "a = " + fill("{a=")},
		{"lines of brackets", fill("a = [\n")},
		{"texts that never end", fill("a = \"\"\"\\\"\"\"\n")},
		{"openings of both sorts", fill("a = '''\nb = \"\"\"\n")},
		{"words in an array", "a = [" + fill("x,")},
		{"bad escapes", "a = \"" + fill(`\q`)},
		{"line-ending backslashes", "a = \"\"\"" + fill("\\\n")},
		{"backslashes and spaces", "a = \"\"\"" + fill("\\ ")},
		{"one long key", fill("a")},
		{"one long odd key", fill("ö")},
		{"dots", fill("a.")},
		{"equals signs", fill("=")},
		{"carriage returns", fill("\r")},
		{"merge conflicts", fill("<<<<<<< \n")},
		{"not UTF-8", fill("\xff")},
		{"the same header", fill("[a]\n")},
		{"array elements", fill("[[a]]\n")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, _ := tomldoc.Parse("x.toml", []byte(test.src))
			for _, it := range doc.Items() {
				doc.Text(it)
			}
		})
	}
}

// TestTimes checks where times end: the 60th second is a leap second (RFC 3339), and the oracle's
// decoder does not know it.
func TestTimes(t *testing.T) {
	tests := []struct {
		value string
		ok    bool
	}{
		{"23:59:60", true},
		{"2016-12-31T23:59:60Z", true},
		{"2016-12-31 23:59:60.5+01:00", true},
		{"23:59:61", false},
		{"2016-12-31T23:59:61Z", false},
		{"23:60:00", false},
		{"24:00:00", false},
		{"00:00:00+24:00", false},
		{"2016-12-31T23:59:59+24:00", false},
		{"2016-12-31T23:59:59+23:60", false},
		{"2016-12-31T23:59:59+23:59", true},
	}
	for _, test := range tests {
		t.Run(test.value, func(t *testing.T) {
			doc, found := tomldoc.Parse("", []byte("a = "+test.value+"\n"))
			if ok := len(found) == 0; ok != test.ok {
				t.Fatalf("accepted: %t, want %t (%v)", ok, test.ok, found)
			}
			if kind := doc.Items()[0].Value; test.ok && kind != tomldoc.Datetime {
				t.Errorf("the value is of kind %v, want %v", kind, tomldoc.Datetime)
			}
		})
	}
}
