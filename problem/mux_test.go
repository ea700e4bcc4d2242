package problem_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

func TestMux(t *testing.T) {
	var (
		path    = catalog.String("Path", "/x")
		method  = catalog.Literal("Method", "PUT")
		methods = catalog.List(catalog.Or, catalog.Literal("Methods", "PUT"))
		own     = catalogtest.Temporary(t, catalog.NewDomain("own"))
		lost    = own.Define(1, "LOST",
			catalog.Spec{Title: "Lost", Detail: "No page {{.Path}}.", Params: catalog.Params{path},
				HTTP: 404})
		refused = own.Define(2, "REFUSED",
			catalog.Spec{Title: "Refused", Detail: "No {{.Method}}, but {{.Methods}}.",
				Params: catalog.Params{method, methods}, HTTP: 405})
		odd = own.Define(3, "ODD",
			catalog.Spec{Title: "Odd", Params: catalog.Params{catalog.Int("Path", 1)}, HTTP: 410})
	)
	answers := problem.Options{NotFound: lost, MethodNotAllowed: refused}
	tests := []struct {
		name    string
		options problem.Options
		method  string
		target  string
		status  int
		code    string // "" if the mux or the app answers
		detail  string
		header  http.Header
	}{
		{"match", problem.Options{}, "GET", "/items/7", 200, "", "",
			http.Header{"X-Id": {"7"}, "X-Pattern": {"GET /items/{id}"}}},
		{"the app answers 404", problem.Options{}, "GET", "/gone", 404, "", "", nil},
		{"unknown path", problem.Options{}, "GET", "/order%0As", 404, "OBJECT_NOT_FOUND",
			"We couldn’t find the page “/order s”.",
			http.Header{"Allow": nil, "Cache-Control": {"no-store"}}},
		{"wrong method", problem.Options{}, "DELETE", "/items/7", 405, "COMMAND_UNAVAILABLE",
			"DELETE isn’t available here.",
			http.Header{"Allow": {"GET, HEAD, PUT"}, "Content-Language": {"en"},
				"Content-Type": {"application/problem+json"}}},
		{"unknown path, with a code", answers, "GET", "/orders", 404, "LOST", "No page /orders.", nil},
		{"wrong method, with a code", answers, "DELETE", "/items/7", 405, "REFUSED",
			"No DELETE, but GET, HEAD, or PUT.", http.Header{"Allow": {"GET, HEAD, PUT"}}},
		{"param of another kind", problem.Options{NotFound: odd}, "GET", "/orders", 410, "ODD", "", nil},
		{"path not clean", problem.Options{}, "GET", "/a//b", 307, "", "",
			http.Header{"Location": {"/a/b"}}},
		{"missing trailing slash", problem.Options{}, "GET", "/tree", 307, "", "",
			http.Header{"Location": {"/tree/"}}},
		{"asterisk", problem.Options{}, "GET", "*", 400, "", "", nil},
		{"connect", problem.Options{}, "CONNECT", "/orders", 404, "OBJECT_NOT_FOUND",
			"We couldn’t find the page “/orders”.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mux := http.NewServeMux()
			mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("X-Id", r.PathValue("id"))
				w.Header().Set("X-Pattern", r.Pattern)
			})
			mux.HandleFunc("PUT /items/{id}", func(http.ResponseWriter, *http.Request) {})
			mux.HandleFunc("/tree/", func(http.ResponseWriter, *http.Request) {})
			mux.HandleFunc("/gone", http.NotFound)
			respond, logged := newResponder(t, test.options)
			rec := httptest.NewRecorder()
			r := httptest.NewRequest(test.method, "/", nil)
			r.RequestURI = test.target
			r.URL.Path = strings.ReplaceAll(test.target, "%0A", "\n")
			respond.Mux(mux).ServeHTTP(rec, r)
			if rec.Code != test.status {
				t.Errorf("status %d, want %d", rec.Code, test.status)
			}
			for name, want := range test.header {
				if got := rec.Header()[name]; !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if test.code == "" {
				if logged.Len() > 0 || rec.Header().Get("Content-Type") == "application/problem+json" {
					t.Errorf("answered %v %s", rec.Header(), rec.Body)
				}
				return
			}
			if got := decode(t, rec); got.Name != test.code || got.Detail != test.detail ||
				strings.Contains(got.Help, "{") {
				t.Errorf("answered %+v, want %s %s", got, test.code, test.detail)
			}
			if got := line(t, logged); got["level"] != "INFO" {
				t.Errorf("logged %v", got)
			}
		})
	}
}

