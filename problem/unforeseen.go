package problem

import (
	"errors"

	"github.com/errlingo/errlingo/catalog"
)

// maxBranches bounds how many errors of a tree are looked at, so that one whose branches meet again, or lead back to
// where they came from, is done with in the end.
const maxBranches = 10_000

// maxSearched bounds how many violations of an error are searched for failures. Whoever sends a request has a say in their
// number, and must not raise an alarm by it: those beyond pass for foreseen.
const maxSearched = 1000

var (
	errEndless = errors.New("error with more branches than are looked at") // which are not known to carry a code
	errNil     = errors.New("violation without an error")
)

// unforeseen returns a failure of the server in the tree of err that the reader is not told about: a branch that carries
// no code, or one that is hidden. Beside errors that were foreseen it would otherwise go unnoticed. What an error with a code
// wraps is its cause and no branch, unless it is an aggregate, which consists of its causes; what it reports is one.
func unforeseen(err error) error {
	left := maxBranches
	return search(err, &left)
}

func search(err error, left *int) (found error) {
	defer func() {
		if recover() != nil {
			found = err // A typed nil that cannot be asked what it wraps carries no code.
		}
	}()
	if *left--; *left < 0 {
		return errEndless
	}
	switch branch := err.(type) {
	case *catalog.Error:
		return searchCoded(branch, left)
	case *catalog.Code:
		if branch == nil {
			return err
		}
		return searchCoded(catalog.AsError(branch), left)
	case interface{ Unwrap() error }:
		if inner := branch.Unwrap(); inner != nil {
			return search(inner, left)
		}
	case interface{ Unwrap() []error }:
		return searchAll(branch.Unwrap(), left)
	}
	return err
}

func searchAll(branches []error, left *int) error {
	for _, branch := range branches {
		if branch == nil {
			continue
		}
		if found := search(branch, left); found != nil {
			return found
		}
	}
	return nil
}

// searchCoded looks into what an error with a code consists of and reports.
func searchCoded(e *catalog.Error, left *int) error {
	if e.Code() == nil || hidden(e) {
		return e
	}
	if e.Code().Aggregate() && e.Unwrap() != nil {
		if found := search(e.Unwrap(), left); found != nil {
			return found
		}
	}
	violations := e.Violations()
	for _, v := range violations[:min(len(violations), maxSearched)] {
		if v.Err == nil {
			return errNil
		}
		if found := search(v.Err, left); found != nil {
			return found
		}
	}
	return nil
}

// ends reports whether the tree of err has an end, as far as it is looked at. Package errors would never come back from
// one that has none.
func ends(err error) bool {
	left := maxBranches
	return endsWithin(err, &left)
}

func endsWithin(err error, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	switch err := err.(type) {
	case interface{ Unwrap() error }:
		return endsWithin(err.Unwrap(), left)
	case interface{ Unwrap() []error }:
		for _, branch := range err.Unwrap() {
			if !endsWithin(branch, left) {
				return false
			}
		}
	}
	return true
}
