package pack_test

import (
	"testing"

	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/fleet/internal/pack"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/locales"
)

// BenchmarkReceive is what a node does with a pack before it shows the texts: 64 codes in 22
// languages.
func BenchmarkReceive(b *testing.B) {
	domain := access.Model(codes.Domain)
	data := newPack(b, domain, locales.FS).Encode()
	b.ReportAllocs()
	for b.Loop() {
		p, err := pack.Read(data)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := p.For(domain); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "B/pack")
	b.ReportMetric(float64(len(newPack(b, access.Model(rules.Domain), rules.Locales).Encode())), "B/rules")
}
