package format

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/locale"
)

//go:generate go run ./gen -cldr $ERRLINGO_CLDR

// row is a locale and the index of its section in each of the tables. A section is text, lines of fields with a bar
// between them. It stands once for all locales that share it, and is taken apart when a [Locale] is made.
type row struct {
	locale                                             string
	numbers, sizes, spans, waits, lists, names, layout uint8
}

// root is the locale that every other one inherits from. Its texts are symbols rather than words of a language.
const root = "und"

// lookup returns the row of the locale or of its nearest parent in CLDR that has one, and at last
// that of the root (UTS #35 part 1, Locale Inheritance and Matching).
func lookup(id locale.ID) *row {
	for id, ok := id.Minimal(), true; ok; id, ok = id.Parent() {
		if r := find(id.String()); r != nil {
			return r
		}
		if id.Script == "" {
			id.Script = id.WrittenIn() // CLDR has zh-Hans-SG, and no zh-SG.
			if r := find(id.String()); r != nil {
				return r
			}
			id.Script = ""
		}
	}
	return find(root)
}

func find(name string) *row {
	i, ok := slices.BinarySearchFunc(localeTable[:], name, func(r row, name string) int {
		return strings.Compare(r.locale, name)
	})
	if !ok {
		return nil
	}
	return &localeTable[i]
}

// findField returns what follows "key|" in sorted lines.
func findField(lines []string, key string) (string, bool) {
	i, _ := slices.BinarySearch(lines, key)
	// The bar sorts behind letters, so that a longer key may stand in between.
	for ; i < len(lines) && strings.HasPrefix(lines[i], key); i++ {
		if value, ok := strings.CutPrefix(lines[i], key+"|"); ok {
			return value, true
		}
	}
	return "", false
}
