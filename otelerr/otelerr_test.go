package otelerr_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/noop"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/otelerr"
	"github.com/errlingo/errlingo/problem"
)

var (
	shop    = catalog.NewDomain("shop")
	card    = catalog.String("Card", "4111")
	refused = shop.Define(1, "CARD_REFUSED", catalog.Spec{Title: "Card refused", HTTP: 402})
	broken  = shop.Define(2, "BANK_UNREACHABLE", catalog.Spec{Title: "Bank not reachable: {{.Card}}", HTTP: 503,
		Params: catalog.Params{catalog.Sensitive(card)}, Audience: catalog.AudienceOperator})
)

// This code shows an argument that other servers do not send.
var _ = shop.Define(3, "CARD_EXPIRED", catalog.Spec{Title: "{{.Holder}}’s card has expired",
	Params: catalog.Params{catalog.String("Holder", "Ann")}, HTTP: 402})

// watched is a responder whose answers are observed.
type watched struct {
	*problem.Responder
	bundle *errlingo.Bundle
	reader *sdkmetric.ManualReader
	spans  *tracetest.SpanRecorder
	tracer *sdktrace.TracerProvider
}

func watch(t testing.TB) watched {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: codes.Domain, FS: locales.FS}, {Domain: shop},
	}})
	if err != nil {
		t.Fatal(err)
	}
	reader, spans := sdkmetric.NewManualReader(), tracetest.NewSpanRecorder()
	observer, err := otelerr.New(bundle, sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)))
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{
		OnAnswer: observer.Answered, NewReference: otelerr.TraceID, Logger: slog.New(slog.DiscardHandler),
	})
	return watched{respond, bundle, reader, spans, sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans))}
}

// answer answers a request inside a span.
func (w watched) answer(lang string, err error) *httptest.ResponseRecorder {
	ctx, span := w.tracer.Tracer("test").Start(context.Background(), "POST /buy")
	defer span.End()
	r := httptest.NewRequest("POST", "/buy", nil).WithContext(ctx)
	r.Header.Set("Accept-Language", lang)
	rec := httptest.NewRecorder()
	w.Write(rec, r, err)
	return rec
}

// counted returns the counter's values by its attributes.
func (w watched) counted(t testing.TB) map[string]int64 {
	t.Helper()
	var all metricdata.ResourceMetrics
	if err := w.reader.Collect(context.Background(), &all); err != nil {
		t.Fatal(err)
	}
	counted := map[string]int64{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			if m.Name != otelerr.Errors || m.Unit != "{error}" {
				t.Errorf("a metric %q in %q", m.Name, m.Unit)
			}
			for _, point := range m.Data.(metricdata.Sum[int64]).DataPoints {
				counted[text(point.Attributes.ToSlice())] = point.Value
			}
		}
	}
	return counted
}

