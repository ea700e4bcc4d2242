// Package invisible knows the characters that a reader of a text cannot see, and which of them
// change how others look.
package invisible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters that texts need, or that come into them with text that was copied.
const (
	SoftHyphen              = '\u00ad'
	ArabicLetterMark        = '\u061c'
	MongolianVowelSeparator = '\u180e'
	ZeroWidthSpace          = '\u200b'
	NonJoiner               = '\u200c'
	Joiner                  = '\u200d'
	LeftToRightMark         = '\u200e'
	RightToLeftMark         = '\u200f'
	WordJoiner              = '\u2060'
	FirstStrongIsolate      = '\u2068'
	PopIsolate              = '\u2069' // ends each isolate
	ByteOrderMark           = '\ufeff'
)

// Is reports whether a reader sees nothing of the character: a control or format character, a
// separator of lines or paragraphs, or a filler. White space is visible, except for line breaks and
// tabs, and so are the Arabic format characters that enclose a number.
func Is(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	return IsControl(r) ||
		unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// IsControl reports whether the character is a control character, such as a tab or a line break, or
// a line or paragraph separator.
func IsControl(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// IsJoiner reports whether the character is one of the two joiners, which words of Persian and
// Hindi need, and emoji.
func IsJoiner(r rune) bool { return r == NonJoiner || r == Joiner }

// IsMark reports whether the character is a direction mark, which only acts on its neighbors.
func IsMark(r rune) bool {
	return r == LeftToRightMark || r == RightToLeftMark || r == ArabicLetterMark
}

// IsEmbedding reports whether the character embeds text of another direction, overrides the
// direction of text, or ends that.
func IsEmbedding(r rune) bool { return '\u202a' <= r && r <= '\u202e' }

// IsIsolate reports whether the character begins or ends an isolate.
func IsIsolate(r rune) bool { return '\u2066' <= r && r <= PopIsolate }

// Escape returns the text with \uXXXX for each invisible character that a report or a comment
// cannot have as it is. Joiners stay where writing needs them: behind a letter of a script that has
// joined letters, and inside of emoji. Invalid UTF-8 becomes U+FFFD.
func Escape(s string) string {
	if !strings.ContainsFunc(s, Is) {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	var before rune
	for _, r := range s {
		switch {
		case !Is(r), IsJoiner(r) && isJoined(before):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
		before = r
	}
	return b.String()
}

// EscapeLine is [Escape] for a line of which the tabs stay, such as a comment.
func EscapeLine(s string) string {
	parts := strings.Split(s, "\t")
	for i := range parts {
		parts[i] = Escape(parts[i])
	}
	return strings.Join(parts, "\t")
}

// isJoined reports whether a joiner behind the character may change how it looks.
func isJoined(r rune) bool {
	return r > unicode.MaxLatin1 && unicode.In(r, unicode.L, unicode.M, unicode.S) &&
		!unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han,
			unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
