package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

const labels = localefile.Labels

// checkLength holds each form against the limit that the declaration sets, in characters of the
// pattern.
func (s *textCheck) checkLength(o *sourceText) {
	if o.limit == 0 {
		return
	}
	for category, text := range &s.forms {
		if n := utf8.RuneCountInString(text); n > o.limit {
			s.report(RuleTooLong, plural.Category(category), 0,
				fmt.Sprintf("%d characters, of which at most %d fit", n, o.limit),
				"say it in fewer words")
		}
	}
}

// checkSame reports a form of a translation that is one of the source text's, and whether there is
// one: most likely nobody has translated it. A language in another script, as Serbian in Latin
// letters is, counts as another.
func (s *textCheck) checkSame(o *sourceText, source *localeRules) bool {
	if s.locale.id.SameText(source.id) {
		return false
	}
	for c, text := range &s.forms {
		if text == "" || !o.has(text) || countWords(text) < 2 {
			continue
		}
		s.report(RuleSameAsSource, plural.Category(c), 0, "the text is the same as the source text",
			"translate it, or leave it empty until somebody does")
		return true
	}
	return false
}

// countWords counts the words of two letters or more outside of placeholders: "HTTP" or "OK" may be
// the same in all languages, a sentence is not.
func countWords(text string) int {
	n := 0
	for _, word := range strings.FieldsFunc(withoutPlaceholders(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r)
	}) {
		if utf8.RuneCountInString(word) >= 2 {
			n++
		}
	}
	return n
}

func withoutPlaceholders(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	placeholders, _ := pattern.Placeholders(text)
	for _, p := range slices.Backward(placeholders) {
		text = text[:p.Start] + " " + text[p.End:]
	}
	return text
}

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
	exclamation: "with an exclamation mark", ellipsis: "with an ellipsis", colon: "with a colon",
	comma: "with a comma or semicolon",
}

func (e ending) String() string { return endingNames[e] }

// The marks of each kind, in the scripts that have their own. Full stops are all other characters
// with Unicode's property Sentence_Terminal, and those that Go's version of Unicode does not count
// among them.
const (
	fullStops        = "．។៕།༎༏"
	questionMarks    = "?？؟⁇⁈՞፧꘏⸮\u037e"
	exclamationMarks = "!！‼⁉՜߹᥄﹗︕"
	ellipses         = "…⋯︙"
	colons           = ":：﹕︓፥፦"
	commas           = ",;，；、،؛፣፤՝"
)

// closers may follow the final punctuation: quotation marks, brackets, and marks of
// direction. A brace is not one, since a text may end with a placeholder.
const closers = "\"'’”»«“‘›‹)）]］」』】〉》\u200e\u200f\u061c\u2069"

// endingOf returns what the text ends with. base is the language, "" for one with no habits of its
// own. An HTML entity at the end is skipped, since its semicolon is not punctuation.
func endingOf(text, base string) ending {
	switch n := len(text); { // as most texts are
	case n == 0, isAlphanumeric(text[n-1]):
		return noEnding
	case text[n-1] == '.' && (n == 1 || text[n-2] != '.'):
		return stop
	}
	text = withoutLastEntities(text)
	text = strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(closers, r)
	})
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

// checkEnds compares how a translation begins and ends with how its source text does.
func (s *textCheck) checkEnds(o *sourceText) {
	for category, text := range &s.forms {
		if text == "" {
			continue
		}
		c := plural.Category(category)
		before, body, after := cutSpace(text)
		if !s.stale {
			s.checkSpace(c, 0, "leading", before, o,
				func(f *sourceForm) string { return f.leading })
			s.checkSpace(c, len(before)+len(body), "trailing", after, o,
				func(f *sourceForm) string { return f.trailing })
		}
		s.checkPunctuation(c, text, body, o)
	}
}

// cutSpace takes off the white space at both ends.
func cutSpace(text string) (before, body, after string) {
	if n := len(text); n > 0 && isVisible(text[0]) && isVisible(text[n-1]) {
		return "", text, "" // as nearly every text
	}
	body = strings.TrimLeftFunc(text, unicode.IsSpace)
	before = text[:len(text)-len(body)]
	trimmed := strings.TrimRightFunc(body, unicode.IsSpace)
	return before, trimmed, body[len(trimmed):]
}

