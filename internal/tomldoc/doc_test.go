package tomldoc_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

func Example() {
	src := `#. 1201 OUT_OF_STOCK, HTTP 409
[OUT_OF_STOCK.title]
#. en: "Out of stock"
other = "Nicht vorrätig"
`
	doc, found := tomldoc.Parse("de.toml", []byte(src))
	if err := found.Err(); err != nil {
		fmt.Println(err)
		return
	}
	for _, it := range doc.Items() {
		switch it.Kind {
		case tomldoc.Header:
			fmt.Println(doc.AppendPath(nil, it.Table()), "is at line", doc.Pos(it.Span().Start).Line)
		case tomldoc.Pair:
			fmt.Printf("%q is at line %d\n", doc.Text(it), doc.Pos(it.ValueSpan().Start).Line)
		}
	}
	// Output:
	// [OUT_OF_STOCK title] is at line 2
	// "Nicht vorrätig" is at line 4
}

func ExampleParse() {
	_, found := tomldoc.Parse("de.toml", []byte("other = \"a\nmany = x\none = 'b'\n"))
	fmt.Println(found.Err())
	// Output:
	// de.toml:1:9: this string is not closed on its line
	// hint: end the text with " on the same line
	// de.toml:2:8: expected a value, found "x"
	// hint: put text in quotes
}

func ExampleDoc_TextOffset() {
	doc, _ := tomldoc.Parse("de.toml", []byte(`other = "\"{{.Itme}}\" fehlt"`))
	it := doc.Items()[0]
	n := strings.Index(doc.Text(it), "{{")
	fmt.Println(doc.Pos(doc.TextOffset(it, n)).Column)
	// Output: 12
}

func ExampleQuote() {
	quoted, err := tomldoc.Quote("A \"text\"\nwith a zero-width\u200Bspace")
	fmt.Println(quoted, err)
	// Output: "A \"text\"\nwith a zero-width\u200Bspace" <nil>
}

// parse reads a file that has no fault.
func parse(t *testing.T, src string) *tomldoc.Doc {
	t.Helper()
	doc, found := tomldoc.Parse("x.toml", []byte(src))
	if len(found) > 0 {
		t.Fatal(found)
	}
	return doc
}

// TestTables reads the same text in every shape that TOML has for it. The shapes differ in their
// items and not in the table that the text is in.
func TestTables(t *testing.T) {
	tests := []struct {
		name string
		src  string
	}{
		{"a table of its own", "[A.title]\nother = \"x\""},
		{"quoted names", "[\"A\" . 'title']\n\"\\u006fther\" = \"x\""},
		{"a sub-table of a table", "[A]\n[A.title]\nother = \"x\""},
		{"a table after its sub-table", "[A.title]\nother = \"x\"\n[A]"},
		{"dotted keys", "A.title.other = \"x\""},
		{"a dotted key in a table", "[A]\ntitle.other = \"x\""},
		{"inline tables", "A = { title = { other = \"x\" } }"},
		{"an inline table in a table", "[A]\ntitle = { other = \"x\" }"},
		{"a dotted key in an inline table", "A = { title.other = \"x\" }"},
		{"TOML 1.1's inline table", "A = { # as in JSON\n title = {\r\n other = \"x\", },\n}"},
		{"an element of an array", "[[A]]\n[[A]]\n[A.title]\nother = \"x\""},
		{"inline tables in an array", "A = [[{ title = { other = \"x\" } }]]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := parse(t, test.src)
			var texts []string
			for _, it := range doc.Items() {
				if it.Kind == tomldoc.Pair && it.Value.IsString() {
					keys := doc.Keys(it)
					path := append(doc.AppendPath(nil, it.Table()), keys[len(keys)-1].Name)
					texts = append(texts, strings.Join(path, "/")+"="+doc.Text(it))
				}
			}
			if want := []string{"A/title/other=x"}; !slices.Equal(texts, want) {
				t.Errorf("got %q, want %q", texts, want)
			}
		})
	}
}

