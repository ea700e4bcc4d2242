package problem

import (
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// mask decides which error the reader is shown in place of one that occurred.
type mask struct {
	internal  *catalog.Code
	reference string
}

// shown returns what the reader is shown. That is the error itself, unless it is a failure of the server that end users
// are not told of. A code that was returned without arguments gets those that the package knows.
func (m *mask) shown(e *catalog.Error) *catalog.Error {
	if e.Code() != m.internal && hidden(e) {
		return m.unknown()
	}
	return m.tell(e)
}

// unknown returns what is shown for an error that the reader is told nothing about.
func (m *mask) unknown() *catalog.Error {
	return m.internal.New(referenceArg(m.internal, m.reference)...)
}

// tell returns the error with the reference and the number of the errors in it, as far as it has params for them and no
// arguments of its own.
func (m *mask) tell(e *catalog.Error) *catalog.Error {
	for _, arg := range e.Args() {
		if arg.Kind() != 0 {
			return e
		}
	}
	args := append(referenceArg(e.Code(), m.reference), countArg(e)...)
	if len(args) == 0 {
		return e
	}
	return e.Code().Wrap(e.Unwrap(), args...).With(e.Violations()...)
}

// countArg returns the argument that tells an error's texts how many errors it reports and consists of. Where there are
// none, it was not made for a count.
func countArg(e *catalog.Error) []catalog.Arg {
	n := len(e.Violations())
	if e.Code().Aggregate() {
		n += len(catalog.Errors(e.Unwrap()))
	}
	if n == 0 {
		return nil
	}
	return offer(e.Code(), codes.Count, n)
}

// hidden reports whether the error is a failure of the server whose texts are not written for end users.
func hidden(e *catalog.Error) bool {
	return !e.Code().Audience().Has(catalog.AudienceEndUser) && treatmentOf(e).status >= 500
}
