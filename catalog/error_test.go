package catalog_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
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
		{"wrapped twice at once", fmt.Errorf("%w and %w", NewsletterFailed, err), true, true,
			NewsletterFailed},
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

// TestCircle checks that an error that wraps itself is searched for a while and not for ever.
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

// TestNoCode checks that an error without a code, however it came about, can be printed, wrapped
// and logged.
func TestNoCode(t *testing.T) {
	var nobody *catalog.Code
	for name, e := range map[string]*catalog.Error{"zero": {},
		"of a nil code": nobody.Wrap(io.EOF, Left.Arg(1)), "nil": nil} {
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

// TestNil checks that the methods of a nil error may be called.
func TestNil(t *testing.T) {
	var e *catalog.Error
	if e.Code() != nil || e.Violations() != nil || e.UnknownArgs() != nil || e.Unwrap() != nil ||
		e.With() != nil {
		t.Error("a nil error has something")
	}
	for p := range e.Args() {
		t.Errorf("a nil error has the argument %s", p.Name())
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
		{"any order", []catalog.Arg{Left.Arg(2), Item.Arg("a")},
			"Only 2 pieces of a are left unknown []"},
		{"missing", []catalog.Arg{Left.Arg(2)}, "Only 2 pieces of {Item} are left unknown []"},
		{"no count", []catalog.Arg{Item.Arg("a")}, "Only {Left} pieces of a are left unknown []"},
		{"doubled: the first stays", []catalog.Arg{Item.Arg("a"), Left.Arg(2), Item.Arg("b")},
			"Only 2 pieces of a are left unknown [Item]"},
		{"foreign", []catalog.Arg{Item.Arg("a"), Left.Arg(2), Email.Arg("c")},
			"Only 2 pieces of a are left unknown [Email]"},
		{"another handle of the same name and kind", []catalog.Arg{sameName.Arg("a"), Left.Arg(2)},
			"Only 2 pieces of a are left unknown []"},
		{"another kind", []catalog.Arg{otherKind.Arg(7), Left.Arg(2)},
			"Only 2 pieces of {Item} are left unknown [Item]"},
		{"zero argument", []catalog.Arg{{}, Item.Arg("a"), Left.Arg(2)},
			"Only 2 pieces of a are left unknown []"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := OutOfStock.New(test.args...)
			text := strings.TrimPrefix(err.Error(), "OUT_OF_STOCK (1201): ")
			if got := fmt.Sprintf("%s unknown %v", text, err.UnknownArgs()); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// nilFailure panics where it is asked for its text, as a nil pointer in an error easily does.
type nilFailure struct{ text string }

func (f *nilFailure) Error() string { return f.text }

// TestCausePanics checks that an error can be printed whatever it wraps.
func TestCausePanics(t *testing.T) {
	var nobody *catalog.Code
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"typed nil": {NewsletterFailed.Wrap((*nilFailure)(nil)),
			"NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}: <nil>"},
		"typed nil, no code": {nobody.Wrap((*nilFailure)(nil)), "<error without a code>: <nil>"},
		"nil error of our own": {NewsletterFailed.Wrap((*catalog.Error)(nil)),
			"NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}: <nil error>"},
		"an ordinary one still": {NewsletterFailed.Wrap(io.EOF),
			"NEWSLETTER_FAILED (1301): The newsletter could not be sent to {Email}: EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.err.Error(); got != test.want {
				t.Errorf("Error = %q, want %q", got, test.want)
			}
		})
	}
}

// TestCauseOnOneLine checks that a cause cannot forge a line of a log or write to a terminal.
func TestCauseOnOneLine(t *testing.T) {
	var nobody *catalog.Code
	hostile := errors.New("not found\r\n2026/01/02 root logged in\x1b[2J\u202e\u009b")
	const escaped = `not found\u000D\n2026/01/02 root logged in\u001B[2J\u202E\u009B`
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"a cause", OutOfStock.Wrap(hostile), escaped},
		{"without a code", nobody.Wrap(hostile), escaped},
		{"inside another", OutOfStock.Wrap(fmt.Errorf("db: %w", OutOfStock.Wrap(hostile))), escaped},
		{"joined", OutOfStock.Wrap(errors.Join(hostile, io.EOF)), escaped + "; EOF"},
		{"joined twice", OutOfStock.Wrap(errors.Join(errors.Join(hostile, io.EOF), io.EOF)),
			escaped + "; EOF; EOF"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			log.New(&out, "", 0).Print(test.err)
			if got := out.String(); !strings.HasSuffix(got, ": "+test.want+"\n") {
				t.Errorf("logged %q, want a suffix %q", got, test.want)
			}
		})
	}
}

