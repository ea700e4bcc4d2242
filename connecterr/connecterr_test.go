package connecterr_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"connectrpc.com/connect"
	"connectrpc.com/grpchealth"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/connecterr"
	"github.com/errlingo/errlingo/internal/rpctest"
	"github.com/errlingo/errlingo/rpcstatus"
)

// message is what all methods of the test's service take and return.
type message = wrapperspb.StringValue

// fail is what the methods of the test's service do.
type fail func(ctx context.Context) error

// routes returns a mux with the test's service, whose methods fail, and a health check.
func routes(f fail, options ...connect.HandlerOption) *http.ServeMux {
	mux := http.NewServeMux()
	unary := func(ctx context.Context, r *connect.Request[message]) (*connect.Response[message], error) {
		if err := f(ctx); err != nil {
			return nil, err
		}
		return connect.NewResponse(r.Msg), nil
	}
	get := append(options, connect.WithIdempotency(connect.IdempotencyNoSideEffects))
	mux.Handle("/test.Test/Unary", connect.NewUnaryHandler("/test.Test/Unary", unary, get...))
	mux.Handle("/test.Test/Server", connect.NewServerStreamHandler("/test.Test/Server",
		func(ctx context.Context, r *connect.Request[message], s *connect.ServerStream[message]) error {
			if err := s.Send(r.Msg); err != nil {
				return err
			}
			return f(ctx)
		}, options...))
	mux.Handle("/test.Test/Client", connect.NewClientStreamHandler("/test.Test/Client",
		func(ctx context.Context, s *connect.ClientStream[message]) (*connect.Response[message], error) {
			for s.Receive() {
			}
			if err := errors.Join(s.Err(), f(ctx)); err != nil {
				return nil, err
			}
			return connect.NewResponse(new(message)), nil
		}, options...))
	mux.Handle("/test.Test/Bidi", connect.NewBidiStreamHandler("/test.Test/Bidi",
		func(ctx context.Context, s *connect.BidiStream[message, message]) error {
			if _, err := s.Receive(); err != nil {
				return err
			}
			return f(ctx)
		}, options...))
	mux.Handle(grpchealth.NewHandler(grpchealth.NewStaticChecker()))
	return mux
}

