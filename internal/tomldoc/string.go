package tomldoc

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/invisible"
)

// quoted reads a string of any of the four sorts. It reports what it must not contain and reads
// on; it returns false only if the string does not end. Whether what is left differs from the bytes
// between the quotes is escaped.
func (p *parser) quoted() (kind ValueKind, escaped, ok bool) {
	start := p.at
	kind = stringKind(p.src[p.at:])
	switch kind {
	case BasicString, LiteralString:
		escaped, ok = p.lineString(kind == BasicString)
	default:
		escaped, ok = p.blockString(kind == MultilineBasic)
	}
	if ok && p.at-start > MaxString {
		p.report(RuleLimit, start, fmt.Sprintf("a string of more than %d bytes", MaxString), "")
	}
	return kind, escaped, ok
}

// stringKind returns the sort of the string that s begins with.
func stringKind(s string) ValueKind {
	switch {
	case strings.HasPrefix(s, `"""`):
		return MultilineBasic
	case strings.HasPrefix(s, `'''`):
		return MultilineLiteral
	case s[0] == '"':
		return BasicString
	}
	return LiteralString
}

// ordinary says of each byte whether it means nothing special in any string.
var ordinary = func() (ordinary [256]bool) {
	for c := range ordinary {
		ordinary[c] = !isControl(byte(c)) && c != '\\' && c != '"' && c != '\''
	}
	return ordinary
}()

// lineString reads a string that ends on its line.
func (p *parser) lineString(basic bool) (escaped, ok bool) {
	quote := p.src[p.at]
	for i := p.at + 1; i < len(p.src); {
		switch c := p.src[i]; {
		case ordinary[c]:
			i++
		case c == quote:
			p.at = i + 1
			return escaped, true
		case c == '\\' && basic:
			escaped = true
			i += p.escape(i, false)
		case isControl(c):
			if newlineLen(p.src[i:]) > 0 {
				return escaped, p.openString(p.at, i, "this string is not closed on its line", p.unclosed(p.at))
			}
			p.control(i)
			i++
		default:
			i++
		}
	}
	return escaped, p.openString(p.at, len(p.src), "this string is not closed", p.unclosed(p.at))
}

// blockString reads a string in triple quotes.
func (p *parser) blockString(basic bool) (escaped, ok bool) {
	quote := p.src[p.at : p.at+3]
	for i := p.at + 3; i < len(p.src); {
		switch c := p.src[i]; {
		case c == quote[0] && strings.HasPrefix(p.src[i:], quote):
			p.at = i + 3 + extraQuotes(p.src[i+3:], quote[0])
			return escaped, true
		case c == '\\' && basic:
			escaped = true
			i += p.escape(i, true)
		case isControl(c):
			n := newlineLen(p.src[i:])
			if n == 0 {
				p.control(i)
				n = 1
			}
			i += n
			if c, is := marker(p.src, i); is && c == '<' {
				p.report(RuleConflict, i, "an unresolved merge conflict", "resolve the merge conflict first")
			}
		default:
			i++
		}
	}
	return escaped, p.openString(p.at, p.at, "this multi-line string is not closed",
		fmt.Sprintf("end the text with %s", quote))
}

// extraQuotes returns how many quotes in front of s belong to the string that three others have
// closed: one or two may come directly before the closing ones.
func extraQuotes(s string, quote byte) int {
	n := 0
	for n < 2 && n < len(s) && s[n] == quote {
		n++
	}
	return n
}

// openString reports the string at start, whose end was missed at the given offset. The hint says
// how it should end.
func (p *parser) openString(start, missed int, text, hint string) bool {
	p.unfinished = true
	p.report(RuleSyntax, start, text, hint)
	p.at = missed
	return false
}

// escape checks the escape at offset and returns its length. A backslash in front of the line's end
// is not reported, because the string that does not end on its line is.
func (p *parser) escape(offset int, multiline bool) int {
	_, n, ok := readEscape(p.src[offset:], multiline)
	bad := p.src[offset+1:]
	if ok || newlineLen(bad) > 0 {
		return n
	}
	shown, hint := badEscape(bad), `write \\ for a backslash`
	if high := surrogate(p.src[offset:]); high != 0 {
		hint = "it is half of a character; write the character itself"
		const length = len(`\uD800`)
		if r := utf16.DecodeRune(high, surrogate(p.src[offset+length:])); r != utf8.RuneError {
			n = 2 * length
			shown, hint = bad[:n-1], fmt.Sprintf(`write the character itself, or \U%08X`, r)
		}
	}
	p.report(RuleSyntax, offset, fmt.Sprintf(`the escape "\%s" is not known`, shown), hint)
	return n
}

// surrogate returns the half of a character that s begins with as an escape, as JSON writes
// characters beyond U+FFFF, or 0.
func surrogate(s string) rune {
	if len(s) < 6 || s[:2] != `\u` {
		return 0
	}
	v, err := strconv.ParseUint(s[2:6], 16, 32)
	if err != nil || !utf16.IsSurrogate(rune(v)) {
		return 0
	}
	return rune(v)
}

// badEscape returns the first character of s, which is behind a backslash, with the digits that
// belong to it, in a form that is fit to print.
func badEscape(s string) string {
	if s == "" {
		return ""
	}
	_, n := utf8.DecodeRuneInString(s)
	for digits := hexDigits(s[0]); n <= digits && n < len(s) && isHex(s[n]); {
		n++
	}
	return strings.Trim(strconv.Quote(s[:n]), `"`)
}

// skipped is what readEscape returns for a backslash at the end of a line.
const skipped rune = -1

