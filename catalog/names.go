package catalog

import "strings"

// reserved are the words that go-i18n takes for fields of a message, in any case. A table that is called so would not be
// read as a text.
var reserved = [...]string{
	"id", "description", "hash", "leftdelim", "rightdelim",
	"zero", "one", "two", "few", "many", "other", "translation",
}

func isReserved(name string) bool {
	for _, word := range reserved {
		if strings.EqualFold(name, word) {
			return true
		}
	}
	return false
}

func isCodeName(s string) bool {
	return len(s) >= 2 && len(s) <= maxName && isUpper(s[0]) && s[len(s)-1] != '_' && all(s, func(c byte) bool {
		return isUpper(c) || isDigit(c) || c == '_'
	})
}

func isParamName(s string) bool {
	return s != "" && isUpper(s[0]) && all(s, func(c byte) bool { return isUpper(c) || isLower(c) || isDigit(c) })
}

func isLabelName(s string) bool {
	return s != "" && isLower(s[0]) && all(s, func(c byte) bool { return isLower(c) || isDigit(c) || c == '_' })
}

func isDomainName(s string) bool {
	return s != "" && isLower(s[0]) && all(s, func(c byte) bool {
		return isLower(c) || isDigit(c) || c == '.' || c == '-' || c == '_'
	})
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