func TestTableOfArray(t *testing.T) {
	doc := parse(t, "[[a]]\n[[a]]\nb = [1, [{ c = {} }]]\n")
	var got []string
	for _, table := range doc.Tables() {
		got = append(got, fmt.Sprintf("%q in %d by %d, %t", table.Name, table.Parent, table.Item,
			table.Array))
	}
	want := []string{
		`"" in -1 by -1, false`, `"a" in 0 by 0, true`, `"a" in 0 by 1, true`, `"b" in 2 by 5, true`,
		`"c" in 3 by 6, false`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestItems(t *testing.T) {
	const src = "\uFEFF# top\r\n\n  \n[a.b] # side\n\t# in\n\tc.d = [ 1, # one\n { e = 'f' },\n" +
		"] # end\n[[g]]"
	doc := parse(t, src)
	kinds := map[tomldoc.Kind]string{
		tomldoc.Blank: "blank", tomldoc.Comment: "comment", tomldoc.SideComment: "side",
		tomldoc.Header:      "header",
		tomldoc.ArrayHeader: "array header", tomldoc.Pair: "pair", tomldoc.Element: "element",
	}
	var got []string
	for _, it := range doc.Items() {
		path := strings.Join(doc.AppendPath(nil, it.Table()), ".")
		got = append(got, fmt.Sprintf("%s in %d, table %q: %q", kinds[it.Kind], it.Parent(), path,
			doc.Slice(it.Span())))
	}
	want := []string{
		`comment in -1, table "": "# top"`,
		`blank in -1, table "": "\n  \n"`,
		`header in -1, table "a.b": "[a.b]"`,
		`side in 2, table "a.b": "# side"`,
		`comment in 2, table "a.b": "# in"`,
		`pair in 2, table "a.b.c": "c.d = [ 1, # one\n { e = 'f' },\n]"`,
		`element in 5, table "a.b.c": "1"`,
		`side in 5, table "a.b.c": "# one"`,
		`element in 5, table "a.b.c": "{ e = 'f' }"`,
		`pair in 8, table "a.b.c.d": "e = 'f'"`,
		`side in 5, table "a.b": "# end"`,
		`array header in -1, table "g": "[[g]]"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestTextOffset(t *testing.T) {
	tests := []struct {
		name  string
		value string
		text  string
		want  []int // for each byte of text and its end, the offset in value
	}{
		{"plain", `"ab"`, "ab", []int{1, 2, 3}},
		{"empty", `''`, "", []int{1}},
		{"escapes", `"a\tb\u00e4c"`, "a\tbäc", []int{1, 2, 4, 5, 5, 11, 12}},
		{"no escapes in a literal", `'a\t'`, `a\t`, []int{1, 2, 3, 4}},
		{"first line end", "\"\"\"\r\na\nb\"\"\"", "a\nb", []int{5, 6, 7, 8}},
		{"line-ending backslash", "\"\"\"a\\  \n \n b\\\n\"\"\"", "ab", []int{3, 11, 14}},
		{"quotes before the end", `'''''a'''''`, "''a''", []int{3, 4, 5, 6, 7, 8}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := parse(t, "a="+test.value)
			it := doc.Items()[0]
			if got := doc.Text(it); got != test.text {
				t.Fatalf("the text is %q, want %q", got, test.text)
			}
			var got []int
			for n := range len(test.text) + 1 {
				got = append(got, doc.TextOffset(it, n)-len("a="))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %d, want %d", got, test.want)
			}
			if before, after := doc.TextOffset(it, -1),
				doc.TextOffset(it, 99); before != doc.TextOffset(it, 0) ||
				after != doc.TextOffset(it, len(test.text)) {
				t.Errorf("outside of the text: %d and %d", before, after)
			}
		})
	}
}

func TestTextOfOtherValues(t *testing.T) {
	doc := parse(t, "a = 1\n# b\n")
	if doc.Name() != "x.toml" {
		t.Errorf("the file is called %q", doc.Name())
	}
	for _, it := range doc.Items() {
		if got := doc.Text(it); got != "" {
			t.Errorf("Text = %q, want none", got)
		}
	}
}

func TestPos(t *testing.T) {
	doc := parse(t, "\uFEFF\"ä\" = 1\nb = 2")
	tests := []struct {
		name   string
		offset int
		want   diag.Pos
	}{
		{"start", 0, diag.Pos{Line: 1, Column: 1}},
		{"columns are runes", 6, diag.Pos{Line: 1, Column: 3}},
		{"second line", 12, diag.Pos{Line: 2, Column: 1}},
		{"end", 17, diag.Pos{Line: 2, Column: 6}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := doc.Pos(test.offset); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	const src = "\uFEFFone\ntwo\r\nthree"
	tests := []struct {
		name string
		span tomldoc.Span
		want string
	}{
		{"empty at the start", tomldoc.Span{}, "one\n"},
		{"within a line", tomldoc.Span{Start: 8, End: 9}, "two\r\n"},
		{"up to the next line", tomldoc.Span{Start: 4, End: 7}, "one\n"},
		{"into the next line", tomldoc.Span{Start: 4, End: 8}, "one\ntwo\r\n"},
		{"at the end", tomldoc.Span{Start: 17, End: 17}, "three"},
	}
	doc, _ := tomldoc.Parse("x.toml", []byte(src))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := doc.Slice(doc.Lines(test.span)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
