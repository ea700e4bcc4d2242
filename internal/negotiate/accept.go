package negotiate

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// The bounds of what is read. No browser comes near them, and the time that x/text takes for a tag
// grows much faster than its length, so that nothing longer may reach it.
const (
	maxValue    = 1024 // bytes of one preference
	maxElements = 16   // elements of one preference, good or bad
	maxTag      = 35   // bytes of a tag, which RFC 5646, section 4.4.1, says is enough for any
)

// want is one element of a preference.
type want struct {
	candidate
	any     bool // the range "*"; then neither tag nor candidate is set
	tag     language.Tag
	quality int // from 0 to 1000
}

// parse reads one preference and returns its good elements, the most wanted first, equal ones in
// their order.
func parse(value string) []want {
	var wants []want
	elements := 0
	for element := range strings.SplitSeq(bound(value), ",") {
		element = strings.Trim(element, " \t")
		if element == "" {
			continue // RFC 9110, section 5.6.1.2, has recipients ignore empty elements.
		}
		if elements++; elements > maxElements {
			break
		}
		if w, ok := parseElement(element); ok {
			wants = append(wants, w)
		}
	}
	slices.SortStableFunc(wants, func(a, b want) int { return cmp.Compare(b.quality, a.quality) })
	return wants
}

// bound cuts a value that is too long at its last comma within the bound, so that no element is cut
// in two.
func bound(value string) string {
	if len(value) <= maxValue {
		return value
	}
	return value[:max(0, strings.LastIndexByte(value[:maxValue], ','))]
}

// parseElement reads a language range with or without its weight.
func parseElement(s string) (want, bool) {
	name, weight, weighted := strings.Cut(s, ";")
	name = strings.TrimRight(name, " \t")
	w := want{any: name == "*", quality: 1000}
	if weighted {
		quality, ok := parseWeight(strings.TrimLeft(weight, " \t"))
		if !ok {
			return want{}, false
		}
		w.quality = quality
	}
	if w.any {
		return w, true
	}
	tag, ok := parseTag(name)
	if !ok {
		return want{}, false
	}
	w.tag, w.candidate = tag, newCandidate(tag)
	if w.pseudo && !begins(name, w.spelled) {
		w.spelled = "" // It was en-973 or eng-XA, which x/text takes for en-XA.
	}
	return w, true
}

// begins reports whether a tag as it was sent begins with that name, in any case.
func begins(sent, name string) bool {
	return len(sent) >= len(name) && strings.EqualFold(strings.ReplaceAll(sent[:len(name)], "_", "-"), name)
}

// parseWeight reads "q=0.5" in thousandths, to the letter of RFC 9110, section 12.4.2.
func parseWeight(s string) (quality int, ok bool) {
	if len(s) < 3 || s[0]|0x20 != 'q' || s[1] != '=' {
		return 0, false
	}
	whole, decimals, _ := strings.Cut(s[2:], ".")
	if whole != "0" && whole != "1" || len(decimals) > 3 {
		return 0, false
	}
	quality = int(whole[0] - '0')
	for i := range 3 {
		digit := byte('0')
		if i < len(decimals) {
			digit = decimals[i]
		}
		if digit < '0' || digit > '9' {
			return 0, false
		}
		quality = quality*10 + int(digit-'0')
	}
	return quality, quality <= 1000
}

// parseTag reads a BCP 47 language tag. A subtag that is well-formed but not registered is dropped,
// since the rest still tells the language; where the language is not registered, what is left
// matches no locale.
func parseTag(s string) (language.Tag, bool) {
	if len(s) > maxTag {
		return language.Und, false
	}
	tag, err := language.Parse(s)
	if _, unknown := errors.AsType[language.ValueError](err); err != nil && !unknown {
		return language.Und, false
	}
	return tag, true
}
