package problem_test

import (
	"errors"
	"math"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// TestAnyArguments answers with every standard code in every language, with arguments that a program
// should not give. Every answer is whole, has a title, and at most MaxBytes. The short form takes
// every eighth code.
func TestAnyArguments(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}}, Pseudo: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{Logger: quiet()})
	languages, every := []string{"de", "ar-XB"}, 8
	if os.Getenv("ERRLINGO_LONG") != "" {
		languages, every = []string{"en", "de", "ar", "en-XA", "ar-XB"}, 1
	}
	huge := strings.Repeat("<ש\x00", 2<<20)
	each := func(code *catalog.Code, arg func(p catalog.Param) catalog.Arg) []catalog.Arg {
		var args []catalog.Arg
		for _, p := range code.Spec().Params {
			args = append(args, arg(p))
		}
		return args
	}
	tests := []struct {
		name string
		err  func(code *catalog.Code) error
	}{
		{"no error of its own", func(code *catalog.Code) error { return code }},
		{"no arguments", func(code *catalog.Code) error { return code.New() }},
		{"one argument", func(code *catalog.Code) error {
			args := each(code, func(p catalog.Param) catalog.Arg { return argument(t, p, "a") })
			return code.New(args[:min(1, len(args))]...)
		}},
		{"nothing", func(code *catalog.Code) error {
			return code.Wrap(nil, each(code, func(p catalog.Param) catalog.Arg { return emptyArgument(p) })...)
		}},
		{"other types", func(code *catalog.Code) error {
			return code.New(each(code, func(p catalog.Param) catalog.Arg {
				if p.Kind() == "string" {
					return catalog.Duration(p.Name(), time.Hour).Arg(time.Minute)
				}
				return catalog.String(p.Name(), "a").Arg("a")
			})...)
		}},
		{"not a number", func(code *catalog.Code) error {
			return code.New(each(code, func(p catalog.Param) catalog.Arg {
				return catalog.Number(p.Name(), 1.5).Arg(math.NaN())
			})...)
		}},
		{"the largest values", func(code *catalog.Code) error {
			return code.New(each(code, func(p catalog.Param) catalog.Arg { return largestArgument(t, p) })...)
		}},
		{"10 MB", func(code *catalog.Code) error {
			return code.New(each(code, func(p catalog.Param) catalog.Arg { return argument(t, p, huge) })...)
		}},
		{"a cause with a cycle", func(code *catalog.Code) error {
			cycle := &loop{}
			failure := code.Wrap(cycle)
			cycle.in = []error{failure, errors.New("another"), cycle}
			return failure
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answers, largest := 0, 0
			for i, code := range slices.Collect(codes.Domain.Codes()) {
				if i%every != 0 {
					continue
				}
				failure := test.err(code)
				for _, lang := range languages {
					for _, accept := range []string{"application/json", "text/html", "text/plain"} {
						rec := httptest.NewRecorder()
						respond.Write(rec, request("Accept", accept, "Accept-Language", lang), failure)
						answers++
						n := rec.Body.Len()
						largest = max(largest, n)
						switch text := rec.Body.String(); {
						case n > problem.MaxBytes || strings.TrimSpace(text) == "" || strings.Contains(text, "{{"):
							t.Errorf("%s, %s, %s: %d bytes", code.Name(), lang, accept, n)
						case accept == "application/json" && decode(t, rec).Title == "":
							t.Errorf("%s, %s: no title", code.Name(), lang)
						case accept == "text/html":
							wellFormed(t, text)
						}
					}
				}
			}
			t.Logf("%d answers, the largest has %d bytes", answers, largest)
		})
	}
}

// emptyArgument returns an argument without a value, for params of a kind that has such a value.
func emptyArgument(p catalog.Param) catalog.Arg {
	switch name := p.Name(); p.Kind() {
	case "label":
		return catalog.LabelParam(name, codes.KindFile).Arg(nil)
	case "label-list":
		return catalog.List(catalog.Or, catalog.LabelParam(name, codes.KindFile)).Arg(nil)
	case "string-list", "literal-list":
		return catalog.List(catalog.Or, catalog.String(name, "a")).Arg(nil)
	case "time":
		return catalog.Time(name, time.Unix(0, 0)).Arg(time.Time{})
	default:
		return catalog.String(name, "a").Arg("")
	}
}

// largestArgument returns the argument that is furthest from a usual one.
func largestArgument(t *testing.T, p catalog.Param) catalog.Arg {
	switch name := p.Name(); p.Kind() {
	case "int":
		return catalog.Int(name, 1).Arg(math.MaxInt64)
	case "identifier":
		return catalog.Identifier(name, 1).Arg(math.MinInt64)
	case "bytes":
		return catalog.Bytes(name, 1).Arg(math.MaxInt64)
	case "duration":
		return catalog.Duration(name, time.Hour).Arg(math.MinInt64)
	case "relative-time":
		return catalog.RelativeTime(name, time.Hour).Arg(math.MaxInt64)
	case "time":
		return catalog.Time(name, time.Unix(0, 0)).Arg(time.Unix(math.MaxInt64, 0))
	default:
		return argument(t, p, strings.Repeat("\xff\u202e\r\n", 1000))
	}
}
