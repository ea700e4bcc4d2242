package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// TestDetails checks that what other transports answer with is what HTTP answers with, and that it
// is logged.
func TestDetails(t *testing.T) {
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name string
		err  error
		want string // the name of the code
		wait time.Duration
	}{
		{"a code", outOfStock.New(item.Arg("Blue socks"), left.Arg(3)), "OUT_OF_STOCK", 0},
		{"a bare code", signIn, "SIGN_IN", 0},
		{"a wait", closed.New(wait.Arg(90 * time.Second)), "CLOSED", 90 * time.Second},
		{"masked, with a wait", warehouse.New(wait.Arg(time.Minute)), "INTERNAL_SERVER_ERROR", time.Minute},
		{"without a code", io.ErrUnexpectedEOF, "INTERNAL_SERVER_ERROR", 0},
		{"shown as another", codes.EmailTaken, codes.EmailTaken.Spec().ShownAs.Name(), 0},
		{"violations", badOrder.New().With(catalog.Violation{Path: "/item", Err: outOfStock}), "BAD_ORDER", 0},
		{"joined", errors.Join(signIn, badOrder), "AGGREGATE_ERROR", 0},
		{"nil", nil, "INTERNAL_SERVER_ERROR", 0},
		{"a panic", problem.Recover(func() error { panic("canary") }), "INTERNAL_SERVER_ERROR", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, logged := newResponder(t, problem.Options{})
			reader := newBundle(t).Localizer("de")
			d := respond.Details(context.Background(), reader, test.err)
			if d.Name != test.want || d.Shown().Name() != test.want || d.RetryAfter != test.wait {
				t.Errorf("name %s, wait %v, want %s, %v", d.Name, d.RetryAfter, test.want, test.wait)
			}
			rec := write(t, problem.Options{}, test.err, "Accept-Language", "de")
			if got := marshal(t, d); got != rec.Body.String() {
				t.Errorf("Details =\n%s\nover HTTP:\n%s", got, rec.Body)
			}
			if got := marshal(t, *d); got != rec.Body.String() {
				t.Errorf("a copy of Details =\n%s", got)
			}
			attrs := line(t, logged)
			if attrs["reference"] != reference || attrs["status"] == nil || attrs["path"] != nil {
				t.Errorf("logged %v", attrs)
			}
			if stack, _ := attrs["stack"].(string); (stack != "") != (test.name == "a panic") {
				t.Errorf("the stack is %q", stack)
			}
		})
	}
	t.Run("canceled", func(t *testing.T) {
		respond, logged := newResponder(t, problem.Options{})
		if d := respond.Details(canceled, nil, canceled.Err()); d != nil {
			t.Errorf("Details = %+v", d)
		}
		if attrs := line(t, logged); attrs["level"] != "DEBUG" {
			t.Errorf("logged %v", attrs)
		}
	})
	t.Run("nil localizer and bundle", func(t *testing.T) {
		d := problem.New(nil, problem.Options{Logger: quiet()}).Details(context.Background(), nil, outOfStock)
		if d.Title.Value != "Out of stock" || len(d.Reference) != 36 {
			t.Errorf("Details = %+v", d)
		}
	})
}

