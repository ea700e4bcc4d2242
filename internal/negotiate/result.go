package negotiate

import (
	"slices"

	"golang.org/x/text/language"
)

// Result is the outcome of one negotiation. It belongs to the caller.
type Result struct {
	// Chain holds indexes into the available locales, none twice, in the order in which a text is
	// looked for: the matched locale and those that it inherits from, the same for each further
	// language of the reader, at last the same for the default locale. It is empty only if the
	// matcher has no locale.
	Chain []int

	// Matched reports that the reader's preferences led to Chain[0]. If it is false, nothing that
	// the reader accepts is available, and the default locale is first.
	Matched bool

	// Reader is the preference that led to Chain[0], with the reader's region and extensions, such
	// as ar-EG-u-nu-latn where Chain[0] is ar. Its language is another one than that of Chain[0] if
	// a [Pair] matched. If Matched is false, or the preference was a mere "*", it is the default
	// locale.
	Reader language.Tag
}

// Locale returns the index of the locale that is shown, which is Chain[0], or -1 if the matcher has
// no locale.
func (r Result) Locale() int {
	if len(r.Chain) == 0 {
		return -1
	}
	return r.Chain[0]
}

// Match negotiates for the preferences of a reader, the one with the highest authority first: all
// of the first one comes before any of the second. Each is one language tag, such as "de-AT" or
// "de_AT", or the value of an Accept-Language header, such as "de-CH, fr;q=0.9"; the lines of a
// repeated header are joined with ", " by the caller.
//
// Any string is safe. Of each preference the elements that end before its first 1024 bytes do are
// read, and 16 of them at most. An element that is malformed, is longer than 35 bytes, or names no
// known language is passed over. The range "*" stands for the default locale or, if that is
// excluded, for any other one. A range with q=0 excludes its locales, unless a more special range
// allows them, from what this preference and those after it may lead to, but the default locale
// remains the last resort.
func (m *Matcher) Match(prefs ...string) Result {
	n := negotiation{Matcher: m}
	for _, pref := range prefs {
		n.consider(parse(pref))
	}
	return n.conclude()
}

// MatchTags is [Matcher.Match] for tags of equal authority, the most wanted first.
func (m *Matcher) MatchTags(tags ...language.Tag) Result {
	n := negotiation{Matcher: m}
	wants := make([]want, len(tags))
	for i, tag := range tags {
		wants[i] = want{tag: tag, candidate: newCandidate(tag), quality: 1000}
	}
	n.consider(wants)
	return n.conclude()
}

// negotiation is a Result in the making.
type negotiation struct {
	*Matcher
	Result
	ban []bool // by locale; nil if none is excluded
}

// consider adds what one preference leads to. Its wants are in descending order.
func (n *negotiation) consider(wants []want) {
	n.exclude(wants)
	for _, w := range wants {
		switch {
		case w.quality == 0:
			return
		case w.any:
			if i := n.any(); i >= 0 {
				n.add(i, n.tags[i])
			}
		default:
			if i, ok := n.find(&w.candidate, n.ban); ok {
				n.add(i, w.tag)
			}
		}
	}
}

// any returns the locale for the range "*": the default one, or if that is excluded, the first that
// is not; -1 if there is none.
func (n *negotiation) any() int {
	if n.def >= 0 && !banned(n.ban, n.def) {
		return n.def
	}
	for i := range n.locales {
		if !n.locales[i].pseudo && !banned(n.ban, i) {
			return i
		}
	}
	return -1
}

// exclude bans each locale for which the most special of the ranges that include it has a quality
// of zero.
func (n *negotiation) exclude(wants []want) {
	if len(wants) == 0 || wants[len(wants)-1].quality > 0 {
		return
	}
	if n.ban == nil {
		n.ban = make([]bool, len(n.locales))
	}
	for i := range n.locales {
		nearest, accepted := -1, true
		for _, w := range wants {
			at := -1
			if !w.any {
				at = n.locales[i].within(w.name())
			}
			// Zeros come last, so that one of them wins over an equal range.
			if at >= 0 && (nearest < 0 || at <= nearest) {
				nearest, accepted = at, w.quality > 0
			}
		}
		n.ban[i] = n.ban[i] || !accepted
	}
}

// add appends a locale that the reader's tag led to, and what it inherits from.
func (n *negotiation) add(index int, reader language.Tag) {
	if !n.Matched {
		n.Matched, n.Reader = true, reader
	}
	n.follow(index, n.ban)
}

// conclude appends the default locale, which no ban concerns.
func (n *negotiation) conclude() Result {
	if n.def >= 0 {
		if !n.Matched {
			n.Reader = n.tags[n.def]
		}
		n.follow(n.def, nil)
	}
	return n.Result
}

// follow appends the trail of a locale, leaving out what is excluded or there already.
func (n *negotiation) follow(index int, ban []bool) {
	for _, i := range n.trails[index] {
		if !banned(ban, i) && !slices.Contains(n.Chain, i) {
			n.Chain = append(n.Chain, i)
		}
	}
}

// banned reports whether a locale is excluded; a nil ban excludes none.
func banned(ban []bool, index int) bool { return ban != nil && ban[index] }
