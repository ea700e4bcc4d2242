package problem

import (
	"iter"
	"net/http"
	"strconv"
	"strings"
)

// stale are the headers that described the response which the handler had begun to prepare, and say nothing true about
// this one. Others stay, since middleware sets them for every response.
var stale = [...]string{
	"Accept-Ranges", "Content-Digest", "Content-Disposition", "Content-Encoding", "Content-Length", "Content-Location",
	"Content-Md5", "Content-Range", "Digest", "Etag", "Expires", "Last-Modified", "Location", "Repr-Digest", "Trailer",
}

// prepare sets the headers of a response with the problem.
func (h *Responder) prepare(header http.Header, r *http.Request, p *Details, a *answer) {
	for _, name := range stale {
		header.Del(name)
	}
	header.Set("Content-Language", languages(p))
	header.Set("X-Content-Type-Options", "nosniff")
	h.vary(header, "Accept", "Accept-Language")
	h.keepFromCaches(header, a)
	if a.treatment.waits {
		header.Set("Retry-After", strconv.FormatInt(seconds(a.treatment.wait), 10))
	}
	switch {
	case p.Status == http.StatusUnauthorized && len(header.Values("WWW-Authenticate")) == 0:
		header.Set("WWW-Authenticate", h.options.Challenge)
	case p.Status == http.StatusMethodNotAllowed && len(header.Values("Allow")) == 0:
		header.Set("Allow", h.allowed(r, p.Reference))
	}
}

func (h *Responder) allowed(r *http.Request, reference string) string {
	if h.options.Allow == nil {
		return ""
	}
	var methods []string
	h.call(r, "Allow", reference, func() { methods = h.options.Allow(r) })
	return strings.Join(methods, ", ")
}

// languages returns the value of Content-Language (RFC 9110, section 8.5).
func languages(p *Details) string {
	tags := p.locales()
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = tag.String()
	}
	return strings.Join(names, ", ")
}

// Vary says in the response's headers what the reader's language depends on, for a page that is made with
// [Responder.Localizer]: Vary names Accept-Language, and Cookie if the responder has one; with a profile, Cache-Control is
// private. What the headers say already is kept, but for "public" beside a profile.
func (h *Responder) Vary(w http.ResponseWriter) {
	h.vary(w.Header(), "Accept-Language")
	if h.options.Profile != nil {
		makePrivate(w.Header())
	}
}

// vary names the headers that were looked at, whether or not they decided anything (RFC 9110, section 12.5.5), after
// those that the handler has named.
func (h *Responder) vary(header http.Header, consulted ...string) {
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

const cacheControl = "Cache-Control"

// makePrivate forbids shared caches to store the response (RFC 9111, section 5.2.2.7).
func makePrivate(header http.Header) {
	if lists(header.Values(cacheControl), "private") {
		return
	}
	directives := []string{"private"}
	for directive := range elements(header.Values(cacheControl)) {
		if !strings.EqualFold(directive, "public") {
			directives = append(directives, directive)
		}
	}
	header.Set(cacheControl, strings.Join(directives, ", "))
}

// keepFromCaches forbids to store the response, unless the handler has said what caches may do and that can have been
// meant for an error, too.
func (h *Responder) keepFromCaches(header http.Header, a *answer) {
	policy := header.Values(cacheControl)
	if len(policy) > 0 && cacheable(a.treatment.status) && h.options.Profile == nil && !lists(policy, "immutable") && !a.personal {
		return
	}
	header.Set(cacheControl, "no-store")
	if h.options.Profile != nil {
		makePrivate(header)
	}
	for _, name := range [...]string{"Cdn-Cache-Control", "Surrogate-Control"} { // They would overrule it (RFC 9213).
		header.Del(name)
	}
}

// cacheable reports whether caches may store an error of the status without being told so (RFC 9110, section 15.1): those
// are about what was asked for rather than about who asked, or when. 501 is left out, since a failure of the server is
// over some time.
func cacheable(status int) bool {
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusRequestURITooLong:
		return true
	}
	return false
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
