package problem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/tomldoc"
	"github.com/errlingo/errlingo/problem"
)

// The params of the tests below, all of them public.
var (
	words    = catalog.List(catalog.And, catalog.String("Words", "a"))
	numbers  = catalog.List(catalog.And, catalog.Int("Numbers", int64(1)))
	note     = catalog.String("Note", "a")
	link2    = catalog.URL("Link", "https://shop.example/")
	pattern  = catalog.Literal("Pattern", "a*")
	count    = catalog.Int("Count", int64(1))
	orderNo  = catalog.Identifier("OrderNo", int64(1))
	amount   = catalog.Decimal("Amount", "1.50")
	size     = catalog.Bytes("Size", uint64(1))
	ratio    = catalog.Percent("Ratio", 0.5)
	ordersNo = catalog.List(catalog.And, catalog.Identifier("OrderNos", int64(1)))
)

// newWide returns a code with many public params.
func newWide(t testing.TB) *catalog.Code {
	params := catalog.Params{}
	for _, p := range []catalog.Param{words, numbers, note, link2, pattern, count, orderNo, amount, size,
		ratio, ordersNo} {
		params = append(params, catalog.Public(p))
	}
	return catalogtest.Temporary(t, catalog.NewDomain("wide")).Define(1, "WIDE", catalog.Spec{
		Title: "{{.Note}}", Detail: "{{.Words}} {{.Note}} {{.Link}} {{.Pattern}} {{.Numbers}}",
		Help: "{{.Words}} {{.Words}}", Params: params, HTTP: 422,
	})
}

// TestAnswerIsBounded checks that an answer has at most MaxBytes and is whole, whatever the error
// holds.
func TestAnswerIsBounded(t *testing.T) {
	wide := newWide(t)
	for _, unit := range []string{"a", "<", "\"", "\x01", "\xff", "😀", "\u2028", "ש", "+", "\\"} {
		length := 100 << 10
		if unit == "a" {
			length = 10 << 20
		}
		long := strings.Repeat(unit, length/len(unit))
		short := strings.Repeat(unit, 200)
		full := wide.New(words.Arg(slices.Repeat([]string{short}, 1000)),
			numbers.Arg(slices.Repeat([]int64{-1 << 50}, 100_000)), note.Arg(long), link2.Arg(long),
			pattern.Arg(long))
		small := wide.New(note.Arg(short), words.Arg([]string{short, short}))
		violations := slices.Repeat([]catalog.Violation{{Path: "/" + short, Err: small}}, 1000)
		tests := []struct {
			name string
			err  error
		}{
			{"long arguments", full},
			{"a long key", decodeUnknown("{" + mustJSON(t, long) + `: 1}`)},
			{"a long pointer", badOrder.New().With(catalog.Violation{Path: "/" + long, Err: closed})},
			{"violations", full.With(violations...)},
			{"large violations", badOrder.New().With(catalog.Violation{Path: "/a", Err: full},
				catalog.Violation{Path: "/b", Err: full})},
			{"violations of violations", badOrder.New().With(slices.Repeat(
				[]catalog.Violation{{Path: "/a", Err: small.With(violations...)}}, 100)...)},
			{"joined", errors.Join(slices.Repeat([]error{full}, 1000)...)},
		}
		for _, test := range tests {
			t.Run(fmt.Sprintf("%s of %q", test.name, unit), func(t *testing.T) {
				for _, accept := range []string{"application/json", "text/html", "text/plain"} {
					rec := write(t, problem.Options{}, test.err, "Accept", accept)
					if n := rec.Body.Len(); n > problem.MaxBytes || n < 100 || rec.Code >= 500 {
						t.Errorf("%s: status %d, %d bytes", accept, rec.Code, n)
					}
					switch accept {
					case "application/json":
						if d := decode(t, rec); d.Title == "" || d.Instance != instance {
							t.Errorf("%+v", d)
						}
					case "text/html":
						wellFormed(t, rec.Body.String())
					}
				}
			})
		}
	}
}

// decodeUnknown returns the error of decoding an object with an unknown field.
func decodeUnknown(body string) error {
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.DisallowUnknownFields()
	return problem.DecodeErrorIn([]byte(body), &struct{}{}, decoder.Decode(&struct{}{}))
}

