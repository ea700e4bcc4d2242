package format

import (
	"strings"

	"github.com/errlingo/errlingo/internal/plural"
)

// forms is what stands around a number, by the number's plural category: "{0} minutes". Some say the number in words and
// have no "{0}", as the Arabic for one minute.
type forms [plural.NumCategories]string

// parseForms takes a line apart whose fields are a category's letter and its form. Categories without a form of their
// own have that of Other.
func parseForms(line string) forms {
	var f forms
	for field := range strings.SplitSeq(line, "|") {
		f[strings.IndexByte(categoryLetters, field[0])] = field[1:]
	}
	for category, form := range f {
		if form == "" {
			f[category] = f[plural.Other]
		}
	}
	return f
}

// categoryLetters are the letters of the tables in the order of plural's categories.
const categoryLetters = "z12fmo"

// parseAllForms fills dst from a section's lines, each of which is one unit's.
func parseAllForms(dst []forms, section string) {
	i := 0
	for line := range strings.SplitSeq(section, "\n") {
		dst[i] = parseForms(line)
		i++
	}
}

// appendCount appends a whole number in the form of its category. The sign stands in front of the number, or in front of
// everything if the form has no number.
func (l *Locale) appendCount(dst []byte, f *forms, negative bool, magnitude uint64) []byte {
	form := f[l.rule.Uint(magnitude)]
	before, after, numbered := strings.Cut(form, "{0}")
	if !numbered {
		return append(l.appendSign(dst, negative), form...)
	}
	dst = append(dst, before...)
	dst = l.appendWhole(dst, negative, magnitude, l.groups)
	return append(dst, after...)
}
