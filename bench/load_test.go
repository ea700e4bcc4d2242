package bench_test

import (
	"testing"

	"github.com/errlingo/errlingo/bench/internal/fixture"
)

// BenchmarkLoad72x10 loads ten locale files with 72 texts each, as written by the command extract.
func BenchmarkLoad72x10(b *testing.B) { load(b, fixture.Shop(), true) }

// BenchmarkLoad10000x10 loads ten locale files with 10,000 texts each and no comments.
func BenchmarkLoad10000x10(b *testing.B) { load(b, fixture.Large(5_000), false) }

// BenchmarkLoad10000x10Context is BenchmarkLoad10000x10 with the comments that the command extract
// writes.
func BenchmarkLoad10000x10Context(b *testing.B) { load(b, fixture.Large(5_000), true) }

// load loads the set from memory into each library. Errlingo reads files in parallel, one per
// processor, and checks every text. A go-i18n bundle must be loaded by a single goroutine and
// parses texts on first use. The others get files of their own; see loadXText, loadTranslators and
// loadCatalogs.
func load(b *testing.B, set *fixture.Set, context bool) {
	// Keep the set out of the loops, so that it can be collected. A program that loads files does not
	// have a heap full of their texts yet.
	domain, locales, files := set.Domain, set.Locales, set.Files(context)
	formats := set.Formats(fixture.Verb)
	verbs, catalogs := formats.Files(context), formats.Catalogs(context)
	braces := set.Formats(fixture.Brace).Files(context)
	for i := range locales {
		locales[i].Texts = nil
	}
	b.Run("errlingo", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loadErrlingo(b, domain, files)
		}
	})
	b.Run("go-i18n", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loadGoI18n(b, files)
		}
	})
	b.Run("x-text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loadXText(b, verbs)
		}
	})
	b.Run("universal-translator", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loadTranslators(b, locales, braces)
		}
	})
	b.Run("gotext", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			loadCatalogs(b, locales, catalogs)
		}
	})
}
