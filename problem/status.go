package problem

import (
	"errors"
	"math"
	"net/http"
	"time"

	"github.com/errlingo/errlingo/catalog"
)

// statusOf returns the status of the response. An aggregate that declares none has that of its most urgent error.
func statusOf(e *catalog.Error) int {
	if !inherits(e) {
		return e.Code().HTTPStatus()
	}
	if all := leaves(e); len(all) > 0 {
		return all[0].Code().HTTPStatus()
	}
	return http.StatusInternalServerError
}

// inherits reports whether the error takes its status from the errors that it consists of.
func inherits(e *catalog.Error) bool {
	return e.Code().Aggregate() && e.Code().Spec().HTTP == 0
}

// leaves returns the errors that an aggregate consists of, those of aggregates in it included, the most urgent first.
func leaves(e *catalog.Error) []*catalog.Error {
	var found []error
	add := func(err error) {
		for _, child := range catalog.All(err) {
			if !inherits(child) {
				found = append(found, child)
				continue
			}
			for _, leaf := range leaves(child) {
				found = append(found, leaf)
			}
		}
	}
	add(e.Unwrap())
	for _, v := range e.Violations() {
		add(v.Err)
	}
	return catalog.All(errors.Join(found...))
}

// retryOf returns what a client may do unasked, and after how long. An aggregate may be repeated only if each of its
// errors may in the same way; the wait is the longest of those that have its status.
func retryOf(e *catalog.Error) (retry catalog.Retry, after time.Duration, ok bool) {
	if !inherits(e) {
		after, ok = e.RetryAfter()
		return e.Code().Retry(), after, ok
	}
	status := statusOf(e)
	for i, leaf := range leaves(e) {
		switch r := leaf.Code().Retry(); {
		case i == 0:
			retry = r
		case r != retry:
			retry = catalog.NoRetry
		}
		if d, has := leaf.RetryAfter(); has && leaf.Code().HTTPStatus() == status {
			after, ok = max(after, d), true
		}
	}
	return retry, after, ok
}

// seconds returns a wait as Retry-After has it (RFC 9110, section 10.2.3): whole seconds, none too few.
func seconds(d time.Duration) int64 {
	return int64(math.Ceil(max(d, 0).Seconds()))
}
