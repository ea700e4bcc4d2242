package problem

import (
	"context"
	"errors"
	"net/http"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// classify finds the error with a code that the given one is answered as. It leaves it nil for a request that its client
// has cancelled, since nobody reads an answer.
func (h *Responder) classify(r *http.Request, a *answer) {
	err := a.given
	if _, ok := err.(*panicked); ok {
		a.err = h.options.Internal.Wrap(err)
		return
	}
	if h.options.Map != nil && err != nil {
		if !h.call(r, "Map", a.reference, func() { a.mapped = h.options.Map(err) }) {
			a.err = h.options.Internal.Wrap(err)
			return
		}
		if a.mapped != nil {
			err = a.mapped
		}
	}
	a.err = h.coded(r, err)
	a.unforeseen = catalog.CodeOf(err) != nil && hasUncoded(err)
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
	switch all := catalog.All(err); len(all) {
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
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Is(tooLarge.Limit))
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return codes.Timeout.Wrap(err)
	case errors.Is(err, context.Canceled) && errors.Is(r.Context().Err(), context.Canceled):
		return nil
	}
	return h.options.Internal.Wrap(err)
}
