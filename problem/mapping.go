package problem

import (
	"context"
	"errors"
	"net/http"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// classify returns the error with a code that err is answered as. It returns nil for a request that its client has
// cancelled, since nobody reads an answer.
//
// A typed nil may panic as soon as it is asked what it wraps. It carries no code, as any other error of somebody else's.
func (h *Responder) classify(r *http.Request, err error) (e *catalog.Error) {
	defer func() {
		if recover() != nil {
			e = h.options.Internal.Wrap(err)
		}
	}()
	if _, ok := err.(*panicked); ok {
		return h.options.Internal.Wrap(err)
	}
	if h.options.Map != nil && err != nil {
		if mapped := h.options.Map(err); mapped != nil {
			err = mapped
		}
	}
	switch all := catalog.All(err); len(all) {
	case 0:
		return h.builtin(r, err)
	case 1:
		return all[0]
	default:
		return h.options.Aggregate.Wrap(err, countArg(h.options.Aggregate, len(all))...)
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

// countArg returns the argument that tells a code's texts how many errors there are, none if the code has no param for it.
func countArg(code *catalog.Code, n int) []catalog.Arg {
	if code.ParamIndex(codes.Count.Name()) < 0 {
		return nil
	}
	return []catalog.Arg{codes.Count.Is(n)}
}