// TestMuxLanguage checks that the answers of a mux are in the user's language and format, with
// standard codes alone.
func TestMuxLanguage(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /buy", func(http.ResponseWriter, *http.Request) {})
	handler := problem.New(bundle, problem.Options{Logger: quiet()}).Mux(mux)
	tests := []struct {
		name, target, accept string
		status               int
		allow, part          string
	}{
		{"wrong method", "/buy", "application/json", 405, "POST",
			`"detail":"GET ist hier nicht verfügbar."`},
		{"wrong method, for a browser", "/buy", browser, 405, "POST", "<h1>Funktion nicht verfügbar</h1>"},
		{"unknown path", "/by", "application/json", 404, "", `"lang":"de"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			rec.Header().Set("X-App", "1")
			r := httptest.NewRequest("GET", test.target, nil)
			r.Header.Set("Accept", test.accept)
			r.Header.Set("Accept-Language", "de-CH")
			handler.ServeHTTP(rec, r)
			got := rec.Header()
			if rec.Code != test.status || got.Get("Allow") != test.allow || got.Get("X-App") != "1" ||
				got.Get("Content-Language") != "de" || !strings.Contains(rec.Body.String(), test.part) {
				t.Errorf("%d %v %s", rec.Code, got, rec.Body)
			}
		})
	}
}

// TestCommandUnavailable checks that the code has a status of its own elsewhere.
func TestCommandUnavailable(t *testing.T) {
	if rec := write(t, problem.Options{}, codes.CommandUnavailable); rec.Code != 400 {
		t.Errorf("status %d", rec.Code)
	}
}

// TestMuxArguments checks that the codes of a mux get an argument for each param, and no others.
func TestMuxArguments(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /a", func(http.ResponseWriter, *http.Request) {})
	for _, target := range []string{"/a", "/b"} {
		var given []error
		respond, _ := newResponder(t, problem.Options{
			MethodNotAllowed: noMethod,
			Map:              func(_ context.Context, err error) error { given = append(given, err); return nil },
		})
		respond.Mux(mux).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("PUT", target, nil))
		if len(given) != 1 {
			t.Fatalf("%d errors", len(given))
		}
		e := catalog.AsError(given[0])
		if unknown := e.UnknownArgs(); len(unknown) > 0 {
			t.Errorf("%v has the unknown arguments %q", e, unknown)
		}
		count := 0
		for range e.Args() {
			count++
		}
		if want := len(e.Code().Spec().Params); count != want {
			t.Errorf("%v has %d arguments, want %d", e, count, want)
		}
	}
}

func TestWriteStatus(t *testing.T) {
	own := catalogtest.Temporary(t, catalog.NewDomain("framework"))
	lost := own.Define(1, "LOST", catalog.Spec{Title: "Lost", HTTP: 410})
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	failed := errors.New("canary")
	tests := []struct {
		name    string
		options problem.Options
		ctx     context.Context
		status  int
		err     error
		want    int // 0 if nothing is answered
		code    string
	}{
		{"unknown path", problem.Options{}, nil, 404, failed, 404, "OBJECT_NOT_FOUND"},
		{"unknown path, with a code", problem.Options{NotFound: lost}, nil, 404, failed, 410, "LOST"},
		{"wrong method", problem.Options{}, nil, 405, failed, 405, "COMMAND_UNAVAILABLE"},
		{"not signed in", problem.Options{}, nil, 401, failed, 401, "SESSION_MISSING"},
		{"forbidden", problem.Options{}, nil, 403, failed, 403, "OPERATION_FORBIDDEN"},
		{"slow client", problem.Options{}, nil, 408, failed, 504, "TIMEOUT"},
		{"no length", problem.Options{}, nil, 411, failed, 411, "MISSING_CONTENT_LENGTH"},
		{"too large", problem.Options{}, nil, 413, failed, 413, "OBJECT_TOO_LARGE"},
		{"another type", problem.Options{}, nil, 415, failed, 415, "MISSING_CONTENT_TYPE"},
		{"too many", problem.Options{}, nil, 429, failed, 429, "REQUEST_LIMIT_EXCEEDED"},
		{"another one of clients", problem.Options{}, nil, 418, failed, 422, "VALIDATION_ERROR"},
		{"a server's", problem.Options{}, nil, 502, failed, 500, "INTERNAL_SERVER_ERROR"},
		{"no status", problem.Options{}, nil, 0, failed, 500, "INTERNAL_SERVER_ERROR"},
		{"no error's", problem.Options{}, nil, 302, failed, 500, "INTERNAL_SERVER_ERROR"},
		{"no error", problem.Options{}, nil, 404, nil, 404, "OBJECT_NOT_FOUND"},
		{"a code", problem.Options{}, nil, 404, fmt.Errorf("status 404: %w", signIn), 401, "SIGN_IN"},
		{"the internal code", problem.Options{}, nil, 404, codes.InternalServerError, 500, "INTERNAL_SERVER_ERROR"},
		{"body too large", problem.Options{}, nil, 400, &http.MaxBytesError{Limit: 5}, 413, "OBJECT_TOO_LARGE"},
		{"canceled", problem.Options{}, canceled, 400, fmt.Errorf("status 400: %w", canceled.Err()), 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, logged := newResponder(t, test.options)
			rec := httptest.NewRecorder()
			rec.Header().Set("Allow", "GET, PUT")
			rec.Header().Set("Location", "/elsewhere")
			r := request()
			if test.ctx != nil {
				r = r.WithContext(test.ctx)
			}
			respond.WriteStatus(rec, r, test.status, test.err)
			if test.want == 0 {
				if rec.Body.Len() > 0 {
					t.Errorf("answered %d %s", rec.Code, rec.Body)
				}
				return
			}
			if doc := decode(t, rec); rec.Code != test.want || doc.Name != test.code || rec.Header().Get("Location") != "" {
				t.Errorf("answered %d %s, want %d %s; %v", rec.Code, doc.Name, test.want, test.code, rec.Header())
			}
			if strings.Contains(rec.Body.String(), "canary") || rec.Header().Get("Allow") != "GET, PUT" {
				t.Errorf("answered %v %s", rec.Header(), rec.Body)
			}
			if test.err == failed && test.status != 405 && !strings.Contains(logged.String(), "canary") {
				t.Errorf("logged %s", logged)
			}
		})
	}
}
