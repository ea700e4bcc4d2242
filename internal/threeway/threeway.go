// Package threeway merges the versions of a locale file on two branches, table by table.
//
// Git merges lines, so it reports a conflict where two branches add a text at one place, or where
// one changes a translation and the other the comments that extract writes. Here a text that one
// side changed wins, together with the comments that its translator saw. A conflict is a text
// to which both sides gave different words.
package threeway

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Conflict is a table that has conflict markers around it.
type Conflict struct {
	Table string // the words between the brackets of its header, "" for what is above all headers
	Line  int    // that of the first marker, from 1
}

// Merge returns ours with what theirs changed since base, and the conflicts, in their order. It is
// not ok if one of the files is not TOML, or if the result would not be.
//
// Comments of translators are merged line by line and never conflict. A text that only one side has
// deleted is deleted if the other one kept its words. Tables are in the order of ours; those that
// only theirs has follow the table that they follow there.
func Merge(base, ours, theirs []byte) (merged []byte, conflicts []Conflict, ok bool) {
	var m merger
	for i, src := range [][]byte{base, ours, theirs} {
		if m.sides[i], ok = read(src); !ok {
			return nil, nil, false
		}
	}
	switch {
	case bytes.Equal(base, theirs):
		return ours, nil, true
	case bytes.Equal(base, ours), bytes.Equal(ours, theirs):
		return theirs, nil, true
	}
	m.merge("")
	for _, key := range m.order() {
		m.merge(key)
	}
	merged = m.out.Bytes()
	if endsBlank(merged) && !endsBlank(ours) { // The last table was in the middle.
		merged = append(bytes.TrimRight(merged, "\r\n"), '\n')
	}
	if len(m.conflicts) == 0 {
		_, ok = read(merged)
	}
	return merged, m.conflicts, ok
}

// section is a table with what belongs to it, or what is above the first one. Base, ours and theirs
// are its versions; the zero section is absent.
type section struct {
	present  bool
	spaced   bool   // it is below a blank line
	body     string // whole lines
	gap      string // the lines that follow, up to the next section: blank ones, comments about others
	header   int    // offset in body after the header's line
	words    string // what readers and extract get from it: forms that are not empty, and "#, ok"
	comments []comment
	notes    []string // extract's lines in the table
}

// comment is a line of a translator.
type comment struct {
	text     string // without its line end
	from, to int    // the line, in the section's body
	above    bool   // it is above the header
}

// file is a file as its sections by the keys of their tables. That of the part above the first
// header is "".
type file struct {
	keys     []string
	sections map[string]section
}

// read splits a file. It is not ok if the file is not TOML or has a table in two places.
func read(src []byte) (f file, ok bool) {
	doc, syntax := tomldoc.Parse("", src)
	if len(syntax) > 0 {
		return f, false
	}
	f.sections = map[string]section{}
	locale := &localefile.File{Doc: doc}
	blocks := locale.Blocks()
	first := len(doc.Items())
	top := section{present: true, body: doc.Source()}
	if len(blocks) > 0 {
		first = blocks[0].First
		top.body = top.body[:locale.Lines(&blocks[0]).Start]
	}
	head := localefile.Block{Header: -1, End: first}
	top.fill(locale, &head, 0)
	f.add("", top)
	for i := range blocks {
		b := &blocks[i]
		lines, end := locale.Lines(b), len(src)
		if i+1 < len(blocks) {
			end = locale.Lines(&blocks[i+1]).Start
		}
		item := doc.Items()[b.Header]
		s := section{present: true, body: doc.Slice(lines), gap: doc.Source()[lines.End:end],
			spaced: endsBlank(src[:lines.Start])}
		s.header = doc.Lines(item.Span()).End - lines.Start
		s.fill(locale, b, lines.Start)
		key := strings.Join(doc.AppendPath(nil, item.Table()), ".")
		if _, twice := f.sections[key]; twice {
			return f, false
		}
		f.add(key, s)
	}
	return f, true
}

