// Package withchi is the recipe for github.com/go-chi/chi.
package withchi

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/examples/frameworks/orders"
	"github.com/errlingo/errlingo/problem"
)

// New returns the service. All that fails is answered by the responder.
func New(respond *problem.Responder) http.Handler {
	r := chi.NewRouter()
	r.NotFound(respond.NotFound().ServeHTTP)
	r.MethodNotAllowed(func(w http.ResponseWriter, req *http.Request) {
		respond.MethodNotAllowed(methods(r, req.URL.Path)...).ServeHTTP(w, req)
	})
	r.Get("/language", language)
	r.Method("POST", "/orders", respond.Handler(order))
	return respond.Middleware(http.MaxBytesHandler(r, 64<<10))
}

// methods returns the methods of a path, which chi does not tell a handler of its own.
func methods(r chi.Routes, path string) (methods []string) {
	for _, m := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		if r.Match(chi.NewRouteContext(), m, path) {
			methods = append(methods, m)
		}
	}
	return methods
}

func order(w http.ResponseWriter, r *http.Request) error {
	var o orders.Order
	if err := problem.DecodeJSON(r.Body, &o); err != nil {
		return err
	}
	if err := (orders.Validator{}).Validate(o); err != nil {
		return err
	}
	if err := orders.Place(r.Context(), o); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func language(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, errlingo.FromContext(r.Context()).Locale())
}
