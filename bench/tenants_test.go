package bench_test

import (
	"fmt"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bench/internal/fixture"
)

// BenchmarkTenants loads ten locale files with 72 texts each for each of 100 tenants, and on top of
// them three small files in which the tenant has its own words. It measures the memory that is
// in use afterwards, per tenant. The layers of errlingo share the ten files.
func BenchmarkTenants(b *testing.B) {
	set := fixture.Shop()
	shared, own := set.Files(true), make([]fstest.MapFS, tenants)
	for i := range own {
		own[i] = fstest.MapFS{}
		for _, tag := range []string{"de", "en", "fr"} {
			text := fmt.Sprintf("[ORDER_CLOSED.title]\nother = \"Tenant %d: %s\"\n", i, tag)
			own[i][tag+".toml"] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	measure(b, "errlingo", func(i int) any {
		bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
			{Domain: set.Domain, FS: shared}, {Domain: set.Domain, FS: own[i]},
		}})
		if err != nil {
			b.Fatal(err)
		}
		return bundle
	})
	base := loadErrlingo(b, set.Domain, shared)
	measure(b, "errlingo-layer", func(i int) any {
		bundle, err := base.Layer(errlingo.Source{Domain: set.Domain, FS: own[i]})
		if err != nil {
			b.Fatal(err)
		}
		return bundle
	})
	measure(b, "go-i18n", func(i int) any {
		bundle := i18n.NewBundle(language.English)
		bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
		for _, files := range []fstest.MapFS{shared, own[i]} {
			for name := range files {
				if _, err := bundle.LoadMessageFileFS(files, name); err != nil {
					b.Fatal(err)
				}
			}
		}
		return bundle
	})
}

const tenants = 100

// measure reports the memory that what load returns for each tenant takes.
func measure(b *testing.B, name string, load func(tenant int) any) {
	b.Run(name, func(b *testing.B) {
		for b.Loop() {
			before := inUse()
			var all [tenants]any
			for i := range all {
				all[i] = load(i)
			}
			b.ReportMetric(float64(inUse()-before)/tenants/1024, "KiB/tenant")
			runtime.KeepAlive(&all)
		}
		b.ReportMetric(0, "ns/op")
	})
}

// inUse returns how many bytes of the heap are in use.
func inUse() uint64 {
	runtime.GC()
	runtime.GC() // The first empties pools, the second frees what was in them.
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
