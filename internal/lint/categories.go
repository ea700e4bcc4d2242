package lint

import (
	"fmt"
	"strings"

	"github.com/errlingo/errlingo/internal/plural"
)

// checkCategories compares the forms that a text has with those that its locale needs.
func (s *subject) checkCategories(o *original) {
	if !o.counts {
		s.checkUnused()
		return
	}
	s.checkImpossible()
	needed := s.locale.rule.Integers() | plural.SetOf(plural.Other)
	if missing := needed &^ s.given(); missing != 0 {
		s.report(RuleMissingCategory, whole, 0, missingForms(missing), s.categoriesHint(needed))
	}
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

func missingForms(missing plural.Set) string {
	names := strings.Fields(missing.String())
	if len(names) == 1 {
		return fmt.Sprintf("the form %q is missing", names[0])
	}
	for i := range names {
		names[i] = fmt.Sprintf("%q", names[i])
	}
	last := len(names) - 1
	return fmt.Sprintf("the forms %s and %s are missing", strings.Join(names[:last], ", "), names[last])
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
		s.report(RuleUnusedForm, c, 0, fmt.Sprintf("the form %q is never shown, for the source text does not count", c),
			"delete the form; other is the one that is shown")
	}
}
