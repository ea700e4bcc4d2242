package format

import (
	"log/slog"
	"math"
	"time"
)

// LogValue returns the value for log/slog: as the number, span or moment that it is, a list as its values, everything
// else as text.
func (v Value) LogValue() slog.Value {
	switch v.kind {
	case None:
		return slog.AnyValue(nil)
	case Int, Number, Percent, Identifier, Bytes:
		return v.logNumber()
	case Duration, RelativeTime:
		d, _ := v.Span()
		return slog.DurationValue(d)
	case Time, Date, TimeOfDay:
		t, _ := v.ref.(time.Time)
		return slog.TimeValue(t)
	case List:
		values := make([]any, len(v.Values()))
		for i, element := range v.Values() {
			values[i] = element.LogValue().Any()
		}
		return slog.AnyValue(values)
	}
	return slog.StringValue(v.text)
}

// String returns the value for developers, as a log has it. [Locale.Append] writes it for readers.
func (v Value) String() string { return v.LogValue().String() }

func (v *Value) logNumber() slog.Value {
	switch {
	case v.form == float:
		return slog.Float64Value(math.Float64frombits(v.bits))
	case v.form == decimal:
		return slog.StringValue(v.text)
	case v.negative:
		return slog.Int64Value(-int64(v.bits))
	}
	return slog.Uint64Value(v.bits)
}
