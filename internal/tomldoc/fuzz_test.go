package tomldoc_test

import (
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// referenceDiffers reports whether the reference decoder is known to read the file in another way
// than TOML says.
func referenceDiffers(src string) bool {
	return strings.Contains(src, ":60") // It refuses the leap second of RFC 3339.
}

// FuzzParse holds these properties for any bytes whatever:
//
//   - Parse comes back, and says OK exactly if it has no finding.
//   - print(parse(b)) == b.
//   - Every item lies in the file, and items of the top level follow each other.
//   - Every byte of a text is found again where TextOffset says, as itself or as an escape.
//   - What is accepted is accepted by the reference decoder, and it reads the same texts under the
//     same keys.
func FuzzParse(f *testing.F) {
	dir := conformanceDir(f)
	for _, sub := range []string{"valid", "invalid"} {
		for _, src := range tomlFiles(f, dir+"/"+sub) {
			f.Add([]byte(src))
		}
	}
	for _, test := range faultTests {
		f.Add([]byte(test.src))
	}
	f.Add(localeFile(3))
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, found := tomldoc.Parse("x.toml", src)
		if got := doc.Source(); got != string(src) {
			t.Errorf("Bytes = %q, want %q", got, src)
		}
		checkItems(t, doc, len(found) == 0)
		// The reference decoder recurses, and takes exponential time for some nested values.
		if len(found) == 0 && len(src) < 4096 && nesting(doc) < 8 && !referenceDiffers(string(src)) {
			checkAgainstReference(t, string(src))
		}
	})
}

func checkItems(t *testing.T, doc *tomldoc.Doc, valid bool) {
	t.Helper()
	src, end := doc.Source(), 0
	for i, it := range doc.Items() {
		if it.Span().Start < 0 || it.Span().End < it.Span().Start || it.Span().End > len(src) || it.Parent() >= i {
			t.Fatalf("item %d is %+v in a file of %d bytes", i, it, len(src))
		}
		if it.Table() < 0 || it.Table() >= len(doc.Tables()) {
			t.Fatalf("item %d is in table %d of %d", i, it.Table(), len(doc.Tables()))
		}
		if valid && nestedIn(doc, it) < 0 {
			if it.Span().Start < end {
				t.Fatalf("item %d, %+v, begins before the end of the last, %d", i, it, end)
			}
			end = it.Span().End
		}
		if it.Value.IsString() && it.Kind != tomldoc.Broken {
			checkText(t, doc, it)
		}
	}
	for i, table := range doc.Tables()[1:] {
		if table.Parent < 0 || table.Parent > i || table.Item < 0 || table.Item >= len(doc.Items()) {
			t.Fatalf("table %d is %+v", i+1, table)
		}
	}
}

func checkText(t *testing.T, doc *tomldoc.Doc, it tomldoc.Item) {
	t.Helper()
	src, text := doc.Slice(tomldoc.Span{End: len(doc.Source())}), doc.Text(it)
	last := it.ValueSpan().Start
	for n := range min(len(text), 200) {
		at := doc.TextOffset(it, n)
		if at < last || at >= it.ValueSpan().End {
			t.Fatalf("byte %d of %q is at %d, the one before at %d, the value at %v", n, text, at, last,
				it.ValueSpan())
		}
		if src[at] != text[n] && src[at] != '\\' {
			t.Fatalf("byte %d of %q is at %d, which is %q", n, text, at, src[at])
		}
		last = at
	}
}

// nestedIn returns the array or inline table that the item is in, or -1.
func nestedIn(doc *tomldoc.Doc, it tomldoc.Item) int {
	if it.Parent() >= 0 && doc.Items()[it.Parent()].Value != tomldoc.NoValue {
		return it.Parent()
	}
	return -1
}

func nesting(doc *tomldoc.Doc) int {
	deepest := 0
	for _, it := range doc.Items() {
		depth := 0
		for up := nestedIn(doc, it); up >= 0; up = nestedIn(doc, doc.Items()[up]) {
			depth++
		}
		deepest = max(deepest, depth)
	}
	return deepest
}