// TestManyJoined checks that the text of an error has no more of a million joined errors than a
// reader of a log wants, however they were joined.
func TestManyJoined(t *testing.T) {
	var chain error
	for range 20_000 {
		chain = errors.Join(chain, io.EOF)
	}
	flat := errors.Join(slices.Repeat([]error{io.EOF}, 1_000_000)...)
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"at once", OutOfStock.Wrap(flat), strings.Repeat("; EOF", 100)[2:] + "; …"},
		{"one by one", OutOfStock.Wrap(chain), "…"},
		{"a long one", OutOfStock.Wrap(errors.New(strings.Repeat("ж", 1<<20))),
			strings.Repeat("ж", 32<<10) + "…"},
		{"a hundred", OutOfStock.Wrap(errors.Join(slices.Repeat([]error{io.EOF}, 100)...)),
			strings.Repeat("; EOF", 100)[2:]},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.err.Error(); !strings.HasSuffix(got, ": "+test.want) {
				t.Errorf("got %q, want a suffix %q", got, test.want)
			}
		})
	}
	violations := slices.Repeat([]catalog.Violation{{Path: "/a", Err: io.EOF}}, 100_000)
	for _, a := range OutOfStock.New().With(violations...).LogValue().Group() {
		if logged, ok := a.Value.Any().([]string); ok &&
			(len(logged) != 101 || logged[100] != "… 99900 more") {
			t.Errorf("logged %d violations, the last is %q", len(logged), logged[len(logged)-1])
		}
	}
}

func TestLogValue(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log,
		&slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}))
	logger.Info("sell", "err", OutOfStock.Wrap(io.EOF, Item.Arg("socks"), Left.Arg(2)))
	want := "level=INFO msg=sell err.code=1201 err.name=OUT_OF_STOCK err.domain=shop " +
		"err.params.Item=socks err.params.Left=2 err.cause=EOF\n"
	if log.String() != want {
		t.Errorf("log %q, want %q", &log, want)
	}
}