func mustJSON(t *testing.T, s string) string {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTextsAreBounded checks the same for the longest texts that a locale file may have.
func TestTextsAreBounded(t *testing.T) {
	code := catalogtest.Temporary(t, catalog.NewDomain("long")).Define(1, "LONG",
		catalog.Spec{Title: "a", Detail: "a", Help: "a", HTTP: 400})
	for _, unit := range []string{"a", "&", "ж"} {
		text := strings.Repeat(unit, (tomldoc.MaxString-2)/len(unit)) // between quotes
		file := fmt.Sprintf("[LONG]\ntitle = %q\ndetail = %q\nhelp = %q\n", text, text, text)
		bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: code.Domain(),
			FS: fstest.MapFS{"de.toml": {Data: []byte(file)}}}}})
		if err != nil {
			t.Fatal(err)
		}
		respond := problem.New(bundle, problem.Options{Logger: quiet()})
		for _, accept := range []string{"application/json", "text/html", "text/plain"} {
			rec := httptest.NewRecorder()
			respond.Write(rec, request("Accept", accept, "Accept-Language", "de"), code)
			if n := rec.Body.Len(); n > problem.MaxBytes || n < 1000 || !strings.Contains(rec.Body.String(), "…") {
				t.Errorf("%s: %d bytes", accept, n)
			}
		}
	}
}

// TestParams checks that the JSON type of a public argument follows from its kind, and what is cut
// or left out and reported.
func TestParams(t *testing.T) {
	wide := newWide(t)
	long := strings.Repeat("a", 300)
	tests := []struct {
		name      string
		arg       catalog.Arg
		want      string // the members params and truncated
		suspected string // as reported
	}{
		{"a small identifier", orderNo.Arg(7), `{"orderNo":"7"}`, ""},
		{"a large identifier", orderNo.Arg(9007199254740993), `{"orderNo":"9007199254740993"}`, ""},
		{"identifiers", ordersNo.Arg([]int64{1, math.MinInt64}), `{"orderNos":["1","-9223372036854775808"]}`, ""},
		{"a decimal", amount.Arg("7"), `{"amount":"7"}`, ""},
		{"a long decimal", amount.Arg(strings.Repeat("7", 300)), `null ["amount"]`,
			"Amount: decimal number of more than 256 characters"},
		{"a whole number", count.Arg(-1<<53 + 1), `{"count":-9007199254740991}`, ""},
		{"a larger one", count.Arg(1 << 53), `null ["count"]`,
			"Count: beyond ±(2^53-1), so that JSON clients would round it"},
		{"a larger size", size.Arg(math.MaxUint64), `null ["size"]`,
			"Size: beyond ±(2^53-1), so that JSON clients would round it"},
		{"not a number", ratio.Arg(math.NaN()), `null ["ratio"]`, "Ratio: not a number"},
		{"a large one in a list", numbers.Arg([]int64{1, 1 << 60}), `null ["numbers"]`,
			"Numbers: value 2 of the list: beyond ±(2^53-1), so that JSON clients would round it"},
		{"a long text", note.Arg(long), `{"note":"` + long[:255] + `…"} ["note"]`, ""},
		{"a long address", link2.Arg("https://shop.example/" + strings.Repeat(long, 10)), `null ["link"]`,
			"Link: address of more than 2048 bytes"},
		{"an address", link2.Arg("https://shop.example/" + long), `{"link":"https://shop.example/` + long + `"}`, ""},
		{"a list that is long once it is escaped",
			words.Arg(slices.Repeat([]string{strings.Repeat("<", 200)}, 20)), `null ["words"]`,
			"Words: too long, together with the other public arguments"},
		{"a long list", numbers.Arg(make([]int64, 100_000)),
			`{"numbers":[0` + strings.Repeat(",0", 99) + `]} ["numbers"]`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var suspected []string
			bundle, err := errlingo.Load(errlingo.Options{
				Sources: []errlingo.Source{{Domain: wide.Domain()}},
				OnEvent: func(e errlingo.Event) {
					if e.Kind == errlingo.SuspiciousValue && e.MessageID == "" {
						suspected = append(suspected, e.Param+": "+e.Reason)
					}
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			rec := httptest.NewRecorder()
			problem.New(bundle, problem.Options{Logger: quiet()}).Write(rec, request(), wide.New(test.arg))
			var got struct{ Params, Truncated json.RawMessage }
			if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if got.Params == nil {
				got.Params = json.RawMessage("null")
			}
			body := strings.TrimSpace(string(got.Params) + " " + string(got.Truncated))
			if body != test.want || strings.Join(suspected, "\n") != test.suspected {
				t.Errorf("got %s, reported %q\nwant %s, %q", body, suspected, test.want, test.suspected)
			}
		})
	}
}

// FuzzAnswer checks that an answer is bounded and complete for any arguments and paths.
func FuzzAnswer(f *testing.F) {
	wide := newWide(f)
	respond := problem.New(nil, problem.Options{Logger: quiet()})
	f.Add("a", "/a", "b", int64(1), uint16(3), uint16(300))
	f.Add("<\x00\xff\u2028", "/~", "'+\"&", int64(math.MinInt64), uint16(40), uint16(5))
	f.Fuzz(func(t *testing.T, text, path, more string, n int64, times, listed uint16) {
		long := strings.Repeat(text, int(times))
		err := wide.New(words.Arg(slices.Repeat([]string{more}, int(listed))), note.Arg(long),
			link2.Arg(more), pattern.Arg(more+text), count.Arg(n), orderNo.Arg(n), size.Arg(uint64(n)),
			amount.Arg(text), numbers.Arg(slices.Repeat([]int64{n}, int(listed))), ratio.Arg(float64(n)))
		err = err.With(slices.Repeat([]catalog.Violation{{Path: path + long, Err: err}, {Path: path, Err: errors.New(text)}},
			int(listed%200))...)
		for _, accept := range []string{"application/json", "text/html", "text/plain"} {
			rec := httptest.NewRecorder()
			respond.Write(rec, request("Accept", accept), err)
			if n := rec.Body.Len(); n > problem.MaxBytes || n == 0 || rec.Code != 422 {
				t.Errorf("%s: status %d, %d bytes", accept, rec.Code, n)
			}
			if accept == "application/json" && !json.Valid(rec.Body.Bytes()) {
				t.Errorf("not JSON: %s", rec.Body)
			}
		}
	})
}

// TestPolicyKnowsNoHTTP checks that the files of the policy use package net/http for its statuses
// only, and declare all limits but those of logging and forms in bounds.go.
func TestPolicyKnowsNoHTTP(t *testing.T) {
	for _, name := range []string{"bounds.go", "details.go", "policy.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := selector.X.(*ast.Ident); ok && x.Name == "http" &&
				!strings.HasPrefix(selector.Sel.Name, "Status") {
				t.Errorf("%s uses http.%s", name, selector.Sel.Name)
			}
			return true
		})
	}
}

