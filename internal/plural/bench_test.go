package plural_test

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
)

func BenchmarkRussian(b *testing.B) {
	r := plural.For(language.Russian)
	ask := askGoI18n(language.Russian)
	b.Run("Int", func(b *testing.B) {
		b.ReportAllocs()
		for n := int64(0); b.Loop(); n++ {
			r.Int(n)
		}
	})
	b.Run("Of", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.Of(22)
		}
	})
	b.Run("Decimal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.Decimal("22.50")
		}
	})
	b.Run("Decimal with three digits", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.Decimal("22.125")
		}
	})
	b.Run("Float", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.Float(22.5)
		}
	})
	b.Run("go-i18n", func(b *testing.B) {
		b.ReportAllocs()
		for n := int64(0); b.Loop(); n++ {
			ask(n)
		}
	})
}

func BenchmarkFor(b *testing.B) {
	tag := language.MustParse("pt-BR")
	b.ReportAllocs()
	for b.Loop() {
		plural.For(tag)
	}
}
