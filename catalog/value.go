package catalog

import (
	"log/slog"

	"github.com/errlingo/errlingo/internal/format"
)

// Value is the value of an argument, ready to be written in any locale. It is immutable; the zero
// Value is a missing argument. It does not know whether its param is [Sensitive].
type Value struct {
	value format.Value
}

// IsZero reports whether the argument is missing.
func (v Value) IsZero() bool { return v.value.Kind() == format.None }

// String returns the value for developers, as a log has it. Package errlingo writes it for readers.
func (v Value) String() string { return v.value.String() }

// LogValue returns the value for log/slog: as the number, span or moment that it is, a list as its
// values, everything else as text.
func (v Value) LogValue() slog.Value { return v.value.LogValue() }

// MarshalJSON returns the value as JSON, the same for every reader: whole numbers and floats as
// numbers, NaN and the infinities as null, the digits of a [Decimal] as a string, spans of time as
// seconds, moments as in RFC 3339, a label as its name, lists as arrays, everything else as a
// string. A missing argument is null.
func (v Value) MarshalJSON() ([]byte, error) { return v.value.MarshalJSON() }

// Join says how the values of a list belong together: [And], which is the zero value, or [Or].
type Join uint8

// The two ways in which the values of a list belong together.
const (
	And Join = iota // "A, B and C"
	Or              // "A, B or C"
)

// String returns "and" or "or".
func (j Join) String() string {
	if j == Or {
		return "or"
	}
	return "and"
}
