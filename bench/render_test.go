package bench_test

import (
	"bytes"
	"slices"
	"testing"

	ut "github.com/go-playground/universal-translator"
	"github.com/leonelquinteros/gotext"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/bench/internal/fixture"
)

// The benchmarks in this file render the text of an error with a localizer that exists already. It
// was made from what a browser in that language sends. The input is also made outside of the loop:
// the error for errlingo, the config with its map for go-i18n, and the values for x/text. Errlingo
// and x/text can append to a buffer; go-i18n only returns strings.

// task is a text to render, prepared for each library.
type task struct {
	err    error
	config i18n.LocalizeConfig
	values []any
	key    string

	localizer *errlingo.Localizer
	goI18n    *i18n.Localizer
	printer   *message.Printer

	universal ut.Translator
	gotext    *gotext.Po
	plural    bool
	count     int
	strings   []string
}

// newTask prepares the detail of a code in a locale.
func newTask(t testing.TB, tag, code string, count int) *task {
	t.Helper()
	p := newPeers(t)
	locale := p.locale(tag)
	args := locale.Args
	args.Left = count
	key := code + ".detail"
	text := textOf(t, locale, key)
	return &task{
		err: args.Error(p.set.Domain.Code(code)),
		config: i18n.LocalizeConfig{MessageID: key, TemplateData: args.Map(),
			PluralCount: pluralCount(text, count)},
		values: args.List(text.Params),
		key:    key,

		localizer: p.bundle.Localizer(headerOf(tag)),
		goI18n:    i18n.NewLocalizer(p.goI18n, headerOf(tag)),
		printer:   p.printerFor(headerOf(tag)),

		universal: p.translators[p.index(tag)], gotext: p.catalogs[p.index(tag)],
		plural: len(text.Forms) > 1, count: count, strings: args.Strings(text.Params),
	}
}

func textOf(t testing.TB, locale *fixture.Locale, id string) *fixture.Text {
	t.Helper()
	for i := range locale.Texts {
		if locale.Texts[i].ID == id {
			return &locale.Texts[i]
		}
	}
	t.Fatalf("no text %s", id)
	return nil
}

func (w *task) run(b *testing.B) {
	w.runErrlingo(b)
	b.Run("go-i18n", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := w.goI18n.Localize(&w.config); err != nil {
				b.Fatal(err)
			}
		}
	})
	w.runXText(b)
	w.runUniversal(b)
	b.Run("gotext", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = lookUp(w.gotext, w.key, w.plural, w.count, w.values)
		}
	})
}

func (w *task) runUniversal(b *testing.B) {
	b.Run("universal-translator", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = translate(w.universal, w.key, w.plural, w.count, w.strings)
		}
	})
}

func (w *task) runErrlingo(b *testing.B) {
	b.Run("errlingo-append", func(b *testing.B) {
		b.ReportAllocs()
		buf := make([]byte, 0, 512)
		for b.Loop() {
			buf = w.localizer.AppendDetail(buf[:0], w.err)
		}
	})
	b.Run("errlingo-string", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = w.localizer.Detail(w.err)
		}
	})
}

func (w *task) runXText(b *testing.B) {
	b.Run("x-text-append", func(b *testing.B) {
		b.ReportAllocs()
		var buf bytes.Buffer
		for b.Loop() {
			buf.Reset()
			_, _ = w.printer.Fprintf(&buf, w.key, w.values...)
		}
	})
	b.Run("x-text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = w.printer.Sprintf(w.key, w.values...)
		}
	})
}

// BenchmarkPlain renders a text without arguments, in German.
func BenchmarkPlain(b *testing.B) { newTask(b, "de", "ORDER_CLOSED", 0).run(b) }

// BenchmarkOneArgument renders a text with one string, in German.
func BenchmarkOneArgument(b *testing.B) { newTask(b, "de", "ORDER_NOT_FOUND", 0).run(b) }

// BenchmarkThreeArguments renders a text with three strings, in German.
func BenchmarkThreeArguments(b *testing.B) { newTask(b, "de", "ORDER_FORBIDDEN", 0).run(b) }

// BenchmarkPluralRussian renders a plural text with a number in the category "few" and a string.
func BenchmarkPluralRussian(b *testing.B) { newTask(b, "ru", "ORDER_TOO_FEW", 3).run(b) }

// BenchmarkGroupedNumber renders a plural text with a number that is written 1.234.567 in German.
// Go-i18n and gotext do not group digits, so they get a string formatted by x/text.
func BenchmarkGroupedNumber(b *testing.B) {
	w := newTask(b, "de", "ORDER_TOO_FEW", grouped)
	w.runErrlingo(b)
	b.Run("go-i18n", func(b *testing.B) {
		b.ReportAllocs()
		numbers := message.NewPrinter(language.German)
		for b.Loop() {
			w.setNumber(numbers)
			if _, err := w.goI18n.Localize(&w.config); err != nil {
				b.Fatal(err)
			}
		}
	})
	w.runXText(b)
	w.runUniversal(b)
	b.Run("gotext", func(b *testing.B) {
		b.ReportAllocs()
		numbers, values := message.NewPrinter(language.German), slices.Clone(w.values)
		for b.Loop() {
			values[0] = numbers.Sprintf("%d", grouped)
			_ = lookUp(w.gotext, w.key, w.plural, w.count, values)
		}
	})
}

const grouped = 1_234_567

// setNumber puts the number, formatted by the printer, into the data of go-i18n.
func (w *task) setNumber(numbers *message.Printer) {
	w.config.TemplateData.(map[string]any)["Left"] = numbers.Sprintf("%d", grouped)
}

// TestSameRendering checks that all libraries return the same text for the tasks above, including
// the grouped number, which [TestSameOutput] leaves out.
func TestSameRendering(t *testing.T) {
	tests := []struct {
		name, tag, code string
		count           int
	}{
		{"plain", "de", "ORDER_CLOSED", 0},
		{"one argument", "de", "ORDER_NOT_FOUND", 0},
		{"three arguments", "de", "ORDER_FORBIDDEN", 0},
		{"Russian plural", "ru", "ORDER_TOO_FEW", 3},
		{"grouped number", "de", "ORDER_TOO_FEW", grouped},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newTask(t, test.tag, test.code, test.count)
			if test.count == grouped {
				w.setNumber(message.NewPrinter(language.German))
			}
			want := w.localizer.Detail(w.err)
			if got := string(w.localizer.AppendDetail(nil, w.err)); got != want {
				t.Errorf("errlingo appends %q and returns %q", got, want)
			}
			if got := w.goI18n.MustLocalize(&w.config); got != want {
				t.Errorf("go-i18n has %q, errlingo %q", got, want)
			}
			if got := w.printer.Sprintf(w.key, w.values...); got != want {
				t.Errorf("x/text has %q, errlingo %q", got, want)
			}
			if got := translate(w.universal, w.key, w.plural, w.count, w.strings); got != want {
				t.Errorf("universal-translator has %q, errlingo %q", got, want)
			}
			if test.count == grouped {
				w.values[0] = message.NewPrinter(language.German).Sprintf("%d", grouped)
			}
			if got := lookUp(w.gotext, w.key, w.plural, w.count, w.values); got != want {
				t.Errorf("gotext has %q, errlingo %q", got, want)
			}
		})
	}
}
