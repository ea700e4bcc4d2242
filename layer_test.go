package errlingo_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
)

// A layer over a bundle, and a bundle whose texts are overridden, show what one bundle with the
// sources of both does, whatever texts each of them has, and report the same.
func TestLayerIsLikeLoad(t *testing.T) {
	bank := catalogtest.Temporary(t, catalog.NewDomain("bank"))
	n, currency := catalog.Int("N", 3), bank.Label("euro", "euro")
	low := bank.Define(1, "LOW", catalog.Spec{
		Title: "Too low", Detail: "{{.N}} coins", Plural: catalog.Plural{By: n, One: "one coin", Zero: "no coins"},
		Help: "Earn.", Params: catalog.Params{n},
	})
	shut := bank.Define(2, "SHUT", catalog.Spec{Title: "Shut", Detail: "Come again."})
	hello := bank.Phrase("hello", catalog.PhraseSpec{Text: "Hello"})
	tables := []string{
		"[LOW.title]\nother = \"%s t\"\n", "[LOW.detail]\none = \"%s o\"\nother = \"%[1]s d{{.N}}\"\n",
		"[LOW.detail_zero]\nother = \"%s z\"\n", "[LOW.help]\nother = \"%s h\"\n",
		"[SHUT.title]\nother = \"%s s\"\n", "[SHUT.detail]\nother = \"%s c\"\n", "[SHUT.detail]\nother = \"%s {{.X}}\"\n",
		"[labels.euro]\nother = \"%s e\"\n", "[phrases.hello]\nother = \"%s p\"\n",
	}
	random := rand.New(rand.NewPCG(1, 2))
	source := func(name string) option {
		fsys := fstest.MapFS{}
		for _, tag := range []string{"de", "de-AT", "en", "fr", "pl"} {
			if random.IntN(3) == 0 {
				continue
			}
			var text strings.Builder
			for _, table := range tables {
				if head, _, _ := strings.Cut(table, "\n"); random.IntN(3) == 0 && !strings.Contains(text.String(), head) {
					fmt.Fprintf(&text, table, name+" "+tag)
				}
			}
			fsys[tag+".toml"] = &fstest.MapFile{Data: []byte(text.String())}
		}
		return from(bank, fsys)
	}
	shown := func(bundle *errlingo.Bundle, events *[]string) string {
		*events = (*events)[:0]
		said := fmt.Sprintln(bundle.Locales())
		for _, reader := range []string{"de", "de-AT", "de-CH", "en-GB", "fr, pl;q=0.5", "pl", "en-XA", "cs"} {
			l := bundle.Localizer(reader)
			for _, err := range []error{low.New(n.Arg(0)), low.New(n.Arg(1)), low.New(n.Arg(5)), low, shut.New()} {
				said += fmt.Sprintf("%s: %+v\n", reader, l.Localize(err))
			}
			said += fmt.Sprintln(l.Label(currency), l.Phrase(hello.With()))
		}
		return said + strings.Join(*events, "\n")
	}
	for i := range 300 {
		var events []string
		options := []option{onEvent(func(e errlingo.Event) { events = append(events, e.String()) })}
		if i%2 == 0 {
			options = append(options, withPseudo)
		}
		under, over, above := source("under"), source("over"), source("above")
		want := shown(load(t, append(slices.Clone(options), under, over, above)...), &events)
		base := load(t, append(slices.Clone(options), under)...)
		layer := base
		for _, source := range []option{over, above} {
			next, err := layer.Layer(optionsOf([]option{source}).Sources...)
			if err != nil {
				t.Fatal(err)
			}
			layer = next
		}
		if got := shown(layer, &events); got != want {
			t.Fatalf("case %d: the layer shows\n%s\nwant\n%s", i, got, want)
		}
		changed := load(t, append(slices.Clone(options), under, over)...)
		for _, source := range []option{source("earlier"), above} {
			files := optionsOf([]option{source}).Sources[0].FS
			if err := changed.Override(t.Context(), bank, files); err != nil {
				t.Fatal(err)
			}
		}
		if got := shown(changed, &events); got != want {
			t.Fatalf("case %d: the bundle with other texts shows\n%s\nwant\n%s", i, got, want)
		}
		alone := shown(load(t, append(slices.Clone(options), under)...), &events)
		if got := shown(base, &events); got != alone {
			t.Fatalf("case %d: under a layer the base shows\n%s\nwant\n%s", i, got, alone)
		}
	}
}