func marshal(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestHooksSeeTheRequest checks that the functions of options that work with any transport get the
// request, and its context.
func TestHooksSeeTheRequest(t *testing.T) {
	var seen []string
	see := func(ctx context.Context, option string) {
		seen = append(seen, fmt.Sprint(option, " ", problem.RequestFrom(ctx).URL.Path, " ", ctx.Value(traceKey{})))
	}
	respond, _ := newResponder(t, problem.Options{
		Map:          func(ctx context.Context, err error) error { see(ctx, "Map"); return nil },
		NewReference: func(ctx context.Context) string { see(ctx, "NewReference"); return reference },
		Extend:       func(ctx context.Context, d *problem.Details) map[string]any { see(ctx, "Extend"); return nil },
		OnAnswer:     func(ctx context.Context, a *problem.Answer) { see(ctx, "OnAnswer") },
	})
	r := request()
	r = r.WithContext(context.WithValue(r.Context(), traceKey{}, "trace"))
	respond.Handler(func(http.ResponseWriter, *http.Request) error { return signIn }).ServeHTTP(httptest.NewRecorder(), r)
	want := []string{"NewReference /orders/7 trace", "Map /orders/7 trace", "Extend /orders/7 trace", "OnAnswer /orders/7 trace"}
	if !slices.Equal(seen, want) {
		t.Errorf("called %q, want %q", seen, want)
	}
	if problem.RequestFrom(context.Background()) != nil {
		t.Error("RequestFrom found a request")
	}
}

type traceKey struct{}

func TestNewReference(t *testing.T) {
	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	tests := []struct {
		name, given, instance string
		valid                 bool
	}{
		{"a UUID", reference, instance, true},
		{"in capitals", strings.ToUpper(reference), "urn:uuid:" + strings.ToUpper(reference), true},
		{"a trace ID", trace, trace, true},
		{"as long as a UUID", strings.Repeat("a", 36), strings.Repeat("a", 36), true},
		{"escaped", `a/b?c#d"<`, "a%2Fb%3Fc%23d%22%3C", true},
		{"the longest", strings.Repeat("x", 64), strings.Repeat("x", 64), true},
		{"too long", strings.Repeat("x", 65), "", false},
		{"a line break", "a\nb", "", false},
		{"a space", "a b", "", false},
		{"not ASCII", "é", "", false},
	}
	rec := write(t, problem.Options{NewReference: func(context.Context) string { return "" }}, signIn)
	if doc := decode(t, rec); len(doc.Instance) != len(instance) {
		t.Errorf("an empty reference: instance = %s, want a random UUID", doc.Instance)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, logged := newResponder(t, problem.Options{
				NewReference: func(context.Context) string { return test.given },
			})
			rec := httptest.NewRecorder()
			respond.Write(rec, request(), signIn)
			doc, all := decode(t, rec), lines(t, logged)
			if !test.valid {
				if len(all) != 2 || all[0]["option"] != "NewReference" || all[0]["reference"] != all[1]["reference"] {
					t.Errorf("logged %v", all)
				}
				if len(doc.Instance) != len(instance) || doc.Instance == instance {
					t.Errorf("instance = %s, want a random UUID", doc.Instance)
				}
				return
			}
			if len(all) != 1 || all[0]["reference"] != test.given || doc.Instance != test.instance {
				t.Errorf("instance = %s, want %s; logged %v", doc.Instance, test.instance, all)
			}
		})
	}
}

type panickingJSON struct{}

func (panickingJSON) MarshalJSON() ([]byte, error) { panic("canary") }

func TestExtend(t *testing.T) {
	tests := []struct {
		name    string
		members map[string]any
		want    string // the end of the document
		fault   string // what is logged
	}{
		{"none", nil, `"action":"contact"}`, ""},
		{"sorted, and escaped", map[string]any{"traceId": "<b>", "balance": 30, "a_2": []int{1}},
			`,"a_2":[1],"balance":30,"traceId":"\u003cb\u003e"}`, ""},
		{"a standard member", map[string]any{"status": 200, "abc": 1}, `,"abc":1}`, `member "status" is left out: its name is that`},
		{"in another case", map[string]any{"Pointer": 200}, `"action":"contact"}`, `member "Pointer" is left out`},
		{"a bad name", map[string]any{"a-b": 1}, `"action":"contact"}`, `member "a-b" is left out: its name needs`},
		{"a short name", map[string]any{"ab": 1}, `"action":"contact"}`, `its name needs`},
		{"a digit first", map[string]any{"1abc": 1}, `"action":"contact"}`, `its name needs`},
		{"no JSON form", map[string]any{"abc": func() {}, "abd": 1}, `"action":"contact","abd":1}`, `unsupported type`},
		{"a panic", map[string]any{"abc": panickingJSON{}}, `"action":"contact"}`, `panic: canary`},
		{"too large", map[string]any{"abc": strings.Repeat("x", 2048), "abd": 1}, `"action":"contact","abd":1}`, `more than 2048 bytes`},
		{"too large together", map[string]any{"abc": strings.Repeat("x", 1500), "abd": strings.Repeat("y", 1000)},
			`xx"}`, `member "abd" is left out`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, logged := newResponder(t, problem.Options{
				Extend: func(context.Context, *problem.Details) map[string]any { return test.members },
			})
			rec := httptest.NewRecorder()
			respond.Write(rec, request(), badOrder.New())
			decode(t, rec)
			if body := rec.Body.String(); !strings.HasSuffix(body, test.want) {
				t.Errorf("the body does not end in %s:\n%s", test.want, body)
			}
			first := lines(t, logged)[0]
			text, _ := first["error"].(string)
			if faulty := first["option"] == "Extend"; faulty != (test.fault != "") || faulty && !strings.Contains(text, test.fault) {
				t.Errorf("logged %v, want %q", first, test.fault)
			}
		})
	}
}

