package format_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

// written returns the value as the locale writes it, without a context.
func written(locale string, v format.Value) string {
	return string(format.For(language.MustParse(locale)).Append(nil, &v, nil))
}

// TestReadable shows sizes and spans of time in languages whose plurals are rich, for people to
// read.
func TestReadable(t *testing.T) {
	size := func(n uint64) format.Value { return format.Whole(format.Bytes, false, n) }
	span := func(d time.Duration) format.Value { return format.Span(format.Duration, d) }
	wait := func(d time.Duration) format.Value { return format.Span(format.RelativeTime, d) }
	const day = 24 * time.Hour
	tests := []struct {
		locale string
		value  format.Value
		want   string
	}{
		{"ar-EG", size(1), "١\u00a0بايت"},
		{"ar-EG", size(2), "٢\u00a0بايت"},
		{"ar-EG", size(5), "٥\u00a0بايت"},
		{"ar-EG", size(100), "١٠٠\u00a0بايت"},
		{"ar-EG", size(1_500_000), "١٫٥\u00a0ميغابايت"},
		{"ar-EG", span(time.Minute), "دقيقة"},
		{"ar-EG", span(2 * time.Minute), "دقيقتان"},
		{"ar-EG", span(3 * time.Minute), "٣ دقائق"},
		{"ar-EG", span(11 * time.Minute), "١١ دقيقة"},
		{"ar-EG", span(90 * time.Minute), "ساعة و٣٠ دقيقة"},
		{"ar-EG", span(-time.Minute), "\u061c-دقيقة"},
		{"ar-EG", wait(2 * time.Minute), "خلال دقيقتين"},
		{"ar", wait(3 * day), "خلال 3 أيام"},

		{"pl", size(1), "1\u00a0bajt"},
		{"pl", size(1500), "1,5\u00a0kB"},
		{"pl", span(time.Minute), "1 minuta"},
		{"pl", span(2 * time.Minute), "2 minuty"},
		{"pl", span(5 * time.Minute), "5 minut"},
		{"pl", span(22 * time.Minute), "22 minuty"},
		{"pl", span(90 * time.Minute), "1 godzina i 30 minut"},
		{"pl", wait(time.Minute), "za 1 minutę"},
		{"pl", wait(2 * time.Minute), "za 2 minuty"},
		{"pl", wait(5 * time.Minute), "za 5 minut"},

		{"ru", size(1), "1\u00a0байт"},
		{"ru", size(1500), "1,5\u00a0кБ"},
		{"ru", span(time.Minute), "1 минута"},
		{"ru", span(2 * time.Minute), "2 минуты"},
		{"ru", span(5 * time.Minute), "5 минут"},
		{"ru", span(21 * time.Minute), "21 минута"},
		{"ru", wait(21 * time.Minute), "через 21 минуту"},
		{"ru", wait(12345 * day), "через 12\u00a0345 дней"},

		{"cy", size(1), "1\u00a0beit"},
		{"cy", size(2_000_000_000), "2\u00a0GB"},
		{"cy", span(0), "0 eiliad"},
		{"cy", span(day), "1 diwrnod"},
		{"cy", span(2 * day), "2 ddiwrnod"},
		{"cy", span(3 * day), "3 diwrnod"},
		{"cy", wait(2 * day), "ymhen deuddydd"},
		{"cy", wait(2 * time.Minute), "ymhen 2 munud"},

		{"sl", size(1), "1\u00a0bajt"},
		{"sl", size(2), "2\u00a0bajta"},
		{"sl", size(3), "3\u00a0bajti"},
		{"sl", size(5), "5\u00a0bajtov"},
		{"sl", span(time.Hour), "1 ura"},
		{"sl", span(2 * time.Hour), "2 uri"},
		{"sl", span(3 * time.Hour), "3 ure"},
		{"sl", span(5 * time.Hour), "5 ur"},
		{"sl", span(101 * time.Second), "1 minuta in 41 sekund"},
		{"sl", wait(2 * time.Hour), "čez 2 uri"},

		{"he", size(1), "1\u00a0בייט"},
		{"he", size(1_500_000), "1.5\u00a0MB"},
		{"he", span(time.Hour), "1 שעה"},
		{"he", span(2 * time.Hour), "שעתיים"},
		{"he", span(3 * time.Hour), "3 שעות"},
		{"he", wait(2 * time.Hour), "בעוד שעתיים (2)"},
		{"he", wait(20 * time.Minute), "בעוד 20 דקות"},
	}
	for _, test := range tests {
		t.Run(test.locale+" "+test.want, func(t *testing.T) {
			if got := written(test.locale, test.value); got != test.want {
				t.Errorf("got %+q (%s), want %+q (%s)", got, got, test.want, test.want)
			}
		})
	}
}