// TestLogCause checks that a log keeps what wraps what, within bounds.
func TestLogCause(t *testing.T) {
	sold := OutOfStock.New(Item.Arg("socks"))
	const soldText = "code=1201 name=OUT_OF_STOCK domain=shop params.Item=socks"
	in := func(prefix, text string) string {
		return prefix + strings.ReplaceAll(text, " ", " "+prefix)
	}
	var anew func() error
	anew = func() error { return NewsletterFailed.Wrap(&making{anew}) }
	tests := []struct {
		name  string
		cause error
		want  string // after err.cause
	}{
		{"plain", fmt.Errorf("read:%w", io.EOF), "=read:EOF"},
		{"a code", sold, in(".", soldText)},
		{"a bare code", NewsletterFailed, ".code=1301 .name=NEWSLETTER_FAILED .domain=shop"},
		{"wrapped", &wrapping{sold}, ".error=wrapping " + in(".cause.", soldText)},
		{"joined", errors.Join(io.EOF, &wrapping{sold}), ".1=EOF .2.error=wrapping " + in(".2.cause.", soldText)},
		{"plain ones joined", errors.Join(io.EOF, io.ErrNoProgress), `.1=EOF .2="multiple Read calls return no data or error"`},
		{"wrapped and joined", fmt.Errorf("a:%w", errors.Join(io.EOF, io.EOF)), `.error=a:EOF\nEOF .cause.1=EOF .cause.2=EOF`},
		{"several at once", fmt.Errorf("%w,%w", io.EOF, sold),
			`.error="EOF,OUT_OF_STOCK (1201): Only {Left} pieces of socks are left" .1=EOF ` + in(".2.", soldText)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := logText(NewsletterFailed.Wrap(test.cause))
			want := "err.code=1301 err.name=NEWSLETTER_FAILED err.domain=shop"
			for part := range strings.SplitSeq(" "+test.want, " .") {
				if part != "" {
					want += " err.cause." + strings.TrimPrefix(part, " ")
				}
			}
			want = strings.Replace(want, "err.cause.=", "err.cause=", 1)
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
	for name, err := range map[string]error{"anew": anew(), "joined": NewsletterFailed.Wrap(errors.Join(slices.Repeat([]error{io.EOF}, 500)...))} {
		if n := len(logText(err)); n > 100_000 {
			t.Errorf("%s: the log has %d bytes", name, n)
		}
	}
}

// making is an error that wraps a new one each time.
type making struct{ cause func() error }

func (m *making) Error() string { return "making" }
func (m *making) Unwrap() error { return m.cause() }

// logText returns what log/slog writes of an error, as text.
func logText(err error) string {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
				return slog.Attr{}
			}
			return a
		}}))
	logger.Info("", "err", err)
	return strings.TrimSpace(log.String())
}

func TestUrgency(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("urgency"))
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

// TestIntegers checks that every Go integer type is taken, at both ends of its range.
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
	code := catalogtest.Temporary(t, catalog.NewDomain("numbers")).Define(1, "NUMBER",
		catalog.Spec{Title: "x", Detail: "{{.N}}", Params: catalog.Params{n}})
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
	code := catalogtest.Temporary(t, catalog.NewDomain("wait")).Define(1, "WAIT",
		catalog.Spec{Title: "x", Params: catalog.Params{limit, wait}})
	if d, ok := code.New(limit.Arg(time.Hour), wait.Arg(time.Minute)).RetryAfter(); d != time.Minute ||
		!ok {
		t.Errorf("RetryAfter = %v, %v; want that of the argument of the kind In", d, ok)
	}
	if d, ok := code.New(limit.Arg(time.Hour)).RetryAfter(); ok {
		t.Errorf("RetryAfter = %v without an argument", d)
	}
}

// TestWithSharesNothing checks that errors derived from the same one do not write into each other's
// violations.
func TestWithSharesNothing(t *testing.T) {
	violation := func(path string) catalog.Violation {
		return catalog.Violation{Path: path,
			Err: OutOfStock}
	}
	// Three of them, appended one by one, leave room for a fourth in a slice that has grown.
	base := OutOfStock.New().With(violation("/0")).With(violation("/1")).With(violation("/2"))
	first, second := base.With(violation("/first")), base.With(violation("/second"))
	for want, e := range map[string]*catalog.Error{"/first": first, "/second": second} {
		if got := e.Violations(); len(got) != 4 || got[3].Path != want {
			t.Errorf("violations %v, want %s last", got, want)
		}
	}
	given := []catalog.Violation{violation("/a"), violation("/b")}
	err := OutOfStock.New().With(given...)
	given[0].Path = "/changed"
	err.Violations()[1].Path = "/changed"
	if got := err.Violations(); got[0].Path != "/a" || got[1].Path != "/b" {
		t.Errorf("violations %v", got)
	}
}

