package problem

import (
	"context"
	"net/http"
	"strconv"
	"sync"
)

// Write answers the request with the error, in the language and format that suit the user, and
// logs it. A nil error is a bug of the caller and answered as [Options.Internal].
//
// In a handler run by [Responder.Handler], the header starts as it was before the handler ran,
// since what the handler has set since then is about a response that will not be sent. The
// handler's changes to these headers are kept:
//
//   - cookies: Set-Cookie
//   - what the status needs: WWW-Authenticate, Proxy-Authenticate, Allow, Accept, Accept-Encoding,
//     Accept-Patch, Accept-Post, Retry-After
//   - who may read the response: Access-Control-*, Timing-Allow-Origin
//   - caching: Vary, and Cache-Control, CDN-Cache-Control and Surrogate-Control as below
//   - tracing: X-Request-Id, X-Correlation-Id, Request-Id, X-Trace-Id, X-B3-*, Traceparent,
//     Tracestate, Traceresponse, Server-Timing
//   - rate limits: RateLimit, RateLimit-*, X-RateLimit-*, X-Rate-Limit-*
//   - the life of the API: Deprecation, Sunset
//   - security policies, without which an error page would be protected less than other pages:
//     Strict-Transport-Security, Content-Security-Policy, Content-Security-Policy-Report-Only,
//     Cross-Origin-*, Origin-Agent-Cluster, Permissions-Policy, Referrer-Policy, X-Frame-Options,
//     X-Permitted-Cross-Domain-Policies, Reporting-Endpoints, Report-To, NEL, X-Robots-Tag
//   - the server: Date, Server
//
// Outside such a handler, Write does not know which headers are about the response that was meant,
// and keeps these only. So nothing remains that steers the abandoned response, such as Location,
// Link, Refresh, X-Accel-Redirect, Content-Encoding or ETag.
//
// Write keeps the handler's Cache-Control only for a status that is cacheable by default (404, 405,
// 410 and 414; RFC 9110, section 15.1). Even then it does not if [Options.Profile] is set, if
// Cache-Control says "immutable", or if a text may contain a sensitive argument. All other
// responses are "no-store".
//
// If the request was already answered by Write in a handler run by [Responder.Handler], the
// response stays as it is. The error is logged with the same reference, at level Debug if it is the
// one that was answered.
//
// If the client canceled the request, Write does not answer. If a handler run by
// [Responder.Handler] has already sent its header, Write cannot answer: it logs the error and
// panics with [http.ErrAbortHandler], so that the client does not mistake a partial response for a
// complete one.
func (h *Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	tracked, ctx := findWriter(w, r), withRequest(r)
	if tracked != nil && tracked.answeredBy == h {
		before := tracked.answer
		if sameError(before.original, err) {
			h.log(ctx, before, outcomeRepeated)
		} else {
			late := h.decide(ctx, before.localizer, before.reference, err)
			h.log(ctx, &late, outcomeLate)
		}
		return
	}
	a := h.decide(ctx, h.Localizer(r), h.newReference(ctx), err)
	switch {
	case tracked != nil && tracked.hijacked: // The server no longer owns the connection.
		h.log(ctx, &a, outcomeHijacked)
		return
	case tracked != nil && tracked.started():
		h.log(ctx, &a, outcomeAborted)
		panic(http.ErrAbortHandler)
	case a.err == nil:
		h.log(ctx, &a, outcomeCanceled)
		return
	}
	if tracked != nil {
		restore(w.Header(), tracked.before)
		answer := a
		tracked.answeredBy, tracked.answer = h, &answer
	} else {
		restore(w.Header(), nil)
	}
	h.answer(ctx, w, r, &a)
}

