package problem_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// loop is an error whose wrapped errors can be set later, to make cycles.
type loop struct{ in []error }

func (l *loop) Error() string   { return "loop" }
func (l *loop) Unwrap() []error { return l.in }

// tail is like loop, but wraps a single error.
type tail struct{ in error }

func (t *tail) Error() string { return "tail" }
func (t *tail) Unwrap() error { return t.in }

// endless returns error trees with cycles, by name.
func endless() map[string]error {
	all := map[string]error{"wraps itself": circle{}}
	single := &tail{}
	single.in = codes.AggregateError.Wrap(single)
	all["aggregate of itself"] = single.in
	twice := &loop{}
	twice.in = []error{badOrder, codes.AggregateError.Wrap(twice), codes.AggregateError.Wrap(twice)}
	all["aggregate of itself, twice"] = codes.AggregateError.Wrap(twice)
	own := &tail{}
	own.in = partly.Wrap(own)
	all["aggregate with a status"] = own.in
	reported := &tail{}
	reported.in = badOrder.New().With(catalog.Violation{Path: "/a", Err: reported})
	all["violation of itself"] = reported.in
	both := &loop{}
	both.in = []error{badOrder.New().With(catalog.Violation{Err: both}),
		several.New().With(catalog.Violation{Err: both})}
	all["violations of each other"] = both
	return all
}

// TestCycles checks that an error tree with cycles is answered and logged like any other.
func TestCycles(t *testing.T) {
	for name, err := range endless() {
		t.Run(name, func(t *testing.T) {
			for _, accept := range []string{"application/json", "text/html", "text/plain"} {
				respond, logged := newResponder(t, problem.Options{})
				rec := httptest.NewRecorder()
				rec.Header().Set("Cache-Control", "max-age=60")
				respond.Write(rec, request("Accept", accept), err)
				if rec.Code < 200 || rec.Body.Len() == 0 {
					t.Errorf("%s: status %d, %d bytes", accept, rec.Code, rec.Body.Len())
				}
				if got := line(t, logged); got["level"] != "ERROR" {
					t.Errorf("%s: logged %v", accept, got)
				}
				if accept == "application/json" {
					if n := shown(decode(t, rec)); n > problem.MaxErrors {
						t.Errorf("%d errors are shown", n)
					}
				}
			}
		})
		t.Run(name+" after another", func(t *testing.T) {
			respond, logged := newResponder(t, problem.Options{})
			respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
				respond.Write(w, r, err)
				return errors.New("another")
			}).ServeHTTP(httptest.NewRecorder(), request())
			if n := len(lines(t, logged)); n != 2 {
				t.Errorf("%d lines logged", n)
			}
		})
		t.Run(name+" before another", func(t *testing.T) {
			respond, logged := newResponder(t, problem.Options{})
			respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
				respond.Write(w, r, tooMany)
				return err
			}).ServeHTTP(httptest.NewRecorder(), request())
			if n := len(lines(t, logged)); n != 2 {
				t.Errorf("%d lines logged", n)
			}
		})
		t.Run(name+" from decoding", func(t *testing.T) {
			if got := problem.DecodeError(err); got != err {
				t.Errorf("%v", got)
			}
		})
	}
}

// TestNesting checks that nested lists end at a depth of 32.
func TestNesting(t *testing.T) {
	tests := []struct {
		name                 string
		depth, shown, status int
	}{
		{"maximum depth", 32, 32, 400},
		{"too deep", 100, 32, 500},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := error(badOrder)
			for range test.depth {
				err = codes.AggregateError.Wrap(err)
			}
			rec := write(t, problem.Options{}, err)
			if n := shown(decode(t, rec)); n != test.shown || rec.Code != test.status {
				t.Errorf("%d errors are shown with status %d, want %d with %d", n, rec.Code, test.shown,
					test.status)
			}
		})
	}
}
