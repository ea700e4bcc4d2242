package catalog

import (
	"bytes"
	"fmt"
	"iter"
	"log/slog"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/invisible"
	"github.com/errlingo/errlingo/internal/model"
)

// Error is an error with a code, its arguments and perhaps a cause. It holds no finished text, so
// that it can be shown in any reader's language. It is immutable and may be shared between
// goroutines. A nil *Error, and the zero Error, has no code; its methods may be called.
type Error struct {
	code       *Code
	args       **[]format.Value // in the order of the code's params; a zero Value is missing
	cause      error
	violations []Violation
	unknown    []string          // the names of the arguments that were left out
	received   **access.Received // what another program said, or nil; hidden like args
}

// withArgs is an error and what its args point at, in one allocation. Package fmt calls no methods
// of unexported fields, and may print what such a field points at; it stops at a pointer to a
// pointer.
type withArgs struct {
	Error
	given []format.Value
	at    *[]format.Value
}

// newError returns an error whose arguments are still missing.
func newError(code *Code, cause error) *withArgs {
	e := withRoom(code.numParams())
	e.code, e.cause = code, cause
	e.at = &e.given
	e.args = &e.at
	return e
}

// withRoom returns an error without a code that has room for n arguments. Few of them, as most
// errors have, take no allocation of their own.
func withRoom(n int) *withArgs {
	switch n {
	case 0:
		return &withArgs{}
	case 1:
		e := &struct {
			withArgs
			room [1]format.Value
		}{}
		e.given = e.room[:]
		return &e.withArgs
	case 2, 3:
		e := &struct {
			withArgs
			room [3]format.Value
		}{}
		e.given = e.room[:n]
		return &e.withArgs
	}
	return &withArgs{given: make([]format.Value, n)}
}

// Violation is one of several faults that an error reports, and where it was found.
type Violation struct {
	// Path is a JSON Pointer (RFC 6901) into what was sent: "/email", "/items/2/count".
	Path string
	// Err is the fault, an [Error] or a [Code].
	Err error
}

// With returns a copy of the error that reports the violations too, after those that it has. They
// are not part of what the error wraps: errors.Is finds the error's own code and not theirs.
func (e *Error) With(violations ...Violation) *Error {
	if e == nil {
		return nil
	}
	with := *e
	// never in memory that another error shares
	with.violations = slices.Concat(e.violations, violations)
	return &with
}

// Shown returns the error that readers see: the error itself or, if its code has [Spec.ShownAs],
// one with that code. The latter has no cause and no violations, and of the arguments only those
// that the code has a param for which is no less private: a sensitive one stays sensitive, and one
// that is not public does not become so.
func (e *Error) Shown() *Error {
	if e == nil || e.code == nil || e.code.spec.ShownAs == nil {
		return e
	}
	return e.shownAs()
}

func (e *Error) shownAs() *Error {
	shown := newError(e.code.spec.ShownAs, nil)
	for i, value := range e.values() {
		from := e.code.params[i]
		j := shown.code.paramOf(from)
		if j < 0 || value.Kind() == format.None {
			continue
		}
		if to := shown.code.params[j]; from.model.MayBe(&to.model) {
			shown.given[j] = value.Styled(to.model.Style)
		}
	}
	return &shown.Error
}

// Code returns the error's code, nil for a nil error.
func (e *Error) Code() *Code {
	if e == nil {
		return nil
	}
	return e.code
}

// values returns the arguments in the order of the code's params, or nil. They must not be changed.
// The count is among them even if the program has left it out.
func (e *Error) values() []format.Value {
	var given []format.Value
	if e != nil && e.args != nil {
		given = **e.args
	}
	if e.Code() == nil || e.code.tally < 0 {
		return given
	}
	i := e.code.tally
	if i < len(given) && given[i].Kind() != format.None {
		return given
	}
	n := e.size()
	if n == 0 {
		return given // The program means something else to be counted.
	}
	counted := make([]format.Value, len(e.code.params))
	copy(counted, given)
	counted[i] = format.Whole(format.Int, false, uint64(n))
	return counted
}

