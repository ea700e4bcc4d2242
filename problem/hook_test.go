package problem_test

import (
	"context"
	"errors"
	"html/template"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/problem"
)

// panics is an option that panics.
func panics[T any]() T { panic(errors.New("canary-hook")) }

// TestOptionsThatPanic checks that a panic in an option is logged and the request is still
// answered.
func TestOptionsThatPanic(t *testing.T) {
	failing := func() iter.Seq[int] { return func(func(int) bool) { panics[int]() } }
	page := template.Must(template.New("").Funcs(template.FuncMap{"failing": failing}).
		Parse(`half {{range failing}}{{end}}`))
	tests := []struct {
		name    string
		options problem.Options
		status  int
		answer  string // part of it
	}{
		{"Map", problem.Options{Map: func(context.Context, error) error { return panics[error]() }}, 500,
			"INTERNAL_SERVER_ERROR"},
		{"Profile", problem.Options{Profile: func(*http.Request) string { return panics[string]() }}, 405,
			"NO_METHOD"},
		{"Zone", problem.Options{Zone: func(*http.Request) *time.Location {
			return panics[*time.Location]()
		}}, 405, "NO_METHOD"},
		{"Allow", problem.Options{Allow: func(*http.Request) []string { return panics[[]string]() }}, 405,
			"NO_METHOD"},
		{"NewReference", problem.Options{NewReference: func(context.Context) string { return panics[string]() }}, 405, "NO_METHOD"},
		{"Page", problem.Options{Page: page}, 405, "NO_METHOD"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, logged := newResponder(t, test.options)
			rec := httptest.NewRecorder()
			respond.Handler(func(http.ResponseWriter, *http.Request) error { return noMethod }).
				ServeHTTP(rec, request("Accept", browser, "Accept-Language", "de"))
			if body := rec.Body.String(); rec.Code != test.status || !strings.Contains(body, test.answer) ||
				!strings.HasPrefix(body, "<!DOCTYPE html>") || strings.Contains(body, "canary") {
				t.Errorf("status %d: %s", rec.Code, body)
			}
			lines := lines(t, logged)
			if len(lines) != 2 {
				t.Fatalf("%d lines logged, want one for the option and one for the error:\n%s", len(lines),
					logged)
			}
			first := lines[0]
			stack, _ := first["stack"].(string)
			if first["option"] != test.name || first["level"] != "ERROR" ||
				first["error"] != "panic: canary-hook" ||
				!strings.Contains(stack, "problem_test.panics") {
				t.Errorf("logged %v", first)
			}
			if lines[1]["reference"] == "" || lines[1]["error"] != "NO_METHOD (1204): Not possible here" {
				t.Errorf("logged %v", lines[1])
			}
		})
	}
}

func TestOptionThatAborts(t *testing.T) {
	respond, _ := newResponder(t,
		problem.Options{Profile: func(*http.Request) string { panic(http.ErrAbortHandler) }})
	defer func() {
		if value := recover(); value != http.ErrAbortHandler {
			t.Errorf("recovered %v", value)
		}
	}()
	respond.Localizer(request())
	t.Error("the panic was not passed on")
}
