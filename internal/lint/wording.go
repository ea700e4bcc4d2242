package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

const labels = localefile.Labels

// checkLength holds each form against the limit that the declaration sets, in characters of the pattern.
func (s *subject) checkLength(o *original) {
	limit := o.message.Text.Max
	if limit == 0 {
		return
	}
	for category, text := range s.forms {
		if n := utf8.RuneCountInString(text); n > limit {
			s.report(RuleTooLong, plural.Category(category), 0, fmt.Sprintf("%d characters, of which at most %d fit", n, limit),
				"say it in fewer words")
		}
	}
}

// checkSame reports a translation that is its original: most likely nobody has translated it. A language in another
// script, as Serbian in Latin letters is, counts as another.
func (s *subject) checkSame(o *original, source *locale) {
	if s.locale.base == source.base && s.locale.script == source.script {
		return
	}
	first, words := whole, 0
	for c := range s.given().All() {
		if !slices.Contains(o.message.Text.Forms[:], s.forms[c]) {
			return
		}
		if first == whole {
			first = c
		}
		words = max(words, countWords(s.forms[c]))
	}
	if words >= 2 {
		s.report(RuleSameAsSource, first, 0, "the text is the same as the source text",
			"translate it, or leave it empty until somebody does")
	}
}

// countWords counts the words of two letters or more outside of placeholders: "HTTP" or "OK" may be the same in all
// languages, a sentence is not.
func countWords(text string) int {
	n := 0
	for _, word := range strings.FieldsFunc(withoutPlaceholders(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
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
