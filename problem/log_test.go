package problem_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// lines returns the logged lines.
func lines(t testing.TB, logged *bytes.Buffer) []map[string]any {
	t.Helper()
	var all []map[string]any
	for text := range bytes.Lines(logged.Bytes()) {
		var attrs map[string]any
		if err := json.Unmarshal(text, &attrs); err != nil {
			t.Fatal(err)
		}
		all = append(all, attrs)
	}
	return all
}

// logOf returns the log line of an error.
func logOf(t testing.TB, options problem.Options, err error) map[string]any {
	t.Helper()
	respond, logged := newResponder(t, options)
	respond.Write(httptest.NewRecorder(), request(), err)
	return line(t, logged)
}

// panicking is an error whose method Error panics.
type panicking struct{ text *string }

func (p panicking) Error() string { return *p.text }

// circle is an error that wraps itself.
type circle struct{}

func (c circle) Error() string { return "circle" }
func (c circle) Unwrap() error { return c }

func TestLogErrorPanics(t *testing.T) {
	const message = "runtime error: invalid memory address or nil pointer dereference"
	tests := []struct {
		name           string
		err            error
		prefix, suffix string
	}{
		{"cause of an error with a code", badOrder.Wrap(panicking{}),
			"BAD_ORDER (1208): Check your order", message + ")"},
		{"among joined errors", errors.Join(badOrder, panicking{}),
			"BAD_ORDER (1208): Check your order; %!v(PANIC=Error method: ", message + ")"},
		{"error without a code", panicking{}, "problem_test.panicking (panicked: ", message + ")"},
		{"a typed nil", (*fs.PathError)(nil), "<nil *fs.PathError>", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := logOf(t, problem.Options{}, test.err)["error"].(string)
			if !strings.HasPrefix(got, test.prefix) || !strings.HasSuffix(got, test.suffix) {
				t.Errorf("logged %q, want %q…%q", got, test.prefix, test.suffix)
			}
		})
	}
	t.Run("a sensitive argument", func(t *testing.T) {
		if got := fmt.Sprint(logOf(t, problem.Options{},
			badCoupon.Wrap(panicking{}, coupon.Arg("canary")))); strings.Contains(got, "canary") {
			t.Errorf("logged %s", got)
		}
	})
}

