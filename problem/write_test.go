package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

func TestWriteJSON(t *testing.T) {
	rec := write(t, problem.Options{},
		outOfStock.New(item.Arg("Blue socks"), left.Arg(3), upgrade.Arg("https://shop.example/a")),
		"Accept-Language", "de")
	const want = `{"type":"https://shop.example/codes/OUT_OF_STOCK","title":"Nicht vorrätig",` +
		`"status":409,` +
		`"detail":"Nur noch 3 Stück von Blue socks.","instance":"` + instance + `",` +
		`"code":1201,"name":"OUT_OF_STOCK","domain":"shop",` +
		`"help":"Choose a smaller quantity.","lang":"de","dir":"ltr","action":"contact",` +
		`"params":{"left":3,"upgradeURL":"https://shop.example/a"}}`
	if got := rec.Body.String(); got != want {
		t.Errorf("body\n got %s\nwant %s", got, want)
	}
	if rec.Code != http.StatusConflict {
		t.Errorf("status %d", rec.Code)
	}
	for name, want := range map[string]string{
		"Content-Type":           "application/problem+json",
		"Content-Length":         fmt.Sprint(len(want)),
		"Content-Language":       "de, en", // The help has no German text.
		"Vary":                   "Accept, Accept-Language",
		"Cache-Control":          "no-store",
		"X-Content-Type-Options": "nosniff",
	} {
		if got := rec.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestWriteCode(t *testing.T) {
	var (
		nilError *catalog.Error
		nilCode  *catalog.Code
		nilPath  *fs.PathError
		mapped   = func(_ context.Context, err error) error {
			return map[bool]error{true: outOfStock}[errors.Is(err,
				os.ErrNotExist)]
		}
		panics     = func(context.Context, error) error { panic("canary") }
		ended, end = context.WithCancel(context.Background())
	)
	end()
	tests := []struct {
		name    string
		err     error
		options problem.Options
		status  int
		code    string
	}{
		{"a code", outOfStock, problem.Options{}, 409, "OUT_OF_STOCK"},
		{"a wrapped error with a code", fmt.Errorf("order: %w", outOfStock.New()), problem.Options{}, 409,
			"OUT_OF_STOCK"},
		{"no code", errors.New("disk full"), problem.Options{}, 500, "INTERNAL_SERVER_ERROR"},
		{"no code, own internal", errors.New("disk full"), problem.Options{Internal: failure}, 500,
			"FAILURE"},
		{"nil", nil, problem.Options{}, 500, "INTERNAL_SERVER_ERROR"},
		{"nil with a map", nil, problem.Options{Map: func(context.Context, error) error { return outOfStock }}, 500,
			"INTERNAL_SERVER_ERROR"},
		{"typed nil error", nilError, problem.Options{}, 500, "INTERNAL_SERVER_ERROR"},
		{"typed nil code", nilCode, problem.Options{}, 500, "INTERNAL_SERVER_ERROR"},
		{"typed nil of another package", nilPath, problem.Options{}, 500, "INTERNAL_SERVER_ERROR"},
		{"a missing file", os.ErrNotExist, problem.Options{}, 500, "INTERNAL_SERVER_ERROR"},
		{"a missing file, mapped", os.ErrNotExist, problem.Options{Map: mapped}, 409, "OUT_OF_STOCK"},
		{"a map that returns nil", signIn, problem.Options{Map: mapped}, 401, "SIGN_IN"},
		{"a map that panics", signIn, problem.Options{Map: panics}, 500, "INTERNAL_SERVER_ERROR"},
		{"the map comes before the code", signIn.Wrap(os.ErrNotExist), problem.Options{Map: mapped}, 409,
			"OUT_OF_STOCK"},
		{"too large", fmt.Errorf("body: %w", &http.MaxBytesError{Limit: 1000}), problem.Options{}, 413,
			"OBJECT_TOO_LARGE"},
		{"deadline", fmt.Errorf("query: %w", context.DeadlineExceeded), problem.Options{}, 504,
			"TIMEOUT"},
		{"canceled by the program", ended.Err(), problem.Options{}, 500, "INTERNAL_SERVER_ERROR"},
		{"the code wins over the cause", outOfStock.Wrap(context.DeadlineExceeded), problem.Options{},
			409, "OUT_OF_STOCK"},
		{"one code among joined errors", errors.Join(errors.New("x"), signIn), problem.Options{}, 401,
			"SIGN_IN"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rec := write(t, test.options, test.err)
			got := decode(t, rec)
			if rec.Code != test.status || got.Status != test.status || got.Name != test.code {
				t.Errorf("status %d (%d in the body) %s, want %d %s", rec.Code, got.Status, got.Name,
					test.status, test.code)
			}
			if strings.Contains(got.Detail+got.Title+got.Help, "{Size") {
				t.Errorf("an argument is missing: %q", got.Detail)
			}
		})
	}
}

func TestCanceledByClient(t *testing.T) {
	respond, logged := newResponder(t, problem.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	rec := httptest.NewRecorder()
	respond.Write(rec, request().WithContext(ctx), fmt.Errorf("query: %w", context.Canceled))
	if rec.Body.Len() > 0 || len(rec.Header()) > 0 {
		t.Errorf("written: %v %q", rec.Header(), rec.Body)
	}
	if got := line(t, logged); got["level"] != "DEBUG" {
		t.Errorf("logged %v", got)
	}
}

func TestHiddenFailure(t *testing.T) {
	respond, logged := newResponder(t, problem.Options{})
	rec := httptest.NewRecorder()
	respond.Write(rec, request(),
		warehouse.Wrap(errors.New("dial 10.0.0.7"), wait.Arg(1500*time.Millisecond)))
	got := decode(t, rec)
	want := document{
		Title: "Something went wrong on our side", Status: 503, Instance: instance,
		Detail: "This wasn’t caused by anything you did.",
		Name:   "INTERNAL_SERVER_ERROR", Code: 1, Domain: "standard",
		Help: "Try again in a few minutes. If it keeps happening, contact support.",
		Lang: "en", Dir: "ltr", Retry: "backoff", Params: map[string]any{"reference": reference},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if after := rec.Header().Get("Retry-After"); after != "2" {
		t.Errorf("Retry-After: %q, want the next whole second, 2", after)
	}
	attrs := line(t, logged)
	for name, want := range map[string]any{
		"level": "ERROR", "name": "WAREHOUSE_DOWN", "code": 1205.0, "status": 503.0,
		"reference": reference, "domain": "shop",
		"locale": "en", "method": "GET", "path": "/orders/7", "unforeseen": nil,
		"error": "WAREHOUSE_DOWN (1205): Warehouse db7 is down: dial 10.0.0.7",
	} {
		if attrs[name] != want {
			t.Errorf("logged %s: %v, want %v", name, attrs[name], want)
		}
	}
}

func TestVisibleFailure(t *testing.T) {
	for name, err := range map[string]*catalog.Code{"for developers, below 500": noMethod,
		"for end users, above": closed} {
		t.Run(name, func(t *testing.T) {
			if got := decode(t, write(t, problem.Options{}, err)); got.Title != err.Spec().Title {
				t.Errorf("title %q", got.Title)
			}
		})
	}
}

func TestReference(t *testing.T) {
	t.Run("in the text", func(t *testing.T) {
		for _, err := range []error{errors.New("x"), failure, failure.New(), warehouse.New()} {
			got := decode(t, write(t, problem.Options{Internal: failure}, err))
			if want := "Tell us this number: " + reference + "."; got.Detail != want {
				t.Errorf("%v: detail %q, want %q", err, got.Detail, want)
			}
		}
	})
	t.Run("given by the program", func(t *testing.T) {
		got := decode(t,
			write(t, problem.Options{}, failure.New(catalog.String("Reference", "x").Arg("mine"))))
		if got.Detail != "Tell us this number: mine." {
			t.Errorf("detail %q", got.Detail)
		}
	})
	t.Run("given by the program, of a code for operators", func(t *testing.T) {
		ref := catalog.String("Reference", "x")
		internal := catalogtest.Temporary(t, catalog.NewDomain("ops")).Define(1, "INTERNAL", catalog.Spec{
			Title: "No", Detail: "{{.Reference}}", Params: catalog.Params{ref}, HTTP: 500,
			Audience: catalog.AudienceOperator,
		})
		if got := decode(t,
			write(t, problem.Options{Internal: internal},
				internal.New(ref.Arg("mine")))); got.Detail != "mine" {
			t.Errorf("detail %q", got.Detail)
		}
	})
	t.Run("keeps violations", func(t *testing.T) {
		got := decode(t,
			write(t, problem.Options{}, failure.New().With(catalog.Violation{Path: "/a", Err: failure})))
		if len(got.Errors) != 1 || got.Errors[0].Detail != "Tell us this number: "+reference+"." {
			t.Errorf("errors %+v", got.Errors)
		}
	})
	t.Run("of another kind", func(t *testing.T) {
		counted := catalogtest.Temporary(t, catalog.NewDomain("counted")).Define(1, "COUNTED",
			catalog.Spec{Title: "No", Params: catalog.Params{catalog.Int("Reference", 1)}, HTTP: 500})
		if got := decode(t,
			write(t, problem.Options{Internal: counted}, errors.New("x"))); got.Name != "COUNTED" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("random", func(t *testing.T) {
		respond := problem.New(nil, problem.Options{Logger: quiet()})
		seen := map[string]bool{}
		for range 100 {
			rec := httptest.NewRecorder()
			respond.Write(rec, request(), outOfStock)
			seen[decode(t, rec).Instance] = true
		}
		uuid := regexp.MustCompile(
			`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
		for instance := range seen {
			if !uuid.MatchString(instance) {
				t.Errorf("%q is not a UUID of version 4", instance)
			}
		}
		if len(seen) != 100 {
			t.Errorf("%d of 100 references are different", len(seen))
		}
	})
}

func TestViolations(t *testing.T) {
	err := badOrder.New().With(
		catalog.Violation{Path: "/email", Err: badCoupon.New(coupon.Arg("X1"))},
		catalog.Violation{Path: "/items/0/näme~1 %", Err: outOfStock.New(item.Arg("Socks"), left.Arg(1))},
		catalog.Violation{Path: "", Err: errors.New("canary")},
		catalog.Violation{Path: "bare", Err: warehouse},
		catalog.Violation{Path: "/two", Err: errors.Join(signIn, badCoupon.New(coupon.Arg("X2")))},
	)
	got := decode(t, write(t, problem.Options{}, err, "Accept-Language", "de"))
	type item struct{ pointer, name, detail, lang string }
	want := []item{
		{"#/email", "BAD_COUPON", "Den Gutschein X1 gibt es nicht.", "de"},
		{"#/items/0/n%C3%A4me~1%20%25", "OUT_OF_STOCK", "Nur noch ein Stück von Socks.", "de"},
		{"#", "INTERNAL_SERVER_ERROR", codes.InternalServerError.Spec().Detail, ""},
		{"#/bare", "INTERNAL_SERVER_ERROR", codes.InternalServerError.Spec().Detail, ""},
		{"#/two", "SIGN_IN", "", ""},
		{"#/two", "BAD_COUPON", "Den Gutschein X2 gibt es nicht.", "de"},
	}
	var items []item
	for _, e := range got.Errors {
		items = append(items, item{e.Pointer, e.Name, e.Detail, e.Lang})
		if e.Status != 0 || e.Instance != "" {
			t.Errorf("%s has a status or an instance of its own", e.Name)
		}
	}
	if !reflect.DeepEqual(items, want) {
		t.Errorf("errors\n got %q\nwant %q", items, want)
	}
	if got.Status != 400 || got.Lang != "en" {
		t.Errorf("status %d, language %q", got.Status, got.Lang)
	}
}

// TestTextsWithViolations checks that an error with violations still gets its own arguments, and
// that OnEvent reports only missing texts.
func TestTextsWithViolations(t *testing.T) {
	full := catalogtest.Temporary(t, catalog.NewDomain("full")).Define(1, "FULL", catalog.Spec{
		Title: "{{.Item}}?", Detail: "{{.Left}} of {{.Item}}", Help: "No {{.Item}}.",
		Params: catalog.Params{item, left}, HTTP: 422,
	})
	var events []errlingo.Event
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{
			{Domain: full.Domain(), FS: fstest.MapFS{
				"de.toml": {Data: []byte("[FULL.title]\nother = \"{{.Item}}!\"\n" +
					"[FULL.detail]\nother = \"{{.Left}} von {{.Item}}\"\n")},
			}},
			{Domain: shop},
		},
		OnEvent: func(e errlingo.Event) { events = append(events, e) },
	})
	if err != nil {
		t.Fatal(err)
	}
	events = nil
	respond := problem.New(bundle, problem.Options{Logger: quiet()})
	rec := httptest.NewRecorder()
	respond.Write(rec, request("Accept-Language", "de"),
		full.New(item.Arg("Socks"), left.Arg(3)).With(catalog.Violation{Path: "/a", Err: badOrder}))
	got := decode(t, rec)
	if got.Title != "Socks!" || got.Detail != "3 von Socks" || got.Help != "No Socks." ||
		got.Lang != "de" {
		t.Errorf("%+v", got)
	}
	if language := rec.Header().Get("Content-Language"); language != "de, en" {
		t.Errorf("Content-Language: %q", language)
	}
	for _, e := range events {
		if e.Kind != errlingo.MissingText {
			t.Errorf("unexpected event %v", e)
		}
	}
}

func TestAggregates(t *testing.T) {
	minutes := func(n time.Duration) catalog.Arg { return wait.Arg(n * time.Minute) }
	tests := []struct {
		name   string
		err    error
		status int
		code   string
		errors string
		retry  string
		after  string
	}{
		{"joined", errors.Join(badCoupon, signIn), 401, "AGGREGATE_ERROR", "SIGN_IN BAD_COUPON", "", ""},
		{"joined at a lower level",
			fmt.Errorf("order: %w", errors.Join(fmt.Errorf("a: %w", badCoupon), outOfStock)), 409,
			"AGGREGATE_ERROR", "OUT_OF_STOCK BAD_COUPON", "", ""},
		{"a hidden failure", errors.Join(badCoupon, warehouse), 503, "AGGREGATE_ERROR",
			"INTERNAL_SERVER_ERROR BAD_COUPON", "", ""},
		{"one without a code", errors.Join(badCoupon, errors.New("x"), signIn), 401, "AGGREGATE_ERROR",
			"SIGN_IN BAD_COUPON", "", ""},
		{"wrapped by the code",
			codes.AggregateError.Wrap(errors.Join(badCoupon, signIn), codes.Count.Arg(2)), 401,
			"AGGREGATE_ERROR", "SIGN_IN BAD_COUPON", "", ""},
		{"violations", codes.AggregateError.New(codes.Count.Arg(1)).With(catalog.Violation{Path: "/a",
			Err: signIn}), 401, "AGGREGATE_ERROR", "SIGN_IN", "", ""},
		{"empty", codes.AggregateError.New(codes.Count.Arg(0)), 500, "AGGREGATE_ERROR", "", "", ""},
		{"with a status of its own", partly.Wrap(errors.Join(badCoupon, warehouse)), 207, "PARTLY_DONE",
			"INTERNAL_SERVER_ERROR BAD_COUPON", "", ""},
		{"nested", errors.Join(badCoupon,
			codes.AggregateError.Wrap(errors.Join(outOfStock, badOrder), codes.Count.Arg(2)), signIn), 401,
			"AGGREGATE_ERROR", "AGGREGATE_ERROR SIGN_IN BAD_COUPON", "", ""},
		{"same retry", errors.Join(tooMany.New(minutes(2)), tooMany.New(minutes(1))), 429,
			"AGGREGATE_ERROR", "TOO_MANY TOO_MANY", "after", "120"},
		{"different retries", errors.Join(tooMany.New(minutes(9)), closed.New(minutes(2))), 503,
			"AGGREGATE_ERROR", "CLOSED TOO_MANY", "", "120"},
		{"custom code without a count", errors.Join(tooMany.New(minutes(1)), badCoupon), 429, "SEVERAL",
			"TOO_MANY BAD_COUPON", "", "60"},
		{"one without a retry", errors.Join(tooMany.New(minutes(1)), badCoupon), 429, "AGGREGATE_ERROR",
			"TOO_MANY BAD_COUPON", "", "60"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var options problem.Options
			if test.code == several.Name() {
				options.Aggregate = several
			}
			rec := write(t, options, test.err)
			got := decode(t, rec)
			var names []string
			for _, e := range got.Errors {
				names = append(names, e.Name)
			}
			if rec.Code != test.status || got.Name != test.code || strings.Join(names, " ") != test.errors {
				t.Errorf("status %d: %s with %v, want %d %s with %s", rec.Code, got.Name, names, test.status,
					test.code, test.errors)
			}
			if after := rec.Header().Get("Retry-After"); got.Retry != test.retry || after != test.after {
				t.Errorf("retry %q after %q, want %q after %q", got.Retry, after, test.retry, test.after)
			}
			if strings.Contains(got.Detail, "{") {
				t.Errorf("detail %q", got.Detail)
			}
		})
	}
}

// TestCount checks that Count is set to the number of errors, unless the program has set it.
func TestCount(t *testing.T) {
	fault := catalog.Violation{Path: "/a", Err: badOrder}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"one violation", codes.ValidationError.New().With(fault), "One detail needs to be corrected."},
		{"two violations", codes.ValidationError.New().With(fault, fault),
			"2 details need to be corrected."},
		{"the program's own count", codes.ValidationError.New(codes.Count.Arg(7)).With(fault, fault),
			"7 details need to be corrected."},
		{"an aggregate", codes.AggregateError.Wrap(errors.Join(badOrder, signIn, outOfStock)),
			"There were 3 problems."},
		{"an aggregate of both", codes.AggregateError.Wrap(badOrder).With(fault), "There were 2 problems."},
		{"nothing to count", codes.ValidationError, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := decode(t, write(t, problem.Options{}, test.err)); got.Detail != test.want {
				t.Errorf("detail %q, want %q", got.Detail, test.want)
			}
		})
	}
	t.Run("inside another error", func(t *testing.T) {
		err := badOrder.New().With(catalog.Violation{Path: "/b",
			Err: codes.ValidationError.New().With(fault, fault)})
		if got := decode(t,
			write(t, problem.Options{}, err)).Errors[0].Detail; got != "2 details need to be corrected." {
			t.Errorf("detail %q", got)
		}
	})
}

func TestParamNames(t *testing.T) {
	params := map[string]string{
		"Item": "item", "ObjectID": "objectID", "URL": "url", "URLPath": "urlPath",
		"MFAToken2": "mfaToken2", "X": "x", "XDomain": "xDomain",
	}
	domain, number := catalogtest.Temporary(t, catalog.NewDomain("names")), 0
	for name, want := range params {
		number++
		p := catalog.String(name, "x")
		code := domain.Define(number, fmt.Sprintf("NAME%d", number),
			catalog.Spec{Title: "x", Params: catalog.Params{catalog.Public(p)}, HTTP: 400})
		if got := decode(t, write(t, problem.Options{}, code.New(p.Arg("v")))).Params; got[want] != "v" {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
}

func TestHead(t *testing.T) {
	for _, accept := range []string{"", "text/html", "text/plain"} {
		respond, _ := newResponder(t, problem.Options{})
		get, head := httptest.NewRecorder(), httptest.NewRecorder()
		r := request("Accept", accept)
		respond.Write(get, r, outOfStock)
		r.Method = http.MethodHead
		respond.Write(head, r, outOfStock)
		if head.Body.Len() > 0 {
			t.Errorf("%q: HEAD has a body", accept)
		}
		if head.Code != get.Code || !reflect.DeepEqual(head.Header(), get.Header()) {
			t.Errorf("%q: HEAD %d %v, GET %d %v", accept, head.Code, head.Header(), get.Code, get.Header())
		}
		if get.Header().Get("Content-Length") != fmt.Sprint(get.Body.Len()) {
			t.Errorf("%q: Content-Length %s of %d bytes", accept, get.Header().Get("Content-Length"),
				get.Body.Len())
		}
	}
}

func TestText(t *testing.T) {
	err := badOrder.New().With(
		catalog.Violation{Path: "/item", Err: outOfStock.New(item.Arg("Socks"), left.Arg(1))},
		catalog.Violation{Path: "/rest",
			Err: codes.AggregateError.Wrap(errors.Join(signIn), codes.Count.Arg(1))},
	)
	rec := write(t, problem.Options{}, err, "Accept", "text/plain")
	want := `Check your order

- Only one Socks is left.
  Choose a smaller quantity.
- There was one problem.
  - Sign in first
  Check the list, then retry only what failed.

Go to the home page: /

Reference: ` + reference + `
Error code: BAD_ORDER (1208)
`
	if got := rec.Body.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLogViolations(t *testing.T) {
	respond, logged := newResponder(t, problem.Options{})
	respond.Write(httptest.NewRecorder(), request(), badOrder.New().With(
		catalog.Violation{Path: "/coupon", Err: badCoupon.New(coupon.Arg("canary"))},
		catalog.Violation{Path: "/x", Err: (*fs.PathError)(nil)},
	))
	got := line(t, logged)
	want := map[string]any{"/coupon": "BAD_COUPON (1202): There is no coupon {Coupon}",
		"/x": "<nil *fs.PathError>"}
	if !reflect.DeepEqual(got["violations"], want) {
		t.Errorf("logged %v, want %v", got["violations"], want)
	}
	if got["level"] != "ERROR" || got["unforeseen"] != "<nil *fs.PathError>" {
		t.Errorf("level %v, unforeseen %v", got["level"], got["unforeseen"])
	}
}

// TestAction checks that a program learns what its user may do, about each error.
func TestAction(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want []string // of the error and those inside it
	}{
		{"sign in", codes.SessionMissing, []string{"sign-in"}},
		{"a violation", codes.ValidationError.New().With(catalog.Violation{Path: "/a", Err: codes.Timeout}),
			[]string{"fix", "retry"}},
		{"hidden", codes.PushMisconfigured, []string{"retry"}},
		{"shown as another", codes.EmailTaken, []string{"fix"}},
		{"nothing to do", codes.DuplicateRequest, []string{"none"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var answer struct {
				Action string
				Errors []struct{ Action string }
			}
			rec := write(t, problem.Options{}, test.err)
			if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			got := []string{answer.Action}
			for _, e := range answer.Errors {
				got = append(got, e.Action)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("actions %q, want %q", got, test.want)
			}
		})
	}
}
