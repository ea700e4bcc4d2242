package catalog

import (
	"iter"
	"slices"
)

// CodeOf returns the code that an error carries: that of the first [Code] or [Error] in its tree, depth first and left to
// right, as [errors.Is] walks. It returns nil where there is none.
func CodeOf(err error) *Code { return AsError(err).Code() }

// AsError returns the first error with a code in the tree of err, depth first and left to right. A bare [Code] counts as an
// error without arguments. It returns nil where there is none, and never panics, even where an Unwrap method of the tree
// does.
func AsError(err error) *Error {
	if e, ok := own(err); ok {
		return e
	}
	return guard(func() *Error {
		for e := range walk(err) {
			return e
		}
		return nil
	})
}

// Errors returns the errors with a code in the tree of err, the most urgent first and otherwise from left to right. What an
// error with a code wraps is its cause and not among them. Only an error that joins several, such as that of
// [errors.Join], has more than one.
func Errors(err error) []*Error {
	if e, ok := own(err); ok {
		if e == nil {
			return nil
		}
		return []*Error{e}
	}
	all := guard(func() []*Error { return slices.Collect(walk(err)) })
	slices.SortStableFunc(all, func(a, b *Error) int { return urgency(a) - urgency(b) })
	return all
}

// own returns the error that err is by itself. It is known at once, without a walk, for the types of this package and
// for nil.
func own(err error) (e *Error, ok bool) {
	switch err := err.(type) {
	case *Error:
		if err.Code() == nil {
			return nil, true
		}
		return err, true
	case *Code:
		if err == nil {
			return nil, true
		}
		return err.bare, true
	}
	return nil, err == nil
}

// guard calls f and returns the zero value where it panics. A typed nil of somebody else's type may do so in its Unwrap;
// such an error carries no code.
func guard[T any](f func() T) (result T) {
	defer func() {
		if recover() != nil {
			var zero T
			result = zero
		}
	}()
	return f()
}

// walk yields the errors with a code, without descending into them.
func walk(err error) iter.Seq[*Error] {
	return func(yield func(*Error) bool) {
		v := visitor{yield: yield, left: maxErrors}
		v.visit(err, maxDepth)
	}
}

// How deep an error's tree is searched, and how many errors of it are looked at. No program wraps or joins as often, but
// for one whose errors lead back to themselves.
const (
	maxDepth  = 1000
	maxErrors = 1_000_000
)

type visitor struct {
	yield func(*Error) bool
	left  int // errors to look at
}

func (v *visitor) visit(err error, depth int) bool {
	if e, ok := own(err); ok {
		return e == nil || v.yield(e)
	}
	if v.left--; depth == 0 || v.left < 0 {
		return v.left >= 0
	}
	switch err := err.(type) {
	case interface{ Unwrap() error }:
		return v.visit(err.Unwrap(), depth-1)
	case interface{ Unwrap() []error }:
		for _, branch := range err.Unwrap() {
			if !v.visit(branch, depth-1) {
				return false
			}
		}
	}
	return true
}

// urgent lists statuses in the order in which they concern a reader: the server's own failures come first, then what the
// reader must do before anything else can help.
var urgent = [...]int{401, 403, 429, 409, 404, 413, 415, 422, 400}

// urgency returns the error's rank; the lowest is the most urgent.
func urgency(e *Error) int {
	status := e.code.HTTPStatus()
	if status >= 500 {
		return -1
	}
	if i := slices.Index(urgent[:], status); i >= 0 {
		return i
	}
	return len(urgent)
}
