package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// ending is what a text ends with, whatever script it is in.
type ending uint8

const (
	noEnding ending = iota
	stop            // a full stop
	question
	exclamation
	ellipsis
	colon
	comma // or a semicolon
)

// endingNames say what to write in the plainest form.
var endingNames = [...]string{
	noEnding: "without punctuation", stop: "with a full stop", question: "with a question mark",
	exclamation: "with an exclamation mark", ellipsis: "with an ellipsis", colon: "with a colon", comma: "with a comma or semicolon",
}

func (e ending) String() string { return endingNames[e] }

// The marks of each kind, in the scripts that have their own. Full stops are all other characters with Unicode's property
// Sentence_Terminal, and those that Go's version of Unicode does not count among them.
const (
	fullStops        = "．។៕།༎༏"
	questionMarks    = "?？؟⁇⁈՞፧꘏⸮\u037e"
	exclamationMarks = "!！‼⁉՜߹᥄﹗︕"
	ellipses         = "…⋯︙"
	colons           = ":：﹕︓፥፦"
	commas           = ",;，；、،؛፣፤՝"
)

// closers may stand behind the final punctuation: quotation marks, brackets, and marks of direction. A brace is none,
// since a text may end with a placeholder.
const closers = "\"'’”»«“‘›‹)）]］」』】〉》\u200e\u200f\u061c\u2069"

// endingOf returns what the text ends with. base is the language, "" for one with no habits of its own. An entity of HTML
// at the end is passed over, since its semicolon is no punctuation.
func endingOf(text, base string) ending {
	text = withoutLastEntities(text)
	text = strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(closers, r) })
	last, _ := utf8.DecodeLastRuneInString(text)
	switch {
	case text == "":
		return noEnding
	case strings.HasSuffix(text, "...") || strings.ContainsRune(ellipses, last):
		return ellipsis
	case base == "el" && last == ';', strings.ContainsRune(questionMarks, last):
		return question
	case strings.ContainsRune(exclamationMarks, last):
		return exclamation
	case strings.ContainsRune(colons, last):
		return colon
	case strings.ContainsRune(commas, last):
		return comma
	case strings.ContainsRune(fullStops, last), unicode.Is(unicode.Sentence_Terminal, last):
		return stop
	}
	return noEnding
}

// checkEnds compares how a translation begins and ends with how its original does.
func (s *subject) checkEnds(o *original) {
	for category, text := range s.forms {
		if text == "" {
			continue
		}
		c := plural.Category(category)
		before, body, after := cutSpace(text)
		if !s.stale {
			s.checkSpace(c, 0, "leading", before, o.leading)
			s.checkSpace(c, len(before)+len(body), "trailing", after, o.behind)
		}
		s.checkPunctuation(c, text, body, o)
	}
}

// cutSpace takes off the white space at both ends.
func cutSpace(text string) (before, body, after string) {
	body = strings.TrimLeftFunc(text, unicode.IsSpace)
	before = text[:len(text)-len(body)]
	trimmed := strings.TrimRightFunc(body, unicode.IsSpace)
	return before, trimmed, body[len(trimmed):]
}

func (s *subject) checkSpace(c plural.Category, offset int, side, space string, source []string) {
	if slices.Contains(source, space) {
		return
	}
	what := fmt.Sprintf("%s space that the source text does not have", side)
	switch {
	case space == "":
		what = fmt.Sprintf("no %s space, which the source text has", side)
	case source[0] != "":
		what = fmt.Sprintf("%s space unlike the source text's", side)
	}
	s.report(RuleSpace, c, offset, what, "")
}

func (s *subject) checkPunctuation(c plural.Category, text, body string, o *original) {
	got := endingOf(body, s.locale.base)
	if slices.ContainsFunc(o.endings, func(want ending) bool { return s.locale.accepts(got, want, text) }) {
		return
	}
	want := endingOf(o.wording(c), "")
	s.report(RulePunctuation, c, lastRune(text, body), fmt.Sprintf("the text ends %v, the source text %v", got, want), "")
}

// lastRune returns the offset of the last character of the body, which the text has before its trailing space.
func lastRune(text, body string) int {
	end := strings.Index(text, body) + len(body)
	_, size := utf8.DecodeLastRuneInString(body)
	return end - size
}

// accepts reports whether an ending may translate another in the locale.
func (l *locale) accepts(got, want ending, text string) bool {
	if got == want {
		return true
	}
	switch l.base {
	case "th", "lo":
		// Sentences end with a space or with nothing, and particles make a question.
		return got == noEnding && (want == stop || want == question)
	case "hy":
		// The marks of question and exclamation stand inside the sentence, and a colon often serves as the full stop.
		inside := strings.ContainsAny(text, "՞՜")
		return want == stop && got == colon || (want == question || want == exclamation) && inside && (got == stop || got == colon)
	}
	return false
}

// checkTitle reports a title in Go source with a full stop: it names a kind of error, and other texts put it before a
// colon or into a heading.
func (s *subject) checkTitle() {
	text := s.forms[plural.Other]
	if s.id.Part == model.PartNames[model.Title] && s.id.Name != labels && endingOf(text, s.locale.base) == stop {
		s.report(RuleTitleStop, plural.Other, 0, fmt.Sprintf("the title %q ends with a full stop", text), "take the full stop off")
	}
}
