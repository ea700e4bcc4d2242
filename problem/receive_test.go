package problem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// TestRoundTrip checks that every standard code comes back from HTTP and from JSON: the same code,
// the same public arguments, and the same texts, in the reader's language if they are public, and
// otherwise in the server's.
func TestRoundTrip(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}}})
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{Logger: quiet()})
	for code := range codes.Domain.Codes() {
		example := code.Example()
		if code.Audience() == catalog.AudienceOperator {
			continue // It is masked; TestFromResponse has it.
		}
		for _, reader := range []string{"en", "de", "ar"} {
			t.Run(code.Name()+" "+reader, func(t *testing.T) {
				rec := httptest.NewRecorder()
				respond.Write(rec, request("Accept-Language", reader), example)
				checkReceived(t, bundle, problem.FromResponse(rec.Result(), shop, codes.Domain), example.Shown(), reader)
			})
		}
		t.Run(code.Name()+" stored", func(t *testing.T) {
			got, err := problem.Unmarshal([]byte(marshal(t, example)), codes.Domain)
			if err != nil {
				t.Fatal(err)
			}
			if again := marshal(t, got); again != marshal(t, example) {
				t.Errorf("stored again it is\n%s, not\n%s", again, marshal(t, example))
			}
			if !errors.Is(got, code) || publicArgs(got) != publicArgs(example) {
				t.Errorf("got %v with %s", got, publicArgs(got))
			}
		})
	}
}

func publicArgs(err error) string {
	var args []string
	for name, v := range catalog.AsError(err).PublicArgs() {
		args = append(args, name+"="+v.String())
	}
	return strings.Join(args, " ")
}

// checkReceived checks an error that a server has sent to a reader of a language.
func checkReceived(t *testing.T, bundle *errlingo.Bundle, got error, sent *catalog.Error, reader string) {
	t.Helper()
	if !errors.Is(got, sent.Code()) || publicArgs(got) != publicArgs(sent) {
		t.Errorf("received %v with %s, sent %v with %s", got, publicArgs(got), sent, publicArgs(sent))
	}
	want, same := bundle.Localizer(reader).Localize(sent), bundle.Localizer(reader).Localize(got)
	d := problem.Received(got)
	if d.Title.Value != want.Title.Value || d.Detail.Value != want.Detail.Value || d.Help.Value != want.Help.Value {
		// The reference is added to an error without arguments.
		if _, referenced := codes.Reference.From(sent); !referenced {
			t.Errorf("the server said %+v, want %+v", d, want)
		}
		return
	}
	if same.Title != want.Title || same.Detail != want.Detail || same.Help != want.Help {
		t.Errorf("in the same language: %+v, want %+v", same, want)
	}
	public := 0
	for _, p := range sent.Code().Spec().Params {
		if p.IsPublic() {
			public++
		}
	}
	other := bundle.Localizer("de").Localize(got)
	switch native := bundle.Localizer("de").Localize(sent); {
	case public == len(sent.Code().Spec().Params) && (other.Title != native.Title || other.Detail != native.Detail || other.Help != native.Help):
		t.Errorf("in another language: %+v, want %+v", other, native)
	case other.Detail != native.Detail && other.Detail != want.Detail:
		t.Errorf("in another language: %+v, want %+v or %+v", other.Detail, native.Detail, want.Detail)
	case other.Detail.Value != "" && other.Detail.Locale != other.Title.Locale:
		t.Errorf("title and detail are in two languages: %+v", other)
	}
}

// receive answers a request with the error and reads the response.
func receive(t testing.TB, err error, domains ...*catalog.Domain) error {
	t.Helper()
	return problem.FromResponse(write(t, problem.Options{}, err, "Accept-Language", "de").Result(), domains...)
}

