// Package otelerr reports the errors that a responder answers to OpenTelemetry: a counter by code
// and language, attributes and status of the request's span, and the trace ID as the reference.
//
//	observer, err := otelerr.New(bundle, otel.GetMeterProvider())
//	…
//	respond := problem.New(bundle, problem.Options{
//		OnAnswer:     observer.Answered,
//		NewReference: otelerr.TraceID,
//	})
package otelerr

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/problem"
)

// Errors is the name of the counter of answered errors. Its unit is {error}.
const Errors = "errlingo.errors"

// The attributes that the semantic conventions have no names for. On the counter, the name of the
// code is error.type.
const (
	Name      = attribute.Key("errlingo.name")            // on spans: the name of the code
	Number    = attribute.Key("errlingo.code")            // on spans: its number
	Domain    = attribute.Key("errlingo.domain")          // its domain
	Shown     = attribute.Key("errlingo.shown")           // on spans: the name of the code shown
	Reference = attribute.Key("errlingo.reference")       // on spans: the reference of the answer
	Wanted    = attribute.Key("errlingo.language.wanted") // the locale chosen for the user
	Language  = attribute.Key("errlingo.language.shown")  // the locale of the title
)

// other is the value for a language that the bundle does not have.
const other = "other"

// scope is the name of the meter.
const scope = "github.com/errlingo/errlingo/otelerr"

// maxText is the size in bytes up to which the text of an error is recorded.
const maxText = 1 << 10

// Observer reports answered errors. Use [New] to create one. It is safe for concurrent use.
type Observer struct {
	bundle *errlingo.Bundle
	errors metric.Int64Counter
}

// New returns an observer that counts with a meter of the provider. The languages that it reports
// are those of the bundle, which may be nil. It fails if the provider has no such counter.
func New(bundle *errlingo.Bundle, provider metric.MeterProvider) (*Observer, error) {
	counter, err := provider.Meter(scope).Int64Counter(Errors,
		metric.WithDescription("Errors that were answered."), metric.WithUnit("{error}"))
	if err != nil {
		return nil, fmt.Errorf("counter %q: %w", Errors, err)
	}
	return &Observer{bundle, counter}, nil
}

// Answered counts an answer and describes it on the span in the context, for
// [problem.Options.OnAnswer].
//
// The counter has the attributes error.type, which is the name of the code, [Domain], [Wanted],
// [Language], and http.response.status_code if the error was answered over HTTP. They have as many
// values as the program has codes and languages: a language that the bundle does not have, such as
// that of another server's text, is "other".
//
// The span has these but the status, and [Name], [Number], [Shown] and [Reference]. Only for a
// status of 500 or above, its own status is Error, and it has error.type and an event with at most
// 1 KiB of the error's text. Like the log, that text has causes, and no sensitive arguments.
func (o *Observer) Answered(ctx context.Context, a *problem.Answer) {
	common := []attribute.KeyValue{
		Domain.String(a.Code.Domain().Name()),
		Wanted.String(o.language(a.Wanted)), Language.String(o.language(a.Locale)),
	}
	errorType := semconv.ErrorTypeKey.String(a.Code.Name())
	counted := append(slices.Clone(common), errorType)
	if problem.RequestFrom(ctx) != nil {
		counted = append(counted, semconv.HTTPResponseStatusCode(a.Details.Status))
	}
	o.errors.Add(ctx, 1, metric.WithAttributes(counted...))

	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	span.SetAttributes(common...)
	span.SetAttributes(Name.String(a.Code.Name()), Number.Int(a.Code.Number()),
		Shown.String(a.Shown.Name()), Reference.String(a.Details.Reference))
	if a.Details.Status < 500 {
		return
	}
	span.SetAttributes(errorType)
	span.SetStatus(codes.Error, a.Code.Name())
	span.AddEvent(semconv.ExceptionEventName, trace.WithAttributes(
		semconv.ExceptionType(a.Code.Name()), semconv.ExceptionMessage(text(a.Err))))
}

// language returns the value of an attribute for a locale.
func (o *Observer) language(tag language.Tag) string {
	if o.bundle != nil && slices.Contains(o.bundle.Locales(), tag) {
		return tag.String()
	}
	return other
}

// text returns what an error says, within the limit.
func text(err error) string {
	said := fmt.Sprint(err) // also for nil, and if Error panics
	return strings.ToValidUTF8(said[:min(len(said), maxText)], "")
}

// TraceID returns the ID of the context's trace in hexadecimal digits, or "" outside of a trace. It
// is for [problem.Options.NewReference]: what users report to support then leads to the trace.
func TraceID(ctx context.Context) string {
	if id := trace.SpanContextFromContext(ctx).TraceID(); id.IsValid() {
		return id.String()
	}
	return ""
}
