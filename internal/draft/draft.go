// Package draft reads and writes the file with the drafts of a locale: translations that nobody has
// read yet.
package draft

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Draft is a translation that nobody has read yet.
type Draft struct {
	ID    localefile.ID
	Forms localefile.Forms
	Tool  string   // what has written it
	Pos   diag.Pos // in the file that it was read from
}

// head is the beginning of a file of drafts.
const head = "# Drafts that nobody has read yet. " +
	"extract draft --take moves them into the locale file.\n"

// toolPrefix is what the name of the tool follows, in a field that go-i18n ignores.
const toolPrefix = "draft by "

// Read returns the drafts of a locale that fit the source texts as they are, in the order of the
// domain. The findings are about the file's syntax. No file is one without drafts.
func Read(name string, tag language.Tag, src []byte, d *model.Domain) ([]Draft, diag.List) {
	if src == nil {
		return nil, nil
	}
	file, syntax, _ := localefile.Read(name, tag, src)
	if len(syntax) > 0 {
		return nil, syntax
	}
	blocks := map[int]localefile.Block{} // by header
	for _, b := range file.Blocks() {
		blocks[b.Header] = b
	}
	found := map[localefile.ID]Draft{}
	notes := map[localefile.ID]localefile.Notes{}
	for i := range file.Entries {
		e := &file.Entries[i]
		one := Draft{ID: e.ID, Forms: e.Texts(), Pos: file.Doc.Pos(file.Doc.Items()[e.Item].Span().Start)}
		for item, field := range file.Fields {
			if it := file.Doc.Items()[item]; it.Table() == e.Table && field == "description" {
				one.Tool = strings.TrimPrefix(file.Doc.Text(it), toolPrefix)
			}
		}
		if b, headed := blocks[e.Item]; headed {
			_, lines := file.CommentsIn(&b)
			notes[e.ID] = localefile.ReadNotes(lines)
		}
		found[e.ID] = one
	}
	var all []Draft
	for m := range d.Messages() {
		one, has := found[m.ID]
		if seen := notes[m.ID].Seen; has && isSource(&m, seen) {
			all = append(all, one)
		}
	}
	return all, nil
}

// isSource reports whether the lines of a draft show the source text as it is.
func isSource(m *model.Message, seen map[plural.Category][]string) bool {
	n := 0
	for c, text := range m.Text.Forms {
		if lines := seen[plural.Category(c)]; text != "" && (len(lines) != 1 || lines[0] != text) {
			return false
		} else if text != "" {
			n++
		}
	}
	return n == len(seen)
}

// Table returns a draft of the message as a table of a locale file.
func (one *Draft) Table(source language.Tag, m *model.Message) string {
	text := localefile.Forms(m.Text.Forms)
	lines := []string{fmt.Sprintf("[%v]", one.ID)}
	lines = append(lines,
		localefile.SourceLines(localefile.MarkText, source, &text, text.Plural())...)
	if one.Tool != "" {
		lines = append(lines, "description = "+tomldoc.MustQuote(toolPrefix+one.Tool))
	}
	for c, text := range one.Forms {
		if text != "" {
			lines = append(lines, plural.Category(c).String()+" = "+tomldoc.MustQuote(text))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// File returns a file with the drafts of a domain's texts, or nil without drafts.
func File(d *model.Domain, all []Draft) []byte {
	if len(all) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(head)
	byID := map[localefile.ID]*Draft{}
	for i := range all {
		byID[all[i].ID] = &all[i]
	}
	for m := range d.Messages() {
		if one := byID[m.ID]; one != nil {
			b.WriteString("\n" + one.Table(d.Source, &m))
		}
	}
	return []byte(b.String())
}