// readEscape reads the escape that s begins with and returns its character and its length. A
// backslash at the end of a line of a multi-line string stands for nothing, and takes the white
// space up to the next text with it. If the escape is not a valid one, ok is false and the
// backslash is a character like any other.
func readEscape(s string, multiline bool) (r rune, n int, ok bool) {
	if len(s) < 2 {
		return '\\', 1, false
	}
	switch c := s[1]; c {
	case 'b':
		return '\b', 2, true
	case 't':
		return '\t', 2, true
	case 'n':
		return '\n', 2, true
	case 'f':
		return '\f', 2, true
	case 'r':
		return '\r', 2, true
	case 'e':
		return '\x1b', 2, true
	case '"', '\\':
		return rune(c), 2, true
	case 'x', 'u', 'U':
		return readHex(s, hexDigits(c))
	}
	if n := lineEndEscape(s); multiline && n > 0 {
		return skipped, n, true
	}
	return '\\', 1, false
}

// hexDigits returns how many digits follow the letter of an escape.
func hexDigits(letter byte) int {
	switch letter {
	case 'x':
		return 2
	case 'u':
		return 4
	case 'U':
		return 8
	}
	return 0
}

func readHex(s string, digits int) (rune, int, bool) {
	if len(s) < 2+digits {
		return '\\', 1, false
	}
	v, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	if err != nil || v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
		return '\\', 1, false
	}
	return rune(v), 2 + digits, true
}

func isHex(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

// lineEndEscape returns the length of the backslash that s begins with and all white space behind
// it, if a line ends there, or 0.
func lineEndEscape(s string) int {
	rest := strings.TrimLeft(s[1:], " \t")
	if newlineLen(rest) == 0 {
		return 0
	}
	for {
		trimmed := strings.TrimLeft(rest, " \t")
		trimmed = trimmed[newlineLen(trimmed):]
		if len(trimmed) == len(rest) {
			return len(s) - len(rest)
		}
		rest = trimmed
	}
}

// Text returns the string that the item's value is, or "" if it is not a string. Line ends of a
// multi-line string are returned as they are in the file. If nothing is escaped, the result is a
// part of the file's text, and nothing is allocated.
func (d *Doc) Text(it Item) string {
	c := d.content(it)
	if !it.escaped {
		return d.src[c.at:c.end]
	}
	var b strings.Builder
	b.Grow(c.end - c.at)
	for c.at < c.end {
		literal, r := c.next()
		b.WriteString(literal)
		if r != skipped {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TextOffset returns the offset in the file of the n-th byte of [Doc.Text]: that of an escape for
// the character which the escape stands for, and that of the closing quotes for the end of the
// text. An n outside the text is moved to its nearest end.
func (d *Doc) TextOffset(it Item, n int) int {
	c := d.content(it)
	n = max(n, 0)
	for c.at < c.end {
		piece := c.at
		literal, r := c.next()
		if n < len(literal) {
			return piece + n
		}
		n -= len(literal)
		if r == skipped {
			continue
		}
		if n < utf8.RuneLen(r) {
			return piece + len(literal)
		}
		n -= utf8.RuneLen(r)
	}
	return c.end
}

// content is the part of a string that has not been decoded yet.
type content struct {
	src       string
	at, end   int
	escapes   bool // backslashes have a meaning
	multiline bool
}

func (d *Doc) content(it Item) content {
	if !it.Value.IsString() || it.ValueSpan().Len() < 2 {
		return content{}
	}
	c := content{src: d.src, at: it.ValueSpan().Start + 1, end: it.ValueSpan().End - 1,
		escapes: it.escaped}
	if it.Value == MultilineBasic || it.Value == MultilineLiteral {
		c.multiline = true
		c.at += 2
		c.end -= 2
		c.at += newlineLen(c.src[c.at:c.end])
	}
	return c
}

// next returns the text up to and without the next escape, and the character that the escape stands
// for: skipped if it stands for nothing, or if there is none.
func (c *content) next() (literal string, r rune) {
	rest := c.src[c.at:c.end]
	n := len(rest)
	if c.escapes {
		if i := strings.IndexByte(rest, '\\'); i >= 0 {
			n = i
		}
	}
	c.at += n
	if c.at == c.end {
		return rest[:n], skipped
	}
	r, size, _ := readEscape(c.src[c.at:c.end], c.multiline)
	c.at += size
	return rest[:n], r
}

// Quote returns s as a TOML basic string in quotes, on one line. Control characters and all that
// cannot be seen, such as the bidirectional controls and spaces other than U+0020, are written as
// escapes, so that a text is what it looks like. The error is that s is not UTF-8, which TOML has
// no way to write.
func Quote(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("the text %q is not UTF-8", s)
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for _, r := range s {
		writeEscaped(&b, r)
	}
	b.WriteByte('"')
	return b.String(), nil
}

// MustQuote is [Quote] for a text that is known to be UTF-8. It panics if it is not.
func MustQuote(s string) string {
	quoted, err := Quote(s)
	if err != nil {
		panic("tomldoc: " + err.Error())
	}
	return quoted
}

func writeEscaped(b *strings.Builder, r rune) {
	switch {
	case r == '"' || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\t':
		b.WriteString(`\t`)
	case r == '\r':
		b.WriteString(`\r`)
	case isVisible(r):
		b.WriteRune(r)
	case r > 0xFFFF:
		fmt.Fprintf(b, `\U%08X`, r)
	default:
		fmt.Fprintf(b, `\u%04X`, r)
	}
}

// isVisible reports whether a reader of the file can see r. Some characters count as letters and
// still have no glyph of their own, such as the Hangul fillers.
func isVisible(r rune) bool {
	return unicode.IsPrint(r) && !invisible.Is(r)
}
