package problem

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strconv"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

// Write answers the request with the error, in the language and format that suit the user, and logs
// it. It overwrites headers that describe the body the handler meant to send. A nil error is a bug
// of the caller and answered as [Options.Internal].
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
	tracked := findWriter(w)
	if tracked != nil && tracked.answeredBy == h {
		if sameError(tracked.answer.original, err) {
			h.log(r, tracked.answer, outcomeRepeated)
		} else {
			h.log(r, h.newAnswer(tracked, r, err), outcomeLate)
		}
		return
	}
	a := h.newAnswer(tracked, r, err)
	switch {
	case tracked != nil && tracked.hijacked: // The server no longer owns the connection.
		h.log(r, a, outcomeHijacked)
		return
	case tracked != nil && tracked.sent:
		h.log(r, a, outcomeAborted)
		panic(http.ErrAbortHandler)
	case a.err == nil:
		h.log(r, a, outcomeCanceled)
		return
	}
	status, body := h.compose(w.Header(), r, a)
	if tracked != nil {
		tracked.answeredBy, tracked.answer = h, a
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // If this fails, the client is gone.
	}
	h.log(r, a, outcomeAnswered)
}

// answer is what Write finds out about an error.
type answer struct {
	renderer
	original   error          // as returned by the handler
	mapped     error          // as returned by Options.Map, or nil
	err        *catalog.Error // the error to answer with, or nil not to answer
	treatment  treatment      // of err, before masking
	unforeseen error          // an unexpected failure among expected errors, or nil
}

// newAnswer finds out how to answer an error.
func (h *Responder) newAnswer(w *trackingWriter, r *http.Request, err error) *answer {
	a := &answer{original: err}
	a.internal = h.options.Internal
	if w != nil {
		a.localizer = w.localizer
	} else {
		a.localizer = h.Localizer(r)
	}
	if w != nil && w.answeredBy == h {
		a.reference = w.answer.reference
	} else {
		a.reference = h.newReference(r)
	}
	h.classify(r, a)
	return a
}

// sameError reports whether one of the errors is or wraps the other.
func sameError(a, b error) (same bool) {
	defer func() { _ = recover() }() // Comparing errors of an uncomparable type panics.
	return wraps(a, b) || wraps(b, a)
}

// compose sets the headers and returns the status and body.
func (h *Responder) compose(header http.Header, r *http.Request, a *answer) (int, []byte) {
	var body []byte
	d := a.details(a.err, a.treatment)
	h.setHeaders(header, r, d, a)
	format := negotiate(r.Header.Values("Accept"))
	switch format {
	case asHTML:
		body = h.page(header, r, d)
	case asText:
		body = d.text()
	default:
		body = d.json()
	}
	header.Set("Content-Type", format.String())
	header.Set("Content-Length", strconv.Itoa(len(body)))
	return d.Status, body
}

// page returns the details as HTML and sets the Content Security Policy.
func (h *Responder) page(header http.Header, r *http.Request, d *Details) []byte {
	const policy = "Content-Security-Policy"
	if h.options.Page != nil {
		var body []byte
		var err error
		ok := h.call(r, "Page", d.Reference, func() { body, err = d.html(h.options.Page) })
		if err != nil {
			h.logPageError(r, d, err)
		}
		if ok && err == nil {
			if header.Get(policy) == "" {
				header.Set(policy, customPagePolicy)
			}
			return body
		}
	}
	header.Set(policy, builtinPagePolicy)
	body, err := d.html(builtinPage)
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
// for [http.ResponseController]. It does not buffer.
func (h *Responder) Handler(f func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tracked := &trackingWriter{ResponseWriter: w, localizer: h.Localizer(r)}
		r = r.WithContext(errlingo.NewContext(r.Context(), tracked.localizer))
		err := catchPanic(func() error { return f(tracked, r) })
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

// trackingWriter is a response writer that records whether the header was sent. It does not buffer.
type trackingWriter struct {
	http.ResponseWriter
	localizer  *errlingo.Localizer // chosen before the handler ran
	sent       bool
	hijacked   bool
	answeredBy *Responder // the responder whose Write answered, or nil
	answer     *answer    // what it answered
}

// findWriter returns the trackingWriter that w is or wraps, or nil.
func findWriter(w http.ResponseWriter) *trackingWriter {
	for {
		switch inner := w.(type) {
		case *trackingWriter:
			return inner
		case interface{ Unwrap() http.ResponseWriter }:
			w = inner.Unwrap()
		default:
			return nil
		}
	}
}

// Unwrap returns the server's writer, for [http.ResponseController].
func (w *trackingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader sends the header. Informational headers (status below 200) may be followed by another
// one, except after 101 Switching Protocols.
func (w *trackingWriter) WriteHeader(status int) {
	if status >= 200 || status == http.StatusSwitchingProtocols {
		w.sent = true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements [io.Writer].
func (w *trackingWriter) Write(b []byte) (int, error) {
	w.sent = true
	return w.ResponseWriter.Write(b)
}

// WriteString implements [io.StringWriter]. It avoids a copy if the server's writer does.
func (w *trackingWriter) WriteString(s string) (int, error) {
	w.sent = true
	return io.WriteString(w.ResponseWriter, s)
}

// sniffLen is the number of bytes from which a server detects the content type.
const sniffLen = 512

// ReadFrom implements [io.ReaderFrom], with sendfile if the server's writer supports it. The first
// bytes are written the ordinary way, so that a source that fails immediately can still be
// answered.
func (w *trackingWriter) ReadFrom(src io.Reader) (int64, error) {
	n, err := io.CopyN(struct{ io.Writer }{w}, src, sniffLen)
	switch {
	case err == io.EOF:
		return n, nil
	case err != nil:
		return n, err
	}
	more, err := io.Copy(w.ResponseWriter, src)
	return n + more, err
}

// Flush implements [http.Flusher].
func (w *trackingWriter) Flush() { _ = w.FlushError() }

// FlushError sends buffered data, and the header if it was not sent yet. It returns an error
// matching [http.ErrNotSupported] if the server's writer cannot flush.
func (w *trackingWriter) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	if err == nil {
		w.sent = true
	}
	return err
}

// Hijack implements [http.Hijacker]. It returns an error matching [http.ErrNotSupported] if the
// server's writer cannot hijack.
func (w *trackingWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffer, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.hijacked = true
	}
	return conn, buffer, err
}
