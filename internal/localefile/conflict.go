package localefile

import (
	"bytes"
	"slices"
	"strings"
)

// conflicted is a file with unresolved merge conflicts, as the lines outside of the hunks and the
// lines of each hunk's sides. The base that some settings of git show in between is dropped.
type conflicted struct {
	parts []part
}

type part struct {
	first, second []string // whole lines; outside of a hunk both are the same
	hunk          bool
}

// readConflict reads a file with conflict markers. It is not ok if there are none, or if they are
// not complete: then the parser reports the place.
func readConflict(src []byte) (c conflicted, ok bool) {
	if !bytes.Contains(src, []byte("<<<<<<<")) {
		return c, false
	}
	var p part
	side := byte(0) // the marker that was read last
	for line := range strings.Lines(string(src)) {
		marker := markerOf(line)
		switch {
		case marker == '<' && side == 0:
			c.parts = append(c.parts, p)
			p, side = part{hunk: true}, '<'
		case marker == '|' && side == '<', marker == '=' && (side == '<' || side == '|'):
			side = marker
		case marker == '>' && side == '=':
			c.parts = append(c.parts, p)
			p, side = part{}, 0
		case marker != 0 && marker != '=':
			return c, false
		case side == 0:
			p.first = append(p.first, line)
		case side == '<':
			p.first = append(p.first, line)
		case side == '=':
			p.second = append(p.second, line)
		}
	}
	c.parts = append(c.parts, p)
	return c, side == 0 && len(c.parts) > 1
}

// markerOf returns the character of a conflict marker, or 0.
func markerOf(line string) byte {
	line = strings.TrimRight(line, "\r\n")
	if len(line) < 7 || len(line) > 7 && line[7] != ' ' {
		return 0
	}
	if c := line[0]; strings.IndexByte("<|=>", c) >= 0 && line[:7] == strings.Repeat(line[:1], 7) {
		return c
	}
	return 0
}

func (c *conflicted) side(second bool) []byte {
	var b bytes.Buffer
	for _, p := range c.parts {
		lines := p.first
		if second && p.hunk {
			lines = p.second
		}
		for _, line := range lines {
			b.WriteString(line)
		}
	}
	return b.Bytes()
}

// Sides returns a file with conflict markers twice: with the first side of each hunk, and with the
// second. It is not ok if there are no hunks.
func Sides(src []byte) (first, second []byte, ok bool) {
	c, ok := readConflict(src)
	if !ok {
		return src, nil, false
	}
	return c.side(false), c.side(true), true
}

// Settle resolves the conflicts whose sides differ only in extract's own lines: those of both sides
// are kept, since the source texts in them may be all that is known of a translation. The other
// conflicts stay as they are.
func Settle(src []byte) []byte {
	c, ok := readConflict(src)
	if !ok {
		return src
	}
	for _, p := range c.parts {
		if p.hunk && !slices.Equal(withoutNotes(p.first), withoutNotes(p.second)) {
			return src
		}
	}
	var b bytes.Buffer
	for _, p := range c.parts {
		second := p.second
		for _, line := range p.first {
			if !isOwnLine(line) {
				// What the second side says before the same line goes there, too.
				for len(second) > 0 && isOwnLine(second[0]) {
					b.WriteString(second[0])
					second = second[1:]
				}
				if len(second) > 0 {
					second = second[1:]
				}
			}
			b.WriteString(line)
		}
		for _, line := range second {
			b.WriteString(line)
		}
	}
	return b.Bytes()
}

func withoutNotes(lines []string) []string {
	var rest []string
	for _, line := range lines {
		if !isOwnLine(line) {
			rest = append(rest, strings.TrimRight(line, "\r\n"))
		}
	}
	return rest
}

// isOwnLine reports whether extract writes the line anew each time. It does not write the flag by
// which a translator says that a text is right.
func isOwnLine(line string) bool {
	comment := strings.TrimSpace(line)
	if !strings.HasPrefix(comment, "#") {
		return false
	}
	mark, _, _ := MarkOf(comment)
	note, _ := IsNote(comment)
	return note && !(mark == MarkFlag && IsFlag(comment, FlagOK))
}