func TestOnAnswer(t *testing.T) {
	failed := errors.New("down")
	masked := warehouse.Wrap(failed)
	tests := []struct {
		name           string
		err            error
		code, shown    *catalog.Code
		status         int
		wanted, locale string
	}{
		{"translated", outOfStock.New(left.Arg(1), item.Arg("x")), outOfStock, outOfStock, 409, "de", "de"},
		{"not translated", signIn, signIn, signIn, 401, "de", "en"},
		{"masked", masked, warehouse, codes.InternalServerError, 503, "de", "en"},
		{"without a code", failed, codes.InternalServerError, codes.InternalServerError, 500, "de", "en"},
		{"shown as another", codes.EmailTaken, codes.EmailTaken, codes.EmailTaken.Spec().ShownAs,
			codes.EmailTaken.Spec().ShownAs.HTTPStatus(), "de", "en"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []problem.Answer
			options := problem.Options{OnAnswer: func(_ context.Context, a *problem.Answer) { got = append(got, *a) }}
			rec := write(t, options, test.err, "Accept-Language", "de-CH")
			if len(got) != 1 {
				t.Fatalf("called %d times", len(got))
			}
			a := got[0]
			if a.Err != test.err || a.Code != test.code || a.Shown != test.shown || a.Details.Status != test.status ||
				a.Wanted != language.Make(test.wanted) || a.Locale != language.Make(test.locale) || a.Bytes != rec.Body.Len() {
				t.Errorf("OnAnswer got %+v", a)
			}
			respond, _ := newResponder(t, options)
			respond.Details(context.Background(), newBundle(t).Localizer("de-CH"), test.err)
			a.Bytes = 0
			got[1].Details = a.Details
			if !reflect.DeepEqual(got[1], a) {
				t.Errorf("OnAnswer got %+v for Details, want %+v", got[1], a)
			}
		})
	}
}

// TestLateHooksThatPanic checks that the answer is given before a function panics that is called
// for the details.
func TestLateHooksThatPanic(t *testing.T) {
	for option, options := range map[string]problem.Options{
		"Extend":   {Extend: func(context.Context, *problem.Details) map[string]any { return panics[map[string]any]() }},
		"OnAnswer": {OnAnswer: func(context.Context, *problem.Answer) { panics[int]() }},
	} {
		t.Run(option, func(t *testing.T) {
			respond, logged := newResponder(t, options)
			rec := httptest.NewRecorder()
			respond.Write(rec, request(), signIn)
			if doc := decode(t, rec); rec.Code != 401 || doc.Name != "SIGN_IN" {
				t.Errorf("answered %d %s", rec.Code, rec.Body)
			}
			all := lines(t, logged)
			if len(all) != 2 || !slices.ContainsFunc(all, func(l map[string]any) bool {
				return l["option"] == option && l["reference"] == reference
			}) {
				t.Errorf("logged %v", all)
			}
		})
	}
}

