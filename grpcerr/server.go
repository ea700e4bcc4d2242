// Package grpcerr answers gRPC calls with errors, in the caller's language, and turns such answers
// back into errors.
//
//	server := grpc.NewServer(grpcerr.Server{Responder: respond}.Options()...)
//
//	client := grpcerr.Client{Domains: []*catalog.Domain{shop.Domain}}
//	conn, err := grpc.NewClient(address, append(client.Options(), credentials)...)
//
// A method returns errors as any Go function does. Package rpcstatus describes what is sent, and
// package problem decides what that says: it is never a cause, a panic or an argument that is not
// public.
package grpcerr

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
	"github.com/errlingo/errlingo/rpcstatus"
)

// Server answers calls with errors. The zero value is ready to use and shows texts as they were
// declared. The caller's language is in the metadata accept-language, in the form of the HTTP
// header (RFC 9110, section 12.5.4).
//
// An error without a code that is a gRPC status, such as one of a library, is answered as the
// standard code that means the same: NotFound as OBJECT_NOT_FOUND. Its text is logged, not sent. So
// is that of Unknown, Internal, DataLoss, Aborted, FailedPrecondition and OutOfRange, which are
// answered as [problem.Options.Internal]; use [problem.Options.Map] if they mean something else.
//
// gRPC itself answers a request that it cannot read, before any interceptor is called: one that is
// larger than the server allows, compressed in an unknown way, or not of the method's type.
type Server struct {
	// Responder decides what is said. If nil, it is that of problem.New(nil, problem.Options{}).
	Responder *problem.Responder
	// MaxBytes is the most that a status takes in trailers, [rpcstatus.DefaultBytes] if zero.
	MaxBytes int
}

// Options returns the options of a server: both interceptors, and an answer to unknown methods. The
// interceptors are the first of the chain that other options add to, so that they see the errors of
// all that come after.
func (s Server) Options() []grpc.ServerOption {
	return []grpc.ServerOption{
		grpc.ChainUnaryInterceptor(s.Unary),
		grpc.ChainStreamInterceptor(s.Stream),
		grpc.UnknownServiceHandler(func(any, grpc.ServerStream) error {
			return status.Error(codes.Unimplemented, "unknown method")
		}),
	}
}

// Unary is a [grpc.UnaryServerInterceptor]. The handler's context carries the caller's localizer,
// for errlingo.FromContext. A panic of the handler is answered and logged.
func (s Server) Unary(
	ctx context.Context, message any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler,
) (response any, err error) {
	core := s.core()
	ctx = core.NewContext(ctx, request(ctx, info.FullMethod))
	err = rpcstatus.Recover(func() error {
		response, err = handler(ctx, message)
		return err
	})
	if err != nil {
		return nil, answer(ctx, core, err)
	}
	return response, nil
}

// Stream is a [grpc.StreamServerInterceptor]; see [Server.Unary].
func (s Server) Stream(
	srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler,
) error {
	core := s.core()
	ctx := core.NewContext(stream.Context(), request(stream.Context(), info.FullMethod))
	err := rpcstatus.Recover(func() error { return handler(srv, &localized{stream, ctx}) })
	if err != nil {
		return answer(ctx, core, err)
	}
	return nil
}

func (s Server) core() *rpcstatus.Server {
	return &rpcstatus.Server{Responder: s.Responder, MaxBytes: s.MaxBytes}
}

// localized is a stream whose context carries the caller's localizer.
type localized struct {
	grpc.ServerStream
	ctx context.Context
}

func (s *localized) Context() context.Context { return s.ctx }

// request returns the call as an HTTP request.
func request(ctx context.Context, method string) *http.Request {
	md, _ := metadata.FromIncomingContext(ctx)
	header := make(http.Header, len(md))
	for name, values := range md {
		if !strings.HasSuffix(name, "-bin") {
			header[http.CanonicalHeaderKey(name)] = values
		}
	}
	return &http.Request{Method: http.MethodPost, URL: &url.URL{Path: method}, Header: header}
}

// answer returns the status for an error. It wraps nothing, so that nobody can send the cause.
func answer(ctx context.Context, core *rpcstatus.Server, err error) error {
	if catalog.CodeOf(err) != nil {
		// An error with a code is answered as that, whatever it wraps.
	} else if s, ok := status.FromError(err); ok {
		err = rpcstatus.Coded(catalog.RPC(min(s.Code(), codes.Unauthenticated)), err)
	}
	return status.FromProto(core.Status(ctx, err)).Err()
}
