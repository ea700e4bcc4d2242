package pattern

import (
	"strings"
	"unicode"
)

// meant returns the name that two braces and what follows them seem to be for, such as Item for "{{ Item}}", "{{.Item}" and
// "{{- .Item }}". It is "" where there is more than a name.
func meant(written string) string {
	body, closed := strings.CutSuffix(strings.TrimPrefix(written, "{{"), "}}")
	body = strings.TrimLeft(body, " \t.{")
	if end := strings.IndexFunc(body, func(r rune) bool { return !isNameRune(r) && !unicode.Is(unicode.Cf, r) }); !closed && end >= 0 {
		body = body[:end] // The rest is that of the text.
	}
	name := strings.Trim(strings.Map(func(r rune) rune {
		if isUnseen(r) {
			return -1
		}
		return r
	}, body), ".-$%{}")
	if strings.IndexFunc(name, func(r rune) bool { return !isNameRune(r) }) >= 0 {
		return ""
	}
	return name
}

// isNameRune is isName's rule for the letters of all scripts, since some look alike.
func isNameRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// isUnseen reports whether the character is white space or leaves no mark at all.
func isUnseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }
