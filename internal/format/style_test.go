package format_test

import (
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

func TestStyle(t *testing.T) {
	evening := time.Date(2026, time.March, 31, 19, 5, 9, 0, time.FixedZone("", -(3*3600+1800)))
	from, to := day(5), day(8)
	tests := []struct {
		name   string
		locale string
		value  format.Value
		style  format.Style
		want   string
	}{
		{"date", "en-GB", format.Moment(format.Date, evening), 0, "31 March 2026"},
		{"German date", "de", format.Moment(format.Date, evening), 0, "31. März 2026"},
		{"full date", "de", format.Moment(format.Date, evening), format.Full,
			"Dienstag, 31. März 2026"},
		{"medium date", "en", format.Moment(format.Date, evening), format.Medium, "Mar 31, 2026"},
		{"short date", "en", format.Moment(format.Date, evening), format.Short, "3/31/26"},
		{"time with a zone", "en", format.Moment(format.Time, evening), 0,
			"March 31, 2026 at 7:05\u202fPM GMT-3:30"},
		{"time with a zone in Farsi", "fa", format.Moment(format.Time, evening), 0,
			"۱۱ فروردین ۱۴۰۵ ساعت ۱۹:۰۵ \u200e−۳:۳۰ گرینویچ"},
		{"time with seconds and a zone", "en", format.Moment(format.Time, evening),
			format.Medium | format.WithSeconds, "Mar 31, 2026, 7:05:09\u202fPM GMT-3:30"},
		{"time of day", "en", format.Moment(format.TimeOfDay, evening), 0, "7:05\u202fPM"},
		{"time of day with seconds", "en", format.Moment(format.TimeOfDay, evening),
			format.WithSeconds, "7:05:09\u202fPM"},
		{"range of days", "de", format.Range(from, to), 0, "5.–8. Januar 2026"},
		{"range of days in a medium date", "de", format.Range(from, to), format.Medium,
			"05.–08.01.2026"},
		{"range of days in a short date", "de", format.Range(from, to), format.Short,
			"05.01.26\u2009–\u200908.01.26"},
		{"range of days of the week", "en", format.Range(from, to), format.Full,
			"Monday, January 5, 2026\u2009–\u2009Thursday, January 8, 2026"},
		{"range of months", "en", format.Range(from, to.AddDate(0, 1, 0)), 0,
			"January 5\u2009–\u2009February 8, 2026"},
		{"range of years", "en", format.Range(from, to.AddDate(1, 0, 0)), 0,
			"January 5, 2026\u2009–\u2009January 8, 2027"},
		{"range in another calendar", "fa", format.Range(from, to), 0, "۱۵ دی ۱۴۰۴ تا ۱۸ دی ۱۴۰۴"},
		{"money", "de", format.Amount("-1234.5", "EUR"), 0, "-1.234,50\u00a0€"},
		{"symbol", "de", format.Amount("1", "CAD"), 0, "1,00\u00a0CA$"},
		{"narrow symbol", "de", format.Amount("1", "CAD"), format.Narrow, "1,00\u00a0$"},
		{"digits that the currency does not have", "en", format.Amount("0.0125", "USD"), 0, "$0.0125"},
		{"zeros that the currency does not have", "en", format.Amount("12.500", "USD"), 0, "$12.50"},
		{"no decimals", "en", format.Amount("500", "JPY"), 0, "¥500"},
		{"three decimals", "en", format.Amount("1.5", "KWD"), 0, "KWD\u00a01.500"},
		{"negative zero", "en", format.Amount("-0.00", "USD"), 0, "$0.00"},
		{"list", "de", format.Several(format.Or, []format.Value{format.Moment(format.Date, from),
			format.Moment(format.Date, to)}), format.Short, "05.01.26 oder 08.01.26"},
		{"style of another kind", "en", format.Whole(format.Int, false, 1), format.Full, "1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(test.locale, test.value.Styled(test.style)); got != test.want {
				t.Errorf("got %+q (%s), want %+q", got, got, test.want)
			}
		})
	}
}

// TestCivil shows a date and a time of day to readers in other zones: neither moves.
func TestCivil(t *testing.T) {
	midnight := time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC)
	for _, hours := range []int{-12, 0, 14} {
		ctx := &format.Context{Zone: time.FixedZone("", hours*3600)}
		for _, test := range []struct {
			name  string
			value format.Value
			want  string
		}{
			{"date", format.Moment(format.Date, midnight), "31. März 2026"},
			{"time of day", format.Moment(format.TimeOfDay, midnight), "00:00"},
			{"range", format.Range(midnight, midnight), "31. März 2026"},
		} {
			if got := string(format.For(language.German).Append(nil, &test.value, ctx)); got != test.want {
				t.Errorf("%s for a reader at %+d: got %q, want %q", test.name, hours, got, test.want)
			}
		}
	}
}

