package grpcerr

import (
	"context"
	"io"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/rpcstatus"
)

// Client sends the language with each call and turns the status of a failed one back into an error:
// a *[catalog.Error] with its public arguments if the code is known, and a *problem.Foreign
// otherwise. [problem.Received] returns all that the server said.
//
// The error is still a gRPC status: [status.Code] and [status.FromError] return what the server has
// sent. If the call has ended because its context has, the error is also [context.Canceled] or
// [context.DeadlineExceeded] for errors.Is.
type Client struct {
	// Domains are those whose codes the server may send.
	Domains []*catalog.Domain
	// Language returns the language to ask for, as in Accept-Language, or "" to leave it to the
	// server. If nil, it is the reader's of the localizer in the context, if there is one, with the
	// region. A call whose metadata has accept-language already keeps that.
	Language func(ctx context.Context) string
}

// Options returns the options of a connection: both interceptors.
func (c Client) Options() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithChainUnaryInterceptor(c.Unary), grpc.WithChainStreamInterceptor(c.Stream),
	}
}

// Unary is a [grpc.UnaryClientInterceptor].
func (c Client) Unary(
	ctx context.Context, method string, request, response any, conn *grpc.ClientConn,
	invoke grpc.UnaryInvoker, options ...grpc.CallOption,
) error {
	ctx = c.ask(ctx)
	return c.received(ctx, invoke(ctx, method, request, response, conn, options...))
}

// Stream is a [grpc.StreamClientInterceptor].
func (c Client) Stream(
	ctx context.Context, desc *grpc.StreamDesc, conn *grpc.ClientConn, method string,
	open grpc.Streamer, options ...grpc.CallOption,
) (grpc.ClientStream, error) {
	ctx = c.ask(ctx)
	stream, err := open(ctx, desc, conn, method, options...)
	if err != nil {
		return nil, c.received(ctx, err)
	}
	return &receiver{stream, c, ctx}, nil
}

func (c Client) core() *rpcstatus.Client {
	return &rpcstatus.Client{Domains: c.Domains, Language: c.Language}
}

// ask returns the context with the language in the outgoing metadata.
func (c Client) ask(ctx context.Context) context.Context {
	const key = "accept-language"
	if md, _ := metadata.FromOutgoingContext(ctx); len(md.Get(key)) > 0 {
		return ctx
	}
	if language := c.core().AcceptLanguage(ctx); language != "" {
		return metadata.AppendToOutgoingContext(ctx, key, language)
	}
	return ctx
}

// receiver turns the errors of a stream back.
type receiver struct {
	grpc.ClientStream
	client Client
	ctx    context.Context // the caller's; that of the stream ends with it
}

func (r *receiver) Header() (metadata.MD, error) {
	md, err := r.ClientStream.Header()
	return md, r.client.received(r.ctx, err)
}

func (r *receiver) CloseSend() error {
	return r.client.received(r.ctx, r.ClientStream.CloseSend())
}

func (r *receiver) SendMsg(m any) error {
	return r.client.received(r.ctx, r.ClientStream.SendMsg(m))
}

func (r *receiver) RecvMsg(m any) error {
	return r.client.received(r.ctx, r.ClientStream.RecvMsg(m))
}

// received returns the error that the status of a call is. The end of a stream stays what it is.
func (c Client) received(ctx context.Context, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	s, ok := status.FromError(err)
	if !ok {
		return err
	}
	return &failure{c.core().Error(ctx, s.Proto()), s}
}

// failure is an error that is a status, too. A server that returns it without the interceptors of
// [Server] passes on the status that it has received.
type failure struct {
	error
	status *status.Status
}

// Unwrap returns the error that the status is.
func (f *failure) Unwrap() error { return f.error }

// GRPCStatus returns the status as it was received, for package status.
func (f *failure) GRPCStatus() *status.Status { return f.status }
