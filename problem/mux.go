package problem

import (
	"net/http"
	"strings"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// The params that [Options.NotFound] and [Options.MethodNotAllowed] may have.
var (
	requestPath    = catalog.String("Path", "/orders/7")
	requestMethod  = catalog.Literal("Method", "DELETE")
	allowedMethods = catalog.List(catalog.Or, catalog.Literal("Methods", "GET"), "HEAD")
)

// Mux returns a handler that serves requests with the mux. If no pattern matches the path, it
// answers as [Options.NotFound]. If patterns match the path but not the method, it answers as
// [Options.MethodNotAllowed], with the Allow header of the mux.
//
// Patterns may still be added to the mux. A pattern that matches everything, such as "/", leaves
// nothing to answer.
func (h *Responder) Mux(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refusal := discardWriter{header: http.Header{}}
		if handler, pattern := mux.Handler(r); pattern == "" {
			handler.ServeHTTP(&refusal, r)
		}
		switch refusal.status {
		case http.StatusNotFound:
			h.NotFound().ServeHTTP(w, r)
		case http.StatusMethodNotAllowed:
			h.MethodNotAllowed(refusal.header.Get("Allow")).ServeHTTP(w, r)
		default:
			mux.ServeHTTP(w, r) // It matched, or the mux redirects to the cleaned path.
		}
	})
}

// discardWriter is a response writer that keeps the header and status and discards the body.
type discardWriter struct {
	header http.Header
	status int
}

func (w *discardWriter) Header() http.Header         { return w.header }
func (w *discardWriter) Write(b []byte) (int, error) { return len(b), nil }
func (w *discardWriter) WriteHeader(status int)      { w.status = status }

// NotFound returns a handler that answers as [Options.NotFound], for a router that takes a handler
// for paths it does not know. [Responder.Mux] does it for an [http.ServeMux].
func (h *Responder) NotFound() http.Handler {
	return h.Handler(func(_ http.ResponseWriter, r *http.Request) error {
		return h.notFound(r, errNoPattern)
	})
}

// notFound returns the error for a path that does not exist.
func (h *Responder) notFound(r *http.Request, cause error) error {
	code := h.options.NotFound
	args := optionalArg(code, codes.ObjectType, codes.KindPage)
	args = append(args, optionalArg(code, codes.ObjectID, r.URL.Path)...)
	args = append(args, optionalArg(code, requestPath, r.URL.Path)...)
	return code.Wrap(cause, args...)
}

// MethodNotAllowed returns a handler that answers as [Options.MethodNotAllowed], for a router that
// takes a handler for wrong methods. The methods become the Allow header. If none is given, they
// are those of the Allow header that the router has set, or of [Options.Allow].
func (h *Responder) MethodNotAllowed(methods ...string) http.Handler {
	return h.Handler(func(w http.ResponseWriter, r *http.Request) error {
		if len(methods) > 0 {
			w.Header().Set("Allow", strings.Join(methods, ", "))
		}
		return h.methodNotAllowed(w, r)
	})
}

// methodNotAllowed returns the error for a method that the path does not have.
func (h *Responder) methodNotAllowed(w http.ResponseWriter, r *http.Request) error {
	allow := h.setAllow(withRequest(r), w.Header(), r)
	code := h.options.MethodNotAllowed
	args := optionalArg(code, codes.Feature, r.Method)
	args = append(args, optionalArg(code, requestMethod, r.Method)...)
	if len(allow) > 0 {
		args = append(args, optionalArg(code, allowedMethods, allow)...)
	}
	return code.Wrap(errNoMethod, args...)
}

// WriteStatus answers the request with an error of a framework, which has an HTTP status in place
// of a code: 404 and 405 as [Responder.NotFound] and [Responder.MethodNotAllowed] do, any other
// status with a standard code. That is [codes.ValidationError] if the client is to blame and no
// code says more, and [Options.Internal] if the server is. The response has the status of the code,
// and the error's own text is only logged.
//
// If the status is below 400, such as zero, or if the error itself says more, as one with a code
// does, WriteStatus does the same as [Responder.Write].
func (h *Responder) WriteStatus(w http.ResponseWriter, r *http.Request, status int, err error) {
	e := h.coded(r.Context(), err)
	if e != nil && e.Code() == h.internal && catalog.CodeOf(err) == nil {
		switch {
		case status == http.StatusNotFound:
			err = h.notFound(r, err)
		case status == http.StatusMethodNotAllowed:
			err = h.methodNotAllowed(w, r)
		default:
			err = statusError(status, err)
		}
	}
	h.Write(w, r, err)
}

// codesByStatus are what a framework means by a status. They have no arguments, so that readers see
// title and help.
var codesByStatus = map[int]*catalog.Code{
	http.StatusUnauthorized:          codes.SessionMissing,
	http.StatusForbidden:             codes.OperationForbidden,
	http.StatusRequestTimeout:        codes.Timeout,
	http.StatusLengthRequired:        codes.MissingContentLength,
	http.StatusRequestEntityTooLarge: codes.ObjectTooLarge,
	http.StatusUnsupportedMediaType:  codes.MissingContentType,
	http.StatusTooManyRequests:       codes.RequestLimitExceeded,
	http.StatusGatewayTimeout:        codes.Timeout,
}

// statusError returns an error with the standard code for a status, or the error itself.
func statusError(status int, err error) error {
	if code := codesByStatus[status]; code != nil {
		return code.Wrap(err)
	}
	if 400 <= status && status < 500 {
		return invalidValue(err)
	}
	return err
}
