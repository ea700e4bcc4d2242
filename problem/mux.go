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
		case http.StatusNotFound, http.StatusMethodNotAllowed:
			h.Handler(func(w http.ResponseWriter, r *http.Request) error {
				if refusal.status == http.StatusNotFound {
					return h.notFound(r)
				}
				allow := refusal.header.Get("Allow")
				w.Header().Set("Allow", allow)
				return h.methodNotAllowed(r, allow)
			}).ServeHTTP(w, r)
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

func (h *Responder) notFound(r *http.Request) error {
	code := h.options.NotFound
	args := optionalArg(code, codes.ObjectType, codes.KindPage)
	args = append(args, optionalArg(code, codes.ObjectID, r.URL.Path)...)
	args = append(args, optionalArg(code, requestPath, r.URL.Path)...)
	return code.Wrap(errNoPattern, args...)
}

func (h *Responder) methodNotAllowed(r *http.Request, allow string) error {
	code := h.options.MethodNotAllowed
	args := optionalArg(code, codes.Feature, r.Method)
	args = append(args, optionalArg(code, requestMethod, r.Method)...)
	args = append(args, optionalArg(code, allowedMethods, strings.Split(allow, ", "))...)
	return code.Wrap(errNoMethod, args...)
}