// TestLogUnforeseen checks that a failure without a code is logged at level Error, even if another
// error has a code.
func TestLogUnforeseen(t *testing.T) {
	plain := errors.New("disk full")
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"a code", badOrder, "INFO"},
		{"a code and its cause", badOrder.Wrap(plain), "INFO"},
		{"a code that was wrapped", fmt.Errorf("order: %w", badOrder), "INFO"},
		{"codes that were joined", errors.Join(badOrder, fmt.Errorf("x: %w", signIn)), "INFO"},
		{"codes that were joined, with causes",
			errors.Join(badOrder.Wrap(plain), signIn.Wrap(errors.Join(plain, plain))), "INFO"},
		{"joined with a plain error", errors.Join(plain, badOrder), "ERROR"},
		{"joined with a plain error, code first", errors.Join(badOrder, plain), "ERROR"},
		{"joined at a lower level",
			fmt.Errorf("order: %w", errors.Join(fmt.Errorf("a: %w", errors.Join(signIn, plain)), badOrder)),
			"ERROR"},
		{"joined with a typed nil", errors.Join(badOrder, (*fs.PathError)(nil)), "ERROR"},
		{"joined with a cycle", errors.Join(badOrder, circle{}), "ERROR"},
		{"joined with a nil *catalog.Error", errors.Join(badOrder, (*catalog.Error)(nil)), "ERROR"},
		{"in an aggregate", codes.AggregateError.Wrap(errors.Join(badOrder, plain), codes.Count.Arg(1)),
			"ERROR"},
		{"in an aggregate of codes",
			codes.AggregateError.Wrap(errors.Join(badOrder, signIn), codes.Count.Arg(2)), "INFO"},
		{"a violation", badOrder.New().With(catalog.Violation{Path: "/a",
			Err: fmt.Errorf("x: %w", signIn)}), "INFO"},
		{"a violation that is a visible failure",
			badOrder.New().With(catalog.Violation{Path: "/a", Err: closed}), "INFO"},
		{"a violation with a plain cause",
			codes.ValidationError.New().With(catalog.Violation{Path: "/a",
				Err: fmt.Errorf("lookup: %w", plain)}), "ERROR"},
		{"a hidden violation",
			codes.ValidationError.New().With(catalog.Violation{Path: "/a", Err: warehouse.Wrap(plain)}),
			"ERROR"},
		{"a hidden violation, code only",
			codes.ValidationError.New().With(catalog.Violation{Path: "/a", Err: warehouse}), "ERROR"},
		{"a violation without an error", codes.ValidationError.New().With(catalog.Violation{Path: "/a"}),
			"ERROR"},
		{"a plain violation of a violation",
			badOrder.New().With(catalog.Violation{Err: badOrder.New().With(catalog.Violation{Err: plain})}),
			"ERROR"},
		{"hidden in an aggregate with a status",
			partly.Wrap(errors.Join(badCoupon, warehouse.Wrap(plain))), "ERROR"},
		{"a hidden aggregate of a visible failure",
			badOrder.New().With(catalog.Violation{Err: opsFailed.Wrap(closed)}), "ERROR"},
		{"a hidden aggregate of an error that the client caused",
			badOrder.New().With(catalog.Violation{Err: opsFailed.Wrap(signIn)}), "ERROR"},
		{"a violation that is a failure for developers",
			badOrder.New().With(catalog.Violation{Path: "/a", Err: codes.NotInitialized}), "ERROR"},
		{"a violation for developers",
			badOrder.New().With(catalog.Violation{Path: "/a", Err: codes.InvalidQuery}), "INFO"},
		{"more violations than are searched", manyViolations(50_000), "INFO"},
		{"in an aggregate of violations",
			codes.AggregateError.New(codes.Count.Arg(1)).With(catalog.Violation{Err: signIn}), "INFO"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := logOf(t, problem.Options{}, test.err)
			if got["level"] != test.want {
				t.Errorf("level %v, want %s", got["level"], test.want)
			}
			if test.want == "ERROR" && strings.Contains(test.name, "plain") &&
				!strings.Contains(fmt.Sprint(got["unforeseen"]), "disk full") {
				t.Errorf("the log does not say what failed: %v", got)
			}
			if test.want == "INFO" && got["unforeseen"] != nil {
				t.Errorf("the log calls %v unforeseen", got["unforeseen"])
			}
		})
	}
	t.Run("errors joined many times", func(t *testing.T) {
		err := error(badOrder)
		for range 12 {
			err = errors.Join(err, err)
		}
		if got := logOf(t, problem.Options{}, err); got["level"] != "INFO" {
			t.Errorf("level %v", got["level"])
		}
	})
}

func TestLogMap(t *testing.T) {
	mapping := func(_ context.Context, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return badOrder.Wrap(err)
		}
		return nil
	}
	got := logOf(t, problem.Options{Map: mapping}, fs.ErrNotExist)
	if got["error"] != "file does not exist" ||
		got["mapped"] != "BAD_ORDER (1208): Check your order: file does not exist" {
		t.Errorf("logged %v", got)
	}
	if got := logOf(t, problem.Options{Map: mapping}, signIn); got["mapped"] != nil {
		t.Errorf("logged mapped %v, but Map returned nil", got["mapped"])
	}
	if got := logOf(t, problem.Options{Map: func(_ context.Context, err error) error { return err }},
		signIn); got["mapped"] != nil {
		t.Errorf("logged %v twice", got["mapped"])
	}
	if got := logOf(t, problem.Options{Map: func(context.Context, error) error { return errors.New("worse") }},
		signIn); got["mapped"] != "worse" || got["status"] != 500.0 {
		t.Errorf("logged %v", got)
	}
}

func TestLogParams(t *testing.T) {
	got := logOf(t, problem.Options{}, outOfStock.New(item.Arg("Socks"), left.Arg(3)))
	if want := map[string]any{"Item": "Socks", "Left": 3.0}; !reflect.DeepEqual(got["params"], want) {
		t.Errorf("logged %v, want %v", got["params"], want)
	}
	if got := logOf(t, problem.Options{}, badCoupon.New(coupon.Arg("canary"))); got["params"] != nil {
		t.Errorf("logged %v", got["params"])
	}
	many := make([]string, 100_000)
	for i := range many {
		many[i] = "PNG"
	}
	formats, _ := logOf(t, problem.Options{},
		codes.InvalidImageData.New(codes.Formats.Arg(many)))["params"].(map[string]any)
	if list, _ := formats["Formats"].([]any); len(list) < 100 || len(list) > 200 || list[0] != "PNG" ||
		list[len(list)-1] != "…" {
		t.Errorf("a list of %d elements was logged", len(list))
	}
}

