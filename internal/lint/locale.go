package lint

import (
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/plural"
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
	region, _ := tag.Region()
	l := &locale{tag: tag, base: base.String(), script: script.String(), rule: plural.For(tag)}
	l.single = singles(l.rule)
	l.pseudo = slices.Contains([]string{"XA", "XB", "XC"}, region.String())
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

// singles returns the categories of the rule that have exactly one whole number in them. A rule says all that it has to
// say below 200 and in the first thousand of thousands.
func singles(rule *plural.Rule) plural.Set {
	var seen [plural.NumCategories]int
	for n := range uint64(200) {
		seen[rule.Uint(n)]++
	}
	for thousands := range uint64(1000) {
		seen[rule.Uint(1000*(thousands+1))]++
	}
	var set plural.Set
	for c, n := range seen {
		if n == 1 {
			set |= plural.SetOf(plural.Category(c))
		}
	}
	return set
}