// isVisible reports whether the byte is a character of ASCII that can be seen.
func isVisible(b byte) bool { return ' ' < b && b <= '~' }

func (s *textCheck) checkSpace(
	c plural.Category, offset int, side, space string, o *sourceText, of func(*sourceForm) string,
) {
	for i := range o.forms {
		if of(&o.forms[i]) == space {
			return
		}
	}
	what := fmt.Sprintf("%s space that the source text does not have", side)
	switch {
	case space == "":
		what = fmt.Sprintf("no %s space, which the source text has", side)
	case of(&o.forms[0]) != "":
		what = fmt.Sprintf("%s space differs from the source text's", side)
	}
	s.report(RuleSpace, c, offset, what, "")
}

func (s *textCheck) checkPunctuation(c plural.Category, text, body string, o *sourceText) {
	got := endingOf(body, s.locale.id.Language)
	for i := range o.forms {
		if s.locale.accepts(got, o.forms[i].ending, text) {
			return
		}
	}
	want := endingOf(o.wording(c), "")
	s.report(RulePunctuation, c, lastRune(text, body),
		fmt.Sprintf("the text ends %v, the source text %v", got, want), "")
}

// lastRune returns the offset of the last character of the body, which the text has before its
// trailing space.
func lastRune(text, body string) int {
	end := strings.Index(text, body) + len(body)
	_, size := utf8.DecodeLastRuneInString(body)
	return end - size
}

// accepts reports whether an ending may translate another in the locale.
func (l *localeRules) accepts(got, want ending, text string) bool {
	if got == want {
		return true
	}
	switch l.id.Language {
	case "th", "lo":
		// Sentences end with a space or with nothing, and particles make a question.
		return got == noEnding && (want == stop || want == question)
	case "hy":
		// The marks of question and exclamation are inside the sentence. A colon often serves as the
		// full stop, and a full stop as the colon.
		inside := strings.ContainsAny(text, "՞՜")
		return want == stop && got == colon || (want == question || want == exclamation) && inside &&
			(got == stop || got == colon) || want == colon && got == stop
	}
	return false
}

// checkTitle reports a title in Go source with a full stop: it names a kind of error, and other
// texts put it before a colon or into a heading.
func (s *textCheck) checkTitle() {
	if !s.message.Is(model.Title) {
		return
	}
	for c, text := range &s.forms {
		if endingOf(text, s.locale.id.Language) == stop {
			s.report(RuleTitleStop, plural.Category(c), 0,
				fmt.Sprintf("the title %q ends with a full stop", text), "remove the full stop")
		}
	}
}

// checkHelp reports a code without help although its users are to fix something, at its title. See
// https://www.w3.org/TR/WCAG22/#error-suggestion.
func (s *textCheck) checkHelp() {
	code := s.message.Code
	if s.message.Is(model.Title) && code.ToFix() &&
		code.Deprecated == "" && code.Texts[model.Help].Missing() {
		s.report(RuleHelpMissing, plural.Other, 0, fmt.Sprintf(
			"users are to fix something, but %s has no help", code.Name), "add Help to the code: say how")
	}
}

// checkTreatment reports a code whose action or retry does not go with its status, at its title. An
// error page offers the user what the action says, and a client repeats what the retry allows.
func (s *textCheck) checkTreatment() {
	code := s.message.Code
	if !s.message.Is(model.Title) || code.Unread || code.Deprecated != "" || code.ShownAs != nil {
		return
	}
	const contact, never = 0, 0 // The zero values, so a declaration may lack them by mistake.
	if isUsersTurn(code.HTTP) && code.ForUsers() && code.Action == contact {
		action := "ActionFix"
		switch code.HTTP {
		case 401:
			action = "ActionSignIn"
		case 408, 425, 429:
			action = "ActionRetry"
		}
		s.report(RuleActionContact, plural.Other, 0, fmt.Sprintf(
			"%s has HTTP status %d, but its users can only contact somebody", code.Name, code.HTTP),
			"add Action: catalog."+action+" to the code, or another action")
	}
	waits := code.HTTP == 429 || code.HTTP == 503
	if waits && code.Retry == never {
		for _, p := range code.Params {
			if p.IsRelativeTime() {
				s.report(RuleRetryMissing, plural.Other, 0, fmt.Sprintf(
					"answers with %s have Retry-After, of its param %s, but no retry", code.Name, p.Name),
					"add Retry: catalog.RetryAfter to the code")
				break
			}
		}
	}
}

