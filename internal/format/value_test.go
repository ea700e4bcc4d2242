package format_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/format"
)

func TestKindNames(t *testing.T) {
	names := map[format.Kind]string{
		format.None: "none", format.String: "string", format.Label: "label", format.Int: "int",
		format.Number:  "number",
		format.Percent: "percent", format.Identifier: "identifier", format.Bytes: "bytes",
		format.Duration: "duration", format.RelativeTime: "relative-time",
		format.Time: "time", format.Date: "date", format.TimeOfDay: "time-of-day", format.List: "list",
		format.URL:     "url",
		format.Literal: "literal", format.Money: "money", format.DateRange: "date-range",
		format.Phrase: "phrase", format.Phrase + 1: "none", 255: "none",
	}
	for kind, want := range names {
		if got := kind.String(); got != want {
			t.Errorf("%d is %q, want %q", kind, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	moment := time.Date(2026, 1, 5, 14, 5, 9, 0, time.FixedZone("", 3600))
	tests := []struct {
		name  string
		value format.Value
		want  string
	}{
		{"nothing", format.Value{}, `null`},
		{"whole number", format.Whole(format.Int, true, 1<<63), `-9223372036854775808`},
		{"greatest", format.Whole(format.Bytes, false, math.MaxUint64), `18446744073709551615`},
		{"negative zero", format.Whole(format.Int, true, 0), `0`},
		{"float", format.Float(format.Number, 0.1), `0.1`},
		{"large float", format.Float(format.Number, 1e300), `1e+300`},
		{"not a number", format.Float(format.Percent, math.NaN()), `null`},
		{"infinite", format.Float(format.Number, math.Inf(-1)), `null`},
		{"decimal", format.Decimal("-1.50"), `"-1.50"`},
		{"identifier", format.Whole(format.Identifier, false, math.MaxUint64), `"18446744073709551615"`},
		{"negative identifier", format.Whole(format.Identifier, true, 7), `"-7"`},
		{"span", format.Span(format.Duration, -1500*time.Millisecond), `-1.5`},
		{"longest span", format.Span(format.RelativeTime, math.MaxInt64), `9223372036.854775807`},
		{"time", format.Moment(format.Time, moment), `"2026-01-05T14:05:09+01:00"`},
		{"date", format.Moment(format.Date, moment), `"2026-01-05"`},
		{"clock", format.Moment(format.TimeOfDay, moment), `"14:05:09"`},
		{"range of dates", format.Range(moment, moment.AddDate(0, 0, 1)),
			`{"from":"2026-01-05","to":"2026-01-06"}`},
		{"money", format.Amount("-12.50", "EUR"), `{"amount":"-12.50","currency":"EUR"}`},
		{"string", format.Text(format.String, "a\"b\xff"), `"a\"b\ufffd"`},
		{"label", format.Named("email", "e-mail address"), `"e-mail address"`},
		{"list", format.Several(format.Or, []format.Value{integer(1), format.Text(format.Literal, "x"),
			{}}), `[1,"x",null]`},
		{"nil list", format.Several(format.And, nil), `[]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := json.Marshal(test.value)
			if err != nil || string(got) != test.want {
				t.Errorf("got %s, %v; want %s", got, err, test.want)
			}
		})
	}
}

// TestLimit checks what is sent of a value to programs, and why a value is not sent.
func TestLimit(t *testing.T) {
	limits := format.Limits{Text: 5, Address: 20, List: 3, Bytes: 12}
	text := func(s string) format.Value { return format.Text(format.String, s) }
	list := func(values ...format.Value) format.Value { return format.Several(format.And, values) }
	tests := []struct {
		name  string
		value format.Value
		want  string
		cut   bool
		fault string
	}{
		{"a text as long as allowed", text("sökks"), `"sökks"`, false, ""},
		{"a longer text", text("sökkse"), `"sökk…"`, true, ""},
		{"a longer literal", format.Text(format.Literal, "abcdef"), `"abcd…"`, true, ""},
		{"a long invalid text", text("\xff\xff\xff\xff\xff\xff"), `"\ufffd\ufffd\ufffd\ufffd…"`, true, ""},
		{"an address", format.Text(format.URL, "https://shop.example"), `"https://shop.example"`, false, ""},
		{"a longer address", format.Text(format.URL, "https://shop.example/"), "", false,
			"address of more than 20 bytes"},
		{"the largest exact number", format.Whole(format.Int, false, 1<<53-1), `9007199254740991`, false, ""},
		{"the lowest exact number", format.Whole(format.Int, true, 1<<53-1), `-9007199254740991`, false, ""},
		{"a larger number", format.Whole(format.Int, false, 1<<53), "", false,
			"beyond ±(2^53-1), so that JSON clients would round it"},
		{"a larger size", format.Whole(format.Bytes, true, 1<<63), "", false,
			"beyond ±(2^53-1), so that JSON clients would round it"},
		{"a larger identifier", format.Whole(format.Identifier, false, 1<<53+1), `"9007199254740993"`, false, ""},
		{"a float", format.Float(format.Number, 1e300), `1e+300`, false, ""},
		{"not a number", format.Float(format.Percent, math.NaN()), "", false, "not a number"},
		{"a decimal", format.Decimal("-1234567.50"), `"-1234567.50"`, false, ""},
		{"a long decimal", format.Decimal(strings.Repeat("1", 257)), "", false,
			"decimal number of more than 256 characters"},
		{"money", format.Amount("1.50", "EUR"), `{"amount":"1.50","currency":"EUR"}`, false, ""},
		{"money that is not a number", format.Amount("1,50", "EUR"), "", false,
			`"1,50", which is not a decimal number`},
		{"a list", list(integer(1), integer(2), integer(3)), `[1,2,3]`, false, ""},
		{"an empty list", list(), `[]`, false, ""},
		{"a longer list", list(integer(1), integer(2), integer(3), integer(4)), `[1,2,3]`, true, ""},
		{"a list with a long text", list(text("a"), text("abcdef")), `["a","abcd…"]`, true, ""},
		{"a list with much text", list(text("abcde"), text("abcde"), text("abcde")), `["abcde","abcde"]`,
			true, ""},
		{"a list with a larger number", list(integer(1), format.Whole(format.Int, false, 1<<60)), "", false,
			"value 2 of the list: beyond ±(2^53-1), so that JSON clients would round it"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			limited, cut, fault := test.value.Limit(&limits)
			if cut != test.cut || fault != test.fault {
				t.Errorf("cut %v, fault %q; want %v, %q", cut, fault, test.cut, test.fault)
			}
			if got, _ := json.Marshal(limited); fault == "" && string(got) != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestAccessors checks that each accessor answers for its own kinds only.
func TestAccessors(t *testing.T) {
	whole, span := format.Whole(format.Int, true, 3), format.Span(format.RelativeTime, -time.Second)
	float, text := format.Float(format.Number, 3), format.Text(format.String, "3")
	if negative, magnitude, ok := whole.Integer(); !negative || magnitude != 3 || !ok {
		t.Errorf("whole number: %t, %d, %t", negative, magnitude, ok)
	}
	for _, v := range []format.Value{float, text, span, {}} {
		if _, _, ok := v.Integer(); ok {
			t.Errorf("%v is an integer", v.Kind())
		}
	}
	if d, ok := span.Span(); d != -time.Second || !ok {
		t.Errorf("span: %v, %t", d, ok)
	}
	if _, ok := whole.Span(); ok {
		t.Error("a whole number is a span")
	}
	money, days := format.Amount("1.5", "EUR"), format.Range(time.Unix(1, 0), time.Unix(2, 0))
	if digits, currency, ok := money.Amount(); digits != "1.5" || currency != "EUR" || !ok {
		t.Errorf("money: %s, %s, %t", digits, currency, ok)
	}
	if from, to, ok := days.Ends(); from.Unix() != 1 || to.Unix() != 2 || !ok {
		t.Errorf("range: %v, %v, %t", from, to, ok)
	}
	if _, _, ok := text.Amount(); ok {
		t.Error("a string is money")
	}
	if _, ok := money.Digits(); ok {
		t.Error("money is a decimal")
	}
	if _, _, ok := text.Ends(); ok {
		t.Error("a string is a range")
	}
	if values := text.Values(); values != nil {
		t.Errorf("values of a string: %v", values)
	}
}

func TestSeveralCopies(t *testing.T) {
	values := []format.Value{integer(1), integer(2)}
	list := format.Several(format.And, values)
	values[0] = list
	if got := written("en", list); got != "1 and 2" {
		t.Errorf("got %q", got)
	}
}

func TestLogValue(t *testing.T) {
	day := time.Date(2026, time.March, 31, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name  string
		value format.Value
		want  string
	}{
		{"missing", format.Value{}, "<nil>"},
		{"string", format.Text(format.String, "socks"), "socks"},
		{"label", format.Named(1, "e-mail"), "e-mail"},
		{"int", format.Whole(format.Int, true, 5), "-5"},
		{"smallest int", format.Whole(format.Int, true, 1<<63), "-9223372036854775808"},
		{"largest uint", format.Whole(format.Bytes, false, 1<<64-1), "18446744073709551615"},
		{"float", format.Float(format.Percent, 0.25), "0.25"},
		{"decimal", format.Decimal("1.50"), "1.50"},
		{"span", format.Span(format.RelativeTime, -90*time.Second), "-1m30s"},
		{"moment", format.Moment(format.Date, day), "2026-03-31 00:00:00 +0000 UTC"},
		{"range of dates", format.Range(day, day.AddDate(0, 1, 0)), "2026-03-31/2026-05-01"},
		{"money", format.Amount("-12.50", "EUR"), "-12.50 EUR"},
		{"list", format.Several(format.Or, []format.Value{format.Text(format.String, "a"),
			format.Whole(format.Int, false, 2)}), "[a 2]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.value.LogValue().String(); got != test.want {
				t.Errorf("LogValue = %s, want %s", got, test.want)
			}
		})
	}
}

// TestLogValueOfLongList checks that the log of a list doesn't grow without a limit.
func TestLogValueOfLongList(t *testing.T) {
	list := format.Several(format.And, slices.Repeat([]format.Value{format.Text(format.String, "a")}, 103))
	got := list.LogValue().String()
	if strings.Count(got, "a ") != format.MaxList || !strings.HasSuffix(got, "… 3 more]") {
		t.Errorf("LogValue = %s", got)
	}
}
