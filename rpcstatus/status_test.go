package rpcstatus_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/proto"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/rpctest"
	"github.com/errlingo/errlingo/problem"
	"github.com/errlingo/errlingo/rpcstatus"
)

// Example shows what a status says, and what becomes of it at the client.
func Example() {
	server := rpcstatus.Server{Responder: rpctest.Responder(nil)}
	s := server.Status(context.Background(), codes.InvalidKeyName.New(codes.Key.Arg("user-name")))
	fmt.Println(s.GetCode(), s.GetMessage())

	err := rpcstatus.Error(s, codes.Domain)
	key, _ := codes.Key.From(err)
	fmt.Println(errors.Is(err, codes.InvalidKeyName), key)
	// Output:
	// 3 INVALID_KEY_NAME (105): Field name not valid
	// true user-name
}

// detail returns the first detail of a type.
func detail[T proto.Message](s *spb.Status) (found T) {
	for _, d := range s.GetDetails() {
		if m, err := d.UnmarshalNew(); err == nil {
			if m, ok := m.(T); ok {
				return m
			}
		}
	}
	return found
}

func TestDetails(t *testing.T) {
	bundle := rpctest.Load(t)
	server := rpcstatus.Server{Responder: rpctest.Responder(bundle)}
	ctx := errlingo.NewContext(context.Background(), bundle.Localizer("de"))
	s := server.Status(ctx, codes.RequestLimitExceeded.New(codes.RetryAfter.Arg(90*time.Second)))
	d := codes.RequestLimitExceeded.New(codes.RetryAfter.Arg(90 * time.Second))
	want := bundle.Localizer("de").Localize(d)

	info := detail[*errdetails.ErrorInfo](s)
	if info.GetReason() != "REQUEST_LIMIT_EXCEEDED" || info.GetDomain() != codes.Domain.Name() ||
		info.GetMetadata()[rpcstatus.KeyNumber] != "155" {
		t.Errorf("ErrorInfo: %v", info)
	}
	if got := detail[*errdetails.LocalizedMessage](s); got.GetLocale() != "de" || got.GetMessage() != want.Detail.Value {
		t.Errorf("LocalizedMessage: %v, want %v", got, want.Detail)
	}
	if got := detail[*errdetails.RetryInfo](s); got.GetRetryDelay().AsDuration() != 90*time.Second {
		t.Errorf("RetryInfo: %v", got)
	}
	if got := detail[*errdetails.RequestInfo](s); len(got.GetRequestId()) != 36 {
		t.Errorf("RequestInfo: %v", got)
	}
	back := rpcstatus.Error(s, codes.Domain)
	if wait, ok := catalog.AsError(back).RetryAfter(); !ok || wait != 90*time.Second {
		t.Errorf("RetryAfter: %v", wait)
	}
	if got := problem.Received(back); got.Retry != catalog.RetryAfter || got.Action != catalog.ActionRetry {
		t.Errorf("received retry %v, action %v", got.Retry, got.Action)
	}
	if got := problem.Received(rpcstatus.Error(s)); got.Retry != catalog.RetryAfter {
		t.Errorf("received retry %v of a foreign error", got.Retry)
	}
	if got := problem.Received(back); got.Reference != detail[*errdetails.RequestInfo](s).GetRequestId() ||
		got.RetryAfter != 90*time.Second || got.Help.Value != want.Help.Value {
		t.Errorf("received %+v", got)
	}
}

