package localeedit

import (
	"slices"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Wording is how a text is written in a file. The zero value is that of a text that is not there.
type Wording struct {
	Table string // the lines of its own table, with the comments above; "" if it has none
	Forms localefile.Forms
	// the forms of a text that has no table of its own, as they are written
	Values [plural.NumCategories]string
}

// WordingOf reads from a file how a text is written, and returns its translators' comments.
func WordingOf(file *localefile.File, id localefile.ID) (w Wording, comments []string) {
	i := slices.IndexFunc(file.Entries, func(e localefile.Entry) bool { return e.ID == id })
	if i < 0 {
		return w, nil
	}
	e := &file.Entries[i]
	if w.Forms = e.Texts(); file.HasHeader(e) {
		blocks := file.Blocks()
		at := slices.IndexFunc(blocks, func(b localefile.Block) bool { return b.Header == e.Item })
		w.Table = file.Doc.Slice(file.Lines(&blocks[at]))
		comments, _ = file.CommentsIn(&blocks[at])
		return w, comments
	}
	for category, form := range e.Forms {
		if form.Present() {
			w.Values[category] = file.Doc.Slice(file.Doc.Items()[form.Item-1].ValueSpan())
		}
	}
	return w, nil
}

// Restore writes the text of an entry as it was written before.
func (f *File) Restore(entry int, w *Wording) {
	lines, has := f.TableLines(entry)
	if !has {
		for category, form := range f.Entries[entry].Forms {
			if form.Present() {
				f.setValue(form, w.Values[category], w.Forms[category])
			}
		}
		return
	}
	block := f.block(f.Entries[entry].Item)
	leaves(f.Doc, block.Header, block.End, f.meaning.gone)
	if w.Table == "" {
		f.edits.deleteTable(lines)
		return
	}
	f.edits.replace(lines, w.Table)
	before, _ := tomldoc.Parse(f.Name, []byte(w.Table))
	leaves(before, 0, len(before.Items()), f.meaning.come)
}
