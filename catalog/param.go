package catalog

import (
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/errlingo/errlingo/internal/format"
)

// Param is the declaration of a param in a [Spec]: a [Handle], or one marked by [Public] or [Sensitive].
type Param interface {
	// Name returns the param's name, as it stands between the braces of a placeholder.
	Name() string
	// Kind returns the name of the param's kind, such as "int", or "string-list" for a list of strings.
	Kind() string
	// Example returns the value that the declaration gives as an example.
	Example() Value
	// FormerNames returns the names that [Handle.Formerly] gave.
	FormerNames() []string
	// IsPublic reports whether the param is marked by [Public].
	IsPublic() bool
	// IsSensitive reports whether the param is marked by [Sensitive].
	IsSensitive() bool

	declared() *param
}

// Params are the params of a code. The zero value declares none.
type Params []Param

// Value is an argument's value, ready to be written in any locale. It is immutable; the zero Value is a missing argument.
// Its methods are for programs:
//
//   - Kind says what it is; the Kind of a missing argument is zero.
//   - Integer returns the sign and the magnitude of a whole number.
//   - Span returns a [Duration] or [RelativeTime] as a [time.Duration].
//   - Values returns the elements of a list.
//   - Fault says what is odd about it, such as an infinite number, and is "" mostly.
//   - String and LogValue return it for a log, and do not know whether its param is [Sensitive].
//   - MarshalJSON returns it as JSON, the same for every reader: whole numbers and floats as numbers, NaN and the
//     infinities as null, the digits of a [Decimal] as a string, spans of time as seconds, moments as in RFC 3339, a label
//     as its name, lists as arrays, all else as strings.
type Value = format.Value

// param is a declaration, shared by all that refers to it.
type param struct {
	name      string
	was       []string
	kind      format.Kind
	element   format.Kind // of a list
	example   Value
	public    bool
	sensitive bool
	origin    *param // the handle's own declaration, the identity of its arguments
}

func (p *param) Name() string          { return p.name }
func (p *param) Example() Value        { return p.example }
func (p *param) FormerNames() []string { return slices.Clone(p.was) }
func (p *param) IsPublic() bool        { return p.public }
func (p *param) IsSensitive() bool     { return p.sensitive }
func (p *param) declared() *param      { return p }

func (p *param) Kind() string {
	if p.kind == format.List {
		return p.element.String() + "-list"
	}
	return p.kind.String()
}

// answersTo reports whether the name is the param's, or one that it had.
func (p *param) answersTo(name string) bool {
	return p.name == name || slices.Contains(p.was, name)
}

// Public marks a param whose arguments may stand in a response's params, where programs read them. Without it an
// argument appears in the text only.
func Public(p Param) Param {
	return mark(p, func(p *param) { p.public = true })
}

// Sensitive marks a param whose arguments are personal or secret: they appear in the reader's own text, and never in
// [Error.Error], logs or a response's params.
func Sensitive(p Param) Param {
	return mark(p, func(p *param) { p.sensitive = true })
}

// mark returns a marked copy of the declaration. A nil one stays nil, for [Domain.Define] to complain of.
func mark(p Param, as func(*param)) Param {
	if p == nil || p.declared() == nil {
		return (*param)(nil)
	}
	marked := *p.declared()
	as(&marked)
	return &marked
}

// Arg is an argument: a param and the value given for it. [Handle.Arg] makes it. It is printed and logged as the name of its
// param, since only the code that it is given to knows whether the value is [Sensitive].
//
// Package fmt calls no methods of a field that is not exported, nor for %p, so these print an Arg with its value. Give it to
// its code at once and do not keep it.
type Arg struct {
	param *param
	value Value
}

// String returns the name of the argument's param, "" for the zero Arg.
func (a Arg) String() string {
	if a.param == nil {
		return ""
	}
	return a.param.name
}

// Format implements [fmt.Formatter]: every verb writes what [Arg.String] returns.
func (a Arg) Format(s fmt.State, verb rune) { fmt.Fprintf(s, fmt.FormatString(s, verb), a.String()) }

// LogValue returns what [Arg.String] returns, for log/slog.
func (a Arg) LogValue() slog.Value { return slog.StringValue(a.String()) }

// Handle is a typed param: it takes values of type T and no others. It is declared once, in a package-level variable, and
// may be shared by codes. It is immutable.
type Handle[T any] struct {
	*param
	value func(T) Value
}

// undeclared says what is wrong with a zero Handle.
const undeclared = "the handle is zero: declare it by a function such as catalog.String, in a package-level variable"

// Arg returns the argument that gives the param its value.
func (h Handle[T]) Arg(v T) Arg {
	if h.param == nil {
		return Arg{}
	}
	return Arg{param: h.param.origin, value: h.value(v)}
}

// Formerly returns the handle with earlier names of the param, so that translations made before a renaming stay alive.
// A zero Handle panics.
func (h Handle[T]) Formerly(names ...string) Handle[T] {
	if h.param == nil {
		panic(fmt.Sprintf("catalog: %v: Formerly: %s", caller(), undeclared))
	}
	renamed := *h.param
	renamed.was = append(renamed.was[:len(renamed.was):len(renamed.was)], names...)
	renamed.origin = &renamed
	return Handle[T]{param: &renamed, value: h.value}
}

func handle[T any](name string, kind format.Kind, example T, value func(T) Value) Handle[T] {
	p := &param{name: name, kind: kind, example: value(example)}
	p.origin = p
	return Handle[T]{param: p, value: value}
}

// Integer is any Go integer type.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Float is any Go floating-point type.
type Float interface{ ~float32 | ~float64 }

func whole[T Integer](kind format.Kind) func(T) Value {
	return func(v T) Value {
		if v < 0 {
			return format.Whole(kind, true, -uint64(v))
		}
		return format.Whole(kind, false, uint64(v))
	}
}

func floating[T Float](kind format.Kind) func(T) Value {
	return func(v T) Value { return format.Float(kind, float64(v)) }
}

func text(kind format.Kind) func(string) Value {
	return func(v string) Value { return format.Text(kind, v) }
}

func span(kind format.Kind) func(time.Duration) Value {
	return func(v time.Duration) Value { return format.Span(kind, v) }
}

func moment(kind format.Kind) func(time.Time) Value {
	return func(v time.Time) Value { return format.Moment(kind, v) }
}