// size returns the number of violations that the error reports plus, for an aggregate, the number
// of errors that it consists of. It is not kept, since a cause may make new errors at each look.
func (e *Error) size() int {
	n := len(e.violations)
	if e.code.Aggregate() {
		for range coded(e.cause) {
			n++
		}
	}
	return n
}

// Args yields the arguments with their params, in the order of the code's params. Missing arguments
// are left out. [Handle.From] returns a single one with its type.
//
// An Int param Count that was given no argument has the number of violations plus, for an
// aggregate, the number of errors that it consists of, unless that is zero. So texts, responses
// and logs all say the same.
func (e *Error) Args() iter.Seq2[Param, Value] {
	return func(yield func(Param, Value) bool) {
		for i, arg := range e.values() {
			if arg.Kind() != format.None && !yield(e.code.params[i], Value{arg}) {
				return
			}
		}
	}
}

// Violations returns a copy of the faults that the error reports, in the order in which they were
// given.
func (e *Error) Violations() []Violation {
	if e == nil {
		return nil
	}
	return slices.Clone(e.violations)
}

// UnknownArgs returns the names of arguments that were left out, because the code has no such param
// or had its argument already.
func (e *Error) UnknownArgs() []string {
	if e == nil {
		return nil
	}
	return slices.Clone(e.unknown)
}

// PublicArgs yields the arguments of the params that are marked [Public] and not [Sensitive], with
// their names.
func (e *Error) PublicArgs() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		for p, arg := range e.Args() {
			// Define refuses a param with both marks; if it did not, this would still keep the secret.
			if p.IsPublic() && !p.IsSensitive() && !yield(p.Name(), arg) {
				return
			}
		}
	}
}

// RetryAfter returns the time that has to pass before another try: the first argument of the kind
// [RelativeTime]. If there is none, ok is false.
func (e *Error) RetryAfter() (d time.Duration, ok bool) {
	for _, arg := range e.values() {
		if arg.Kind() == format.RelativeTime {
			return arg.Span()
		}
	}
	return 0, false
}

// Error returns the error for developers, in the language of the declaration: name, number, detail
// (or title) and cause. A sensitive argument shows as its param's name in braces, and so does a
// missing one, which readers are never shown. The text is one line
// without control characters, so that nobody can forge lines of a log by what a cause quotes. It
// has at most 64 KiB of the cause's text, and the first 100 of joined causes.
//
//	OUT_OF_STOCK (1201): Only 3 pieces of Blue socks are left: sql: no rows in result set
func (e *Error) Error() string {
	switch {
	case e == nil:
		return "<nil error>"
	case e.code == nil && e.cause == nil:
		return "<error without a code>"
	case e.code == nil:
		return "<error without a code>: " + causeText(e.cause)
	}
	part := model.Detail
	if e.code.data.Texts[part].Missing() {
		part = model.Title
	}
	text := append(append(make([]byte, 0, 256), e.code.Name()...), " ("...)
	text = append(strconv.AppendInt(text, int64(e.code.Number()), 10), "): "...)
	text = bytes.TrimSuffix(e.appendText(text, part), []byte(".")) // More may follow after a colon.
	if e.cause != nil {
		text = append(text, ": "+causeText(e.cause)...)
	}
	return string(text)
}

// maxCause is how many bytes of a cause's text an error's text has, before escaping.
const maxCause = 64 << 10

// causeText returns the text of a cause on one line.
func causeText(cause error) string {
	text, joined := joinedText(cause)
	if !joined {
		// Package fmt survives a cause whose Error panics, as that of a typed nil pointer may.
		text = fmt.Sprint(cause)
	}
	if len(text) > maxCause {
		text = strings.ToValidUTF8(text[:maxCause], "") + "…"
	}
	return invisible.Escape(text)
}

// appendText appends a text in the source locale of the domain. A sensitive argument is left out,
// so that it shows as the name of its param, and a label shows in the words of its declaration.
func (e *Error) appendText(dst []byte, part int) []byte {
	args, cloned := e.values(), false
	for i := range args {
		if e.code.params[i].model.Sensitive {
			if !cloned {
				args, cloned = slices.Clone(args), true
			}
			args[i] = format.Value{}
		}
	}
	locale := e.code.domain.locale()
	dst, _ = e.code.data.Texts[part].Append(dst, &locale, args, e.code.data.Count, &format.Context{})
	return dst
}

