package tomldoc

import (
	"fmt"
	"hash/maphash"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
)

// nameKind says what a name stands for, and with that what may still be added to it.
type nameKind uint8

const (
	// a value; arrays and inline tables are complete where they are written
	valueName    nameKind = iota
	impliedTable          // a table that has been named only as part of a longer header
	headedTable           // a table with a header of its own
	dottedTable           // a table made by dotted keys
	tableArray            // an array of tables, made by [[…]]
)

// name is a key within a table and what it was first defined as.
type name struct {
	key   int32 // index of the key that it was first written as
	in    int32 // the table that the name is in
	table int32 // the table that it stands for, of an array the last element
	item  int32 // where it was defined
	kind  nameKind
	hash  uint32
}

// names finds a name in a table. It is a hash table with open addressing: maps, one for each table,
// would cost more than all else that Parse does.
type names struct {
	seed maphash.Seed
	all  []name
	slot []int32 // index in all plus 1, or 0; a power of two in length, at most half full
	last int     // index in all plus 1 of the root's name that was met last: headers repeat it
}

// emptied returns an empty table with room for as many names, in the memory of n.
func (n *names) emptied(size int) names {
	slots := 16
	for slots < 2*size {
		slots *= 2
	}
	slot := emptied(n.slot, slots)[:slots]
	clear(slot)
	return names{seed: maphash.MakeSeed(), all: emptied(n.all, size), slot: slot}
}

// newName returns the name of a value.
func newName(key, in, item int, hash uint32) name {
	return name{key: int32(key), in: int32(in), item: int32(item), hash: hash}
}

// find returns what a key, an index in keys, means in the table, or nil, and its hash for add.
func (n *names) find(table, key int, keys []Key) (*name, uint32) {
	text := keys[key].Name
	if table == 0 && n.last > 0 {
		if found := &n.all[n.last-1]; keys[found.key].Name == text {
			return found, found.hash
		}
	}
	// Many tables have the same few names, so the table takes part in the hash. The seed is secret:
	// no file can be written for its names to collide.
	hash := uint32(maphash.String(n.seed, text)>>32) ^ uint32(table)*0x9E3779B1
	for i := n.first(hash); n.slot[i] != 0; i = n.next(i) {
		if found := &n.all[n.slot[i]-1]; found.hash == hash && int(found.in) == table &&
			keys[found.key].Name == text {
			n.met(found, int(n.slot[i]))
			return found, hash
		}
	}
	return nil, hash
}

// add puts in a name that find did not find.
func (n *names) add(entry name) {
	if 2*len(n.all) >= len(n.slot) {
		n.slot = make([]int32, 2*len(n.slot))
		for i := range n.all {
			n.place(n.all[i].hash, i)
		}
	}
	n.all = append(n.all, entry)
	n.met(&entry, len(n.all))
	n.place(entry.hash, len(n.all)-1)
}

// met takes note of the name with that index plus 1.
func (n *names) met(entry *name, index int) {
	if entry.in == 0 {
		n.last = index
	}
}

func (n *names) place(hash uint32, index int) {
	i := n.first(hash)
	for n.slot[i] != 0 {
		i = n.next(i)
	}
	n.slot[i] = int32(index + 1)
}

func (n *names) first(hash uint32) int { return int(hash) & (len(n.slot) - 1) }
func (n *names) next(i int) int        { return (i + 1) & (len(n.slot) - 1) }

// newTable appends a table.
func (p *parser) newTable(t Table) int {
	if len(p.doc.tables) == MaxTables {
		p.tooMany("tables", MaxTables)
	}
	p.doc.tables = append(p.doc.tables, t)
	return len(p.doc.tables) - 1
}

// strayTable is where pairs go whose header or key is at fault, so that none of them is taken for a
// duplicate.
func (p *parser) strayTable(item int) int {
	return p.newTable(Table{Item: item})
}

// lookup finds what the key, an index in the list of keys, means in the table.
func (p *parser) lookup(table, key int) (*name, uint32) {
	return p.names.find(table, key, p.doc.keys)
}

// defineTable gives a name that is not taken to a new table.
func (p *parser) defineTable(entry name, kind nameKind) int {
	table := p.newTable(Table{
		Name: p.doc.keys[entry.key].Name, Parent: int(entry.in), Item: int(entry.item),
		Array: kind == tableArray,
	})
	entry.table, entry.kind = int32(table), kind
	p.names.add(entry)
	return table
}

// defineHeader defines the table that the header opens and returns it.
func (p *parser) defineHeader(item int, array bool) int {
	in := 0
	key, last := p.keyRange(item)
	for ; key < last; key++ {
		found, hash := p.lookup(in, key)
		switch {
		case found == nil:
			in = p.defineTable(newName(key, in, item, hash), impliedTable)
		case found.kind == valueName:
			p.duplicate(key, found, "%q is a value, not a table")
			return p.strayTable(item)
		default:
			in = int(found.table)
		}
	}
	found, hash := p.lookup(in, last)
	switch {
	case found == nil && array:
		return p.defineTable(newName(last, in, item, hash), tableArray)
	case found == nil:
		return p.defineTable(newName(last, in, item, hash), headedTable)
	case array && found.kind == tableArray:
		found.table = int32(p.newTable(Table{Name: p.doc.keys[last].Name, Parent: in, Item: item,
			Array: true}))
		return int(found.table)
	case !array && found.kind == impliedTable:
		found.kind, found.item = headedTable, int32(item)
		return int(found.table)
	}
	p.duplicateHeader(item, found)
	return p.strayTable(item)
}

