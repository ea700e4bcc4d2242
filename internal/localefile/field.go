package localefile

import (
	"strings"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// fieldOf returns the name, in lower case, of the go-i18n field that the pair is, if the field has
// no effect here, and "" otherwise. Delimiters other than braces have an effect: they change what a
// placeholder looks like.
func (f *File) fieldOf(item *tomldoc.Item, key string) string {
	if !item.Value.IsString() {
		return ""
	}
	switch name := strings.ToLower(key); name {
	case "id", "hash", "description":
		return name
	case "leftdelim":
		return delimiter(f.Doc.Text(*item), "{{", name)
	case "rightdelim":
		return delimiter(f.Doc.Text(*item), "}}", name)
	}
	return ""
}

// delimiter returns the field's name if its value is empty or the default delimiter, and "" if not.
func delimiter(value, usual, name string) string {
	if value == "" || value == usual {
		return name
	}
	return ""
}

// Fields are the items that are fields of go-i18n's in the tables of texts, with the names of the
// fields in lower case. Such fields are not part of the text.
func (f *File) Fields(yield func(item int, name string) bool) {
	var texts map[int]bool // made when there is something to look up
	items := f.Doc.Items()
	for i := range items {
		item := &items[i]
		if item.Kind != tomldoc.Pair {
			continue
		}
		keys := f.Doc.Keys(*item)
		name := f.fieldOf(item, keys[len(keys)-1].Name)
		if name == "" {
			continue
		}
		if texts == nil {
			texts = f.textTables()
		}
		if texts[item.Table()] && !yield(i, name) {
			return
		}
	}
}

// textTables returns the tables that are texts.
func (f *File) textTables() map[int]bool {
	texts := make(map[int]bool, len(f.Entries))
	for i := range f.Entries {
		if table := f.Entries[i].Table; table >= 0 {
			texts[table] = true
		}
	}
	return texts
}