func text(attributes []attribute.KeyValue) string {
	var words []string
	for _, a := range attributes {
		words = append(words, fmt.Sprintf("%s=%s", strings.TrimPrefix(string(a.Key), "errlingo."), a.Value.String()))
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// foreign is an error that another server has sent, in a language of its own.
func foreign(lang string) error {
	err, _ := problem.Unmarshal(fmt.Appendf(nil,
		`{"code": 3, "name": "CARD_EXPIRED", "domain": "shop", "status": 402, "title": "x", "lang": %q}`, lang), shop)
	return err
}

func TestCounter(t *testing.T) {
	tests := []struct {
		name, lang string
		err        error
		want       string
	}{
		{"translated", "de", codes.Timeout, "domain=standard error.type=TIMEOUT http.response.status_code=504 language.shown=de language.wanted=de"},
		{"not translated", "de", refused, "domain=shop error.type=CARD_REFUSED http.response.status_code=402 language.shown=en language.wanted=de"},
		{"unknown language", "tlh", codes.Timeout, "domain=standard error.type=TIMEOUT http.response.status_code=504 language.shown=en language.wanted=en"},
		{"masked", "en", broken, "domain=shop error.type=BANK_UNREACHABLE http.response.status_code=503 language.shown=en language.wanted=en"},
		{"without a code", "ar", errors.New("x"), "domain=standard error.type=INTERNAL_SERVER_ERROR http.response.status_code=500 language.shown=ar language.wanted=ar"},
		{"joined", "en", errors.Join(refused, codes.SessionMissing),
			"domain=standard error.type=AGGREGATE_ERROR http.response.status_code=401 language.shown=en language.wanted=en"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := watch(t)
			w.answer(test.lang, test.err)
			w.answer(test.lang, test.err)
			if got, want := w.counted(t), map[string]int64{test.want: 2}; !maps.Equal(got, want) {
				t.Errorf("counted %v, want %v", got, want)
			}
		})
	}
}

// TestCardinality checks that neither clients nor other servers can make up values.
func TestCardinality(t *testing.T) {
	w := watch(t)
	for i := range 200 {
		lang := fmt.Sprintf("x%c-%03d", 'a'+i%26, i)
		w.answer(lang, foreign(fmt.Sprintf("de-x-%d", i)))
		w.answer(fmt.Sprintf("de-x-%d", i), codes.Timeout)
	}
	counted := w.counted(t)
	if len(counted) > 3 {
		t.Errorf("counted %d sets of attributes: %v", len(counted), counted)
	}
	if w.counted(t)["domain=shop error.type=CARD_EXPIRED http.response.status_code=402 language.shown=other language.wanted=en"] == 0 {
		t.Errorf("no other language: %v", counted)
	}
}

// TestOtherTransports checks an answer that is not sent over HTTP, without a bundle or a span.
func TestOtherTransports(t *testing.T) {
	reader := sdkmetric.NewManualReader()
	observer, err := otelerr.New(nil, sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)))
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(nil, problem.Options{
		OnAnswer: observer.Answered, NewReference: otelerr.TraceID, Logger: slog.New(slog.DiscardHandler),
	})
	d := respond.Details(context.Background(), nil, codes.Timeout)
	if len(d.Reference) != 36 {
		t.Errorf("reference %q, want a UUID", d.Reference)
	}
	want := map[string]int64{"domain=standard error.type=TIMEOUT language.shown=other language.wanted=other": 1}
	if got := (watched{reader: reader}).counted(t); !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}

func TestSpan(t *testing.T) {
	long := errors.New(strings.Repeat("é", 1000))
	tests := []struct {
		name   string
		err    error
		status otelcodes.Code
		want   string
		event  string // exception.message
	}{
		{"the client's", refused, otelcodes.Unset,
			"code=1 domain=shop language.shown=en language.wanted=de name=CARD_REFUSED shown=CARD_REFUSED", ""},
		{"the server's", codes.Timeout.Wrap(io.ErrUnexpectedEOF), otelcodes.Error,
			"code=124 domain=standard error.type=TIMEOUT language.shown=de language.wanted=de name=TIMEOUT shown=TIMEOUT",
			"TIMEOUT (124): The service couldn’t finish in time: unexpected EOF"},
		{"masked", broken.New(card.Arg("canary")), otelcodes.Error,
			"code=2 domain=shop error.type=BANK_UNREACHABLE language.shown=de language.wanted=de name=BANK_UNREACHABLE shown=INTERNAL_SERVER_ERROR",
			"BANK_UNREACHABLE (2): Bank not reachable: {Card}"},
		{"long", codes.Timeout.Wrap(long), otelcodes.Error,
			"code=124 domain=standard error.type=TIMEOUT language.shown=de language.wanted=de name=TIMEOUT shown=TIMEOUT", "…"},
		{"nil", nil, otelcodes.Error,
			"code=1 domain=standard error.type=INTERNAL_SERVER_ERROR language.shown=de language.wanted=de name=INTERNAL_SERVER_ERROR shown=INTERNAL_SERVER_ERROR", "<nil>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := watch(t)
			rec := w.answer("de", test.err)
			span := w.spans.Ended()[0]
			trace := span.SpanContext().TraceID().String()
			want := strings.Replace(test.want, " shown=", " reference="+trace+" shown=", 1)
			if got := text(span.Attributes()); got != want {
				t.Errorf("attributes\n%s, want\n%s", got, want)
			}
			if !strings.Contains(rec.Body.String(), trace) {
				t.Errorf("the response lacks the trace ID %s: %s", trace, rec.Body)
			}
			if span.Status().Code != test.status {
				t.Errorf("status %v, want %v", span.Status(), test.status)
			}
			if len(span.Events()) == 0 {
				if test.event != "" {
					t.Error("no event")
				}
				return
			}
			event := span.Events()[0]
			said := ""
			for _, a := range event.Attributes {
				if a.Key == "exception.message" {
					said = a.Value.AsString()
				}
			}
			if event.Name != "exception" || test.event == "" || test.event != "…" && said != test.event {
				t.Errorf("event %s %q, want %q", event.Name, said, test.event)
			}
			if len(said) > 1<<10 || strings.Contains(said, "\ufffd") || strings.Contains(said, "canary") {
				t.Errorf("the event has %d bytes: %q", len(said), said)
			}
		})
	}
}