// TestOdd checks that every odd value has a sensible text, and that Fault reports it.
func TestOdd(t *testing.T) {
	tests := []struct {
		name  string
		value format.Value
		want  string // in English
		fault string
	}{
		{"nothing", format.Value{}, "", ""},
		{"not a number", format.Float(format.Number, math.NaN()), "NaN", "not a number"},
		{"infinite", format.Float(format.Number, math.Inf(1)), "∞", "infinite number"},
		{"infinite below zero", format.Float(format.Number, math.Inf(-1)), "-∞", "infinite number"},
		{"percentage that is not a number", format.Float(format.Percent, math.NaN()), "NaN%",
			"not a number"},
		{"negative zero", format.Float(format.Number, math.Copysign(0, -1)), "0", ""},
		{"negative and rounded to zero", format.Float(format.Number, -0.0004), "0", ""},
		{"whole negative zero", format.Whole(format.Int, true, 0), "0", ""},
		{"least int64", format.Whole(format.Int, true, 1<<63), "-9,223,372,036,854,775,808", ""},
		{"greatest int64", format.Whole(format.Int, false, math.MaxInt64), "9,223,372,036,854,775,807",
			""},
		{"greatest uint64", format.Whole(format.Int, false, math.MaxUint64), "18,446,744,073,709,551,615",
			""},
		{"greatest percentage", format.Whole(format.Percent, false, math.MaxUint64),
			"1,844,674,407,370,955,161,500%", ""},
		{"smallest float", format.Float(format.Number, math.SmallestNonzeroFloat64), "0", ""},
		{"no decimal", format.Decimal("12a"), "12a", `"12a", which is not a decimal number`},
		{"decimal without digits", format.Decimal(""), "–", "empty"},
		{"decimal with an exponent", format.Decimal("-1.5e3"), "-1,500", ""},
		{"decimal with a huge exponent", format.Decimal("1e999"), "1e999",
			`"1e999", which is not a decimal number`},
		{"decimal in hexadecimal", format.Decimal("0x1p4"), "0x1p4",
			`"0x1p4", which is not a decimal number`},
		{"decimal in hexadecimal with an e", format.Decimal("0x1ep4"), "0x1ep4",
			`"0x1ep4", which is not a decimal number`},
		{"decimal that is too long", format.Decimal(strings.Repeat("1", 300)), strings.Repeat("1", 255) +
			"…", fmt.Sprintf("%.40q, which is not a decimal number", strings.Repeat("1", 300))},
		{"two signs", format.Decimal("--1"), "--1", `"--1", which is not a decimal number`},

		{"negative size", format.Whole(format.Bytes, true, 1500), "-1.5\u00a0kB", "negative number of bytes"},
		{"greatest size", format.Whole(format.Bytes, false, math.MaxUint64), "18,446.8\u00a0PB", ""},
		{"size that is not a number", format.Float(format.Bytes, math.NaN()), "0\u00a0bytes", "not a number"},
		{"infinite size", format.Float(format.Bytes, math.Inf(1)), "18,446.8\u00a0PB", "infinite number"},

		{"no time", format.Span(format.Duration, 0), "0 seconds", ""},
		{"no time left", format.Span(format.RelativeTime, 0), "now", ""},
		{"in the past", format.Span(format.RelativeTime, -time.Hour), "now", "negative span of time"},
		{"negative duration", format.Span(format.Duration, -90*time.Minute), "-1 hour, 30 minutes",
			"negative span of time"},
		{"shortest duration", format.Span(format.Duration, math.MinInt64), "-106,752 days",
			"negative span of time"},
		{"longest duration", format.Span(format.Duration, math.MaxInt64), "106,752 days", ""},
		{"longest wait", format.Span(format.RelativeTime, math.MaxInt64), "in 106,752 days", ""},

		{"zero time", format.Moment(format.Date, time.Time{}), "January 1, 1", "zero time"},
		{"before our era", format.Moment(format.Date, time.Date(-43, 3, 15, 0, 0, 0, 0, time.UTC)),
			"March 15, -43", "year outside of 1 to 9999"},
		{"far future", format.Moment(format.Date, time.Date(123456, 3, 15, 0, 0, 0, 0, time.UTC)),
			"March 15, 123456", "year outside of 1 to 9999"},
		{"moment made as text", format.Text(format.Time, "noon"), "January 1, 1 at 12:00\u202fAM UTC",
			"no time"},

		{"range without days", format.Range(time.Time{}, time.Time{}), "January 1, 1", "zero time"},
		{"range without an end", format.Range(day(1), time.Time{}), "January 1, 2026\u2009–\u2009January 1, 1",
			"zero time"},
		{"range that ends before it begins", format.Range(day(8), day(5)), "January 8\u2009–\u20095, 2026",
			"range that ends before it begins"},
		{"range of one day", format.Range(day(5), day(5).Add(time.Hour)), "January 5, 2026", ""},

		{"money without a currency", format.Amount("12.50", ""), "12.50",
			`money in "", which is not a currency code of ISO 4217`},
		{"money in small letters", format.Amount("12.50", "eur"), "12.50 eur",
			`money in "eur", which is not a currency code of ISO 4217`},
		{"money in a long currency", format.Amount("12.50", "EUROS"), "12.50 EUROS",
			`money in "EUROS", which is not a currency code of ISO 4217`},
		{"money that is not a number", format.Amount("12,50", "EUR"), "12,50 EUR",
			`"12,50", which is not a decimal number`},
		{"money with an exponent", format.Amount("1e3", "EUR"), "1e3 EUR",
			`"1e3", which is not a decimal number`},
		{"money without digits", format.Amount("", "EUR"), "EUR", `"", which is not a decimal number`},
		{"money in an unknown currency", format.Amount("1", "QQQ"), "QQQ\u00a01.00", ""},
		{"much money", format.Amount("-"+strings.Repeat("9", 255), "EUR"),
			"-€" + strings.Repeat("999,", 84) + "999.00", ""},

		{"nil list", format.Several(format.And, nil), "–", "empty"},
		{"empty list", format.Several(format.Or, []format.Value{}), "–", "empty"},
		{"list of nothing", format.Several(format.And, make([]format.Value, 2)), "–",
			"value 1 of the list is missing"},
		{"list with a gap", format.Several(format.And, []format.Value{integer(1), {}, integer(3)}),
			"1 and 3", "value 2 of the list is missing"},
		{"list of odd values", format.Several(format.And,
			[]format.Value{integer(1), format.Decimal("x")}), "1 and x",
			`value 2 of the list: "x", which is not a decimal number`},
		{"list that is too long", format.Several(format.And, make([]format.Value, 101)), "–",
			"list of 101 values, of which 99 are shown"},
		{"list of an unknown join", format.Several(format.Join(9),
			[]format.Value{integer(1), integer(2)}), "1 or 2", ""},

		{"empty string", format.Text(format.String, ""), "–", "empty"},
		{"string of controls", format.Text(format.Literal, "\x00\x1b"), "–", ""},
		{"empty label", format.Named(nil, ""), "–", "empty"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written("en", test.value); got != test.want {
				t.Errorf("written as %+q, want %+q", got, test.want)
			}
			if got := test.value.Fault(); got != test.fault {
				t.Errorf("fault is %q, want %q", got, test.fault)
			}
		})
	}
}