// TestFrom checks that an argument comes back as it was given, from every error in the tree that
// has it.
// TestCount checks that an error counts what is inside it, wherever that is asked for.
func TestCount(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("counting"))
	count, other := catalog.Int("Count", 2), catalog.Int("Rest", 2)
	spec := catalog.Spec{Title: "Wrong", Detail: "{{.Count}} things are wrong.",
		Params: catalog.Params{other, catalog.Public(count)}}
	flat := d.Define(1, "FLAT", spec)
	spec.Aggregate = true
	aggregate := d.Define(2, "AGGREGATE", spec)
	text := d.Define(3, "TEXT", catalog.Spec{Title: "Wrong", Params: catalog.Params{catalog.String("Count", "two")}})
	fault := catalog.Violation{Path: "/a", Err: OutOfStock}
	tests := []struct {
		name  string
		err   *catalog.Error
		want  int // 0 for none
		error string
	}{
		{"nothing inside", flat.New(), 0, "FLAT (1): {Count} things are wrong"},
		{"violations", flat.New().With(fault, fault, fault), 3, "FLAT (1): 3 things are wrong"},
		{"of a bare code", catalog.AsError(flat).With(fault), 1, "FLAT (1): 1 things are wrong"},
		{"with another argument", flat.New(other.Arg(7)).With(fault), 1, "FLAT (1): 1 things are wrong"},
		{"given", flat.New(count.Arg(9)).With(fault), 9, "FLAT (1): 9 things are wrong"},
		{"a cause is not counted", flat.Wrap(io.EOF).With(fault), 1, "FLAT (1): 1 things are wrong: EOF"},
		{"an aggregate", aggregate.Wrap(errors.Join(OutOfStock, io.EOF, OutOfStock)).With(fault), 3,
			"AGGREGATE (2): 3 things are wrong: " + OutOfStock.Error() + "; EOF; " + OutOfStock.Error()},
		{"not an Int", text.New().With(fault), 0, "TEXT (3): Wrong"},
		{"no code", (&catalog.Error{}).With(fault), 0, "<error without a code>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.err.Error(); got != test.error {
				t.Errorf("Error() = %q, want %q", got, test.error)
			}
			if got, ok := count.From(test.err); got != test.want || ok != (test.want > 0) {
				t.Errorf("From = %d, %t, want %d", got, ok, test.want)
			}
			var args, public int
			for p := range test.err.Args() {
				if p.Name() == "Count" {
					args++
				}
			}
			for range test.err.PublicArgs() {
				public++
			}
			if want := min(test.want, 1); args != want || public != want {
				t.Errorf("%d arguments and %d public ones, want %d", args, public, want)
			}
		})
	}
}

// TestShown checks that a stand-in has nothing of the true error but arguments, and makes none of
// them less private.
func TestShown(t *testing.T) {
	d := catalogtest.Temporary(t, catalog.NewDomain("shown"))
	name, left, ways := catalog.String("Name", "Kim"), catalog.Int("Left", 3),
		catalog.List(catalog.Or, catalog.String("Ways", "SMS"))
	seen := d.Define(1, "SEEN", catalog.Spec{
		Title: "Seen", Params: catalog.Params{catalog.Public(left), catalog.Sensitive(name), catalog.Public(ways)}, HTTP: 422,
	})
	define := func(number int, params ...catalog.Param) *catalog.Code {
		return d.Define(number, fmt.Sprintf("TRUE_%d1", number), catalog.Spec{
			Title: "True", Params: params, HTTP: 409, ShownAs: seen,
		})
	}
	equal := define(2, catalog.Sensitive(name), catalog.Public(left), catalog.String("More", "x"))
	stricter := define(3, name, left, catalog.Sensitive(ways))
	args := []catalog.Arg{name.Arg("Kim"), left.Arg(3), ways.Arg([]string{"SMS"})}
	tests := []struct {
		name string
		err  *catalog.Error
		want string // the stand-in for developers, and its arguments
	}{
		{"equally private", equal.Wrap(io.EOF, args...), "SEEN (1): Seen [Left=3 Name=Kim]"},
		{"more private", stricter.New(args...), "SEEN (1): Seen [Name=Kim]"},
		{"no arguments", catalog.AsError(equal), "SEEN (1): Seen []"},
		{"itself", OutOfStock.New(Left.Arg(3)), "OUT_OF_STOCK (1201): Only 3 pieces of {Item} are left [Left=3]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			shown := test.err.With(catalog.Violation{Path: "/a", Err: OutOfStock}).Shown()
			var args []string
			for p, v := range shown.Args() {
				args = append(args, fmt.Sprintf("%s=%v", p.Name(), v))
			}
			if got := fmt.Sprint(shown, args); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if test.err.Code() != OutOfStock && (shown.Unwrap() != nil || len(shown.Violations()) > 0) {
				t.Errorf("it has a cause or violations: %v", shown.LogValue())
			}
		})
	}
	for _, none := range []*catalog.Error{nil, {}} {
		if none.Shown() != none {
			t.Error("an error without a code is not shown as itself")
		}
	}
	// The order of joined errors is that of the codes that readers see.
	all := catalog.Errors(errors.Join(d.Define(9, "GONE", catalog.Spec{Title: "x", HTTP: 404}), equal))
	if all[0].Code().Name() != "GONE" {
		t.Errorf("%v comes first", all[0])
	}
}