// serve starts a server for HTTP/1.1 and HTTP/2.
func serve(t *testing.T, handler http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// with returns a server of the test's service with the options of [connecterr.Server].
func with(t *testing.T, bundle *errlingo.Bundle, f fail, options ...connect.HandlerOption) *httptest.Server {
	t.Helper()
	s := connecterr.Server{Responder: rpctest.Responder(bundle)}
	return serve(t, s.Handler(routes(f, append(options, connect.WithInterceptors(s))...)))
}

// protocols are those that one handler serves.
var protocols = []struct {
	name    string
	options []connect.ClientOption
}{
	{"Connect", nil},
	{"Connect JSON", []connect.ClientOption{connect.WithProtoJSON()}},
	{"Connect GET", []connect.ClientOption{connect.WithHTTPGet(), connect.WithIdempotency(connect.IdempotencyNoSideEffects)}},
	{"gRPC", []connect.ClientOption{connect.WithGRPC()}},
	{"gRPC-Web", []connect.ClientOption{connect.WithGRPCWeb()}},
	{"gRPC-Web JSON", []connect.ClientOption{connect.WithGRPCWeb(), connect.WithProtoJSON()}},
}

// ways are how a method is called. Each returns the error that the call ends with.
var ways = []struct {
	name, method string
	call         func(ctx context.Context, c *connect.Client[message, message]) error
}{
	{"unary", "Unary", func(ctx context.Context, c *connect.Client[message, message]) error {
		_, err := c.CallUnary(ctx, connect.NewRequest(wrapperspb.String("x")))
		return err
	}},
	{"server stream", "Server", func(ctx context.Context, c *connect.Client[message, message]) error {
		s, err := c.CallServerStream(ctx, connect.NewRequest(wrapperspb.String("x")))
		if err != nil {
			return err
		}
		for s.Receive() {
		}
		return errors.Join(s.Err(), s.Close())
	}},
	{"client stream", "Client", func(ctx context.Context, c *connect.Client[message, message]) error {
		s := c.CallClientStream(ctx)
		if err := s.Send(wrapperspb.String("x")); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		_, err := s.CloseAndReceive()
		return err
	}},
	{"bidi", "Bidi", func(ctx context.Context, c *connect.Client[message, message]) error {
		s := c.CallBidiStream(ctx)
		if err := s.Send(wrapperspb.String("x")); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err := s.CloseRequest(); err != nil {
			return err
		}
		_, err := s.Receive()
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}},
}

var standard = connecterr.Client{Domains: []*catalog.Domain{codes.Domain}}

// dial returns a client of a method.
func dial(server *httptest.Server, method string, options ...connect.ClientOption) *connect.Client[message, message] {
	return connect.NewClient[message, message](server.Client(), server.URL+"/test.Test/"+method,
		append(options, connect.WithInterceptors(standard))...)
}

// each calls the server in every protocol and every way.
func each(t *testing.T, server *httptest.Server, name string, check func(t *testing.T, way string, call func(context.Context) error)) {
	t.Helper()
	for _, p := range protocols {
		for _, way := range ways {
			client := dial(server, way.method, p.options...)
			t.Run(name+" "+p.name+" "+way.name, func(t *testing.T) {
				check(t, way.name, func(ctx context.Context) error { return way.call(ctx, client) })
			})
		}
	}
}

// reading returns a context of a reader of the language.
func reading(bundle *errlingo.Bundle, language string) context.Context {
	return errlingo.NewContext(context.Background(), bundle.Localizer(language))
}

// TestRoundTrip checks that every standard code comes back in every protocol from every kind of call.
func TestRoundTrip(t *testing.T) {
	bundle := rpctest.Load(t)
	var sent *catalog.Error
	server := with(t, bundle, func(context.Context) error { return sent })
	for code := range codes.Domain.Codes() {
		sent = code.Example()
		for _, reader := range []string{"en", "de", "ar"} {
			each(t, server, code.Name()+" "+reader, func(t *testing.T, _ string, call func(context.Context) error) {
				err := call(reading(bundle, reader))
				rpctest.Check(t, bundle, err, sent, reader)
				if got, want := connect.CodeOf(err), connect.Code(code.RPCStatus()); got != want &&
					code.Spec().ShownAs == nil && code.Spec().HTTP != 0 && code.Audience() != catalog.AudienceOperator {
					t.Errorf("status %v, want %v", got, want)
				}
			})
		}
	}
}

// TestRandomErrors checks that whatever fails, no secret is sent, all is valid UTF-8 and within the
// limit, and the connection works.
func TestRandomErrors(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 4))
	var sent error
	server := with(t, rpctest.Load(t), func(context.Context) error { return sent })
	var clients []*connect.Client[message, message]
	for _, p := range protocols {
		clients = append(clients, connect.NewClient[message, message](server.Client(), server.URL+"/test.Test/Unary", p.options...))
	}
	count := 10_000
	if testing.Short() {
		count = 500
	}
	largest, dropped := 0, 0
	for i := range count {
		sent = rpctest.Random(random)
		r := connect.NewRequest(wrapperspb.String("x"))
		r.Header().Set("Accept-Language", []string{"de", "ar", "en", "xx"}[i%4])
		_, err := clients[i%len(clients)].CallUnary(context.Background(), r)
		failed, ok := errors.AsType[*connect.Error](err)
		if !ok || !connect.IsWireError(err) || len(failed.Details()) == 0 {
			t.Fatalf("%v is received as %v", sent, err)
		}
		s := &spb.Status{Code: int32(failed.Code()), Message: failed.Message()}
		for _, d := range failed.Details() {
			s.Details = append(s.Details, &anypb.Any{TypeUrl: "type.googleapis.com/" + d.Type(), Value: d.Bytes()})
			if _, err := d.Value(); err != nil {
				t.Fatal(err)
			}
		}
		data, err := proto.Marshal(s)
		if err != nil || !utf8.ValidString(s.GetMessage()) || strings.Contains(string(data), rpctest.Secret) {
			t.Fatalf("sent %v: %v", s, err)
		}
		if value := fmt.Sprint(failed.Meta()); strings.Contains(value, rpctest.Secret) {
			t.Fatalf("sent %s", value)
		}
		size := base64.RawStdEncoding.EncodedLen(len(data)) + len(url.PathEscape(s.GetMessage())) + 60
		if largest = max(largest, size); size > rpcstatus.DefaultBytes {
			t.Fatalf("%d bytes for %v", size, s)
		}
		info := new(errdetails.ErrorInfo)
		if err := s.GetDetails()[0].UnmarshalTo(info); err != nil || info.GetReason() == "" || info.GetDomain() == "" {
			t.Fatalf("no ErrorInfo: %v", s)
		}
		if info.GetMetadata()[rpcstatus.KeyDropped] != "" || info.GetMetadata()[rpcstatus.KeyTotal] != "" {
			dropped++
		}
	}
	t.Logf("%d errors, the largest has %d bytes of trailers, %d say what was left out", count, largest, dropped)
	for _, p := range protocols {
		if strings.HasSuffix(p.name, "JSON") || strings.HasSuffix(p.name, "GET") {
			continue // The message of a health check is like a StringValue only in Protobuf.
		}
		health := connect.NewClient[message, message](server.Client(), server.URL+"/grpc.health.v1.Health/Check", p.options...)
		if _, err := health.CallUnary(context.Background(), connect.NewRequest(new(message))); err != nil {
			t.Errorf("%s: the connection is broken: %v", p.name, err)
		}
	}
}

