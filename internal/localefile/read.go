package localefile

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// maxInvalid is how many entries of a file may be invalid. A file with more is another program's,
// or was made to take time.
const maxInvalid = 10_000

// Read reads the file of a locale. The syntax findings are all that is wrong with the file as TOML,
// or that it has too many invalid entries; if there are any, the file must not be used. The text
// findings are what is wrong with single entries, which are left out.
func Read(name string, tag language.Tag, src []byte) (f *File, syntax, texts diag.List) {
	return new(Reader).Read(name, tag, src)
}

// ReadDoc is [Read] for a file that was parsed without a finding.
func ReadDoc(doc *tomldoc.Doc, tag language.Tag) (f *File, syntax, texts diag.List) {
	return new(Reader).read(doc, tag)
}

// Reader reads one file after another in the same memory. The zero Reader is ready to use.
type Reader struct {
	toml    tomldoc.Reader
	entries []Entry
	tables  []scope
}

// Read is like the function [Read], but the file may be used only until the next call. Its texts
// and names are parts of src, which remain.
func (m *Reader) Read(
	name string, tag language.Tag, src []byte,
) (f *File, syntax, texts diag.List) {
	doc, syntax := m.toml.Parse(name, src)
	if len(syntax) > 0 {
		return &File{Name: name, Tag: tag, Doc: doc}, syntax, nil
	}
	return m.read(doc, tag)
}

func (m *Reader) read(
	doc *tomldoc.Doc, tag language.Tag,
) (f *File, syntax, texts diag.List) {
	f = &File{Name: doc.Name(), Tag: tag, Doc: doc}
	m.tables = slices.Grow(m.tables[:0], len(doc.Tables()))[:len(doc.Tables())]
	clear(m.tables)
	f.Entries = slices.Grow(m.entries[:0], headers(doc.Items()))
	r := reader{file: f, tables: m.tables}
	at := r.read()
	m.entries = f.Entries
	if at >= 0 {
		return f, diag.List{f.finding(at, tomldoc.RuleLimit,
			fmt.Sprintf("more than %d entries are invalid", maxInvalid),
			"is it the file of another program?")}, nil
	}
	return f, nil, r.findings.List()
}

// scope is what a table of the document is to a locale file.
type scope struct {
	id    ID
	depth int8 // how many parts of the ID the table's path has; deeper counts as 3
	known bool
	entry int // index of the entry whose forms the table holds, plus one
}

type reader struct {
	file     *File
	tables   []scope
	dotted   bool // a key with a dot in quotes was seen, so that one ID may have two spellings
	findings diag.Collector
	invalid  int // entries with a finding
}

// read returns where it gave up, -1 if it did not.
func (r *reader) read() int {
	doc := r.file.Doc
	items := doc.Items()
	for i := range items {
		switch item := &items[i]; item.Kind {
		case tomldoc.Header:
			r.open(item.Table(), i)
		case tomldoc.ArrayHeader:
			r.report(item.Span().Start, RuleTextType, "an array of tables cannot contain texts",
				"write one pair of brackets, [NAME.part]")
		case tomldoc.Pair:
			if !r.inArray(item) {
				r.pair(i, item)
			}
		}
		if r.invalid > maxInvalid {
			return items[i].Span().Start
		}
	}
	if r.dotted {
		r.dropDuplicates()
	}
	return -1
}

// headers counts the headers, which is how many entries a file has whose texts have tables of their
// own.
func headers(items []tomldoc.Item) int {
	n := 0
	for i := range items {
		if items[i].Kind == tomldoc.Header {
			n++
		}
	}
	return n
}

// inArray reports whether the pair is in a list of tables or in an array, which is reported as a
// whole.
func (r *reader) inArray(item *tomldoc.Item) bool {
	tables := r.file.Doc.Tables()
	for t := item.Table(); t > 0; t = tables[t].Parent {
		if tables[t].Array {
			return true
		}
	}
	items := r.file.Doc.Items()
	for p := item.Parent(); p >= 0; p = items[p].Parent() {
		if items[p].Value == tomldoc.Array {
			return true
		}
	}
	return false
}

// open makes the entry of a text's own table when its header is met, so that an empty table is an
// entry too.
func (r *reader) open(table, item int) {
	if s := r.scope(table); s.depth == 2 && s.entry == 0 {
		r.file.Entries = append(r.file.Entries, Entry{ID: s.id, Item: item, Table: table})
		s.entry = len(r.file.Entries)
	}
}

func (r *reader) pair(i int, item *tomldoc.Item) {
	if item.Value == tomldoc.InlineTable {
		return // its pairs follow, each with its own table
	}
	keys := r.file.Doc.Keys(*item)
	key := keys[len(keys)-1]
	s := r.scope(item.Table())
	if s.depth == 2 {
		r.form(i, item, key)
		return
	}
	id, depth := r.extend(s, key.Name)
	name := diag.Cut(id.Name)
	switch {
	case depth == 2 && s.depth == 1 && isCategory(key.Name) && id.Name != Labels && id.Name != Phrases:
		r.report(key.Span.Start, RuleUnknownPart, fmt.Sprintf("the form %q belongs to no part of %s",
			key.Name, name),
			fmt.Sprintf("write it under [%s.title], [%s.detail] or [%s.help]", name, name, name))
	case depth == 2:
		r.plain(i, item, id)
	default:
		path := strings.Join(r.path(item, key.Name), ".")
		r.report(key.Span.Start, RuleUnknownPart, diag.Quote(path)+" is not a text",
			"a text is a table [NAME.part] with its forms, such as other = \"…\"")
	}
}

