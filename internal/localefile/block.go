package localefile

import "github.com/errlingo/errlingo/internal/tomldoc"

// Block is a table with a header and all that belongs to it, as whole lines. Its fields are indices
// of items of the document.
type Block struct {
	First  int // the first comment directly above the header, or the header
	Header int
	Last   int // the last item with a line of the block
	End    int // after the last item that can be about the table, such as a comment further down
}

// Blocks returns the blocks of the tables that have a header, in the order of the file.
//
// The comments directly above a header belong to it, up to a flag or an earlier source text: these
// are inside a table, so that such a line belongs to the table above. The comments directly below
// the last pair belong to the pair's table, unless the next header has them. So do extract's lines
// further down, with all between.
func (f *File) Blocks() []Block {
	items := f.Doc.Items()
	blocks := make([]Block, 0, headers(items))
	for i := range items {
		if items[i].Kind == tomldoc.Header || items[i].Kind == tomldoc.ArrayHeader {
			blocks = append(blocks, Block{First: f.firstAbove(i), Header: i})
		}
	}
	for i := range blocks {
		end := len(items)
		if i+1 < len(blocks) {
			end = blocks[i+1].First
		}
		f.close(&blocks[i], end)
	}
	return blocks
}

// firstAbove returns the first of the comments that belong to the header, or the header.
func (f *File) firstAbove(header int) int {
	items := f.Doc.Items()
	first := header
	for first > 0 && items[first-1].Kind == tomldoc.Comment && !isState(f.Comment(first-1)) {
		first--
	}
	return first
}

// close finds the end of a block that lies before the given item.
func (f *File) close(b *Block, end int) {
	items := f.Doc.Items()
	b.Last, b.End = end-1, end
	for items[b.Last].Kind == tomldoc.Blank || items[b.Last].Kind == tomldoc.Comment {
		b.Last--
	}
	attached := true
	for i := b.Last + 1; i < end; i++ {
		if items[i].Kind != tomldoc.Comment {
			attached = false
			continue
		}
		if note, _ := IsNote(f.Comment(i)); attached || note {
			b.Last = i
		}
	}
}

// Lines returns the lines of the block.
func (f *File) Lines(b *Block) tomldoc.Span {
	items := f.Doc.Items()
	lines := tomldoc.Span{Start: items[b.First].Span().Start, End: items[b.Last].Span().End}
	for i := items[b.Last].Parent(); i > b.Header; i = items[i].Parent() {
		// The last item is in a list or an inline table.
		lines.End = max(lines.End, items[i].Span().End)
	}
	return f.Doc.Lines(lines)
}

// HasHeader reports whether the entry has a table with a header of its own, and not one of the
// other shapes.
func (f *File) HasHeader(e *Entry) bool { return f.Doc.Items()[e.Item].Kind == tomldoc.Header }

// Comment returns the comment at item i.
func (f *File) Comment(i int) string { return f.Doc.Slice(f.Doc.Items()[i].Span()) }

// ShowsNotes reports whether a table of the file has one of extract's lines in it.
func (f *File) ShowsNotes() bool {
	for i, item := range f.Doc.Items() {
		if item.Kind == tomldoc.Comment && item.Parent() >= 0 {
			if note, _ := IsNote(f.Comment(i)); note {
				return true
			}
		}
	}
	return false
}
