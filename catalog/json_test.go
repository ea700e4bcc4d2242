package catalog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

// TestErrorJSON checks the document of an error, and that nothing is in it that is not public.
func TestErrorJSON(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("wired", catalog.Docs("https://shop.example/codes")))
	arabic := catalogtest.Temporary(t, catalog.NewDomain("arabic", catalog.SourceLocale("ar")))
	name, count, wait := catalog.String("Name", "Kim"), catalog.Int("Count", 2), catalog.RelativeTime("Wait", time.Minute)
	open := d.Define(1, "OPEN", catalog.Spec{
		Title: "Open", Detail: "{{.Name}} has {{.Count}}.", Help: "Try again {{.Wait}}.", HTTP: 409, Retry: catalog.RetryAfter,
		Params: catalog.Params{catalog.Public(name), catalog.Public(count), wait}, Action: catalog.ActionRetry,
	})
	closed := d.Define(2, "CLOSED", catalog.Spec{
		Title: "No {{.Name}}", Detail: "{{.Name}} is unknown.", Params: catalog.Params{catalog.Sensitive(name)},
		ShownAs: d.Define(3, "SHOWN", catalog.Spec{Title: "Shown"}),
	})
	many := d.Define(4, "SEVERAL", catalog.Spec{Title: "Many", Aggregate: true, Audience: catalog.AudienceOperator})
	inArabic := arabic.Define(1, "ARABIC", catalog.Spec{Title: "خطأ"})
	const (
		head       = `"type":"https://shop.example/codes/`
		openTail   = `"code":1,"name":"OPEN","domain":"wired"`
		closedDoc  = `{` + head + `CLOSED","title":"Something went wrong","code":2,"name":"CLOSED","domain":"wired"`
		arabicHead = `{"title":"خطأ",`
	)
	tests := []struct {
		name string
		err  any
		want string
	}{
		{"public arguments", open.Wrap(errors.New("canary"), name.Arg("<Kim>"), count.Arg(3), wait.Arg(time.Hour)),
			`{` + head + `OPEN","title":"Open","status":409,"detail":"\u003cKim\u003e has 3.",` + openTail +
				`,"lang":"en","dir":"ltr","retry":"after","action":"retry","params":{"name":"\u003cKim\u003e","count":3}}`},
		{"a code", open, `{` + head + `OPEN","title":"Open","status":409,` + openTail + `,"lang":"en","dir":"ltr","retry":"after","action":"retry"}`},
		{"a copy", *open.New(), `{` + head + `OPEN","title":"Open","status":409,` + openTail + `,"lang":"en","dir":"ltr","retry":"after","action":"retry"}`},
		{"secret texts", closed.New(name.Arg("canary")), closedDoc + `,"lang":"en","dir":"ltr","action":"contact"}`},
		{"another language", inArabic.New(), arabicHead + `"code":1,"name":"ARABIC","domain":"arabic","lang":"ar","dir":"rtl","action":"contact"}`},
		{"violations", inArabic.New().With(
			catalog.Violation{Path: "/a/é", Err: fmt.Errorf("canary: %w", inArabic)},
			catalog.Violation{Path: "", Err: closed},
			catalog.Violation{Path: "/b", Err: io.EOF}),
			arabicHead + `"code":1,"name":"ARABIC","domain":"arabic","lang":"ar","dir":"rtl","action":"contact","errors":[` +
				arabicHead + `"pointer":"#/a/%C3%A9","code":1,"name":"ARABIC","domain":"arabic","action":"contact"},` +
				strings.Replace(closedDoc, `wrong",`, `wrong","pointer":"#",`, 1) + `,"lang":"en","dir":"ltr","action":"contact"},` +
				`{"title":"Something went wrong","pointer":"#/b","code":0,"name":"UNKNOWN_ERROR","domain":"errlingo","lang":"en","dir":"ltr","action":"retry"}]}`},
		{"an aggregate", many.Wrap(errors.Join(io.EOF, inArabic, many.Wrap(closed))),
			`{` + head + `SEVERAL","title":"Many","code":4,"name":"SEVERAL","domain":"wired","lang":"en","dir":"ltr","action":"contact","errors":[` +
				arabicHead + `"code":1,"name":"ARABIC","domain":"arabic","lang":"ar","dir":"rtl","action":"contact"},` +
				`{` + head + `SEVERAL","title":"Many","code":4,"name":"SEVERAL","domain":"wired","action":"contact","errors":[` +
				closedDoc + `,"action":"contact"}]}]}`},
		{"nil", (*catalog.Error)(nil), `null`},
		{"zero", &catalog.Error{}, `null`},
		{"nil code", (*catalog.Code)(nil), `null`},
		{"an argument", name.Arg("canary"), `"Name"`},
		{"a handle", name, `"Name"`},
		{"a zero handle", catalog.Handle[int]{}, `null`},
		{"params", catalog.Params{name, catalog.Public(count)}, `["Name","Count"]`},
		{"a domain", d, `"wired"`},
		{"a label", d.Label("card", "Card"), `"card"`},
		{"a violation", catalog.Violation{Path: "/a", Err: inArabic},
			`{"Path":"/a","Err":` + arabicHead + `"code":1,"name":"ARABIC","domain":"arabic","lang":"ar","dir":"rtl","action":"contact"}}`},
		{"words", []any{catalog.RetryBackoff, catalog.ActionSignIn}, `["backoff","sign-in"]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := json.Marshal(test.err)
			if err != nil || string(got) != test.want {
				t.Errorf("Marshal =\n%s, %v, want\n%s", got, err, test.want)
			}
		})
	}
}

// TestErrorJSONIsBounded checks errors that hold more than a document may have.
func TestErrorJSONIsBounded(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("large"))
	text, list := catalog.String("Text", "a"), catalog.List(catalog.And, catalog.String("List", "a"))
	large := d.Define(1, "LARGE", catalog.Spec{Title: "Large", Detail: "{{.Text}} {{.List}}",
		Params: catalog.Params{catalog.Public(text), catalog.Public(list)}})
	many := d.Define(2, "SEVERAL", catalog.Spec{Title: "Many", Aggregate: true})
	long := large.New(text.Arg(strings.Repeat("<", 1<<20)), list.Arg(strings.Split(strings.Repeat("a", 1000), "")))
	var violations []catalog.Violation
	for range 20_000 {
		violations = append(violations, catalog.Violation{Path: "/" + strings.Repeat("a", 600), Err: long})
	}
	nested := many.New()
	for range 100 {
		nested = many.Wrap(nested)
	}
	again := &making{}
	again.cause = func() error { return many.Wrap(again) }
	tests := []struct {
		name string
		err  error
		want string // part of the document
	}{
		{"a large error", long, `"truncated":["text","list"]`},
		{"many violations", large.New().With(violations...), `,"total":20000}`},
		{"nested deeply", nested, `"total":1`},
		{"a cycle", many.Wrap(again), `"total":1`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := json.Marshal(test.err)
			if err != nil || len(got) > 64<<10 || !strings.Contains(string(got), test.want) {
				t.Errorf("Marshal has %d bytes, %v, want %s in\n%.2000s", len(got), err, test.want, got)
			}
		})
	}
}

func ExampleError_MarshalJSON() {
	err := OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(3))
	document, _ := json.MarshalIndent(err, "", "  ")
	fmt.Println(string(document))
	// Output:
	// {
	//   "type": "https://shop.example/errors/OUT_OF_STOCK",
	//   "title": "Out of stock",
	//   "status": 409,
	//   "code": 1201,
	//   "name": "OUT_OF_STOCK",
	//   "domain": "shop",
	//   "lang": "en",
	//   "dir": "ltr",
	//   "action": "fix",
	//   "params": {
	//     "left": 3
	//   }
	// }
}

func TestFromNumber(t *testing.T) {
	tests := []struct {
		name   string
		number int
		code   *catalog.Code
		text   string
	}{
		{"known", 1201, OutOfStock, "OUT_OF_STOCK (1201): Only {Left} pieces of {Item} are left: row 7\\nlocked"},
		{"unknown", 9, catalog.Unknown, "UNKNOWN_ERROR (0): Something went wrong: code 9 of domain shop: row 7\\nlocked"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := Shop.FromNumber(test.number, "row 7\nlocked"); !errors.Is(err, test.code) || err.Error() != test.text {
				t.Errorf("FromNumber = %v", err)
			}
		})
	}
}

func ExampleDomain_FromNumber() {
	// The server has sent {"code":1201,"error":"no rows"}.
	err := Shop.FromNumber(1201, "no rows")
	fmt.Println(errors.Is(err, OutOfStock))
	fmt.Println(err.Unwrap())
	// Output:
	// true
	// no rows
}
