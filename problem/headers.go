package problem

import (
	"context"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// keptHeaders are the headers that a failed handler may set or remove; [Responder.Write] says why.
// A list of what is removed instead would always lack the next X-Sendfile.
var keptHeaders = map[string]bool{
	"Set-Cookie": true,

	"Www-Authenticate": true, "Proxy-Authenticate": true, "Allow": true, "Accept": true,
	"Accept-Encoding": true, "Accept-Patch": true, "Accept-Post": true, "Retry-After": true,

	"Timing-Allow-Origin": true,

	"Vary": true, "Cache-Control": true, "Cdn-Cache-Control": true, "Surrogate-Control": true,

	"X-Request-Id": true, "X-Correlation-Id": true, "Request-Id": true, "X-Trace-Id": true,
	"Traceparent": true, "Tracestate": true, "Traceresponse": true, "Server-Timing": true,

	"Ratelimit": true, "Deprecation": true, "Sunset": true,

	"Strict-Transport-Security": true, "Content-Security-Policy": true,
	"Content-Security-Policy-Report-Only": true, "Origin-Agent-Cluster": true,
	"Permissions-Policy": true, "Referrer-Policy": true, "X-Frame-Options": true,
	"X-Permitted-Cross-Domain-Policies": true, "Reporting-Endpoints": true, "Report-To": true,
	"Nel": true, "X-Robots-Tag": true,

	"Date": true, "Server": true,
}

// keptPrefixes are the beginnings of more such headers.
var keptPrefixes = [...]string{
	"Access-Control-", "Cross-Origin-", "X-B3-", "Ratelimit-", "X-Ratelimit-", "X-Rate-Limit-",
}

// isKept reports whether a failed handler may set the header.
func isKept(name string) bool {
	name = http.CanonicalHeaderKey(name)
	return keptHeaders[name] || slices.ContainsFunc(keptPrefixes[:], func(prefix string) bool {
		return strings.HasPrefix(name, prefix)
	})
}

// restore makes the header what it was before the handler ran, but for the headers that a failed
// handler may set.
func restore(header, before http.Header) {
	for name := range header {
		if !isKept(name) {
			delete(header, name)
		}
	}
	for name, values := range before {
		if !isKept(name) {
			header[name] = slices.Clone(values)
		}
	}
}

// headerSetter sets headers that have one value, without an allocation for each.
type headerSetter struct {
	header http.Header
	values [7]string
	used   int
}

// set sets a header. Its name must be in canonical form.
func (s *headerSetter) set(name, value string) {
	i := s.used
	s.used++
	s.values[i] = value
	s.header[name] = s.values[i : i+1 : i+1]
}

// setHeaders sets all headers of an error response but Content-Type and Content-Length.
func (h *Responder) setHeaders(
	ctx context.Context, s *headerSetter, r *http.Request, d *Details, a *decision,
) {
	header := s.header
	s.set("Content-Language", d.languages()) // RFC 9110, section 8.5
	s.set("X-Content-Type-Options", "nosniff")
	if len(header["Vary"]) == 0 {
		s.set("Vary", h.vary)
	} else {
		h.addVary(header, "Accept", "Accept-Language")
	}
	h.setCacheControl(s, a)
	if a.treatment.waits {
		s.set("Retry-After", strconv.FormatInt(seconds(a.treatment.wait), 10))
	}
	switch {
	case d.Status == http.StatusUnauthorized && len(header.Values("WWW-Authenticate")) == 0:
		header.Set("WWW-Authenticate", h.options.Challenge)
	case d.Status == http.StatusMethodNotAllowed:
		h.setAllow(ctx, header, r)
	}
}

// setAllow sets the Allow header, unless the handler has set it, and returns the methods in it.
func (h *Responder) setAllow(ctx context.Context, header http.Header, r *http.Request) []string {
	if len(header.Values("Allow")) == 0 {
		var methods []string
		if h.options.Allow != nil {
			h.call(ctx, "Allow", "", func() { methods = h.options.Allow(r) })
		}
		header.Set("Allow", strings.Join(methods, ", "))
	}
	return slices.Collect(elements(header.Values("Allow")))
}

// Vary declares in the headers what the user's language depends on. Call it for pages that are
// rendered with [Responder.Localizer]. It adds Accept-Language to Vary, and Cookie if
// [Options.Cookie] is set. If [Options.Profile] is set, it adds "private" to Cache-Control and
// removes "public".
func (h *Responder) Vary(w http.ResponseWriter) {
	h.addVary(w.Header(), "Accept-Language")
	if h.options.Profile != nil {
		makePrivate(w.Header())
	}
}

// addVary adds the names of the headers that were consulted to Vary, whether or not they made a
// difference (RFC 9110, section 12.5.5).
func (h *Responder) addVary(header http.Header, consulted ...string) {
	if h.options.Cookie != "" {
		consulted = append(consulted, "Cookie")
	}
	var missing []string
	for _, name := range consulted {
		if !hasElement(header.Values("Vary"), name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 && !hasElement(header.Values("Vary"), "*") {
		header.Add("Vary", strings.Join(missing, ", "))
	}
}

const cacheControl = "Cache-Control"

// makePrivate forbids shared caches to store the response (RFC 9111, section 5.2.2.7).
func makePrivate(header http.Header) {
	if hasElement(header.Values(cacheControl), "private") {
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

// setCacheControl forbids caches to store the response, unless the handler has set a policy that
// may apply to errors as well.
func (h *Responder) setCacheControl(s *headerSetter, a *decision) {
	policy := s.header[cacheControl]
	if len(policy) > 0 && !hasElement(policy, "immutable") &&
		cacheableByDefault(a.treatment.status) && h.options.Profile == nil && !a.sensitive {
		return
	}
	s.set(cacheControl, "no-store")
	if h.options.Profile != nil {
		makePrivate(s.header)
	}
	delete(s.header, "Cdn-Cache-Control") // takes precedence over Cache-Control (RFC 9213)
	delete(s.header, "Surrogate-Control")
}

// cacheableByDefault reports whether caches may store an error with the status even without
// Cache-Control (RFC 9110, section 15.1). Such errors depend on what was requested, not on who
// requested it or when. 501 is excluded because server failures end at some point.
func cacheableByDefault(status int) bool {
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone,
		http.StatusRequestURITooLong:
		return true
	}
	return false
}

// elements yields the elements of a list header from all its lines.
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

// hasElement reports whether a list header has the element, in any case.
func hasElement(lines []string, want string) bool {
	for element := range elements(lines) {
		if strings.EqualFold(element, want) {
			return true
		}
	}
	return false
}
