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
	"github.com/errlingo/errlingo/internal/access"
)

// classify finds the error with a code that the given one is answered as, and how that is treated. There is none for a
// request that its client has cancelled, since nobody reads an answer.
func (h *Responder) classify(r *http.Request, a *answer) {
	err, ok := h.mapped(r, a)
	if ok {
		a.err = h.coded(r, err)
	} else {
		a.err = h.options.Internal.Wrap(err)
	}
	if ok && catalog.CodeOf(err) != nil {
		if found := unforeseen(err); found != error(a.err) { // which is a failure that everything else in the log tells of
			a.unforeseen = found
		}
	}
	if a.err != nil {
		a.treatment = treatmentOf(a.err)
	}
}

// mapped returns the given error, or what Map makes of it. It is not ok if the program is at fault whatever the error
// says.
func (h *Responder) mapped(r *http.Request, a *answer) (err error, ok bool) {
	if _, burnt := a.given.(*panicked); burnt {
		return a.given, false
	}
	if h.options.Map == nil || a.given == nil {
		return a.given, true
	}
	ok = h.call(r, "Map", a.reference, func() { a.mapped = h.options.Map(a.given) })
	if a.mapped == nil {
		return a.given, ok
	}
	return a.mapped, ok
}

// coded returns the error with a code that err carries, or that it stands for.
//
// A typed nil may panic as soon as it is asked what it wraps. It carries no code, as any other error of somebody else's.
func (h *Responder) coded(r *http.Request, err error) (e *catalog.Error) {
	defer func() {
		if recover() != nil {
			e = h.options.Internal.Wrap(err)
		}
	}()
	switch all := catalog.Errors(err); len(all) {
	case 0:
		return h.builtin(r, err)
	case 1:
		return all[0]
	default:
		return h.options.Aggregate.Wrap(err, offer(h.options.Aggregate, codes.Count, len(all))...)
	}
}

// builtin maps those few errors of the standard library whose meaning does not depend on where they come from. A missing
// file, say, is none of them: it may be what the reader asked for, or a template of the program's own.
func (h *Responder) builtin(r *http.Request, err error) *catalog.Error {
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
	for range e.Args() {
		return e
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

// quotedReference is for codes that take the reference as text rather than as a literal.
var quotedReference = catalog.String("Reference", "0f5d1c7e")

// referenceArg returns the argument that tells a code's texts the reference, none if the code has no param for it.
func referenceArg(code *catalog.Code, reference string) []catalog.Arg {
	return append(offer(code, codes.Reference, reference), offer(code, quotedReference, reference)...)
}

// offer returns the argument that gives the param its value, none for a code that has no param of the name and kind.
func offer[T any](code *catalog.Code, param catalog.Handle[T], value T) []catalog.Arg {
	for _, p := range access.CodeOf(code).Model.Params {
		if p.Name == param.Name() && p.Kind == param.Kind() {
			return []catalog.Arg{param.Arg(value)}
		}
	}
	return nil
}

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