func layer(t testing.TB, base *errlingo.Bundle, sources ...errlingo.Source) *errlingo.Bundle {
	t.Helper()
	over, err := base.Layer(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return over
}

func title(text string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("[CLOSED.title]\nother = \"" + text + "\"\n")}
}

func TestLayerReload(t *testing.T) {
	under := fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Bis morgen.\"\n")}}
	over := fstest.MapFS{"de.toml": title("Ruhetag")}
	base := load(t, from(shop, under))
	middle := layer(t, base, errlingo.Source{Domain: shop, FS: over})
	top := layer(t, middle)
	shown := func(b *errlingo.Bundle) string {
		l := b.Localizer("de")
		return l.Title(closed) + " " + l.Detail(closed)
	}
	steps := []struct {
		name   string
		change func() error
		want   string
	}{
		{"as loaded", func() error { return nil }, "Zu Bis morgen.|Ruhetag Bis morgen.|Ruhetag Bis morgen."},
		{"the base is reloaded", func() error {
			under["de.toml"].Data = []byte("[CLOSED.title]\nother = \"Aus\"\n[CLOSED.detail]\nother = \"Bis bald.\"\n")
			return base.Reload(t.Context())
		}, "Aus Bis bald.|Ruhetag Bis bald.|Ruhetag Bis bald."},
		{"the layer is reloaded", func() error {
			over["de.toml"] = title("Ferien")
			return middle.Reload(t.Context())
		}, "Aus Bis bald.|Ferien Bis bald.|Ferien Bis bald."},
		{"a file of the layer is gone", func() error {
			delete(over, "de.toml")
			if err := middle.Reload(t.Context()); err == nil {
				t.Error("no error")
			}
			return nil
		}, "Aus Bis bald.|Ferien Bis bald.|Ferien Bis bald."},
		{"and dropped", func() error { return middle.Reload(t.Context(), errlingo.DropMissing) },
			"Aus Bis bald.|Aus Bis bald.|Aus Bis bald."},
	}
	early := middle.Localizer("de")
	for _, step := range steps {
		if err := step.change(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if got := shown(base) + "|" + shown(middle) + "|" + shown(top); got != step.want {
			t.Errorf("%s: got %s, want %s", step.name, got, step.want)
		}
	}
	if got := early.Detail(closed); got != "Bis morgen." {
		t.Errorf("a localizer of before the reloads says %q", got)
	}
}

// A reload of a layer keeps the texts that its files lack, as that of a bundle does.
func TestLayerKeepsTexts(t *testing.T) {
	over := fstest.MapFS{"de.toml": {Data: []byte(germanTexts)}}
	top := layer(t, load(t, from(shop, nil)), errlingo.Source{Domain: shop, FS: over})
	over["de.toml"] = &fstest.MapFile{}
	if err := top.Reload(t.Context()); err == nil {
		t.Error("no error")
	}
	l := top.Localizer("de")
	if got := l.Title(outOfStock) + " " + l.Label(email).Value; got != "Nicht vorrätig E-Mail-Adresse" {
		t.Errorf("got %q", got)
	}
}

