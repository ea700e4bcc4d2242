package tomldoc

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote returns s as a TOML basic string in quotes, on one line. Control characters and all that cannot be seen, such
// as the bidirectional controls and spaces other than U+0020, are written as escapes, so that a text is what it looks
// like. The error is that s is not UTF-8, which TOML has no way to write.
func Quote(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("the text %q is not UTF-8", s)
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for _, r := range s {
		writeEscaped(&b, r)
	}
	b.WriteByte('"')
	return b.String(), nil
}

// MustQuote is [Quote] for a text that is known to be UTF-8. It panics if it is not.
func MustQuote(s string) string {
	quoted, err := Quote(s)
	if err != nil {
		panic("tomldoc: " + err.Error())
	}
	return quoted
}

func writeEscaped(b *strings.Builder, r rune) {
	switch {
	case r == '"' || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\t':
		b.WriteString(`\t`)
	case r == '\r':
		b.WriteString(`\r`)
	case isVisible(r):
		b.WriteRune(r)
	case r > 0xFFFF:
		fmt.Fprintf(b, `\U%08X`, r)
	default:
		fmt.Fprintf(b, `\u%04X`, r)
	}
}

// isVisible reports whether a reader of the file can see r. Some characters count as letters and still have no glyph of
// their own, such as the Hangul fillers.
func isVisible(r rune) bool {
	return unicode.IsPrint(r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}
