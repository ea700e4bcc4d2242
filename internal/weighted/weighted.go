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
		n := 0
		for element := range strings.SplitSeq(header, ",") {
			if element = strings.Trim(element, " \t"); element == "" {
				continue
			}
			if n++; n > MaxElements || !yield(element) {
				return
			}
		}
	}
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