func TestCalendar(t *testing.T) {
	july := time.Date(2019, time.July, 18, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		locale string
		date   time.Time
		want   string
	}{
		{"V5", "fa", july, "۲۷ تیر ۱۳۹۸"},
		{"Pashto", "ps", july, "AP ۱۳۹۸ چنگاښ ۲۷"},
		{"Gregorian asked for", "fa-u-ca-gregory", july, "۱۸ ژوئیهٔ ۲۰۱۹"},
		{"calendar not known", "ar-u-ca-islamic", july, "18 يوليو 2019"},
		{"calendar not known, in Iran", "fa-u-ca-hebrew", july, "۱۸ ژوئیهٔ ۲۰۱۹"},
		{"ISO 8601", "fa-u-ca-iso8601", july, "۱۸ ژوئیهٔ ۲۰۱۹"},
		{"Republic of China", "zh-TW-u-ca-roc", july, "民國108年7月18日"},
		{"before the Republic", "en-u-ca-roc", july.AddDate(-108, 0, 0), "July 18, 1 B.R.O.C."},
		{"first year of an era", "ja-u-ca-japanese", july, "令和元年7月18日"},
		{"before the eras that are known", "ja-u-ca-japanese", july.AddDate(-200, 0, 0),
			"1819年7月18日"},
		{"last day of a leap year", "en-u-ca-persian",
			time.Date(2025, time.March, 20, 23, 0, 0, 0, time.UTC), "Esfand 30, 1403 AP"},
		{"before the Persian epoch", "en-u-ca-persian", time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
			"Dey 11, -621 AP"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(test.locale, format.Moment(format.Date, test.date)); got != test.want {
				t.Errorf("got %+q (%s), want %q", got, got, test.want)
			}
		})
	}
	for tag, want := range map[string]string{
		"fa": "", "fa-u-ca-gregory": "", "en-u-ca-japanese": "", "ar-u-ca-islamic": "islamic",
		"en-u-ca-iso8601": "",
	} {
		if got := format.UnknownCalendar(language.MustParse(tag)); got != want {
			t.Errorf("the unknown calendar of %s is %q, want %q", tag, got, want)
		}
	}
}

func TestFileName(t *testing.T) {
	tests := []struct {
		name string
		text string
		want string
	}{
		{"short", "report.pdf", "report.pdf"},
		{"as long as allowed", long(60) + ".pdf", long(60) + ".pdf"},
		{"one more", long(61) + ".pdf", long(43) + "…" + long(16) + ".pdf"},
		{"far too long", long(999) + ".pdf", long(43) + "…" + long(16) + ".pdf"},
		{"a letter stays with its accent", long(42) + "e\u0301" + long(60) + ".pdf",
			long(42) + "…" + long(16) + ".pdf"},
		{"empty", "", "–"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := format.Text(format.String, test.text).Styled(format.FileName)
			if got := written("en", v); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// long returns a word with n letters.
func long(n int) string {
	word := make([]byte, n)
	for i := range word {
		word[i] = 'a'
	}
	return string(word)
}

func TestStyleNames(t *testing.T) {
	for style, want := range map[format.Style]string{
		0: "", format.Full: "Full", format.Short | format.WithSeconds: "Short, WithSeconds",
		format.Limit: "Limit", format.Narrow: "Narrow", format.FileName: "FileName",
		format.Medium: "Medium",
	} {
		if got := style.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if parsed, ok := format.ParseStyle(want); ok && parsed != style {
			t.Errorf("%q is %v", want, parsed)
		}
	}
	if _, ok := format.ParseStyle("Long"); ok {
		t.Error("Long is a style")
	}
	for style, kind := range map[format.Style]format.Kind{
		format.Full | format.Short: format.Date, format.Limit: format.Date,
		format.Full | format.Limit: format.Bytes, format.WithSeconds: format.None,
	} {
		if style.Fits(kind) {
			t.Errorf("%v fits %v", style, kind)
		}
	}
	if !(format.Full | format.WithSeconds).Fits(format.Time) || !format.Style(0).Fits(format.Int) {
		t.Error("a style does not fit its kind")
	}
}
