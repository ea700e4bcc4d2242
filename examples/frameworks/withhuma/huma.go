// Package withhuma is the recipe for github.com/danielgtaylor/huma.
package withhuma

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/examples/frameworks/orders"
	"github.com/errlingo/errlingo/problem"
)

// New returns the service. All that fails is answered by the responder, which huma keeps in a
// variable of its package, so a program has one.
func New(respond *problem.Responder) http.Handler {
	huma.NewErrorWithContext = func(
		ctx huma.Context, status int, text string, errs ...error,
	) huma.StatusError {
		r, w := humago.Unwrap(ctx)
		r = r.Clone(r.Context())
		r.Header.Del("Accept") // huma writes JSON
		a := &answer{header: w.Header()}
		respond.WriteStatus(a, r, status, coded(text, errs))
		if a.status == 0 {
			panic(http.ErrAbortHandler) // the client is gone
		}
		return a
	}
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Orders", "1.0.0"))
	huma.Get(api, "/language", language)
	huma.Post(api, "/orders", order)
	return respond.Middleware(http.MaxBytesHandler(respond.Mux(mux), 64<<10))
}

// coded returns the errors that huma found as one with a code, if it is about the request's body.
func coded(text string, errs []error) error {
	var violations []catalog.Violation
	for _, err := range errs {
		detail, ok := err.(*huma.ErrorDetail)
		if !ok {
			continue
		}
		if body, ok := detail.Value.(string); ok && detail.Location == "body" {
			if err := json.Unmarshal([]byte(body), new(any)); err != nil {
				return problem.DecodeError(err)
			}
		}
		violations = append(violations,
			catalog.Violation{Path: pointer(detail.Location), Err: rules.Invalid.Wrap(err)})
	}
	if violations != nil {
		return codes.ValidationError.New().With(violations...)
	}
	return fmt.Errorf("%s: %w", text, errors.Join(errs...))
}

// pointer returns a place such as body.lines[2].count as a JSON Pointer.
func pointer(location string) string {
	path, ok := strings.CutPrefix(location, "body")
	if !ok {
		return "" // a header, or a part of the address
	}
	return strings.NewReplacer("~", "~0", "/", "~1", ".", "/", "[", "/", "]", "").Replace(path)
}

// answer is a response that huma writes.
type answer struct {
	header http.Header
	status int
	body   json.RawMessage
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.header.Del("Content-Length") // huma adds a line break
}

func (a *answer) Write(body []byte) (int, error) {
	a.body = append(a.body, body...)
	return len(body), nil
}

func (a *answer) Error() string                { return "answered by the responder" }
func (a *answer) GetStatus() int               { return a.status }
func (a *answer) ContentType(string) string    { return a.header.Get("Content-Type") }
func (a *answer) MarshalJSON() ([]byte, error) { return a.body, nil }

type input struct{ Body orders.Order }

// Resolve is called by huma for an input that its own rules, those of the schema, accept.
func (in *input) Resolve(huma.Context) []error {
	if err := (orders.Validator{}).Validate(in.Body); err != nil {
		return []error{err}
	}
	return nil
}

func order(ctx context.Context, in *input) (*struct{}, error) {
	return nil, orders.Place(ctx, in.Body)
}

// output is plain text.
type output struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func language(ctx context.Context, _ *struct{}) (*output, error) {
	return &output{"text/plain", []byte(errlingo.FromContext(ctx).Locale().String())}, nil
}
