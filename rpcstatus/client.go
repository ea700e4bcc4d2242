package rpcstatus

import (
	"context"

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
