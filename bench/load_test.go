package bench_test

import (
	"testing"

	"github.com/errlingo/errlingo/bench/internal/fixture"
)

// BenchmarkLoad72x10 loads ten locale files with 72 texts each, as the command extract leaves them.
func BenchmarkLoad72x10(b *testing.B) { load(b, fixture.Shop(), true) }

// BenchmarkLoad10000x10 loads ten locale files with 10 000 texts each and nothing else in them.
func BenchmarkLoad10000x10(b *testing.B) { load(b, fixture.Large(5_000), false) }

// BenchmarkLoad10000x10Context is BenchmarkLoad10000x10 with the comments that the command extract
// writes.
func BenchmarkLoad10000x10Context(b *testing.B) { load(b, fixture.Large(5_000), true) }

// load loads the set from memory into each library. Errlingo reads as many files at once as there
// are processors and checks every text; go-i18n's bundle must not be loaded from several goroutines
// and parses texts when they are first used. X/text gets files of its own, with formats for texts;
// see loadXText.
func load(b *testing.B, set *fixture.Set, context bool) {
	// The loops must not refer to the set: a program that loads files does not have a heap full of
	// their texts already, for the collector to walk.
	domain, files, formats := set.Domain, set.Files(context), set.Formats().Files(context)
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
			loadXText(b, formats)
		}
	})
}
