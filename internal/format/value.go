package format

import (
	"fmt"
	"log/slog"
	"math"
	"slices"
	"time"
)

// Value is one argument, kept as it was given until a reader's locale is known. The zero Value is a
// missing argument. A Value is immutable and may be shared between goroutines.
type Value struct {
	kind     Kind
	join     Join
	negative bool
	form     numeral
	style    Style
	bits     uint64 // magnitude of a whole number, the bits of a float64, or a currency's letters
	text     string // String, URL, Literal; a Label's source text; the digits of a decimal or of money
	ref      any    // time.Time, [2]time.Time, []Value, or the identity of a Label or Phrase
}

// numeral says how a number is kept.
type numeral uint8

const (
	whole   numeral = iota // sign and magnitude
	float                  // a float64's bits
	decimal                // the digits in text
)

// Text returns a String, URL or Code.
func Text(kind Kind, s string) Value { return Value{kind: kind, text: s} }

// Named returns a Label. The reference is what [Context.Label] receives; source is written where
// that knows no text.
func Named(ref any, source string) Value { return Value{kind: Label, ref: ref, text: source} }

// Phrased returns a Phrase with its arguments. The reference is what [Context.Label] receives;
// source is the phrase for developers.
func Phrased(ref any, source string) Value { return Value{kind: Phrase, ref: ref, text: source} }

// Whole returns a whole number of the given kind: Int, Number, Plain or Bytes.
func Whole(kind Kind, negative bool, magnitude uint64) Value {
	return Value{kind: kind, negative: negative, bits: magnitude}
}

// Float returns a Number or Percent.
func Float(kind Kind, f float64) Value {
	return Value{kind: kind, form: float, bits: math.Float64bits(f)}
}

// Decimal returns a Number whose digits, "-1.50", are all kept.
func Decimal(s string) Value { return Value{kind: Number, form: decimal, text: s} }

// Span returns a Duration or In.
func Span(kind Kind, d time.Duration) Value {
	if d < 0 {
		return Value{kind: kind, negative: true, bits: -uint64(d)}
	}
	return Value{kind: kind, bits: uint64(d)}
}

// Moment returns a Time, Date or Clock. The zone is that of t unless [Context.Zone] names another.
func Moment(kind Kind, t time.Time) Value { return Value{kind: kind, ref: t} }

// Range returns a DateRange. Of the times only their days count, each in its own zone.
func Range(from, to time.Time) Value { return Value{kind: DateRange, ref: [2]time.Time{from, to}} }

// Amount returns Money: an amount in decimal digits, "-12.50", and a currency's code of ISO 4217.
func Amount(digits, currency string) Value {
	v := Value{kind: Money, form: decimal, text: digits}
	for i := range min(len(currency), maxCurrency) {
		v.bits |= uint64(currency[i]) << (8 * i)
	}
	return v
}

// maxCurrency is how many letters of a currency are kept. A code of ISO 4217 has three.
const maxCurrency = 8

// Styled returns the value in a style of its kind, or a list with its values in it. Styles of other
// kinds are ignored.
func (v Value) Styled(s Style) Value {
	if v.kind == List {
		values := slices.Clone(v.Values())
		for i := range values {
			values[i] = values[i].Styled(s)
		}
		v.ref = values
		return v
	}
	v.style |= s.of(v.kind)
	return v
}

// Several returns a List of copies of the values, so that no list can contain itself.
func Several(join Join, values []Value) Value {
	return Value{kind: List, join: join, ref: slices.Clone(values)}
}

// WithValues returns the List with other elements, which are joined as its own.
func (v Value) WithValues(values []Value) Value {
	v.ref = slices.Clone(values)
	return v
}

// Kind returns what the value is, None for a missing argument.
func (v *Value) Kind() Kind { return v.kind }

// Integer returns a whole number's sign and magnitude. For every other value ok is false.
func (v *Value) Integer() (negative bool, magnitude uint64, ok bool) {
	switch v.kind {
	case Int, Number, Identifier, Bytes:
		return v.negative, v.bits, v.form == whole
	}
	return false, 0, false
}

// Span returns a Duration or In as a time.Duration. For every other value ok is false.
func (v *Value) Span() (d time.Duration, ok bool) {
	if v.kind != Duration && v.kind != RelativeTime {
		return 0, false
	}
	if v.negative {
		return time.Duration(-v.bits), true
	}
	return time.Duration(v.bits), true
}

