// Package naming holds the rules for the names of codes, params, labels and domains.
//
// The program that declares a name and the command that reads the declaration use the same rules,
// so that neither accepts what the other refuses.
package naming

import (
	"slices"
	"strings"
)

// MaxCode is the length of the longest name of a code, in bytes.
const MaxCode = 63

// Each form says which names the function of the same name accepts, for messages.
const (
	CodeForm   = "[A-Z][A-Z0-9_]*[A-Z0-9], 63 characters at most"
	ParamForm  = "[A-Z][A-Za-z0-9]*"
	LabelForm  = "[a-z][a-z0-9_]*"
	DomainForm = "[a-z][a-z0-9._-]*"
)

// Code reports whether s has the form of a code's name, [CodeForm].
func Code(s string) bool {
	return len(s) >= 2 && len(s) <= MaxCode && isUpper(s[0]) && s[len(s)-1] != '_' &&
		all(s, func(c byte) bool {
			return isUpper(c) || isDigit(c) || c == '_'
		})
}

// Param reports whether s has the form of a param's name, [ParamForm].
func Param(s string) bool {
	return s != "" && isUpper(s[0]) &&
		all(s, func(c byte) bool { return isUpper(c) || isLower(c) || isDigit(c) })
}

// Label reports whether s has the form of a label's name, [LabelForm].
func Label(s string) bool {
	return s != "" && isLower(s[0]) &&
		all(s, func(c byte) bool { return isLower(c) || isDigit(c) || c == '_' })
}

// Domain reports whether s has the form of a domain's name, [DomainForm].
func Domain(s string) bool {
	return s != "" && isLower(s[0]) && all(s, func(c byte) bool {
		return isLower(c) || isDigit(c) || c == '.' || c == '-' || c == '_'
	})
}

// reserved are the words that go-i18n reads as fields of a message, so that it would not read a
// table with such a name as a text.
var reserved = [...]string{
	"id", "description", "hash", "leftdelim", "rightdelim", "translation",
	"zero", "one", "two", "few", "many", "other",
}

// reservedParam is the name that go-i18n gives the count in a template.
const reservedParam = "PluralCount"

// Reserved reports whether a code or a label may not be called s, in any case of its letters.
func Reserved(s string) bool {
	return slices.ContainsFunc(reserved[:],
		func(word string) bool { return strings.EqualFold(s, word) })
}

// ReservedParam reports whether a param may not be called s, in any case of its letters. Besides
// the words of [Reserved] that is PluralCount.
func ReservedParam(s string) bool {
	return Reserved(s) || strings.EqualFold(s, reservedParam)
}

// Instead returns a hint for a reserved name: a name that is free, and which words are reserved.
func Instead(free string) string {
	return "use another name, such as " + free + "; reserved in any case are " +
		strings.Join(reserved[:], ", ") + ", and for a param " + reservedParam
}

// LowerCamel returns a param's name as JSON has it: objectID for ObjectID, and url for URL, urlPath
// for URLPath.
func LowerCamel(param string) string {
	n := 0
	for n < len(param) && isUpper(param[n]) {
		n++
	}
	if n > 1 && n < len(param) && isLower(param[n]) {
		n-- // The last capital begins the next word.
	}
	lower := []byte(param)
	for i := range n {
		lower[i] |= 'a' - 'A'
	}
	return string(lower)
}

func all(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