func TestFrom(t *testing.T) {
	type pieces int8
	few, many := catalog.Int("Left", pieces(3)), catalog.Int("Left", uint64(3))
	renamed := Left.Formerly("Rest")
	err := OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(-3))
	big := OutOfStock.New(many.Arg(1 << 63))
	for name, test := range map[string]struct{ got, want any }{
		"string":  {from(Item.From(err)), "Blue socks true"},
		"int":     {from(Left.From(err)), "-3 true"},
		"wrapped": {from(Left.From(fmt.Errorf("a: %w", err))), "-3 true"},
		"the first that has": {from(Left.From(errors.Join(io.EOF, OutOfStock, err,
			OutOfStock.New(Left.Arg(4))))), "-3 true"},
		"another type":     {from(few.From(err)), "-3 true"},
		"a renamed handle": {from(renamed.From(err)), "-3 true"},
		"negative":         {from(many.From(err)), "18446744073709551613 false"},
		"large":            {from(many.From(big)), "9223372036854775808 true"},
		"too large":        {from(Left.From(big)), "-9223372036854775808 false"},
		"far too large":    {from(few.From(big)), "0 false"},
		"missing":          {from(Left.From(OutOfStock)), "0 false"},
		"of no code":       {from(Left.From(io.EOF)), "0 false"},
		"nil":              {from(Left.From(nil)), "0 false"},
		"another kind":     {from(catalog.Bytes("Left", 1).From(err)), "0 false"},
		"another param":    {from(Email.From(err)), " false"},
		"zero handle":      {from(catalog.Handle[int]{}.From(err)), "0 false"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %v, want %v", name, test.got, test.want)
		}
	}
	for _, p := range Kinds {
		if err := AllKinds.Example(); !hasArg(p, err) {
			t.Errorf("%s is not read back", p.Name())
		}
	}
	methods, ok := Methods.From(SecondStep.New(Methods.Arg([]string{"SMS", "app"})))
	if !ok || !slices.Equal(methods, []string{"SMS", "app"}) {
		t.Errorf("list is read back as %q, %v", methods, ok)
	}
	if none, ok := Methods.From(SecondStep.New(Methods.Arg(nil))); !ok || len(none) != 0 {
		t.Errorf("empty list is read back as %q, %v", none, ok)
	}
}

func from[T any](v T, ok bool) string { return fmt.Sprint(v) + fmt.Sprint(" ", ok) }

