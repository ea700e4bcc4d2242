package tomldoc

// frame is an array or inline table whose end has not been read yet.
type frame struct {
	item  int
	table int  // the table that the pairs of an inline table go to; of an array the one that it stands in
	close byte // ']' or '}'
	full  bool // a value has been read and no comma behind it
}

// value reads the value of an item with all that is nested in it. It keeps its own stack, so that no depth of nesting
// can exhaust the program's.
func (p *parser) value(item int) bool {
	p.stack = p.stack[:0]
	ok := p.beginValue(item)
	for ok && len(p.stack) > 0 {
		ok = p.step(&p.stack[len(p.stack)-1])
	}
	if !ok && len(p.stack) > 0 {
		p.unfinished = true
	}
	return ok
}

// step reads the next thing in an open array or inline table: its end, a comma, a pair, or a value.
func (p *parser) step(f *frame) bool {
	p.gap(f)
	switch {
	case p.halted:
		return false
	case p.at == len(p.src):
		opened := p.doc.items[f.item].ValueSpan.Start
		p.report(RuleSyntax, opened, "this "+f.name()+" is not closed", "")
		return false
	case p.src[p.at] == f.close:
		p.at++
		p.endValue(f.item)
		p.stack = p.stack[:len(p.stack)-1]
		return true
	case f.full:
		return p.comma(f)
	case f.close == '}':
		f.full = true
		item := p.add(Item{Kind: Pair, Span: Span{Start: p.at}, Parent: f.item})
		return p.keyOf(item, f.table) && p.beginValue(item)
	}
	f.full = true
	return p.beginValue(p.add(Item{Kind: Element, Span: Span{Start: p.at}, Parent: f.item, Table: f.table}))
}

func (f *frame) name() string {
	if f.close == '}' {
		return "inline table"
	}
	return "array"
}

// gap passes white space, line ends and comments between the parts of a value.
func (p *parser) gap(f *frame) {
	for p.space(); p.at < len(p.src); p.space() {
		switch {
		case p.newline():
		case p.src[p.at] == '#' && !p.halted:
			p.comment(SideComment, f.item, f.table)
		default:
			return
		}
	}
}

func (p *parser) comma(f *frame) bool {
	if p.src[p.at] != ',' {
		return p.fault("expected \",\" or %q in the %s, found %s", string(f.close), f.name(), p.found())
	}
	p.at++
	f.full = false
	return true
}

// beginValue reads a value that has no parts, or the bracket that opens one that has.
func (p *parser) beginValue(item int) bool {
	it := &p.doc.items[item]
	it.ValueSpan.Start = p.at
	if p.at < len(p.src) {
		switch p.src[p.at] {
		case '"', '\'':
			var ok bool
			it.Value, it.escaped, ok = p.quoted()
			p.endValue(item)
			return ok
		case '[':
			it.Value = Array
			return p.open(frame{item: item, table: it.Table, close: ']'})
		case '{':
			it.Value = InlineTable
			return p.open(frame{item: item, table: p.inlineTable(item), close: '}'})
		}
	}
	return p.scalar(item)
}

func (p *parser) endValue(item int) {
	it := &p.doc.items[item]
	it.ValueSpan.End = p.at
	it.Span.End = p.at
}

func (p *parser) open(f frame) bool {
	if len(p.stack) == MaxDepth {
		p.report(RuleLimit, p.at, "arrays and inline tables are nested too deeply", "")
		return false
	}
	p.at++
	p.stack = append(p.stack, f)
	return true
}

// inlineTable makes the table of an inline table. In an array it goes by the name of the array.
func (p *parser) inlineTable(item int) int {
	it := p.doc.items[item]
	t := Table{Parent: it.Table, Item: item}
	for it.Kind == Element {
		t.Array = true
		it = p.doc.items[it.Parent]
	}
	keys := p.doc.Keys(it)
	t.Name = keys[len(keys)-1].Name
	return p.newTable(t)
}