func TestCalls(t *testing.T) {
	bundle := rpctest.Load(t)
	returned := func(err error) fail { return func(context.Context) error { return err } }
	secret := errors.New(rpctest.Secret)
	tests := append(rpctest.Cases(),
		rpctest.Case{Name: "Connect status", Fail: returned(connect.NewError(connect.CodeNotFound, secret)),
			Is: codes.ObjectNotFound, Status: catalog.RPCNotFound},
		rpctest.Case{Name: "status of a failure", Fail: returned(connect.NewError(connect.CodeDataLoss, secret)),
			Is: codes.InternalServerError, Status: catalog.RPCInternal},
		rpctest.Case{Name: "status outside the standard", Fail: returned(connect.NewError(300, secret)),
			Is: codes.SessionMissing, Status: catalog.RPCUnauthenticated},
		rpctest.Case{Name: "empty status", Fail: returned((*connect.Error)(nil)),
			Is: codes.InternalServerError, Status: catalog.RPCInternal},
		rpctest.Case{Name: "not modified", Fail: returned(connect.NewNotModifiedError(nil)),
			Is: codes.InternalServerError, Status: catalog.RPCInternal},
		rpctest.Case{Name: "code that wraps a status",
			Fail: returned(codes.FileSaveError.Wrap(connect.NewError(connect.CodeNotFound, secret))),
			Is:   codes.FileSaveError, Status: catalog.RPCInternal},
	)
	for _, test := range tests {
		server := with(t, bundle, test.Fail)
		each(t, server, test.Name, func(t *testing.T, _ string, call func(context.Context) error) {
			err := call(reading(bundle, "de"))
			if connect.IsNotModifiedError(err) {
				return // as the caller of GET asked for
			}
			failed, ok := errors.AsType[*connect.Error](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			var sent []any
			for _, d := range failed.Details() {
				sent = append(sent, string(d.Bytes()))
			}
			test.Check(t, err, catalog.RPC(failed.Code()), append(sent, failed.Message(), failed.Meta()))
		})
	}
	server := with(t, bundle, returned(nil))
	each(t, server, "no error", func(t *testing.T, _ string, call func(context.Context) error) {
		if err := call(reading(bundle, "de")); err != nil {
			t.Errorf("got %v", err)
		}
	})
}
