package grpcerr_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	rpc "google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/grpcerr"
	"github.com/errlingo/errlingo/internal/rpctest"
	"github.com/errlingo/errlingo/problem"
	"github.com/errlingo/errlingo/rpcstatus"
)

// fail is what the methods of the test's service do.
type fail func(ctx context.Context) error

// serve starts a server whose three methods fail, and returns a connection to it.
func serve(t *testing.T, f fail, server []grpc.ServerOption, client ...grpc.DialOption) *grpc.ClientConn {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := grpc.NewServer(server...)
	unary := func(_ any, ctx context.Context, decode func(any) error, intercept grpc.UnaryServerInterceptor) (any, error) {
		in := new(wrapperspb.StringValue)
		if err := decode(in); err != nil {
			return nil, err
		}
		handle := func(ctx context.Context, _ any) (any, error) { return in, f(ctx) }
		if intercept == nil {
			return handle(ctx, in)
		}
		return intercept(ctx, in, &grpc.UnaryServerInfo{FullMethod: "/test.Test/Unary"}, handle)
	}
	stream := func(_ any, s grpc.ServerStream) error {
		in := new(wrapperspb.StringValue)
		if err := s.RecvMsg(in); err != nil {
			return err
		}
		if err := s.SendMsg(in); err != nil {
			return err
		}
		return f(s.Context())
	}
	s.RegisterService(&grpc.ServiceDesc{
		ServiceName: "test.Test", HandlerType: (*any)(nil),
		Methods: []grpc.MethodDesc{{MethodName: "Unary", Handler: unary}},
		Streams: []grpc.StreamDesc{
			{StreamName: "Server", Handler: stream, ServerStreams: true},
			{StreamName: "Bidi", Handler: stream, ServerStreams: true, ClientStreams: true},
		},
	}, struct{}{})
	grpc_health_v1.RegisterHealthServer(s, health.NewServer())
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(s.Stop)
	conn, err := grpc.NewClient(listener.Addr().String(),
		append(client, grpc.WithTransportCredentials(insecure.NewCredentials()))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// ways are how a method is called. Each returns the error that the call ends with.
var ways = []struct {
	name string
	call func(ctx context.Context, conn *grpc.ClientConn) error
}{
	{"unary", func(ctx context.Context, conn *grpc.ClientConn) error {
		return conn.Invoke(ctx, "/test.Test/Unary", wrapperspb.String("x"), new(wrapperspb.StringValue))
	}},
	{"server stream", func(ctx context.Context, conn *grpc.ClientConn) error {
		return streamed(ctx, conn, &grpc.StreamDesc{ServerStreams: true}, "/test.Test/Server")
	}},
	{"bidi", func(ctx context.Context, conn *grpc.ClientConn) error {
		return streamed(ctx, conn, &grpc.StreamDesc{ServerStreams: true, ClientStreams: true}, "/test.Test/Bidi")
	}},
}

func streamed(ctx context.Context, conn *grpc.ClientConn, desc *grpc.StreamDesc, method string) error {
	s, err := conn.NewStream(ctx, desc, method)
	if err != nil {
		return err
	}
	if err := s.SendMsg(wrapperspb.String("x")); err != nil {
		return err
	}
	if !desc.ClientStreams {
		if err := s.CloseSend(); err != nil {
			return err
		}
	}
	for {
		if err := s.RecvMsg(new(wrapperspb.StringValue)); err != nil {
			return err
		}
	}
}

var standard = grpcerr.Client{Domains: []*catalog.Domain{codes.Domain}}

// reading returns a context of a reader of the language.
func reading(bundle *errlingo.Bundle, language string) context.Context {
	return errlingo.NewContext(context.Background(), bundle.Localizer(language))
}

// TestRoundTrip checks that every standard code comes back from every kind of call.
func TestRoundTrip(t *testing.T) {
	bundle := rpctest.Load(t)
	var sent *catalog.Error
	conn := serve(t, func(context.Context) error { return sent },
		grpcerr.Server{Responder: rpctest.Responder(bundle)}.Options(), standard.Options()...)
	for code := range codes.Domain.Codes() {
		sent = code.Example()
		for _, reader := range []string{"en", "de", "ar"} {
			for _, way := range ways {
				t.Run(code.Name()+" "+reader+" "+way.name, func(t *testing.T) {
					err := way.call(reading(bundle, reader), conn)
					rpctest.Check(t, bundle, err, sent, reader)
					if got, want := status.Code(err), rpc.Code(code.RPCStatus()); got != want &&
						code.Spec().ShownAs == nil && code.Spec().HTTP != 0 && code.Audience() != catalog.AudienceOperator {
						t.Errorf("status %v, want %v", got, want)
					}
				})
			}
		}
	}
}

// TestRandomErrors checks that whatever fails, no secret is sent, all is valid UTF-8 and within the
// limit, and the connection works.
func TestRandomErrors(t *testing.T) {
	bundle := rpctest.Load(t)
	random := rand.New(rand.NewPCG(11, 4))
	var sent error
	conn := serve(t, func(context.Context) error { return sent }, grpcerr.Server{Responder: rpctest.Responder(bundle)}.Options())
	count := 10_000
	if testing.Short() {
		count = 500
	}
	largest, dropped := 0, 0
	for i := range count {
		sent = rpctest.Random(random)
		var trailer metadata.MD
		ctx := metadata.AppendToOutgoingContext(context.Background(), "accept-language", []string{"de", "ar", "en", "xx"}[i%4])
		err := conn.Invoke(ctx, "/test.Test/Unary", wrapperspb.String("x"), new(wrapperspb.StringValue), grpc.Trailer(&trailer))
		s := status.Convert(err).Proto()
		data, marshalErr := proto.Marshal(s)
		if marshalErr != nil || !utf8.ValidString(s.GetMessage()) {
			t.Fatalf("%v: %v", sent, marshalErr)
		}
		if s.GetCode() == int32(rpc.OK) || len(s.GetDetails()) == 0 || strings.Contains(string(data), rpctest.Secret) {
			t.Fatalf("sent %v", s)
		}
		size := base64.RawStdEncoding.EncodedLen(len(data)) + len(s.GetMessage()) + 60
		largest = max(largest, size)
		if size > rpcstatus.DefaultBytes {
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
	if _, err := grpc_health_v1.NewHealthClient(conn).Check(context.Background(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
		t.Errorf("the connection is broken: %v", err)
	}
}

func TestCalls(t *testing.T) {
	bundle := rpctest.Load(t)
	returned := func(err error) fail { return func(context.Context) error { return err } }
	tests := append(rpctest.Cases(),
		rpctest.Case{Name: "gRPC status", Fail: returned(status.Error(rpc.NotFound, rpctest.Secret)),
			Is: codes.ObjectNotFound, Status: catalog.RPCNotFound},
		rpctest.Case{Name: "status of a failure", Fail: returned(status.Error(rpc.DataLoss, rpctest.Secret)),
			Is: codes.InternalServerError, Status: catalog.RPCInternal},
		rpctest.Case{Name: "status outside the standard", Fail: returned(status.Error(300, rpctest.Secret)),
			Is: codes.SessionMissing, Status: catalog.RPCUnauthenticated},
		rpctest.Case{Name: "code that wraps a status",
			Fail: returned(codes.FileSaveError.Wrap(status.Error(rpc.NotFound, rpctest.Secret))),
			Is:   codes.FileSaveError, Status: catalog.RPCInternal},
	)
	for _, test := range tests {
		conn := serve(t, test.Fail, grpcerr.Server{Responder: rpctest.Responder(bundle)}.Options(), standard.Options()...)
		for _, way := range ways {
			t.Run(test.Name+" "+way.name, func(t *testing.T) {
				err := way.call(reading(bundle, "de"), conn)
				test.Check(t, err, catalog.RPC(status.Code(err)), status.Convert(err).Proto())
			})
		}
	}
	conn := serve(t, returned(nil), grpcerr.Server{Responder: rpctest.Responder(bundle)}.Options(), standard.Options()...)
	for _, way := range ways {
		t.Run("no error "+way.name, func(t *testing.T) {
			if err := way.call(reading(bundle, "de"), conn); err != nil && err != io.EOF {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestBeforeHandlers checks the calls that no handler answers.
func TestBeforeHandlers(t *testing.T) {
	bundle := rpctest.Load(t)
	block := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	conn := serve(t, block, grpcerr.Server{Responder: rpctest.Responder(bundle)}.Options(), standard.Options()...)
	t.Run("unknown method", func(t *testing.T) {
		err := conn.Invoke(reading(bundle, "de"), "/test.Test/Missing", wrapperspb.String("x"), new(wrapperspb.StringValue))
		if !errors.Is(err, codes.CommandUnavailable) || status.Code(err) != rpc.Unimplemented || problem.Received(err).Lang() != "de" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("request too large", func(t *testing.T) {
		err := conn.Invoke(reading(bundle, "de"), "/test.Test/Unary", wrapperspb.String(strings.Repeat("x", 5<<20)), new(wrapperspb.StringValue))
		if _, ok := errors.AsType[*problem.Foreign](err); !ok || status.Code(err) != rpc.ResourceExhausted {
			t.Errorf("got %v", err)
		}
	})
	for _, way := range ways {
		t.Run("canceled "+way.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			time.AfterFunc(20*time.Millisecond, cancel)
			if err := way.call(ctx, conn); !errors.Is(err, context.Canceled) || status.Code(err) != rpc.Canceled {
				t.Errorf("got %v", err)
			}
		})
		t.Run("deadline "+way.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
			defer cancel()
			err := way.call(ctx, conn)
			if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, codes.Timeout) || status.Code(err) != rpc.DeadlineExceeded {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("unreachable", func(t *testing.T) {
		lost, err := grpc.NewClient("127.0.0.1:1", append(standard.Options(), grpc.WithTransportCredentials(insecure.NewCredentials()))...)
		if err != nil {
			t.Fatal(err)
		}
		defer lost.Close()
		for _, way := range ways {
			err := way.call(context.Background(), lost)
			if _, ok := errors.AsType[*problem.Foreign](err); !ok || status.Code(err) != rpc.Unavailable {
				t.Errorf("%s: got %v", way.name, err)
			}
		}
	})
}

// TestLanguage checks which language a client asks for.
func TestLanguage(t *testing.T) {
	bundle := rpctest.Load(t)
	with := func(language string) context.Context {
		return metadata.AppendToOutgoingContext(reading(bundle, "ar"), "accept-language", language)
	}
	choose := grpcerr.Client{Domains: standard.Domains, Language: func(context.Context) string { return "ar-EG" }}
	tests := []struct {
		name   string
		ctx    context.Context
		client grpcerr.Client
		want   string
	}{
		{"none", context.Background(), standard, "en"},
		{"of the context", reading(bundle, "de"), standard, "de"},
		{"of the metadata", with("de-CH, en;q=0.5"), standard, "de"},
		{"of the function", reading(bundle, "de"), choose, "ar"},
		{"hostile", with(strings.Repeat("en_t_", 1000)), standard, "en"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var inside string
			conn := serve(t, func(ctx context.Context) error {
				inside = errlingo.FromContext(ctx).Locale().String()
				return codes.ObjectNotFound
			}, grpcerr.Server{Responder: rpctest.Responder(bundle)}.Options(), test.client.Options()...)
			for _, way := range ways {
				err := way.call(test.ctx, conn)
				if got := problem.Received(err).Lang(); got != test.want || inside != test.want {
					t.Errorf("%s: got %s, and %s in the handler, want %s", way.name, got, inside, test.want)
				}
			}
		})
	}
}

// TestHostileServer checks what a client makes of statuses that no server of ours sends.
func TestHostileServer(t *testing.T) {
	pack := func(messages ...proto.Message) (all []*anypb.Any) {
		for _, m := range messages {
			detail, err := anypb.New(m)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, detail)
		}
		return all
	}
	info := func(domain, reason string, metadata map[string]string) *errdetails.ErrorInfo {
		return &errdetails.ErrorInfo{Domain: domain, Reason: reason, Metadata: metadata}
	}
	many := make([]*errdetails.BadRequest_FieldViolation, 20_000)
	for i := range many {
		many[i] = &errdetails.BadRequest_FieldViolation{Field: "a[", Reason: "INVALID_VALUE"}
	}
	keys := map[string]string{}
	for i := range 5000 {
		keys[fmt.Sprint("key", i)] = "x"
	}
	tests := []struct {
		name    string
		status  *spb.Status
		foreign bool
	}{
		{"no details", &spb.Status{Code: 5, Message: "no such row"}, true},
		{"code outside the standard", &spb.Status{Code: 9999, Message: "x"}, true},
		{"negative code", &spb.Status{Code: -1, Message: "x"}, true},
		{"long message", &spb.Status{Code: 5, Message: strings.Repeat("é", 1<<20)}, true},
		{"unknown type", &spb.Status{Code: 5, Details: []*anypb.Any{{TypeUrl: "evil.example/x", Value: []byte("x")}}}, true},
		{"bytes of no message", &spb.Status{Code: 5, Details: []*anypb.Any{{TypeUrl: "type.googleapis.com/google.rpc.ErrorInfo", Value: []byte{0xff}}}}, true},
		{"empty details", &spb.Status{Code: 5, Details: pack(&errdetails.ErrorInfo{}, &errdetails.LocalizedMessage{}, &errdetails.BadRequest{}, &errdetails.Help{}, &errdetails.RetryInfo{})}, true},
		{"unknown domain", &spb.Status{Code: 5, Details: pack(info("googleapis.com", "SERVICE_DISABLED", map[string]string{"service": "x"}))}, true},
		{"unknown name", &spb.Status{Code: 5, Details: pack(info(codes.Domain.Name(), "NEWER", nil))}, true},
		{"number and name differ", &spb.Status{Code: 5, Details: pack(info(codes.Domain.Name(), "OBJECT_NOT_FOUND", map[string]string{rpcstatus.KeyNumber: "7"}))}, true},
		{"known, nothing else", &spb.Status{Code: 5, Details: pack(info(codes.Domain.Name(), "OBJECT_NOT_FOUND", nil))}, false},
		{"arguments of the wrong type", &spb.Status{Code: 5, Details: pack(info(codes.Domain.Name(), "OBJECT_TOO_LARGE", map[string]string{"sizeLimit": "{]", "size": "1e999"}))}, false},
		{"many arguments", &spb.Status{Code: 5, Details: pack(info(codes.Domain.Name(), "OBJECT_NOT_FOUND", keys))}, false},
		{"many violations", &spb.Status{Code: 3, Details: pack(info(codes.Domain.Name(), "VALIDATION_ERROR", map[string]string{rpcstatus.KeyTotal: "-1", rpcstatus.KeyDomains: ",,"}), &errdetails.BadRequest{FieldViolations: many})}, false},
		{"odd language", &spb.Status{Code: 5, Details: pack(info(codes.Domain.Name(), "OBJECT_NOT_FOUND", nil), &errdetails.LocalizedMessage{Locale: "\x00-<x>", Message: "\x1b[31m"})}, false},
	}
	for _, test := range tests {
		conn := serve(t, func(context.Context) error { return status.FromProto(test.status).Err() }, nil, append(standard.Options(), grpc.WithMaxHeaderListSize(16<<20))...)
		for _, way := range ways {
			t.Run(test.name+" "+way.name, func(t *testing.T) {
				err := way.call(context.Background(), conn)
				f, foreign := errors.AsType[*problem.Foreign](err)
				if foreign != test.foreign || !foreign && catalog.CodeOf(err) == nil {
					t.Fatalf("got %v", err)
				}
				if data, _ := problem.Received(err).MarshalJSON(); len(data) > 128<<10 || len(err.Error()) > 4<<10 {
					t.Errorf("%d bytes, %d of text", len(data), len(err.Error()))
				}
				if foreign && f.Details.Status < 400 {
					t.Errorf("status %d", f.Details.Status)
				}
				if detail := (&errlingo.Localizer{}).Detail(err); detail == "" || strings.Contains(detail, "\x1b") {
					t.Errorf("detail %q", detail)
				}
			})
		}
	}
}
