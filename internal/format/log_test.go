package format_test

import (
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/format"
)

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
		{"list", format.Several(format.Or, []format.Value{format.Text(format.String, "a"), format.Whole(format.Int, false, 2)}), "[a 2]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.value.LogValue().String(); got != test.want {
				t.Errorf("LogValue = %s, want %s", got, test.want)
			}
		})
	}
}
