package problem

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
)

// classify decides which error to answer with, and how. There is none if the client canceled the
// request, since nobody would read the answer.
func (h *Responder) classify(r *http.Request, a *answer) {
	err, ok := h.mapError(r, a)
	if ok {
		a.err = h.coded(r, err)
	} else {
		a.err = h.options.Internal.Wrap(err)
	}
	if ok && catalog.CodeOf(err) != nil {
		// The rest of the log line is about a.err already.
		if found := unforeseen(err); found != error(a.err) {
			a.unforeseen = found
		}
	}
	if a.err != nil {
		a.treatment = treatmentOf(a.err)
	}
}

// mapError returns the original error, or the one that Map returns for it. It is not ok after a
// panic of the handler or of Map, which is an internal error whatever code the error has.
func (h *Responder) mapError(r *http.Request, a *answer) (err error, ok bool) {
	if _, panicked := a.original.(*panicError); panicked {
		return a.original, false
	}
	if h.options.Map == nil || a.original == nil {
		return a.original, true
	}
	ok = h.call(r, "Map", a.reference, func() { a.mapped = h.options.Map(a.original) })
	if a.mapped == nil {
		return a.original, ok
	}
	return a.mapped, ok
}

// coded returns an error with a code for err: the one in its tree, an aggregate of several, or one
// for an error of the standard library.
//
// Unwrap of a typed nil may panic. Such an error has no code, like any other from elsewhere.
func (h *Responder) coded(r *http.Request, err error) (e *catalog.Error) {
	defer func() {
		if recover() != nil {
			e = h.options.Internal.Wrap(err)
		}
	}()
	switch all := catalog.Errors(err); len(all) {
	case 0:
		return h.standardError(r, err)
	case 1:
		return all[0]
	default:
		return h.options.Aggregate.Wrap(err, optionalArg(h.options.Aggregate, codes.Count, len(all))...)
	}
}

// standardError returns an error with a code for an error of the standard library. It knows only
// errors that mean the same wherever they come from. A missing file, for example, may be what the
// user asked for, or one of the program's own templates.
func (h *Responder) standardError(r *http.Request, err error) *catalog.Error {
	if endless(err) {
		return h.options.Internal.Wrap(err)
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Arg(tooLarge.Limit))
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return codes.Timeout.Wrap(err)
	case errors.Is(err, context.Canceled) && errors.Is(r.Context().Err(), context.Canceled):
		return nil
	}
	return h.options.Internal.Wrap(err)
}

// mask replaces errors that the user must not see.
type mask struct {
	internal  *catalog.Code
	reference string
}

// visible returns the error that the user sees: the error itself, or a generic one for a server
// failure that is hidden from end users.
func (m *mask) visible(e *catalog.Error) *catalog.Error {
	if e.Code() != m.internal && hidden(e) {
		return m.generic()
	}
	return m.addArgs(e)
}

// generic returns the error that is shown if the user must not know what happened.
func (m *mask) generic() *catalog.Error {
	return m.internal.New(referenceArg(m.internal, m.reference)...)
}

// addArgs returns the error with the reference and the number of errors inside it, if it has params
// for them and was returned without arguments.
func (m *mask) addArgs(e *catalog.Error) *catalog.Error {
	for range e.Args() {
		return e
	}
	args := append(referenceArg(e.Code(), m.reference), countArg(e)...)
	if len(args) == 0 {
		return e
	}
	return e.Code().Wrap(e.Unwrap(), args...).With(e.Violations()...)
}

// countArg returns the number of violations and causes of an error as an argument. It returns none
// if the number is zero, since the program then meant something else to be counted.
func countArg(e *catalog.Error) []catalog.Arg {
	n := len(e.Violations())
	if e.Code().Aggregate() {
		n += len(catalog.Errors(e.Unwrap()))
	}
	if n == 0 {
		return nil
	}
	return optionalArg(e.Code(), codes.Count, n)
}

// hidden reports whether the error is a server failure whose texts are not meant for end users.
func hidden(e *catalog.Error) bool {
	return !e.Code().Audience().Has(catalog.AudienceEndUser) && treatmentOf(e).status >= 500
}

// treatment is what an error means for programs.
type treatment struct {
	status int
	retry  catalog.Retry
	wait   time.Duration // until the next attempt, if waits
	waits  bool
}

