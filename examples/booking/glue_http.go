package main

import (
	"embed"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog/codes"
	standard "github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

//go:embed locales
var locales embed.FS

// loadTexts loads the texts of the theater, the standard codes and the validator's sentences.
func loadTexts() (*errlingo.Bundle, error) {
	return errlingo.Load(errlingo.Options{Uncoded: codes.Undefined, Sources: []errlingo.Source{
		{Domain: Domain, FS: locales},
		{Domain: codes.Domain, FS: standard.FS},
		ruleTexts,
	}})
}

// newResponder returns what answers with errors, over HTTP and RPC.
func newResponder(bundle *errlingo.Bundle, logger *slog.Logger) *problem.Responder {
	return problem.New(bundle, problem.Options{
		Map: failed.Map, Allow: allowed, Logger: logger, Query: "lang",
		Brand: problem.Brand{Label: TheaterName, Accent: "#7a1f3d"},
		Links: problem.Links{Home: "/performances", Support: "mailto:help@theater.example"},
	})
}

// allowed returns the methods of an address. Chi knows them, but doesn't pass them to the handler
// that answers wrong methods.
func allowed(r *http.Request) (methods []string) {
	routes := chi.RouteContext(r.Context()).Routes
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		if routes.Match(chi.NewRouteContext(), method, r.URL.Path) {
			methods = append(methods, method)
		}
	}
	return methods
}
