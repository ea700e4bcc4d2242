package problem

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/wire"
)

// requestKey is the key of the context's request.
type requestKey struct{}

// requestContext is a request's context, which carries the request itself.
type requestContext struct {
	context.Context
	request *http.Request
}

func (c *requestContext) Value(key any) any {
	if key == (requestKey{}) {
		return c.request
	}
	return c.Context.Value(key)
}

// withRequest returns the request's context, which carries the request itself.
func withRequest(r *http.Request) context.Context { return &requestContext{r.Context(), r} }

// RequestFrom returns the HTTP request that a function of [Options] is called for. It is nil for an
// error that [Responder.Details] was called with, unless that happened in such a function.
func RequestFrom(ctx context.Context) *http.Request {
	r, _ := ctx.Value(requestKey{}).(*http.Request)
	return r
}

// Answer describes an answer that was given, for [Options.OnAnswer].
type Answer struct {
	// Err is the error as the handler returned it.
	Err error
	// Code is the code of the error, and Shown that which the user sees. They differ if the error is
	// masked or has [catalog.Spec.ShownAs].
	Code, Shown *catalog.Code
	// Details is what the answer says. It must not be changed.
	Details *Details
	// Wanted is the locale that was chosen for the user, and Locale that of the title. They differ
	// if the text is not translated. Both are locales of the program, so that a client cannot make
	// up new ones.
	Wanted, Locale language.Tag
	// Bytes is the size of the body of an HTTP response, without compression, or zero.
	Bytes int
}

// answered calls [Options.OnAnswer].
func (h *Responder) answered(ctx context.Context, a *decision, d *Details, size int) {
	shown := *d // The function may keep it.
	answer := &Answer{
		Err: a.original, Code: a.err.Code(), Shown: d.shown, Details: &shown,
		Wanted: a.localizer.Locale(), Locale: d.Title.Locale, Bytes: size,
	}
	h.call(ctx, "OnAnswer", d.Reference, func() { h.options.OnAnswer(ctx, answer) })
}

// newReference returns the reference of an answer.
func (h *Responder) newReference(ctx context.Context) (reference string) {
	if h.options.NewReference == nil ||
		!h.call(ctx, "NewReference", "", func() { reference = h.options.NewReference(ctx) }) {
		return randomReference()
	}
	invisible := func(c rune) bool { return c <= ' ' || c > '~' }
	switch {
	case reference == "":
		return randomReference()
	case len(reference) > maxReference || strings.ContainsFunc(reference, invisible):
		bad := truncate(reference, maxLogField)
		reference = randomReference()
		h.logOption(ctx, "NewReference", reference, fmt.Sprintf("invalid reference %q", bad))
	}
	return reference
}

// extend adds the members of [Options.Extend] to the details.
func (h *Responder) extend(ctx context.Context, d *Details) {
	var members map[string]any
	shown := *d // The function may keep it.
	h.call(ctx, "Extend", d.Reference, func() { members = h.options.Extend(ctx, &shown) })
	room := maxExtensions
	for _, name := range slices.Sorted(maps.Keys(members)) {
		var value []byte
		err := checkExtension(name)
		if err == nil {
			// A marshaler of the program may panic.
			err = Recover(func() (err error) { value, err = json.Marshal(members[name]); return err })
		}
		cost := len(`"":,`) + len(name) + len(value)
		if err == nil && cost > room {
			err = fmt.Errorf("the members have more than %d bytes", maxExtensions)
		}
		if err != nil {
			h.logOption(ctx, "Extend", d.Reference,
				fmt.Sprintf("member %q is left out: %s", truncate(name, maxLogField), errorText(err)))
			continue
		}
		room -= cost
		if d.Extensions == nil {
			d.Extensions = map[string]json.RawMessage{}
		}
		d.Extensions[name] = value
	}
}

// checkExtension returns what is wrong with the name of an extension member. Names are compared in
// any case, since some clients do.
func checkExtension(name string) error {
	other := func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_')
	}
	standard := func(member string) bool { return strings.EqualFold(member, name) }
	switch {
	case len(name) < 3 || len(name) > 64 || strings.ContainsFunc(name, other) || name[0] <= '9' ||
		name[0] == '_':
		return errors.New("its name needs 3 to 64 letters, digits or _, beginning with a letter")
	case slices.ContainsFunc(wire.Members(), standard):
		return errors.New("its name is that of a standard member; choose another one")
	}
	return nil
}

// call calls a function of [Options] and reports whether it returned. It logs a panic instead of
// passing it on, because errors must be answered even if the program's own error handling is
// broken. The reference is that of the answer, or "" if it has none yet.
func (h *Responder) call(ctx context.Context, option, reference string, f func()) (ok bool) {
	err := Recover(func() error { f(); return nil })
	if p, panicked := err.(*panicError); panicked {
		h.logOptionPanic(ctx, option, reference, p)
		return false
	}
	return true
}

// Recover calls f and returns its error. If f panics, Recover returns an error for
// [Responder.Details], which answers it as [Options.Internal] and logs it with its stack. It passes
// [http.ErrAbortHandler] on. [Responder.Handler] does the same by itself.
func Recover(f func() error) (err error) {
	defer func() {
		switch value := recover(); value {
		case nil:
		case http.ErrAbortHandler:
			panic(value)
		default:
			err = &panicError{value, debug.Stack()}
		}
	}()
	return f()
}

// panicError is a panic as an error. It does not unwrap to the panic's value: panicking with an
// error that has a code is still a bug of the program.
type panicError struct {
	value any
	stack []byte
}

// Error returns the text of the panic, for the log.
func (p *panicError) Error() string { return fmt.Sprintf("panic: %v", p.value) }
