package connecterr_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/connecterr"
	"github.com/errlingo/errlingo/internal/rpctest"
	"github.com/errlingo/errlingo/problem"
)

// TestBeforeMethods checks calls whose error no method returns, in all protocols.
func TestBeforeMethods(t *testing.T) {
	bundle := rpctest.Load(t)
	fine := func(context.Context) error { return nil }
	check := func(is *catalog.Code, code connect.Code) func(*testing.T, string, func(context.Context) error) {
		return func(t *testing.T, _ string, call func(context.Context) error) {
			err := call(reading(bundle, "de"))
			if !errors.Is(err, is) || connect.CodeOf(err) != code || problem.Received(err).Lang() != "de" {
				t.Errorf("got %v, want %v", err, is)
			}
		}
	}
	s := connecterr.Server{Responder: rpctest.Responder(bundle)}
	each(t, serve(t, s.Handler(http.NewServeMux())), "unknown method",
		check(codes.CommandUnavailable, connect.CodeUnimplemented))
	each(t, with(t, bundle, fine, connect.WithReadMaxBytes(1)), "too large",
		check(codes.ObjectTooLarge, connect.CodeResourceExhausted))
	each(t, with(t, bundle, fine, connect.WithRequestGate(s.Gate(denied))), "gate",
		check(codes.SessionMissing, connect.CodeUnauthenticated))
	each(t, with(t, bundle, fine, connect.WithRequestGate(denied)), "gate alone",
		check(codes.InternalServerError, connect.CodeInternal))
	each(t, with(t, bundle, fine, connect.WithRequestGate(s.Gate(func(
		context.Context, connect.Spec, connect.Peer, http.Header,
	) (context.Context, error) {
		panic(rpctest.Secret)
	}))), "panic of a gate", check(codes.InternalServerError, connect.CodeInternal))
	unanswered := serve(t, s.Handler(routes(func(context.Context) error {
		return connect.NewError(connect.CodeNotFound, errors.New(rpctest.Secret))
	})))
	each(t, unanswered, "no interceptor", func(t *testing.T, way string, call func(context.Context) error) {
		if way == "server stream" {
			return // It has sent a message before.
		}
		check(codes.ObjectNotFound, connect.CodeNotFound)(t, way, call)
	})
	each(t, serve(t, s.Handler(routes(fine))), "no interceptor, no error", func(t *testing.T, _ string, call func(context.Context) error) {
		if err := call(reading(bundle, "de")); err != nil {
			t.Errorf("got %v", err)
		}
	})
	each(t, with(t, bundle, fine, connect.WithSendMaxBytes(1)), "answer too large", func(t *testing.T, way string, call func(context.Context) error) {
		if way == "unary" {
			check(codes.InternalServerError, connect.CodeInternal)(t, way, call)
		}
	})
}

func denied(context.Context, connect.Spec, connect.Peer, http.Header) (context.Context, error) {
	return nil, codes.SessionMissing.Wrap(errors.New(rpctest.Secret))
}

