package format

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
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

// lookup returns the row of the locale or of its nearest parent in CLDR that has one, and at last that of the root
// (UTS #35 part 1, Locale Inheritance and Matching).
func lookup(tag language.Tag) *row {
	if r := nearest(tag); r != nil {
		return r
	}
	// Parse has replaced what is deprecated, but leaves a language such as cmn beside the zh that it belongs to.
	if macro, err := language.All.Canonicalize(tag); err == nil {
		if r := nearest(macro); r != nil {
			return r
		}
	}
	return find(root)
}

// nearest returns the row that shares the most subtags with the tag, or nil. Texts in another script are of no use to
// a reader, so a script that is not the language's usual one is never dropped.
func nearest(tag language.Tag) *row {
	base, _, region := tag.Raw()
	if base == (language.Base{}) {
		return nil
	}
	script := scriptOf(tag)
	scripts := []string{script}
	if usual, _ := findField(scriptTable[:], base.String()); script == usual {
		scripts = []string{"", script}
	}
	regions := []string{""}
	if region != (language.Region{}) {
		regions = []string{region.String(), ""}
	}
	variants := []string{""}
	for _, v := range tag.Variants() {
		variants = slices.Insert(variants, len(variants)-1, v.String())
	}
	for _, variant := range variants {
		for _, region := range regions {
			for _, script := range scripts {
				if r := find(join(base.String(), script, region, variant)); r != nil {
					return r
				}
			}
		}
	}
	return nil
}

// scriptOf returns the script that the tag names or that its language usually has in its region. The likely scripts of
// x/text are those of a CLDR of 2017, which has Arabic letters for Malay in Indonesia, so they are asked for the other
// languages alone.
func scriptOf(tag language.Tag) string {
	base, script, region := tag.Raw()
	if script != (language.Script{}) {
		return script.String()
	}
	if s, ok := findField(scriptTable[:], join(base.String(), region.String())); ok {
		return s
	}
	if s, ok := findField(scriptTable[:], base.String()); ok {
		return s
	}
	script, _ = tag.Script()
	return script.String()
}

func join(subtags ...string) string {
	return strings.Join(slices.DeleteFunc(subtags, func(s string) bool { return s == "" }), "-")
}

// find returns the row of the locale, or of the parent that CLDR names for it, or nil.
func find(locale string) *row {
	if parent, ok := findField(parentTable[:], locale); ok {
		locale = parent
	}
	i, ok := slices.BinarySearchFunc(localeTable[:], locale, func(r row, locale string) int {
		return strings.Compare(r.locale, locale)
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
