// Package negotiate chooses, of the locales that a program has, those to show a reader, from
// bounded input.
//
// A reader is matched within one language and one script only. A locale of another language is
// shown when the reader names it, when the program pairs the two by [Options], or when it is the
// default. The inheritance between locales is that of [CLDR], the syntax of ranges that of
// [RFC 4647], and weights follow [RFC 9110, section 12.5.4].
//
// [CLDR]: https://www.unicode.org/reports/tr35/#Parent_Locales
// [RFC 4647]: https://www.rfc-editor.org/rfc/rfc4647
// [RFC 9110, section 12.5.4]: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
package negotiate

import (
	"cmp"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/weighted"
)

// Pair lets readers of one language be shown another one, as if it were their own.
type Pair struct {
	Reader    language.Tag // what the reader asks for, such as gl; gl stands for gl-ES too
	Available language.Tag // what may be shown instead, such as es
}

// Options adjusts a [Matcher]. The zero value is ready to use: no language stands for another one.
type Options struct {
	// Cross names the pairs of different languages that may be matched. A pair is tried where the
	// reader named its language, once nothing in that language itself is available. Of several
	// pairs the first with a locale counts.
	Cross []Pair
}

// Matcher matches readers against the locales of one program. It is made by [New], is immutable but
// for a cache, and may be used by several goroutines at once. It must not be copied.
type Matcher struct {
	locales []candidate
	tags    []language.Tag
	trails  [][]int // of each locale: itself, then the available locales that it inherits from
	byName  map[string][]int
	groups  map[string]group
	cross   []crossing
	def     int // the default locale, or -1 if there is no locale at all
	ranges  rangeCache
}

// group holds the locales of one language in one script, the one to be preferred in a tie first,
// and those with variants or private use last: a reader who did not ask for such a variety gets it
// only if there is nothing else (RFC 4647, section 3.4).
type group struct {
	members []int
	closest language.Matcher // its indexes are those of members; nil for a single one
}

// crossing is a Pair, prepared.
type crossing struct {
	reader string
	to     candidate
}

// New returns a matcher for the available locales, to which the indexes of every [Result] refer.
// The default locale is the one that a reader who asks for def would be given, or else
// the first available one. A locale whose region is XA, XB or XC is a pseudo-locale: it is
// chosen only by its exact name, which def may be.
func New(available []language.Tag, def language.Tag, opts Options) *Matcher {
	m := &Matcher{
		locales: make([]candidate, len(available)),
		tags:    slices.Clone(available),
		byName:  make(map[string][]int, len(available)),
	}
	for i, tag := range available {
		m.locales[i] = newCandidate(tag)
		name := m.locales[i].name()
		m.byName[name] = append(m.byName[name], i)
	}
	m.trails = m.inherit()
	m.groups = m.group()
	for _, pair := range opts.Cross {
		m.cross = append(m.cross, crossing{newCandidate(pair.Reader).id.String(),
			newCandidate(pair.Available)})
	}
	fallback := newCandidate(def)
	m.def = m.fallback(&fallback)
	return m
}

// inherit returns for each locale the trail along which a text is looked for. A pseudo-locale is
// made from the source texts and inherits from none.
func (m *Matcher) inherit() [][]int {
	trails := make([][]int, len(m.locales))
	for i, l := range m.locales {
		trails[i] = []int{i}
		if l.pseudo {
			continue
		}
		for _, name := range l.lineage {
			for _, j := range m.byName[name] {
				if j != i {
					trails[i] = append(trails[i], j)
				}
			}
		}
	}
	return trails
}