func TestAppendNil(t *testing.T) {
	if got := format.For(language.English).Append([]byte("a"), nil, nil); string(got) != "a" {
		t.Errorf("got %q", got)
	}
}

func day(n int) time.Time { return time.Date(2026, time.January, n, 0, 0, 0, 0, time.UTC) }

func integer(n uint64) format.Value { return format.Whole(format.Int, false, n) }

// FuzzAppend checks that a value of any kind, made by any constructor, in any locale, is written
// without a panic, as valid UTF-8, and as something unless it is a missing argument; that its fault
// and its JSON can be told; and that what was in front of it stays.
func FuzzAppend(f *testing.F) {
	f.Add("en", uint8(format.Int), uint64(1234), 0.5, "text", int64(90))
	f.Add("ar-EG", uint8(format.Duration), uint64(1)<<63, -1e300, "-1.50", int64(-1)<<63)
	f.Add("he-u-nu-hebr-hc-h24", uint8(format.TimeOfDay), uint64(999_950), 1e-320, "1e5", int64(1)<<62)
	f.Add("zh-TW", uint8(format.List), uint64(0), 0.0, "", int64(0))
	f.Fuzz(func(t *testing.T, locale string, kind uint8, n uint64, float float64, text string,
		nanoseconds int64) {
		tag, _ := language.Parse(locale)
		l := format.For(tag)
		k := format.Kind(kind % uint8(format.DateRange+1))
		values := []format.Value{
			format.Whole(k, n%2 == 0, n), format.Float(k, float), format.Decimal(text), format.Text(k, text),
			format.Span(k, time.Duration(nanoseconds)),
			format.Moment(k, time.Unix(nanoseconds, int64(n>>2))),
			format.Named(text, text), format.Amount(text, locale),
			format.Range(time.Unix(nanoseconds, 0), time.Unix(int64(n>>2), 0)),
		}
		for i := range values {
			values[i] = values[i].Styled(format.Style(n))
		}
		values = append(values, format.Several(format.Join(kind), values))
		for i := range values {
			got := l.Append([]byte("> "), &values[i], &format.Context{Zone: time.FixedZone("",
				int(int32(n)))})
			switch {
			case string(got[:2]) != "> ":
				t.Fatalf("what was in front is gone: %q", got)
			case len(got) == 2 && values[i].Kind() != format.None:
				t.Fatalf("value %d of kind %v is written as nothing", i, values[i].Kind())
			case !utf8.Valid(got):
				t.Fatalf("value %d of kind %v is written as %q", i, values[i].Kind(), got)
			}
			values[i].Fault()
			if text := values[i].AppendJSON(nil); !json.Valid(text) || !utf8.Valid(text) {
				t.Fatalf("value %d of kind %v is %q in JSON", i, values[i].Kind(), text)
			}
		}
	})
}
