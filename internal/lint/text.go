package lint

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// textCheck checks one text, of a file or of Go source, and collects the findings.
type textCheck struct {
	id       localefile.ID
	locale   *localeRules
	forms    localefile.Forms
	file     *localefile.File  // of the text, nil for one of Go source
	entry    *localefile.Entry // the text in it
	message  model.Message     // the text in Go source
	comments comments
	stale    bool                        // the source text has changed since the translation was made
	declared bool                        // it is a source text, in Go
	blank    plural.Set                  // the forms that are nothing but white space
	markup   int                         // how much HTML was found
	read     [plural.NumCategories]*form // the forms that are there
	own      [plural.NumCategories]form  // what these are, unless the text is declared
	findings diag.List

	onlyErrors bool // warnings are not looked for
	public     bool // params that are shown but not public are
}

// wholeText means a text as such, where one of its forms is expected.
const wholeText plural.Category = plural.NumCategories

// check compares a text of the file with its source text.
func (s *textCheck) check(
	e *localefile.Entry, r comments, stale bool, o *sourceText, source *localeRules,
) {
	s.id, s.forms, s.entry, s.comments = e.ID, e.Texts(), e, r
	s.stale, s.blank, s.markup = stale || r.stale, 0, 0
	s.checkTarget(o, source)
}

// checkDeclared checks a text of Go source.
func (s *textCheck) checkDeclared(o *sourceText, r comments) {
	s.id, s.forms, s.message, s.comments = o.message.ID, o.message.Text.Forms, o.message, r
	s.markup = 0
	for c := range s.read {
		s.read[c] = o.form(plural.Category(c))
	}
	s.checkSource(o)
}

// place returns the place of a character of a form, or that of the text as such. In Go source it is
// that of the string literal, since an offset in a text says little about one in a literal or a
// constant.
func (s *textCheck) place(c plural.Category, offset int) model.Place {
	f := s.file
	switch {
	case f != nil && c == wholeText:
		return model.Place{File: f.Name, Pos: f.Doc.Pos(f.Doc.Items()[s.entry.Item].Span().Start)}
	case f != nil:
		return model.Place{File: f.Name, Pos: f.Position(s.entry.Forms[c], offset)}
	}
	for _, form := range [...]plural.Category{c, plural.Other} {
		if at := s.message.Text.Places.Of(form); at != (model.Place{}) {
			return at
		}
	}
	return s.message.OwnerPlace()
}

// checkTarget compares a translation with its source text.
func (s *textCheck) checkTarget(o *sourceText, source *localeRules) {
	s.checkBlank()
	if s.given() == 0 {
		return
	}
	for c, text := range &s.forms {
		if s.read[c] = nil; text != "" {
			s.own[c] = newForm(text, s.locale)
			s.read[c] = &s.own[c]
		}
	}
	s.checkPlaceholders(o, source)
	s.checkCategories(o)
	if s.locale.pseudo {
		return
	}
	for c, text := range &s.forms {
		s.checkCharacters(plural.Category(c), text)
	}
	if s.onlyErrors {
		return
	}
	s.checkLength(o)
	s.checkEnds(o)
	s.checkTitlePlaceholder(o)
	same := s.checkSame(o, source)
	for category, text := range &s.forms {
		if text == "" {
			continue
		}
		c := plural.Category(category)
		if !same && !s.stale { // A stale text is translated anew anyway.
			s.checkWording(c, o)
		}
		s.checkHTML(c, text, o)
	}
}

// checkSource looks at a text that developers wrote.
func (s *textCheck) checkSource(o *sourceText) {
	s.checkNearMisses(o)
	s.checkCategories(o)
	s.checkLength(o)
	s.checkTitle()
	s.checkTitlePlaceholder(o)
	s.checkHelp()
	s.checkTreatment()
	if s.public {
		s.checkPublic()
	}
	for c, text := range &s.forms {
		s.checkCharacters(plural.Category(c), text)
		s.checkHTML(plural.Category(c), text, nil)
	}
}

// checkBlank reports the forms that are nothing but white space, once, and leaves them to no other
// check.
func (s *textCheck) checkBlank() {
	for category, text := range &s.forms {
		if text == "" || strings.TrimSpace(text) != "" {
			continue
		}
		c := plural.Category(category)
		if s.blank == 0 {
			s.report(RuleBlank, c, 0, "the text is only white space, and readers never see it",
				"translate it, or empty it")
		}
		s.blank |= plural.SetOf(c)
		s.forms[c] = ""
	}
}

// report adds a finding, unless a comment allows it, and reports whether it did. The hint of a
// warning says how to allow it. If no position is known, the message has the text's ID.
func (s *textCheck) report(rule diag.Rule, c plural.Category, offset int, text, hint string) bool {
	if rule.Severity == diag.Warning {
		if s.onlyErrors {
			return false
		}
		if hint != "" {
			hint += "; "
		}
		hint += s.allowHint(rule)
	}
	return s.add(rule, c, offset, text, hint)
}

func (s *textCheck) add(rule diag.Rule, c plural.Category, offset int, text, hint string) bool {
	if s.comments.allows(rule.ID) {
		return false
	}
	at := s.place(c, offset)
	if at.File == "" {
		text = fmt.Sprintf("%v: %s", s.id, text)
	}
	s.findings = append(s.findings, rule.At(at.File, at.Pos, text, hint))
	return true
}

// allowHint says how to keep a text that breaks a rule. For a source text the comment is in the
// source locale's file.
func (s *textCheck) allowHint(rule diag.Rule) string {
	hint := allowHint(rule)
	if s.declared {
		hint += fmt.Sprintf(" in %v%s", s.locale.tag, localefile.Ext)
	}
	return hint
}

