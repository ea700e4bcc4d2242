package problem

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"iter"
	"math"
	"net/http"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// classify decides which error to answer with, and how. There is none if the client canceled the
// request, since nobody would read the answer.
func (h *Responder) classify(r *http.Request, a *answer) {
	err, ok := h.mapError(r, a)
	if ok {
		a.err = h.coded(r, err)
	} else {
		a.err = h.options.Internal.Wrap(err)
	}
	if ok && catalog.CodeOf(err) != nil {
		// The rest of the log line is about a.err already.
		if found := unforeseen(err); found != error(a.err) {
			a.unforeseen = found
		}
	}
	if a.err != nil {
		a.treatment = treatmentOf(a.err)
	}
}

// mapError returns the original error, or the one that Map returns for it. It is not ok after a panic
// of the handler or of Map, which is an internal error whatever code the error has.
func (h *Responder) mapError(r *http.Request, a *answer) (err error, ok bool) {
	if _, panicked := a.original.(*panicError); panicked {
		return a.original, false
	}
	if h.options.Map == nil || a.original == nil {
		return a.original, true
	}
	ok = h.call(r, "Map", a.reference, func() { a.mapped = h.options.Map(a.original) })
	if a.mapped == nil {
		return a.original, ok
	}
	return a.mapped, ok
}

// coded returns an error with a code for err: the one in its tree, an aggregate of several, or one
// for an error of the standard library.
//
// Unwrap of a typed nil may panic. Such an error has no code, like any other from elsewhere.
func (h *Responder) coded(r *http.Request, err error) (e *catalog.Error) {
	defer func() {
		if recover() != nil {
			e = h.options.Internal.Wrap(err)
		}
	}()
	switch all := catalog.Errors(err); len(all) {
	case 0:
		return h.standardError(r, err)
	case 1:
		return all[0]
	default:
		return h.options.Aggregate.Wrap(err, optionalArg(h.options.Aggregate, codes.Count, len(all))...)
	}
}

// standardError returns an error with a code for an error of the standard library. It knows only
// errors that mean the same wherever they come from. A missing file, for example, may be what the
// user asked for, or one of the program's own templates.
func (h *Responder) standardError(r *http.Request, err error) *catalog.Error {
	if !ends(err) {
		return h.options.Internal.Wrap(err)
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return codes.ObjectTooLarge.Wrap(err, codes.SizeLimit.Arg(tooLarge.Limit))
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return codes.Timeout.Wrap(err)
	case errors.Is(err, context.Canceled) && errors.Is(r.Context().Err(), context.Canceled):
		return nil
	}
	return h.options.Internal.Wrap(err)
}

// mask replaces errors that the user must not see.
type mask struct {
	internal  *catalog.Code
	reference string
}

// visible returns the error that the user sees: the error itself, or a generic one for a server
// failure that is hidden from end users.
func (m *mask) visible(e *catalog.Error) *catalog.Error {
	if e.Code() != m.internal && hidden(e) {
		return m.generic()
	}
	return m.addArgs(e)
}

// generic returns the error that is shown if the user must not know what happened.
func (m *mask) generic() *catalog.Error {
	return m.internal.New(referenceArg(m.internal, m.reference)...)
}

// addArgs returns the error with the reference and the number of errors inside it, if it has params
// for them and was returned without arguments.
func (m *mask) addArgs(e *catalog.Error) *catalog.Error {
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

// countArg returns the number of violations and causes of an error as an argument. It returns none
// if the number is zero, since the program then meant something else to be counted.
func countArg(e *catalog.Error) []catalog.Arg {
	n := len(e.Violations())
	if e.Code().Aggregate() {
		n += len(catalog.Errors(e.Unwrap()))
	}
	if n == 0 {
		return nil
	}
	return optionalArg(e.Code(), codes.Count, n)
}

// hidden reports whether the error is a server failure whose texts are not meant for end users.
func hidden(e *catalog.Error) bool {
	return !e.Code().Audience().Has(catalog.AudienceEndUser) && treatmentOf(e).status >= 500
}

// treatment is what an error means for programs.
type treatment struct {
	status int
	retry  catalog.Retry
	wait   time.Duration // until the next attempt, if waits
	waits  bool
}

// treatmentOf returns the treatment that the error's code declares. An aggregate without a status
// has the status of its most urgent error. It has a retry only if all of its errors have the same one,
// and the longest wait of those with its status.
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

// inherits reports whether the error has the status of the errors inside it.
func inherits(e *catalog.Error) bool {
	return e.Code().Aggregate() && e.Code().Spec().HTTP == 0
}

// leaves returns the errors in an aggregate, including those in nested aggregates, in order of
// urgency. It visits at most maxBranches errors, none deeper than maxDepth.
func leaves(e *catalog.Error) []*catalog.Error {
	g := gathering{left: maxBranches}
	g.add(e, maxDepth)
	return catalog.Errors(errors.Join(g.found...))
}

// gathering collects the leaves of an aggregate.
type gathering struct {
	found []error
	left  int // how many more errors may be visited
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

// children yields the errors with a code that are directly in an aggregate.
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

// seconds returns a wait for Retry-After (RFC 9110, section 10.2.3): in whole seconds, rounded up.
func seconds(d time.Duration) int64 {
	return int64(math.Ceil(max(d, 0).Seconds()))
}

// randomReference returns a random UUID (RFC 9562, section 5.4).
func randomReference() string {
	var id [16]byte
	rand.Read(id[:])
	id[6] = id[6]&0x0F | 0x40 // version 4
	id[8] = id[8]&0x3F | 0x80 // the variant of RFC 9562
	text := make([]byte, 0, 36)
	for i, part := range [...][]byte{id[:4], id[4:6], id[6:8], id[8:10], id[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

// stringReference is for codes that declare the param Reference as a String instead of a Literal.
var stringReference = catalog.String("Reference", "0f5d1c7e")

// referenceArg returns the reference as an argument, or none if the code has no param for it.
func referenceArg(code *catalog.Code, reference string) []catalog.Arg {
	args := optionalArg(code, codes.Reference, reference)
	return append(args, optionalArg(code, stringReference, reference)...)
}

// optionalArg returns the value as an argument, or none if the code has no such param.
func optionalArg[T any](code *catalog.Code, param catalog.Handle[T], value T) []catalog.Arg {
	i := code.ParamIndex(param.Name())
	if i < 0 || code.Spec().Params[i].Kind() != param.Kind() {
		return nil
	}
	return []catalog.Arg{param.Arg(value)}
}

// maxBranches is the maximum number of errors visited in a tree. A tree with cycles, or with many
// paths to the same error, would otherwise never end.
const maxBranches = 10_000

// maxSearched is the maximum number of violations searched for unexpected failures. Further ones
// count as expected: a request that causes many violations must not raise an alarm.
const maxSearched = 1000

var (
	errEndless = errors.New("error tree is too large to search") // so any branch may lack a code
	errNil     = errors.New("violation without an error")
)

// unforeseen returns an unexpected failure in the tree of err: a branch that has no code or is
// hidden from end users. Next to expected errors, it would otherwise go unnoticed. Violations are
// branches; causes are not, except those of aggregates.
func unforeseen(err error) error {
	left := maxBranches
	return search(err, &left)
}

func search(err error, left *int) (found error) {
	defer func() {
		if recover() != nil {
			found = err // Unwrap of a typed nil may panic; such an error has no code.
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

// searchCoded searches the violations of an error with a code, and the causes of an aggregate.
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

// ends reports whether the tree of err has at most maxBranches errors. Functions of package errors
// never return for a tree with cycles.
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
