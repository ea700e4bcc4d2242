package errlingo_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
)

// hostileUnits are parts of headers that were made to break a parser or to keep it busy.
var hostileUnits = []string{
	"en_t_en-", "_", "*", "-", "a-", "x-", "i-", "u-", "en-u-va-posix-", "en-x-", "zh-min-nan", "sgn-BE-FR-",
	"art-lojban", "en;q=NaN", "en;q=1e9", "en;q=-1", "en;q=;", ";q=0", "*;q=0", "\x00", "\xff", "\x7f\t",
	"\u202e", "ü", "\"en\"", "en=", "{{.Item}}", "%s%n", "../de",
}

// hostileWays put units together to a header.
var hostileWays = []struct {
	name string
	make func(unit string) string
}{
	{"once", func(unit string) string { return unit }},
	{"in a row", func(unit string) string { return strings.Repeat(unit, 1000) }},
	{"1 MiB in a row", func(unit string) string { return strings.Repeat(unit, 1<<20/len(unit)) }},
	{"in a list", func(unit string) string { return strings.Repeat(unit+",", 1000) }},
	{"1 MiB in a list", func(unit string) string { return strings.Repeat(unit+", ", 1<<20/len(unit)) }},
	{"before German", func(unit string) string { return unit + "," + unit + ",de" }},
	{"after German", func(unit string) string { return "de," + strings.Repeat(unit, 500) }},
	{"in German", func(unit string) string { return "de-" + unit + ";q=0." + unit }},
}

// TestHostilePreferences sends headers that were made to break a parser. Each is given one of the
// bundle's locales, and takes at most 16 KiB.
func TestHostilePreferences(t *testing.T) {
	bundle := load(t, from(shop, files("de", germanTexts)))
	if n := len(hostileUnits) * len(hostileWays); n < 200 {
		t.Errorf("only %d headers", n)
	}
	for _, way := range hostileWays {
		for _, unit := range hostileUnits {
			header := way.make(unit)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			locale := bundle.Localizer(header).Locale().String()
			runtime.ReadMemStats(&after)
			if locale != "en" && locale != "de" {
				t.Errorf("%q %s: locale %s", unit, way.name, locale)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 16<<10 {
				t.Errorf("%q %s: %d bytes", unit, way.name, n)
			}
		}
	}
}

// BenchmarkHostilePreferences measures the headers of TestHostilePreferences.
func BenchmarkHostilePreferences(b *testing.B) {
	bundle := load(b, from(shop, files("de", germanTexts)))
	for _, way := range hostileWays {
		headers := make([]string, len(hostileUnits))
		for i, unit := range hostileUnits {
			headers[i] = way.make(unit)
		}
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				bundle.Localizer(headers[i%len(headers)])
			}
		})
	}
}

// TestDistinctPreferences sends headers of which no two are the same. What is remembered of them
// has a bound.
func TestDistinctPreferences(t *testing.T) {
	headers := 50_000
	if os.Getenv("ERRLINGO_LONG") != "" {
		headers = 1_000_000
	}
	bundle := load(t, from(shop, files("de", germanTexts)))
	var start, end runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&start)
	padding := strings.Repeat("x", 900)
	for i := range headers {
		if got := bundle.Localizer(fmt.Sprintf("de,x-%d,%s", i, padding)).Locale().String(); got != "de" {
			t.Fatalf("header %d: locale %s", i, got)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&end)
	grown := int64(end.HeapAlloc) - int64(start.HeapAlloc)
	t.Logf("%d headers, the heap grew by %d KiB", headers, grown>>10)
	if grown > 1<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	runtime.KeepAlive(bundle)
}

// shuffled is a file system that lists its files in another order each time.
type shuffled struct{ fstest.MapFS }

func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := s.MapFS.ReadDir(name)
	rand.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries, err
}

// TestLoadIsDeterministic loads the same files in many orders.
func TestLoadIsDeterministic(t *testing.T) {
	texts := files("de", germanTexts, "de-AT", germanTexts, "fr", germanTexts, "pt-BR", "x = 1",
		"sv", "[NO_CODE.title]\nother = \"x\"\n")
	load := func() string {
		bundle, err := errlingo.Load(optionsOf([]option{from(shop, shuffled{texts})}))
		if err != nil {
			t.Fatal(err)
		}
		said := fmt.Sprintln(bundle.Locales(), bundle.Findings())
		for _, header := range []string{"de-CH", "fr,de", "pt", "sv;q=0.5,en", "*"} {
			localizer := bundle.Localizer(header)
			said += fmt.Sprintln(localizer.Locale(), localizer.Detail(badField.New(field.Arg(email))))
		}
		return said
	}
	first := load()
	for range 100 {
		if again := load(); again != first {
			t.Fatalf("got\n%s\nand before\n%s", again, first)
		}
	}
}
