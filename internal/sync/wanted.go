package sync

import (
	"strings"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/localefile"
)

// wanted is what a domain declares, and what its files shall say about it whatever their locale. It is made once for all
// of them.
type wanted struct {
	domain   *declared.Domain
	messages []message
	index    map[localefile.ID]int
}

// message is a text of the domain with the lines that all files have for it.
type message struct {
	declared.Message
	forms   localefile.Forms // as they stand in Go
	context []string         // the lines above the header
	source  []string         // the lines below it
}

func newWanted(d *declared.Domain) *wanted {
	w := &wanted{domain: d, index: map[localefile.ID]int{}}
	for declared := range d.Messages() {
		m := message{Message: declared}
		for c, text := range declared.Text.Forms {
			m.forms[c] = strings.ToValidUTF8(text, "\uFFFD") // TOML has no other bytes
		}
		m.context = contextLines(&declared)
		m.source = localefile.SourceLines(localefile.MarkSource, d.Source, &m.forms, m.forms.Plural())
		w.index[m.ID] = len(w.messages)
		w.messages = append(w.messages, m)
	}
	return w
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
func (m *message) place() declared.Place {
	for _, place := range m.Text.Places {
		if place != (declared.Place{}) {
			return place
		}
	}
	if m.Label != nil {
		return m.Label.Place
	}
	return m.Code.Place
}
