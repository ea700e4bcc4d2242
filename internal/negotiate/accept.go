package negotiate

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/weighted"
)

// maxTag is how many bytes of a tag are read; RFC 5646, section 4.4.1, says that they are enough
// for any. The time that x/text takes for a tag grows much faster than its length.
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
	wants := make([]want, 0, 4)
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
	return len(sent) >= len(name) && strings.EqualFold(strings.ReplaceAll(sent[:len(name)], "_", "-"),
		name)
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

// candidate is a language tag, prepared for comparison.
type candidate struct {
	spelled string    // as it was given, without extensions
	id      locale.ID // minimal, so that equal locales have equal names
	lineage []string  // its name, then those of its parents
	group   string    // the language and script to match it within; "" if it has no language
	pseudo  bool
}

// newCandidate prepares a tag. Two tags get the same name if they differ only in extensions, in a
// deprecated spelling, or in a script that the rest implies: zh-TW and zh-Hant-TW, sr and sr-Cyrl,
// iw and he.
func newCandidate(tag language.Tag) candidate {
	spelled := locale.Spelled(tag)
	c := candidate{spelled: spelled.String(), id: spelled.Canonical().Minimal()}
	name := c.spelled
	if c.id != spelled {
		name = c.id.String()
	}
	c.lineage = append(make([]string, 0, 4), name)
	if c.id.Language == "und" {
		return c
	}
	for id, ok := c.id.Parent(); ok; id, ok = id.Parent() {
		c.lineage = append(c.lineage, id.String())
	}
	joined, script := c.id.Language, c.id.WrittenIn()
	if joined == "nb" || joined == "nn" {
		joined = "no"
	}
	c.group = joined + "-" + script
	c.pseudo = c.id.Pseudo()
	return c
}

// compared returns what x/text is to compare within the group.
func (c *candidate) compared() language.Tag {
	id := locale.ID{Language: c.id.Language, Script: c.id.WrittenIn(), Region: c.id.Region}
	if id.Language == "nb" || id.Language == "nn" {
		id.Language = "no" // Left to itself, x/text takes nb for nearer to nn than no is.
	}
	if name := c.name(); name == "en-CA" || name == "en-PH" {
		// CLDR 48 has them nearer to American than to British English, unlike x/text's CLDR 32.
		id.Region = "US"
	}
	return id.Tag()
}

// name returns the canonical name.
func (c *candidate) name() string { return c.lineage[0] }

// between returns what c inherits from, the nearest first, except for the root of its language.
func (c *candidate) between() []string {
	if len(c.lineage) < 3 {
		return nil
	}
	return c.lineage[1 : len(c.lineage)-1]
}

// within returns how far c is below the range of that name: 0 if it is the same, -1 if the range
// does not include it. A range that is only a language includes all its scripts, although they do
// not inherit from it.
func (c *candidate) within(name string) int {
	if i := slices.Index(c.lineage, name); i >= 0 {
		return i
	}
	if name == c.id.Language {
		return len(c.lineage)
	}
	return -1
}

// mainRegion reports whether c is for the region that its language implies, or for none.
func (c *candidate) mainRegion() bool {
	return c.id.Region == "" || c.id.Region == locale.MainRegion(c.id.Language, c.id.WrittenIn())
}
