package problem

import (
	"net/http"
	"runtime/debug"

	"github.com/errlingo/errlingo"
)

// Handler returns a handler that runs f and answers with the error that f returns, as [Responder.Write] does. The
// request's context carries the reader's localizer, for [errlingo.FromContext].
//
// A panic of f is caught, logged with its stack and answered as [Options.Internal], except for [http.ErrAbortHandler],
// which is passed on. If f has sent the response's header before it fails, informational ones apart, the error is logged
// and the connection aborted. A connection that f has hijacked is left alone, and so is a response that f has made by
// [Responder.Write] of the same responder, so that f may return the error that it has answered already. After a request
// that was cancelled the connection is aborted too, since a server would send an empty response of status 200 for a
// handler that wrote none.
//
// The response writer that f gets has Flush, Hijack, ReadFrom and WriteString, and Unwrap for [http.ResponseController].
// It buffers nothing.
func (h *Responder) Handler(f func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := &writer{ResponseWriter: w, reader: h.Localizer(r)}
		r = r.WithContext(errlingo.NewContext(r.Context(), own.reader))
		err := run(f, own, r)
		if err == nil {
			return
		}
		h.Write(own, r, err)
		if !own.taken() && r.Context().Value(http.ServerContextKey) != nil {
			// Nothing was written for a client that seems to be gone. If it is there all the same, since it was the program
			// that cancelled the request's context, it must not take the server's silence for an empty success.
			panic(http.ErrAbortHandler)
		}
	})
}

// run calls f and returns a panic of it as an error.
func run(f func(http.ResponseWriter, *http.Request) error, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		value := recover()
		if value == http.ErrAbortHandler {
			panic(value)
		}
		if value != nil {
			err = &panicked{value, debug.Stack()}
		}
	}()
	return f(w, r)
}