// TestFields checks that the path of each violation is as clients expect it, and comes back.
func TestFields(t *testing.T) {
	tests := []struct{ name, path, field string }{
		{"name", "/email", "email"},
		{"index", "/lines/2/count", "lines[2].count"},
		{"indexes", "/a/0/1", "a[0][1]"},
		{"index first", "/0/a", "/0/a"},
		{"digits and letters", "/a1/2b", "a1.2b"},
		{"dot", "/a.b/c", "/a.b/c"},
		{"escaped", "/a~1b/c~0d", "/a~1b/c~0d"},
		{"empty name", "/", "/"},
		{"space and percent", "/a b/100%", "/a b/100%"},
		{"other script", "/größe", "/größe"},
		{"all", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := rpcstatus.Server{Responder: rpctest.Responder(nil)}
			s := server.Status(context.Background(), codes.ValidationError.New().With(
				catalog.Violation{Path: test.path, Err: codes.InvalidValue}))
			if got := detail[*errdetails.BadRequest](s).GetFieldViolations()[0].GetField(); got != test.field {
				t.Errorf("field %q, want %q", got, test.field)
			}
			back := catalog.AsError(rpcstatus.Error(s, codes.Domain)).Violations()
			if len(back) != 1 || back[0].Path != test.path || !errors.Is(back[0].Err, codes.InvalidValue) {
				t.Errorf("came back as %q", back)
			}
		})
	}
}

// TestLimits checks that a status keeps within its limit, that what matters most comes first, and
// that it says what is missing.
func TestLimits(t *testing.T) {
	violations := make([]catalog.Violation, 150)
	for i := range violations {
		violations[i] = catalog.Violation{Path: fmt.Sprintf("/lines/%d/name", i), Err: codes.InvalidValue}
	}
	invalid := codes.ValidationError.New().With(violations...)
	large := codes.InvalidKeyName.New(codes.Key.Arg(strings.Repeat("日", 256)))
	tests := []struct {
		name           string
		err            error
		limit, most    int
		total, dropped string
	}{
		{"everything fits", codes.InvalidValue, 0, rpcstatus.DefaultBytes, "", ""},
		{"many violations", invalid, 0, rpcstatus.DefaultBytes, "150", ""},
		{"few bytes", invalid, 1, rpcstatus.MinBytes, "150", ""},
		{"more bytes", invalid, 60_000, 60_000, "150", ""},
		{"large argument", large, 0, rpcstatus.DefaultBytes, "", ""},
		{"large argument, few bytes", large, 1, rpcstatus.MinBytes, "", "title,help,key"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := rpcstatus.Server{Responder: rpctest.Responder(rpctest.Load(t)), MaxBytes: test.limit}
			s := server.Status(context.Background(), test.err)
			data, err := proto.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			if size := base64.StdEncoding.EncodedLen(len(data)) + len(s.GetMessage()) + 60; size > test.most {
				t.Errorf("%d bytes, want at most %d", size, test.most)
			}
			m := detail[*errdetails.ErrorInfo](s).GetMetadata()
			if m[rpcstatus.KeyTotal] != test.total || m[rpcstatus.KeyDropped] != test.dropped {
				t.Errorf("metadata %v", m)
			}
			if back := rpcstatus.Error(s, codes.Domain); !errors.Is(back, catalog.CodeOf(test.err)) {
				t.Errorf("came back as %v", back)
			}
			if detail[*errdetails.RequestInfo](s) == nil {
				t.Error("no reference")
			}
		})
	}
}

// FuzzError: whatever a server sends, an error comes of it, and its text is bounded.
func FuzzError(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	server := rpcstatus.Server{Responder: rpctest.Responder(nil)}
	for range 20 {
		data, err := proto.Marshal(server.Status(context.Background(), rpctest.Random(r)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := new(spb.Status)
		if proto.Unmarshal(data, s) != nil {
			return
		}
		err := rpcstatus.Error(s, codes.Domain)
		if err == nil || len(err.Error()) > 64<<10 || problem.Received(err) == nil {
			t.Errorf("got %v", err)
		}
	})
}

// TestAcceptLanguage checks which language a client asks for.
func TestAcceptLanguage(t *testing.T) {
	bundle := rpctest.Load(t)
	reading := func(prefs string) context.Context {
		return errlingo.NewContext(context.Background(), bundle.Localizer(prefs))
	}
	tests := []struct {
		name, want string
		ctx        context.Context
		language   func(context.Context) string
	}{
		{"no localizer", "", context.Background(), nil},
		{"region of the reader", "de-CH", reading("sw, de-CH"), nil},
		{"function", "ar", reading("de"), func(context.Context) string { return "ar" }},
	}
	for _, test := range tests {
		client := rpcstatus.Client{Language: test.language}
		if got := client.AcceptLanguage(test.ctx); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
