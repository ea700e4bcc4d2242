package problem

import (
	"strings"

	"github.com/errlingo/errlingo/internal/weighted"
)

// format is a format that a response may have.
type format uint8

// The formats, in order of the server's preference.
const (
	asJSON format = iota
	asHTML
	asText

	numFormats = 3
)

// contentTypes are the values of Content-Type.
var contentTypes = [numFormats]string{
	"application/problem+json",
	"text/html; charset=utf-8",
	"text/plain; charset=utf-8",
}

// String returns the content type.
func (f format) String() string { return contentTypes[f] }

// specificity says how specifically a media range matches a format.
type specificity uint8

const (
	noMatch    specificity = iota
	anyType                // */*
	anySubtype             // text/*
	sibling                // application/vnd.shop+json for application/problem+json
	related                // application/json for application/problem+json
	exact

	named = sibling // this specific or more: the client has named the format, or one of its kind
)

// preference is the client's preference for a format. It comes from the most specific media range
// that matches the format (RFC 9110, section 12.5.1).
type preference struct {
	specificity specificity
	quality     int // in thousandths
}

// betterThan reports whether a format is preferred to another: by quality, then by whether it was
// named. Otherwise the server's order counts, since the order of a header has no meaning: some
// clients put the type that they read the result as before the one that they know errors by.
func (p preference) betterThan(other preference) bool {
	if p.quality != other.quality {
		return p.quality > other.quality
	}
	return min(p.specificity, named) > min(other.specificity, named)
}

// negotiate returns the format that the lines of an Accept header prefer. If they accept none, it
// returns JSON: a response in an unwanted format is more helpful than none.
func negotiate(lines []string) format {
	if len(lines) == 1 {
		switch lines[0] {
		case "*/*", "application/json", "application/problem+json":
			return asJSON // what most programs send
		}
	}
	var preferences [numFormats]preference
	for element := range weighted.List(strings.Join(lines, ",")) {
		name, quality, ok := parseRange(element)
		if !ok {
			continue
		}
		for f := range preferences {
			s, p := format(f).match(name), &preferences[f]
			if s == sibling && quality == 0 {
				continue // A client that can't read one kind of JSON may read others.
			}
			if s > p.specificity || s == sibling && s == p.specificity && quality > p.quality {
				*p = preference{s, quality}
			}
		}
	}
	best := asJSON
	for f := asHTML; f < numFormats; f++ {
		if preferences[f].betterThan(preferences[best]) {
			best = f
		}
	}
	if preferences[best].quality == 0 {
		return asJSON
	}
	return best
}

// parseRange parses a media range and its weight in thousandths. It ignores other parameters, such
// as charset. It is not ok if the element is invalid.
func parseRange(element string) (name string, quality int, ok bool) {
	name, parameters, _ := strings.Cut(element, ";")
	name = strings.ToLower(strings.TrimRight(name, " \t"))
	if main, sub, found := strings.Cut(name, "/"); !found || main == "" || sub == "" {
		return "", 0, false
	}
	for parameter := range weighted.Split(parameters, ';') {
		key, value, _ := strings.Cut(strings.Trim(parameter, " \t"), "=")
		if strings.EqualFold(key, "q") {
			quality, ok = weighted.Weight(value)
			return name, quality, ok
		}
	}
	return name, 1000, true
}

// match returns how specifically the media range matches the format.
func (f format) match(name string) specificity {
	mediaType, _, _ := strings.Cut(contentTypes[f], ";")
	main, _, _ := strings.Cut(mediaType, "/")
	switch {
	case name == mediaType:
		return exact
	case f == asJSON && name == "application/json":
		return related
	case f == asJSON && strings.HasSuffix(name, "+json"):
		return sibling
	case name == main+"/*":
		return anySubtype
	case name == "*/*":
		return anyType
	}
	return noMatch
}
