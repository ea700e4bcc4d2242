package e2e_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"connectrpc.com/connect"
	"connectrpc.com/grpchealth"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/connecterr"
	"github.com/errlingo/errlingo/grpcerr"
	"github.com/errlingo/errlingo/internal/rpctest"
	"github.com/errlingo/errlingo/problem"
	"github.com/errlingo/errlingo/rpcstatus"
)

// TestRPCClients calls servers with clients in JavaScript, which nobody here wrote: grpc-js, and
// connect-node in all its protocols. It needs Node, and their npm packages in the folder that
// ERRLINGO_RPC_CLIENTS names.
func TestRPCClients(t *testing.T) {
	if os.Getenv("ERRLINGO_RPC_CLIENTS") == "" {
		t.Skip("ERRLINGO_RPC_CLIENTS is not set; .ci/tools says how to install the clients into the folder that it names")
	}
	bundle := rpctest.Load(t)
	respond := rpctest.Responder(bundle)
	servers := []struct {
		name    string
		serve   func(net.Listener) (stop func())
		clients []string
	}{
		{"grpcerr", func(l net.Listener) func() { return serveGRPC(l, respond) }, []string{"grpc-js", "grpc"}},
		{"connecterr", func(l net.Listener) func() { return serveConnect(l, respond) },
			[]string{"grpc-js", "grpc", "grpc-web", "connect", "connect-get"}},
	}
	schema := filepath.Join(t.TempDir(), "schema")
	data, err := proto.Marshal(schemas())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(schema, data, 0o600); err != nil {
		t.Fatal(err)
	}
	type call struct {
		Name     string `json:"name"`
		Language string `json:"language"`
	}
	var calls []call
	for code := range codes.Domain.Codes() {
		for _, language := range []string{"en", "de", "ar"} {
			calls = append(calls, call{code.Name(), language})
		}
	}
	for _, server := range servers {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		stop := server.serve(listener)
		for _, client := range server.clients {
			t.Run(server.name+"/"+client, func(t *testing.T) {
				input, err := json.Marshal(map[string]any{
					"client": client, "address": listener.Addr().String(), "schema": schema, "calls": calls,
					"count": 10_000 / len(server.clients), "secret": rpctest.Secret, "budget": rpcstatus.DefaultBytes,
				})
				if err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command("node", "testdata/clients.mjs", string(input))
				cmd.Stderr = t.Output()
				out, err := cmd.Output()
				if err != nil {
					t.Fatal(err)
				}
				var got struct {
					Shown                []shown
					Largest, Cut, Health int
				}
				if err := json.Unmarshal(out, &got); err != nil || len(got.Shown) != len(calls) {
					t.Fatalf("%v: %d answers to %d calls", err, len(got.Shown), len(calls))
				}
				for i, call := range calls {
					got.Shown[i].check(t, codes.Domain.Code(call.Name), call.Language)
					rpctest.Check(t, bundle, got.Shown[i].err(t), codes.Domain.Code(call.Name).Example(), call.Language)
				}
				if got.Health != int(grpc_health_v1.HealthCheckResponse_SERVING) {
					t.Errorf("health %d", got.Health)
				}
				t.Logf("%d random errors, the largest has %d bytes of trailers, %d say what was left out",
					10_000/len(server.clients), got.Largest, got.Cut)
			})
		}
		stop()
	}
}

// shown is what the user of a client sees, and the status that the client has received.
type shown struct {
	Reason, Text, Locale string
	Status               []byte
}

// err returns the error that the status is.
func (s *shown) err(t *testing.T) error {
	t.Helper()
	status := new(spb.Status)
	if err := proto.Unmarshal(s.Status, status); err != nil {
		t.Fatal(err)
	}
	return rpcstatus.Error(status, codes.Domain)
}

// check checks that the client reads from the status what we read.
func (s *shown) check(t *testing.T, sent *catalog.Code, language string) {
	t.Helper()
	d := problem.Received(s.err(t))
	want := d.Detail.Value
	if want == "" {
		want = d.Title.Value
	}
	if s.Reason != d.Name || s.Text != want || s.Locale != language {
		t.Errorf("%s in %s is shown as %s: %q in %s, want %q", sent.Name(), language, s.Reason, s.Text, s.Locale, want)
	}
}

