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
// the text's. An empty one is shown as a dash. The style [FileName] keeps the end of a long one.
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

// PhraseParam declares a phrase with its arguments as a part of another text, such as "2 rooms".
// That is how a text has two counts, as long as the phrase is the same wherever it is in a
// sentence: in a language with cases it may not be.
//
//	Rooms = catalog.PhraseParam("Rooms", roomCount.With(N.Arg(2)))
//
// A phrase that lacks an argument is a missing argument itself. The param must not be [Public],
// since programs could not read it.
func PhraseParam(name string, example *Phrase) Handle[*Phrase] {
	return handle(name, format.Phrase, example, form[*Phrase]{
		func(p *Phrase) format.Value {
			if p == nil || !p.complete() {
				return format.Value{}
			}
			return format.Phrased(p, p.String())
		},
		func(v *format.Value) (*Phrase, bool) {
			ref, _ := v.Named()
			p, ok := ref.(*Phrase)
			return p, ok
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
// System of Units). It is rounded up to a tenth of a unit, so that a file of 1,000,001 bytes does
// not look as if it kept within 1 MB; a size that is a limit has the style [Limit] and is rounded
// down.
func Bytes[T Integer](name string, example T) Handle[T] {
	return handle(name, format.Bytes, example, whole[T](format.Bytes))
}

// Duration declares a length of time, in its two largest units: "1 hour, 30 minutes". The smaller
// one is rounded up.
func Duration(name string, example time.Duration) Handle[time.Duration] {
	return handle(name, format.Duration, example, span(format.Duration))
}

// RelativeTime declares a length of time from now on, rounded up to one unit: "in 2 minutes". The
// first argument of this kind is also the Retry-After of a response.
func RelativeTime(name string, example time.Duration) Handle[time.Duration] {
	return handle(name, format.RelativeTime, example, span(format.RelativeTime))
}

// Time declares an instant: "March 31, 2026 at 8:00 AM UTC". It is shown in the reader's zone or,
// if that is unknown, in the value's own, which the text then names. The styles [Full], [Medium]
// and [Short] change the date, and [WithSeconds] the time of day.
func Time(name string, example time.Time) Handle[time.Time] {
	return handle(name, format.Time, example, moment(format.Time))
}

// Date declares a date: "March 31, 2026". It is the day on which the value is in its own zone, and
// the same for every reader. It has the styles [Full], [Medium] and [Short].
//
// Dates are in the civil calendar of the reader's locale or the one that its extension -u-ca-
// names: the Gregorian, Persian, Buddhist or Japanese one, or that of the Republic of China.
func Date(name string, example time.Time) Handle[time.Time] {
	return handle(name, format.Date, example, moment(format.Date))
}

// DateRange declares the days from one to another: "March 31 – April 2, 2026". Like those of
// [Date], they are the same for every reader, and have the same styles.
func DateRange(name string, example Period) Handle[Period] {
	return handle(name, format.DateRange, example, form[Period]{
		func(p Period) format.Value { return format.Range(p.From, p.To) },
		func(v *format.Value) (p Period, ok bool) {
			p.From, p.To, ok = v.Ends()
			return p, ok
		},
	})
}

// Period is the days from one to another, both included. Of the times only the days count, each in
// the zone of its time.
type Period struct{ From, To time.Time }

// TimeOfDay declares a time of day, which is the same for every reader: "8:00 AM". It has the style
// [WithSeconds].
func TimeOfDay(name string, example time.Time) Handle[time.Time] {
	return handle(name, format.TimeOfDay, example, moment(format.TimeOfDay))
}

// Money declares an amount in a currency: "$1,234.50". All its digits are shown, and at least as
// many decimals as the currency has. The style [Narrow] has the shortest symbol: "$1" for 1
// Canadian dollar, which is "CA$1" otherwise.
func Money(name string, example Amount) Handle[Amount] {
	return handle(name, format.Money, example, form[Amount]{
		func(a Amount) format.Value { return format.Amount(a.Digits, a.Currency) },
		func(v *format.Value) (a Amount, ok bool) {
			a.Digits, a.Currency, ok = v.Amount()
			return a, ok
		},
	})
}

// Amount is an amount of money. An invalid one is shown as it is.
type Amount struct {
	// Digits is the amount in decimal digits, such as "1234.50" or "-3", at most 256 characters.
	Digits string
	// Currency is the code of the currency, such as "EUR" (ISO 4217).
	Currency string
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

// Style changes how a locale writes the values of some kinds; see [Handle.Styled]. It changes
// nothing else: the argument, its JSON and the ledger stay.
type Style uint8

// The styles. A date has one of Full, Medium and Short; without any, it is long, as in a sentence:
// "March 31, 2026".
const (
	// Full is a date with the day of the week: "Tuesday, March 31, 2026".
	Full = Style(format.Full)
	// Medium is a date with a short month or in numbers: "Mar 31, 2026".
	Medium = Style(format.Medium)
	// Short is a date in numbers: "3/31/26".
	Short = Style(format.Short)
	// WithSeconds is a [Time] or [TimeOfDay] with seconds.
	WithSeconds = Style(format.WithSeconds)
	// Limit is a size in [Bytes] that is rounded down.
	Limit = Style(format.Limit)
	// Narrow is [Money] with the shortest symbol.
	Narrow = Style(format.Narrow)
	// FileName is a [String] of which the middle is left out, instead of the end, if it has more than
	// 64 characters.
	FileName = Style(format.FileName)
)

// List declares a list of values of one kind. The element gives the param its name and the first
// example; more examples may follow.
//
//	Methods = catalog.List(catalog.Or, catalog.String("Methods", "SMS"), "email")
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
	return h.Styled(Style(element.model.Style))
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
// RFC 3339, a [Period] is {"from":"2026-03-31","to":"2026-04-02"}, an [Amount] is
// {"amount":"12.50","currency":"EUR"}, a label is its name, a phrase is its text for developers, a
// list is an array, everything else is a string. NaN, the infinities and a missing argument are
// null.
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
