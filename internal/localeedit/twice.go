package localeedit

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// ReadMerged is [Read] for a file of obsolete texts. If branches were merged and left a conflict,
// or a text twice, the texts of both are kept. It returns how many wordings became comments, and
// what is wrong with the file as TOML.
func ReadMerged(
	name string, tag language.Tag, old, src []byte, rename func(localefile.ID) localefile.ID,
) (f *File, replaced int, syntax diag.List) {
	if first, second, ok := localefile.Sides(src); ok {
		if src, syntax = unite(name, tag, first, second); len(syntax) > 0 {
			return nil, 0, syntax
		}
	}
	return readOnce(name, tag, old, src, rename)
}

// unite returns one file for the two sides of a conflict. Of a text that both have, the second
// side's counts; if the other one differs, it stays as a comment.
func unite(name string, tag language.Tag, first, second []byte) ([]byte, diag.List) {
	same := func(id localefile.ID) localefile.ID { return id }
	a, _, syntax := readOnce(name, tag, first, first, same)
	b, _, syntax2 := readOnce(name, tag, second, second, same)
	if syntax = append(syntax, syntax2...); len(syntax) > 0 {
		return nil, syntax
	}
	has := map[localefile.ID]*localefile.Entry{}
	for i := range b.Entries {
		has[b.Entries[i].ID] = &b.Entries[i]
	}
	var out strings.Builder
	out.WriteString(b.src)
	for i := range a.Entries {
		e := &a.Entries[i]
		text := a.Take(i)[0].src
		other := has[e.ID]
		switch {
		case other == nil:
			out.WriteString(b.Newline + text)
		case other.Texts() != e.Texts():
			out.WriteString(b.Newline + asComment(text, b.Newline))
		}
	}
	return []byte(out.String()), nil
}

// readOnce reads a file, and settles what it has twice.
func readOnce(
	name string, tag language.Tag, old, src []byte, rename func(localefile.ID) localefile.ID,
) (f *File, replaced int, syntax diag.List) {
	f, syntax, _ = Read(new(localefile.Reader), name, tag, old, src, rename)
	if len(syntax) == 0 || slices.ContainsFunc(syntax, func(found diag.Finding) bool {
		return found.Rule != tomldoc.RuleDuplicateKey.ID
	}) {
		return f, 0, syntax
	}
	once, replaced := f.settleTwice(src)
	settled, remaining, _ := Read(new(localefile.Reader), name, tag, old, once, rename)
	if len(remaining) > 0 {
		return f, 0, syntax
	}
	return settled, replaced, nil
}

// settleTwice returns the file without tables and forms that are there twice. Git leaves such where
// two branches moved one text into the file, at different places. As in a conflict, the second one
// counts, unless it has no translation. The other one becomes a comment if it has other words.
func (f *File) settleTwice(src []byte) (once []byte, replaced int) {
	type table struct {
		Excerpt
		block localefile.Block
	}
	f.src = f.Doc.Source()
	kept := map[localefile.ID]table{}
	for _, b := range slices.Backward(f.Blocks()) {
		id := f.idOf(b.Header)
		if id == (localefile.ID{}) || f.item(b.Header).Kind != tomldoc.Header {
			continue
		}
		goes := table{NewExcerpt(id, f.tableText(&b, id)), b}
		stays, twice := kept[id]
		if !twice {
			kept[id] = goes
			continue
		}
		if stays.Forms.Missing() && !goes.Forms.Missing() {
			stays, goes = goes, stays
			kept[id] = stays
		}
		span := f.Lines(&goes.block)
		f.edits.deleteTable(span)
		if goes.Others || !goes.Forms.Missing() && goes.Forms != stays.Forms {
			f.edits.insertTable(span.Start, asComment(goes.Excerpt.src, f.Newline))
			replaced++
			continue
		}
		for _, comment := range goes.Comments {
			if !slices.Contains(stays.Comments, comment) {
				f.edits.insert(f.Lines(&stays.block).Start, above, comment+f.Newline)
			}
		}
	}
	for _, t := range kept {
		replaced += f.settleForms(&t.block)
	}
	text, err := f.edits.apply(f.src, f.Newline)
	if err != nil {
		return src, 0
	}
	return []byte(text), replaced
}

// settleForms plans the same for the forms of a table. It returns how many became comments.
func (f *File) settleForms(b *localefile.Block) (replaced int) {
	kept := map[string]tomldoc.Item{}
	for i := b.Last; i > b.Header; i-- {
		it := f.item(i)
		if it.Kind != tomldoc.Pair || it.Parent() != b.Header {
			continue
		}
		form := f.slice(tomldoc.Span{Start: it.Span().Start, End: it.ValueSpan().Start})
		stays, twice := kept[form]
		switch lines := f.Doc.Lines(it.Span()); {
		case !twice:
			kept[form] = it
		case f.slice(stays.ValueSpan()) == f.slice(it.ValueSpan()):
			f.edits.deleteLines(lines)
		default:
			f.edits.replace(lines, asComment(f.slice(lines), f.Newline))
			replaced++
		}
	}
	return replaced
}

// asComment returns what another branch had as comments.
func asComment(text, newline string) string {
	var b strings.Builder
	b.WriteString("# The other branch had:" + newline)
	for line := range strings.Lines(text) {
		b.WriteString("# " + line)
	}
	return b.String()
}
