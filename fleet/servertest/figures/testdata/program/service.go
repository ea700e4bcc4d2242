//go:build service

package main

import (
	"net/http"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/problem"
)

func init() {
	serve = func(bundle *errlingo.Bundle) error {
		respond := problem.New(bundle, problem.Options{})
		return http.ListenAndServe(":8080", respond.Handler(
			func(http.ResponseWriter, *http.Request) error { return closed.New() }))
	}
}