// definePair defines the key of a pair in the given table, and returns the table of its
// last part.
func (p *parser) definePair(item, in int) int {
	key, last := p.keyRange(item)
	for ; key < last; key++ {
		found, hash := p.lookup(in, key)
		switch {
		case found == nil:
			in = p.defineTable(newName(key, in, item, hash), dottedTable)
			continue
		case found.kind == impliedTable:
			found.kind, found.item = dottedTable, int32(item)
		case found.kind == valueName:
			p.duplicate(key, found, "%q is a value, not a table")
			return p.strayTable(item)
		case found.kind != dottedTable:
			p.duplicate(key, found, "%q is defined already, and dotted keys cannot add to it")
			return p.strayTable(item)
		}
		in = int(found.table)
	}
	found, hash := p.lookup(in, last)
	if found != nil {
		p.duplicate(last, found, "%q is in its table twice")
		return p.strayTable(item)
	}
	p.names.add(newName(last, in, item, hash))
	return in
}

// keyRange returns the indices of the first and of the last part of an item's key.
func (p *parser) keyRange(item int) (first, last int) {
	it := &p.doc.items[item]
	return int(it.keyFirst), int(it.keyFirst) + int(it.keyCount) - 1
}

// duplicate reports a key that clashes with what was defined before.
func (p *parser) duplicate(key int, found *name, format string) {
	p.clash(p.doc.keys[key].Span.Start, found, fmt.Sprintf(format, diag.Cut(p.doc.keys[key].Name)))
}

// duplicateHeader reports the header of a table that has been defined before, as a whole: most
// often a text was copied with its header.
func (p *parser) duplicateHeader(item int, found *name) {
	p.clash(p.doc.items[item].Span().Start, found, diag.Cut(p.keyText(item))+" is in the file twice")
}

// clash reports what is defined a second time. The second side of a merge conflict repeats the
// first by its nature.
func (p *parser) clash(at int, found *name, says string) {
	if p.conflict.side == '|' || p.conflict.side == '=' {
		return
	}
	first := p.pos(p.doc.items[found.item].Span().Start)
	p.report(RuleDuplicateKey, at, says,
		fmt.Sprintf("the first one is at line %d; keep one of the two", first.Line))
}

// keyOf reads the key of a pair in the given table, and the equals sign after it.
func (p *parser) keyOf(item, table int) bool {
	p.doc.items[item].table = int32(table)
	if !p.key(item) {
		return false
	}
	if p.at == len(p.src) || p.src[p.at] != '=' {
		return p.noEquals(item)
	}
	p.at++
	p.space()
	p.doc.items[item].table = int32(p.definePair(item, table))
	return true
}

// key reads a key with all of its parts and the white space on both sides.
func (p *parser) key(item int) bool {
	it := &p.doc.items[item]
	it.keyFirst = int32(len(p.doc.keys))
	for {
		p.space()
		part, ok := p.keyPart()
		if !ok {
			return false
		}
		if it.keyCount == MaxKeyParts {
			p.report(RuleLimit, part.Span.Start, "a key with too many parts", "")
			return false
		}
		p.doc.keys = append(p.doc.keys, part)
		it.keyCount++
		p.space()
		if p.at == len(p.src) || p.src[p.at] != '.' {
			return true
		}
		p.at++
	}
}

func (p *parser) keyPart() (Key, bool) {
	if p.at == len(p.src) {
		return Key{}, p.fault("expected a key, found %s", p.found())
	}
	switch p.src[p.at] {
	case '"', '\'':
		return p.quotedKey()
	}
	return p.bareKey()
}

func (p *parser) bareKey() (Key, bool) {
	start := p.at
	for p.at < len(p.src) && bare[p.src[p.at]] {
		p.at++
	}
	if odd := p.oddKey(); odd > 0 {
		p.oddCharacter()
		p.at += odd
	}
	if p.at == start {
		return Key{}, p.fault("expected a key, found %s", p.found())
	}
	return Key{p.src[start:p.at], Span{start, p.at}}, true
}

// oddKey returns how many bytes from here on were meant as part of a bare key but cannot be: those
// up to the next character that has a meaning around keys.
func (p *parser) oddKey() int {
	n := 0
	for p.at+n < len(p.src) && strings.IndexByte(" \t\r\n\"'#,.=[]{}", p.src[p.at+n]) < 0 {
		n++
	}
	return n
}

func (p *parser) quotedKey() (Key, bool) {
	start := p.at
	kind, escaped, ok := p.quoted()
	if !ok {
		return Key{}, false
	}
	span := Span{start, p.at}
	if kind == MultilineBasic || kind == MultilineLiteral {
		p.report(RuleSyntax, start, "a multi-line string as a key", "")
		return Key{"", span}, true
	}
	it := Item{Value: kind, value: int32(start), end: int32(p.at), escaped: escaped}
	return Key{p.doc.Text(it), span}, true
}

// bare says of each byte whether it may be part of a key without quotes.
var bare = func() (bare [256]bool) {
	for c := range bare {
		b := byte(c)
		bare[c] = 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' ||
			b == '-'
	}
	return bare
}()