// failing returns what the method of the service does: it fails with the example of a code, or at
// random.
func failing() func(name string) error {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(11, 5))
	return func(name string) error {
		if code := codes.Domain.Code(name); code != nil {
			return code.Example()
		}
		mu.Lock()
		defer mu.Unlock()
		return rpctest.Random(random)
	}
}

func serveGRPC(l net.Listener, respond *problem.Responder) (stop func()) {
	fail := failing()
	s := grpc.NewServer(grpcerr.Server{Responder: respond}.Options()...)
	s.RegisterService(&grpc.ServiceDesc{
		ServiceName: "test.Test", HandlerType: (*any)(nil),
		Methods: []grpc.MethodDesc{{MethodName: "Fail", Handler: func(
			_ any, ctx context.Context, decode func(any) error, intercept grpc.UnaryServerInterceptor,
		) (any, error) {
			in := new(wrapperspb.StringValue)
			if err := decode(in); err != nil {
				return nil, err
			}
			return intercept(ctx, in, &grpc.UnaryServerInfo{FullMethod: "/test.Test/Fail"},
				func(context.Context, any) (any, error) { return nil, fail(in.GetValue()) })
		}}},
	}, struct{}{})
	grpc_health_v1.RegisterHealthServer(s, health.NewServer())
	go func() { _ = s.Serve(l) }()
	return s.Stop
}

func serveConnect(l net.Listener, respond *problem.Responder) (stop func()) {
	fail, answer := failing(), connecterr.Server{Responder: respond}
	mux := http.NewServeMux()
	mux.Handle("/test.Test/Fail", connect.NewUnaryHandler("/test.Test/Fail", func(
		_ context.Context, r *connect.Request[wrapperspb.StringValue],
	) (*connect.Response[wrapperspb.StringValue], error) {
		return nil, fail(r.Msg.GetValue())
	}, connect.WithInterceptors(answer), connect.WithIdempotency(connect.IdempotencyNoSideEffects)))
	mux.Handle(grpchealth.NewHandler(grpchealth.NewStaticChecker()))
	s := &http.Server{
		Handler: answer.Handler(mux), Protocols: new(http.Protocols),
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	s.Protocols.SetUnencryptedHTTP2(true)
	go func() { _ = s.Serve(l) }()
	return func() { _ = s.Close() }
}

// schemas returns all messages and services that the clients need.
func schemas() *descriptorpb.FileDescriptorSet {
	service := &descriptorpb.FileDescriptorProto{
		Name: proto.String("test.proto"), Package: proto.String("test"), Syntax: proto.String("proto3"),
		Dependency: []string{wrapperspb.File_google_protobuf_wrappers_proto.Path()},
		Service: []*descriptorpb.ServiceDescriptorProto{{
			Name: proto.String("Test"), Method: []*descriptorpb.MethodDescriptorProto{{
				Name: proto.String("Fail"), InputType: proto.String(".google.protobuf.StringValue"),
				OutputType: proto.String(".google.protobuf.StringValue"),
				Options: &descriptorpb.MethodOptions{
					IdempotencyLevel: descriptorpb.MethodOptions_NO_SIDE_EFFECTS.Enum(),
				},
			}},
		}},
	}
	set := new(descriptorpb.FileDescriptorSet)
	var add func(f protoreflect.FileDescriptor)
	add = func(f protoreflect.FileDescriptor) {
		for i := range f.Imports().Len() {
			add(f.Imports().Get(i).FileDescriptor)
		}
		if !slices.ContainsFunc(set.File, func(d *descriptorpb.FileDescriptorProto) bool { return d.GetName() == f.Path() }) {
			set.File = append(set.File, protodesc.ToFileDescriptorProto(f))
		}
	}
	add(wrapperspb.File_google_protobuf_wrappers_proto)
	add(errdetails.File_google_rpc_error_details_proto)
	add(spb.File_google_rpc_status_proto)
	add(grpc_health_v1.File_grpc_health_v1_health_proto)
	set.File = append(set.File, service)
	return set
}