// Format implements [fmt.Formatter]: every verb writes what [Error.Error] returns as it would write
// a string, so that none shows a sensitive argument.
func (e *Error) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, fmt.FormatString(s, verb), e.Error())
}

// Is reports whether the target is the error's code.
func (e *Error) Is(target error) bool {
	code, ok := target.(*Code)
	return ok && code != nil && e != nil && code == e.code
}

// As lets [errors.As] find the error's [Code].
func (e *Error) As(target any) bool {
	if code, ok := target.(**Code); ok && e != nil && e.code != nil {
		*code = e.code
		return true
	}
	return false
}

// Unwrap returns the cause, or nil.
func (e *Error) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.cause
}

// LogValue returns the error for log/slog: code, name, domain, the arguments that are not
// sensitive, the first 100 violations and the cause. A cause that wraps an error with a code, or
// several errors, is a group: it has its text as error, and what it wraps as cause or, if that is
// several, by number. At most 100 wrapped errors are included.
func (e *Error) LogValue() slog.Value {
	left := access.MaxJoined
	if e != nil {
		left += min(len(e.violations), access.MaxJoined)
	}
	return e.logValue(&left)
}

// logValue returns the error with at most that many others, violations included.
func (e *Error) logValue(left *int) slog.Value {
	if e == nil || e.code == nil {
		return slog.StringValue(e.Error())
	}
	attrs := []slog.Attr{
		slog.Int("code", e.code.Number()),
		slog.String("name", e.code.Name()),
		slog.String("domain", e.code.domain.Name()),
	}
	var params []any
	for p, value := range e.Args() {
		if !p.IsSensitive() {
			params = append(params, slog.Any(p.Name(), value))
		}
	}
	if len(params) > 0 {
		attrs = append(attrs, slog.Group("params", params...))
	}
	if len(e.violations) > 0 {
		shown := e.violations[:min(len(e.violations), access.MaxJoined, max(*left, 0))]
		*left -= len(shown)
		violations := make([]string, len(shown))
		for i, v := range shown {
			violations[i] = fmt.Sprintf("%s: %v", v.Path, v.Err)
		}
		if more := len(e.violations) - len(shown); more > 0 {
			violations = append(violations, fmt.Sprintf("… %d more", more))
		}
		attrs = append(attrs, slog.Any("violations", violations))
	}
	if e.cause != nil {
		attrs = append(attrs, slog.Attr{Key: "cause", Value: causeValue(e.cause, left)})
	}
	return slog.GroupValue(attrs...)
}

// causeValue returns a cause with what it wraps, as far as its text alone would hide that.
func causeValue(cause error, left *int) slog.Value {
	if *left--; *left < 0 {
		return slog.StringValue("…")
	}
	switch cause := cause.(type) {
	case *Error:
		return cause.logValue(left)
	case *Code:
		return AsError(cause).logValue(left)
	case slog.LogValuer:
		return slog.AnyValue(cause)
	}
	wrapped := unwrap(cause)
	if !structured(cause) {
		return slog.StringValue(causeText(cause))
	}
	var attrs []slog.Attr
	if reflect.TypeOf(cause) != typeOfJoined { // whose text is that of the others
		attrs = append(attrs, slog.String("error", causeText(cause)))
	}
	if len(wrapped) == 1 {
		cause := slog.Attr{Key: "cause", Value: causeValue(wrapped[0], left)}
		return slog.GroupValue(append(attrs, cause)...)
	}
	for i, inner := range wrapped {
		if *left <= 0 {
			attrs = append(attrs, slog.String("more", fmt.Sprint(len(wrapped)-i)))
			break
		}
		attrs = append(attrs, slog.Attr{Key: fmt.Sprint(i + 1), Value: causeValue(inner, left)})
	}
	return slog.GroupValue(attrs...)
}

// structured reports whether an error, or one that it wraps not too deep inside, wraps several or
// has a code.
func structured(err error) bool {
	for range access.MaxDepth {
		switch err.(type) {
		case *Error, *Code:
			return true
		}
		switch wrapped := unwrap(err); len(wrapped) {
		case 0:
			return false
		case 1:
			err = wrapped[0]
		default:
			return true
		}
	}
	return false
}
