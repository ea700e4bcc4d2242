package connecterr

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"

	"connectrpc.com/connect"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/types/known/anypb"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/rpcstatus"
)

// Client sends the language with each call and turns the status of a failed one back into an error:
// a *[catalog.Error] with its public arguments if the code is known, and a *problem.Foreign
// otherwise. problem.Received returns all that the server said. It is a [connect.Interceptor].
//
// The error is still a *[connect.Error] for errors.As, and [connect.CodeOf] returns its code. If
// the call has ended because its context has, the error is also [context.Canceled] or
// [context.DeadlineExceeded] for errors.Is.
type Client struct {
	// Domains are those whose codes the server may send.
	Domains []*catalog.Domain
	// Language returns the language to ask for, as in Accept-Language, or "" to leave it to the
	// server. If nil, it is the locale of the localizer in the context, if there is one. A call that
	// has the header Accept-Language already keeps that.
	Language func(ctx context.Context) string
}

// WrapUnary implements [connect.Interceptor].
func (c Client) WrapUnary(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, r connect.AnyRequest) (connect.AnyResponse, error) {
		if !r.Spec().IsClient {
			return next(ctx, r)
		}
		c.ask(ctx, r.Header())
		response, err := next(ctx, r)
		return response, c.received(ctx, err)
	}
}

// WrapStreamingClient implements [connect.Interceptor].
func (c Client) WrapStreamingClient(next connect.StreamingClientFunc) connect.StreamingClientFunc {
	return func(ctx context.Context, spec connect.Spec) connect.StreamingClientConn {
		return &stream{StreamingClientConn: next(ctx, spec), client: c, ctx: ctx}
	}
}

// WrapStreamingHandler implements [connect.Interceptor]. It changes nothing; see [Server].
func (c Client) WrapStreamingHandler(
	next connect.StreamingHandlerFunc,
) connect.StreamingHandlerFunc {
	return next
}

func (c Client) core() *rpcstatus.Client {
	return &rpcstatus.Client{Domains: c.Domains, Language: c.Language}
}

// ask adds the language to the header of a call.
func (c Client) ask(ctx context.Context, header http.Header) {
	const key = "Accept-Language"
	if len(header.Values(key)) > 0 {
		return
	}
	if language := c.core().AcceptLanguage(ctx); language != "" {
		header.Set(key, language)
	}
}

// received returns the error that the status of a call is. The end of a stream stays what it is.
func (c Client) received(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, io.EOF) || connect.IsNotModifiedError(err) {
		return err
	}
	status, ok := errors.AsType[*connect.Error](err)
	if !ok {
		return err
	}
	s := &spb.Status{Code: int32(status.Code()), Message: status.Message()}
	for _, d := range status.Details() {
		s.Details = append(s.Details,
			&anypb.Any{TypeUrl: "type.googleapis.com/" + d.Type(), Value: d.Bytes()})
	}
	return &failure{c.core().Error(ctx, s), status}
}

// stream asks for a language before it sends something, and turns errors back.
type stream struct {
	connect.StreamingClientConn
	client Client
	ctx    context.Context
	asked  sync.Once
}

// ask adds the language. The caller of the method adds its own headers after the stream is made.
func (s *stream) ask() {
	s.asked.Do(func() { s.client.ask(s.ctx, s.RequestHeader()) })
}

func (s *stream) Send(message any) error {
	s.ask()
	return s.client.received(s.ctx, s.StreamingClientConn.Send(message))
}

func (s *stream) CloseRequest() error {
	s.ask()
	return s.client.received(s.ctx, s.StreamingClientConn.CloseRequest())
}

func (s *stream) Receive(message any) error {
	return s.client.received(s.ctx, s.StreamingClientConn.Receive(message))
}

func (s *stream) CloseResponse() error {
	return s.client.received(s.ctx, s.StreamingClientConn.CloseResponse())
}

// failure is an error that is a status, too. A server that returns it without [Server] passes on
// the status that it has received.
type failure struct {
	error
	status *connect.Error
}

// Unwrap returns the error that the status is.
func (f *failure) Unwrap() error { return f.error }

// As sets a target of the type *[connect.Error] to the status as it was received.
func (f *failure) As(target any) bool {
	status, ok := target.(**connect.Error)
	if ok {
		*status = f.status
	}
	return ok
}
