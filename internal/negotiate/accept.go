package negotiate

import (
	"cmp"
	"errors"
	"hash/maphash"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/weighted"
)

// maxTag is how many bytes of a tag are read; RFC 5646, section 4.4.1, says that they are enough
// for any. The time that x/text takes for a tag grows much faster than its length.
const maxTag = 35

// want is one element of a preference.
type want struct {
	*asked      // nil for the range "*"
	quality int // from 0 to 1000
}

// asked is a language that a reader asks for. It is immutable.
type asked struct {
	candidate
	tag   language.Tag
	sent  string // the range as the reader wrote it
	found int    // the locale to show if none is excluded, or -1
}

// rangeCache keeps the ranges that readers sent lately, since few of them are in use. Its size is
// fixed and slots are overwritten, so no client can make it grow.
type rangeCache [256]atomic.Pointer[asked]

var hashSeed = maphash.MakeSeed()

// parse reads one preference and appends its good elements, in order of preference, equal ones in
// that of the list.
func (m *Matcher) parse(wants []want, value string) []want {
	for element := range weighted.List(value) {
		if w, ok := m.parseElement(element); ok {
			wants = append(wants, w)
		}
	}
	slices.SortStableFunc(wants, func(a, b want) int { return cmp.Compare(b.quality, a.quality) })
	return wants
}

// parseElement reads a language range with or without its weight.
func (m *Matcher) parseElement(s string) (want, bool) {
	name, parameter, more := strings.Cut(s, ";")
	name = strings.TrimRight(name, " \t")
	w := want{quality: 1000}
	if more {
		key, value, _ := strings.Cut(strings.TrimLeft(parameter, " \t"), "=")
		quality, ok := weighted.Weight(value)
		if !ok || !strings.EqualFold(key, "q") {
			return want{}, false
		}
		w.quality = quality
	}
	if name == "*" {
		return w, true
	}
	w.asked = m.parseRange(name)
	return w, w.asked != nil
}

// parseRange reads a language range other than "*". It returns nil if that is malformed.
func (m *Matcher) parseRange(name string) *asked {
	if len(name) > maxTag {
		return nil
	}
	slot := &m.ranges[maphash.String(hashSeed, name)%uint64(len(m.ranges))]
	if hit := slot.Load(); hit != nil && hit.sent == name {
		return hit
	}
	tag, ok := parseTag(name)
	if !ok {
		return nil
	}
	c := newCandidate(tag)
	if c.pseudo && !begins(name, c.spelled) {
		c.spelled = "" // It was en-973 or eng-XA, which x/text takes for en-XA.
	}
	a := &asked{candidate: c, tag: tag, sent: strings.Clone(name), found: m.find(&c, nil)}
	slot.Store(a)
	return a
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