func TestLayerFindings(t *testing.T) {
	wrong := "[CLOSED.titel]\nother = \"x\"\n"
	var recorder recorder
	base := load(t, from(shop, files("de", wrong)), recorder.option())
	other := catalogtest.Temporary(t, catalog.NewDomain("other"))
	other.Define(1, "HELLO", catalog.Spec{Title: "Hello"})
	recorder.events = nil
	top := layer(t, base, errlingo.Source{Domain: shop, FS: files("fr", wrong)},
		errlingo.Source{Domain: other, FS: files("pl", "[HELLO.title]\nother = \"Witaj\"\n")})
	var got []string
	for _, f := range top.Findings() {
		got = append(got, f.Error())
	}
	want := `fr.toml:1:1: a code has no part "titel"|` +
		`pl.toml: no reader is shown the texts of domain "other" in pl, since domain "shop", which decides the locale, has no such file`
	if strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	recorder.expect(t, `invalid text in fr: fr.toml:1:1: a code has no part "titel"`,
		`unreachable locale: pl.toml: no reader is shown the texts of domain "other" in pl, since domain "shop", which decides the locale, has no such file`)
	_ = base.Reload(t.Context())
	if n := len(top.Findings()); n != 2 {
		t.Errorf("%d findings after a reload of the base, want 2", n)
	}
	if _, err := base.Layer(errlingo.Source{Domain: shop, FS: files("de", "[")}); err == nil {
		t.Error("a file that isn't TOML is accepted")
	}
	strict, err := errlingo.Load(errlingo.Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := strict.Layer(errlingo.Source{Domain: shop, FS: files("de", wrong)}); err == nil {
		t.Error("a finding is accepted although the base is strict")
	}
	defer func() {
		if got := fmt.Sprint(recover()); got != "errlingo: Layer: Sources[0] has no domain" {
			t.Errorf("panic %q", got)
		}
	}()
	_, _ = base.Layer(errlingo.Source{})
}

func TestLayerPseudo(t *testing.T) {
	other := catalogtest.Temporary(t, catalog.NewDomain("other"))
	hello := other.Define(1, "HELLO", catalog.Spec{Title: "Hello"})
	top := layer(t, load(t, from(shop, nil), withPseudo), errlingo.Source{Domain: other})
	if got := top.Localizer("en-XA").Title(hello); !strings.HasPrefix(got, "[") {
		t.Errorf("title in en-XA: %q", got)
	}
}

// Readers of a layer get whole texts, of before or after, while it and its base are reloaded.
func TestLayerWhileReloading(t *testing.T) {
	var mu sync.Mutex
	number := 0
	text := func(name string) func() string {
		return func() string {
			mu.Lock()
			defer mu.Unlock()
			number++
			return fmt.Sprintf("[CLOSED.title]\nother = \"%s %d\"\n[CLOSED.detail]\nother = \"%[1]s %[2]d\"\n", name, number)
		}
	}
	base := load(t, from(shop, changing{text("base")}))
	top := layer(t, base, errlingo.Source{Domain: shop, FS: changing{func() string {
		return strings.Replace(text("top")(), "CLOSED", "OUT_OF_STOCK", 2)
	}}})
	done := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				l := top.Localizer("de")
				for _, err := range []*catalog.Code{closed, outOfStock} {
					if title, detail := l.Title(err), l.Detail(err); title != detail {
						t.Errorf("title %q with detail %q", title, detail)
						return
					}
				}
			}
		})
	}
	for _, b := range []*errlingo.Bundle{base, top} {
		writers.Go(func() {
			for range 200 {
				if err := b.Reload(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	for _, b := range []*errlingo.Bundle{base, top} {
		if err := b.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	mu.Lock()
	last := number
	mu.Unlock()
	got := top.Localizer("de").Title(outOfStock)
	if want := fmt.Sprint("top ", last); got != want {
		t.Errorf("after the last reload: %q, want %q", got, want)
	}
}

// customers are the files of a customer in three languages.
var customers = fstest.MapFS{
	"de.toml": {Data: []byte("[INTERNAL_SERVER_ERROR.title]\nother = \"Bei uns im Verein klemmt etwas\"\n")},
	"en.toml": {Data: []byte("[INTERNAL_SERVER_ERROR.title]\nother = \"Something is stuck at our club\"\n[FILE_TOO_LARGE.help]\nother = \"Ask the treasurer.\"\n")},
	"ar.toml": {Data: []byte("[INTERNAL_SERVER_ERROR.title]\nother = \"حدث خطأ في نادينا\"\n")},
}

// layerBytes returns how many bytes a layer of three small files takes.
func layerBytes(t testing.TB) uint64 {
	base := load(t, from(codes.Domain, locales.FS))
	layers := make([]*errlingo.Bundle, 100)
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before := heap()
	for i := range layers {
		layers[i] = layer(t, base, errlingo.Source{Domain: codes.Domain, FS: customers})
	}
	bytes := (heap() - before) / uint64(len(layers))
	if got := layers[0].Localizer("de").Title(codes.InternalServerError); got != "Bei uns im Verein klemmt etwas" {
		t.Errorf("got %q", got)
	}
	runtime.KeepAlive(base)
	return bytes
}

func BenchmarkLayer(b *testing.B) {
	base := load(b, from(codes.Domain, locales.FS))
	b.ReportAllocs()
	for b.Loop() {
		layer(b, base, errlingo.Source{Domain: codes.Domain, FS: customers})
	}
	b.ReportMetric(float64(layerBytes(b)), "B/layer")
}
