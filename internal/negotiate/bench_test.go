package negotiate_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/negotiate"
)

func BenchmarkMatch(b *testing.B) {
	benchmarks := []struct {
		name, prefs string
	}{
		{"one", "de"},
		{"browser", "de-CH,de;q=0.9,en-US;q=0.8,en;q=0.7"},
		{"sibling", "en-AU,en;q=0.5"},
		{"none", "ja-JP,ja;q=0.9"},
		{"excluding", "de-CH,de;q=0.9,en;q=0"},
		{"mebibyte of underscores", strings.Repeat("en_t_", 1<<20/5)},
		{"mebibyte of commas", strings.Repeat(",", 1<<20)},
		{"mebibyte of elements", strings.Repeat("en-t-en-u-nu-arab;q=0.5,", 1<<20/24)},
	}
	m := negotiate.New(tags(b, fuzzAvailable), language.English, negotiate.Options{})
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Match(bench.prefs)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	available := tags(b, fuzzAvailable)
	b.ReportAllocs()
	for b.Loop() {
		negotiate.New(available, language.English, negotiate.Options{})
	}
}
