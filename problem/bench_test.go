package problem_test

import (
	"errors"
	"log/slog"
	"net/http"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

// discard is a response writer that only keeps the header.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

func BenchmarkWrite(b *testing.B) {
	err := outOfStock.New(item.Arg("Blue socks"), left.Arg(3))
	benchmarks := []struct {
		name   string
		err    error
		accept string
	}{
		{"JSON", err, "application/json"},
		{"HTML", err, browser},
		{"text", err, "text/plain"},
		{"hidden", warehouse.Wrap(errors.New("down")), "application/json"},
		{"violations", badOrder.New().With(catalog.Violation{Path: "/item", Err: err},
			catalog.Violation{Path: "/coupon", Err: badCoupon}), "application/json"},
		{"many violations", manyViolations(100_000), "application/json"},
	}
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) {
			respond, _ := newResponder(b, problem.Options{Logger: slog.New(slog.DiscardHandler)})
			w, r := discard{http.Header{}},
				request("Accept", bench.accept, "Accept-Language", "de-AT,de;q=0.9,en;q=0.8")
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				respond.Write(w, r, bench.err)
			}
		})
	}
}