// answer sends and logs what was decided. Neither the decision nor the details outlive it: what a
// function of the program may keep is copied, so that an answer needs no memory for them.
func (h *Responder) answer(
	ctx context.Context, w http.ResponseWriter, r *http.Request, a *decision,
) {
	var d Details
	h.describe(ctx, &d, a)
	buffer := bodies.Get().(*[]byte)
	body := h.compose(ctx, (*buffer)[:0], w.Header(), r, &d, a)
	w.WriteHeader(d.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // If this fails, the client is gone.
	}
	h.log(ctx, a, outcomeAnswered)
	if h.options.OnAnswer != nil {
		h.answered(ctx, a, &d, len(body))
	}
	if len(body) <= MaxBytes { // but for a page of the program
		*buffer = body
		bodies.Put(buffer)
	}
}

// bodies are buffers for the bodies of responses. They have room for what most documents need.
var bodies = sync.Pool{New: func() any { return new(make([]byte, 0, 1<<10)) }}

// compose sets the headers and returns the body, for which it may use the buffer.
func (h *Responder) compose(
	ctx context.Context, buffer []byte, header http.Header, r *http.Request, d *Details, a *decision,
) (body []byte) {
	format := negotiate(r.Header["Accept"])
	if format != asJSON {
		h.addWords(r, d, a)
	}
	s := &headerSetter{header: header}
	h.setHeaders(ctx, s, r, d, a)
	switch format {
	case asHTML:
		shown := *d // A template may keep it.
		body = h.page(ctx, header, &shown)
	case asText:
		body = d.text()
	default:
		body = d.appendJSON(buffer, "")
	}
	s.set("Content-Type", format.String())
	s.set("Content-Length", strconv.Itoa(len(body)))
	return body
}

// page returns the details as HTML and sets the Content Security Policy.
func (h *Responder) page(ctx context.Context, header http.Header, d *Details) []byte {
	const policy = "Content-Security-Policy"
	if h.options.Page != nil {
		var body []byte
		var err error
		ok := h.call(ctx, "Page", d.Reference, func() { body, err = execute(h.options.Page, d) })
		if err != nil {
			h.logPageError(ctx, d, err)
		}
		if ok && err == nil {
			if header.Get(policy) == "" {
				header.Set(policy, customPagePolicy)
			}
			return body
		}
	}
	header.Set(policy, h.builtin.policy)
	body, err := h.builtin.html(d)
	if err != nil {
		return d.text() // unreachable: the template is fixed and its data is plain
	}
	return body
}

// Handler returns a handler that calls f and answers with the error that f returns, as
// [Responder.Write] does. The request's context carries the user's localizer, for
// [errlingo.FromContext].
//
// A panic of f is recovered, logged with its stack, and answered as [Options.Internal], except for
// [http.ErrAbortHandler], which is passed on. If f fails after it has sent the response header
// (informational responses do not count), the error is logged and the connection is aborted. A
// hijacked connection is left alone. So is a response that f made by calling [Responder.Write] on
// the same responder, so f may return an error that it has already answered.
//
// If the client canceled the request, the connection is aborted too: for a handler that writes
// nothing, the server would send an empty response with status 200.
//
// The response writer passed to f implements Flush, Hijack, ReadFrom and WriteString, and Unwrap
// for [http.ResponseController]. It does not buffer. f may wrap it and give the wrapper to
// [Responder.Write]: a wrapper without Unwrap is recognized by the request's context, if it has the
// same header.
func (h *Responder) Handler(f func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tracked := &trackingWriter{
			ResponseWriter: w, before: w.Header().Clone(),
		}
		r = h.localize(r)
		r = r.WithContext(context.WithValue(r.Context(), writerKey{}, tracked))
		err := Recover(func() error { return f(tracked, r) })
		if err == nil {
			return
		}
		h.Write(tracked, r, err)
		if !tracked.sent && !tracked.hijacked && r.Context().Value(http.ServerContextKey) != nil {
			// Write did not answer because the client seems to be gone. If the program itself canceled
			// the context, the client still waits, and must not get an empty 200 from the server.
			panic(http.ErrAbortHandler)
		}
	})
}