func (f *file) add(key string, s section) {
	f.keys = append(f.keys, key)
	f.sections[key] = s
}

// fill reads the words and the comments of the block whose body begins at an offset of the file.
func (s *section) fill(f *localefile.File, b *localefile.Block, start int) {
	var words strings.Builder
	for _, it := range f.Doc.Items()[b.Header+1 : b.End] {
		switch {
		case it.Kind == tomldoc.Pair && it.Value.IsString():
			if text := f.Doc.Text(it); text != "" {
				for _, key := range f.Doc.Keys(it) {
					fmt.Fprintf(&words, "%q.", key.Name)
				}
				fmt.Fprintf(&words, " = %q\n", text)
			}
		case it.Kind == tomldoc.Pair, it.Kind == tomldoc.SideComment:
			words.WriteString(f.Doc.Slice(it.Span()) + "\n")
		}
	}
	_, s.notes = f.CommentsIn(b)
	if localefile.ReadNotes(s.notes).OK {
		words.WriteString("ok\n")
	}
	s.words = words.String()
	for _, i := range f.OwnComments(b) {
		it := f.Doc.Items()[i]
		lines := f.Doc.Lines(it.Span())
		if it.Kind != tomldoc.Comment || lines.End-start > len(s.body) {
			continue // in a value, or in the gap
		}
		s.comments = append(s.comments, comment{
			text: f.Comment(i), from: lines.Start - start, to: lines.End - start,
			above: i < b.Header || b.Header < 0,
		})
	}
}

// The indices of the versions in merger.sides.
const (
	inBase = iota
	inOurs
	inTheirs
)

type merger struct {
	sides     [3]file
	out       bytes.Buffer
	conflicts []Conflict
}

// order returns the keys of the tables of ours. A key that only theirs has is behind the one before
// it there, and behind what ours has added at the same place.
func (m *merger) order() []string {
	ours, theirs := m.sides[inOurs], m.sides[inTheirs]
	behind := map[string][]string{}
	last := ""
	for _, key := range theirs.keys {
		if ours.sections[key].present {
			last = key
		} else {
			behind[last] = append(behind[last], key)
		}
	}
	var keys []string
	last = ""
	for _, key := range ours.keys[1:] {
		if theirs.sections[key].present {
			keys = append(keys, behind[last]...)
			last = key
		}
		keys = append(keys, key)
	}
	return append(keys, behind[last]...)
}

// merge writes what becomes of a section.
func (m *merger) merge(key string) {
	base := m.sides[inBase].sections[key]
	ours, theirs := m.sides[inOurs].sections[key], m.sides[inTheirs].sections[key]
	switch {
	case ours.present && theirs.present:
		m.separate(ours.spaced && theirs.spaced)
		if body, ok := mergeBodies(base, ours, theirs); ok {
			m.out.WriteString(body)
		} else {
			m.conflict(key, ours.body, theirs.body)
		}
		m.out.WriteString(mergeGaps(base.gap, ours.gap, theirs.gap))
	case ours.present:
		m.mergeOne(base, ours)
	default:
		m.mergeOne(base, theirs)
	}
}

// mergeOne writes a section that only one side has, unless the other side deleted it and it is as
// it was.
func (m *merger) mergeOne(base, s section) {
	if base.present && s.words == base.words && !slices.ContainsFunc(s.comments, base.lacks) {
		m.out.WriteString(mergeGaps(base.gap, "", s.gap))
		return
	}
	m.separate(s.spaced)
	m.out.WriteString(s.body + s.gap)
}

// separate begins a line, and puts a blank one above it if the section had one.
func (m *merger) separate(spaced bool) {
	if m.out.Len() == 0 {
		return
	}
	if !bytes.HasSuffix(m.out.Bytes(), []byte("\n")) {
		m.out.WriteByte('\n')
	}
	if spaced && !endsBlank(m.out.Bytes()) {
		m.out.WriteByte('\n')
	}
}

