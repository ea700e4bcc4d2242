package connecterr

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"connectrpc.com/connect"
)

// Handler answers errors that no interceptor sees, in the protocol and the language of the caller:
// an unknown method, and a request that is too large, compressed in an unknown way, of the wrong
// type or not readable. Wrap the mux of the Connect handlers with it.
//
// It knows a call from its content type or, with GET, from its query. Any other request is passed
// on, and so is a response that neither Connect nor [http.ServeMux] writes. A Connect client gets
// the HTTP status that it would get without it.
func (s Server) Handler(next http.Handler) http.Handler {
	writer := connect.NewErrorWriter()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isCall(r) {
			next.ServeHTTP(w, r)
			return
		}
		h := &held{ResponseWriter: w}
		next.ServeHTTP(h, r.WithContext(context.WithValue(r.Context(), heldKey{}, h)))
		if h.passing {
			return
		}
		err := h.failure()
		if err == nil {
			h.pass()
			return
		}
		if h.methodCalled {
			err = errors.New("the response of the method is not sent: " + err.Error())
		} else {
			err = unread(err)
		}
		core := s.core()
		failed := answer(core.NewContext(r.Context(), r), core, err)
		h.clear()
		if r.Method == http.MethodGet {
			w.Header().Set("Cache-Control", "no-store")
		}
		// An error of writing means that the client is gone.
		_ = writer.Write(&keptStatus{w, h.status}, r, failed)
	})
}

// isCall reports whether a request is a call in one of the three protocols.
func isCall(r *http.Request) bool {
	if r.Method == http.MethodGet {
		q := r.URL.Query()
		return q.Has("encoding") || q.Has("message") || q.Has("connect")
	}
	return r.Method == http.MethodPost &&
		strings.HasPrefix(r.Header.Get("Content-Type"), "application/")
}

// maxHeld is the most bytes of a response that are kept back. Errors of Connect are much shorter.
const maxHeld = 64 << 10

// held is a response that is kept back as long as it may be an error of Connect or of a mux. Its
// methods do nothing if it is nil, as without [Server.Handler].
type held struct {
	http.ResponseWriter
	passing      bool // nothing is kept back any more
	methodCalled bool // the method of a unary call has returned
	status       int  // of what is kept back, if it has one yet
	body         []byte
}

type heldKey struct{}

func heldOf(ctx context.Context) *held {
	h, _ := ctx.Value(heldKey{}).(*held)
	return h
}

// called notes that a unary method was called. An error after that is the server's fault.
func (h *held) called() {
	if h != nil {
		h.methodCalled = true
	}
}

// pass sends what was kept back, and from now on everything.
func (h *held) pass() {
	if h == nil || h.passing {
		return
	}
	h.passing = true
	if h.status != 0 {
		h.ResponseWriter.WriteHeader(h.status)
	}
	if len(h.body) > 0 {
		_, _ = h.ResponseWriter.Write(h.body) // The next write has the same error.
	}
}

// Unwrap is for [http.ResponseController].
func (h *held) Unwrap() http.ResponseWriter { return h.ResponseWriter }

func (h *held) WriteHeader(status int) {
	if h.passing || status < http.StatusOK {
		h.ResponseWriter.WriteHeader(status)
	} else if h.status == 0 {
		h.status = status
	}
}

func (h *held) Write(data []byte) (int, error) {
	if !h.passing && len(data) > 0 {
		if h.status == 0 {
			h.status = http.StatusOK
		}
		if whole := append(h.body, data...); h.mayFail(whole[0]) && len(whole) <= maxHeld {
			h.body = whole
			return len(data), nil
		}
		h.pass()
	}
	return h.ResponseWriter.Write(data)
}

// Flush sends what is not an error. The response of a unary call has a body, or else Connect was
// not able to write it.
func (h *held) Flush() {
	if !h.passing && !h.methodCalled && h.failure() == nil {
		h.pass()
	}
	if h.passing {
		_ = http.NewResponseController(h.ResponseWriter).Flush()
	}
}

