package format_test

import (
	"sync"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

// TestFor checks which locale's data a tag gets, by a text that only that locale has.
func TestFor(t *testing.T) {
	date := format.Moment(format.Date, time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC))
	number := format.Float(format.Number, -12345.5)
	tests := []struct {
		name  string
		tag   string
		value format.Value
		want  string
	}{
		{"Mexico by way of Latin America", "es-MX", date, "5 de enero de 2026"},
		{"Japan by way of Latin America", "es-JP", number, "-12,345.5"},
		{"Antigua has no data", "es-AG", number, "-12.345,5"},
		{"Angola by way of Portugal", "pt-AO", date, "5 de janeiro de 2026"},
		{"France by way of Portugal", "pt-FR", date, "5 de janeiro de 2026"},
		{"Brazil", "pt-BR", date, "5 de janeiro de 2026"},
		{"Australia by way of the world", "en-AU", date, "5 January 2026"},
		{"Hong Kong", "zh-HK", date, "2026年1月5日"},
		{"Hong Kong with its script", "zh-Hant-HK", format.Float(format.Number, 1), "1"},
		{"Taiwan has traditional letters", "zh-TW", format.Span(format.RelativeTime, time.Minute),
			"1 分鐘後"},
		{"Singapore has simplified letters", "zh-SG", format.Span(format.RelativeTime, time.Minute),
			"1分钟后"},
		{"Mandarin is Chinese", "cmn", format.Span(format.RelativeTime, time.Minute), "1分钟后"},
		{"Dari is Persian of Afghanistan", "prs", date, "۱۵ جدی ۱۴۰۴"},
		{"no seconds in Portugal", "pt-PT", format.Span(format.Duration, 0), "0 segundos"},
		{"no seconds in Angola, V8", "pt-AO", format.Span(format.Duration, 0), "0 segundo"},
		{"no seconds in Switzerland, V9", "pt-CH", format.Span(format.Duration, 0), "0 segundo"},
		{"no seconds in France, without data of its own", "pt-FR", format.Span(format.Duration, 0),
			"0 segundo"},
		{"Bokmål", "nb-NO", number, "−12\u00a0345,5"},
		{"Nynorsk", "nn", format.Span(format.Duration, 2*time.Hour), "2 timar"},
		{"Norwegian", "no-NO", format.Span(format.Duration, 2*time.Hour), "2 timer"},
		{"Montenegro has Latin letters", "sr-ME", format.Span(format.Duration, 2*time.Hour), "2 sata"},
		{"Serbia has Cyrillic letters", "sr-RS", format.Span(format.Duration, 2*time.Hour), "2 сата"},
		{"Serbo-Croatian", "sh", format.Span(format.Duration, 2*time.Hour), "2 sata"},
		{"Indonesia has Latin letters", "ms-ID", format.Span(format.Duration, 2*time.Hour), "2 jam"},
		{"the usual script", "de-Latn-AT", date, "5. Jänner 2026"},
		{"the usual script of Chinese", "zh-Hans-CN", format.Span(format.RelativeTime, time.Minute),
			"1分钟后"},
		{"an unusual script", "ru-Latn", format.Span(format.Duration, 2*time.Hour), "2 h"},
		{"Hindi in Latin letters", "hi-Latn", format.Span(format.Duration, 2*time.Hour), "2 ghante"},
		{"a variant", "el-polyton", format.Moment(format.Date,
			time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC)), "2 Ὀκτωβρίου 2026"},
		{"a variant with a region", "ca-ES-valencia", format.Span(format.Duration, 2*time.Hour),
			"2 hores"},
		{"an unknown variant", "de-1996", number, "-12.345,5"},
		{"deprecated codes", "iw", format.Span(format.Duration, 2*time.Hour), "שעתיים"},
		{"pseudo-locale", "en-XA", format.Span(format.Duration, 2*time.Hour), "2 hours"},
		{"pseudo-locale from right to left", "ar-XB", format.Span(format.RelativeTime, 0), "الآن"},
		{"no language", "und", date, "2026 M01 5"},
		{"no language but a region", "und-DE", number, "-12,345.5"},
		{"a language that CLDR does not cover well", "tlh", number, "-12,345.5"},
		{"private use", "x-house", number, "-12,345.5"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(test.tag, test.value); got != test.want {
				t.Errorf("%s: got %+q (%s), want %+q", test.tag, got, got, test.want)
			}
		})
	}
}

func TestForUnparsed(t *testing.T) {
	iw := language.Raw.Make("iw")
	v := format.Span(format.Duration, 2*time.Hour)
	if got := string(format.For(iw).Append(nil, &v, nil)); got != "שעתיים" {
		t.Errorf("a tag that is not canonical: got %q", got)
	}
	if got := string(format.For(language.Tag{}).Append(nil, &v, nil)); got != "2 h" {
		t.Errorf("the zero tag: got %q", got)
	}
}

