package problem

import (
	"iter"
	"net/http"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/catalog"
)

// stale are the headers that described the response which the handler had begun to prepare, and say nothing true about
// this one. Others stay, since middleware sets them for every response.
var stale = [...]string{
	"Accept-Ranges", "Content-Disposition", "Content-Encoding", "Content-Length", "Content-Location", "Content-Md5",
	"Content-Range", "Content-Digest", "Digest", "Etag", "Last-Modified", "Repr-Digest", "Trailer",
}

// prepare sets the headers of a response with the problem.
func (h *Responder) prepare(header http.Header, r *http.Request, p *Problem, e *catalog.Error) {
	for _, name := range stale {
		header.Del(name)
	}
	header.Set("Content-Language", languages(p))
	header.Set("X-Content-Type-Options", "nosniff")
	h.vary(header)
	h.keepFromCaches(header)
	if _, after, ok := retryOf(e); ok {
		header.Set("Retry-After", strconv.FormatInt(seconds(after), 10))
	}
	switch {
	case p.Status == http.StatusUnauthorized && len(header.Values("WWW-Authenticate")) == 0:
		header.Set("WWW-Authenticate", h.options.Challenge)
	case p.Status == http.StatusMethodNotAllowed && len(header.Values("Allow")) == 0:
		header.Set("Allow", h.allowed(r))
	}
}

func (h *Responder) allowed(r *http.Request) string {
	if h.options.Allow == nil {
		return ""
	}
	return strings.Join(h.options.Allow(r), ", ")
}

// languages returns the value of Content-Language (RFC 9110, section 8.5).
func languages(p *Problem) string {
	tags := p.locales()
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = tag.String()
	}
	return strings.Join(names, ", ")
}

// vary names the headers that were looked at, whether or not they decided anything (RFC 9110, section 12.5.5), after
// those that the handler has named.
func (h *Responder) vary(header http.Header) {
	consulted := []string{"Accept", "Accept-Language"}
	if h.options.Cookie != "" {
		consulted = append(consulted, "Cookie")
	}
	var missing []string
	for _, name := range consulted {
		if !lists(header.Values("Vary"), name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 && !lists(header.Values("Vary"), "*") {
		header.Add("Vary", strings.Join(missing, ", "))
	}
}

// keepFromCaches forbids to store the response, unless the handler has said what caches may do. What depends on a profile
// is never for a shared cache.
func (h *Responder) keepFromCaches(header http.Header) {
	const name = "Cache-Control"
	if len(header.Values(name)) == 0 {
		header.Set(name, "no-store")
	}
	if h.options.Profile == nil || lists(header.Values(name), "private") {
		return
	}
	directives := []string{"private"}
	for directive := range elements(header.Values(name)) {
		if !strings.EqualFold(directive, "public") {
			directives = append(directives, directive)
		}
	}
	header.Set(name, strings.Join(directives, ", "))
}

// elements yields the elements of a header that is a list, in all its lines.
func elements(lines []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range lines {
			for element := range strings.SplitSeq(line, ",") {
				if element = strings.Trim(element, " \t"); element != "" && !yield(element) {
					return
				}
			}
		}
	}
}

// lists reports whether a header has the element.
func lists(lines []string, wanted string) bool {
	for element := range elements(lines) {
		if strings.EqualFold(element, wanted) {
			return true
		}
	}
	return false
}
