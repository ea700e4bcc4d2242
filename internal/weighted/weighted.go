// Package weighted reads the lists of request headers whose elements have weights, such as Accept
// and Accept-Language (RFC 9110, sections 5.6.1 and 12.4.2), within bounds that no browser comes
// near.
package weighted

import (
	"iter"
	"strings"
)

// The bounds of a list.
const (
	MaxBytes    = 1024
	MaxElements = 16 // good or bad
)

// List returns the elements of a header without the white space around them, and without empty
// ones, which do not count. A list that is too long is cut at its last comma within the bound, so
// that no element is cut in two. The lines of a repeated header are joined with commas by the
// caller.
func List(header string) iter.Seq[string] {
	if len(header) > MaxBytes {
		header = header[:max(0, strings.LastIndexByte(header[:MaxBytes], ','))]
	}
	return func(yield func(string) bool) {
		n, rest := 0, newSplitter(header)
		for more := true; more; {
			var element string
			element, more = rest.next(',')
			if element = strings.Trim(element, " \t"); element == "" {
				continue
			}
			if n++; n > MaxElements || !yield(element) {
				return
			}
		}
	}
}

// Split returns what is between the separators. One inside a quoted string (RFC 9110, section
// 5.6.4) does not count. A quotation mark without a partner is an ordinary character, so that it
// spoils one element and not those after it.
func Split(s string, separator byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		rest := newSplitter(s)
		for more := true; more; {
			var element string
			if element, more = rest.next(separator); !yield(element) {
				return
			}
		}
	}
}

// splitter is what is left to split.
type splitter struct {
	s      string
	quoted bool // there may be quoted strings in it
}

func newSplitter(s string) splitter { return splitter{s, strings.Contains(s, `"`)} }

// next returns what is before the next separator; more is false at the end.
func (r *splitter) next(separator byte) (element string, more bool) {
	i := 0
	for ; r.quoted && i < len(r.s) && r.s[i] != separator; i++ {
		if r.s[i] == '"' {
			// If a mark has no partner, none after it has one: those are escaped ones. A long header of
			// them must not be searched again and again.
			n := quotedLen(r.s[i:])
			i, r.quoted = i+n, n > 0
		}
	}
	end := strings.IndexByte(r.s[i:], separator)
	if end < 0 {
		return r.s, false
	}
	element, r.s = r.s[:i+end], r.s[i+end+1:]
	return element, true
}

// quotedLen returns the index of the quotation mark that closes the string at the beginning of s, 0
// if none does.
func quotedLen(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i
		case '\\':
			i++ // What follows is a character of the string.
		}
	}
	return 0
}

// Weight reads the value of the parameter q, such as "0.5", in thousandths: a number from 0 to 1
// with up to three decimals.
func Weight(s string) (thousandths int, ok bool) {
	whole, decimals, _ := strings.Cut(s, ".")
	if whole != "0" && whole != "1" || len(decimals) > 3 {
		return 0, false
	}
	thousandths = int(whole[0] - '0')
	for i := range 3 {
		digit := byte('0')
		if i < len(decimals) {
			digit = decimals[i]
		}
		if digit < '0' || digit > '9' {
			return 0, false
		}
		thousandths = thousandths*10 + int(digit-'0')
	}
	return thousandths, thousandths <= 1000
}
