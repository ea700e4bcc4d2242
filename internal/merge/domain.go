package merge

import (
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/textcontext"
)

// domain is what is declared, and what its files shall say about it whatever their locale. It is
// made once for all of them, and not changed after.
type domain struct {
	*Input
	*model.Domain
	messages []message
	sorted   []sortedID

	files  []File // the source locale's first, the others by tag
	create bool   // the source locale's does not exist yet, and its text is what it begins with

	// written returns the source locale's file and its state before this run. They are read when a
	// translation is met that is not known to be good.
	written func() written
}

// written is what the source locale's file and its state said.
type written struct {
	texts map[localefile.ID]localefile.Forms
	facts *state.Set
}

// message is a text of the domain with what all files have for it.
type message struct {
	model.Message
	forms   localefile.Forms // as they are in Go, in UTF-8
	counts  bool             // a number chooses the form
	source  []string         // the lines below the header
	context []string         // the lines above it; nil if they depend on the locale
	params  []*model.Param   // what they describe
	oldest  func(param string) string

	at         int        // its index among the messages
	id         string     // the ID in one word
	categories plural.Set // of the forms in Go
	prints     [plural.NumCategories]state.Fingerprint
}

// sortedID is the ID of a message in one word. They are sorted, as those of a state are.
type sortedID struct {
	id      string
	message int
}