func TestMiddleware(t *testing.T) {
	profiles := 0
	respond, _ := newResponder(t, problem.Options{Profile: func(*http.Request) string { profiles++; return "de" }})
	var shown []string
	handler := respond.Middleware(respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		shown = append(shown, errlingo.FromContext(r.Context()).Locale().String(), respond.Localizer(r).Locale().String())
		return outOfStock.New(item.Arg("x"), left.Arg(2))
	}))
	rec := httptest.NewRecorder()
	handler.ServeHTTP(rec, request("Accept-Language", "fr"))
	if doc := decode(t, rec); doc.Lang != "de" || !slices.Equal(shown, []string{"de", "de"}) || profiles != 1 {
		t.Errorf("answered in %s, localizers in %q, profile read %d times", doc.Lang, shown, profiles)
	}
	// Another responder has other preferences.
	other, _ := newResponder(t, problem.Options{})
	respond.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := other.Localizer(r).Locale(); got != language.French {
			t.Errorf("another responder chose %s", got)
		}
	})).ServeHTTP(httptest.NewRecorder(), request("Accept-Language", "fr"))
}

// TestMiddlewareAnswers checks what a router gets from the middleware around it.
func TestMiddlewareAnswers(t *testing.T) {
	tests := []struct {
		name   string
		router func(respond *problem.Responder, w http.ResponseWriter, r *http.Request)
		status int // 0 if the connection is aborted
	}{
		{"a panic", func(*problem.Responder, http.ResponseWriter, *http.Request) { panic("canary") }, 500},
		{"an error", func(respond *problem.Responder, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/elsewhere")
			respond.Write(w, r, signIn)
		}, 401},
		{"an error after the start", func(respond *problem.Responder, w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "canary")
			respond.Write(w, r, signIn)
		}, 0},
		{"a handler in it", func(respond *problem.Responder, w http.ResponseWriter, r *http.Request) {
			respond.NotFound().ServeHTTP(w, r)
		}, 404},
		{"no error", func(_ *problem.Responder, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, 204},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, problem.Options{})
			rec := httptest.NewRecorder()
			aborted := func() (aborted bool) {
				defer func() { aborted = recover() == http.ErrAbortHandler }()
				respond.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					test.router(respond, w, r)
				})).ServeHTTP(rec, request())
				return false
			}()
			if aborted != (test.status == 0) {
				t.Fatalf("aborted: %t", aborted)
			}
			if !aborted && (rec.Code != test.status || rec.Header().Get("Location") != "" || strings.Contains(rec.Body.String(), "canary")) {
				t.Errorf("answered %d %v %s", rec.Code, rec.Header(), rec.Body)
			}
		})
	}
}

// TestReadyHandlers checks the handlers for routers other than http.ServeMux.
func TestReadyHandlers(t *testing.T) {
	methods := catalog.List(catalog.Or, catalog.Literal("Methods", "GET"), "HEAD")
	wrong := catalogtest.Temporary(t, catalog.NewDomain("router")).Define(1, "WRONG_METHOD", catalog.Spec{
		Title: "Wrong method", Detail: "Use {{.Methods}}.", Params: catalog.Params{methods}, HTTP: 405,
	})
	options := problem.Options{MethodNotAllowed: wrong}
	allow := options
	allow.Allow = func(*http.Request) []string { return []string{"PUT"} }
	tests := []struct {
		name    string
		options problem.Options
		handler func(*problem.Responder) http.Handler
		router  []string // the lines of Allow that the router sets
		status  int
		detail  string
		allow   string
	}{
		{"not found", options, func(h *problem.Responder) http.Handler { return h.NotFound() }, nil, 404,
			"We couldn’t find the page “/orders/7”.", ""},
		{"methods given", allow, func(h *problem.Responder) http.Handler { return h.MethodNotAllowed("GET", "HEAD") }, []string{"POST"},
			405, "Use GET or HEAD.", "GET, HEAD"},
		{"by the router", allow, func(h *problem.Responder) http.Handler { return h.MethodNotAllowed() }, []string{"GET", "PATCH"},
			405, "Use GET or PATCH.", "GET,PATCH"},
		{"by the option", allow, func(h *problem.Responder) http.Handler { return h.MethodNotAllowed() }, nil,
			405, "Use PUT.", "PUT"},
		{"unknown", options, func(h *problem.Responder) http.Handler { return h.MethodNotAllowed() }, nil, 405, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, test.options)
			rec := httptest.NewRecorder()
			for _, method := range test.router {
				rec.Header().Add("Allow", method)
			}
			test.handler(respond).ServeHTTP(rec, request())
			doc := decode(t, rec)
			if rec.Code != test.status || doc.Detail != test.detail || strings.Join(rec.Header().Values("Allow"), ",") != test.allow {
				t.Errorf("answered %d %q, Allow %q", rec.Code, doc.Detail, rec.Header().Values("Allow"))
			}
		})
	}
}