// TestRequests checks requests that no client of Connect sends.
func TestRequests(t *testing.T) {
	bundle := rpctest.Load(t)
	s := connecterr.Server{Responder: rpctest.Responder(bundle)}
	mux := routes(func(context.Context) error { return nil }, connect.WithInterceptors(s))
	mux.HandleFunc("/form", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, "{}")
	})
	mux.HandleFunc("/json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, "%q", strings.Repeat("x", 100_000))
	})
	handler := s.Handler(mux)
	header := func(lines ...string) http.Header {
		h := http.Header{"Accept-Language": {"de"}}
		for i := 0; i < len(lines); i += 2 {
			h.Set(lines[i], lines[i+1])
		}
		return h
	}
	asJSON := []string{"Content-Type", "application/json"}
	tests := []struct {
		name, method, path, body string
		header                   http.Header
		status                   int
		code                     connect.Code // 0 if the answer is not ours
		reason                   string
	}{
		{"unknown method", "POST", "/test.Test/Missing", "{}", header(asJSON...), 404, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"not JSON", "POST", "/test.Test/Unary", "{", header(asJSON...), 400, connect.CodeInvalidArgument, "VALIDATION_ERROR"},
		{"other codec", "POST", "/test.Test/Unary", "<x/>", header("Content-Type", "application/xml"), 415, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"other compression", "POST", "/test.Test/Unary", "{}", header("Content-Type", "application/json", "Content-Encoding", "br"), 501, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"other version", "POST", "/test.Test/Unary", "{}", header("Content-Type", "application/json", "Connect-Protocol-Version", "2"), 400, connect.CodeInvalidArgument, "VALIDATION_ERROR"},
		{"bad timeout", "POST", "/test.Test/Unary", "{}", header("Content-Type", "application/json", "Connect-Timeout-Ms", "x"), 400, connect.CodeInvalidArgument, "VALIDATION_ERROR"},
		{"GET of another method", "GET", "/test.Test/Server?encoding=json&message={}", "", header(), 405, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"GET without an encoding", "GET", "/test.Test/Unary?message={}", "", header(), 415, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"GET that is not JSON", "GET", "/test.Test/Unary?encoding=json&message={", "", header(), 400, connect.CodeInvalidArgument, "VALIDATION_ERROR"},
		{"GET that works", "GET", "/test.Test/Unary?encoding=json&message=%22x%22", "", header(), 200, 0, ""},
		{"POST that works", "POST", "/test.Test/Unary", `"x"`, header(asJSON...), 200, 0, ""},
		{"bidi on HTTP/1.1", "POST", "/test.Test/Bidi", "", header("Content-Type", "application/connect+json"), 200, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"stream, other compression", "POST", "/test.Test/Server", "", header("Content-Type", "application/connect+json", "Connect-Content-Encoding", "br"), 200, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"stream, compressed answer", "POST", "/test.Test/Server", "", header("Content-Type", "application/connect+json", "Connect-Content-Encoding", "br", "Connect-Accept-Encoding", "gzip"), 200, connect.CodeUnimplemented, "COMMAND_UNAVAILABLE"},
		{"stream, bad timeout", "POST", "/test.Test/Server", "", header("Content-Type", "application/connect+json", "Connect-Timeout-Ms", "x", "Connect-Accept-Encoding", "gzip"), 200, connect.CodeInvalidArgument, "VALIDATION_ERROR"},
		{"page", "GET", "/favicon.ico", "", header(), 404, 0, ""},
		{"PUT", "PUT", "/test.Test/Unary", "{}", header(asJSON...), 405, 0, ""},
		{"form", "POST", "/form", "a=b", header("Content-Type", "application/x-www-form-urlencoded"), 400, 0, ""},
		{"other JSON", "POST", "/json", "{}", header(asJSON...), 400, 0, ""},
	}
	server := serve(t, handler)
	client := server.Client()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := http.NewRequest(test.method, server.URL+strings.NewReplacer("{", "%7B", "}", "%7D").Replace(test.path), strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header = test.header
			if test.name == "bidi on HTTP/1.1" {
				client = &http.Client{Transport: &http.Transport{TLSClientConfig: server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()}}
				client.Transport.(*http.Transport).TLSClientConfig.NextProtos = []string{"http/1.1"}
				defer func() { client = server.Client() }()
			}
			res, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != test.status {
				t.Fatalf("status %d, want %d: %s %v", res.StatusCode, test.status, body, err)
			}
			if strings.HasPrefix(res.Header.Get("Content-Type"), "application/connect+") {
				if len(body) < 5 || body[0]&2 == 0 || int(binary.BigEndian.Uint32(body[1:5])) != len(body)-5 {
					t.Fatalf("not the end of a stream: %q", body)
				}
				var end struct{ Error json.RawMessage }
				if err := json.Unmarshal(body[5:], &end); err != nil {
					t.Fatal(err)
				}
				body = end.Error
			}
			var got answered
			if err := json.Unmarshal(body, &got); test.code == 0 {
				if err == nil && got.Code != 0 {
					t.Errorf("got %s", body)
				}
				return
			} else if err != nil {
				t.Fatalf("%v: %s", err, body)
			}
			got.check(t, test.code, test.reason, "de")
			if test.status == http.StatusMethodNotAllowed && res.Header.Get("Allow") != "POST" {
				t.Errorf("Allow: %q", res.Header.Get("Allow"))
			}
			if test.method == http.MethodGet && res.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("Cache-Control: %q", res.Header.Get("Cache-Control"))
			}
		})
	}
}

// answered is an error as JSON in the Connect protocol.
type answered struct {
	Code    connect.Code
	Message string
	Details []struct {
		Type, Value string
		Debug       struct{ Reason, Locale, Message string }
	}
}

// check checks what an answer says.
func (a *answered) check(t *testing.T, code connect.Code, reason, language string) {
	t.Helper()
	if a.Code != code || len(a.Details) < 2 || !strings.HasPrefix(a.Message, reason+" (") {
		t.Fatalf("got %+v, want %v", a, code)
	}
	if got := a.Details[0].Debug.Reason; got != reason || a.text(language) == "" {
		t.Errorf("got %+v, want %s in %s", a, reason, language)
	}
}

