package problem

import (
	"errors"
	"iter"
	"math"
	"net/http"
	"time"

	"github.com/errlingo/errlingo/catalog"
)

// maxDepth is how deep errors inside of errors are looked into. Nobody reads a list within lists of so many, but one that
// has itself for a cause would have no end.
const maxDepth = 32

// treatment is what an error means for machines, whatever its texts are.
type treatment struct {
	status int           // of the response
	retry  catalog.Retry // what a client may do unasked
	wait   time.Duration // before another try, if waits
	waits  bool
}

// treatmentOf returns the treatment that the error's code declares. An aggregate without a status of its own has that of
// its most urgent error. It may be repeated only if each of its errors may in the same way; the wait is the longest of
// those that have its status.
func treatmentOf(e *catalog.Error) treatment {
	if !inherits(e) {
		wait, waits := e.RetryAfter()
		return treatment{e.Code().HTTPStatus(), e.Code().Retry(), wait, waits}
	}
	all := leaves(e)
	if len(all) == 0 {
		return treatment{status: http.StatusInternalServerError}
	}
	t := treatment{status: all[0].Code().HTTPStatus(), retry: all[0].Code().Retry()}
	for _, leaf := range all {
		if leaf.Code().Retry() != t.retry {
			t.retry = catalog.RetryNever
		}
		if wait, waits := leaf.RetryAfter(); waits && leaf.Code().HTTPStatus() == t.status {
			t.wait, t.waits = max(t.wait, wait), true
		}
	}
	return t
}

// inherits reports whether the error takes its status from the errors that it consists of.
func inherits(e *catalog.Error) bool {
	return e.Code().Aggregate() && e.Code().Spec().HTTP == 0
}

// leaves returns the errors that an aggregate consists of, those of aggregates in it included, the most urgent first. It
// looks at maxBranches of them, none deeper than maxDepth.
func leaves(e *catalog.Error) []*catalog.Error {
	g := gathering{left: maxBranches}
	g.add(e, maxDepth)
	return catalog.Errors(errors.Join(g.found...))
}

// gathering collects the leaves of an aggregate.
type gathering struct {
	found []error
	left  int // so many more errors may be looked at
}

func (g *gathering) add(e *catalog.Error, depth int) {
	for child := range children(e) {
		if g.left--; g.left < 0 {
			return
		}
		if !inherits(child) {
			g.found = append(g.found, child)
		} else if depth > 0 {
			g.add(child, depth-1)
		}
	}
}

// children yields the errors with a code that an aggregate consists of.
func children(e *catalog.Error) iter.Seq[*catalog.Error] {
	return func(yield func(*catalog.Error) bool) {
		for _, child := range catalog.Errors(e.Unwrap()) {
			if !yield(child) {
				return
			}
		}
		for _, v := range e.Violations() {
			for _, child := range catalog.Errors(v.Err) {
				if !yield(child) {
					return
				}
			}
		}
	}
}

// seconds returns a wait as Retry-After has it (RFC 9110, section 10.2.3): whole seconds, none too few.
func seconds(d time.Duration) int64 {
	return int64(math.Ceil(max(d, 0).Seconds()))
}
