package problem

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
)

// Write answers the request with the error, in the language and the representation that suit the reader, and logs it. It
// overwrites what the handler has set of headers that describe a body. A nil error is a mistake of the program and
// answered as [Options.Internal].
//
// What the handler has set as Cache-Control is kept only for a status that caches may store by default (404, 405, 410
// and 414, by RFC 9110, section 15.1), and even then not if there is a profile, if it says "immutable", or if the texts may
// have a sensitive argument. Every other response is "no-store".
//
// If the responder has answered the request before, in a handler run by [Responder.Handler], the response stays as it is,
// and the error is logged under the same reference: at the level Debug if it is the one that was answered.
//
// Nothing is written if the error is that the request was cancelled by its client. Once a handler run by
// [Responder.Handler] has sent its header, Write cannot answer any more: it logs the error and panics with
// [http.ErrAbortHandler], so that the client does not take half a response for a whole one.
func (h *Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	own := tracked(w)
	if own != nil && own.by == h {
		h.add(r, own, err)
		return
	}
	a := h.answer(own, r, err)
	if own != nil && own.taken() {
		h.cutOff(r, a, own)
		return
	}
	if a.err == nil {
		h.log(r, a, cancelled)
		return
	}
	status, body := h.compose(w.Header(), r, a)
	if own != nil {
		own.by, own.made = h, a
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // A client that is gone needs no answer.
	}
	h.log(r, a, answered)
}

// answer is what is known about an error when it is answered.
type answer struct {
	view
	given      error          // what the handler returned
	mapped     error          // what Options.Map made of it, nil if nothing
	err        *catalog.Error // what it is answered as, nil if it is not
	treatment  treatment      // of err, before any mask
	unforeseen error          // a failure among errors that were foreseen, nil if there is none
}

func (h *Responder) answer(own *writer, r *http.Request, err error) *answer {
	a := &answer{given: err}
	a.internal = h.options.Internal
	if own != nil {
		a.reader = own.reader
	} else {
		a.reader = h.Localizer(r)
	}
	if own != nil && own.by == h {
		a.reference = own.made.reference
	} else {
		a.reference = h.newReference(r)
	}
	h.classify(r, a)
	return a
}

// add logs an error that comes after the one that was answered.
func (h *Responder) add(r *http.Request, own *writer, err error) {
	if same(own.made.given, err) {
		h.log(r, own.made, repeated)
		return
	}
	h.log(r, h.answer(own, r, err), belated)
}

// same reports whether one of the errors is the other one, or wraps it.
func same(a, b error) (is bool) {
	defer func() { _ = recover() }() // A typed nil that cannot be asked what it wraps is no other error.
	return ends(a) && errors.Is(a, b) || ends(b) && errors.Is(b, a)
}

// cutOff deals with an error for which it is too late to be answered: the client must not take what it has got for a
// whole response. A connection that was taken over is no more the server's to abort.
func (h *Responder) cutOff(r *http.Request, a *answer, w *writer) {
	if w.hijacked {
		h.log(r, a, detached)
		return
	}
	h.log(r, a, aborted)
	panic(http.ErrAbortHandler)
}

// compose sets the headers and returns the status and the body.
func (h *Responder) compose(header http.Header, r *http.Request, a *answer) (status int, body []byte) {
	p := a.of(a.err, a.treatment)
	h.prepare(header, r, p, a)
	form := choose(r.Header.Values("Accept"))
	switch form {
	case asHTML:
		body = h.page(header, r, p)
	case asText:
		body = p.text()
	default:
		body = p.json()
	}
	header.Set("Content-Type", form.String())
	header.Set("Content-Length", strconv.Itoa(len(body)))
	return p.Status, body
}

// page returns the problem as HTML, on the app's page if there is one, and sets the policy for it.
func (h *Responder) page(header http.Header, r *http.Request, p *Details) []byte {
	const policy = "Content-Security-Policy"
	if h.options.Page != nil {
		if body, ok := h.appsPage(r, p); ok {
			if header.Get(policy) == "" {
				header.Set(policy, pagePolicy)
			}
			return body
		}
	}
	header.Set(policy, ownPolicy)
	body, err := p.html(ownPage)
	if err != nil {
		return p.text() // The template is fixed and its data are plain, so this is never reached.
	}
	return body
}

