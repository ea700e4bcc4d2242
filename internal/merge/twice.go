package merge

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// readParked reads a file of obsolete texts, and settles what it has twice. It returns how many
// wordings became comments.
func readParked(
	name string, tag language.Tag, old, src []byte, rename func(localefile.ID) localefile.ID,
) (s *sheet, replaced int, syntax diag.List) {
	s, syntax, _ = newSheet(new(localefile.Reader), name, tag, old, src, rename)
	if len(syntax) == 0 || slices.ContainsFunc(syntax, func(f diag.Finding) bool {
		return f.Rule != tomldoc.RuleDuplicateKey.ID
	}) {
		return s, 0, syntax
	}
	once, replaced := settleTwice(s, src)
	settled, remaining, _ := newSheet(new(localefile.Reader), name, tag, old, once, rename)
	if len(remaining) > 0 {
		return s, 0, syntax
	}
	return settled, replaced, nil
}

// settleTwice returns a file in which no table and no form is there twice. Git leaves such where
// two branches moved one text into the file, at different places. As in a conflict, the second one
// counts, unless it has no translation. The other one becomes a comment if it has other words.
func settleTwice(s *sheet, src []byte) (once []byte, replaced int) {
	type table struct {
		taken
		block localefile.Block
	}
	s.src = s.file.Doc.Source()
	var e edits
	kept := map[localefile.ID]table{}
	for _, b := range slices.Backward(s.file.Blocks()) {
		id := s.idOf(b.Header)
		if id == (localefile.ID{}) || s.item(b.Header).Kind != tomldoc.Header {
			continue
		}
		goes := table{newTaken(id, s.tableText(&b, id)), b}
		stays, twice := kept[id]
		if !twice {
			kept[id] = goes
			continue
		}
		if stays.forms.Missing() && !goes.forms.Missing() {
			stays, goes = goes, stays
			kept[id] = stays
		}
		span := s.file.Lines(&goes.block)
		e.deleteTable(span)
		if goes.others || !goes.forms.Missing() && goes.forms != stays.forms {
			e.insertTable(span.Start, asComment(goes.text, s.newline))
			replaced++
			continue
		}
		for _, comment := range goes.comments {
			if !slices.Contains(stays.comments, comment) {
				e.insert(s.file.Lines(&stays.block).Start, above, comment+s.newline)
			}
		}
	}
	for _, t := range kept {
		replaced += s.settleForms(&e, &t.block)
	}
	text, err := e.apply(s.src, s.newline)
	if err != nil {
		return src, 0
	}
	return []byte(text), replaced
}

// settleForms plans the same for the forms of a table. It returns how many became comments.
func (s *sheet) settleForms(e *edits, b *localefile.Block) (replaced int) {
	kept := map[string]tomldoc.Item{}
	for i := b.Last; i > b.Header; i-- {
		it := s.item(i)
		if it.Kind != tomldoc.Pair || it.Parent() != b.Header {
			continue
		}
		form := s.slice(tomldoc.Span{Start: it.Span().Start, End: it.ValueSpan().Start})
		stays, twice := kept[form]
		switch lines := s.file.Doc.Lines(it.Span()); {
		case !twice:
			kept[form] = it
		case s.slice(stays.ValueSpan()) == s.slice(it.ValueSpan()):
			e.deleteLines(lines)
		default:
			e.replace(lines, asComment(s.slice(lines), s.newline))
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
