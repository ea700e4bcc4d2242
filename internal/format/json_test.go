package format_test

import (
	"math"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
)

// TestParseJSON checks that a value is read back as it was written.
func TestParseJSON(t *testing.T) {
	moment := time.Date(2026, 3, 31, 8, 5, 9, 120_000_000, time.FixedZone("", 2*3600))
	tests := []struct {
		name  string
		value format.Value
		json  string
	}{
		{"text", format.Text(format.String, "a\n\"<b>\u2028"), `"a\n\"\u003cb\u003e\u2028"`},
		{"empty text", format.Text(format.String, ""), `""`},
		{"address", format.Text(format.URL, "https://a.example/?b&c"), `"https://a.example/?b\u0026c"`},
		{"literal", format.Text(format.Literal, "$gt"), `"$gt"`},
		{"count", format.Whole(format.Int, false, 3), `3`},
		{"negative count", format.Whole(format.Int, true, 3), `-3`},
		{"largest count", format.Whole(format.Int, false, math.MaxUint64), `18446744073709551615`},
		{"size", format.Whole(format.Bytes, false, 25_000_000), `25000000`},
		{"float", format.Float(format.Number, -1.5e300), `-1.5e+300`},
		{"percent", format.Float(format.Percent, 0.25), `0.25`},
		{"decimal", format.Decimal("-1.50"), `"-1.50"`},
		{"identifier", format.Whole(format.Identifier, true, 1042), `"-1042"`},
		{"seconds", format.Span(format.Duration, 90*time.Second), `90`},
		{"milliseconds", format.Span(format.RelativeTime, -1500*time.Millisecond), `-1.5`},
		{"nanoseconds", format.Span(format.Duration, 200*24*time.Hour+1), `17280000.000000001`},
		{"less than a second", format.Span(format.Duration, -50*time.Millisecond), `-0.05`},
		{"the longest span", format.Span(format.Duration, math.MaxInt64), `9223372036.854775807`},
		{"instant", format.Moment(format.Time, moment), `"2026-03-31T08:05:09.12+02:00"`},
		{"date", format.Moment(format.Date, time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)), `"2026-03-31"`},
		{"time of day", format.Moment(format.TimeOfDay, time.Date(0, 1, 1, 8, 5, 9, 0, time.UTC)), `"08:05:09"`},
		{"range", format.Range(time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC), time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC)),
			`{"from":"2026-03-31","to":"2026-04-02"}`},
		{"money", format.Amount("12.50", "EUR"), `{"amount":"12.50","currency":"EUR"}`},
		{"list", format.Several(format.And, []format.Value{format.Text(format.Literal, "a"), format.Text(format.Literal, "b")}), `["a","b"]`},
		{"empty list", format.Several(format.And, nil), `[]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := string(test.value.AppendJSON(nil)); got != test.json {
				t.Errorf("AppendJSON = %s, want %s", got, test.json)
			}
			like := test.value
			if like.Kind() == format.List {
				like = format.Several(format.Or, []format.Value{format.Text(format.Literal, "x")})
			}
			got, ok := format.ParseJSON(&like, []byte(" "+test.json+"\n"), nil)
			if !ok || got.Kind() != test.value.Kind() || string(got.AppendJSON(nil)) != test.json {
				t.Errorf("ParseJSON = %v, %t", got, ok)
			}
		})
	}
}

// TestParseJSONKeepsStyle checks that a value that is an object is read in the style of its param.
func TestParseJSONKeepsStyle(t *testing.T) {
	day := time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		like format.Value
	}{
		{"range", format.Range(day, day.AddDate(0, 0, 2)).Styled(format.Short)},
		{"money", format.Amount("12.50", "CAD").Styled(format.Narrow)},
	} {
		english := format.For(language.English)
		got, ok := format.ParseJSON(&test.like, test.like.AppendJSON(nil), nil)
		want := english.Append(nil, &test.like, nil)
		if shown := english.Append(nil, &got, nil); !ok || string(shown) != string(want) {
			t.Errorf("%s: %s, want %s", test.name, shown, want)
		}
	}
}

func TestParseJSONRefuses(t *testing.T) {
	tests := []struct {
		name string
		kind format.Kind
		list bool
		json string
	}{
		{"nothing", format.String, false, ``},
		{"null", format.String, false, `null`},
		{"a number for text", format.String, false, `1`},
		{"text for a count", format.Int, false, `"1"`},
		{"a fraction for a count", format.Int, false, `1.5`},
		{"an exponent for a count", format.Int, false, `1e3`},
		{"a count that is too large", format.Int, false, `18446744073709551616`},
		{"true", format.Int, false, `true`},
		{"a number for an identifier", format.Identifier, false, `1042`},
		{"words for an identifier", format.Identifier, false, `"A-1042"`},
		{"a float that is too large", format.Number, false, `1e999`},
		{"words for a decimal", format.Number, false, `"ten"`},
		{"an exponent for a decimal", format.Number, false, `"1e3"`},
		{"an exponent for a span", format.Duration, false, `1e3`},
		{"a span that is too long", format.Duration, false, `9223372036.9`},
		{"words for a date", format.Date, false, `"tomorrow"`},
		{"an instant for a date", format.Date, false, `"2026-03-31T08:05:09Z"`},
		{"a date for an instant", format.Time, false, `"2026-03-31"`},
		{"half a range", format.DateRange, false, `{"from":"2026-03-31"}`},
		{"a range of numbers", format.DateRange, false, `{"from":1,"to":2}`},
		{"money without a currency", format.Money, false, `{"amount":"12.50"}`},
		{"money that is not a number", format.Money, false, `{"amount":"much","currency":"EUR"}`},
		{"an object for text", format.String, false, `{}`},
		{"text for a list", format.String, true, `"a"`},
		{"a list of another kind", format.String, true, `["a",1]`},
		{"a list for text", format.String, false, `["a"]`},
		{"an empty list for a label", format.Label, false, `[]`},
		{"an unknown label", format.Label, false, `"file"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			like := format.Text(test.kind, "")
			if test.list {
				like = format.Several(format.And, []format.Value{like})
			}
			unknown := func(string) (format.Value, bool) { return format.Value{}, false }
			if v, ok := format.ParseJSON(&like, []byte(test.json), unknown); ok {
				t.Errorf("ParseJSON(%v, %s) = %v", test.kind, test.json, v)
			}
		})
	}
}
