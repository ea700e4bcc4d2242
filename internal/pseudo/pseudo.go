// Package pseudo turns texts into those of the pseudo-locales of CLDR, in which nobody speaks and
// which show what a program forgot: en-XA has accents, brackets and more length, ar-XB reads from
// right to left.
package pseudo

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/pattern"
)

// The regions of the pseudo-locales that this package makes.
const (
	accented = "XA"
	mirrored = "XB"
)

// Tags returns the pseudo-locales that there are texts for, en-XA and ar-XB.
func Tags() []language.Tag {
	return []language.Tag{language.MustParse("en-XA"), language.MustParse("ar-XB")}
}

// Is reports whether the locale is a pseudo-locale.
func Is(tag language.Tag) bool { return locale.Spelled(tag).Pseudo() }

// Text returns a text, of whatever language, as it reads in a pseudo-locale. Placeholders stay as
// they are. For any other locale, and for an empty text, it is the text itself.
//
// A text of en-XA has an accent on each letter that knows one, is in brackets, so that one that
// is cut or put together from pieces shows, and is about a third longer, as translations of English
// are. In a text of ar-XB each word is written from right to left.
func Text(tag language.Tag, s string) string {
	region, _ := tag.Region()
	switch {
	case s == "":
		return s
	case region.String() == accented:
		return "[" + outside(s, accent) + padding(s) + "]"
	case region.String() == mirrored:
		return outside(s, mirror)
	}
	return s
}

// outside changes the text between the placeholders. Two braces that begin no placeholder make a
// text that is not shown; nothing of it is changed, so that it keeps the fault that it has.
func outside(s string, change func(string) string) string {
	placeholders, faults := pattern.Placeholders(s)
	if len(faults) > 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, p := range placeholders {
		b.WriteString(change(s[at:p.Start]))
		b.WriteString(s[p.Start:p.End])
		at = p.End
	}
	b.WriteString(change(s[at:]))
	return b.String()
}

const (
	plainLetters    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	accentedLetters = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
)

func accent(s string) string {
	letters := []rune(accentedLetters)
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(plainLetters, r); i >= 0 {
			return letters[i]
		}
		return r
	}, s)
}

// padding returns words that make a text a third longer. They are words so that lines break as in a
// real text.
func padding(s string) string {
	const numerals = " one two three four five six seven eight nine ten"
	want := (utf8.RuneCountInString(s) + 2) / 3
	var b strings.Builder
	for b.Len() < want {
		for word := range strings.FieldsSeq(numerals) {
			if b.Len() < want {
				b.WriteString(" " + word)
			}
		}
	}
	return accent(b.String())
}

// The marks around a word of ar-XB: a right-to-left mark, an override to the right, and its end.
const (
	rightToLeftMark = "\u200F"
	override        = "\u202E"
	endOfOverride   = "\u202C"
)

func mirror(s string) string {
	var b strings.Builder
	inside := false
	for _, r := range s {
		if word := !unicode.IsSpace(r); word != inside {
			toggle(&b, word)
			inside = word
		}
		b.WriteRune(r)
	}
	if inside {
		toggle(&b, false)
	}
	return b.String()
}

func toggle(b *strings.Builder, on bool) {
	if on {
		b.WriteString(rightToLeftMark + override)
		return
	}
	b.WriteString(endOfOverride + rightToLeftMark)
}
