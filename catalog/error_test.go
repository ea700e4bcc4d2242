package catalog_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
)

// wrapping is an error that wraps one, or several.
type wrapping struct{ cause error }

func (w *wrapping) Error() string { return "wrapping" }
func (w *wrapping) Unwrap() error { return w.cause }

type branching struct{ branches []error }

func (b *branching) Error() string   { return "branching" }
func (b *branching) Unwrap() []error { return b.branches }

func TestErrorsTree(t *testing.T) {
	err := OutOfStock.Wrap(io.EOF, Left.Arg(1))
	tests := []struct {
		name     string
		err      error
		is, ends bool // errors.Is of the code, and of io.EOF
		code     *catalog.Code
	}{
		{"an error", err, true, true, OutOfStock},
		{"a bare code", OutOfStock, true, false, OutOfStock},
		{"wrapped", fmt.Errorf("a: %w", fmt.Errorf("b: %w", err)), true, true, OutOfStock},
		{"joined", errors.Join(io.ErrShortWrite, err), true, true, OutOfStock},
		{"wrapped twice at once", fmt.Errorf("%w and %w", NewsletterFailed, err), true, true, NewsletterFailed},
		{"a code inside a cause", NewsletterFailed.Wrap(err), true, true, NewsletterFailed},
		{"wrapped code", &wrapping{OutOfStock}, true, false, OutOfStock},
		{"no code", io.EOF, false, true, nil},
		{"nil", nil, false, false, nil},
		{"typed nil error", (*catalog.Error)(nil), false, false, nil},
		{"typed nil code", (*catalog.Code)(nil), false, false, nil},
		{"typed nil elsewhere", (*wrapping)(nil), false, false, nil},
		{"wrapping nothing", &wrapping{}, false, false, nil},
		{"zero error", &catalog.Error{}, false, false, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := catalog.CodeOf(test.err); got != test.code {
				t.Errorf("CodeOf = %v, want %v", got, test.code)
			}
			if test.name == "typed nil elsewhere" {
				return // errors.Is calls its Unwrap, which panics
			}
			if got := errors.Is(test.err, OutOfStock); got != test.is {
				t.Errorf("errors.Is(OutOfStock) = %v, want %v", got, test.is)
			}
			if got := errors.Is(test.err, io.EOF); got != test.ends {
				t.Errorf("errors.Is(io.EOF) = %v, want %v", got, test.ends)
			}
			var asError *catalog.Error
			if got := errors.As(test.err, &asError) && asError.Code() != nil; got != (test.code != nil) {
				t.Errorf("errors.As(*Error) = %v, want %v", got, test.code != nil)
			}
			var asCode *catalog.Code
			if got := errors.As(test.err, &asCode); got && asCode != nil && asCode != test.code {
				t.Errorf("errors.As(*Code) found %v, want %v", asCode, test.code)
			}
		})
	}
}

// TestCircle holds that an error that wraps itself is searched for a while and not for ever.
func TestCircle(t *testing.T) {
	twice := &branching{}
	twice.branches = []error{twice, twice}
	if e := catalog.AsError(twice); e != nil {
		t.Errorf("two circles: got %v", e)
	}
	circle := &wrapping{}
	circle.cause = circle
	if e := catalog.AsError(circle); e != nil {
		t.Errorf("found %v", e)
	}
}

// TestNoCode holds that an error without a code, however it came about, can be printed, wrapped and logged.
func TestNoCode(t *testing.T) {
	var nobody *catalog.Code
	for name, e := range map[string]*catalog.Error{"zero": {}, "of a nil code": nobody.Wrap(io.EOF, Left.Arg(1)), "nil": nil} {
		t.Run(name, func(t *testing.T) {
			if e.Error() == "" || e.LogValue().String() == "" {
				t.Error("no text")
			}
			if e.Code() != nil || errors.Is(e, OutOfStock) || errors.Is(e, nobody) {
				t.Error("it has a code")
			}
			for range e.PublicArgs() {
				t.Error("it has an argument")
			}
		})
	}
}

// TestNil holds that the methods of a nil error may be called.
func TestNil(t *testing.T) {
	var e *catalog.Error
	if e.Code() != nil || e.Args() != nil || e.Violations() != nil || e.UnknownArgs() != nil || e.Unwrap() != nil || e.With() != nil {
		t.Error("a nil error has something")
	}
	if _, ok := e.RetryAfter(); ok {
		t.Error("a nil error has a time to wait")
	}
	var c *catalog.Code
	if e.Error() == "" || c.Error() == "" {
		t.Error("a nil error has no text")
	}
}

