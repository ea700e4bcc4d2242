package localefile

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/invisible"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// hintForm says which categories there are, and returns the one that was probably meant, or "".
func hintForm(name string) (hint, near string) {
	var all []string
	for c := range plural.Category(plural.NumCategories) {
		all = append(all, c.String())
	}
	switch strings.ToLower(name) {
	case "translation":
		return "write the text as other", plural.Other.String()
	case "leftdelim", "rightdelim":
		return "write placeholders as {{.Name}}, and delete the line", ""
	case "description", "hash", "id":
		return "delete the line; a description can be a comment above the table", ""
	}
	return diag.DidYouMean(name, all, "the forms are "+strings.Join(all, ", ")),
		diag.Nearest(name, all)
}

// hintFault returns what to write for a placeholder of the text that is at fault. The params are
// those of the code.
func hintFault(fault pattern.Fault, text string, params []string) string {
	if fault.Rule == pattern.RuleUnknownPlaceholder {
		return hintPlaceholder(fault.Name, params)
	}
	// The place may be that in a text without its control characters, and so behind the end of the
	// text.
	written := text[min(fault.Start, len(text)):min(fault.End, len(text))]
	switch near := nearestParam(fault.Name, params); {
	case near != "":
		return oddCharacter(written) + "write {{." + near + "}}"
	case strings.IndexFunc(fault.Name, notASCII) >= 0:
		return hintPlaceholder(fault.Name, params)
	}
	return fault.Hint
}

func hintPlaceholder(name string, params []string) string {
	switch {
	case len(params) == 0:
		return "the source text has no placeholders"
	case len(params) == 1:
		return fmt.Sprintf("the source text has {{.%s}}", params[0])
	}
	if near := diag.Nearest(name, params); near != "" {
		return fmt.Sprintf("did you mean {{.%s}}?", near)
	}
	return "the params are {{." + strings.Join(params, "}}, {{.") + "}}"
}

// nearestParam returns the param that a name was probably meant for, or "". Letters that are not
// those of English may be any letter, since some look the same as one, as long as they are the
// smaller part.
func nearestParam(name string, params []string) string {
	if near := diag.Nearest(name, params); near != "" || name == "" {
		return near
	}
	letters := []rune(name)
	for _, param := range params {
		if len(param) != len(letters) {
			continue
		}
		same := 0
		for i, r := range letters {
			switch {
			case r == rune(param[i]):
				same++
			case !notASCII(r):
				same = math.MinInt
			}
		}
		if 2*same >= len(letters) {
			return param
		}
	}
	return ""
}

// oddCharacter names the first character that keeps something that looks like a placeholder from
// being one.
func oddCharacter(written string) string {
	for _, r := range written {
		switch {
		case !notASCII(r):
		case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r):
			return fmt.Sprintf("the \"%c\" in it is U+%04X, which is not a Latin letter; ", r, r)
		case unicode.IsSpace(r):
			return fmt.Sprintf("U+%04X in it is not a plain space; ", r)
		case invisible.Is(r):
			return fmt.Sprintf("U+%04X in it cannot be seen; ", r)
		}
	}
	return ""
}

func notASCII(r rune) bool { return r > unicode.MaxASCII }

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