// The flags of an envelope: the first two are of the Connect protocol, the last one of gRPC-Web.
const (
	flagCompressed = 0x01
	flagEnd        = 0x02
	flagTrailers   = 0x80
)

// mayFail reports whether a response whose body begins with the byte may be an error.
func (h *held) mayFail(first byte) bool {
	if h.status >= http.StatusBadRequest {
		return h.hasType("", "text/plain", "application/json")
	}
	return first&flagEnd != 0 && h.hasType("application/connect+") ||
		first&flagTrailers != 0 && h.hasType("application/grpc-web")
}

// hasType reports whether the content type begins with one of these, or is missing if one is empty.
func (h *held) hasType(types ...string) bool {
	got := h.Header().Get("Content-Type")
	for _, t := range types {
		if got == t || t != "" && strings.HasPrefix(got, t) {
			return true
		}
	}
	return false
}

// failure returns the error that is kept back, or nil if it is something else.
func (h *held) failure() error {
	if err := trailer(h.Header()); err != nil {
		return err
	}
	if h.status >= http.StatusBadRequest {
		return h.unaryError()
	}
	if len(h.body) == 0 {
		return nil
	}
	if h.body[0]&flagTrailers != 0 {
		lines := textproto.NewReader(bufio.NewReader(bytes.NewReader(h.last())))
		header, _ := lines.ReadMIMEHeader() // what it has read before the end
		return trailer(http.Header(header))
	}
	var end struct{ Error *wireError }
	if json.Unmarshal(h.last(), &end) != nil || end.Error == nil {
		return nil
	}
	return end.Error.connectError()
}

// unaryError returns the error of a unary call of the Connect protocol, or of a mux, or nil.
func (h *held) unaryError() error {
	if !h.mayFail(0) {
		return nil
	}
	if !h.hasType("application/json") {
		return connect.NewError(connect.CodeUnimplemented, errors.New(http.StatusText(h.status)))
	}
	var e wireError
	if json.Unmarshal(h.body, &e) != nil || e.Code == 0 {
		return nil
	}
	return e.connectError()
}

// wireError is an error as the Connect protocol sends it.
type wireError struct {
	Code    connect.Code
	Message string
}

func (e *wireError) connectError() error { return connect.NewError(e.Code, errors.New(e.Message)) }

// trailerPrefixes are before the names of trailers in the header: none for gRPC-Web.
var trailerPrefixes = [...]string{"", http.TrailerPrefix}

// trailer returns the error in the trailers of gRPC, or nil.
func trailer(header http.Header) error {
	for _, prefix := range trailerPrefixes {
		code, err := strconv.ParseUint(header.Get(prefix+"Grpc-Status"), 10, 32)
		if err != nil || code == 0 {
			continue
		}
		message := header.Get(prefix + "Grpc-Message")
		if text, err := url.PathUnescape(message); err == nil {
			message = text
		}
		return connect.NewError(connect.Code(code), errors.New(message))
	}
	return nil
}

// last returns the content of the envelope at the end of a stream, or nothing if it is incomplete.
func (h *held) last() []byte {
	const prefix = 5 // the flags, and the length in four bytes
	if len(h.body) < prefix {
		return nil
	}
	data := h.body[prefix:]
	if h.body[0]&flagCompressed == 0 {
		return data
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	data, _ = io.ReadAll(io.LimitReader(r, maxHeld))
	return data
}

// clear removes the headers that belong to the error that is replaced.
func (h *held) clear() {
	header := h.Header()
	for _, name := range []string{"Content-Length", "Content-Encoding", "X-Content-Type-Options"} {
		header.Del(name)
	}
	for _, prefix := range trailerPrefixes {
		for _, name := range []string{"Grpc-Status", "Grpc-Message", "Grpc-Status-Details-Bin"} {
			delete(header, prefix+name)
		}
	}
}

// keptStatus is a response whose status, if it is an error, is the one that was kept back.
type keptStatus struct {
	http.ResponseWriter
	status int
}

func (w *keptStatus) WriteHeader(status int) {
	if status >= http.StatusBadRequest && w.status >= http.StatusBadRequest {
		status = w.status
	}
	w.ResponseWriter.WriteHeader(status)
}
