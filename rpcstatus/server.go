package rpcstatus

import (
	"context"
	"errors"
	"net/http"

	spb "google.golang.org/genproto/googleapis/rpc/status"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

// Server answers calls with errors, as a transport needs it. The zero value is ready to use.
type Server struct {
	// Responder decides what is said. If nil, it is that of problem.New(nil, problem.Options{}).
	Responder *problem.Responder
	// MaxBytes is the most that a status takes; see [New].
	MaxBytes int
}

var zero = problem.New(nil, problem.Options{})

func (s *Server) responder() *problem.Responder {
	if s.Responder == nil {
		return zero
	}
	return s.Responder
}

// NewContext returns the context with the localizer of the caller, for [errlingo.FromContext]. The
// request is what the RPC library knows of the call: its procedure as path, and its metadata as
// header. Functions of [problem.Options] get it, too.
func (s *Server) NewContext(ctx context.Context, r *http.Request) context.Context {
	return errlingo.NewContext(ctx, s.responder().Localizer(r.WithContext(ctx)))
}

// Status returns the status for an error, to whoever the localizer in the context is for, and logs
// the error. A canceled call has no details, since nobody reads them.
func (s *Server) Status(ctx context.Context, err error) *spb.Status {
	d := s.responder().Details(ctx, errlingo.FromContext(ctx), err)
	if d == nil {
		return &spb.Status{Code: int32(catalog.RPCCanceled), Message: "canceled"}
	}
	return New(d, s.MaxBytes)
}

// Recover calls f and returns its error. A panic becomes an error, see [problem.Recover], even if
// its value is [http.ErrAbortHandler], which would end a program that is not an HTTP server.
func Recover(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("aborted by http.ErrAbortHandler")
		}
	}()
	return problem.Recover(f)
}

// Coded returns an error that has an RPC status but no code with the standard code that means the
// same. The text of such a status is for the log alone, like any cause. If there is no such code,
// the error is returned unchanged, and so is a *[problem.Foreign]: what another service has not
// found is not what the caller has asked for.
func Coded(status catalog.RPC, err error) error {
	if _, foreign := errors.AsType[*problem.Foreign](err); foreign {
		return err
	}
	switch status {
	case catalog.RPCCanceled:
		return errors.Join(err, context.Canceled)
	case catalog.RPCInvalidArgument:
		return codes.ValidationError.Wrap(err)
	case catalog.RPCDeadlineExceeded:
		return codes.Timeout.Wrap(err)
	case catalog.RPCNotFound:
		return codes.ObjectNotFound.Wrap(err)
	case catalog.RPCAlreadyExists:
		return codes.DuplicateValue.Wrap(err)
	case catalog.RPCPermissionDenied:
		return codes.OperationForbidden.Wrap(err)
	case catalog.RPCResourceExhausted:
		return codes.RequestLimitExceeded.Wrap(err)
	case catalog.RPCUnimplemented:
		return codes.CommandUnavailable.Wrap(err)
	case catalog.RPCUnavailable:
		return codes.ConnectionFailed.Wrap(err)
	case catalog.RPCUnauthenticated:
		return codes.SessionMissing.Wrap(err)
	}
	return err
}
