package problem

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
)

// The policy is what is said about an error: which of several errors is answered, with which status
// and texts, and what is masked. It is in this file, in details.go and, with all limits, in
// bounds.go. It knows HTTP by its statuses only; the other files are how an answer travels.

// Details decides what to say about an error to the user whom the localizer is for, and logs the
// error, as [Responder.Write] does: it is what a transport other than HTTP answers with. The texts
// are in the user's language, masked errors are replaced, and everything is bounded. Details is nil
// if the context was canceled and the error is about that, since nobody would read the answer. A
// nil error is a bug of the caller, and so is a panic: [Recover] makes an error of it.
//
// The functions of [Options] get the context. A nil localizer shows texts as they were declared.
func (h *Responder) Details(ctx context.Context, l *errlingo.Localizer, err error) *Details {
	a := h.decide(ctx, l, h.newReference(ctx), err)
	if a.err == nil {
		h.log(ctx, &a, outcomeCanceled)
		return nil
	}
	d := &Details{}
	h.describe(ctx, d, &a)
	h.log(ctx, &a, outcomeAnswered)
	if h.options.OnAnswer != nil {
		h.answered(ctx, &a, d, 0)
	}
	return d
}

// decide finds out how to answer an error.
func (h *Responder) decide(
	ctx context.Context, l *errlingo.Localizer, reference string, err error,
) (a decision) {
	a.original, a.internal, a.localizer, a.reference = err, h.internal, l, reference
	_, bug := err.(*panicError)
	if !bug && err != nil && h.options.Map != nil {
		bug = !h.call(ctx, "Map", reference, func() { a.mapped = h.options.Map(ctx, err) })
	}
	h.classify(ctx, &a, bug)
	return a
}

// describe sets what is said about the error that was decided on.
func (h *Responder) describe(ctx context.Context, d *Details, a *decision) {
	a.details(d, a.err, a.treatment)
	if h.options.Extend != nil {
		h.extend(ctx, d)
	}
}

// decision is what is found out about an error.
type decision struct {
	renderer
	original   error          // as returned by the handler
	mapped     error          // as returned by Options.Map, or nil
	err        *catalog.Error // the error to answer with, or nil not to answer
	treatment  treatment      // of err, before masking
	unforeseen error          // an unexpected failure among expected errors, or nil
}

// policy decides what is said about errors.
type policy struct {
	internal, aggregate *catalog.Code
	// translate returns an error with a code for one of a package that the policy does not know, or
	// nil. It is called only for trees that a walk visits completely.
	translate func(error) *catalog.Error
}

// classify decides which error to answer with, and how. There is none if the client canceled the
// request, since nobody would read the answer. An error that is a bug, as after a panic, is
// answered as the internal one whatever code it has.
func (p *policy) classify(ctx context.Context, a *decision, bug bool) {
	err := a.original
	if a.mapped != nil {
		err = a.mapped
	}
	switch e, ok := err.(*catalog.Error); {
	case bug:
		a.err = p.internal.Wrap(err)
	case ok && alone(e): // as usual, without a walk
		a.err = e
	default:
		a.err = p.coded(ctx, err)
		if catalog.CodeOf(err) != nil {
			// The rest of the log line is about a.err already.
			if found := unforeseen(err); found != error(a.err) {
				a.unforeseen = found
			}
		}
	}
	if a.err != nil {
		a.treatment = treatmentOf(a.err)
	}
}

// alone reports whether an error has a code and no errors inside it.
func alone(e *catalog.Error) bool {
	return e.Code() != nil && !e.Code().Aggregate() && len(violationsOf(e)) == 0
}

// coded returns an error with a code for err: the one in its tree, an aggregate of several, or one
// for an error of the standard library.
//
// Unwrap of a typed nil may panic. Such an error has no code, like any other from elsewhere.
func (p *policy) coded(ctx context.Context, err error) (e *catalog.Error) {
	defer func() {
		if recover() != nil {
			e = p.internal.Wrap(err)
		}
	}()
	switch all := catalog.Errors(err); len(all) {
	case 0:
		return p.standardError(ctx, err)
	case 1:
		return all[0]
	default:
		return p.aggregate.Wrap(err, optionalArg(p.aggregate, codes.Count, len(all))...)
	}
}

// standardError returns an error with a code for an error of the standard library. It knows only
// errors that mean the same wherever they come from. A missing file, for example, may be what the
// user asked for, or one of the program's own templates.
func (p *policy) standardError(ctx context.Context, err error) *catalog.Error {
	if endless(err) {
		return p.internal.Wrap(err)
	}
	if e := p.translate(err); e != nil {
		return e
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return codes.Timeout.Wrap(err)
	case errors.Is(err, context.Canceled) && errors.Is(ctx.Err(), context.Canceled):
		return nil
	}
	return p.internal.Wrap(err)
}

// mask replaces errors that the user must not see.
type mask struct {
	internal  *catalog.Code
	reference string
}

// hides reports whether an error is replaced by the generic one.
func (m *mask) hides(e *catalog.Error) bool { return e.Code() != m.internal && hidden(e) }

// generic returns the error that is shown if the user must not know what happened.
func (m *mask) generic() *catalog.Error {
	return m.internal.New(referenceArg(m.internal, m.reference)...)
}

