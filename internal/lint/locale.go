package lint

import (
	"strconv"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/pseudo"
)

// locale is what the rules know of the locale of a text. It is immutable.
type locale struct {
	tag    language.Tag
	base   string
	script string
	rule   *plural.Rule
	single plural.Set // the categories that one whole number alone belongs to
	pseudo bool       // made by a program, to look odd
}

func newLocale(tag language.Tag) *locale {
	base, _ := tag.Base()
	script, _ := tag.Script()
	l := &locale{tag: tag, base: base.String(), script: script.String(), rule: plural.For(tag), pseudo: pseudo.Is(tag)}
	l.single = singles(l.rule)
	return l
}

// rightToLeft reports whether the locale is written from right to left.
func (l *locale) rightToLeft() bool {
	switch l.script {
	case "Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi":
		return true
	}
	return false
}

// joins reports whether letters of the locale's script join, so that its orthography has the zero-width joiner and
// non-joiner.
func (l *locale) joins() bool {
	switch l.script {
	case "Arab", "Beng", "Cakm", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Lana", "Mlym", "Mong", "Mymr", "Nkoo", "Orya",
		"Sinh", "Syrc", "Taml", "Telu", "Tibt":
		return true
	}
	return false
}

// unspaced reports whether the locale's script has no spaces between words, so that a zero-width space may say where a
// line can break.
func (l *locale) unspaced() bool {
	switch l.script {
	case "Bali", "Java", "Khmr", "Lana", "Laoo", "Mymr", "Thai", "Tibt":
		return true
	}
	return false
}

// samples calls visit with whole numbers in ascending order, until it returns false. A rule says all that it has to say
// below 200 and in the first thousand of thousands.
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

// alsoFor returns the first whole numbers, three at most, that the category has in the locale and not in the other one.
func (l *locale) alsoFor(c plural.Category, other *locale) []string {
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