func allowHint(rule diag.Rule) string {
	return fmt.Sprintf("if this is intended, write \"# lint: allow %s\" above the text", rule.ID)
}

// sourceText is a source text, prepared for the comparison with its translations. It is immutable.
type sourceText struct {
	message model.Message
	limit   int  // of characters, or 0
	counts  bool // a number chooses the form
	count   int  // index of the param that does, or -1
	names   []string
	needs   []need // by param
	forms   []sourceForm
	by      [plural.NumCategories]uint8 // by category: the index in forms plus 1, or 0
}

// sourceForm is a form of a source text, with what translations of it are compared with.
type sourceForm struct {
	form
	leading, trailing string // white space
	ending            ending
	markup            []string
}

func newSourceText(m model.Message, l *localeRules) sourceText {
	o := sourceText{message: m, limit: m.Text.Max, count: -1, counts: m.Counts()}
	o.names = m.ParamNames()
	if o.counts {
		o.count = m.ParamIndex(m.Count)
	}
	o.needs = needsOf(m)
	n := 0
	for _, text := range m.Text.Forms {
		if text != "" {
			n++
		}
	}
	o.forms = make([]sourceForm, 0, n)
	for c, text := range m.Text.Forms {
		if text == "" {
			continue
		}
		o.by[c] = uint8(len(o.forms) + 1)
		before, body, after := cutSpace(text)
		f := sourceForm{form: newForm(text, l), leading: before, trailing: after,
			ending: endingOf(body, "")}
		f.numbers = appendNumbers(nil, f.text)
		for _, found := range markupIn(text) {
			f.markup = append(f.markup, text[found.start:found.end])
		}
		o.forms = append(o.forms, f)
	}
	return o
}

// has reports whether a form of the source text is the given one.
func (o *sourceText) has(text string) bool {
	for i := range o.forms {
		if o.forms[i].raw == text {
			return true
		}
	}
	return false
}

// original returns the source form that a translated form is to be compared with, or nil.
func (o *sourceText) original(c plural.Category) *form {
	if f := o.form(c); f != nil {
		return f
	}
	return o.form(plural.Other)
}

// form returns the source form of a category, or nil.
func (o *sourceText) form(c plural.Category) *form {
	if i := o.by[c]; i > 0 {
		return &o.forms[i-1].form
	}
	return nil
}

// showing returns the source form that has a placeholder for the param: if it can be, the one that
// the translated form is to be compared with.
func (o *sourceText) showing(c plural.Category, param int) string {
	candidates := append([]string{o.wording(c), o.wording(plural.Other)}, o.message.Text.Forms[:]...)
	for _, text := range candidates {
		if paramsIn(text, o.message.Signature)[param] {
			return text
		}
	}
	return candidates[0]
}

// wording returns the source form that a translated form is to be compared with, for hints.
func (o *sourceText) wording(c plural.Category) string {
	if c < plural.NumCategories && o.message.Text.Forms[c] != "" {
		return o.message.Text.Forms[c]
	}
	return o.message.Text.Forms[plural.Other]
}

// checkCategories compares the forms that a text has with those that its locale needs.
func (s *textCheck) checkCategories(o *sourceText) {
	if !o.counts {
		if !s.stale { // A text that is to be translated anew is not to be changed in another way before.
			s.checkUnused()
		}
		return
	}
	s.checkImpossible()
	needed := s.locale.rule.Integers()
	if missing := needed &^ s.given() &^ s.blank; missing != 0 {
		s.report(RuleMissingCategory, wholeText, 0, theForms(missing)+areOrIs(missing)+" missing",
			s.addHint(missing))
	}
}

// addHint says how to add the forms.
func (s *textCheck) addHint(missing plural.Set) string {
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
func (s *textCheck) given() plural.Set {
	var set plural.Set
	for c, text := range &s.forms {
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

// enumerate returns the words as a list with "and".
func enumerate(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// checkImpossible reports forms that no number would ever choose. Of a language that has no known
// rule nothing is impossible.
func (s *textCheck) checkImpossible() {
	if !s.locale.rule.Known() {
		return
	}
	used := s.locale.rule.Categories()
	for c := range (s.given() &^ used).All() {
		s.report(RuleImpossibleCategory, c, 0, fmt.Sprintf("%v has no plural category %q", s.locale.tag,
			c), s.categoriesHint(used))
	}
}

func (s *textCheck) categoriesHint(used plural.Set) string {
	names := strings.Join(strings.Fields(used.String()), ", ")
	if used.Len() == 1 {
		return fmt.Sprintf("the only form of %v is %s", s.locale.tag, names)
	}
	return fmt.Sprintf("the forms of %v are %s", s.locale.tag, names)
}

// checkUnused reports the forms of a text that is not plural, for which only "other" is ever shown.
// If that is absent, the first of the forms is shown in its place.
func (s *textCheck) checkUnused() {
	unused := s.given() &^ plural.SetOf(plural.Other)
	if s.forms[plural.Other] == "" {
		for c := range unused.All() {
			s.report(RuleUnusedForm, c, 0, fmt.Sprintf("the form %q belongs to a text that is not plural",
				c),
				"rename it to other, the text's only form")
			return
		}
	}
	for c := range unused.All() {
		s.report(RuleUnusedForm, c, 0,
			theForms(unused)+areOrIs(unused)+" never shown, since the source text is not plural",
			"delete all forms but other, the one that is shown")
		return
	}
}
