// Package localeedit changes the texts of a locale file, and leaves every byte of it that is a
// translator's.
//
// A [File] is read once. Changes of its texts are planned by what they mean: a text gets other
// forms, comments or another name, it is taken out in whatever shape it is written, or put in as a
// table. They are places and bytes of the file as it was read, and are made together by
// [File.Finish]. That has another reader of TOML check that the new file means what the old one
// does but for the planned changes, so that a mistake here costs nobody a translation.
//
// The package knows nothing of what the texts should be; that is for package merge to say.
package localeedit

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

const bom = "\uFEFF"

// File is a locale file with the edits that are planned for it. Entries are known by their indices
// in it.
type File struct {
	*localefile.File
	IDs     []localefile.ID // by entry: the ID, after renaming
	Old     []byte          // as the file is; nil for a new one
	Newline string          // what lines end with that are put in

	src     string // what the edits apply to: Old with its last line ended and its conflicts settled
	blocks  []localefile.Block
	next    int            // the block behind the one that was asked for last
	renamed map[int]string // by item: the new name of its code, if it gets one

	// By table, made when they are needed: the names of the tables in it, and go-i18n's fields.
	inside map[int][]string
	fields map[int]map[string]string

	edits   edits
	names   edits // the renamed keys, of which only those are made that nothing deletes
	meaning Meaning
	written *tomldoc.Doc // the new file, if it changes
}

// Read reads a file whose texts get other IDs as rename says. Old is the file as it is, and src
// what is to be edited. The first list has what is wrong with src as TOML, so that no edit may be
// planned; the second one what is wrong with single texts. The File may be used until the reader
// reads another one.
func Read(
	r *localefile.Reader, name string, tag language.Tag, old, src []byte,
	rename func(localefile.ID) localefile.ID,
) (f *File, syntax, texts diag.List) {
	f = &File{Old: old, Newline: "\n", renamed: map[int]string{}}
	if line, _, _ := bytes.Cut(src, []byte("\n")); bytes.HasSuffix(line, []byte("\r")) {
		f.Newline = "\r\n"
	}
	if body := bytes.TrimPrefix(src, []byte(bom)); len(body) > 0 && !bytes.HasSuffix(body,
		[]byte("\n")) {
		src = append(slices.Clip(src), f.Newline...)
	}
	f.File, syntax, texts = r.Read(name, tag, src)
	if len(syntax) == 0 { // Else the document may have nothing of the file.
		f.src = f.Doc.Slice(tomldoc.Span{Start: 0, End: len(src)})
		f.blocks = f.Blocks()
	}
	f.IDs = make([]localefile.ID, len(f.Entries))
	for i := range f.IDs {
		f.IDs[i] = rename(f.Entries[i].ID)
	}
	return f, syntax, texts
}

func (f *File) item(i int) tomldoc.Item { return f.Doc.Items()[i] }

func (f *File) slice(span tomldoc.Span) string { return f.Doc.Slice(span) }

// isStatement reports whether an item is not in a value, such as an inline table.
func (f *File) isStatement(i int) bool {
	parent := f.item(i).Parent()
	return parent < 0 || f.item(parent).Kind == tomldoc.Header ||
		f.item(parent).Kind == tomldoc.ArrayHeader
}

// Start returns the offset of the first thing that belongs to an entry: its header or first pair.
func (f *File) Start(entry int) int { return f.item(f.Entries[entry].Item).Span().Start }

// block returns the block of the table with the header. Most often it is that behind the one
// before, since texts are looked at in the order of the file.
func (f *File) block(header int) localefile.Block {
	if f.next < len(f.blocks) && f.blocks[f.next].Header == header {
		f.next++
		return f.blocks[f.next-1]
	}
	i, _ := slices.BinarySearchFunc(f.blocks, header,
		func(b localefile.Block, header int) int { return b.Header - header })
	f.next = i + 1
	return f.blocks[i]
}

// First returns the offset of the first table with all that belongs to it.
func (f *File) First() int {
	if len(f.blocks) == 0 {
		return len(f.src)
	}
	return f.Lines(&f.blocks[0]).Start
}

// Last returns the offset behind the last table with all that belongs to it.
func (f *File) Last() int {
	if len(f.blocks) == 0 {
		return len(f.src)
	}
	return f.Lines(&f.blocks[len(f.blocks)-1]).End
}

