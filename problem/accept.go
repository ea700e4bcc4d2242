package problem

import (
	"strconv"
	"strings"
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

// The limits of what is read of Accept. Browsers stay far below them.
const (
	maxAccept = 1024 // bytes
	maxRanges = 16   // elements, valid or not
)

// specificity says how specifically a media range matches a format.
type specificity uint8

const (
	noMatch    specificity = iota
	anyType                // */*
	anySubtype             // text/*
	related                // application/json for application/problem+json
	exact
)

// preference is the client's preference for a format. It comes from the most specific media range
// that matches the format (RFC 9110, section 12.5.1).
type preference struct {
	specificity specificity
	quality     float64
	position    int
}

// betterThan reports whether a format is preferred to another: by quality, then by whether it was
// named, then by the order of the header.
func (p preference) betterThan(other preference) bool {
	switch {
	case p.quality != other.quality:
		return p.quality > other.quality
	case min(p.specificity, related) != min(other.specificity, related):
		return p.specificity > other.specificity
	}
	return p.position < other.position
}

// negotiate returns the format that the lines of an Accept header prefer. If they accept none, it
// returns JSON: a response in an unwanted format is more helpful than none.
func negotiate(lines []string) format {
	var preferences [numFormats]preference
	position := 0
	for element := range elements([]string{limitHeader(strings.Join(lines, ","))}) {
		if position++; position > maxRanges {
			break
		}
		name, quality, ok := parseRange(element)
		if !ok {
			continue
		}
		for f := range preferences {
			if s := format(f).match(name); s > preferences[f].specificity {
				preferences[f] = preference{s, quality, position}
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

// limitHeader truncates a header that is too long at its last comma within the limit, so that no
// element is truncated.
func limitHeader(header string) string {
	if len(header) <= maxAccept {
		return header
	}
	return header[:max(0, strings.LastIndexByte(header[:maxAccept], ','))]
}

// parseRange parses a media range and its weight. It ignores other parameters, such as charset. It is
// not ok if the element is invalid.
func parseRange(element string) (name string, quality float64, ok bool) {
	name, parameters, _ := strings.Cut(element, ";")
	name = strings.ToLower(strings.TrimRight(name, " \t"))
	if main, sub, found := strings.Cut(name, "/"); !found || main == "" || sub == "" {
		return "", 0, false
	}
	for parameter := range strings.SplitSeq(parameters, ";") {
		key, value, _ := strings.Cut(strings.Trim(parameter, " \t"), "=")
		if strings.EqualFold(key, "q") {
			quality, ok = parseQuality(value)
			return name, quality, ok
		}
	}
	return name, 1, true
}

// parseQuality parses a weight exactly as RFC 9110, section 12.4.2, defines it: 0 to 1 with up to
// three decimals.
func parseQuality(s string) (float64, bool) {
	integer, decimals, _ := strings.Cut(s, ".")
	if integer != "0" && integer != "1" || len(decimals) > 3 ||
		strings.Trim(decimals, "0123456789") != "" {
		return 0, false
	}
	q, err := strconv.ParseFloat(s, 64)
	return q, err == nil && q <= 1
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
	case name == main+"/*":
		return anySubtype
	case name == "*/*":
		return anyType
	}
	return noMatch
}
