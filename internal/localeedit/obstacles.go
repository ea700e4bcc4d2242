package localeedit

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Obstacles are values in the places where the tables of texts would have to be, by the first two
// parts of their keys or by the first one alone.
type Obstacles struct {
	names map[string]int
	ids   map[localefile.ID]int
}

// At returns the offset of what keeps the text from having a table of its own.
func (o Obstacles) At(id localefile.ID) (offset int, is bool) {
	if at, is := o.names[id.Name]; is {
		return at, true
	}
	at, is := o.ids[id]
	return at, is
}

// Obstacles finds all values that are not in the tables of texts. The texts that leave the file,
// whose entries are sorted, are in nobody's way.
func (f *File) Obstacles(gone []int) Obstacles {
	o := Obstacles{map[string]int{}, map[localefile.ID]int{}}
	items := f.Doc.Items()
	leaves := map[int]bool{}
	own := make([]bool, len(f.Doc.Tables()))
	for i := range f.Entries {
		e := &f.Entries[i]
		own[max(e.Table, 0)] = f.HasHeader(e)
		if _, is := slices.BinarySearch(gone, i); is {
			for _, form := range e.Forms {
				leaves[form.Item-1] = true
			}
			if f.HasHeader(e) {
				b := f.block(e.Item)
				for item := b.Header; item < b.End; item++ {
					leaves[item] = true
				}
			}
		}
	}
	for i := range items {
		switch it := &items[i]; it.Kind {
		case tomldoc.ArrayHeader:
			o.names[firstName(f.Doc, it)] = it.Span().Start
		case tomldoc.Header:
			if !leaves[i] {
				o.addTable(f, i)
			}
		case tomldoc.Pair:
			holds := it.Value == tomldoc.InlineTable && holdsPair(items, i)
			if !leaves[i] && !holds && !(own[it.Table()] && it.Table() > 0) {
				o.add(f, i)
			}
		}
	}
	return o
}

// holdsPair reports whether an inline table has a pair in it, besides comments.
func holdsPair(items []tomldoc.Item, table int) bool {
	for i := table + 1; i < len(items) && items[i].Parent() == table; i++ {
		if items[i].Kind == tomldoc.Pair {
			return true
		}
	}
	return false
}

// add adds a pair. If it is in an inline table, that is in the way of all that it is written for,
// since nothing can be added to such a table from outside.
func (o *Obstacles) add(f *File, item int) {
	doc := f.Doc
	statement := item
	for !f.isStatement(statement) {
		statement = f.item(statement).Parent()
	}
	it := f.item(statement)
	keys := doc.Keys(it)
	names := append(doc.AppendPath(nil, it.Table()), keys[len(keys)-1].Name)
	path := f.placeOf(statement, names)
	if at := f.item(item).Span().Start; len(path) == 1 {
		o.names[path[0]] = at
	} else {
		o.ids[localefile.ID{Name: path[0], Part: path[1]}] = at
	}
}

// addTable adds a table in the place of a form. It may be empty, so that no pair in it is in the
// way.
func (o *Obstacles) addTable(f *File, header int) {
	var names []string
	for _, key := range f.Doc.Keys(f.item(header)) {
		names = append(names, key.Name)
	}
	path := f.placeOf(header, names)
	if len(path) < 3 {
		return
	}
	if _, isForm := plural.ParseCategory(path[2]); isForm {
		o.ids[localefile.ID{Name: path[0], Part: path[1]}] = f.item(header).Span().Start
	}
}

// placeOf returns up to three parts of the names that lead to an item: the first two are those of
// a text's ID. A name may have several parts.
func (f *File) placeOf(item int, names []string) []string {
	path := strings.SplitN(strings.Join(names, "."), ".", 3)
	if name, renamed := f.renamed[item]; renamed {
		path[0] = name
	}
	return path
}

func firstName(doc *tomldoc.Doc, header *tomldoc.Item) string {
	name, _, _ := strings.Cut(doc.Keys(*header)[0].Name, ".")
	return name
}
