package problem_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// manyViolations returns an error with n violations.
func manyViolations(n int) *catalog.Error {
	err := badOrder.New()
	violations := make([]catalog.Violation, n)
	for i := range violations {
		violations[i] = catalog.Violation{Path: fmt.Sprintf("/lines/%d", i), Err: closed}
	}
	return err.With(violations...)
}

// manyJoined returns n joined errors.
func manyJoined(n int) error {
	all := make([]error, n)
	for i := range all {
		all[i] = outOfStock
	}
	return errors.Join(all...)
}

// shown returns the number of errors in a response, including nested ones.
func shown(d document) int {
	n := len(d.Errors)
	for _, e := range d.Errors {
		n += shown(e)
	}
	return n
}

// TestManyErrors checks that a response shows at most MaxErrors errors, and that incomplete lists
// have a total.
func TestManyErrors(t *testing.T) {
	nested := make([]error, 10)
	for i := range nested {
		nested[i] = codes.AggregateError.Wrap(manyJoined(30), codes.Count.Arg(30))
	}
	uncoded := slices.Repeat([]catalog.Violation{{Path: "/a", Err: errors.New("disk full")}}, 150)
	tests := []struct {
		name   string
		err    error
		outer  int // length of the outer list
		total  int
		all    int    // including nested errors
		inside string // lengths and totals of the inner lists
	}{
		{"few", manyViolations(3), 3, 0, 3, ""},
		{"the maximum", manyViolations(100), 100, 0, 100, ""},
		{"one too many", manyViolations(101), 100, 101, 100, ""},
		{"many joined", manyJoined(250), 100, 250, 100, ""},
		{"many joined in a violation",
			badOrder.New().With(catalog.Violation{Path: "/a", Err: manyJoined(250)}), 100, 250, 100, ""},
		{"without a code", badOrder.New().With(uncoded...), 100, 150, 100, ""},
		{"outer errors first", errors.Join(nested...), 10, 0, 100,
			"30/0 30/0 30/0 0/30 0/30 0/30 0/30 0/30 0/30 0/30"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := decode(t, write(t, problem.Options{}, test.err))
			if len(got.Errors) != test.outer || got.Total != test.total || shown(got) != test.all {
				t.Errorf("%d of %d errors, %d with nested ones; want %d of %d, %d", len(got.Errors), got.Total,
					shown(got), test.outer, test.total, test.all)
			}
			var inside []string
			for _, e := range got.Errors {
				if test.inside != "" {
					inside = append(inside, fmt.Sprintf("%d/%d", len(e.Errors), e.Total))
				}
			}
			if strings.Join(inside, " ") != test.inside {
				t.Errorf("inside: %v, want %s", inside, test.inside)
			}
		})
	}
}

// TestManyErrorsAllocs checks that errors that are not shown are not rendered.
func TestManyErrorsAllocs(t *testing.T) {
	coupons := slices.Repeat([]catalog.Violation{{Path: "/a", Err: badCoupon.New(coupon.Arg("x"))}},
		100_000)
	tests := []struct {
		name string
		of   func(n int) error
	}{
		{"violations", func(n int) error { return manyViolations(n) }},
		{"violations with arguments", func(n int) error { return badOrder.New().With(coupons[:n]...) }},
		{"counted violations",
			func(n int) error { return codes.ValidationError.New().With(coupons[:n]...) }},
		{"joined", manyJoined},
		{"in an aggregate", func(n int) error { return codes.AggregateError.Wrap(manyJoined(n)) }},
	}
	respond, _ := newResponder(t, problem.Options{Logger: quiet()})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			allocs := func(err error) float64 {
				w, r := discard{http.Header{}}, request()
				return testing.AllocsPerRun(3, func() { respond.Write(w, r, err) })
			}
			few, many := allocs(test.of(1000)), allocs(test.of(100_000))
			if many > 2*few {
				t.Errorf("%.0f allocations for 100000 errors, %.0f for 1000", many, few)
			}
		})
	}
}

func TestManyErrorsHTMLAndText(t *testing.T) {
	t.Run("a page", func(t *testing.T) {
		page := write(t, problem.Options{}, manyViolations(250), "Accept", browser).Body.String()
		if !strings.Contains(page, "<li>The shop is closed <bdi>(×100)</bdi></li>\n</ul>\n"+
			"<p class=\"for-list\">150 more problems are not shown.</p>") {
			t.Errorf("page\n%s", page)
		}
		wellFormed(t, page)
	})
	t.Run("text", func(t *testing.T) {
		text := write(t, problem.Options{}, manyViolations(250), "Accept", "text/plain").Body.String()
		if !strings.Contains(text, "\n- The shop is closed (×100)\n150 more problems are not shown.\n\n") {
			t.Errorf("text\n%s", text)
		}
	})
	t.Run("few", func(t *testing.T) {
		if page := write(t, problem.Options{}, manyViolations(3), "Accept",
			browser).Body.String(); strings.Contains(page, "not shown") {
			t.Errorf("page\n%s", page)
		}
	})
}
