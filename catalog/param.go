package catalog

import (
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
)

// Param is the declaration of a param in a [Spec]: a [Handle], or one marked by [Public] or
// [Sensitive]. It is immutable.
type Param interface {
	// Name returns the param's name, which is between the braces of a placeholder.
	Name() string
	// Kind returns the name of the param's kind, such as "int", or "string-list" for a list of
	// strings.
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

// param is a declaration, shared by everything that refers to it.
type param struct {
	model  model.Param
	origin *param // the handle's own declaration, the identity of its arguments
}

func (p *param) Name() string          { return p.model.Name }
func (p *param) Kind() string          { return p.model.Kind }
func (p *param) Example() Value        { return Value{p.model.Example} }
func (p *param) FormerNames() []string { return slices.Clone(p.model.FormerNames) }
func (p *param) IsPublic() bool        { return p.model.Public }
func (p *param) IsSensitive() bool     { return p.model.Sensitive }
func (p *param) declared() *param      { return p }

// Public marks a param whose arguments are also among the params of a response, where programs read
// them. Without it an argument appears in the text only.
func Public(p Param) Param {
	return mark(p, func(p *param) { p.model.Public = true })
}

// Sensitive marks a param whose arguments are personal or secret: they appear in the reader's own
// text, and never in [Error.Error], logs or a response's params.
func Sensitive(p Param) Param {
	return mark(p, func(p *param) { p.model.Sensitive = true })
}

// mark returns a marked copy of the declaration. A nil one stays nil, and [Domain.Define] refuses
// it.
func mark(p Param, as func(*param)) Param {
	if p == nil || p.declared() == nil {
		return (*param)(nil)
	}
	marked := *p.declared()
	as(&marked)
	return &marked
}

// Arg is an argument: a param and the value given for it. [Handle.Arg] makes it. It is printed and
// logged as the name of its param, since only the code that it is given to knows whether the value
// is [Sensitive].
//
// Package fmt calls no methods on unexported fields, nor for %p, so it prints the value of an Arg
// there. Pass an Arg to its code at once and do not store it.
type Arg struct {
	param *param
	value format.Value
}

// String returns the name of the argument's param, "" for the zero Arg.
func (a Arg) String() string {
	if a.param == nil {
		return ""
	}
	return a.param.model.Name
}

// Format implements [fmt.Formatter]: every verb writes what [Arg.String] returns.
func (a Arg) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, fmt.FormatString(s, verb), a.String())
}

// LogValue returns what [Arg.String] returns, for log/slog.
func (a Arg) LogValue() slog.Value { return slog.StringValue(a.String()) }

// Handle is a typed param: it takes values of type T and no others. It is declared once, in a
// package-level variable, and may be shared by codes. It is immutable.
type Handle[T any] struct {
	*param
	form form[T]
}

// form is how a kind of param keeps values of type T.
type form[T any] struct {
	value func(T) format.Value
	given func(*format.Value) (T, bool) // reverses value
}

// undeclared says what is wrong with a zero Handle.
const undeclared = "the handle is zero; declare it by a function such as catalog.String, in a " +
	"package-level variable"

// Arg returns the argument that gives the param its value.
func (h Handle[T]) Arg(v T) Arg {
	if h.param == nil {
		return Arg{}
	}
	return Arg{param: h.param.origin, value: h.form.value(v)}
}

// From returns the argument for the param, from the first error in the tree of err that has one. If
// there is none, ok is false. The tree is searched in the order of [AsError].
func (h Handle[T]) From(err error) (v T, ok bool) {
	if h.param == nil {
		return v, false
	}
	for e := range coded(err) {
		if i := e.code.paramOf(h.param); i >= 0 && i < len(e.values()) {
			if v, ok = h.form.given(&e.values()[i]); ok {
				return v, true
			}
		}
	}
	return v, false
}

// Formerly returns the handle with earlier names of the param, so that older translations stay
// valid. A zero Handle panics.
func (h Handle[T]) Formerly(names ...string) Handle[T] {
	if h.param == nil {
		panic(fmt.Sprintf("catalog: %v: Formerly: %s", caller(), undeclared))
	}
	renamed := *h.param
	renamed.model.FormerNames = slices.Concat(h.model.FormerNames, names)
	renamed.origin = &renamed
	return Handle[T]{&renamed, h.form}
}

// Styled returns the handle in a style in addition to those that it has; see [Style]. The arguments
// of both handles are the same. A zero Handle panics, and [Domain.Define] refuses a style that the
// kind does not have.
func (h Handle[T]) Styled(styles ...Style) Handle[T] {
	if h.param == nil {
		panic(fmt.Sprintf("catalog: %v: Styled: %s", caller(), undeclared))
	}
	styled := *h.param
	for _, style := range styles {
		styled.model = styled.model.Styled(format.Style(style))
	}
	return Handle[T]{&styled, h.form}
}

func handle[T any](name string, kind format.Kind, example T, f form[T]) Handle[T] {
	p := &param{model: model.Param{Name: name, Kind: kind.String(), Example: f.value(example)}}
	p.origin = p
	return Handle[T]{p, f}
}

// Integer is any Go integer type.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Float is any Go floating-point type.
type Float interface{ ~float32 | ~float64 }

func whole[T Integer](kind format.Kind) form[T] {
	return form[T]{
		func(v T) format.Value {
			if v < 0 {
				return format.Whole(kind, true, -uint64(v))
			}
			return format.Whole(kind, false, uint64(v))
		},
		func(v *format.Value) (T, bool) {
			negative, magnitude, ok := v.Integer()
			n := T(magnitude)
			if negative {
				n = -n
			}
			// An argument of another handle with the same name may not fit.
			return n, ok && (n < 0) == (negative && magnitude > 0) && magnitudeOf(n) == magnitude
		},
	}
}

func magnitudeOf[T Integer](n T) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func floating[T Float](kind format.Kind) form[T] {
	return form[T]{
		func(v T) format.Value { return format.Float(kind, float64(v)) },
		func(v *format.Value) (T, bool) { f, ok := v.Float(); return T(f), ok },
	}
}

func text(kind format.Kind) form[string] {
	return form[string]{func(v string) format.Value { return format.Text(kind, v) },
		(*format.Value).Text}
}

func span(kind format.Kind) form[time.Duration] {
	return form[time.Duration]{func(v time.Duration) format.Value { return format.Span(kind, v) },
		(*format.Value).Span}
}

func moment(kind format.Kind) form[time.Time] {
	return form[time.Time]{func(v time.Time) format.Value { return format.Moment(kind, v) },
		(*format.Value).Moment}
}
