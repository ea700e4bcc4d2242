package tomldoc

// conflict is where in an unresolved merge conflict the parser is.
type conflict struct {
	side    byte // the marker that was read last: '<', '|' or '='; 0 outside
	section int  // where the conflict began, and so where each of its sides begins
	table   int
}

// marker reports whether the line at start is one that a merge leaves in a file, and by which character.
func marker(src string, start int) (byte, bool) {
	const width = 7
	if len(src)-start < width {
		return 0, false
	}
	c := src[start]
	if c != '<' && c != '|' && c != '=' && c != '>' {
		return 0, false
	}
	line := src[start:]
	for i := range width {
		if line[i] != c {
			return 0, false
		}
	}
	rest := line[width:]
	return c, rest == "" || rest[0] == ' ' || newlineLen(rest) > 0
}

// conflictMarker reads the marker line at start. One finding stands for the whole conflict, so what its second side
// defines again is no duplicate, and each side goes on where the file was when the conflict began.
func (p *parser) conflictMarker(c byte, start int) {
	opens := c == '<' || p.conflict.side == 0
	if opens {
		p.report(RuleConflict, start, "an unresolved merge conflict", "resolve the merge conflict first")
	}
	switch {
	case c == '>':
		p.conflict.side = 0
	case c == '<':
		p.conflict = conflict{side: c, section: p.section, table: p.table}
	case opens:
		// A marker without its beginning: the file was resolved by half, and there are no sides to tell apart.
	default:
		p.conflict.side = c
		p.section, p.table = p.conflict.section, p.conflict.table
	}
	p.at = nextLine(p.src, start)
	p.add(Item{Kind: Broken, Span: Span{start, p.at}, Parent: p.section, Table: p.table})
}