// moment returns a Time, Date or Clock as a time.Time. A value that holds none, which no
// constructor for moments makes, is the zero time.
func (v *Value) moment() time.Time {
	t, _ := v.ref.(time.Time)
	return t
}

// Join returns how the elements of a List hang together.
func (v *Value) Join() Join { return v.join }

// Values returns the elements of a List, which the caller must not change.
func (v *Value) Values() []Value {
	values, _ := v.ref.([]Value)
	return values
}

// Kind says what a value is, and with that how a locale writes it. The zero Kind belongs to no
// value.
type Kind uint8

// The kinds of value. Their names, as [Kind.String] returns them, are part of the ledger and of
// translators' context lines, so they never change.
const (
	None         Kind = iota // no value: the argument is missing
	String                   // text typed by somebody
	Label                    // a name that is itself translated
	Int                      // a whole number that counts something
	Number                   // a number, possibly with a fraction
	Percent                  // a ratio, 0.25 for 25 %
	Identifier               // a number that is a name: digits, never grouped
	Bytes                    // a size in bytes
	Duration                 // a span of time: "2 minutes"
	RelativeTime             // a span of time from now on: "in 2 minutes"
	Time                     // a date and a time of day
	Date                     // a date
	TimeOfDay                // a time of day
	List                     // values joined by "and" or "or"
	URL                      // a web address, shown unchanged
	Literal                  // something to be typed exactly as it is: a pattern, a key
	Money                    // an amount in a currency
	DateRange                // the days from one date to another
	Phrase                   // a text of its own, with arguments: "2 rooms"
)

var kindNames = [...]string{
	"none", "string", "label", "int", "number", "percent", "identifier", "bytes",
	"duration", "relative-time", "time", "date", "time-of-day", "list", "url", "literal",
	"money", "date-range", "phrase",
}

// String returns the kind's lower-case name.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "none"
}

// ParseKind returns the kind of a name, or None.
func ParseKind(name string) Kind { return Kind(max(0, slices.Index(kindNames[:], name))) }

// Join says how the values of a list hang together.
type Join uint8

const (
	And Join = iota // all of them
	Or              // any one of them
)

// Fault says in developer's English what is odd about the value, or "" if nothing is. Such a value
// is written all the same; the text is for the log. A missing argument is not odd. A value with
// nothing to show is [Empty].
func (v *Value) Fault() string {
	switch v.kind {
	case Int, Number, Percent, Identifier:
		return v.numberFault()
	case Bytes:
		if negative, n := v.size(); negative && n != 0 {
			return "negative number of bytes"
		}
		return v.numberFault()
	case Duration, RelativeTime:
		if v.negative {
			return "negative span of time"
		}
	case Time, Date, TimeOfDay:
		return v.momentFault()
	case DateRange:
		return v.rangeFault()
	case Money:
		return v.moneyFault()
	case List:
		return v.listFault()
	case String, Label, URL, Literal:
		if v.text == "" {
			return Empty
		}
	}
	return ""
}

// Empty is the fault of a text or list with nothing in it.
const Empty = "empty"

func (v *Value) numberFault() string {
	switch v.form {
	case float:
		switch oddityOf(math.Float64frombits(v.bits)) {
		case notANumber:
			return "not a number"
		case infinite:
			return "infinite number"
		}
	case decimal:
		if v.text == "" {
			return Empty
		}
		if _, ok := decimalOf(v.text); !ok {
			return fmt.Sprintf("%.40q, which is not a decimal number", v.text)
		}
	}
	return ""
}

func (v *Value) momentFault() string {
	t, ok := v.ref.(time.Time)
	if !ok {
		return "no time"
	}
	return timeFault(t)
}

func (v *Value) rangeFault() string {
	from, to, _ := v.Ends()
	if fault := timeFault(from); fault != "" {
		return fault
	}
	if fault := timeFault(to); fault != "" {
		return fault
	}
	if to.Format(time.DateOnly) < from.Format(time.DateOnly) {
		return "range that ends before it begins"
	}
	return ""
}

func timeFault(t time.Time) string {
	switch {
	case t.IsZero():
		return "zero time"
	case t.Year() < 1 || t.Year() > 9999:
		return "year outside of 1 to 9999"
	}
	return ""
}

