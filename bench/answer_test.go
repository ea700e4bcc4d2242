package bench_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/bench/internal/fixture"
	"github.com/errlingo/errlingo/problem"
)

// The benchmarks in this file answer an HTTP request with an error: from its headers to the last
// byte, with the log line. The other side is what a careful program writes by hand with go-i18n,
// encoding/json and html/template. It sends the same document and headers and logs the same line,
// but it has only what this one answer needs: no other format than the one that is asked for, no
// limits, no masking, no joined errors.

// byHand answers requests with errors by means of go-i18n.
type byHand struct {
	bundle *i18n.Bundle
	logger *slog.Logger
}

// notFoundError is an error of a program without errlingo.
type notFoundError struct{ item string }

func (e *notFoundError) Error() string {
	return fmt.Sprintf("ORDER_NOT_FOUND (101): Order: there is nothing called %s here", e.item)
}

// document is the JSON document, with the members in the order of errlingo's.
type document struct {
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail,omitempty"`
	Instance string `json:"instance"`
	Code     int    `json:"code"`
	Name     string `json:"name"`
	Domain   string `json:"domain"`
	Help     string `json:"help,omitempty"`
	Lang     string `json:"lang"`
	Dir      string `json:"dir"`
	Action   string `json:"action"`
}

// write answers a request as JSON or, if page is set, with a page.
func (h *byHand) write(w http.ResponseWriter, r *http.Request, e *notFoundError, page bool) {
	localizer := i18n.NewLocalizer(h.bundle, r.Header.Get("Accept-Language"))
	config := i18n.LocalizeConfig{TemplateData: map[string]any{"Item": e.item}}
	text := func(id string) (string, language.Tag) {
		config.MessageID = id
		s, tag, err := localizer.LocalizeWithTag(&config)
		if err != nil {
			h.logger.Error("no text", "error", err)
		}
		return s, tag
	}
	doc := document{
		Status: http.StatusNotFound, Code: 101, Name: "ORDER_NOT_FOUND", Domain: "shop",
		Instance: "urn:uuid:" + newUUID(), Dir: "ltr", Action: "contact",
	}
	var tag language.Tag
	doc.Title, tag = text("ORDER_NOT_FOUND.title")
	doc.Detail, _ = text("ORDER_NOT_FOUND.detail")
	doc.Help, _ = text("ORDER_NOT_FOUND.help")
	if doc.Lang = tag.String(); doc.Lang == "ar" {
		doc.Dir = "rtl"
	}
	body, contentType := h.body(&doc, page)
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("Content-Language", doc.Lang)
	header.Set("Cache-Control", "no-store")
	header.Set("Vary", "Accept, Accept-Language")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(doc.Status)
	_, _ = w.Write(body)
	if h.logger.Enabled(r.Context(), slog.LevelInfo) {
		h.logger.LogAttrs(r.Context(), slog.LevelInfo, "request answered with an error",
			slog.String("error", e.Error()), slog.String("reference", doc.Instance[len("urn:uuid:"):]),
			slog.String("locale", doc.Lang), slog.String("method", r.Method),
			slog.String("path", r.URL.Path), slog.Int("status", doc.Status),
			slog.Int("code", doc.Code), slog.String("name", doc.Name),
			slog.String("domain", doc.Domain), slog.Group("params", slog.String("Item", e.item)))
	}
}

func (h *byHand) body(doc *document, page bool) (body []byte, contentType string) {
	if !page {
		body, _ = json.Marshal(doc)
		return body, "application/problem+json"
	}
	var out bytes.Buffer
	_ = handPage.Execute(&out, doc)
	return out.Bytes(), "text/html; charset=utf-8"
}

