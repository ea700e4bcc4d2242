package problem

import "github.com/errlingo/errlingo/catalog"

// maxBranches bounds how many errors of a tree are looked at, so that one whose branches meet again, or lead back to
// where they came from, is done with in the end. What is not looked at is not known to carry a code.
const maxBranches = 10_000

// hasUncoded reports whether a branch of the tree of err carries no code. Among branches that do, it is a failure that the
// reader is told nothing about and that nobody foresaw. What an error with a code wraps is its cause and no branch, unless
// it is an aggregate, which consists of its causes.
func hasUncoded(err error) (found bool) {
	defer func() {
		if recover() != nil {
			found = true // A typed nil that cannot be asked what it wraps carries no code.
		}
	}()
	left := maxBranches
	return uncoded(err, &left)
}

func uncoded(err error, left *int) bool {
	if *left--; *left < 0 {
		return true
	}
	switch err := err.(type) {
	case *catalog.Error:
		if err.Code() == nil {
			return true
		}
		return err.Code().Aggregate() && err.Unwrap() != nil && uncoded(err.Unwrap(), left)
	case *catalog.Code:
		return err == nil
	case interface{ Unwrap() error }:
		return uncoded(err.Unwrap(), left)
	case interface{ Unwrap() []error }:
		for _, branch := range err.Unwrap() {
			if branch != nil && uncoded(branch, left) {
				return true
			}
		}
		return false
	}
	return true
}