// appsPage returns the problem on the app's page. It is not ok if that fails.
func (h *Responder) appsPage(r *http.Request, p *Details) (body []byte, ok bool) {
	var err error
	ok = h.call(r, "Page", p.Reference, func() { body, err = p.html(h.options.Page) })
	if ok && err != nil {
		h.logPage(r, p, err)
	}
	return body, ok && err == nil
}

// Handler returns a handler that runs f and answers with the error that f returns, as [Responder.Write] does. The
// request's context carries the reader's localizer, for [errlingo.FromContext].
//
// A panic of f is caught, logged with its stack and answered as [Options.Internal], except for [http.ErrAbortHandler],
// which is passed on. If f has sent the response's header before it fails, informational ones apart, the error is logged
// and the connection aborted. A connection that f has hijacked is left alone, and so is a response that f has made by
// [Responder.Write] of the same responder, so that f may return the error that it has answered already. After a request
// that was cancelled the connection is aborted too, since a server would send an empty response of status 200 for a
// handler that wrote none.
//
// The response writer that f gets has Flush, Hijack, ReadFrom and WriteString, and Unwrap for [http.ResponseController].
// It buffers nothing.
func (h *Responder) Handler(f func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := &writer{ResponseWriter: w, reader: h.Localizer(r)}
		r = r.WithContext(errlingo.NewContext(r.Context(), own.reader))
		err := run(f, own, r)
		if err == nil {
			return
		}
		h.Write(own, r, err)
		if !own.taken() && r.Context().Value(http.ServerContextKey) != nil {
			// Nothing was written for a client that seems to be gone. If it is there all the same, since it was the program
			// that cancelled the request's context, it must not take the server's silence for an empty success.
			panic(http.ErrAbortHandler)
		}
	})
}

// run calls f and returns a panic of it as an error.
func run(f func(http.ResponseWriter, *http.Request) error, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		value := recover()
		if value == http.ErrAbortHandler {
			panic(value)
		}
		if value != nil {
			err = &panicked{value, debug.Stack()}
		}
	}()
	return f(w, r)
}

// writer passes everything on at once and remembers whether the response's header has gone out.
type writer struct {
	http.ResponseWriter
	reader   *errlingo.Localizer // chosen before the handler ran
	sent     bool
	hijacked bool
	by       *Responder // whose Write made the response, nil if none did
	made     *answer    // what it says
}

// taken reports whether it is too late for another response.
func (w *writer) taken() bool { return w.sent || w.hijacked }

// Unwrap returns the server's writer, for [http.ResponseController].
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader passes the header on. Informational ones, of a status below 200, may be followed by others; after a change
// of protocol nothing follows.
func (w *writer) WriteHeader(status int) {
	if status >= 200 || status == http.StatusSwitchingProtocols {
		w.sent = true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write passes the bytes on.
func (w *writer) Write(b []byte) (int, error) {
	w.sent = true
	return w.ResponseWriter.Write(b)
}

// WriteString passes the string on, without a copy where the server's writer needs none.
func (w *writer) WriteString(s string) (int, error) {
	w.sent = true
	return io.WriteString(w.ResponseWriter, s)
}

// sniffed is how much a server reads to guess the type of the content.
const sniffed = 512

// ReadFrom copies the source, by the operating system's means where the server's writer has such. The beginning is
// written in the usual way, so that a source which fails at once can still be answered.
func (w *writer) ReadFrom(src io.Reader) (int64, error) {
	n, err := io.CopyN(struct{ io.Writer }{w}, src, sniffed)
	switch {
	case err == io.EOF:
		return n, nil
	case err != nil:
		return n, err
	}
	more, err := io.Copy(w.ResponseWriter, src)
	return n + more, err
}

// Flush sends what has been written.
func (w *writer) Flush() { _ = w.FlushError() }

// FlushError sends what has been written, the header at least. The error is [http.ErrNotSupported] if the server's writer
// cannot.
func (w *writer) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	if err == nil {
		w.sent = true
	}
	return err
}

// Hijack takes the connection over. The error is [http.ErrNotSupported] if the server's writer cannot.
func (w *writer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffer, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.hijacked = true
	}
	return conn, buffer, err
}

// tracked returns the writer of this package that w is or wraps, nil if there is none.
func tracked(w http.ResponseWriter) *writer {
	for {
		switch inner := w.(type) {
		case *writer:
			return inner
		case interface{ Unwrap() http.ResponseWriter }:
			w = inner.Unwrap()
		default:
			return nil
		}
	}
}
