package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/plural"
)

// markup is a tag or an entity at its place in a text.
type markup struct {
	start, end int
}

const entity = `&([A-Za-z][A-Za-z0-9]+|#[0-9]+|#[xX][0-9A-Fa-f]+);`

// tagOrEntity finds what a browser would take for HTML: <b>, </b>, <br/>, <a href="…">, <!-- and &nbsp;, &#160;, &#xA0;.
var tagOrEntity = regexp.MustCompile(`</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!--|` + entity)

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

// closes reports whether the markup is the end of an element that begins in the text before it, and so is reported with it.
func closes(found, before string) bool {
	name, is := strings.CutPrefix(found, "</")
	return is && strings.Contains(before, "<"+strings.TrimSuffix(name, ">"))
}

// checkHTML reports markup: texts are plain, and a page that shows one escapes it. What the source text has too is its
// developer's business; for the source text itself, o is nil.
func (s *subject) checkHTML(c plural.Category, text string, o *original) {
	for _, m := range markupIn(text) {
		found := text[m.start:m.end]
		if o != nil && slices.Contains(o.markup, found) || closes(found, text[:m.start]) {
			continue
		}
		if s.markup++; s.markup > mostMarkup {
			return
		}
		s.report(RuleHTML, c, m.start, fmt.Sprintf("%s would be shown as it stands", found),
			"write plain text, with characters such as < and & as they are")
	}
}