// hasArg reports whether the example of the param comes back from the error.
func hasArg(p catalog.Param, err error) bool {
	switch p := p.(type) {
	case catalog.Handle[string]:
		_, ok := p.From(err)
		return ok
	case catalog.Handle[*catalog.Label]:
		v, ok := p.From(err)
		return ok && v == PageField
	case catalog.Handle[int]:
		v, ok := p.From(err)
		return ok && (v == 1234 || v == 25_000_000)
	case catalog.Handle[float64]:
		v, ok := p.From(err)
		return ok && (v == 1234.5 || v == 0.25)
	case catalog.Handle[time.Duration]:
		v, ok := p.From(err)
		return ok && v == 90*time.Second
	case catalog.Handle[time.Time]:
		v, ok := p.From(err)
		return ok && v.Equal(at)
	}
	return false
}

// endless wraps itself.
type endless struct{ error }

func (e *endless) Unwrap() error { return e }

// TestWalk checks that every end of a tree is found once, from left to right, and that a walk has
// an end.
func TestWalk(t *testing.T) {
	nested := OutOfStock.Wrap(NewsletterFailed)
	tree := errors.Join(io.EOF,
		fmt.Errorf("a: %w", errors.Join(nested, (*nilWrapper)(nil), OutOfStock)), errors.Join())
	var got []string
	for end := range access.NewWalk().Ends(tree) {
		got = append(got, fmt.Sprintf("%T", end))
	}
	if want := []string{"*errors.errorString", "*catalog.Error", "*catalog_test.nilWrapper",
		"*catalog.Error"}; !slices.Equal(got, want) {
		t.Errorf("ends are %q, want %q", got, want)
	}
	if got := catalog.Errors(tree); len(got) != 2 || got[0] != nested {
		t.Errorf("errors are %v", got)
	}
	wide := make([]error, access.MaxErrors+10)
	for i := range wide {
		wide[i] = OutOfStock
	}
	for name, err := range map[string]error{"itself": &endless{}, "too many": errors.Join(wide...)} {
		last := error(nil)
		for end := range access.NewWalk().Ends(err) {
			last = end
		}
		if last != access.ErrEndless {
			t.Errorf("%s: the walk ends with %v", name, last)
		}
	}
}

type nilWrapper struct{ inner error }

func (w *nilWrapper) Error() string { return "wrapper" }
func (w *nilWrapper) Unwrap() error { return w.inner } // panics for a nil pointer

// TestParts checks that violations and what an aggregate joins are the parts of an error, and that
// one that is inside itself has no more of them.
func TestParts(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("parts"))
	several := domain.Define(1, "SEVERAL", catalog.Spec{Title: "Several", Aggregate: true})
	err := several.Wrap(errors.Join(OutOfStock, io.EOF)).With(
		catalog.Violation{Path: "/a",
			Err: errors.Join(NewsletterFailed, io.EOF)}, catalog.Violation{Path: "/b"})
	var got []string
	for p := range access.NewWalk().Parts(err) {
		got = append(got, fmt.Sprintf("%s %v %T", p.Path, p.Violation, p.Err))
	}
	want := []string{"/a true *catalog.Error", "/a true *errors.errorString", "/b true <nil>",
		" false *catalog.Error", " false *errors.errorString"}
	if !slices.Equal(got, want) {
		t.Errorf("parts are %q, want %q", got, want)
	}
	for p := range access.NewWalk().Parts(OutOfStock.Wrap(io.EOF)) {
		t.Errorf("a cause is a part: %v", p.Err)
	}
	loop := new(loop)
	loop.inner = several.Wrap(loop)
	w, depth := access.NewWalk(), 0
	var descend func(err error)
	descend = func(err error) {
		depth++
		for p := range w.Parts(err) {
			descend(p.Err)
		}
	}
	if descend(loop.inner); depth != 2 {
		t.Errorf("the walk went %d deep", depth)
	}
}

type loop struct{ inner *catalog.Error }

func (l *loop) Error() string { return "loop" }
func (l *loop) Unwrap() error { return l.inner }
