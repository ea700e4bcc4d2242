package plural

import (
	"testing"

	"golang.org/x/text/language"
)

// Building is measured from inside the package, because For does it only once for each language.

func BenchmarkBuild(b *testing.B) {
	for _, tag := range []string{"de", "ru", "kw"} {
		tag := language.MustParse(tag)
		b.Run(tag.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				newRule(tag)
			}
		})
		b.Run(tag.String()+" decimals", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				newDecimalTable(newSource(tag))
			}
		})
	}
}
