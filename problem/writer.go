package problem

import (
	"bufio"
	"io"
	"net"
	"net/http"

	"github.com/errlingo/errlingo"
)

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