func TestFromResponse(t *testing.T) {
	t.Run("violations", func(t *testing.T) {
		got := receive(t, badOrder.New().With(
			catalog.Violation{Path: "/lines/2/a~1b é", Err: outOfStock.New(item.Arg("x"), left.Arg(2))},
			catalog.Violation{Path: "", Err: badCoupon},
			catalog.Violation{Path: "/c", Err: io.EOF}), shop)
		violations := catalog.AsError(got).Violations()
		if !errors.Is(got, badOrder) || len(violations) != 3 {
			t.Fatalf("received %v with %v", got, violations)
		}
		n, _ := left.From(violations[0].Err)
		if violations[0].Path != "/lines/2/a~1b é" || !errors.Is(violations[0].Err, outOfStock) || n != 2 {
			t.Errorf("received %+v", violations[0])
		}
		if violations[1].Path != "" || !errors.Is(violations[1].Err, badCoupon) {
			t.Errorf("received %+v", violations[1])
		}
		if f, ok := errors.AsType[*problem.Foreign](violations[2].Err); !ok || f.Details.Name != "INTERNAL_SERVER_ERROR" {
			t.Errorf("received %+v", violations[2])
		}
	})
	t.Run("an aggregate", func(t *testing.T) {
		got := receive(t, errors.Join(signIn, badOrder), shop, codes.Domain)
		if all := catalog.Errors(catalog.AsError(got).Unwrap()); !errors.Is(got, codes.AggregateError) || len(all) != 2 ||
			!errors.Is(got, signIn) || !errors.Is(got, badOrder) {
			t.Errorf("received %v with %v", got, all)
		}
	})
	t.Run("the server's sentence", func(t *testing.T) {
		got := receive(t, outOfStock.New(item.Arg("Blue socks"), left.Arg(3)), shop)
		m := newBundle(t).Localizer("en").Localize(got)
		if m.Title.Value != "Nicht vorrätig" || m.Detail.Value != "Nur noch 3 Stück von Blue socks." ||
			m.Detail.Locale != language.German || m.Help.Value != "Choose a smaller quantity." {
			t.Errorf("rendered %+v", m)
		}
		if text := newBundle(t).Localizer("en").Detail(got); text != m.Detail.Value {
			t.Errorf("Detail = %q", text)
		}
		if strings.Contains(got.Error(), "Blue") {
			t.Errorf("Error has the private argument: %v", got)
		}
	})
	t.Run("a wait", func(t *testing.T) {
		got := receive(t, tooMany.New(wait.Arg(90*time.Second)), shop)
		if d, ok := catalog.AsError(got).RetryAfter(); !ok || d != 90*time.Second {
			t.Errorf("RetryAfter = %v, %t", d, ok)
		}
	})
	t.Run("masked", func(t *testing.T) {
		got := receive(t, warehouse.New(wait.Arg(time.Minute)), shop, codes.Domain)
		d := problem.Received(fmt.Errorf("stock: %w", got))
		if !errors.Is(got, codes.InternalServerError) || d.Status != 503 || d.RetryAfter != time.Minute ||
			d.Retry != catalog.RetryBackoff || d.Reference != reference {
			t.Errorf("received %v, %+v", got, d)
		}
	})
	t.Run("many", func(t *testing.T) {
		got := receive(t, codes.ValidationError.New().With(slices.Repeat([]catalog.Violation{{Path: "/a", Err: signIn}}, 250)...),
			shop, codes.Domain)
		if n, _ := codes.Count.From(got); n != 250 || len(catalog.AsError(got).Violations()) != problem.MaxErrors {
			t.Errorf("received %d errors of %d", len(catalog.AsError(got).Violations()), n)
		}
	})
	t.Run("another domain", func(t *testing.T) {
		got := receive(t, outOfStock.New(item.Arg("x"), left.Arg(3)), codes.Domain)
		f, ok := errors.AsType[*problem.Foreign](got)
		if !ok || catalog.CodeOf(got) != nil || problem.Received(got) != &f.Details || f.Details.Code != 1201 ||
			f.Details.Detail.Value != "Nur noch 3 Stück von x." || f.Details.Detail.Locale != language.German {
			t.Fatalf("received %v", got)
		}
		if got.Error() != "foreign error OUT_OF_STOCK (1201) of shop, status 409: Nicht vorrätig" {
			t.Errorf("Error = %s", got)
		}
		var sent, again map[string]any
		_ = json.Unmarshal(write(t, problem.Options{}, outOfStock.New(item.Arg("x"), left.Arg(3)), "Accept-Language", "de").Body.Bytes(), &sent)
		_ = json.Unmarshal([]byte(marshal(t, got)), &again)
		sent["lang"], sent["dir"] = "de", "ltr"
		if !maps.EqualFunc(sent, again, func(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
			t.Errorf("as JSON it is %v, not %v", again, sent)
		}
	})
	t.Run("no error", func(t *testing.T) {
		if problem.Received(io.EOF) != nil || problem.Received(nil) != nil {
			t.Error("Received has details")
		}
		res := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}}
		if err := problem.FromResponse(res, shop); err != nil {
			t.Errorf("received %v", err)
		}
	})
}

