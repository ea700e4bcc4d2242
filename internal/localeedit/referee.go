package localeedit

import (
	"fmt"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Meaning is how a file's meaning changes: the values that it loses and those that it gains. A text
// that changes is one of each.
type Meaning struct {
	Gone, Come []Leaf
}

// Leaf is a value of a file. Values other than strings are known by their kind alone, since no plan
// changes them; so are lists as a whole.
type Leaf struct {
	Path string // the keys with dots between them
	Kind string // "string", "integer", "float", "bool", "datetime" or "list"
	Text string // of a string
}

func (m *Meaning) gone(leaf Leaf) { m.Gone = append(m.Gone, leaf) }
func (m *Meaning) come(leaf Leaf) { m.Come = append(m.Come, leaf) }

// add adds what changes elsewhere.
func (m *Meaning) add(other *Meaning) {
	m.Gone, m.Come = append(m.Gone, other.Gone...), append(m.Come, other.Come...)
}

// verify reads the planned file, and returns an error unless it means what the old one does but for
// the given changes.
//
// The old file is known from tomldoc, the new one from the reference decoder, so that neither this
// package nor tomldoc vouches for its own work. Tomldoc reads the new file first, because its
// limits protect the decoder. The decoder takes much longer, so it reads only what differs.
func verify(old *tomldoc.Doc, planned string, changes *Meaning) (*tomldoc.Doc, error) {
	doc, syntax := tomldoc.Parse(old.Name(), []byte(planned))
	if len(syntax) > 0 {
		return nil, fmt.Errorf("the new file would have a fault at line %d: %s", syntax[0].Line,
			syntax[0].Text)
	}
	want := make(map[Leaf]int)
	differing := compareSections(old, doc, func(leaf Leaf) { want[leaf]++ })
	var decoded map[string]any
	if _, err := toml.Decode(strings.TrimPrefix(differing, bom), &decoded); err != nil {
		return nil, fmt.Errorf("the new file would not be TOML: %w", err)
	}
	for _, leaf := range changes.Come {
		want[leaf]++
	}
	for _, leaf := range changes.Gone {
		want[leaf]--
	}
	decodedLeaves(decoded, "", func(leaf Leaf) { want[leaf]-- })
	var wrong *Leaf
	for leaf, n := range want {
		if n != 0 && (wrong == nil || leaf.Path < wrong.Path) {
			wrong = &leaf
		}
	}
	if wrong != nil {
		return nil, fmt.Errorf("%q would not be what was planned", wrong.Path)
	}
	return doc, nil
}

// compareSections returns the sections of the new file that the old one does not have byte for
// byte, and yields the values of those that the new one does not have.
func compareSections(old, new *tomldoc.Doc, gone func(Leaf)) (differing string) {
	before := sections(old)
	stays := make(map[string]bool, len(before))
	for _, s := range before {
		stays[s.text] = false
	}
	var b strings.Builder
	for _, s := range sections(new) {
		if _, is := stays[s.text]; is {
			stays[s.text] = true
		} else {
			b.WriteString(s.text)
		}
	}
	for _, s := range before {
		if !stays[s.text] {
			leaves(old, s.first, s.last, gone)
		}
	}
	return b.String()
}

// section is a header with all lines up to the next one, or the lines before the first header. It
// can be read without the others.
type section struct {
	first, last int // its items, without last
	text        string
}

// sections returns the sections of a file. A file with a list of tables is a single one, because
// what a header means there may depend on the headers before it.
func sections(doc *tomldoc.Doc) []section {
	items, src := doc.Items(), doc.Source()
	all := []section{{0, len(items), src}}
	at := 0 // where the last section begins
	for i := range items {
		switch items[i].Kind {
		case tomldoc.ArrayHeader:
			return []section{{0, len(items), src}}
		case tomldoc.Header:
			last, start := &all[len(all)-1], items[i].Span().Start
			last.last, last.text = i, src[at:start]
			at = start
			all = append(all, section{i, len(items), src[at:]})
		}
	}
	return all
}

// leaves yields the values of the items from first to last, without last.
func leaves(doc *tomldoc.Doc, first, last int, yield func(Leaf)) {
	tables := doc.Tables()
	inList := func(table int) bool {
		for ; table > 0; table = tables[table].Parent {
			if tables[table].Array {
				return true
			}
		}
		return false
	}
	seen := map[string]bool{}
	for i := first; i < last; i++ {
		switch item := doc.Items()[i]; item.Kind {
		case tomldoc.ArrayHeader:
			path := strings.Join(doc.AppendPath(nil, item.Table()), ".")
			if !inList(tables[item.Table()].Parent) && !seen[path] {
				seen[path] = true
				yield(Leaf{Path: path, Kind: "list"})
			}
		case tomldoc.Pair:
			if item.Value != tomldoc.InlineTable && !inList(item.Table()) && !nested(doc, i) {
				yield(leafOf(doc, i))
			}
		}
	}
}

// nested reports whether item i is in a list.
func nested(doc *tomldoc.Doc, i int) bool {
	for p := doc.Items()[i].Parent(); p >= 0; p = doc.Items()[p].Parent() {
		if doc.Items()[p].Kind == tomldoc.Element || doc.Items()[p].Value == tomldoc.Array {
			return true
		}
	}
	return false
}

// leafOf returns the value of item i, which is a pair.
func leafOf(doc *tomldoc.Doc, i int) Leaf {
	item := doc.Items()[i]
	keys := doc.Keys(item)
	var buffer [8]string
	path := append(doc.AppendPath(buffer[:0], item.Table()), keys[len(keys)-1].Name)
	return Leaf{Path: strings.Join(path, "."), Kind: kindOf(item.Value), Text: doc.Text(item)}
}

func kindOf(k tomldoc.ValueKind) string {
	switch k {
	case tomldoc.Integer:
		return "integer"
	case tomldoc.Float:
		return "float"
	case tomldoc.Bool:
		return "bool"
	case tomldoc.Datetime:
		return "datetime"
	case tomldoc.Array:
		return "list"
	}
	return "string"
}

// decodedLeaves yields the values of a decoded table, whose path ends with a dot unless it is the
// root's.
func decodedLeaves(table map[string]any, path string, yield func(Leaf)) {
	for key, value := range table {
		leaf := Leaf{Path: path + key}
		switch value := value.(type) {
		case map[string]any:
			decodedLeaves(value, leaf.Path+".", yield)
			continue
		case string:
			leaf.Kind, leaf.Text = "string", value
		case int64:
			leaf.Kind = "integer"
		case float64:
			leaf.Kind = "float"
		case bool:
			leaf.Kind = "bool"
		case time.Time:
			leaf.Kind = "datetime"
		default:
			leaf.Kind = "list"
		}
		yield(leaf)
	}
}
