package problem

import "github.com/errlingo/errlingo/catalog"

// mask decides which error the reader is shown in place of one that occurred.
type mask struct {
	internal  *catalog.Code
	reference string
}

// shown returns what the reader is shown. That is the error itself, unless it is a failure of the server that end users
// are not told of. A code that can tell the reference and was returned without arguments gets it.
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

// tell returns the error with the reference, if it has a param for it and no arguments of its own.
func (m *mask) tell(e *catalog.Error) *catalog.Error {
	for _, arg := range e.Args() {
		if arg.Kind() != 0 {
			return e
		}
	}
	args := referenceArg(e.Code(), m.reference)
	if args == nil {
		return e
	}
	return e.Code().Wrap(e.Unwrap(), args...).With(e.Violations()...)
}

// hidden reports whether the error is a failure of the server whose texts are not written for end users.
func hidden(e *catalog.Error) bool {
	return statusOf(e) >= 500 && !e.Code().Audience().Has(catalog.EndUser)
}
