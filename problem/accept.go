package problem

import (
	"strings"

	"github.com/errlingo/errlingo/internal/weighted"
)

// representation is one of the forms that a response may have.
type representation uint8

// The representations, that which the server prefers first.
const (
	asJSON representation = iota
	asHTML
	asText

	representations = 3
)

// mediaTypes are what is sent.
var mediaTypes = [representations]string{"application/problem+json", "text/html; charset=utf-8", "text/plain; charset=utf-8"}

// String returns the media type.
func (r representation) String() string { return mediaTypes[r] }

// closeness says how closely a media range names a representation.
type closeness uint8

const (
	notAtAll  closeness = iota
	anything            // */*
	anySub              // text/*
	asRelated           // application/json for application/problem+json
	exactly
)

// claim is the media range that speaks for a representation: of those that match it, the most specific one (RFC 9110,
// section 12.5.1).
type claim struct {
	closeness closeness
	quality   int // in thousandths
	position  int
}

// better reports whether the claim is that of a more welcome representation. What is equally welcome and equally well
// named is taken in the order of the header.
func (c claim) better(other claim) bool {
	switch {
	case c.quality != other.quality:
		return c.quality > other.quality
	case min(c.closeness, asRelated) != min(other.closeness, asRelated):
		return c.closeness > other.closeness
	}
	return c.position < other.position
}

// choose returns the representation that the lines of an Accept header ask for. Where they accept none, it is JSON all
// the same: an error that was refused for its form would help nobody.
func choose(lines []string) representation {
	var claims [representations]claim
	position := 0
	for element := range weighted.List(strings.Join(lines, ",")) {
		position++
		name, quality, ok := parseRange(element)
		if !ok {
			continue
		}
		for r := range claims {
			if close := representation(r).matches(name); close > claims[r].closeness {
				claims[r] = claim{close, quality, position}
			}
		}
	}
	best := asJSON
	for r := asHTML; r < representations; r++ {
		if claims[r].better(claims[best]) {
			best = r
		}
	}
	if claims[best].quality == 0 {
		return asJSON
	}
	return best
}

// parseRange reads one media range and its weight. Other parameters, such as a charset, are passed over. An element
// that is none is not ok.
func parseRange(element string) (name string, quality int, ok bool) {
	name, parameters, _ := strings.Cut(element, ";")
	name = strings.ToLower(strings.TrimRight(name, " \t"))
	if main, sub, found := strings.Cut(name, "/"); !found || main == "" || sub == "" {
		return "", 0, false
	}
	for parameter := range strings.SplitSeq(parameters, ";") {
		key, value, _ := strings.Cut(strings.Trim(parameter, " \t"), "=")
		if strings.EqualFold(key, "q") {
			quality, ok = weighted.Weight(value)
			return name, quality, ok
		}
	}
	return name, 1000, true
}

// matches returns how closely the media range names the representation.
func (r representation) matches(name string) closeness {
	own, _, _ := strings.Cut(mediaTypes[r], ";")
	main, _, _ := strings.Cut(own, "/")
	switch {
	case name == own:
		return exactly
	case r == asJSON && name == "application/json":
		return asRelated
	case name == main+"/*":
		return anySub
	case name == "*/*":
		return anything
	}
	return notAtAll
}
