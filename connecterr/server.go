// Package connecterr answers calls over Connect, gRPC and gRPC-Web with errors, in the caller's
// language, and turns such answers back into errors. It is for servers and clients made with
// connectrpc.com/connect.
//
//	errors := connecterr.Server{Responder: respond}
//	mux.Handle(shopconnect.NewShopHandler(shop, connect.WithInterceptors(errors)))
//	err := http.ListenAndServe(address, errors.Handler(mux))
//
//	client := shopconnect.NewShopClient(http.DefaultClient, address,
//		connect.WithInterceptors(connecterr.Client{Domains: []*catalog.Domain{shop.Domain}}))
//
// A method returns errors as any Go function does. Package rpcstatus describes what is sent, and
// package problem decides what that says: it is never a cause, a panic or an argument that is not
// public.
package connecterr

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"

	"connectrpc.com/connect"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
	"github.com/errlingo/errlingo/rpcstatus"
)

// Server answers calls with errors. It is a [connect.Interceptor], and should be the first one, so
// that it sees the errors of all others. The zero value is ready to use and shows texts as they
// were declared. The caller's language is in the header Accept-Language (RFC 9110, section 12.5.4).
//
// An error without a code that is a *[connect.Error] is answered as the standard code that means
// the same: CodeNotFound as OBJECT_NOT_FOUND. Its text is logged, not sent; its metadata is sent.
// CodeUnknown, CodeInternal, CodeDataLoss, CodeAborted, CodeFailedPrecondition and CodeOutOfRange
// are answered as [problem.Options.Internal]; use [problem.Options.Map] if they mean something
// else.
//
// [connect.WithSendMaxBytes] makes Connect leave out the details of an error that is larger.
type Server struct {
	// Responder decides what is said. If nil, it is that of problem.New(nil, problem.Options{}).
	Responder *problem.Responder
	// MaxBytes is the most that a status takes in trailers, [rpcstatus.DefaultBytes] if zero.
	MaxBytes int
}

// WrapUnary implements [connect.Interceptor]. The method's context carries the caller's localizer,
// for errlingo.FromContext. A panic of the method is answered and logged.
func (s Server) WrapUnary(next connect.UnaryFunc) connect.UnaryFunc {
	return func(
		ctx context.Context, message connect.AnyRequest,
	) (response connect.AnyResponse, err error) {
		if message.Spec().IsClient {
			return next(ctx, message)
		}
		core, get := s.core(), message.HTTPMethod() == http.MethodGet
		r := request(message.Spec(), message.Header())
		if get {
			r.Method, r.URL.RawQuery = http.MethodGet, message.Peer().Query.Encode()
		}
		ctx = core.NewContext(ctx, r)
		err = rpcstatus.Recover(func() error {
			response, err = next(ctx, message)
			return err
		})
		heldOf(ctx).called()
		if err == nil || get && connect.IsNotModifiedError(err) {
			return response, err
		}
		heldOf(ctx).pass()
		failed := answer(ctx, core, err)
		if get {
			failed.Meta().Set("Cache-Control", "no-store")
		}
		return nil, failed
	}
}

// WrapStreamingHandler implements [connect.Interceptor]; see [Server.WrapUnary].
func (s Server) WrapStreamingHandler(
	next connect.StreamingHandlerFunc,
) connect.StreamingHandlerFunc {
	return func(ctx context.Context, conn connect.StreamingHandlerConn) error {
		heldOf(ctx).pass()
		core := s.core()
		ctx = core.NewContext(ctx, request(conn.Spec(), conn.RequestHeader()))
		err := rpcstatus.Recover(func() error { return next(ctx, received{conn}) })
		if err != nil {
			return answer(ctx, core, err)
		}
		return nil
	}
}

// WrapStreamingClient implements [connect.Interceptor]. It changes nothing; see [Client].
func (s Server) WrapStreamingClient(next connect.StreamingClientFunc) connect.StreamingClientFunc {
	return next
}

// Gate returns a gate that answers the errors of another one, for [connect.WithRequestGate]. The
// context of that gate carries the caller's localizer, too.
func (s Server) Gate(gate connect.RequestGateFunc) connect.RequestGateFunc {
	return func(
		ctx context.Context, spec connect.Spec, peer connect.Peer, header http.Header,
	) (next context.Context, err error) {
		core := s.core()
		ctx = core.NewContext(ctx, request(spec, header))
		err = rpcstatus.Recover(func() error {
			next, err = gate(ctx, spec, peer, header)
			return err
		})
		if err != nil {
			heldOf(ctx).pass()
			return nil, answer(ctx, core, err)
		}
		return next, nil
	}
}

func (s Server) core() *rpcstatus.Server {
	return &rpcstatus.Server{Responder: s.Responder, MaxBytes: s.MaxBytes}
}

// request returns the call as an HTTP request.
func request(spec connect.Spec, header http.Header) *http.Request {
	return &http.Request{
		Method: http.MethodPost, URL: &url.URL{Path: spec.Procedure}, Header: header,
	}
}

// received is a stream whose messages may be too large for the server.
type received struct{ connect.StreamingHandlerConn }

func (r received) Receive(message any) error {
	return unread(r.StreamingHandlerConn.Receive(message))
}

// unread adds a code to an error of reading a message. Connect says with CodeResourceExhausted that
// it is too large, which elsewhere means that the caller has sent too many.
func unread(err error) error {
	if err == nil || errors.Is(err, io.EOF) ||
		connect.CodeOf(err) != connect.CodeResourceExhausted {
		return err
	}
	return codes.ObjectTooLarge.Wrap(err) //errlingo:ignore only the peer knows its limit
}

// answer returns the status for an error. It wraps nothing, so that nobody can send the cause.
func answer(ctx context.Context, core *rpcstatus.Server, err error) *connect.Error {
	failed, isStatus := errors.AsType[*connect.Error](err)
	if isStatus && catalog.CodeOf(err) == nil {
		err = rpcstatus.Coded(catalog.RPC(min(failed.Code(), connect.CodeUnauthenticated)), err)
	}
	status := core.Status(ctx, err)
	answered := connect.NewError(connect.Code(status.GetCode()), errors.New(status.GetMessage()))
	for _, detail := range status.GetDetails() {
		if d, err := connect.NewErrorDetail(detail); err == nil {
			answered.AddDetail(d)
		}
	}
	if isStatus && failed != nil && !connect.IsWireError(failed) {
		maps.Copy(answered.Meta(), failed.Meta())
	}
	return answered
}
