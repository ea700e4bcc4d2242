package merge

import (
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
)

// wanted is what a domain declares, and what its files shall say about it whatever their locale. It is made once for all
// of them.
type wanted struct {
	domain   *model.Domain
	messages []message
	index    map[localefile.ID]int

	files  []File                                    // the source locale's first, the others by tag
	create bool                                      // the source locale's does not exist yet, and its bytes are what it begins with
	before func() map[localefile.ID]localefile.Forms // the source file's texts as they stood
}

// message is a text of the domain with the lines that all files have for it.
type message struct {
	model.Message
	forms   localefile.Forms // as they stand in Go
	context []string         // the lines above the header
	source  []string         // the lines below it
}

// newWanted prepares the plans for all files. If create is true, a missing source file is one of them.
func newWanted(in Input, create bool) *wanted {
	w := &wanted{domain: in.Domain, files: slices.Clone(in.Files)}
	isSource := func(f File) bool { return f.Tag == w.domain.Source }
	if create && !slices.ContainsFunc(w.files, isSource) {
		name := path.Join(in.Dir, w.domain.Source.String()+localefile.Ext)
		w.files = append(w.files, File{Name: name, Tag: w.domain.Source, Bytes: []byte(sourceHead)})
		w.create = true
	}
	slices.SortFunc(w.files, func(a, b File) int {
		if isSource(a) != isSource(b) {
			if isSource(a) {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Tag.String(), b.Tag.String())
	})
	w.before = sync.OnceValue(w.stood)
	w.declare()
	return w
}

// declare prepares the messages of the domain.
func (w *wanted) declare() {
	n := w.domain.NumMessages()
	w.messages = make([]message, 0, n)
	w.index = make(map[localefile.ID]int, n)
	for declared := range w.domain.Messages() {
		w.index[declared.ID] = len(w.messages)
		w.messages = append(w.messages, message{Message: declared})
	}
	const portion = 1000
	parallel((n+portion-1)/portion, func(i int) {
		for j := i * portion; j < min((i+1)*portion, n); j++ {
			w.messages[j].prepare(w.domain.Source)
		}
	})
}

// prepare makes the lines that files have for the message.
func (m *message) prepare(source language.Tag) {
	for c, text := range m.Text.Forms {
		m.forms[c] = strings.ToValidUTF8(text, "\uFFFD") // TOML has no other bytes
	}
	m.context = contextLines(&m.Message)
	m.source = localefile.SourceLines(localefile.MarkSource, source, &m.forms, m.forms.Plural())
}

// stood returns the texts of the source locale's file as it stands. It is read for this on its own: few plans ask, and
// the others need not keep it.
func (w *wanted) stood() map[localefile.ID]localefile.Forms {
	texts := map[localefile.ID]localefile.Forms{}
	if len(w.files) == 0 || w.files[0].Tag != w.domain.Source {
		return texts
	}
	src, _ := w.files[0].content() // Whoever plans for the file reports what is wrong.
	file, _, _ := localefile.Read(w.files[0].Name, w.files[0].Tag, src)
	for i := range file.Entries {
		if e := &file.Entries[i]; !e.Missing() {
			texts[e.ID] = e.Texts()
		}
	}
	return texts
}

// tags returns the locales that have a file.
func (w *wanted) tags() []language.Tag {
	tags := make([]language.Tag, len(w.files))
	for i := range w.files {
		tags[i] = w.files[i].Tag
	}
	return tags
}

// find returns the index of the message, or -1. Most often it is the one that the guess names, since files have the order
// of the domain.
func (w *wanted) find(id localefile.ID, guess int) int {
	if guess < len(w.messages) && w.messages[guess].ID == id {
		return guess
	}
	if i, ok := w.index[id]; ok {
		return i
	}
	return -1
}

// place returns where the text stands in Go.
func (m *message) place() model.Place {
	for _, place := range m.Text.Places {
		if place != (model.Place{}) {
			return place
		}
	}
	if m.Label != nil {
		return m.Label.Place
	}
	return m.Code.Place
}