// newDomain prepares the plans for all files. If create is true, a missing source file is one of
// them.
func newDomain(in Input, create bool) *domain {
	d := &domain{Input: &in, Domain: in.Domain, files: slices.Clone(in.Files)}
	create = create && in.Overlay == ""
	isSource := func(f File) bool { return f.Tag == d.Source }
	if create && !slices.ContainsFunc(d.files, isSource) {
		name := path.Join(in.Dir, d.Source.String()+localefile.Ext)
		content := Content{Text: []byte(sourceHead), State: in.SourceState}
		d.files = append(d.files, File{Name: name, Tag: d.Source, Content: content})
		d.create = true
	}
	slices.SortFunc(d.files, func(a, b File) int {
		if isSource(a) != isSource(b) {
			if isSource(a) {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Tag.String(), b.Tag.String())
	})
	d.written = sync.OnceValue(d.readWritten)
	d.declare()
	return d
}

// declare prepares the messages.
func (d *domain) declare() {
	n := d.NumMessages()
	d.messages = make([]message, 0, n)
	for declared := range d.Messages() {
		d.messages = append(d.messages, message{Message: declared})
	}
	const portion = 1000
	parallel((n+portion-1)/portion, func(i int) {
		for j := i * portion; j < min((i+1)*portion, n); j++ {
			d.messages[j].at = j
			d.messages[j].prepare(d)
		}
	})
	d.sorted = make([]sortedID, n)
	for i := range d.messages {
		d.sorted[i] = sortedID{d.messages[i].id, i}
	}
	slices.SortFunc(d.sorted, func(a, b sortedID) int { return strings.Compare(a.id, b.id) })
}

func (m *message) prepare(d *domain) {
	m.forms = validForms(m.Text.Forms)
	m.counts = m.Counts()
	m.source = localefile.SourceLines(localefile.MarkText, d.Source, &m.forms, m.forms.Plural())
	m.params = textcontext.Params(&m.Message)
	if !textcontext.Vary(m.params) {
		m.context = m.contextIn(nil)
	}
	m.oldest = d.oldestNames(&m.Message)
	m.id = m.ID.String()
	for c, text := range m.forms {
		if text != "" {
			m.categories |= plural.SetOf(plural.Category(c))
			m.prints[c] = state.FingerprintOf(text, m.oldest)
		}
	}
}

// validForms returns the forms in UTF-8, since TOML has no other bytes.
func validForms(forms localefile.Forms) localefile.Forms {
	for c, text := range forms {
		forms[c] = strings.ToValidUTF8(text, "\uFFFD")
	}
	return forms
}

// oldestNames returns the function that gives a param's oldest former name, or nil if no param of
// the text ever had another name.
func (d *domain) oldestNames(m *model.Message) func(string) string {
	var names map[string]string
	for i := range m.Params {
		p := &m.Params[i]
		former := p.FormerNames
		if d.FormerParams != nil && m.Code != nil {
			former = d.FormerParams(m.Code, p)
		}
		if len(former) == 0 {
			continue
		}
		if names == nil {
			names = map[string]string{}
		}
		for _, name := range append(slices.Clip(former), p.Name) {
			names[name] = former[0]
		}
	}
	if names == nil {
		return nil
	}
	return func(name string) string {
		if oldest, ok := names[name]; ok {
			return oldest
		}
		return name
	}
}

// readWritten reads the texts and the state of the source locale as they are before this run.
// Whoever plans for the file reports what is wrong with it.
func (d *domain) readWritten() written {
	w := written{map[localefile.ID]localefile.Forms{}, new(state.Set)}
	if d.Overlay != "" {
		for m := range d.Messages() {
			w.texts[m.ID] = validForms(m.Text.Forms)
		}
		return w
	}
	if len(d.files) == 0 || d.files[0].Tag != d.Source {
		return w
	}
	content, err := d.files[0].content()
	if err != nil {
		return w
	}
	text, _, _ := localefile.Sides(content.Text)
	file, _, _ := localefile.Read(d.files[0].Name, d.Source, text)
	for i := range file.Entries {
		if e := &file.Entries[i]; !e.Missing() {
			w.texts[d.rename(e.ID)] = e.Texts()
		}
	}
	w.facts, _ = state.Parse("", content.State)
	w.facts.Rename(d.renameName)
	d.recall(w.facts, d.Source, func(string) bool { return true })
	return w
}

// recall adds to the state of a locale what it has lost, and reports whether that is anything.
func (d *domain) recall(facts *state.Set, tag language.Tag, wanted func(id string) bool) bool {
	changed := false
	for _, src := range d.Recorded[tag] {
		earlier, _ := state.Parse("", src)
		earlier.Rename(d.renameName)
		changed = facts.Recall(earlier, wanted) || changed
	}
	return changed
}

// rename returns the ID that a text has now.
func (d *domain) rename(id localefile.ID) localefile.ID {
	if name, ok := d.Renamed[id.Name]; ok && id.Name != localefile.Labels {
		id.Name = name
	}
	return id
}

// renameName is rename for the name of an ID.
func (d *domain) renameName(id string) string {
	if len(d.Renamed) == 0 {
		return id
	}
	from := parseID(id)
	if to := d.rename(from); to != from {
		return to.String()
	}
	return id
}

// parseID returns the ID that is written in one word.
func parseID(id string) localefile.ID {
	name, part, _ := strings.Cut(id, ".")
	return localefile.ID{Name: name, Part: part}
}

// tags returns the locales that have a file.
func (d *domain) tags() []language.Tag {
	tags := make([]language.Tag, len(d.files))
	for i := range d.files {
		tags[i] = d.files[i].Tag
	}
	return tags
}

// find returns the index of the message, or -1. Most often it is the one that the guess names,
// since files have the order of the domain.
func (d *domain) find(id localefile.ID, guess int) int {
	if guess < len(d.messages) && d.messages[guess].ID == id {
		return guess
	}
	return d.findName(id.String())
}

// findName is find for an ID in one word.
func (d *domain) findName(id string) int {
	i, found := slices.BinarySearchFunc(d.sorted, id,
		func(s sortedID, id string) int { return strings.Compare(s.id, id) })
	if !found {
		return -1
	}
	return d.sorted[i].message
}

// inOrder returns findName for IDs that are asked for in their order, which takes no search.
func (d *domain) inOrder() func(id string) int {
	rest := d.sorted
	return func(id string) int {
		for len(rest) > 0 && rest[0].id < id {
			rest = rest[1:]
		}
		if len(rest) == 0 || rest[0].id != id {
			return -1
		}
		return rest[0].message
	}
}

// asked returns the categories that a text shall have in a locale: those that its counter can
// reach.
func (m *message) asked(tag language.Tag) plural.Set {
	if m.counts {
		return plural.For(tag).Integers()
	}
	return plural.SetOf(plural.Other)
}

// contextIn returns the lines above the header in a locale.
func (m *message) contextIn(locale *format.Locale) []string {
	if m.context != nil {
		return m.context
	}
	lines := textcontext.Lines(&m.Message, m.params, locale)
	for i, line := range lines {
		lines[i] = localefile.MarkText.Line(line)
	}
	return lines
}