func newUUID() string {
	var id [16]byte
	rand.Read(id[:])
	id[6], id[8] = id[6]&0x0F|0x40, id[8]&0x3F|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// handPage says what errlingo's page says, with a style of one line and no links.
var handPage = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 40rem }</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<p>{{.Detail}}</p>
{{with .Help}}<p>{{.}}</p>{{end}}
<p>Reference: <code>{{.Instance}}</code></p>
<p>Code: {{.Name}} ({{.Code}})</p>
</main>
</body>
</html>
`))

// discard is a response writer that keeps only the header.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

// answerers returns the two functions that answer a request, each with its error.
func answerers(p *peers, logger *slog.Logger, page bool) (ours, hand http.HandlerFunc) {
	item := p.locale("de").Args.Item
	respond := problem.New(p.bundle, problem.Options{Logger: logger})
	err := p.set.Domain.Code("ORDER_NOT_FOUND").New(fixture.Item.Arg(item))
	other, failed := &byHand{p.goI18n, logger}, &notFoundError{item}
	return func(w http.ResponseWriter, r *http.Request) { respond.Write(w, r, err) },
		func(w http.ResponseWriter, r *http.Request) { other.write(w, r, failed, page) }
}

// answerRequest returns the request of a German program or, for a page, browser.
func answerRequest(page bool) *http.Request {
	r := httptest.NewRequest("GET", "/orders/socks?secret=1", nil)
	r.Header.Set("Accept", "application/json")
	if page {
		r.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	}
	r.Header.Set("Accept-Language", header)
	return r
}

// BenchmarkAnswer answers with JSON, without a log line.
func BenchmarkAnswer(b *testing.B) { answer(b, slog.DiscardHandler, false) }

// BenchmarkAnswerTextLog answers with JSON and logs with slog's text handler.
func BenchmarkAnswerTextLog(b *testing.B) { answer(b, slog.NewTextHandler(io.Discard, nil), false) }

// BenchmarkAnswerJSONLog answers with JSON and logs with slog's JSON handler.
func BenchmarkAnswerJSONLog(b *testing.B) { answer(b, slog.NewJSONHandler(io.Discard, nil), false) }

// BenchmarkAnswerPage answers with a page, without a log line.
func BenchmarkAnswerPage(b *testing.B) { answer(b, slog.DiscardHandler, true) }

func answer(b *testing.B, handler slog.Handler, page bool) {
	ours, hand := answerers(newPeers(b), slog.New(handler), page)
	run := func(name string, answer http.HandlerFunc) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			w, r := discard{http.Header{}}, answerRequest(page)
			for b.Loop() {
				clear(w.header)
				answer(w, r)
			}
		})
	}
	run("errlingo", ours)
	run("go-i18n", hand)
}

// BenchmarkAnswerParallel is BenchmarkAnswer on all processors at once.
func BenchmarkAnswerParallel(b *testing.B) {
	ours, hand := answerers(newPeers(b), slog.New(slog.DiscardHandler), false)
	run := func(name string, answer http.HandlerFunc) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				w, r := discard{http.Header{}}, answerRequest(false)
				for pb.Next() {
					clear(w.header)
					answer(w, r)
				}
			})
		})
	}
	run("errlingo", ours)
	run("go-i18n", hand)
}

// TestSameAnswer checks that both sides send the same and log the same.
func TestSameAnswer(t *testing.T) {
	var log bytes.Buffer
	noTime := &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	uuid := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	sent := func(answer http.HandlerFunc) string {
		log.Reset()
		w := httptest.NewRecorder()
		answer(w, answerRequest(false))
		var all bytes.Buffer
		fmt.Fprintln(&all, w.Code)
		_ = w.Result().Header.Write(&all)
		fmt.Fprintf(&all, "%s\n%s", w.Body, log.String())
		return uuid.ReplaceAllString(all.String(), "UUID")
	}
	ours, hand := answerers(newPeers(t), slog.New(slog.NewTextHandler(&log, noTime)), false)
	if got, want := sent(hand), sent(ours); got != want {
		t.Errorf("by hand\n%s\nerrlingo\n%s", got, want)
	}
}
