package tomldoc

import (
	"strings"
	"unicode/utf8"
)

// Text returns the string that the item's value stands for, or "" if its value is no string. Line ends of a multi-line
// string are returned as they stand in the file. Where nothing is escaped the result is a part of the file's text, and
// nothing is allocated.
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

// TextOffset returns the offset in the file of the n-th byte of [Doc.Text]: that of an escape for the character which
// the escape stands for, and that of the closing quotes for the end of the text. An n outside the text is moved to its
// nearest end.
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

// content is what stands between the quotes of a string and has not been decoded yet.
type content struct {
	src       string
	at, end   int
	escapes   bool // backslashes have a meaning
	multiline bool
}

func (d *Doc) content(it Item) content {
	if !it.Value.IsString() || it.ValueSpan.Len() < 2 {
		return content{}
	}
	c := content{src: d.src, at: it.ValueSpan.Start + 1, end: it.ValueSpan.End - 1, escapes: it.escaped}
	if it.Value == MultilineBasic || it.Value == MultilineLiteral {
		c.multiline = true
		c.at += 2
		c.end -= 2
		c.at += newlineLen(c.src[c.at:c.end])
	}
	return c
}

// next returns the text up to and without the next escape, and the character that the escape stands for: skipped if it
// stands for nothing, or if there is none.
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