// TableLines returns the lines of an entry's own table with all that belongs to it, if it has one.
func (f *File) TableLines(entry int) (lines tomldoc.Span, has bool) {
	e := &f.Entries[entry]
	if !f.HasHeader(e) {
		return tomldoc.Span{}, false
	}
	block := f.block(e.Item)
	return f.Lines(&block), true
}

// leaf returns the value of item i, a pair, as the edited file has it.
func (f *File) leaf(i int) Leaf {
	leaf := leafOf(f.Doc, i)
	if name, ok := f.renamed[i]; ok {
		_, rest, _ := strings.Cut(leaf.Path, ".")
		leaf.Path = name + "." + rest
	}
	return leaf
}

// Rename gives a text its ID where it is. It reports whether that can be done: in other shapes a
// name is that of several texts, and they cannot be mixed with others.
func (f *File) Rename(entry int) bool {
	e, id := &f.Entries[entry], f.IDs[entry]
	if e.ID == id {
		return true
	}
	if f.HasHeader(e) {
		b := f.block(e.Item)
		f.renameItem(e.Item, b.End, e.ID.Name, id.Name)
		return true
	}
	if _, done := f.renamed[e.Item]; done {
		return true
	}
	keys := func(i int) []tomldoc.Key { return f.Doc.Keys(f.item(i)) }
	begins := func(i int, name string) bool {
		switch it := f.item(i); {
		case it.Kind == tomldoc.Header, it.Kind == tomldoc.ArrayHeader, it.Kind == tomldoc.Pair &&
			it.Parent() < 0:
			first, _, _ := strings.Cut(keys(i)[0].Name, ".")
			return first == name
		}
		return false
	}
	items := f.Doc.Items()
	for i := range items {
		if begins(i, id.Name) {
			return false
		}
	}
	for i := range items {
		if !begins(i, e.ID.Name) || items[i].Kind == tomldoc.Header && (len(keys(i)) > 1 ||
			keys(i)[0].Name != e.ID.Name) {
			continue
		}
		end := i + 1
		for end < len(items) && (items[i].Kind == tomldoc.Header && items[end].Kind != tomldoc.Header &&
			items[end].Kind != tomldoc.ArrayHeader || items[end].Span().Start < items[i].Span().End) {
			end++
		}
		f.renameItem(i, end, e.ID.Name, id.Name)
	}
	return true
}

// renameItem gives another name to the first key of a header or a pair, and so to all pairs below
// it.
func (f *File) renameItem(at, end int, from, to string) {
	first := f.Doc.Keys(f.item(at))[0]
	name := key(to)
	if rest, dotted := strings.CutPrefix(first.Name, from+"."); dotted {
		name = key(to + "." + rest)
	}
	f.names.replace(first.Span, name)
	for i := at; i < end; i++ {
		if it := f.item(i); it.Kind == tomldoc.Pair && it.Value != tomldoc.InlineTable &&
			!nested(f.Doc, i) {
			f.meaning.gone(f.leaf(i))
			f.renamed[i] = to
			f.meaning.come(f.leaf(i))
		}
		f.renamed[i] = to
	}
}

// Compose returns the table of a text with comments of extract, above its header and below, and
// with some of its forms. The values are those of the table.
func (f *File) Compose(
	id localefile.ID, above, notes []string, set plural.Set, forms *localefile.Forms,
) (table string, values []Leaf) {
	lines := slices.Concat(above, []string{Header(id)}, notes)
	for c := range set.All() {
		lines = append(lines, formLine(c, forms[c]))
		values = append(values, formLeaf(id, c, forms[c]))
	}
	return strings.Join(lines, f.Newline) + f.Newline, values
}

func formLine(c plural.Category, text string) string {
	return c.String() + " = " + tomldoc.MustQuote(text)
}

func formLeaf(id localefile.ID, c plural.Category, text string) Leaf {
	return Leaf{Path: id.String() + "." + c.String(), Kind: "string", Text: text}
}

// Insert puts in a table at an offset where lines of the file begin or end, behind those that were
// put in there before. The values are those of the table.
func (f *File) Insert(at int, table string, values []Leaf) {
	f.edits.insertTable(at, table)
	f.meaning.Come = append(f.meaning.Come, values...)
}

// Paste puts in a table that was taken out of a file, with the edits that are planned for it.
func (f *File) Paste(at int, t Excerpt) {
	leaves(t.Doc, 0, len(t.Doc.Items()), f.meaning.come)
	f.meaning.add(&t.meaning)
	text, err := t.edits.apply(t.src, f.Newline)
	if err != nil {
		text = t.src // The check will not let it pass.
	}
	f.edits.insertTable(at, text)
}

