// Package rpctest has what the tests of grpcerr and connecterr share: errors of all kinds, and what
// must come back of them.
package rpctest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// Secret is in every cause and in nothing that is sent.
const Secret = "canary-5eCr3t"

// Load returns the standard codes in all their languages.
func Load(t testing.TB) *errlingo.Bundle {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// Responder returns a responder that does not log.
func Responder(bundle *errlingo.Bundle) *problem.Responder {
	return problem.New(bundle, problem.Options{Logger: slog.New(slog.DiscardHandler)})
}

// Random returns a random error with a secret cause: one with a code, one without, several that are
// joined, or one with up to 100 violations. Its arguments may be large.
func Random(r *rand.Rand) error {
	cause := errors.New(Secret)
	switch r.IntN(8) {
	case 0:
		return cause
	case 1:
		var joined []error
		for range r.IntN(5) + 2 {
			joined = append(joined, coded(r, cause))
		}
		return errors.Join(joined...)
	case 2:
		var violations []catalog.Violation
		for i := range r.IntN(100) + 1 {
			violations = append(violations, catalog.Violation{
				Path: fmt.Sprintf("/lines/%d/%s", i, text(r, 20)), Err: coded(r, cause),
			})
		}
		return codes.ValidationError.Wrap(cause, codes.Count.Arg(len(violations))).With(violations...)
	case 3:
		return fmt.Errorf("%s: %w", Secret, coded(r, cause))
	}
	return coded(r, cause)
}

func coded(r *rand.Rand, cause error) error {
	switch r.IntN(6) {
	case 0:
		return codes.InvalidKeyName.Wrap(cause, codes.Key.Arg(text(r, 100_000)))
	case 1:
		return codes.FileTooLarge.Wrap(cause, codes.FileName.Arg(text(r, 10_000)),
			codes.SizeLimit.Arg(r.Int64()))
	case 2:
		return codes.IncorrectType.Wrap(cause, codes.Key.Arg(text(r, 300)),
			codes.ExpectedType.Arg("number"), codes.ActualType.Arg(text(r, 300)))
	}
	var all []*catalog.Code
	for code := range codes.Domain.Codes() {
		all = append(all, code)
	}
	return all[r.IntN(len(all))].Wrap(cause)
}

// text returns a text with characters that are hard to send. A long one repeats itself, since
// making random texts would take longer than sending them.
func text(r *rand.Rand, most int) string {
	parts := []string{"a", "é", "日本", "\xff", "\x00", "%", "/", "~", "\"", "\n", "😀", "\u202e", "-"}
	var b strings.Builder
	n := r.IntN(most + 1)
	for b.Len() < min(n, 1000) {
		b.WriteString(parts[r.IntN(len(parts))])
	}
	return strings.Repeat(b.String(), max(1, n/1000))
}

// Check checks that what was received is what was sent to a reader: the same code, the same public
// arguments, and the same texts.
func Check(t *testing.T, bundle *errlingo.Bundle, got error, sent *catalog.Error, reader string) {
	t.Helper()
	sent = sent.Shown()
	if sent.Code().Audience() == catalog.AudienceOperator {
		if !errors.Is(got, codes.InternalServerError) {
			t.Errorf("%v is received as %v", sent, got)
		}
		return
	}
	if !errors.Is(got, sent.Code()) || publicArgs(got) != publicArgs(sent) {
		t.Errorf("received %v with %s, sent %v with %s", got, publicArgs(got), sent, publicArgs(sent))
	}
	if _, referenced := codes.Reference.From(sent); referenced || got == nil {
		return // An error without other arguments gets its own reference.
	}
	want, same := bundle.Localizer(reader).Localize(sent), bundle.Localizer(reader).Localize(got)
	if same.Title != want.Title || same.Detail != want.Detail || same.Help != want.Help {
		t.Errorf("texts %+v, want %+v", same, want)
	}
}

func publicArgs(err error) string {
	args := map[string]catalog.Value{}
	for name, value := range catalog.AsError(err).PublicArgs() {
		args[name] = value
	}
	data, _ := json.Marshal(args)
	return string(data)
}

// Case is a method that fails, and what its caller must get.
type Case struct {
	Name string
	Fail func(ctx context.Context) error
	// Is is the code of the error that comes back.
	Is *catalog.Code
	// Status is that of the call.
	Status catalog.RPC
}

// Cases returns the cases that are the same for each RPC library.
func Cases() []Case {
	returned := func(err error) func(context.Context) error {
		return func(context.Context) error { return err }
	}
	panicked := func(value any) func(context.Context) error {
		return func(context.Context) error { panic(value) }
	}
	// Arguments are not what these cases are about.
	bare := func(c *catalog.Code) *catalog.Error { return c.New() }
	internal := codes.InternalServerError
	return []Case{
		{"without a code", returned(errors.New(Secret)), internal, catalog.RPCInternal},
		{"panic", panicked(Secret), internal, catalog.RPCInternal},
		{"panic of net/http", panicked(http.ErrAbortHandler), internal, catalog.RPCInternal},
		{"panic with a code", panicked(codes.Timeout), internal, catalog.RPCInternal},
		{"bare code", returned(codes.OperationForbidden),
			codes.OperationForbidden, catalog.RPCPermissionDenied},
		{"declared status", returned(bare(codes.DuplicateValue)),
			codes.DuplicateValue, catalog.RPCAlreadyExists},
		{"masked, with its own status", returned(codes.PushMisconfigured),
			internal, catalog.RPCInternal},
		{"deadline", returned(fmt.Errorf("%s: %w", Secret, context.DeadlineExceeded)),
			codes.Timeout, catalog.RPCDeadlineExceeded},
		{"violations", returned(bare(codes.ValidationError).With(
			catalog.Violation{Path: "/lines/2/a~1b c", Err: codes.InvalidValue},
			catalog.Violation{Path: "/lines/2/count", Err: codes.UsernameMissing},
			catalog.Violation{Err: codes.PasswordMissing},
		)), codes.ValidationError, catalog.RPCInvalidArgument},
		{"joined", returned(errors.Join(codes.ObjectNotFound, bare(codes.OperationForbidden))),
			codes.AggregateError, catalog.RPCPermissionDenied},
	}
}

// Check checks what the caller, who reads German, got: the error, the status of the call, and all
// that was sent.
func (c Case) Check(t *testing.T, got error, status catalog.RPC, sent any) {
	t.Helper()
	if !errors.Is(got, c.Is) || status != c.Status {
		t.Errorf("got %v with status %d, want %v with %d", got, status, c.Is, c.Status)
	}
	d := problem.Received(got)
	if d == nil || d.Title.Locale.String() != "de" || d.Reference == "" {
		t.Errorf("received %+v", d)
	}
	if strings.Contains(fmt.Sprintf("%v %+v", got, sent), Secret) {
		t.Errorf("the cause is sent: %v %v", got, sent)
	}
	for i, v := range catalog.AsError(got).Violations() {
		want := []string{"/lines/2/a~1b c", "/lines/2/count", ""}[i]
		if v.Path != want || catalog.CodeOf(v.Err) == nil {
			t.Errorf("violation %q, want %q: %v", v.Path, want, v.Err)
		}
	}
	joined := catalog.Errors(catalog.AsError(got).Unwrap())
	if c.Is == codes.AggregateError && len(joined) != 2 {
		t.Errorf("joined errors: %v", got)
	}
}
