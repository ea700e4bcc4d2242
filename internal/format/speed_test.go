package format_test

import (
	"testing"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/errlingo/errlingo/internal/format"
)

// plainValues are the values that are appended without allocating.
var plainValues = []struct {
	name  string
	value format.Value
}{
	{"grouped number", format.Whole(format.Int, false, 1234567)},
	{"float", format.Float(format.Number, 1234567.891)},
	{"percentage", format.Float(format.Percent, 0.1234)},
	{"decimal", format.Decimal("1234567.50")},
	{"size", format.Whole(format.Bytes, false, 1_234_567)},
	{"duration", format.Span(format.Duration, 90*time.Minute)},
	{"wait", format.Span(format.RelativeTime, 90*time.Second)},
	{"moment", format.Moment(format.Time, time.Date(2026, 1, 5, 14, 5, 9, 0, time.UTC))},
	{"date", format.Moment(format.Date, time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC))},
	{"range of dates", format.Range(day(5), day(8))},
	{"money", format.Amount("1234567.50", "EUR")},
	{"string", format.Text(format.String, "Blue socks")},
}

func TestAppendDoesNotAllocate(t *testing.T) {
	for _, locale := range []string{"en", "de", "ru", "ar-EG", "hi", "zh-Hant"} {
		l := format.For(language.MustParse(locale))
		for _, v := range plainValues {
			t.Run(locale+" "+v.name, func(t *testing.T) {
				buf := make([]byte, 0, 128)
				if n := testing.AllocsPerRun(100, func() { l.Append(buf, &v.value, nil) }); n != 0 {
					t.Errorf("%v allocations", n)
				}
			})
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	l := format.For(language.German)
	buf := make([]byte, 0, 128)
	for _, v := range plainValues {
		b.Run(v.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buf = l.Append(buf[:0], &v.value, nil)
			}
		})
	}
}

// BenchmarkGroupedNumber compares a grouped number with x/text's.
func BenchmarkGroupedNumber(b *testing.B) {
	b.Run("errlingo", func(b *testing.B) {
		b.ReportAllocs()
		l, v := format.For(language.German), format.Whole(format.Int, false, 1234567)
		buf := make([]byte, 0, 64)
		for b.Loop() {
			buf = l.Append(buf[:0], &v, nil)
		}
	})
	b.Run("x/text", func(b *testing.B) {
		b.ReportAllocs()
		printer := message.NewPrinter(language.German)
		for b.Loop() {
			printer.Sprintf("%d", 1234567)
		}
	})
}

func BenchmarkFor(b *testing.B) {
	for _, locale := range []string{"en", "es-MX", "zh-TW", "tlh", "de-u-nu-arab"} {
		tag := language.MustParse(locale)
		b.Run(locale, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				format.For(tag)
			}
		})
	}
}
