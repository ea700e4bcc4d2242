package negotiate

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/weighted"
)

// maxTag is how many bytes of a tag are read; RFC 5646, section 4.4.1, says that they are enough for
// any. The time that x/text takes for a tag grows much faster than its length.
const maxTag = 35

// want is one element of a preference.
type want struct {
	candidate
	any     bool // the range "*"; then neither tag nor candidate is set
	tag     language.Tag
	quality int // from 0 to 1000
}

// parse reads one preference and returns its good elements, in order of preference, equal ones in
// that of the list.
func parse(value string) []want {
	var wants []want
	for element := range weighted.List(value) {
		if w, ok := parseElement(element); ok {
			wants = append(wants, w)
		}
	}
	slices.SortStableFunc(wants, func(a, b want) int { return cmp.Compare(b.quality, a.quality) })
	return wants
}

// parseElement reads a language range with or without its weight.
func parseElement(s string) (want, bool) {
	name, parameter, more := strings.Cut(s, ";")
	name = strings.TrimRight(name, " \t")
	w := want{any: name == "*", quality: 1000}
	if more {
		key, value, _ := strings.Cut(strings.TrimLeft(parameter, " \t"), "=")
		quality, ok := weighted.Weight(value)
		if !ok || !strings.EqualFold(key, "q") {
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