// text returns the first text in the language.
func (a *answered) text(language string) string {
	for _, d := range a.Details {
		if d.Type == "google.rpc.LocalizedMessage" && d.Debug.Locale == language {
			return d.Debug.Message
		}
	}
	return ""
}

// TestCurl calls a method with GET, as people do to try it.
func TestCurl(t *testing.T) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("curl is not installed")
	}
	bundle := rpctest.Load(t)
	failed := codes.FileTooLarge.New(codes.FileName.Arg("a.jpg"), codes.SizeLimit.Arg(25_000_000))
	s := connecterr.Server{Responder: problem.New(bundle, problem.Options{Query: "lang", Logger: slog.New(slog.DiscardHandler)})}
	server := serve(t, s.Handler(routes(func(context.Context) error { return failed }, connect.WithInterceptors(s))))
	tests := []struct{ name, query, header, path, reason, code, want string }{
		{"by header", "", "de-CH, en;q=0.5", "Unary", "FILE_TOO_LARGE", "resource_exhausted", "de"},
		{"by query", "&lang=ar", "de", "Unary", "FILE_TOO_LARGE", "resource_exhausted", "ar"},
		{"default", "", "", "Unary", "FILE_TOO_LARGE", "resource_exhausted", "en"},
		{"unknown method", "&lang=de", "", "Missing", "COMMAND_UNAVAILABLE", "unimplemented", "de"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, err := exec.Command(curl, "--silent", "--insecure", "--include", "--header", "Accept-Language: "+test.header,
				server.URL+"/test.Test/"+test.path+"?connect=v1&encoding=json&message=%22x%22"+test.query).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			head, body, _ := bytes.Cut(out, []byte("\r\n\r\n"))
			var got answered
			if err := json.Unmarshal(body, &got); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			var code connect.Code
			if err := code.UnmarshalText([]byte(test.code)); err != nil {
				t.Fatal(err)
			}
			got.check(t, code, test.reason, test.want)
			want := bundle.Localizer(test.want).Detail(failed)
			if test.path == "Unary" && got.text(test.want) != want {
				t.Errorf("got %q, want %q", got.text(test.want), want)
			}
			if !bytes.Contains(bytes.ToLower(head), []byte("cache-control: no-store")) {
				t.Errorf("header %s", head)
			}
		})
	}
}