// treatmentOf returns the treatment that the error's code declares. An aggregate without a status
// has the status of its most urgent error. It has a retry only if all of its errors have the same
// one, and the longest wait of those with its status.
func treatmentOf(e *catalog.Error) treatment {
	if !inherits(e) {
		wait, waits := e.RetryAfter()
		return treatment{e.Code().HTTPStatus(), e.Code().Retry(), wait, waits}
	}
	all := leaves(e)
	if len(all) == 0 {
		return treatment{status: http.StatusInternalServerError}
	}
	t := treatment{status: all[0].Code().HTTPStatus(), retry: all[0].Code().Retry()}
	for _, leaf := range all {
		if leaf.Code().Retry() != t.retry {
			t.retry = catalog.RetryNever
		}
		if wait, waits := leaf.RetryAfter(); waits && leaf.Code().HTTPStatus() == t.status {
			t.wait, t.waits = max(t.wait, wait), true
		}
	}
	return t
}

// inherits reports whether the error has the status of the errors inside it.
func inherits(e *catalog.Error) bool {
	return e.Code().Aggregate() && e.Code().Spec().HTTP == 0
}

// leaves returns the errors in an aggregate, including those in nested aggregates, in order of
// urgency.
func leaves(e *catalog.Error) []*catalog.Error {
	var found []error
	w := access.NewWalk()
	var add func(e *catalog.Error)
	add = func(e *catalog.Error) {
		for part := range w.Parts(e) {
			child, ok := part.Err.(*catalog.Error)
			switch {
			case !ok || child.Code() == nil:
			case inherits(child):
				add(child)
			default:
				found = append(found, child)
			}
		}
	}
	add(e)
	return catalog.Errors(errors.Join(found...))
}

// seconds returns a wait for Retry-After (RFC 9110, section 10.2.3): in whole seconds, rounded up.
func seconds(d time.Duration) int64 {
	return int64(math.Ceil(max(d, 0).Seconds()))
}

// randomReference returns a random UUID (RFC 9562, section 5.4).
func randomReference() string {
	var id [16]byte
	rand.Read(id[:])
	id[6] = id[6]&0x0F | 0x40 // version 4
	id[8] = id[8]&0x3F | 0x80 // the variant of RFC 9562
	text := make([]byte, 0, 36)
	for i, part := range [...][]byte{id[:4], id[4:6], id[6:8], id[8:10], id[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

// stringReference is for codes that declare the param Reference as a String instead of a Literal.
var stringReference = catalog.String("Reference", "0f5d1c7e")

// referenceArg returns the reference as an argument, or none if the code has no param for it.
func referenceArg(code *catalog.Code, reference string) []catalog.Arg {
	args := optionalArg(code, codes.Reference, reference)
	return append(args, optionalArg(code, stringReference, reference)...)
}

// optionalArg returns the value as an argument, or none if the code has no such param.
func optionalArg[T any](code *catalog.Code, param catalog.Handle[T], value T) []catalog.Arg {
	for _, p := range access.CodeOf(code).Model.Params {
		if p.Name == param.Name() && p.Kind == param.Kind() {
			return []catalog.Arg{param.Arg(value)}
		}
	}
	return nil
}

var errNoError = errors.New("violation without an error")

// unforeseen returns an unexpected failure in the tree of err: an end that has no code or is hidden
// from end users. Next to expected errors, it would otherwise go unnoticed.
func unforeseen(err error) error {
	w := access.NewWalk()
	for end := range w.Ends(err) {
		if found := unexpected(w, end); found != nil {
			return found
		}
	}
	return nil
}

// unexpected returns the error itself if nobody expected it, or one inside it. Violations that are
// too many to visit count as expected: a request that causes them must not raise an alarm.
func unexpected(w *access.Walk, err error) error {
	e, ok := err.(*catalog.Error)
	switch {
	case !ok || e.Code() == nil || hidden(e):
		return err
	case slices.Contains(w.Inside, any(e)):
		return access.ErrEndless
	case !e.Code().Aggregate() && len(e.Violations()) == 0:
		return nil
	}
	return unexpectedInside(w, e)
}

func unexpectedInside(w *access.Walk, e *catalog.Error) error {
	for part := range w.Parts(e) {
		switch {
		case part.Err == nil:
			return errNoError
		case part.Violation && part.Err == access.ErrEndless:
			return nil
		}
		if found := unexpected(w, part.Err); found != nil {
			return found
		}
	}
	return nil
}

// endless reports whether the tree of an error without a code has more errors than a walk visits.
// The functions of package errors never return for a tree with cycles.
func endless(err error) bool {
	for end := range access.NewWalk().Ends(err) {
		if end == access.ErrEndless {
			return true
		}
	}
	return false
}

// wraps reports whether the first end of the target's tree is an end of err, or a cause of one.
func wraps(err, target error) bool {
	for end := range access.NewWalk().Ends(target) {
		return contains(access.NewWalk(), err, end)
	}
	return false
}

func contains(w *access.Walk, err, target error) bool {
	for end := range w.Ends(err) {
		if end == target {
			return true
		}
		if e, ok := end.(*catalog.Error); ok && contains(w, e.Unwrap(), target) {
			return true
		}
	}
	return false
}
