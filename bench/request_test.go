package bench_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/bench/internal/fixture"
)

// header is the Accept-Language of a German browser.
var header = headerOf("de")

// headerOf returns the Accept-Language of a browser in the language: a regional tag, the language,
// and English. The main region of the language must have the same code.
func headerOf(tag string) string {
	return fmt.Sprintf("%s-%s,%s;q=0.9,en-US;q=0.8,en;q=0.7", tag, strings.ToUpper(tag), tag)
}

// headers returns so many headers that each has left the cache by the time it is used again.
func headers() []string {
	headers := make([]string, 0, 1<<14)
	for i := range cap(headers) {
		headers = append(headers,
			fmt.Sprintf("de-DE,de;q=0.9,en-US;q=0.%03d,en;q=0.%03d", 128+i>>7, 128+i&127))
	}
	return headers
}

// BenchmarkNegotiate finds the locale for a header seen before. Go-i18n has no such step: it
// matches again for each text and only returns the locale along with a text, here one without
// arguments.
func BenchmarkNegotiate(b *testing.B) { negotiate(b, []string{header}) }

// BenchmarkNegotiateFirst finds the locale for a header not seen before.
func BenchmarkNegotiateFirst(b *testing.B) { negotiate(b, headers()) }

func negotiate(b *testing.B, headers []string) {
	p := newPeers(b)
	last := len(headers) - 1 // the length is a power of two
	b.Run("errlingo", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if p.bundle.Localizer(headers[i&last]).Locale() != language.German {
				b.Fatal("the locale is not German")
			}
		}
	})
	b.Run("go-i18n", func(b *testing.B) {
		b.ReportAllocs()
		config := i18n.LocalizeConfig{MessageID: "ORDER_CLOSED.detail"}
		for i := 0; b.Loop(); i++ {
			_, tag, err := i18n.NewLocalizer(p.goI18n, headers[i&last]).LocalizeWithTag(&config)
			if err != nil || tag != language.German {
				b.Fatalf("the locale is %v: %v", tag, err)
			}
		}
	})
	b.Run("x-text", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, n := language.MatchStrings(p.matcher, headers[i&last]); p.set.Locales[n].Tag != "de" {
				b.Fatal("the locale is not German")
			}
		}
	})
	b.Run("universal-translator", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if p.translators[p.match(headers[i&last])].Locale() != "de" {
				b.Fatal("the locale is not German")
			}
		}
	})
	b.Run("gotext", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if p.catalogs[p.match(headers[i&last])].Language != "de" {
				b.Fatal("the locale is not German")
			}
		}
	})
}

// BenchmarkRequest measures a request, from a header seen before to the detail of an error with one
// argument. The error, or what the other libraries use instead, exists already.
func BenchmarkRequest(b *testing.B) {
	p := newPeers(b)
	args := p.locale("de").Args
	err := args.Error(p.set.Domain.Code("ORDER_NOT_FOUND"))
	config := i18n.LocalizeConfig{MessageID: "ORDER_NOT_FOUND.detail", TemplateData: args.Map()}
	values := []any{args.Item}
	b.Run("errlingo-append", func(b *testing.B) {
		b.ReportAllocs()
		buf := make([]byte, 0, 512)
		for b.Loop() {
			buf = p.bundle.Localizer(header).AppendDetail(buf[:0], err)
		}
	})
	b.Run("errlingo-string", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = p.bundle.Localizer(header).Detail(err)
		}
	})
	b.Run("go-i18n", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = i18n.NewLocalizer(p.goI18n, header).MustLocalize(&config)
		}
	})
	b.Run("x-text-append", func(b *testing.B) {
		b.ReportAllocs()
		var buf bytes.Buffer
		for b.Loop() {
			buf.Reset()
			_, _ = p.printerFor(header).Fprintf(&buf, config.MessageID, values...)
		}
	})
	b.Run("x-text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = p.printerFor(header).Sprintf(config.MessageID, values...)
		}
	})
	b.Run("universal-translator", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = p.translators[p.match(header)].T("ORDER_NOT_FOUND.detail", args.Item)
		}
	})
	b.Run("gotext", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = lookUp(p.catalogs[p.match(header)], "ORDER_NOT_FOUND.detail", false, 0, values)
		}
	})
}

// BenchmarkRequestNewError is BenchmarkRequest, but it creates the error in the loop, or what the
// other libraries use instead: a config with a map, or a list of values.
func BenchmarkRequestNewError(b *testing.B) {
	p := newPeers(b)
	code := p.set.Domain.Code("ORDER_NOT_FOUND")
	item := p.locale("de").Args.Item
	b.Run("errlingo-append", func(b *testing.B) {
		b.ReportAllocs()
		buf := make([]byte, 0, 512)
		for b.Loop() {
			buf = p.bundle.Localizer(header).AppendDetail(buf[:0], code.New(fixture.Item.Arg(item)))
		}
	})
	b.Run("errlingo-string", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = p.bundle.Localizer(header).Detail(code.New(fixture.Item.Arg(item)))
		}
	})
	b.Run("go-i18n", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = i18n.NewLocalizer(p.goI18n, header).MustLocalize(&i18n.LocalizeConfig{
				MessageID:    "ORDER_NOT_FOUND.detail",
				TemplateData: map[string]any{"Item": item},
			})
		}
	})
	b.Run("x-text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = p.printerFor(header).Sprintf("ORDER_NOT_FOUND.detail", item)
		}
	})
	b.Run("universal-translator", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = p.translators[p.match(header)].T("ORDER_NOT_FOUND.detail", item)
		}
	})
	b.Run("gotext", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = lookUp(p.catalogs[p.match(header)], "ORDER_NOT_FOUND.detail", false, 0, []any{item})
		}
	})
}