// addReference returns the error with the reference, if it has a param for that and was returned
// without arguments. The errors inside it are left out then, but not their number.
func (m *mask) addReference(e *catalog.Error) *catalog.Error {
	args := referenceArg(e.Code(), m.reference)
	if len(args) == 0 {
		return e
	}
	for p := range e.Args() {
		if p.Name() != codes.Count.Name() {
			return e
		}
	}
	if n, ok := codes.Count.From(e); ok {
		args = append(args, codes.Count.Arg(n))
	}
	return e.Code().New(args...)
}

// hidden reports whether the texts of an error are for operators alone. Those for developers are
// for the caller of the API, who could do nothing about "something went wrong".
func hidden(e *catalog.Error) bool { return e.Code().Audience() == catalog.AudienceOperator }

// failure reports whether an error is a server failure that end users are not expected to cause.
func failure(e *catalog.Error) bool {
	return treatmentOf(e).status >= 500 && !e.Code().Audience().Has(catalog.AudienceEndUser)
}

// treatment is what an error means for programs.
type treatment struct {
	status int
	retry  catalog.Retry
	wait   time.Duration // until the next attempt, if waits
	waits  bool
}

// treatmentOf returns the treatment that an error's code declares, the one that readers see. An
// aggregate without a status has the status of its most urgent error. It has a retry only if all of
// its errors have the same one, and the longest wait of those with its status.
func treatmentOf(e *catalog.Error) treatment {
	e = e.Shown()
	if !inherits(e) {
		wait, waits := e.RetryAfter()
		t := treatment{e.Code().HTTPStatus(), e.Code().Retry(), wait, waits}
		if e.Unwrap() == errNoMethod && e.Code() == codes.CommandUnavailable {
			t.status = http.StatusMethodNotAllowed
		}
		return t
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
// urgency.
func leaves(e *catalog.Error) []*catalog.Error {
	var found []error
	w := access.NewWalk()
	var add func(e *catalog.Error)
	add = func(e *catalog.Error) {
		for part := range w.Parts(e) {
			child, ok := part.Err.(*catalog.Error)
			switch {
			case !ok || child.Code() == nil:
			case inherits(child):
				add(child)
			default:
				found = append(found, child.Shown())
			}
		}
	}
	add(e)
	return catalog.Errors(errors.Join(found...))
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
	text := [36]byte{8: '-', 13: '-', 18: '-', 23: '-'}
	hex.Encode(text[:], id[:4])
	hex.Encode(text[9:], id[4:6])
	hex.Encode(text[14:], id[6:8])
	hex.Encode(text[19:], id[8:10])
	hex.Encode(text[24:], id[10:])
	return string(text[:])
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
	params := access.CodeOf(code).Model.Params
	for i := range params {
		if p := &params[i]; p.Name == param.Name() && p.Kind == param.Kind() {
			return []catalog.Arg{param.Arg(value)}
		}
	}
	return nil
}

var (
	errNoError   = errors.New("violation without an error")
	errNoPattern = errors.New("no pattern matches the path")
	errNoMethod  = errors.New("no pattern matches the method")
)

// unforeseen returns an unexpected failure in the tree of err: an end that has no code, is hidden
// from readers, or is a server failure. Next to expected errors, it would otherwise go unnoticed.
func unforeseen(err error) error {
	w := access.NewWalk()
	for end := range w.Ends(err) {
		if found := unexpected(w, end); found != nil {
			return found
		}
	}
	return nil
}

// unexpected returns the error itself if nobody expected it, or one inside it. Violations that are
// too many to visit count as expected: a request that causes them must not raise an alarm.
func unexpected(w *access.Walk, err error) error {
	e, ok := err.(*catalog.Error)
	switch {
	case !ok || e.Code() == nil || hidden(e) || failure(e):
		return err
	case slices.Contains(w.Inside, any(e)):
		return access.ErrEndless
	case alone(e):
		return nil
	}
	return unexpectedInside(w, e)
}

func unexpectedInside(w *access.Walk, e *catalog.Error) error {
	for part := range w.Parts(e) {
		switch {
		case part.Err == nil:
			return errNoError
		case part.Violation && part.Err == access.ErrEndless:
			return nil
		}
		if found := unexpected(w, part.Err); found != nil {
			return found
		}
	}
	return nil
}

// endless reports whether the tree of an error without a code has more errors than a walk visits.
// The functions of package errors never return for a tree with cycles.
func endless(err error) bool {
	for end := range access.NewWalk().Ends(err) {
		if end == access.ErrEndless {
			return true
		}
	}
	return false
}

// sameError reports whether one of the errors is or wraps the other.
func sameError(a, b error) (same bool) {
	defer func() { _ = recover() }() // Comparing errors of an uncomparable type panics.
	return wraps(a, b) || wraps(b, a)
}

// wraps reports whether the first end of the target's tree is an end of err, or a cause of one.
func wraps(err, target error) bool {
	for end := range access.NewWalk().Ends(target) {
		return contains(access.NewWalk(), err, end)
	}
	return false
}

func contains(w *access.Walk, err, target error) bool {
	for end := range w.Ends(err) {
		if end == target {
			return true
		}
		if e, ok := end.(*catalog.Error); ok && contains(w, e.Unwrap(), target) {
			return true
		}
	}
	return false
}
