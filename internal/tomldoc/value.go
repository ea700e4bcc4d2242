package tomldoc

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/errlingo/errlingo/internal/diag"
)

// frame is an array or inline table whose end has not been read yet.
type frame struct {
	item  int
	table int  // the table that the pairs of an inline table go to; of an array the one that it is in
	close byte // ']' or '}'
	full  bool // a value has been read and no comma behind it
}

// value reads the value of an item with all that is nested in it. It keeps its own stack, so that
// no depth of nesting can exhaust the program's.
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
		opened := p.doc.items[f.item].ValueSpan().Start
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
		item := p.add(newItem(Pair, Span{Start: p.at}, f.item, 0))
		return p.keyOf(item, f.table) && p.beginValue(item)
	}
	f.full = true
	return p.beginValue(p.add(newItem(Element, Span{Start: p.at}, f.item, f.table)))
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
	it.value = int32(p.at)
	if p.at < len(p.src) {
		switch p.src[p.at] {
		case '"', '\'':
			var ok bool
			it.Value, it.escaped, ok = p.quoted()
			p.endValue(item)
			return ok
		case '[':
			it.Value = Array
			return p.open(frame{item: item, table: it.Table(), close: ']'})
		case '{':
			it.Value = InlineTable
			return p.open(frame{item: item, table: p.inlineTable(item), close: '}'})
		}
	}
	return p.scalar(item)
}

func (p *parser) endValue(item int) {
	p.doc.items[item].end = int32(p.at)
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
	t := Table{Parent: it.Table(), Item: item}
	for it.Kind == Element {
		t.Array = true
		it = p.doc.items[it.Parent()]
	}
	keys := p.doc.Keys(it)
	t.Name = keys[len(keys)-1].Name
	return p.newTable(t)
}

// scalar reads a value that is neither in quotes nor in brackets. A word that is not a value is
// reported and passed.
func (p *parser) scalar(item int) bool {
	word := p.word()
	if word == "" {
		p.noValue(word)
		return false
	}
	kind, wrong := classify(word)
	switch {
	case wrong == "":
	case kind == NoValue:
		p.noValue(word)
	default:
		p.mistake(fmt.Sprintf(wrong, diag.Cut(word)), "")
	}
	p.doc.items[item].Value = kind
	p.at += len(word)
	p.endValue(item)
	return true
}

// word returns the text from here to what can end a value, taking in the blank that may
// separate date and time.
func (p *parser) word() string {
	rest := p.src[p.at:]
	n := wordLen(rest)
	if n == len(time.DateOnly) && rest[4] == '-' && n+1 < len(rest) && rest[n] == ' ' &&
		isDigit(rest[n+1]) {
		n += 1 + wordLen(rest[n+1:])
	}
	return rest[:n]
}

func wordLen(s string) int {
	if n := strings.IndexAny(s, " \t\r\n,#=[]{}\"'"); n >= 0 {
		return n
	}
	return len(s)
}

// classify tells what sort of value a word is. If it is not a valid one, wrong says so, as a format
// for the word.
func classify(word string) (kind ValueKind, wrong string) {
	number := word
	if word[0] == '+' || word[0] == '-' {
		number = word[1:]
	}
	switch {
	case word == "true", word == "false":
		return Bool, ""
	case number == "inf", number == "nan":
		return Float, ""
	case number == "" || !isDigit(number[0]):
		return NoValue, "%q is not a value"
	case len(word) > 4 && (word[4] == '-' || word[2] == ':'):
		return Datetime, unless(isDatetime(word), "%q is not a valid date or time")
	case len(number) > 1 && number[0] == '0' && strings.IndexByte("xob", number[1]) >= 0:
		return Integer, unless(isBased(word), "%q is not a valid integer")
	case strings.ContainsAny(number, ".eE"):
		return Float, unless(isFloat(number), "%q is not a valid number")
	}
	return Integer, unless(isInteger(word, number), "%q is not a valid 64-bit integer")
}

func unless(ok bool, wrong string) string {
	if ok {
		return ""
	}
	return wrong
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// isDigits reports whether s is digits, with single underscores between them allowed.
func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) && (s[i] != '_' || i == 0 || s[i-1] == '_') {
			return false
		}
	}
	return s != "" && s[len(s)-1] != '_'
}

// isDecimal is isDigits without a needless zero in front.
func isDecimal(s string) bool {
	return isDigits(s) && (s[0] != '0' || len(s) == 1)
}

func isInteger(word, unsigned string) bool {
	if !isDecimal(unsigned) {
		return false
	}
	_, err := strconv.ParseInt(strings.ReplaceAll(word, "_", ""), 10, 64)
	return err == nil
}

// isBased reports whether word is an integer with the prefix 0x, 0o or 0b, which takes no sign. The
// prefix is in lower case, and other than in Go no underscore follows it.
func isBased(word string) bool {
	if !isDigit(word[0]) || len(word) < 3 || word[2] == '_' {
		return false
	}
	_, err := strconv.ParseInt(word, 0, 64)
	return err == nil
}

func isFloat(unsigned string) bool {
	rest := unsigned
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		exponent := rest[i+1:]
		if exponent != "" && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
		if !isDigits(exponent) {
			return false
		}
		rest = rest[:i]
	}
	whole, fraction, point := strings.Cut(rest, ".")
	if !isDecimal(whole) || point && !isDigits(fraction) {
		return false
	}
	_, err := strconv.ParseFloat(strings.ReplaceAll(unsigned, "_", ""), 64)
	return err == nil
}

// isDatetime reports whether s is a date, a time, or both in the notation of RFC 3339, where the
// offset and the seconds may be left out and a space may separate date and time.
func isDatetime(s string) bool {
	if s[2] == ':' {
		rest, ok := cutClock(s)
		return ok && rest == ""
	}
	rest, ok := cutDate(s)
	if !ok || rest == "" {
		return ok
	}
	if rest[0] != 'T' && rest[0] != 't' && rest[0] != ' ' {
		return false
	}
	rest, ok = cutClock(rest[1:])
	return ok && isOffset(rest)
}

func cutDate(s string) (rest string, ok bool) {
	if len(s) < len(time.DateOnly) {
		return s, false
	}
	_, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	return s[len(time.DateOnly):], err == nil
}

// cutClock cuts hours, minutes, and if they are there seconds with their fraction. The 60th second
// is a leap second.
func cutClock(s string) (rest string, ok bool) {
	if len(s) < 5 || !isTwoDigits(s, 23) || s[2] != ':' || !isTwoDigits(s[3:], 59) {
		return s, false
	}
	s = s[5:]
	if s == "" || s[0] != ':' {
		return s, true
	}
	if !isTwoDigits(s[1:], 60) {
		return s, false
	}
	s = s[3:]
	if s == "" || s[0] != '.' {
		return s, true
	}
	rest = strings.TrimLeft(s[1:], "0123456789")
	return rest, len(rest) < len(s)-1
}

// isOffset reports whether s is the offset behind a time, which may be missing.
func isOffset(s string) bool {
	switch {
	case s == "" || s == "Z" || s == "z":
		return true
	case len(s) != len("+00:00") || s[0] != '+' && s[0] != '-':
		return false
	}
	return isTwoDigits(s[1:], 23) && s[3] == ':' && isTwoDigits(s[4:], 59)
}

// isTwoDigits reports whether s begins with two digits that make a number up to most.
func isTwoDigits(s string, most int) bool {
	return len(s) >= 2 && isDigit(s[0]) && isDigit(s[1]) && int(s[0]-'0')*10+int(s[1]-'0') <= most
}
