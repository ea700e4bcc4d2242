package exchange

import (
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

// readTOML reads a locale file. The source texts are those that extract's comments show, if they
// are still there.
func (r *reader) readTOML() {
	file, syntax, texts := localefile.Read(r.file.Name, r.file.Target, r.src)
	r.findings = append(syntax, texts...)
	if len(r.findings) > 0 {
		return
	}
	blocks := map[int]localefile.Block{} // by header
	for _, b := range file.Blocks() {
		blocks[b.Header] = b
	}
	for i := range file.Entries {
		e := &file.Entries[i]
		t := Text{ID: e.ID.String(), Pos: file.Doc.Pos(file.Doc.Items()[e.Item].Span().Start)}
		var notes localefile.Notes
		if b, headed := blocks[e.Item]; headed {
			var lines []string
			t.Comments, lines = file.CommentsIn(&b)
			notes = localefile.ReadNotes(lines)
		}
		seen, was := categories(notes.Seen), categories(notes.Was)
		for c, form := range e.Forms {
			if !form.Present() {
				continue
			}
			f := Form{Category: plural.Category(c), Target: form.Text, State: state.Translated,
				Pos: file.Position(form, 0)}
			from, _ := state.SourceForm(seen, f.Category)
			former, _ := state.SourceForm(was, f.Category)
			f.Source, f.Previous = first(notes.Seen[from]), first(notes.Was[former])
			switch {
			case form.Text == "":
				f.State = state.Missing
			case notes.Stale:
				f.State = state.Stale
			case notes.Review:
				f.State = state.Review
			default:
				f.Unstated = !notes.OK
			}
			t.Plural = t.Plural || f.Category != plural.Other
			t.Forms = append(t.Forms, f)
		}
		r.file.Texts = append(r.file.Texts, t)
	}
}

func categories(texts map[plural.Category][]string) (set plural.Set) {
	for c := range texts {
		set |= plural.SetOf(c)
	}
	return set
}

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}