func ExampleResponder_Details() {
	respond := problem.New(load(), problem.Options{Logger: quiet(), NewReference: fixed})
	// What an interceptor of an RPC server does with the error of a call:
	fail := func(ctx context.Context, languages string, err error) *problem.Details {
		return respond.Details(ctx, load().Localizer(languages), err)
	}
	d := fail(context.Background(), "en", codes.RequestLimitExceeded.New(codes.RetryAfter.Arg(time.Minute)))
	fmt.Println(d.Shown().HTTPStatus(), d.Name, d.RetryAfter)
	fmt.Println(d.Title)
	// Output:
	// 429 REQUEST_LIMIT_EXCEEDED 1m0s
	// Too many requests
}

func ExampleResponder_Middleware() {
	respond := problem.New(load(), problem.Options{})
	home := func(w http.ResponseWriter, r *http.Request) {
		respond.Vary(w)
		reader := errlingo.FromContext(r.Context())
		fmt.Printf("<html lang=%q dir=%q>\n", reader.Locale(), reader.Dir())
	}
	respond.Middleware(http.HandlerFunc(home)).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	// Output:
	// <html lang="en" dir="ltr">
}

func ExampleRequestFrom() {
	respond := problem.New(load(), problem.Options{
		Logger:       quiet(),
		NewReference: func(ctx context.Context) string { return problem.RequestFrom(ctx).Header.Get("X-Trace") },
		Extend: func(ctx context.Context, d *problem.Details) map[string]any {
			return map[string]any{"docs": "https://shop.example/" + problem.RequestFrom(ctx).Method}
		},
		OnAnswer: func(ctx context.Context, a *problem.Answer) {
			fmt.Println(problem.RequestFrom(ctx).URL.Path, a.Code.Name(), a.Details.Status, a.Details.Reference, a.Wanted)
		},
	})
	r := httptest.NewRequest("PUT", "/orders", nil)
	r.Header.Set("X-Trace", "4bf92f3577b34da6a3ce929d0e0e4736")
	respond.Write(httptest.NewRecorder(), r, codes.Timeout)
	// Output:
	// /orders TIMEOUT 504 4bf92f3577b34da6a3ce929d0e0e4736 en
}

func ExampleResponder_NotFound() {
	respond := problem.New(load(), problem.Options{Logger: quiet(), NewReference: fixed})
	// For chi: router.NotFound(respond.NotFound().ServeHTTP)
	rec := httptest.NewRecorder()
	respond.NotFound().ServeHTTP(rec, httptest.NewRequest("GET", "/oders", nil))
	fmt.Println(rec.Code, rec.Header().Get("Content-Type"))
	// Output:
	// 404 application/problem+json
}

func ExampleResponder_MethodNotAllowed() {
	respond := problem.New(load(), problem.Options{Logger: quiet(), NewReference: fixed})
	// For chi: router.MethodNotAllowed(respond.MethodNotAllowed().ServeHTTP)
	rec := httptest.NewRecorder()
	respond.MethodNotAllowed("GET", "HEAD").ServeHTTP(rec, httptest.NewRequest("PUT", "/orders", nil))
	fmt.Println(rec.Code, rec.Header().Get("Allow"))
	// Output:
	// 405 GET, HEAD
}

// TestCloseNotify checks a method that frameworks expect of a server's writer.
func TestCloseNotify(t *testing.T) {
	respond, _ := newResponder(t, problem.Options{})
	var notified bool
	handler := respond.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		notified = w.(interface{ CloseNotify() <-chan bool }).CloseNotify() != nil
	}))
	handler.ServeHTTP(httptest.NewRecorder(), request())
	if notified {
		t.Error("a writer that doesn't know when the client is gone says so")
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	res, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if !notified {
		t.Error("the server's channel is not passed on")
	}
}