// endsBlank reports whether the last line is blank.
func endsBlank(text []byte) bool {
	text, ended := bytes.CutSuffix(text, []byte("\n"))
	return ended && len(bytes.TrimSpace(text[bytes.LastIndexByte(text, '\n')+1:])) == 0
}

// conflict writes both bodies, with markers around the lines in which they differ.
func (m *merger) conflict(key, ours, theirs string) {
	a, b := slices.Collect(strings.Lines(whole(ours))), slices.Collect(strings.Lines(whole(theirs)))
	same, most := 0, min(len(a), len(b))
	for same < most && a[same] == b[same] {
		same++
	}
	tail := 0
	for tail < most-same && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	m.writeLines(a[:same])
	line := bytes.Count(m.out.Bytes(), []byte("\n")) + 1
	m.conflicts = append(m.conflicts, Conflict{key, line})
	m.writeLines([]string{"<<<<<<< ours\n"}, a[same:len(a)-tail], []string{"=======\n"},
		b[same:len(b)-tail], []string{">>>>>>> theirs\n"}, a[len(a)-tail:])
}

func (m *merger) writeLines(parts ...[]string) {
	for _, lines := range parts {
		m.out.WriteString(strings.Join(lines, ""))
	}
}

// whole returns lines with a line end behind the last one.
func whole(lines string) string {
	if lines == "" || strings.HasSuffix(lines, "\n") {
		return lines
	}
	return lines + "\n"
}

// mergeBodies returns the merged lines of a section that both sides have. It is not ok if both
// changed its words, to different ones.
func mergeBodies(base, ours, theirs section) (body string, ok bool) {
	switch {
	case theirs.body == base.body || ours.body == theirs.body:
		return ours.body, true
	case ours.body == base.body:
		return theirs.body, true
	case ours.words == theirs.words && slices.Equal(ours.notes, base.notes):
		return theirs.withComments(ours, base), true
	case ours.words == theirs.words, theirs.words == base.words:
		return ours.withComments(theirs, base), true
	case ours.words == base.words:
		return theirs.withComments(ours, base), true
	}
	return "", false
}

// withComments returns the body with what another version changed in the comments of translators.
// If both have the same words, it also gets the source texts and flags that are new there, since
// they may be all that is known of the translation.
func (s section) withComments(other, base section) string {
	var above, inside string
	for _, c := range other.comments {
		switch {
		case !base.lacks(c) || !s.lacks(c):
		case c.above:
			above += c.text + "\n"
		default:
			inside += c.text + "\n"
		}
	}
	if s.words == other.words {
		for _, note := range other.notes {
			if !slices.Contains(base.notes, note) && !slices.Contains(s.notes, note) {
				inside += note + "\n"
			}
		}
	}
	var b strings.Builder
	b.WriteString(above)
	at := 0
	keep := func(to int) {
		b.WriteString(s.body[at:to])
		at = to
	}
	for _, c := range s.comments {
		if inside != "" && c.from >= s.header {
			keep(s.header)
			b.WriteString(inside)
			inside = ""
		}
		if !base.lacks(c) && other.lacks(c) {
			keep(c.from)
			at = c.to
		}
	}
	if inside != "" {
		keep(s.header)
		b.WriteString(inside)
	}
	keep(len(s.body))
	return b.String()
}

// lacks reports whether the section has no such comment.
func (s section) lacks(c comment) bool {
	return !slices.ContainsFunc(s.comments, func(d comment) bool { return d.text == c.text })
}

// mergeGaps merges the lines between two sections: if both sides changed them, those of ours come
// first, and then what is new in theirs.
func mergeGaps(base, ours, theirs string) string {
	switch {
	case theirs == base || ours == theirs:
		return ours
	case ours == base:
		return theirs
	}
	known := slices.Concat(strings.SplitAfter(base, "\n"), strings.SplitAfter(ours, "\n"))
	for line := range strings.Lines(theirs) {
		if !slices.Contains(known, line) {
			ours = whole(ours) + line
		}
	}
	return ours
}
