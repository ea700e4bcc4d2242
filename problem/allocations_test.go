//go:build !race

// The race detector drops what is put into a sync.Pool at random, so that more is allocated.

package problem_test

import (
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

func TestAllocations(t *testing.T) {
	plain := outOfStock.New(item.Arg("Blue socks"), left.Arg(3))
	quiet, text := slog.DiscardHandler, slog.NewTextHandler(io.Discard, nil)
	tests := []struct {
		name string
		want float64
		err  error
		log  slog.Handler
	}{
		{"JSON without public arguments", 5, badCoupon.New(), quiet},
		{"JSON with a public argument", 8, plain, quiet},
		{"JSON with a log line", 16, plain, text},
		{"JSON with a violation", 27, badOrder.New().With(catalog.Violation{Path: "/item", Err: plain}), quiet},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, problem.Options{Logger: slog.New(test.log)})
			w, r := discard{http.Header{}}, request("Accept", "application/json", "Accept-Language", "de-AT,de;q=0.9,en;q=0.8")
			got := testing.AllocsPerRun(100, func() {
				clear(w.header)
				respond.Write(w, r, test.err)
			})
			if got > test.want {
				t.Errorf("%v allocations, want %v", got, test.want)
			}
		})
	}
}