// TestMeta checks that the metadata of an error is sent, unless it came from another server.
func TestMeta(t *testing.T) {
	for _, test := range []struct {
		name string
		make func(connect.Code, error) *connect.Error
		want string
	}{{"own", connect.NewError, "1"}, {"of another server", connect.NewWireError, ""}} {
		server := with(t, nil, func(context.Context) error {
			err := test.make(connect.CodeNotFound, codes.ObjectNotFound.New())
			err.Meta().Set("X-Test", "1")
			return err
		})
		each(t, server, test.name, func(t *testing.T, _ string, call func(context.Context) error) {
			err := call(context.Background())
			failed, ok := errors.AsType[*connect.Error](err)
			if !ok || failed.Meta().Get("X-Test") != test.want || !errors.Is(err, codes.ObjectNotFound) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestEnds checks calls that the client ends, and servers that do not answer.
func TestEnds(t *testing.T) {
	bundle := rpctest.Load(t)
	server := with(t, bundle, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	each(t, server, "canceled", func(t *testing.T, _ string, call func(context.Context) error) {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(20*time.Millisecond, cancel)
		if err := call(ctx); !errors.Is(err, context.Canceled) || connect.CodeOf(err) != connect.CodeCanceled {
			t.Errorf("got %v", err)
		}
	})
	each(t, server, "deadline", func(t *testing.T, _ string, call func(context.Context) error) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		err := call(ctx)
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, codes.Timeout) || connect.CodeOf(err) != connect.CodeDeadlineExceeded {
			t.Errorf("got %v", err)
		}
	})
	lost := serve(t, http.NewServeMux())
	lost.Close()
	each(t, lost, "no server", func(t *testing.T, _ string, call func(context.Context) error) {
		err := call(context.Background())
		if _, ok := errors.AsType[*problem.Foreign](err); !ok || connect.CodeOf(err) != connect.CodeUnavailable {
			t.Errorf("got %v", err)
		}
	})
}

// TestLanguage checks which language a client asks for.
func TestLanguage(t *testing.T) {
	bundle := rpctest.Load(t)
	choose := connecterr.Client{Domains: standard.Domains, Language: func(context.Context) string { return "ar-EG" }}
	tests := []struct {
		name   string
		ctx    context.Context
		client connecterr.Client
		header string
		want   string
	}{
		{"none", context.Background(), standard, "", "en"},
		{"of the context", reading(bundle, "de"), standard, "", "de"},
		{"of the header", reading(bundle, "ar"), standard, "de-CH, en;q=0.5", "de"},
		{"of the function", reading(bundle, "de"), choose, "", "ar"},
		{"hostile", reading(bundle, "ar"), standard, strings.Repeat("en_t_", 1000), "en"},
	}
	for _, test := range tests {
		var inside string
		server := with(t, bundle, func(ctx context.Context) error {
			inside = errlingo.FromContext(ctx).Locale().String()
			return codes.ObjectNotFound
		})
		for _, p := range protocols {
			options := append(p.options, connect.WithInterceptors(test.client))
			check := func(t *testing.T, err error) {
				if got := problem.Received(err).Lang(); got != test.want || inside != test.want {
					t.Errorf("got %s, and %s in the method, want %s", got, inside, test.want)
				}
			}
			r := connect.NewRequest(wrapperspb.String("x"))
			if test.header != "" {
				r.Header().Set("Accept-Language", test.header)
			}
			t.Run(test.name+" "+p.name+" unary", func(t *testing.T) {
				_, err := connect.NewClient[message, message](server.Client(), server.URL+"/test.Test/Unary", options...).CallUnary(test.ctx, r)
				check(t, err)
			})
			t.Run(test.name+" "+p.name+" stream", func(t *testing.T) {
				r := connect.NewRequest(wrapperspb.String("x"))
				if test.header != "" {
					r.Header().Set("Accept-Language", test.header)
				}
				s, err := connect.NewClient[message, message](server.Client(), server.URL+"/test.Test/Server", options...).CallServerStream(test.ctx, r)
				if err != nil {
					t.Fatal(err)
				}
				for s.Receive() {
				}
				check(t, s.Err())
			})
		}
	}
}

// TestHostileServer checks what a client makes of answers that no server of ours gives.
func TestHostileServer(t *testing.T) {
	detail := func(kind, value string) string { return fmt.Sprintf(`{"type":%q,"value":%q}`, kind, value) }
	tests := []struct{ name, contentType, body string }{
		{"nothing", "", ""},
		{"page", "text/html", "<script>alert(1)</script>"},
		{"no details", "application/json", `{"code":"not_found","message":"no such row"}`},
		{"unknown code", "application/json", `{"code":"evil","message":"x"}`},
		{"number as code", "application/json", `{"code":5}`},
		{"long message", "application/json", `{"code":"not_found","message":"` + strings.Repeat("é", 1<<20) + `"}`},
		{"control characters", "application/json", `{"code":"not_found","message":"\u001b[31m\u202e\u0000"}`},
		{"details of no type", "application/json", `{"code":"not_found","details":[{}]}`},
		{"details that are not Base64", "application/json", `{"code":"not_found","details":[` + detail("google.rpc.ErrorInfo", "%%") + `]}`},
		{"bytes of no message", "application/json", `{"code":"not_found","details":[` + detail("google.rpc.ErrorInfo", "/w") + `]}`},
		{"unknown type", "application/json", `{"code":"not_found","details":[` + detail("evil.example/x", "AA") + `]}`},
		{"many details", "application/json", `{"code":"not_found","details":[` + strings.Repeat(detail("google.rpc.ErrorInfo", "")+",", 10_000) + detail("x", "") + `]}`},
	}
	for _, test := range tests {
		server := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", test.contentType)
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, test.body)
		}))
		each(t, server, test.name, func(t *testing.T, _ string, call func(context.Context) error) {
			err := call(context.Background())
			f, ok := errors.AsType[*problem.Foreign](err)
			if !ok || f.Details.Status < 400 {
				t.Fatalf("got %v", err)
			}
			if data, _ := f.Details.MarshalJSON(); len(data) > 128<<10 || len(err.Error()) > 4<<10 {
				t.Errorf("%d bytes, %d of text", len(data), len(err.Error()))
			}
			if detail := (&errlingo.Localizer{}).Detail(err); detail == "" || strings.Contains(detail, "\x1b") {
				t.Errorf("detail %q", detail)
			}
		})
	}
}
