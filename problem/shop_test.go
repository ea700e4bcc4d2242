package problem_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// The domain of the tests: a shop that sells socks.
var (
	shop = catalog.NewDomain("shop", catalog.Docs("https://shop.example/codes/"))

	item    = catalog.String("Item", "Blue socks")
	left    = catalog.Int("Left", 3)
	coupon  = catalog.String("Coupon", "SPRING")
	wait    = catalog.RelativeTime("Wait", 2*time.Minute)
	upgrade = catalog.URL("UpgradeURL", "https://shop.example/plans")

	outOfStock = shop.Define(1201, "OUT_OF_STOCK", catalog.Spec{
		Title:  "Out of stock",
		Detail: "Only {{.Left}} pieces of {{.Item}} are left.",
		Plural: catalog.Plural{By: left, One: "Only one {{.Item}} is left."},
		Help:   "Choose a smaller quantity.",
		Params: catalog.Params{item, catalog.Public(left), catalog.Public(upgrade)},
		HTTP:   409,
	})
	badCoupon = shop.Define(1202, "BAD_COUPON", catalog.Spec{
		Title:  "Coupon not valid",
		Detail: "There is no coupon {{.Coupon}}.",
		Params: catalog.Params{catalog.Sensitive(coupon)},
		HTTP:   422,
	})
	signIn   = shop.Define(1203, "SIGN_IN", catalog.Spec{Title: "Sign in first", HTTP: 401})
	noMethod = shop.Define(1204, "NO_METHOD",
		catalog.Spec{Title: "Not possible here", HTTP: 405, Audience: catalog.AudienceDeveloper})
	warehouse = shop.Define(1205, "WAREHOUSE_DOWN",
		catalog.Spec{Title: "Warehouse db7 is down", Params: catalog.Params{wait}, HTTP: 503,
			Audience: catalog.AudienceOperator, Retry: catalog.RetryBackoff})
	closed = shop.Define(1206, "CLOSED",
		catalog.Spec{Title: "The shop is closed", Params: catalog.Params{wait}, HTTP: 503,
			Retry: catalog.RetryBackoff})
	tooMany = shop.Define(1207, "TOO_MANY",
		catalog.Spec{Title: "Too many orders", Params: catalog.Params{wait}, HTTP: 429,
			Retry: catalog.RetryAfter})
	badOrder = shop.Define(1208, "BAD_ORDER", catalog.Spec{Title: "Check your order", HTTP: 400})
	partly   = shop.Define(1209, "PARTLY_DONE",
		catalog.Spec{Title: "Partly done", HTTP: 207, Aggregate: true})
	noPage = shop.Define(1210, "NO_PAGE",
		catalog.Spec{Title: "No such page", Detail: "{{.Item}}", Params: catalog.Params{item}, HTTP: 404})
	noPerson = shop.Define(1211, "NO_PERSON",
		catalog.Spec{Title: "No such person", Params: catalog.Params{catalog.Sensitive(item)}, HTTP: 404})
	several = shop.Define(1213, "SEVERAL",
		catalog.Spec{Title: "Several things failed", Aggregate: true})
	opsFailed = shop.Define(1214, "OPS_FAILED",
		catalog.Spec{Title: "Jobs failed", Audience: catalog.AudienceOperator, Aggregate: true})
	failure = shop.Define(1212, "FAILURE", catalog.Spec{
		Title:  "The shop failed",
		Detail: "Tell us this number: {{.Reference}}.",
		Params: catalog.Params{catalog.String("Reference", "0f5d1c7e")},
		HTTP:   500,
	})
)

// The German texts are incomplete.
const germanTexts = `
[OUT_OF_STOCK.title]
other = "Nicht vorrätig"
[OUT_OF_STOCK.detail]
one = "Nur noch ein Stück von {{.Item}}."
other = "Nur noch {{.Left}} Stück von {{.Item}}."
[BAD_COUPON.title]
other = "Gutschein ungültig"
[BAD_COUPON.detail]
other = "Den Gutschein {{.Coupon}} gibt es nicht."
`

const arabicTexts = `
[SIGN_IN.title]
other = "سجّل الدخول أولاً"
`

const (
	reference = "f81d4fae-7dec-41d0-8765-00a0c91e6bf6"
	instance  = "urn:uuid:" + reference
)

func newBundle(t testing.TB) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: shop, FS: fstest.MapFS{
			"de.toml": {Data: []byte(germanTexts)},
			"ar.toml": {Data: []byte(arabicTexts)},
			"fr.toml": {Data: []byte("[CLOSED.title]\nother = \"Le magasin est fermé\"\n")},
		}},
		{Domain: codes.Domain},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// newResponder returns a responder with a fixed reference, and its log.
func newResponder(t testing.TB, options problem.Options) (*problem.Responder, *bytes.Buffer) {
	t.Helper()
	var logged bytes.Buffer
	if options.NewReference == nil {
		options.NewReference = func(context.Context) string { return reference }
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.NewJSONHandler(&logged,
			&slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	return problem.New(newBundle(t), options), &logged
}

// request returns a request with headers, as pairs of names and values.
func request(headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/orders/7?lang=fr&token=secret", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

// write answers a request with an error.
func write(
	t testing.TB, options problem.Options, err error, headers ...string,
) *httptest.ResponseRecorder {
	t.Helper()
	respond, _ := newResponder(t, options)
	rec := httptest.NewRecorder()
	respond.Write(rec, request(headers...), err)
	return rec
}

// document is the JSON body of a response.
type document struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`
	Instance string         `json:"instance"`
	Pointer  string         `json:"pointer"`
	Code     int            `json:"code"`
	Name     string         `json:"name"`
	Domain   string         `json:"domain"`
	Help     string         `json:"help"`
	Lang     string         `json:"lang"`
	Dir      string         `json:"dir"`
	Retry    string         `json:"retry"`
	Params   map[string]any `json:"params"`
	Errors   []document     `json:"errors"`
	Total    int            `json:"total"`
}

func decode(t testing.TB, rec *httptest.ResponseRecorder) document {
	t.Helper()
	var d document
	if err := json.Unmarshal(rec.Body.Bytes(), &d); err != nil {
		t.Fatalf("the body is not JSON: %v\n%s", err, rec.Body)
	}
	wireSchema.Check(t, rec.Body.Bytes())
	return d
}

// line returns the logged line, which must be the only one.
func line(t testing.TB, logged *bytes.Buffer) map[string]any {
	t.Helper()
	if n := bytes.Count(logged.Bytes(), []byte("\n")); n != 1 {
		t.Fatalf("%d lines logged, want 1:\n%s", n, logged)
	}
	var attrs map[string]any
	if err := json.Unmarshal(logged.Bytes(), &attrs); err != nil {
		t.Fatal(err)
	}
	return attrs
}