func TestMoment(t *testing.T) {
	night := time.Date(2026, 1, 5, 0, 5, 9, 0, time.UTC)
	noon := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		locale string
		value  format.Value
		want   string
	}{
		{"American", "en", format.Moment(format.Time, night), "January 5, 2026 at 12:05\u202fAM UTC"},
		{"American noon", "en", format.Moment(format.TimeOfDay, noon), "12:00\u202fPM"},
		{"German", "de", format.Moment(format.Time, night), "5. Januar 2026 um 00:05 UTC"},
		{"text in a pattern", "pt", format.Moment(format.Date, noon), "25 de novembro de 2026"},
		{"text between date and time", "fi", format.Moment(format.Time, noon), "25. marraskuuta 2026 klo 12.00 UTC"},
		{"letters right behind a field", "ko-CN", format.Moment(format.TimeOfDay, noon), "12:00"},
		{"part of the day", "zh-Hant", format.Moment(format.TimeOfDay, night), "凌晨12:05"},
		{"Persian in Iran", "fa", format.Moment(format.Date, night), "۱۵ دی ۱۴۰۴"},
		{"Buddhist in Thailand", "th", format.Moment(format.Date, night), "5 มกราคม 2569"},
		{"the calendar asked for", "de-u-ca-buddhist",
			format.Moment(format.Date, night), "5. Januar 2569 BE"},

		{"twelve hours asked for", "de-u-hc-h12", format.Moment(format.TimeOfDay, night),
			"12:05\u202fAM"},
		{"eleven hours asked for", "de-u-hc-h11", format.Moment(format.TimeOfDay, night),
			"0:05\u202fAM"},
		{"eleven hours at noon", "ja-u-hc-h11", format.Moment(format.TimeOfDay, noon), "午後0:00"},
		{"twenty-three hours asked for", "en-u-hc-h23", format.Moment(format.Time, night),
			"January 5, 2026 at 00:05 UTC"},
		{"twenty-four hours asked for", "en-u-hc-h24", format.Moment(format.TimeOfDay, night),
			"24:05"},
		{"what the locale has anyway", "en-u-hc-h12", format.Moment(format.TimeOfDay, night),
			"12:05\u202fAM"},
		{"an unknown cycle", "en-u-hc-h99", format.Moment(format.TimeOfDay, night), "12:05\u202fAM"},

		{"Germans in the United States", "de-US", format.Moment(format.TimeOfDay, noon),
			"12:00\u202fPM"},
		{"Spaniards in Brazil", "es-BR", format.Moment(format.TimeOfDay, noon), "12:00"},
		{"a clock that goes with the language", "fr-CA", format.Moment(format.TimeOfDay, noon),
			"12 h 00"},
		{"an h that is not an hour", "fr-CA-u-hc-h12", format.Moment(format.TimeOfDay, noon),
			"12 h 00\u202fp.m."},
		{"the locale's own pattern for the hours asked for", "bg-u-hc-h23",
			format.Moment(format.TimeOfDay, noon), "12:00"},
		{"Germany", "de-DE", format.Moment(format.TimeOfDay, noon), "12:00"},
		{"the United States", "en-US", format.Moment(format.TimeOfDay, noon), "12:00\u202fPM"},
		{"English in Germany", "en-DE", format.Moment(format.TimeOfDay, noon), "12:00"},
		{"English in Mongolia", "en-MN", format.Moment(format.TimeOfDay, noon), "12:00"},
		{"a pseudo-region", "en-XA", format.Moment(format.TimeOfDay, noon), "12:00\u202fPM"},
		{"the zone's own offset", "en-u-hc-h23", format.Moment(format.TimeOfDay,
			noon.In(time.FixedZone("", 3600))), "13:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(test.locale, test.value); got != test.want {
				t.Errorf("got %+q, want %+q", got, test.want)
			}
		})
	}
}

func TestZone(t *testing.T) {
	ctx := &format.Context{Zone: time.FixedZone("", -2*3600)}
	v := format.Moment(format.Time, time.Date(2026, 1, 1, 1, 30, 0, 0, time.FixedZone("", 3600)))
	if got := string(format.For(language.German).Append(nil, &v, ctx)); got != "31. Dezember 2025 um 22:30" {
		t.Errorf("got %q", got)
	}
}

// TestConcurrentUse counts with one locale from several goroutines at once.
func TestConcurrentUse(t *testing.T) {
	l := format.For(language.MustParse("sl-IT"))
	v := format.Span(format.Duration, 2*time.Hour)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := string(l.Append(nil, &v, nil)); got != "2 uri" {
				t.Errorf("got %q", got)
			}
		})
	}
	group.Wait()
}