// Append is Paste at the end of the file.
func (f *File) Append(t Excerpt) { f.Paste(len(f.src), t) }

// Edits returns how many edits are planned.
func (f *File) Edits() int { return len(f.edits.list) }

// WithoutFirst returns the file with all edits but the first ones. It is not checked.
func (f *File) WithoutFirst(n int) ([]byte, error) {
	others := edits{list: slices.Clone(f.edits.list[n:])}
	text, err := others.apply(f.src, f.Newline)
	return []byte(text), err
}

// Meaning returns how the planned edits change the meaning of the file.
func (f *File) Meaning() Meaning { return f.meaning }

// Written returns the new file, or nil if [File.Finish] changed nothing.
func (f *File) Written() *tomldoc.Doc { return f.written }

// Moved returns where a byte that stays is in the new file.
func (f *File) Moved(at int) int { return f.edits.moved(at) }

// Finish applies the edits and has the result checked. It returns the old bytes if nothing changes.
func (f *File) Finish() ([]byte, error) {
	deleted := f.edits.list
	for _, c := range f.names.list {
		if !slices.ContainsFunc(deleted, func(e edit) bool {
			return e.old.Start <= c.old.Start && c.old.End <= e.old.End
		}) {
			f.edits.list = append(f.edits.list, c)
		}
	}
	text, err := f.edits.apply(f.src, f.Newline)
	switch {
	case err != nil:
		return f.Old, err
	case f.Old != nil && text == f.src && (string(f.Old) == f.src || string(f.Old)+f.Newline == f.src):
		return f.Old, nil
	}
	if f.written, err = verify(f.Doc, text, &f.meaning); err != nil {
		return f.Old, err
	}
	return []byte(text), nil
}

// shows reports whether the comments of a block are exactly these lines, above its header and
// directly below, as in nearly every block of a file that is up to date.
func (f *File) shows(b *localefile.Block, above, below []string) bool {
	items := f.Doc.Items()
	if b.Header-b.First != len(above) || b.End-b.Header-1 < len(below) {
		return false
	}
	for i, line := range above {
		if f.Comment(b.First+i) != line {
			return false
		}
	}
	inside := items[b.Header+1 : b.End]
	for i, line := range below {
		if inside[i].Kind != tomldoc.Comment || f.slice(inside[i].Span()) != line {
			return false
		}
	}
	for i := range inside[len(below):] {
		if inside[len(below)+i].Kind == tomldoc.Comment {
			return false
		}
	}
	return true
}

// notes returns the items from first to last, without last, that are extract's comments inside a
// table.
func (f *File) notes(first, last int) (items []int, lines []string, spaced bool) {
	for i := first; i < last; i++ {
		if f.item(i).Kind != tomldoc.Comment {
			continue
		}
		line := f.Comment(i)
		if note, withSpace := localefile.IsNote(line); note {
			items, lines, spaced = append(items, i), append(lines, line), spaced || withSpace
		}
	}
	return items, lines, spaced
}

// linesAbove returns the comments above a block's header that are extract's. A formatter's space is
// accepted in these only if lines inside the table have it, too.
func (f *File) linesAbove(b *localefile.Block, spaced bool) (items []int, lines []string) {
	for i := b.First; i < b.Header; i++ {
		line := f.Comment(i)
		if mark, _, withSpace := localefile.MarkOf(line); mark == localefile.MarkText && (spaced ||
			!withSpace) {
			items, lines = append(items, i), append(lines, line)
		}
	}
	return items, lines
}

func isNote(comment string) bool {
	note, _ := localefile.IsNote(comment)
	return note
}

// Header returns the header of a text's own table.
func Header(id localefile.ID) string { return "[" + key(id.Name) + "." + key(id.Part) + "]" }

// IsBare reports whether an ID needs no quotes in a header. No ID that can be declared needs them.
func IsBare(id localefile.ID) bool { return Header(id) == "["+id.String()+"]" }

// key returns a part of a header, in quotes if it needs them.
func key(name string) string {
	bare := name != ""
	for i := range len(name) {
		c := name[i]
		bare = bare && ('A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' ||
			c == '_' || c == '-')
	}
	if bare {
		return name
	}
	return tomldoc.MustQuote(name)
}
