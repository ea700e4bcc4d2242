package rpcstatus

import (
	"context"
	"time"

	spb "google.golang.org/genproto/googleapis/rpc/status"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

// Client turns the status of a call back into an error. The zero value knows no code, so that all
// errors are foreign.
type Client struct {
	// Domains are those whose codes the server may send.
	Domains []*catalog.Domain
	// Language returns the language to ask for, as in Accept-Language, or "" to leave it to the
	// server. If nil, it is the reader's of the localizer in the context, if there is one.
	Language func(ctx context.Context) string
}

// AcceptLanguage returns the language to ask for, or "".
func (c *Client) AcceptLanguage(ctx context.Context) string {
	if c.Language != nil {
		return c.Language(ctx)
	}
	l := errlingo.FromContext(ctx)
	if l != errlingo.FromContext(ctx) {
		return "" // The context has none, so that each call made a new one.
	}
	return l.Reader().String()
}

// Error returns the error that the status of a call is; see [Error]. A call that has ended because
// its context has, before the server answered, has the error of the context: [context.Canceled] or
// [context.DeadlineExceeded].
func (c *Client) Error(ctx context.Context, s *spb.Status) error {
	if ended := ended(ctx); ended != nil && len(s.GetDetails()) == 0 {
		return ended
	}
	return Error(s, c.Domains...)
}

// ended returns why the context has ended, or nil. The server may notice a deadline before the
// client's timer does.
func ended(ctx context.Context) error {
	if deadline, ok := ctx.Deadline(); ok && ctx.Err() == nil && time.Until(deadline) <= 0 {
		return context.DeadlineExceeded
	}
	return ctx.Err()
}