func TestArguments(t *testing.T) {
	sameName := catalog.String("Item", "Blue socks")
	otherKind := catalog.Int("Item", 1)
	tests := []struct {
		name string
		args []catalog.Arg
		want string
	}{
		{"any order", []catalog.Arg{Left.Arg(2), Item.Arg("a")}, "Only 2 pieces of a are left strays []"},
		{"missing", []catalog.Arg{Left.Arg(2)}, "Only 2 pieces of {Item} are left strays []"},
		{"no count", []catalog.Arg{Item.Arg("a")}, "Only {Left} pieces of a are left strays []"},
		{"doubled: the first stays", []catalog.Arg{Item.Arg("a"), Left.Arg(2), Item.Arg("b")}, "Only 2 pieces of a are left strays [Item]"},
		{"foreign", []catalog.Arg{Item.Arg("a"), Left.Arg(2), Email.Arg("c")}, "Only 2 pieces of a are left strays [Email]"},
		{"another handle of the same name and kind", []catalog.Arg{sameName.Arg("a"), Left.Arg(2)}, "Only 2 pieces of a are left strays []"},
		{"another kind", []catalog.Arg{otherKind.Arg(7), Left.Arg(2)}, "Only 2 pieces of {Item} are left strays [Item]"},
		{"zero argument", []catalog.Arg{{}, Item.Arg("a"), Left.Arg(2)}, "Only 2 pieces of a are left strays []"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := OutOfStock.New(test.args...)
			text := strings.TrimPrefix(err.Error(), "OUT_OF_STOCK (1201): ")
			if got := fmt.Sprintf("%s strays %v", text, err.UnknownArgs()); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// nilFailure panics where it is asked for its text, as a nil pointer in an error easily does.
type nilFailure struct{ text string }

func (f *nilFailure) Error() string { return f.text }

// TestCausePanics holds that an error can be printed whatever it wraps.
func TestCausePanics(t *testing.T) {
	var nobody *catalog.Code
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"typed nil":             {NewsletterFailed.Wrap((*nilFailure)(nil)), "NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}: <nil>"},
		"typed nil, no code":    {nobody.Wrap((*nilFailure)(nil)), "<error without a code>: <nil>"},
		"nil error of our own":  {NewsletterFailed.Wrap((*catalog.Error)(nil)), "NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}: <nil>"},
		"an ordinary one still": {NewsletterFailed.Wrap(io.EOF), "NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}: EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.err.Error(); got != test.want {
				t.Errorf("Error = %q, want %q", got, test.want)
			}
		})
	}
}

func TestLogValue(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	logger.Info("sell", "err", OutOfStock.Wrap(io.EOF, Item.Arg("socks"), Left.Arg(2)))
	want := "level=INFO msg=sell err.code=1201 err.name=OUT_OF_STOCK err.domain=shop err.params.Item=socks err.params.Left=2 err.cause=EOF\n"
	if log.String() != want {
		t.Errorf("log %q, want %q", &log, want)
	}
}

func TestUrgency(t *testing.T) {
	domain := catalog.NewDomain("urgency")
	statuses := []int{400, 422, 415, 413, 404, 409, 429, 403, 401, 503, 418}
	errs := make([]error, len(statuses))
	for i, status := range statuses {
		errs[i] = domain.Define(i, fmt.Sprintf("CODE_%d", status), catalog.Spec{Title: "x", HTTP: status})
	}
	var got []int
	for _, e := range catalog.Errors(errors.Join(errs...)) {
		got = append(got, e.Code().HTTPStatus())
	}
	if want := []int{503, 401, 403, 429, 409, 404, 413, 415, 422, 400, 418}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// TestIntegers holds that every Go integer type is taken, at both ends of its range.
func TestIntegers(t *testing.T) {
	type pieces int16
	tests := []struct {
		name string
		arg  catalog.Arg
		want string
	}{
		{"int", catalog.Int("N", 0).Arg(-5), "-5"},
		{"int8", catalog.Int[int8]("N", 0).Arg(math.MinInt8), "-128"},
		{"named", catalog.Int[pieces]("N", 0).Arg(7), "7"},
		{"int64", catalog.Int[int64]("N", 0).Arg(math.MinInt64), "-9,223,372,036,854,775,808"},
		{"uint64", catalog.Int[uint64]("N", 0).Arg(math.MaxUint64), "18,446,744,073,709,551,615"},
		{"uintptr", catalog.Int[uintptr]("N", 0).Arg(1), "1"},
	}
	n := catalog.Int("N", 3)
	code := catalog.NewDomain("numbers").Define(1, "NUMBER", catalog.Spec{Title: "x", Detail: "{{.N}}", Params: catalog.Params{n}})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.TrimPrefix(code.New(test.arg).Error(), "NUMBER (1): "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	limit, wait := catalog.Duration("Limit", time.Second), catalog.RelativeTime("Wait", time.Minute)
	code := catalog.NewDomain("wait").Define(1, "WAIT", catalog.Spec{Title: "x", Params: catalog.Params{limit, wait}})
	if d, ok := code.New(limit.Arg(time.Hour), wait.Arg(time.Minute)).RetryAfter(); d != time.Minute || !ok {
		t.Errorf("RetryAfter = %v, %v; want that of the argument of the kind In", d, ok)
	}
	if d, ok := code.New(limit.Arg(time.Hour)).RetryAfter(); ok {
		t.Errorf("RetryAfter = %v without an argument", d)
	}
}
