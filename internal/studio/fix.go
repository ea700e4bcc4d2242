package studio

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/errlingo/errlingo/internal/lint"
)

// fixOf returns a form with what a lint rule found at an offset set right, where there is no doubt
// what is meant. It is "" for any other rule. The source text is the form that it translates.
func fixOf(rule, text string, at int, source string) string {
	rest := text[at:]
	_, size := utf8.DecodeRuneInString(rest)
	switch rule {
	case lint.RuleDoubleSpace.ID:
		return text[:at] + " " + strings.TrimLeft(rest, " ")
	case lint.RuleSpaceBefore.ID:
		return text[:at] + strings.TrimLeftFunc(rest, unicode.IsSpace)
	case lint.RuleDecomposed.ID:
		return norm.NFC.String(text)
	case lint.RuleInvisible.ID, lint.RuleControl.ID, lint.RuleDoubledMark.ID:
		return text[:at] + rest[size:]
	case lint.RuleSpace.ID:
		begin := source[:len(source)-len(strings.TrimLeftFunc(source, unicode.IsSpace))]
		end := source[len(strings.TrimRightFunc(source, unicode.IsSpace)):]
		return begin + strings.TrimSpace(text) + end
	}
	return ""
}
