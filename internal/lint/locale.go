package lint

import (
	"fmt"
	"strconv"
	"unicode"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/invisible"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/pseudo"
)

// localeRules is what the checks know of the locale of a text. It is immutable.
type localeRules struct {
	tag     language.Tag
	id      locale.ID
	script  string
	letters []*unicode.RangeTable // of the script; nil for a rare one
	rule    *plural.Rule
	single  plural.Set // the categories that one whole number alone belongs to
	pseudo  bool       // made by a program, to look odd
	habits
	terms []term // of the glossary
}

func newLocaleRules(tag language.Tag) *localeRules {
	id := locale.Of(tag)
	l := &localeRules{tag: tag, id: id, script: id.WrittenIn(), rule: plural.For(tag),
		pseudo: pseudo.Is(tag)}
	l.letters, l.single = scripts[l.script], singles(l.rule)
	l.habits = habitsOf(l)
	return l
}

// joins reports whether letters of the locale's script join, so that its orthography has the
// zero-width invisible.Joiner and non-invisible.Joiner.
func (l *localeRules) joins() bool {
	switch l.script {
	case "Arab", "Beng", "Cakm", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Lana", "Mlym", "Mong",
		"Mymr", "Nkoo", "Orya",
		"Sinh", "Syrc", "Taml", "Telu", "Tibt":
		return true
	}
	return false
}

// unspaced reports whether the locale's script has no spaces between words, so that a zero-width
// space may say where a line can break.
func (l *localeRules) unspaced() bool {
	switch l.script {
	case "Bali", "Java", "Khmr", "Lana", "Laoo", "Mymr", "Thai", "Tibt":
		return true
	}
	return false
}

// samples calls visit with whole numbers in ascending order, until it returns false. A rule says
// all that it has to say below 200 and in the first thousand of thousands.
func samples(visit func(n uint64) bool) {
	for n := range uint64(200) {
		if !visit(n) {
			return
		}
	}
	for thousands := range uint64(1000) {
		if !visit(1000 * (thousands + 1)) {
			return
		}
	}
}

// alsoFor returns the first whole numbers, three at most, that the category has in the locale and
// not in the other one.
func (l *localeRules) alsoFor(c plural.Category, other *localeRules) []string {
	const most = 3
	var numbers []string
	for n := range samples {
		if l.rule.Uint(n) == c && other.rule.Uint(n) != c {
			numbers = append(numbers, strconv.FormatUint(n, 10))
		}
		if len(numbers) == most {
			break
		}
	}
	return numbers
}

// singles returns the categories of the rule that have exactly one whole number in them.
func singles(rule *plural.Rule) plural.Set {
	var seen [plural.NumCategories]int
	for n := range samples {
		seen[rule.Uint(n)]++
	}
	var set plural.Set
	for c, n := range seen {
		if n == 1 {
			set |= plural.SetOf(plural.Category(c))
		}
	}
	return set
}

// checkCharacters looks for characters that a reader cannot see, or that change how others look. Of
// one rule only the first in a form is reported.
func (s *textCheck) checkCharacters(c plural.Category, text string) {
	if isPlain(text) {
		return
	}
	var before rune
	reported := map[diag.Rule]bool{}
	for offset, r := range text {
		rule := s.locale.ruleFor(r, before, text[offset:])
		before = r
		if rule.ID == "" || reported[rule] {
			continue
		}
		reported[rule] = true
		s.report(rule, c, offset, fmt.Sprintf("the text has %s", describe(r)), characterHint(rule))
	}
	switch offset, r := unpaired(text); {
	case r == 0 || reported[RuleBidi]:
	case r == invisible.PopIsolate:
		s.report(RuleBidi, c, offset, "U+2069 closes nothing", "remove it")
	default:
		s.report(RuleBidi, c, offset, fmt.Sprintf("U+%04X is not closed", r),
			"add U+2069 where the isolated text ends, or remove it")
	}
}

// isPlain reports whether the text is all printable ASCII, as most of many texts is.
func isPlain(text string) bool {
	for i := range len(text) {
		if b := text[i]; b < ' ' || b > '~' {
			return false
		}
	}
	return true
}

// ruleFor returns the rule that the character breaks, or the zero Rule. before is the character in
// front of it, and rest the text from it on.
func (l *localeRules) ruleFor(r, before rune, rest string) (broken diag.Rule) {
	switch {
	case r == '\n', r == '\r' && len(rest) > 1 && rest[1] == '\n':
		return broken
	case invisible.IsControl(r):
		return RuleControl
	case invisible.IsEmbedding(r):
		return RuleBidi
	case invisible.IsIsolate(r): // looked at in pairs
	case invisible.Is(r) && !l.needs(r, before):
		return RuleInvisible
	}
	return broken
}

// needs reports whether the locale's orthography has a use for an invisible character.
func (l *localeRules) needs(r, before rune) bool {
	switch {
	case invisible.IsMark(r):
		return locale.RightToLeftScript(l.script)
	case r == invisible.NonJoiner:
		return l.joins()
	case r == invisible.Joiner:
		return l.joins() || isPicture(before)
	case r == invisible.ZeroWidthSpace:
		return l.unspaced()
	case r == invisible.MongolianVowelSeparator:
		return l.script == "Mong"
	}
	return false
}

// isPicture reports whether the character may be the part of an emoji that a invisible.Joiner joins
// to another.
func isPicture(r rune) bool {
	return r == '\ufe0f' || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r)
}

// unpaired returns the first isolate that is not closed, or what closes none, with its offset, and
// 0 where all are in pairs.
func unpaired(text string) (offset int, r rune) {
	type place struct {
		offset int
		r      rune
	}
	var open []place
	for offset, r := range text {
		switch {
		case invisible.IsIsolate(r) && r != invisible.PopIsolate:
			open = append(open, place{offset, r})
		case r == invisible.PopIsolate && len(open) == 0:
			return offset, r
		case r == invisible.PopIsolate:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return open[0].offset, open[0].r
	}
	return 0, 0
}

// describe names a character by its code point, and in words where it is a common one.
func describe(r rune) string {
	name := "a character that cannot be seen"
	switch {
	case r == '\t':
		name = "a tab"
	case unicode.IsControl(r):
		name = "a control character"
	case invisible.IsControl(r):
		name = "a line or paragraph separator"
	case invisible.IsEmbedding(r):
		name = "a direction control"
	case r == invisible.SoftHyphen:
		name = "a soft hyphen"
	case r == invisible.ZeroWidthSpace:
		name = "a zero-width space"
	case r == invisible.NonJoiner:
		name = "a zero-width non-joiner"
	case r == invisible.Joiner:
		name = "a zero-width joiner"
	case invisible.IsMark(r):
		name = "a direction mark"
	case r == invisible.ByteOrderMark:
		name = "a byte order mark"
	case r == invisible.WordJoiner:
		name = "a word joiner"
	case '\u206a' <= r && r <= '\u206f':
		name = "a deprecated shaping control"
	}
	return fmt.Sprintf("%s, U+%04X", name, r)
}

func characterHint(rule diag.Rule) string {
	switch rule {
	case RuleControl:
		return "remove it; the only one that a text may have is a line break"
	case RuleBidi:
		return "remove it; the program isolates arguments whose direction differs"
	}
	return "remove it; such a character is often copied along with a text"
}
