package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

// worker books one order after another, and tries again when and as often as an error allows.
type worker struct {
	book booker
	out  io.Writer
}

// maxTries is how often the worker tries to book an order.
const maxTries = 5

// work books all orders, which are JSON documents, and writes a line or more about each. It returns
// an error if they are not JSON, if not all were booked, or if the context has ended.
func (w worker) work(ctx context.Context, orders io.Reader) error {
	loc, failures := errlingo.FromContext(ctx), 0
	for decoder := json.NewDecoder(orders); ; {
		var o order
		if err := decoder.Decode(&o); err == io.EOF {
			break
		} else if err != nil {
			show(w.out, loc, problem.DecodeError(err))
			return err
		}
		confirmation, err := w.try(ctx, o)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			failures++
			show(w.out, loc, err)
		default:
			fmt.Fprintln(w.out, confirmation)
		}
	}
	if failures > 0 {
		return errors.New(loc.Phrase(Failures.With(Count.Arg(failures))).Value)
	}
	return nil
}

// try books an order. It returns the last error if no further try helps.
func (w worker) try(ctx context.Context, o order) (string, error) {
	for tries := 1; ; tries++ {
		confirmation, err := w.book(ctx, o)
		wait, again := pause(err, tries)
		if !again || tries == maxTries {
			return confirmation, err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return "", err
		}
	}
}

// pause returns how long to wait after an error, and false if another try doesn't help. A server
// that says how long to wait is obeyed, whatever else is known about the error.
func pause(err error, tries int) (time.Duration, bool) {
	retry := catalog.RetryNever
	if said := problem.Received(err); said != nil {
		if said.RetryAfter > 0 {
			return said.RetryAfter, true
		}
		retry = said.Retry
		if said.Status == http.StatusServiceUnavailable { // perhaps said by a proxy
			retry = catalog.RetryBackoff
		}
	} else if code := catalog.CodeOf(err); code != nil { // such as that of a failed connection
		retry = code.Retry()
	}
	switch retry {
	case catalog.RetryAfter, catalog.RetryBackoff:
		return time.Second << tries, true
	case catalog.RetryOnce:
		return time.Second, tries == 1
	}
	return 0, false
}

// show writes an error as its reader sees it, the title first. A code that this program doesn't
// know, such as one of a newer server, is shown in the words of the server.
func show(w io.Writer, loc *errlingo.Localizer, err error) {
	m := loc.Localize(err)
	texts := []errlingo.Text{m.Title, m.Detail, m.Help}
	for _, v := range m.Violations {
		texts = append(texts, v.Detail, v.Help)
	}
	if f, ok := errors.AsType[*problem.Foreign](err); ok && f.Details.Title.Locale != language.Und {
		texts = []errlingo.Text{f.Details.Title, f.Details.Detail, f.Details.Help}
	}
	indent := ""
	for _, text := range texts {
		if text.Value != "" {
			fmt.Fprintln(w, indent+text.Value)
			indent = "  "
		}
	}
}