func (v *Value) moneyFault() string {
	digits, currency, _ := v.Amount()
	if !isCurrency(currency) {
		return fmt.Sprintf("money in %q, which is not a currency code of ISO 4217", currency)
	}
	if number, ok := decimalOf(digits); !ok || number.form != decimal {
		return fmt.Sprintf("%.40q, which is not a decimal number", digits)
	}
	return ""
}

func (v *Value) listFault() string {
	values := v.Values()
	switch {
	case len(values) == 0:
		return Empty
	case len(values) > MaxList:
		return fmt.Sprintf("list of %d values, of which %d are shown", len(values), MaxList-1)
	}
	for i := range values {
		if values[i].kind == None {
			return fmt.Sprintf("value %d of the list is missing", i+1)
		}
		if fault := values[i].Fault(); fault != "" {
			return fmt.Sprintf("value %d of the list: %s", i+1, fault)
		}
	}
	return ""
}

// Limits say how much of a value is sent to programs.
type Limits struct {
	Text    int // characters of a text
	Address int // bytes of a URL
	List    int // values of a list
	Bytes   int // bytes of a list's texts
}

// maxExact is the largest whole number that every JSON client reads exactly (RFC 7493, section
// 2.2).
const maxExact = 1<<53 - 1

// Limit returns the value within the limits, and whether it was cut: a text ends with an ellipsis
// then, a list after its last value that fits. A value that would be wrong if it was cut or read by
// a program, such as a number that JSON clients would round, has a fault that says so.
func (v *Value) Limit(limits *Limits) (limited Value, cut bool, fault string) {
	switch v.kind {
	case Int, Bytes, Number, Percent:
		return *v, false, v.inexact()
	case URL:
		if len(v.text) > limits.Address {
			return *v, false, fmt.Sprintf("address of more than %d bytes", limits.Address)
		}
	case String, Literal:
		limited = *v
		limited.text, cut = cutText(v.text, limits.Text)
		return limited, cut, ""
	case Money:
		return *v, false, v.moneyFault()
	case List:
		return v.limitList(limits)
	}
	return *v, false, ""
}

// inexact says why JSON clients cannot read a number exactly, or returns "" if they can.
func (v *Value) inexact() string {
	switch {
	case v.form == whole && v.bits > maxExact:
		return "beyond ±(2^53-1), so that JSON clients would round it"
	case v.form == decimal && len(v.text) > MaxText:
		return fmt.Sprintf("decimal number of more than %d characters", MaxText)
	case v.form == float:
		return v.numberFault()
	}
	return ""
}

func (v *Value) limitList(limits *Limits) (Value, bool, string) {
	values, room := v.Values(), limits.Bytes
	shown := make([]Value, 0, min(len(values), limits.List))
	cut := len(values) > limits.List
	for i := range values[:min(len(values), limits.List)] {
		element, shorter, fault := values[i].Limit(limits)
		if fault != "" {
			return *v, false, fmt.Sprintf("value %d of the list: %s", i+1, fault)
		}
		if room -= len(element.text); room < 0 {
			cut = true
			break
		}
		cut = cut || shorter
		shown = append(shown, element)
	}
	return Value{kind: List, join: v.join, ref: shown}, cut, ""
}

// cutText cuts a text after a number of characters and reports whether it did; an ellipsis takes
// the place of the last one.
func cutText(s string, limit int) (string, bool) {
	if len(s) <= limit {
		return s, false
	}
	runes, end := 0, 0
	for at := range s {
		if runes == limit-1 {
			end = at
		}
		if runes++; runes > limit {
			return s[:end] + ellipsis, true
		}
	}
	return s, false
}

// LogValue returns the value for log/slog: as the number, span or moment that it is, a list as its
// first [MaxList] values, everything else as text: a range of dates as in ISO 8601, money as
// "12.50 EUR".
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
	case DateRange:
		from, to, _ := v.Ends()
		return slog.StringValue(from.Format(time.DateOnly) + "/" + to.Format(time.DateOnly))
	case Money:
		digits, currency, _ := v.Amount()
		return slog.StringValue(digits + " " + currency)
	case List:
		elements := v.Values()
		shown := elements[:min(len(elements), MaxList)]
		values := make([]any, len(shown))
		for i := range shown {
			values[i] = shown[i].LogValue().Any()
		}
		if more := len(elements) - len(shown); more > 0 {
			values = append(values, fmt.Sprintf("… %d more", more))
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
