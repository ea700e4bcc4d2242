package problem

import (
	"net/http"
	"strconv"

	"github.com/errlingo/errlingo/catalog"
)

// Write answers the request with the error, in the language and the representation that suit the reader, and logs it. It
// overwrites what the handler has set of headers that describe a body. A nil error is a mistake of the program and
// answered as [Options.Internal].
//
// Nothing is written if the error is that the request was cancelled by its client. Once a handler run by
// [Responder.Handler] has sent its header, Write cannot answer any more: it logs the error and panics with
// [http.ErrAbortHandler], so that the client does not take half a response for a whole one.
func (h *Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	own := tracked(w)
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
	w.WriteHeader(status)
	if r.Method != http.MethodHead && hasBody(status) {
		_, _ = w.Write(body) // A client that is gone needs no answer.
	}
	h.log(r, a, answered)
}

// answer is what is known about an error when it is answered.
type answer struct {
	view
	given error          // what the handler returned
	err   *catalog.Error // what it is answered as, nil if it is not
}

func (h *Responder) answer(own *writer, r *http.Request, err error) *answer {
	a := &answer{given: err, err: h.classify(r, err)}
	a.internal, a.reference = h.options.Internal, h.options.NewReference()
	if own != nil {
		a.reader = own.reader
	} else {
		a.reader = h.Localizer(r)
	}
	return a
}

// compose sets the headers and returns the status and the body.
func (h *Responder) compose(header http.Header, r *http.Request, a *answer) (status int, body []byte) {
	p := a.of(a.err)
	h.prepare(header, r, p, a.err)
	form := choose(r.Header.Values("Accept"))
	switch form {
	case asHTML:
		body = h.page(header, r, p)
	case asText:
		body = p.text()
	default:
		body = p.json()
	}
	header.Del("Content-Type")
	if hasBody(p.Status) {
		header.Set("Content-Type", form.String())
		header.Set("Content-Length", strconv.Itoa(len(body)))
	}
	return p.Status, body
}

// hasBody reports whether a response of the status may have a body (RFC 9110, section 6.4.1).
func hasBody(status int) bool {
	return status != http.StatusNoContent && status != http.StatusResetContent && status != http.StatusNotModified
}

// page returns the problem as HTML, on the app's page if there is one, and sets the policy for it.
func (h *Responder) page(header http.Header, r *http.Request, p *Problem) []byte {
	const policy = "Content-Security-Policy"
	if h.options.Page != nil {
		body, err := p.html(h.options.Page)
		if err == nil {
			if header.Get(policy) == "" {
				header.Set(policy, pagePolicy)
			}
			return body
		}
		h.logPage(r, p, err)
	}
	header.Set(policy, ownPolicy)
	body, err := p.html(ownPage)
	if err != nil {
		return p.text() // The template is fixed and its data are plain, so this is never reached.
	}
	return body
}