// TestLogLimits checks that a log line has a limited size.
func TestLogLimits(t *testing.T) {
	long := strings.Repeat("ä", 1<<20)
	err := outOfStock.Wrap(errors.New("x"+long), item.Arg(long))
	for range 1000 {
		err = err.With(catalog.Violation{Path: "/" + long[:1<<12],
			Err: badOrder.Wrap(errors.New(long[:1<<12]))})
	}
	respond, logged := newResponder(t,
		problem.Options{Map: func(_ context.Context, err error) error { return fmt.Errorf("mapped: %w", err) }})
	r := request()
	r.URL.Path, r.Method = "/"+long, long
	respond.Write(httptest.NewRecorder(), r, err)
	if logged.Len() > 256<<10 || !utf8.Valid(logged.Bytes()) {
		t.Errorf("%d bytes logged, valid %v", logged.Len(), utf8.Valid(logged.Bytes()))
	}
	got := line(t, logged)
	for name, limit := range map[string]int{"error": 8 << 10, "mapped": 8 << 10, "path": 512,
		"method": 512} {
		text, _ := got[name].(string)
		if len(text) > limit || len(text) < limit-4 || !strings.HasSuffix(text, "ä…") {
			t.Errorf("%s has %d bytes, limit %d", name, len(text), limit)
		}
	}
	if got["total"] != 1000.0 {
		t.Errorf("total %v", got["total"])
	}
	if n := strings.Count(logged.String(),
		`"/ä`) - 1; n != problem.MaxErrors { // without the request's own path
		t.Errorf("%d violations logged", n)
	}
}

// TestOneStory checks that the localizer, the response and the log agree on a count that the program
// did not give, and on a missing argument.
func TestOneStory(t *testing.T) {
	fault := catalog.Violation{Path: "/a", Err: badCoupon}
	tests := []struct {
		name           string
		err            error
		detail, logged string
		missing        any
	}{
		{"a count", codes.ValidationError.New().With(fault, fault), "2 details need to be corrected.",
			"VALIDATION_ERROR (142): 2 details need to be corrected", nil},
		{"nothing to count", codes.ValidationError, "",
			"VALIDATION_ERROR (142): Some details need fixing", []any{"Count"}},
		{"an aggregate", codes.AggregateError.Wrap(errors.Join(badOrder, signIn)), "There were 2 problems.",
			"AGGREGATE_ERROR (600): There were 2 problems", nil},
		{"not shown, not missing", codes.ConnectionFailed, "The service can’t be reached right now.",
			"CONNECTION_FAILED (100): Couldn’t connect", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, logged := newResponder(t, problem.Options{})
			rec := httptest.NewRecorder()
			respond.Write(rec, request("Accept-Language", "en"), test.err)
			var answer struct{ Detail string }
			if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			l := respond.Localizer(request("Accept-Language", "en"))
			if own := l.Localize(test.err).Detail.Value; answer.Detail != test.detail || own != test.detail {
				t.Errorf("the response says %q and the localizer %q, want %q", answer.Detail, own, test.detail)
			}
			attrs := line(t, logged)
			if text, _ := attrs["error"].(string); !strings.HasPrefix(text, test.logged) {
				t.Errorf("logged %q, want %q", text, test.logged)
			}
			if !reflect.DeepEqual(attrs["missing"], test.missing) {
				t.Errorf("missing are %v, want %v", attrs["missing"], test.missing)
			}
		})
	}
}

// TestLogCause checks that the log line shows what a cause is made of, and nothing sensitive of it.
func TestLogCause(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	tests := []struct {
		name string
		err  error
		want string // JSON
	}{
		{"plain", badOrder.Wrap(errors.New("disk full")), "null"},
		{"a code", badOrder.Wrap(fmt.Errorf("pay: %w", badCoupon.New(coupon.Arg("canary")))),
			`{"error":"pay: ` + badCoupon.New().Error() + `","cause":{"code":1202,"domain":"shop","name":"BAD_COUPON"}}`},
		{"joined", errors.Join(badOrder, signIn.Wrap(errors.New(long))),
			`{"1":{"code":1208,"domain":"shop","name":"BAD_ORDER"},"2":{"cause":"` + long[:509] +
				`…","code":1203,"domain":"shop","name":"SIGN_IN"}}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := logOf(t, problem.Options{}, test.err)
			var want any
			if err := json.Unmarshal([]byte(test.want), &want); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got["cause"], want) {
				t.Errorf("got  %v\nwant %v", got["cause"], want)
			}
			if strings.Contains(fmt.Sprint(got), "canary") {
				t.Errorf("a sensitive argument is logged: %v", got)
			}
		})
	}
}
