package problem

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"reflect"
)

// trackingWriter is a response writer that records whether the header was sent. It does not buffer.
type trackingWriter struct {
	http.ResponseWriter
	before     http.Header // as it was before the handler ran
	sent       bool
	hijacked   bool
	answeredBy *Responder // the responder whose Write answered, or nil
	answer     *decision  // what it answered
}

// writerKey is the key of the context's trackingWriter.
type writerKey struct{}

// findWriter returns the trackingWriter that w is or wraps, or nil. For a wrapper without Unwrap,
// it is that of the request, if w has the same header. A writer with a header of its own makes
// another response, such as one that is buffered or part of a batch.
func findWriter(w http.ResponseWriter, r *http.Request) *trackingWriter {
	if tracked := unwrapWriter(w); tracked != nil {
		return tracked
	}
	tracked, _ := r.Context().Value(writerKey{}).(*trackingWriter)
	if tracked == nil || reflect.ValueOf(tracked.Header()).Pointer() !=
		reflect.ValueOf(w.Header()).Pointer() {
		return nil
	}
	return tracked
}

// unwrapWriter returns the trackingWriter that w is or wraps, or nil.
func unwrapWriter(w http.ResponseWriter) *trackingWriter {
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

// started reports whether the header was sent, perhaps by an outer handler before this one ran.
func (w *trackingWriter) started() bool {
	outer := unwrapWriter(w.ResponseWriter)
	return w.sent || outer != nil && outer.started()
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

// CloseNotify returns a channel that receives a value when the client is gone. Its interface in
// package http is deprecated, but gin asks for it to stream, without a check.
func (w *trackingWriter) CloseNotify() <-chan bool {
	if inner, ok := w.ResponseWriter.(interface{ CloseNotify() <-chan bool }); ok {
		return inner.CloseNotify()
	}
	return nil // never receives
}
