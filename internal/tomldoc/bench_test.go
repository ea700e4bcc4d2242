package tomldoc_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// localeFile returns a locale file of n texts, every second one a plural, with the comments that
// such a file has.
func localeFile(n int) []byte {
	var b strings.Builder
	b.WriteString("# The translator's own line.\n")
	for i := range n {
		fmt.Fprintf(&b,
			"\n#. %d CODE_%d, HTTP 409\n#. {{.Item}} text, e.g. \"Blue socks\"\n[CODE_%d.title]\n", i, i, i)
		if i%2 == 0 {
			fmt.Fprintf(&b, "#. en: \"Out of stock %d\"\nother = \"Nicht vorrätig, Nummer %d\"\n", i, i)
			continue
		}
		b.WriteString("#. en.one:   \"Only one {{.Item}} is left.\"\n")
		b.WriteString("#. en.other: \"Only {{.Left}} pieces of {{.Item}} are left.\"\n")
		b.WriteString("one = \"Nur noch ein Stück von {{.Item}}.\"\n")
		b.WriteString("other = \"Nur noch {{.Left}} Stück von \\\"{{.Item}}\\\".\"\n")
	}
	return []byte(b.String())
}

// BenchmarkParse reads a locale file of ten thousand texts, next to the reference decoder.
func BenchmarkParse(b *testing.B) {
	src := localeFile(10_000)
	b.Run("tomldoc", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			if _, found := tomldoc.Parse("de.toml", src); len(found) > 0 {
				b.Fatal(found)
			}
		}
	})
	b.Run("tomldoc with texts", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			doc, _ := tomldoc.Parse("de.toml", src)
			n := 0
			for _, it := range doc.Items() {
				n += len(doc.Text(it))
			}
			if n == 0 {
				b.Fatal("no text")
			}
		}
	})
	b.Run("BurntSushi", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			var m map[string]any
			if err := toml.Unmarshal(src, &m); err != nil {
				b.Fatal(err)
			}
		}
	})
}
