package catalog

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
)

// Each function below declares a param of one kind: its name, of the form [A-Z][A-Za-z0-9]*, and an
// example, which translators see and tests render. The kind decides how a locale writes the value.

// String declares text that somebody typed, or a name that is not translated. Readers see it
// without control characters, cut after 256 characters, and isolated if its direction differs from
// the text's. An empty one is shown as a dash.
func String(name, example string) Handle[string] {
	return handle(name, format.String, example, text(format.String))
}

// LabelParam declares a name that itself needs a translation; see [Domain.Label].
func LabelParam(name string, example *Label) Handle[*Label] {
	return handle(name, format.Label, example, form[*Label]{
		func(l *Label) format.Value {
			if l == nil {
				return format.Value{}
			}
			return format.Named(l, l.Text())
		},
		func(v *format.Value) (*Label, bool) {
			ref, _ := v.Named()
			l, ok := ref.(*Label)
			return l, ok
		},
	})
}

// Int declares a whole number that counts something: "1,234". It can select the form of a
// [Plural]. The type is that of the example, int for a bare constant.
func Int[T Integer](name string, example T) Handle[T] {
	return handle(name, format.Int, example, whole[T](format.Int))
}

// Number declares a number with a fraction: "1,234.5".
func Number[T Float](name string, example T) Handle[T] {
	return handle(name, format.Number, example, floating[T](format.Number))
}

// Decimal declares a number given by its digits, "-1234.50", which are all shown.
func Decimal(name, example string) Handle[string] {
	return handle(name, format.Number, example, form[string]{format.Decimal, (*format.Value).Digits})
}

// Percent declares a ratio: 0.25 is "25%".
func Percent[T Float](name string, example T) Handle[T] {
	return handle(name, format.Percent, example, floating[T](format.Percent))
}

// Identifier declares a number that identifies something, such as an order. It is shown in the
// locale's digits and never grouped.
func Identifier[T Integer](name string, example T) Handle[T] {
	return handle(name, format.Identifier, example, whole[T](format.Identifier))
}

// Bytes declares a size in bytes: 25000000 is "25 MB" (decimal units, as in the International
// System of Units).
func Bytes[T Integer](name string, example T) Handle[T] {
	return handle(name, format.Bytes, example, whole[T](format.Bytes))
}

// Duration declares a length of time: "2 minutes".
func Duration(name string, example time.Duration) Handle[time.Duration] {
	return handle(name, format.Duration, example, span(format.Duration))
}

// RelativeTime declares a length of time from now on: "in 2 minutes". The first
// argument of this kind is also the Retry-After of a response.
func RelativeTime(name string, example time.Duration) Handle[time.Duration] {
	return handle(name, format.RelativeTime, example, span(format.RelativeTime))
}

// Time declares a date with a time of day, in the reader's zone or, if that is unknown, in the
// value's own.
func Time(name string, example time.Time) Handle[time.Time] {
	return handle(name, format.Time, example, moment(format.Time))
}

// Date declares a date.
func Date(name string, example time.Time) Handle[time.Time] {
	return handle(name, format.Date, example, moment(format.Date))
}

// TimeOfDay declares a time of day.
func TimeOfDay(name string, example time.Time) Handle[time.Time] {
	return handle(name, format.TimeOfDay, example, moment(format.TimeOfDay))
}

// URL declares a web address. It is shown unchanged.
func URL(name, example string) Handle[string] {
	return handle(name, format.URL, example, text(format.URL))
}

// Literal declares something to be typed or read exactly as it is: a pattern, a key, a header's
// name.
func Literal(name, example string) Handle[string] {
	return handle(name, format.Literal, example, text(format.Literal))
}

// List declares a list of values of one kind. The element gives the param its name and the first
// example; more examples may follow.
//
//	Methods = catalog.List(catalog.Or, catalog.String("Methods", "SMS"), "e-mail")
//
// A zero Handle panics.
func List[T any](join Join, element Handle[T], more ...T) Handle[[]T] {
	if element.param == nil {
		panic(fmt.Sprintf("catalog: %v: List: %s", caller(), undeclared))
	}
	values := func(given []T) []format.Value {
		list := make([]format.Value, len(given))
		for i, v := range given {
			list[i] = element.form.value(v)
		}
		return list
	}
	h := handle(element.Name(), format.List, nil, form[[]T]{
		func(given []T) format.Value { return format.Several(format.Join(join), values(given)) },
		func(v *format.Value) ([]T, bool) {
			list := make([]T, len(v.Values()))
			for i := range list {
				var ok bool
				if list[i], ok = element.form.given(&v.Values()[i]); !ok {
					return nil, false
				}
			}
			return list, v.Kind() == format.List
		},
	})
	h.model.Kind = model.ListOf(element.Kind())
	h.model.Example = format.Several(format.Join(join),
		append([]format.Value{element.model.Example}, values(more)...))
	return h
}

// Value is the value of an argument, ready to be written in any locale. It is immutable; the zero
// Value is a missing argument. It does not know whether its param is [Sensitive].
type Value struct {
	value format.Value
}

// IsZero reports whether the argument is missing.
func (v Value) IsZero() bool { return v.value.Kind() == format.None }

// String returns the value for developers, such as for a log. Package errlingo formats it for
// readers.
func (v Value) String() string { return v.value.String() }

// LogValue returns the value for log/slog: as the number, span or moment that it is, a list as its
// values, everything else as text.
func (v Value) LogValue() slog.Value { return v.value.LogValue() }

// MarshalJSON returns the value as JSON, the same for every reader. The type follows from the kind
// of the param: an [Int], [Bytes], [Number] or [Percent] is a number, an [Identifier] or [Decimal]
// is a string with its digits, a span of time is a number of seconds, a moment is a string as in
// RFC 3339, a label is its name, a list is an array, everything else is a string. NaN, the
// infinities and a missing argument are null.
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