// counted is an error that counts how often it is looked at.
type counted struct {
	error
	calls *int
}

func (c counted) Error() string { *c.calls++; return c.error.Error() }
func (c counted) Unwrap() error { *c.calls++; return c.error }

// manyTrees returns errors of n errors each, by shape. They count how often they are looked at.
func manyTrees(n int, calls *int) map[string]error {
	leaf := counted{outOfStock, calls}
	joined := errors.Join(slices.Repeat([]error{leaf}, n)...)
	uncoded := errors.Join(slices.Repeat([]error{counted{errors.New("disk full"), calls}}, n)...)
	var chain error = leaf
	for range n {
		chain = errors.Join(chain, leaf)
	}
	return map[string]error{
		"joined":            joined,
		"joined one by one": chain,
		"without a code":    uncoded,
		"aggregate":         codes.AggregateError.Wrap(joined),
		"cause":             badOrder.Wrap(uncoded),
		"violations":        badOrder.New().With(slices.Repeat([]catalog.Violation{{Path: "/a", Err: leaf}}, n)...),
		"counted violations": codes.ValidationError.New().With(
			slices.Repeat([]catalog.Violation{{Path: "/a", Err: leaf}}, n)...),
		"a violation": badOrder.New().With(catalog.Violation{Path: "/a", Err: joined}),
		"own status":  partly.Wrap(joined),
	}
}

// TestCostOfMany checks that the cost of an answer, with its line in the log, does not grow with
// errors that it does not show: neither the calls nor the memory.
func TestCostOfMany(t *testing.T) {
	respond, logged := newResponder(t, problem.Options{})
	calls := 0
	cost := func(err error) (called int, allocated uint64) {
		var before, after runtime.MemStats
		w, r := discard{http.Header{}}, request()
		calls = 0
		runtime.ReadMemStats(&before)
		respond.Write(w, r, err)
		runtime.ReadMemStats(&after)
		logged.Reset()
		return calls, after.TotalAlloc - before.TotalAlloc
	}
	some, many := manyTrees(20_000, &calls), manyTrees(200_000, &calls)
	for name := range some {
		t.Run(name, func(t *testing.T) {
			fewCalls, fewBytes := cost(some[name])
			calls, bytes := cost(many[name])
			if calls > fewCalls || calls > 200_000 || bytes > fewBytes+1<<20 || bytes > 8<<20 {
				t.Errorf("%d calls and %d bytes for 200,000 errors, %d and %d for 20,000", calls, bytes,
					fewCalls, fewBytes)
			}
		})
	}
}

func BenchmarkMany(b *testing.B) {
	for _, n := range []int{1000, 1_000_000} {
		for name, err := range manyTrees(n, new(int)) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				respond, logged := newResponder(b, problem.Options{})
				w, r := discard{http.Header{}}, request()
				b.ReportAllocs()
				for b.Loop() {
					respond.Write(w, r, err)
					logged.Reset()
				}
			})
		}
	}
}
