package lint

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/plural"
)

// checkCategories compares the forms that a text has with those that its locale needs.
func (s *subject) checkCategories(o *original) {
	if !o.counts {
		if !s.stale { // A text that is to be translated anew is not to be changed in another way before.
			s.checkUnused()
		}
		return
	}
	s.checkImpossible()
	needed := s.locale.rule.Integers() | plural.SetOf(plural.Other)
	if missing := needed &^ s.given() &^ s.blank; missing != 0 {
		s.report(RuleMissingCategory, whole, 0, theForms(missing)+areOrIs(missing)+" missing", s.addHint(missing))
	}
}

// addHint tells how to add the forms.
func (s *subject) addHint(missing plural.Set) string {
	var lines []string
	for c := range missing.All() {
		name := c.String()
		if s.declared {
			lines = append(lines, strings.ToUpper(name[:1])+name[1:])
		} else {
			lines = append(lines, name+" = \"…\"")
		}
	}
	switch {
	case s.declared:
		return "add " + enumerate(lines) + " to the code's Plural"
	case len(lines) == 1:
		return "add a line " + lines[0] + " to the table"
	}
	return "add the lines " + enumerate(lines) + " to the table"
}

// given returns the categories that the text has a form for.
func (s *subject) given() plural.Set {
	var set plural.Set
	for c, text := range s.forms {
		if text != "" {
			set |= plural.SetOf(plural.Category(c))
		}
	}
	return set
}

// theForms names the forms of the categories, of which there is at least one.
func theForms(categories plural.Set) string {
	names := strings.Fields(categories.String())
	for i := range names {
		names[i] = strconv.Quote(names[i])
	}
	if len(names) == 1 {
		return "the form " + names[0]
	}
	return "the forms " + enumerate(names)
}

func areOrIs(categories plural.Set) string {
	if categories.Len() == 1 {
		return " is"
	}
	return " are"
}

// enumerate returns the words with what stands between words.
func enumerate(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// checkImpossible reports forms that no number would ever choose. Of a language that has no known rule nothing is
// impossible.
func (s *subject) checkImpossible() {
	if !s.locale.rule.Known() {
		return
	}
	used := s.locale.rule.Categories()
	for c := range (s.given() &^ used).All() {
		s.report(RuleImpossibleCategory, c, 0, fmt.Sprintf("%v has no plural category %q", s.locale.tag, c), s.categoriesHint(used))
	}
}

func (s *subject) categoriesHint(used plural.Set) string {
	names := strings.Join(strings.Fields(used.String()), ", ")
	if used.Len() == 1 {
		return fmt.Sprintf("the only form of %v is %s", s.locale.tag, names)
	}
	return fmt.Sprintf("the forms of %v are %s", s.locale.tag, names)
}

// checkUnused reports the forms of a text that does not count, for which only "other" is ever shown. Where that is
// absent, the first of the forms is shown in its place.
func (s *subject) checkUnused() {
	unused := s.given() &^ plural.SetOf(plural.Other)
	if s.forms[plural.Other] == "" {
		for c := range unused.All() {
			s.report(RuleUnusedForm, c, 0, fmt.Sprintf("the form %q belongs to a text that does not count", c),
				"rename it to other, the one form of such a text")
			return
		}
	}
	for c := range unused.All() {
		s.report(RuleUnusedForm, c, 0, theForms(unused)+areOrIs(unused)+" never shown, for the source text does not count",
			"delete all forms but other, the one that is shown")
		return
	}
}
