package pattern

import (
	"strings"
	"unicode"

	"github.com/errlingo/errlingo/internal/invisible"
)

// meant returns the name that two braces and what follows them seem to be for, such as Item for "{{ Item}}", "{{.Item}" and
// "{{- .Item }}". It is "" where there is more than a name.
func meant(written string) string {
	body, closed := strings.CutSuffix(strings.TrimPrefix(written, "{{"), "}}")
	body = strings.TrimLeft(body, " \t.{")
	if end := strings.IndexFunc(body, func(r rune) bool { return !isNameRune(r) && !invisible.Is(r) }); !closed && end >= 0 {
		body = body[:end] // The rest is that of the text.
	}
	name := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || invisible.Is(r) {
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
