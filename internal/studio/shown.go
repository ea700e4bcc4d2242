package studio

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// The parts of a code as the note above a preview names them.
const (
	titlePart  = "title"
	detailPart = "detail"
	helpPart   = "help"
)

// partOf returns the part of a code that readers see a text as: that for an exact zero takes the
// place of the one for other numbers.
func partOf(m *model.Message) string { return strings.TrimSuffix(m.ID.Part, "_zero") }

// missingBeside returns the texts that keep readers from getting text i with the forms: title and
// detail of a code come from one locale, so each of them waits for the other one.
func (d *domain) missingBeside(l *locale, i int, forms map[plural.Category]string) []int {
	m := &d.messages[i]
	if m.Code == nil || isEmpty(forms) || partOf(m) == helpPart {
		return nil
	}
	var missing []int
	for _, part := range []string{titlePart, detailPart} {
		other, known := d.index[localefile.ID{Name: m.Code.Name, Part: part}.String()]
		if known && other != i && l.texts[other].ID != "" && !l.texts[other].started() {
			missing = append(missing, other)
		}
	}
	return missing
}

func isEmpty(forms map[plural.Category]string) bool {
	for _, text := range forms {
		if text != "" {
			return false
		}
	}
	return true
}

// parts returns what readers get of a code's parts that they get at all.
func (p *preview) parts(failed error) map[string]errlingo.Text {
	m := p.bundle.LocalizerFor(p.tag).LocalizeFlat(failed)
	parts := map[string]errlingo.Text{titlePart: m.Title, detailPart: m.Detail, helpPart: m.Help}
	maps.DeleteFunc(parts, func(_ string, text errlingo.Text) bool { return text.Value == "" })
	return parts
}

// faulty returns the IDs of the texts in the locale's file that have an error.
func (p *preview) faulty() []string {
	lines := strings.Split(p.file, "\n")
	var ids []string
	for _, f := range p.bundle.Findings() {
		if f.File != p.tag.String()+localefile.Ext || f.Severity != errlingo.SeverityError {
			continue
		}
		for _, line := range slices.Backward(lines[:min(f.Line, len(lines))]) {
			if id, is := strings.CutPrefix(line, "["); is {
				ids = append(ids, strings.TrimSuffix(id, "]"))
				break
			}
		}
	}
	return ids
}

// shownText is what a preview shows of text i of a locale.
type shownText struct {
	d        *domain
	l        *locale
	i        int
	forms    map[plural.Category]string
	request  *previewRequest
	parts    map[string]errlingo.Text // that are shown: of a code, or the text alone
	faulty   []string                 // the IDs of the texts that have an error
	waitsFor []int                    // the missing texts without which readers do not get this one
	until    language.Tag             // the locale that they get title and detail in until then
}

// note says what is shown.
func (s *shownText) note() string {
	sentences := []string{s.ownNote()}
	if rest := s.otherParts(); rest != "" {
		sentences = append(sentences, rest)
	}
	if code := s.d.messages[s.i].Code; code != nil &&
		catalog.Audience(code.Audience) == catalog.AudienceOperator {
		sentences = append(sentences, "Operators see this; readers get a general error instead.")
	}
	return strings.Join(sentences, " ")
}

// ownNote says what is shown of the text itself.
func (s *shownText) ownNote() string {
	m := &s.d.messages[s.i]
	part := partOf(m)
	own, there := s.parts[part]
	subject := inEnglish(own.Locale)
	if part == helpPart && m.Code != nil {
		subject = "The help is " + subject
	}
	foreign := own.Locale != s.l.tag
	switch {
	case isEmpty(s.forms) && m.Optional():
		return "This text is empty, so readers see the one for other numbers."
	case isEmpty(s.forms):
		return subject + ", because this text is empty."
	case !there && part == detailPart:
		return "An argument is missing, so readers get the title alone."
	case !there:
		return fmt.Sprintf("An argument is missing, so readers get no %s.", part)
	case s.hasError():
		return subject + ", because this text has an error."
	case len(s.waitsFor) > 0:
		return s.waitingNote()
	case foreign && s.request.Arguments == "zero":
		return subject + ", because an argument is missing."
	case foreign && len(s.faulty) > 0:
		return fmt.Sprintf("%s, because %s has an error.", subject, s.faulty[0])
	case foreign:
		return subject + "."
	}
	if c, empty := s.emptyForm(); empty {
		return fmt.Sprintf("The form “%v” is empty, so readers see another one.", c)
	}
	if maps.Equal(s.forms, s.l.texts[s.i].forms()) {
		return "As readers see it."
	}
	return "As readers will see it once this text is saved."
}

// waitingNote says what readers get of a text that waits for others, now or later.
func (s *shownText) waitingNote() string {
	var names []string
	for _, i := range s.waitsFor {
		names = append(names, partOf(&s.d.messages[i]))
	}
	waits := fmt.Sprintf("the %s is translated", names[0])
	if len(names) > 1 {
		waits = "title and detail are translated"
	}
	if s.request.Now {
		return fmt.Sprintf("%s, until %s too: readers get title and detail in one language.",
			inEnglish(s.until), waits)
	}
	return fmt.Sprintf("As readers will see it once %s too. Until then, they get title and detail "+
		"in %s.", waits, inEnglish(s.until))
}

// hasError reports whether the text has an error, so that no form of it is used.
func (s *shownText) hasError() bool {
	return slices.Contains(s.faulty, s.d.messages[s.i].ID.String())
}

// emptyForm returns the form that the number asks for, if it is empty.
func (s *shownText) emptyForm() (plural.Category, bool) {
	m := &s.d.messages[s.i]
	if s.request.Count == nil || *s.request.Count < 0 || m.Count == "" || m.Optional() {
		return 0, false
	}
	c := plural.For(s.l.tag).Uint(uint64(*s.request.Count))
	return c, s.forms[c] == ""
}

// otherParts names the parts of the code that are in another language than the text itself.
func (s *shownText) otherParts() string {
	own, there := s.parts[partOf(&s.d.messages[s.i])]
	if !there {
		return ""
	}
	in := map[language.Tag][]string{}
	var order []language.Tag
	for _, part := range []string{titlePart, detailPart, helpPart} {
		text, shown := s.parts[part]
		if !shown || text.Locale == own.Locale {
			continue
		}
		if in[text.Locale] == nil {
			order = append(order, text.Locale)
		}
		in[text.Locale] = append(in[text.Locale], part)
	}
	var sentences []string
	for _, tag := range order {
		verb := "is"
		if len(in[tag]) > 1 {
			verb = "are"
		}
		if tag != s.l.tag {
			verb += " still"
		}
		sentences = append(sentences, fmt.Sprintf("The %s %s %s.", strings.Join(in[tag], " and "), verb,
			inEnglish(tag)))
	}
	return strings.Join(sentences, " ")
}

func inEnglish(tag language.Tag) string { return display.English.Tags().Name(tag) }
