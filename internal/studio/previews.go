package studio

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// answer is a response that is kept. It implements [http.ResponseWriter].
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{header: http.Header{}, status: http.StatusOK} }

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// previews are the answers that frames may ask for.
type previews struct {
	mu   sync.Mutex
	last int
	kept map[int]*answer
}

// mostPreviews is how many answers are kept. A page shows few at a time.
const mostPreviews = 50

// keep keeps an answer, and returns what the page gets.
func (p *previews) keep(a *answer) previewDocument {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil {
		p.kept = map[int]*answer{}
	}
	p.last++
	p.kept[p.last] = a
	delete(p.kept, p.last-mostPreviews)
	return previewDocument{Type: a.header.Get("Content-Type"), Body: a.body.String(), Status: a.status,
		URL: fmt.Sprintf("/preview/%d", p.last)}
}

// ServeHTTP shows an answer in a frame of the page, with a policy of its own: it has the style that
// its own policy allows, and no script.
func (p *previews) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var n int
	_, _ = fmt.Sscanf(r.PathValue("n"), "%d", &n) // No answer has the number 0.
	p.mu.Lock()
	a := p.kept[n]
	p.mu.Unlock()
	if a == nil {
		http.NotFound(w, r)
		return
	}
	own := a.header.Get("Content-Security-Policy")
	if own == "" {
		own = "default-src 'none'; frame-ancestors 'none'"
	}
	w.Header().Set("Content-Security-Policy",
		strings.Replace(own, "frame-ancestors 'none'", "frame-ancestors 'self'", 1)+"; sandbox")
	w.Header().Set("Content-Type", a.header.Get("Content-Type"))
	_, _ = w.Write(a.body.Bytes()) // If it fails, nobody is there to be told.
}