// isUsersTurn reports whether a status says that the user, not the server, has to do something.
// With 403 and 451 (RFC 7725), only others can help.
func isUsersTurn(status int) bool {
	return status >= 400 && status < 500 && status != 403 && status != 451
}

// checkPublic reports a param that the text shows and answers don't have as a value, unless it is
// sensitive: that is kept from clients on purpose.
func (s *textCheck) checkPublic() {
	code := s.message.Code
	if code == nil {
		return
	}
	reported := map[int]bool{}
	for c, text := range &s.forms {
		placeholders, _ := pattern.Placeholders(text)
		for _, p := range placeholders {
			i := code.ParamIndex(p.Name)
			if i < 0 || code.Params[i].Public || code.Params[i].Sensitive || reported[i] {
				continue
			}
			reported[i] = true
			s.report(RuleShownNotPublic, plural.Category(c), p.Start,
				fmt.Sprintf("the text shows {{.%s}}, which is not public", p.Name),
				"use catalog.Public, or let clients keep the server's text")
		}
	}
}

// checkTitlePlaceholder reports a title with a placeholder: it is what readers see if an argument
// of the detail is missing. A translation of such a title must have the placeholder, too.
func (s *textCheck) checkTitlePlaceholder(o *sourceText) {
	if !o.message.Is(model.Title) ||
		!s.declared && slices.ContainsFunc(o.needs, func(n need) bool { return n != never }) {
		return
	}
	for c, text := range &s.forms {
		placeholders, _ := pattern.Placeholders(text)
		for _, p := range placeholders {
			if o.message.Code.ParamIndex(p.Name) >= 0 { // An unknown one is an error already.
				s.report(RuleTitlePlaceholder, plural.Category(c), p.Start,
					fmt.Sprintf("the title has the placeholder {{.%s}}", p.Name),
					"move what it says to the detail")
				break
			}
		}
	}
}

// markup is a tag or an entity at its place in a text.
type markup struct {
	start, end int
}

const entity = `&([A-Za-z][A-Za-z0-9]+|#[0-9]+|#[xX][0-9A-Fa-f]+);`

// tagOrEntity finds what a browser would take for HTML: <b>, </b>, <br/>, <a href="…">, <!-- and
// &nbsp;, &#160;, &#xA0;.
var tagOrEntity = regexp.MustCompile(
	`</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*=[^<>]*|\s*)/?>|<!--|` + entity)

// markupIn returns all markup of the text in order.
func markupIn(text string) []markup {
	if !strings.ContainsAny(text, "<&") {
		return nil
	}
	var found []markup
	for _, m := range tagOrEntity.FindAllStringIndex(text, -1) {
		found = append(found, markup{m[0], m[1]})
	}
	return found
}

var lastEntities = regexp.MustCompile(`(` + entity + `\s*)+$`)

// withoutLastEntities returns the text without the entities that it ends with.
func withoutLastEntities(text string) string {
	if !strings.HasSuffix(text, ";") {
		return text
	}
	return lastEntities.ReplaceAllString(text, "")
}

// mostMarkup is how many tags and entities of one text are reported.
const mostMarkup = 3

// closes reports whether the markup is the end of an element that begins in the text before it, and
// so is reported with it.
func closes(found, before string) bool {
	name, is := strings.CutPrefix(found, "</")
	return is && strings.Contains(before, "<"+strings.TrimSuffix(name, ">"))
}

func (o *sourceText) hasMarkup(found string) bool {
	return slices.ContainsFunc(o.forms, func(f sourceForm) bool {
		return slices.Contains(f.markup, found)
	})
}

// checkHTML reports markup: texts are plain, and a page that shows one escapes it. What the source
// text has too is its developer's business; for the source text itself, o is nil.
func (s *textCheck) checkHTML(c plural.Category, text string, o *sourceText) {
	if f := s.read[c]; f == nil || !f.mayHave("<&") {
		return
	}
	for _, m := range markupIn(text) {
		found := text[m.start:m.end]
		if o != nil && o.hasMarkup(found) || closes(found, text[:m.start]) {
			continue
		}
		if s.markup++; s.markup > mostMarkup {
			return
		}
		s.report(RuleHTML, c, m.start, fmt.Sprintf("%s would be shown as is", found),
			"write plain text, with characters such as < and & as they are")
	}
}