// group sorts the locales that may be negotiated into groups and each group by preference: general
// before special, the language's main region before others, then by name. x/text leaves a tie to
// the first, so that the outcome does not depend on the order of loading. It does not look at
// variants and private use, so it is shown locales with these only if the group has no others.
func (m *Matcher) group() map[string]group {
	members := make(map[string][]int)
	for i, l := range m.locales {
		if !l.pseudo && l.group != "" {
			members[l.group] = append(members[l.group], i)
		}
	}
	groups := make(map[string]group, len(members))
	for key, of := range members {
		slices.SortStableFunc(of, func(a, b int) int {
			x, y := &m.locales[a], &m.locales[b]
			return cmp.Or(
				compareBool(x.id.Rest != "", y.id.Rest != ""),
				cmp.Compare(len(x.lineage), len(y.lineage)),
				compareBool(y.mainRegion(), x.mainRegion()),
				cmp.Compare(x.name(), y.name()),
			)
		})
		g := group{members: of}
		plain := slices.IndexFunc(of, func(i int) bool { return m.locales[i].id.Rest != "" })
		if plain < 1 {
			plain = len(of)
		}
		if plain > 1 {
			tags := make([]language.Tag, plain)
			for n, i := range of[:plain] {
				tags[n] = m.locales[i].compared()
			}
			g.closest = language.NewMatcher(tags, language.PreferSameScript(false))
		}
		groups[key] = g
	}
	return groups
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// fallback returns the index of the default locale.
func (m *Matcher) fallback(def *candidate) int {
	if i, ok := m.own(def, nil); ok {
		return i
	}
	if i := slices.IndexFunc(m.locales, func(l candidate) bool { return !l.pseudo }); i >= 0 {
		return i
	}
	return min(0, len(m.locales)-1)
}

// find returns the locale to show a reader who asks for want: one in the reader's own language,
// else one by a pair. It is -1 if there isn't one.
func (m *Matcher) find(want *candidate, ban []bool) int {
	if i, ok := m.own(want, ban); ok {
		return i
	}
	for i := range m.cross {
		if want.within(m.cross[i].reader) < 0 {
			continue
		}
		if i, ok := m.own(&m.cross[i].to, ban); ok {
			return i
		}
	}
	return -1
}

// own returns the locale of want's own language and script that suits best: the one asked for, else
// what it inherits from, else the same variety in another region, else a sibling. The root of the
// language is one of the siblings, since en-GB serves a reader of en-AU better than en does; x/text
// knows such distances.
func (m *Matcher) own(want *candidate, ban []bool) (index int, ok bool) {
	if i, ok := m.named(want, ban); ok {
		return i, true
	}
	for _, name := range want.between() {
		for _, i := range m.byName[name] {
			if !m.locales[i].pseudo && !banned(ban, i) {
				return i, true
			}
		}
	}
	g, ok := m.groups[want.group]
	if !ok {
		return 0, false
	}
	variety := want.id.Rest
	for _, i := range g.members {
		if variety != "" && m.locales[i].id.Rest == variety && !banned(ban, i) {
			return i, true // ca-valencia for ca-ES-valencia, and the other way round
		}
	}
	if i := g.pick(want); !banned(ban, i) {
		return i, true
	}
	for _, i := range g.members {
		if !banned(ban, i) {
			return i, true
		}
	}
	return 0, false
}

// named returns the locale that has want's name. Of two that differ in their spelling only, such as
// zh and zh-Hans, it is the one spelled as the reader does. No other spelling of a pseudo-locale
// will do.
func (m *Matcher) named(want *candidate, ban []bool) (index int, ok bool) {
	index = -1
	for _, i := range m.byName[want.name()] {
		if banned(ban, i) {
			continue
		}
		if m.locales[i].spelled == want.spelled {
			return i, true
		}
		if index < 0 && !m.locales[i].pseudo {
			index = i
		}
	}
	return index, index >= 0
}

// pick returns the member that is closest to want. Below High confidence x/text's index means
// nothing.
func (g group) pick(want *candidate) int {
	if g.closest != nil {
		if _, n, confidence := g.closest.Match(want.compared()); confidence >= language.High {
			return g.members[n]
		}
	}
	return g.members[0]
}

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
// known language is skipped. The range "*" stands for the default locale or, if that is excluded,
// for any other one. A range with q=0 excludes its locales, unless a more special range allows
// them, from what this preference and those after it may lead to, but the default locale remains
// the last resort.
func (m *Matcher) Match(prefs ...string) Result {
	n := m.begin()
	var room [weighted.MaxElements]want
	for _, pref := range prefs {
		n.consider(m.parse(room[:0], pref))
	}
	return n.conclude()
}

// MatchTags is [Matcher.Match] for tags of equal authority, in order of preference.
func (m *Matcher) MatchTags(tags ...language.Tag) Result {
	n := m.begin()
	wants := make([]want, len(tags))
	for i, tag := range tags {
		c := newCandidate(tag)
		wants[i] = want{&asked{candidate: c, tag: tag, found: m.find(&c, nil)}, 1000}
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

// begin returns a negotiation whose chain has room for that of most readers.
func (m *Matcher) begin() negotiation {
	return negotiation{Matcher: m, Result: Result{Chain: make([]int, 0, min(len(m.locales), 8))}}
}

// consider adds what one preference leads to. Its wants are in descending order.
func (n *negotiation) consider(wants []want) {
	n.exclude(wants)
	for _, w := range wants {
		switch {
		case w.quality == 0:
			return
		case w.asked == nil:
			if i := n.any(); i >= 0 {
				n.add(i, n.tags[i])
			}
		default:
			found := w.found
			if n.ban != nil {
				found = n.find(&w.candidate, n.ban)
			}
			if found >= 0 {
				n.add(found, w.tag)
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
			if w.asked != nil {
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
