// Package textcontext says what a translator should know of a text: what it belongs to, when
// readers see it, and what its params look like in the translator's locale.
package textcontext

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/invisible"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
)

// width is how many characters a line has, unless a word is longer.
const width = 100

// Lines returns what a translator should know of a text that is seen below the others of its code,
// the first of which says what is to be said of the code. The params are those of [Params], with
// examples as readers of the locale see them. It may be nil unless the params [Vary].
func Lines(m *model.Message, params []*model.Param, locale *format.Locale) []string {
	var lines []string
	switch {
	case m.Code == nil:
		lines = docLines(m.Doc())
	case isFirst(m):
		lines = codeLines(m.Code)
	case m.Optional():
		lines = []string{fmt.Sprintf(
			"Optional: shown if {{.%s}} is 0. While it is empty, readers see the text above.", m.Count)}
	}
	for _, param := range params {
		lines = append(lines, paramLine(param, locale))
	}
	if m.Text.Max > 0 {
		lines = append(lines, fmt.Sprintf("at most %d characters", m.Text.Max))
	}
	return lines
}

// Alone is [Lines] for a text that is seen without the others of its code.
func Alone(m *model.Message, params []*model.Param, locale *format.Locale) []string {
	lines := Lines(m, params, locale)
	if m.Code != nil && !isFirst(m) {
		lines = append(codeLines(m.Code), lines...)
	}
	return lines
}

// Params returns the params that a text shows or is counted by.
func Params(m *model.Message) []*model.Param {
	var params []*model.Param
	for i := range m.Params {
		if param := &m.Params[i]; uses(m, param) {
			params = append(params, param)
		}
	}
	return params
}

// isFirst reports whether the text is the first of its code's parts, which has what is to be said
// of the code as a whole.
func isFirst(m *model.Message) bool {
	for part := range m.Code.Texts {
		if !m.Code.Texts[part].Missing() {
			return model.PartNames[part] == m.ID.Part
		}
	}
	return false
}

func codeLines(code *model.Code) []string {
	head := fmt.Sprintf("%d %s", code.Number, code.Name)
	if code.HTTP != 0 {
		head += fmt.Sprintf(", HTTP %d", code.HTTP)
	}
	doc := code.Doc
	var note []string
	if code.Deprecated != "" {
		doc, _, _ = strings.Cut(doc, "\n\nDeprecated: ") // for Go's tools; the spec says the same
		note = append(note, "Deprecated: "+code.Deprecated)
	}
	if code.ReplacedBy != "" {
		note = append(note, "Replaced by "+code.ReplacedBy+".")
	}
	lines := append([]string{head}, docLines(doc)...)
	return append(lines, wrap(strings.Join(note, " "))...)
}

// docLines lays out a doc comment anew: what belongs to one paragraph is filled, and what is
// indented stays a line.
func docLines(doc string) []string {
	var lines []string
	var paragraph []string
	flush := func() {
		lines = append(lines, wrap(strings.Join(paragraph, " "))...)
		paragraph = nil
	}
	for line := range strings.Lines(capitalize(strings.TrimSpace(doc))) {
		line = strings.TrimRight(line, " \t\r\n")
		switch trimmed := strings.TrimLeft(line, " \t"); {
		case line == "":
			flush()
			lines = append(lines, "")
		case trimmed != line || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "#"):
			flush()
			lines = append(lines, invisible.EscapeLine(line))
		default:
			paragraph = append(paragraph, line)
		}
	}
	flush()
	return lines
}

// capitalize makes a sentence of what follows a variable's name in Go's doc comments.
func capitalize(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if word, _, _ := strings.Cut(s, " "); strings.ToLower(word) != word || size == 0 {
		return s // a name, such as iPhone
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// isPlain reports whether the text is all printable ASCII.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// wrap breaks text into lines between words.
func wrap(text string) []string {
	if text != "" && len(text) <= width && isPlain(text) && strings.TrimSpace(text) == text &&
		!strings.Contains(text, "  ") {
		return []string{text} // as most
	}
	var lines []string
	line, filled := "", 0
	for word := range strings.FieldsSeq(text) {
		word = invisible.EscapeLine(word)
		n := utf8.RuneCountInString(word)
		if line != "" && filled+1+n <= width {
			line += " " + word
			filled += 1 + n
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line, filled = word, n
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// uses reports whether the text shows the param or is counted by it.
func uses(m *model.Message, param *model.Param) bool {
	if m.Text.Plural() && m.Count == param.Name {
		return true
	}
	for _, form := range m.Text.Forms {
		placeholders, _ := pattern.Placeholders(form)
		for _, p := range placeholders {
			if p.Name == param.Name {
				return true
			}
		}
	}
	return false
}

func paramLine(p *model.Param, locale *format.Locale) string {
	line := "{{." + p.Name + "}} " + Kind(p.Kind)
	if example := Example(p, locale); example != "" {
		line += ", for example " + invisible.EscapeLine(strings.Join(strings.Fields(example), " "))
	}
	return line
}

// Example returns the example of a param as readers of the locale see it, and a text that is the
// same for all of them in quotation marks.
func Example(p *model.Param, locale *format.Locale) string {
	if !variesByLocale(p) {
		return p.ExampleText()
	}
	// What only steers the direction of a text would be shown as an escape here.
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, string(locale.Append(nil, &p.Example, nil)))
}

// Vary reports whether the example of one of the params depends on the locale.
func Vary(params []*model.Param) bool { return slices.ContainsFunc(params, variesByLocale) }

// variesByLocale reports whether the example of a param depends on the locale. Texts, labels and
// phrases do not: they are shown as in Go.
func variesByLocale(p *model.Param) bool {
	_, isText := p.Example.Text()
	kind := p.Example.Kind()
	return !isText && kind != format.Label && kind != format.Phrase && kind != format.None
}

// Kind says in words what the values of a param look like.
func Kind(kind string) string {
	if element, ok := strings.CutSuffix(kind, "-list"); ok {
		return "list of values: " + Kind(element)
	}
	if name, ok := kindNames[kind]; ok {
		return name
	}
	return kind // number, date
}

var kindNames = map[string]string{
	"string":        "text",
	"label":         "label, translated under [labels]",
	"phrase":        "phrase, translated under [phrases]",
	"int":           "whole number",
	"percent":       "percentage",
	"identifier":    "identifier, shown without grouping",
	"bytes":         "size with its unit",
	"duration":      "length of time",
	"relative-time": "time from now",
	"time":          "date and time",
	"time-of-day":   "time of day",
	"date-range":    "range of dates",
	"money":         "amount of money",
	"url":           "web address",
	"literal":       "literal text, not to be translated",
}
