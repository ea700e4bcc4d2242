package localefile

import "github.com/errlingo/errlingo/internal/tomldoc"

// Block is a table with a header and all that hangs on it, as whole lines. Its fields are indices of items of the
// document.
type Block struct {
	First  int // the first comment directly above the header, or the header
	Header int
	Last   int // the last item with a line of the block
	End    int // behind the last item that can be about the table, be it a comment that stands apart from its block
}

// Blocks returns the blocks of the tables that have a header, in the order of the file.
//
// The comments directly above a header are the header's, up to a line of state: state is inside a table, so that such a
// line is the table's above. The comments directly below the last pair are the pair's table's, unless the next header has
// them. So are the machine's lines further down, with all between. A line of an obsolete text below the last pair, or above
// a header, is nobody's and ends what hangs on either.
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

// firstAbove returns the first of the comments that are the header's, or the header if it has none.
func (f *File) firstAbove(header int) int {
	items := f.Doc.Items()
	first := header
	for first > 0 && items[first-1].Kind == tomldoc.Comment {
		if mark := f.mark(first - 1); mark.isState() || mark == MarkObsolete {
			break
		}
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
		mark := NoMark
		if attached = attached && items[i].Kind == tomldoc.Comment; items[i].Kind == tomldoc.Comment {
			mark = f.mark(i)
		}
		if mark == MarkObsolete {
			b.End = i
			return
		}
		if attached || mark != NoMark {
			b.Last = i
		}
	}
}

// Lines returns the lines of the block.
func (f *File) Lines(b *Block) tomldoc.Span {
	items := f.Doc.Items()
	lines := tomldoc.Span{Start: items[b.First].Span.Start, End: items[b.Last].Span.End}
	for i := items[b.Last].Parent; i > b.Header; i = items[i].Parent {
		lines.End = max(lines.End, items[i].Span.End) // of the list or inline table that the last item is in
	}
	return f.Doc.Lines(lines)
}

// Own reports whether the entry has a table of its own with the header [NAME.part], and not one of the other shapes.
func (f *File) Own(e *Entry) bool {
	item := f.Doc.Items()[e.Item]
	return item.Kind == tomldoc.Header && len(f.Doc.Keys(item)) == 2
}

// mark returns the mark of item i, which is a comment.
func (f *File) mark(i int) Mark {
	mark, _ := MarkOf(f.Doc.Slice(f.Doc.Items()[i].Span))
	return mark
}
