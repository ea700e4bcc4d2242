package problem

import (
	"errors"
	"net/http"
	"strings"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// Params that the codes which [Responder.Mux] answers with may have.
var (
	requestPath    = catalog.String("Path", "/orders/7")
	requestMethod  = catalog.Literal("Method", "DELETE")
	allowedMethods = catalog.List(catalog.Or, catalog.Literal("Methods", "GET"), "HEAD")
)

var (
	errNoPattern = errors.New("no pattern of the mux matches the path")
	errNoMethod  = errors.New("no pattern of the mux matches the method")
)

// Mux returns a handler that serves by the mux, and answers in its place where no pattern matches the path, as
// [Options.NotFound], or where one matches but for the method, as [Options.MethodNotAllowed], if there is one. The latter's
// response has the mux's Allow.
//
// Patterns may be added to the mux later. One that matches everything, such as "/", leaves nothing to answer.
func (h *Responder) Mux(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refused := probe{header: http.Header{}}
		if own, pattern := mux.Handler(r); pattern == "" {
			own.ServeHTTP(&refused, r)
		}
		switch {
		case refused.status == http.StatusNotFound:
			h.Write(w, r, h.notFound(r))
		case refused.status == http.StatusMethodNotAllowed && h.options.MethodNotAllowed != nil:
			allow := refused.header.Get("Allow")
			w.Header().Set("Allow", allow)
			h.Write(w, r, h.refusedMethod(r, allow))
		default:
			mux.ServeHTTP(w, r) // It may also want to redirect to a path that is well formed.
		}
	})
}

// probe is a response writer that takes a mux's refusal without sending it.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

func (h *Responder) notFound(r *http.Request) error {
	code := h.options.NotFound
	args := offer(code, codes.ObjectType, codes.KindPage)
	args = append(args, offer(code, codes.ObjectID, r.URL.Path)...)
	args = append(args, offer(code, requestPath, r.URL.Path)...)
	return code.Wrap(errNoPattern, args...)
}

func (h *Responder) refusedMethod(r *http.Request, allow string) error {
	code := h.options.MethodNotAllowed
	args := offer(code, requestMethod, r.Method)
	args = append(args, offer(code, allowedMethods, strings.Split(allow, ", "))...)
	return code.Wrap(errNoMethod, args...)
}