// form adds a form to the entry of its table.
func (r *reader) form(i int, item *tomldoc.Item, key tomldoc.Key) {
	category, ok := plural.ParseCategory(key.Name)
	if !ok && r.file.fieldOf(item, key.Name) != "" {
		return
	}
	if !ok {
		hint, near := hintForm(key.Name)
		f := r.file.finding(key.Span.Start, RuleUnknownForm,
			diag.Quote(key.Name)+" is not a plural category", hint)
		if near != "" && !r.hasKey(item.Table(), near) {
			f.Fix = r.file.fix(key.Span, near)
		}
		r.add(f)
		return
	}
	if !r.isText(item) {
		return
	}
	r.open(item.Table(), i)
	e := &r.file.Entries[r.tables[item.Table()].entry-1]
	e.Forms[category] = Form{Text: r.file.Doc.Text(*item), Item: i + 1}
}

// hasKey reports whether a table has a pair with the key.
func (r *reader) hasKey(table int, name string) bool {
	for _, item := range r.file.Doc.Items() {
		if item.Kind == tomldoc.Pair && item.Table() == table {
			if keys := r.file.Doc.Keys(item); keys[len(keys)-1].Name == name {
				return true
			}
		}
	}
	return false
}

// plain adds a text that is written as a string, title = "…" under [NAME].
func (r *reader) plain(i int, item *tomldoc.Item, id ID) {
	if !r.isText(item) {
		return
	}
	e := Entry{ID: id, Item: i, Table: -1}
	e.Forms[plural.Other] = Form{Text: r.file.Doc.Text(*item), Item: i + 1}
	r.file.Entries = append(r.file.Entries, e)
}

func (r *reader) isText(item *tomldoc.Item) bool {
	if item.Value.IsString() {
		return true
	}
	r.report(item.ValueSpan().Start, RuleTextType, "expected a text, found "+valueName(item.Value),
		"put the text into double quotes")
	return false
}

// scope resolves a table and the tables above it.
func (r *reader) scope(table int) *scope {
	s := &r.tables[table]
	if s.known || table == 0 {
		return s
	}
	t := &r.file.Doc.Tables()[table]
	above := r.scope(t.Parent)
	s.id, s.depth = r.extend(above, t.Name)
	s.known = true
	return s
}

// extend adds a key to the path of a scope. A key with dots in quotes counts as several, as it does
// for go-i18n.
func (r *reader) extend(s *scope, key string) (ID, int8) {
	id, depth := s.id, s.depth
	if strings.Contains(key, ".") {
		r.dotted = true
	}
	for part := range strings.SplitSeq(key, ".") {
		switch depth {
		case 0:
			id.Name = part
		case 1:
			id.Part = part
		}
		depth = min(depth+1, 3)
	}
	return id, depth
}

// path returns the full path of a pair, for a message.
func (r *reader) path(item *tomldoc.Item, last string) []string {
	return append(r.file.Doc.AppendPath(nil, item.Table()), last)
}

// dropDuplicates keeps the first of the entries that are one text in two spellings, ["NAME.part"]
// and [NAME.part].
func (r *reader) dropDuplicates() {
	first := make(map[ID]int, len(r.file.Entries))
	kept := r.file.Entries[:0]
	for _, e := range r.file.Entries {
		if n, ok := first[e.ID]; ok {
			kept[n].Doubled = true
			r.report(r.start(e.Item), RuleDuplicateText, fmt.Sprintf("%v is in the file twice", e.ID),
				fmt.Sprintf("the first one is at line %d; keep one of the two",
					r.file.Doc.Pos(r.start(kept[n].Item)).Line))
			continue
		}
		first[e.ID] = len(kept)
		kept = append(kept, e)
	}
	r.file.Entries = kept
}

func (r *reader) start(item int) int { return r.file.Doc.Items()[item].Span().Start }

func (r *reader) report(at int, rule diag.Rule, text, hint string) {
	r.add(r.file.finding(at, rule, text, hint))
}

func (r *reader) add(f diag.Finding) {
	r.invalid++
	r.findings.Add(f)
}

func valueName(k tomldoc.ValueKind) string {
	switch k {
	case tomldoc.Integer, tomldoc.Float:
		return "a number"
	case tomldoc.Bool:
		return "a boolean"
	case tomldoc.Datetime:
		return "a date"
	case tomldoc.Array:
		return "a list"
	}
	return "a table"
}

func isCategory(name string) bool {
	_, ok := plural.ParseCategory(name)
	return ok
}