// respondWith returns a response.
func respondWith(status int, contentType, body string) *http.Response {
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", contentType)
	rec.WriteHeader(status)
	_, _ = io.WriteString(rec, body)
	return rec.Result()
}

// TestHostileResponses checks responses that others send, by mistake or on purpose.
func TestHostileResponses(t *testing.T) {
	const known = `{"domain":"shop","code":1201,"name":"OUT_OF_STOCK","params":{"left":3}`
	nested := strings.Repeat(`{"domain":"shop","code":1201,"errors":[`, 5000) + strings.Repeat(`]}`, 5000)
	tests := []struct {
		name, contentType, body string
		want                    string // the text of the error
	}{
		{"HTML", "text/html", "<h1>Bad Gateway</h1>", `foreign error, status 502: the response is not JSON but "text/html"`},
		{"no type", "", "{}", `foreign error, status 502: the response is not JSON but ""`},
		{"HTML that lies", "application/problem+json", "<h1>", `foreign error, status 502: it is not JSON: invalid character '<' looking for beginning of value, at byte 0 of the document`},
		{"empty", "application/json", "", `foreign error, status 502: it is not JSON: EOF, at byte 0 of the document`},
		{"cut", "application/json", known, `foreign error, status 502: it is not JSON: EOF, at byte 70 of the document`},
		{"a list", "application/json", `[1]`, `foreign error, status 502: it is not a JSON object, at byte 1 of the document`},
		{"null", "application/json", `null`, `foreign error, status 502: it is not a JSON object, at byte 4 of the document`},
		{"two documents", "application/json", `{} {}`, `foreign error, status 502: something follows the JSON object, at byte 4 of the document`},
		{"10 MB", "application/json", `{"a":"` + strings.Repeat("x", 10<<20) + `"}`, `foreign error, status 502: the document has more than 1048576 bytes`},
		{"members twice", "application/json", `{"code":1,"code":2}`, `foreign error, status 502: the member "code" is there twice, at byte 18 of the document`},
		{"empty object", "application/json", `{}`, `foreign error, status 502`},
		{"unknown number", "application/json", `{"domain":"shop","code":9}`, `foreign error (9) of shop, status 502`},
		{"another name", "application/json", `{"domain":"shop","code":1201,"name":"OTHER_NAME"}`, `foreign error OTHER_NAME (1201) of shop, status 502`},
		{"another domain", "application/json", `{"domain":"mop","code":1201,"name":"OUT_OF_STOCK"}`, `foreign error OUT_OF_STOCK (1201) of mop, status 502`},
		{"controls", "application/json", `{"title":"a\u001b[31mb\r\nc\u202ed","name":"A\u0000B"}`, `foreign error AB, status 502: a[31mb cd`},
		{"wrong types", "application/json", `{"code":"x","name":7,"domain":[],"title":{},"status":"y","errors":{"a":["b"]},"params":[],"total":1e99,"lang":3}`,
			`foreign error, status 502`},
		{"type that lies", "application/json", known + `,"type":"https://evil.example/"}`, "OUT_OF_STOCK (1201): Only 3 pieces of {Item} are left"},
		{"by name alone", "application/json", `{"domain":"shop","name":"SIGN_IN"}`, "SIGN_IN (1203): Sign in first"},
		{"by number alone", "application/vnd.parse+json", `{"code":1203,"error":"denied\nby db7"}`, `SIGN_IN (1203): Sign in first: denied\nby db7`},
		{"wrong params", "application/json", `{"domain":"shop","code":1201,"params":{"left":"many","item":"private","toString":1}}`,
			"OUT_OF_STOCK (1201): Only {Left} pieces of {Item} are left"},
		{"cut params", "application/json", `{"domain":"shop","code":1201,"params":{"left":3},"truncated":["left"]}`,
			"OUT_OF_STOCK (1201): Only {Left} pieces of {Item} are left"},
		{"a false language", "application/json", known + `,"title":"T","detail":"D","lang":"not a tag","dir":"up"}`,
			"OUT_OF_STOCK (1201): Only 3 pieces of {Item} are left"},
		{"a detail without a title", "application/json", `{"domain":"shop","code":1201,"detail":"D"}`,
			"OUT_OF_STOCK (1201): Only {Left} pieces of {Item} are left"},
		{"deep nesting", "application/json", nested, "OUT_OF_STOCK (1201): Only {Left} pieces of {Item} are left"},
		{"deep garbage", "application/json", `{"a":` + strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000) + `}`,
			`foreign error, status 502: it is not JSON: invalid character '[' exceeded max depth, at byte 5 of the document`},
		{"many errors", "application/json", known + `,"errors":[` + strings.Repeat(`{"domain":"shop","code":1203},`, 20_000) + `1]}`,
			"OUT_OF_STOCK (1201): Only 3 pieces of {Item} are left"},
	}
	bundle := newBundle(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := problem.FromResponse(respondWith(502, test.contentType, test.body), shop)
			if err == nil || err.Error() != test.want {
				t.Errorf("received %.300v, want %s", err, test.want)
			}
			checkBounded(t, bundle, err)
		})
	}
	t.Run("a broken connection", func(t *testing.T) {
		res := respondWith(502, "application/json", "")
		res.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{`), brokenBody{}))
		if err := problem.FromResponse(res, shop); !errors.Is(err, errBroken) {
			t.Errorf("received %v", err)
		}
		res.Body = nil
		if err := problem.FromResponse(res, shop); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("received %v", err)
		}
	})
}

var errBroken = errors.New("broken")

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errBroken }

// checkBounded checks that an error that was received can be shown, logged and sent on, within the
// limits of an answer.
func checkBounded(t *testing.T, bundle *errlingo.Bundle, err error) {
	t.Helper()
	rec := httptest.NewRecorder()
	problem.New(bundle, problem.Options{Logger: quiet()}).Write(rec, request(), err)
	if rec.Body.Len() > problem.MaxBytes {
		t.Errorf("the answer has %d bytes", rec.Body.Len())
	}
	wireSchema.Check(t, rec.Body.Bytes())
	if text := err.Error(); len(text) > 128<<10 || strings.ContainsAny(text, "\n\x1b\u202e") {
		t.Errorf("Error has %d bytes: %.500q", len(text), text)
	}
	if text := bundle.Localizer("de").Detail(err); text == "" || strings.ContainsAny(text, "\n\x1b\u202e") {
		t.Errorf("Detail = %q", text)
	}
	if d := problem.Received(err); d == nil {
		t.Error("nothing is known about what was received")
	} else if text := marshal(t, d); len(text) > 2<<20 {
		t.Errorf("the details have %d bytes", len(text))
	}
}

func TestRetryAfterHeader(t *testing.T) {
	tests := []struct {
		name, value, date string
		want              time.Duration
	}{
		{"seconds", "90", "", 90 * time.Second},
		{"zero", "0", "", 0},
		{"negative", "-1", "", 0},
		{"too long", "4000000000", "", 365 * 24 * time.Hour},
		{"words", "soon", "", 0},
		{"a date", "Sat, 28 Nov 2026 12:01:00 GMT", "Sat, 28 Nov 2026 12:00:00 GMT", time.Minute},
		{"a past date", "Sat, 28 Nov 2026 11:59:00 GMT", "Sat, 28 Nov 2026 12:00:00 GMT", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			res := respondWith(429, "application/json", `{"domain":"shop","code":1207}`)
			res.Header.Set("Retry-After", test.value)
			res.Header.Set("Date", test.date)
			err := problem.FromResponse(res, shop)
			if got := problem.Received(err).RetryAfter; got != test.want {
				t.Errorf("RetryAfter = %v, want %v", got, test.want)
			}
			if got, _ := catalog.AsError(err).RetryAfter(); got != test.want {
				t.Errorf("RetryAfter of the error = %v, want %v", got, test.want)
			}
		})
	}
}

// FuzzUnmarshal checks that any document is read without a panic, as an error that can be shown,
// logged and sent on, or refused.
func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(`{"domain":"shop","code":1201,"name":"OUT_OF_STOCK","params":{"left":3},"lang":"ar","title":"T","detail":"D"}`))
	f.Add([]byte(`{"code":1208,"name":"BAD_ORDER","domain":"shop","errors":[{"pointer":"#/a%20b","code":1203,"domain":"shop"}],"total":7}`))
	f.Add([]byte(`{"code":1209,"domain":"shop","errors":[{"code":1209,"domain":"shop","errors":[{"name":"X"}]},1,null]}`))
	f.Add([]byte(`{"code":101,"error":"not found","instance":"%zz","dir":"rtl","retry":"after","truncated":["left"]}`))
	f.Add([]byte(`{"code":1202,"domain":"shop","detail":"a detail without a title"}`))
	for code := range codes.Domain.Codes() {
		document, _ := json.Marshal(code.Example())
		f.Add(document)
	}
	bundle := newBundle(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := problem.Unmarshal(data, shop, codes.Domain)
		if (got == nil) != (err != nil) {
			t.Fatalf("Unmarshal = %v, %v", got, err)
		}
		if got != nil {
			checkBounded(t, bundle, got)
		}
	})
}

func ExampleFromResponse() {
	server := httptest.NewServer(problem.New(load(), problem.Options{Logger: quiet()}).
		Handler(func(http.ResponseWriter, *http.Request) error {
			return codes.RequestLimitExceeded.New(codes.RetryAfter.Arg(time.Minute))
		}))
	defer server.Close()

	res, err := http.Get(server.URL)
	if err != nil {
		return
	}
	defer res.Body.Close()
	err = problem.FromResponse(res, codes.Domain)
	fmt.Println(errors.Is(err, codes.RequestLimitExceeded))
	wait, _ := codes.RetryAfter.From(err)
	fmt.Println(wait)
	// Output:
	// true
	// 1m0s
}

func ExampleUnmarshal() {
	stored, _ := json.Marshal(codes.Timeout.Wrap(io.EOF))
	received, err := problem.Unmarshal(stored, codes.Domain)
	fmt.Println(received, err)
	unknown, err := problem.Unmarshal([]byte(`{"code":4711,"name":"LOST","domain":"newer","title":"Lost"}`), codes.Domain)
	fmt.Println(unknown, err)
	// Output:
	// TIMEOUT (124): The service couldn’t finish in time <nil>
	// foreign error LOST (4711) of newer: Lost <nil>
}

func ExampleReceived() {
	err, _ := problem.Unmarshal([]byte(`{"code":124,"domain":"standard","title":"Zeitüberschreitung","lang":"de","retry":"once"}`), codes.Domain)
	d := problem.Received(fmt.Errorf("import: %w", err))
	fmt.Println(d.Title, d.Lang(), d.Retry)
	// Output:
	// Zeitüberschreitung de once
}