// TestUnsampled checks that nothing is written to a span that nobody records.
func TestUnsampled(t *testing.T) {
	w := watch(t)
	w.tracer = sdktrace.NewTracerProvider(sdktrace.WithSampler(sdktrace.NeverSample()), sdktrace.WithSpanProcessor(w.spans))
	if rec := w.answer("de", codes.Timeout); rec.Code != http.StatusGatewayTimeout || len(w.counted(t)) != 1 {
		t.Errorf("answered %d, counted %v", rec.Code, w.counted(t))
	}
}

// refusing is a provider without counters.
type refusing struct{ metric.MeterProvider }

func (refusing) Meter(string, ...metric.MeterOption) metric.Meter { return refusingMeter{noop.Meter{}} }

type refusingMeter struct{ metric.Meter }

func (refusingMeter) Int64Counter(string, ...metric.Int64CounterOption) (metric.Int64Counter, error) {
	return nil, errors.New("no counters today")
}

func TestNoCounter(t *testing.T) {
	_, err := otelerr.New(nil, refusing{})
	if want := `counter "errlingo.errors": no counters today`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestPage checks that docs/opentelemetry.md lists all attributes.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../docs/opentelemetry.md")
	if err != nil {
		t.Fatal(err)
	}
	w := watch(t)
	w.answer("de", codes.Timeout)
	names := []string{otelerr.Errors}
	for _, a := range w.spans.Ended()[0].Attributes() {
		names = append(names, string(a.Key))
	}
	for _, a := range w.spans.Ended()[0].Events()[0].Attributes {
		names = append(names, string(a.Key))
	}
	if len(names) != 11 {
		t.Errorf("found %q", names)
	}
	for _, name := range names {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/opentelemetry.md lacks %s", name)
		}
	}
}

func ExampleNew() {
	reader := sdkmetric.NewManualReader()
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}}})
	if err != nil {
		panic(err)
	}
	observer, err := otelerr.New(bundle, sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)))
	if err != nil {
		panic(err)
	}
	respond := problem.New(bundle, problem.Options{
		OnAnswer:     observer.Answered,
		NewReference: otelerr.TraceID,
		Logger:       slog.New(slog.DiscardHandler),
	})
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Language", "de-CH")
	respond.Write(httptest.NewRecorder(), r, codes.Timeout)

	var all metricdata.ResourceMetrics
	_ = reader.Collect(context.Background(), &all)
	for _, point := range all.ScopeMetrics[0].Metrics[0].Data.(metricdata.Sum[int64]).DataPoints {
		for _, a := range point.Attributes.ToSlice() {
			fmt.Printf("%s=%s\n", a.Key, a.Value.String())
		}
		fmt.Println(point.Value)
	}
	// Output:
	// errlingo.domain=standard
	// errlingo.language.shown=de
	// errlingo.language.wanted=de
	// error.type=TIMEOUT
	// http.response.status_code=504
	// 1
}
