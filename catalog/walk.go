package catalog

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/access"
)

// CodeOf returns the code that an error carries: that of the first [Code] or [Error] in its tree,
// depth first and from left to right, as [errors.Is] walks. It returns nil if there is none.
func CodeOf(err error) *Code { return AsError(err).Code() }

// AsError returns the first error with a code in the tree of err, depth first and from left to
// right. A bare [Code] counts as an error without arguments. It returns nil if there is none, and
// never panics, even if an Unwrap method in the tree does. It looks at 10,000 errors at most.
func AsError(err error) *Error {
	for e := range coded(err) {
		return e
	}
	return nil
}

// Errors returns the errors with a code in the tree of err, the most urgent first and otherwise
// from left to right. An error that is wrapped by one with a code is its cause, and not included.
// Only an error that joins several, such as that of [errors.Join], has more than one. Like
// [AsError], it looks at 10,000 errors at most and never panics.
func Errors(err error) []*Error {
	all := slices.Collect(coded(err))
	slices.SortStableFunc(all, func(a, b *Error) int { return urgency(a) - urgency(b) })
	return all
}

// coded yields the errors with a code in the tree of err.
func coded(err error) iter.Seq[*Error] {
	return func(yield func(*Error) bool) {
		for end := range ends(access.NewWalk(), err) {
			if e, ok := end.(*Error); ok && e.Code() != nil && !yield(e) {
				return
			}
		}
	}
}

func ends(w *access.Walk, err error) iter.Seq[error] {
	return func(yield func(error) bool) { visit(w, err, yield) }
}

// visit reports whether the walk goes on.
func visit(w *access.Walk, err error, yield func(error) bool) bool {
	if err == nil {
		return true
	}
	if w.Left--; w.Left < 0 {
		yield(access.ErrEndless)
		return false
	}
	switch err := err.(type) {
	case *Error:
		return yield(err)
	case *Code:
		if err == nil {
			return yield(err)
		}
		return yield(err.bare)
	}
	wrapped := unwrap(err)
	if len(wrapped) == 0 {
		return yield(err)
	}
	for _, inner := range wrapped {
		if !visit(w, inner, yield) {
			return false
		}
	}
	return true
}

// unwrap returns what an error wraps. That of a typed nil may be unknown, since its Unwrap panics.
func unwrap(err error) (wrapped []error) {
	defer func() {
		if recover() != nil {
			wrapped = nil
		}
	}()
	switch err := err.(type) {
	case interface{ Unwrap() error }:
		if inner := err.Unwrap(); inner != nil {
			return []error{inner}
		}
	case interface{ Unwrap() []error }:
		return err.Unwrap()
	}
	return nil
}

var typeOfJoined = reflect.TypeOf(errors.Join(errors.ErrUnsupported))

// joinedText returns what [access.JoinedText] describes. The result of errors.Join is the one error
// whose text grows with the number of errors in it when it is asked for.
func joinedText(err error) (string, bool) {
	if reflect.TypeOf(err) != typeOfJoined {
		return "", false
	}
	var text []byte
	nodes, texts := access.MaxErrors, access.MaxJoined
	var add func(err error) bool
	add = func(err error) bool {
		if nodes--; nodes < 0 || texts == 0 || len(text) > maxCause {
			return false
		}
		if reflect.TypeOf(err) == typeOfJoined {
			return !slices.ContainsFunc(unwrap(err), func(inner error) bool { return !add(inner) })
		}
		texts--
		text = append(fmt.Append(text, err), "; "...)
		return true
	}
	if !add(err) {
		return string(text) + "…", true
	}
	return strings.TrimSuffix(string(text), "; "), true
}

func parts(w *access.Walk, e *Error) iter.Seq[access.Part] {
	return func(yield func(access.Part) bool) {
		if e.Code() == nil || len(w.Inside) >= access.MaxDepth || slices.Contains(w.Inside, any(e)) {
			return
		}
		w.Inside = append(w.Inside, e)
		defer func() { w.Inside = w.Inside[:len(w.Inside)-1] }()
		path, violation := "", true
		emit := func(end error) bool {
			return yield(access.Part{Path: path, Violation: violation, Err: end})
		}
		for _, v := range e.violations {
			path = v.Path
			if v.Err == nil && !emit(nil) || !visit(w, v.Err, emit) {
				return
			}
		}
		if path, violation = "", false; e.code.Aggregate() {
			visit(w, e.cause, emit)
		}
	}
}

// urgent lists statuses in order of urgency: before them come the server's own failures. What the
// reader must do before anything else can help is first.
var urgent = [...]int{401, 403, 429, 409, 404, 413, 415, 422, 400}

// urgency returns the error's rank; the lowest is the most urgent.
func urgency(e *Error) int {
	status := e.code.shown().HTTPStatus() // or the order would tell readers the true code
	if status >= 500 {
		return -1
	}
	if i := slices.Index(urgent[:], status); i >= 0 {
		return i
	}
	return len(urgent)
}
