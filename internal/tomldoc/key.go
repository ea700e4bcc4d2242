package tomldoc

import (
	"strings"
	"unicode/utf8"
)

// keyOf reads the key of a pair, which stands in the given table, and the equals sign behind it.
func (p *parser) keyOf(item, table int) bool {
	p.doc.items[item].Table = table
	if !p.key(item) {
		return false
	}
	if p.at == len(p.src) || p.src[p.at] != '=' {
		return p.noEquals(item)
	}
	p.at++
	p.space()
	p.doc.items[item].Table = p.definePair(item, table)
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
			p.report(RuleLimit, part.Span.Start, "a key of too many parts", "")
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
	for p.at < len(p.src) && isBare(p.src[p.at]) {
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

// oddKey returns how many bytes from here on were meant as part of a bare key but cannot be: those up to the next
// character that has a meaning around keys.
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
	it := Item{Value: kind, ValueSpan: span, escaped: escaped}
	return Key{p.doc.Text(it), span}, true
}

// isBare reports whether b may stand in a key without quotes.
func isBare(b byte) bool {
	switch {
	case b >= utf8.RuneSelf:
		return false
	case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', b == '_', b == '-':
		return true
	}
	return false
}
