package problem

import (
	"context"
	"errors"
	"net/http"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// classify finds the error with a code that the given one is answered as, and how that is treated. There is none for a
// request that its client has cancelled, since nobody reads an answer.
func (h *Responder) classify(r *http.Request, a *answer) {
	err, ok := h.mapped(r, a)
	if ok {
		a.err = h.coded(r, err)
	} else {
		a.err = h.options.Internal.Wrap(err)
	}
	if ok && catalog.CodeOf(err) != nil {
		if found := unforeseen(err); found != error(a.err) { // which is a failure that everything else in the log tells of
			a.unforeseen = found
		}
	}
	if a.err != nil {
		a.treatment = treatmentOf(a.err)
	}
}

// mapped returns the given error, or what Map makes of it. It is not ok if the program is at fault whatever the error
// says.
func (h *Responder) mapped(r *http.Request, a *answer) (err error, ok bool) {
	if _, burnt := a.given.(*panicked); burnt {
		return a.given, false
	}
	if h.options.Map == nil || a.given == nil {
		return a.given, true
	}
	ok = h.call(r, "Map", a.reference, func() { a.mapped = h.options.Map(a.given) })
	if a.mapped == nil {
		return a.given, ok
	}
	return a.mapped, ok
}

// coded returns the error with a code that err carries, or that it stands for.
//
// A typed nil may panic as soon as it is asked what it wraps. It carries no code, as any other error of somebody else's.
func (h *Responder) coded(r *http.Request, err error) (e *catalog.Error) {
	defer func() {
		if recover() != nil {
			e = h.options.Internal.Wrap(err)
		}
	}()
	switch all := catalog.Errors(err); len(all) {
	case 0:
		return h.builtin(r, err)
	case 1:
		return all[0]
	default:
		return h.options.Aggregate.Wrap(err, offer(h.options.Aggregate, codes.Count, len(all))...)
	}
}

// builtin maps those few errors of the standard library whose meaning does not depend on where they come from. A missing
// file, say, is none of them: it may be what the reader asked for, or a template of the program's own.
func (h *Responder) builtin(r *http.Request, err error) *catalog.Error {
	if !ends(err) {
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
