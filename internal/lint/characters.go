package lint

import (
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/invisible"
)

// Character is one that texts of a locale have and many keyboards lack.
type Character struct {
	Text  string
	Label string // what a button shows: an abbreviation of what can't be seen
	Name  string
}

// Characters returns the characters that texts of a locale have and many keyboards lack. No rule
// reports one for being foreign to the language.
func Characters(tag language.Tag) []Character {
	l := newLocaleRules(tag)
	outer, inner := l.quotation.Outer, l.quotation.Inner
	all := []Character{
		{"\u00a0", "NBSP", "no-break space"},
		{"\u202f", "NNBSP", "narrow no-break space"},
	}
	add := func(r rune, name string) {
		for i := range all {
			if all[i].Text == string(r) {
				all[i].Name += ", " + name
				return
			}
		}
		all = append(all, Character{string(r), string(r), name})
	}
	add(outer[0], "opening quotation mark")
	add(outer[1], "closing quotation mark")
	if inner != outer {
		add(inner[0], "opening quotation mark inside of others")
		add(inner[1], "closing quotation mark inside of others")
	}
	add('’', "apostrophe")
	if l.inverted {
		add('¿', "opening question mark")
		add('¡', "opening exclamation mark")
	}
	add('–', "dash")
	add('…', "ellipsis")
	for _, c := range []struct {
		r           rune
		label, name string
	}{
		{invisible.RightToLeftMark, "RLM", "right-to-left mark"},
		{invisible.LeftToRightMark, "LRM", "left-to-right mark"},
		{invisible.NonJoiner, "ZWNJ", "zero-width non-joiner"},
		{invisible.Joiner, "ZWJ", "zero-width joiner"},
		{invisible.ZeroWidthSpace, "ZWSP", "zero-width space"},
	} {
		if l.needs(c.r, 0) {
			all = append(all, Character{string(c.r), c.label, c.name})
		}
	}
	return all
}
