package site_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/site"
)

// BenchmarkWrite makes the pages of 1,000 codes in 10 languages, or of 10,000 if ERRLINGO_LONG is set.
// The heap is that at the end, with the declarations, the texts and one page.
func BenchmarkWrite(b *testing.B) {
	codes := 1_000
	if os.Getenv("ERRLINGO_LONG") != "" {
		codes = 10_000
	}
	d := catalogtest.Temporary(b, catalog.NewDomain("large"))
	item, left := catalog.String("Item", "Blue socks"), catalog.Int("Left", 3)
	var file strings.Builder
	for n := range codes {
		name := fmt.Sprintf("CODE_%d", n)
		d.Define(1000+n, name, catalog.Spec{Title: "Out of stock", Help: "Choose a smaller quantity.",
			Detail: fmt.Sprintf("Only {{.Left}} pieces of {{.Item}} are left in %d.", n),
			Params: catalog.Params{item, left}, HTTP: 409})
		fmt.Fprintf(&file, "[%s.title]\nother = \"Nicht vorrätig\"\n[%s.detail]\nother = \"Nur noch {{.Left}} von {{.Item}}.\"\n",
			name, name)
	}
	all := site.Domain{Domain: access.Model(d)}
	texts := fstest.MapFS{}
	for _, tag := range []string{"ar", "cs", "de", "es", "fr", "it", "ja", "pl", "pt"} {
		texts[tag+".toml"] = &fstest.MapFile{Data: []byte(file.String())}
		all.Locales = append(all.Locales, language.MustParse(tag))
	}
	all.Files = texts
	b.ReportAllocs()
	for b.Loop() {
		s, err := site.New([]site.Domain{all}, "/")
		if err != nil {
			b.Fatal(err)
		}
		bytes, pages, heap := 0, 0, uint64(0)
		err = s.Write(func(name string, content []byte) error {
			if pages++; pages == 2*codes*10 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				heap = m.HeapAlloc
			}
			bytes += len(content)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(bytes)/1e6, "MB")
		b.ReportMetric(float64(pages), "files")
		b.ReportMetric(float64(heap)/1e6, "heap-MB")
	}
}
