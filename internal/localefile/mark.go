package localefile

// Mark says what a comment is for, by the character behind its '#'.
type Mark byte

// The marks. A comment with any other character there, or with a mark that neither a space nor the end of the line
// follows, is the translator's.
const (
	NoMark       Mark = 0   // "# …", the translator's
	MarkSource   Mark = '.' // "#. …", context above a header, the source text inside a table
	MarkFlag     Mark = ',' // "#, …", a flag
	MarkWas      Mark = '|' // "#| …", the source text that a stale translation was made from
	MarkObsolete Mark = '~' // "#~ …", a line of an obsolete text
)

// MarkOf returns the mark of a comment, which begins with its '#', and what stands behind the mark and its space.
func MarkOf(comment string) (mark Mark, rest string) {
	if len(comment) < 2 || len(comment) > 2 && comment[2] != ' ' {
		return NoMark, ""
	}
	switch mark = Mark(comment[1]); mark {
	case MarkSource, MarkFlag, MarkWas, MarkObsolete:
		return mark, comment[min(3, len(comment)):]
	}
	return NoMark, ""
}

// Line returns a comment with the mark.
func (m Mark) Line(rest string) string {
	if rest == "" {
		return "#" + string(m)
	}
	return "#" + string(m) + " " + rest
}

// isState reports whether a comment with the mark is state, which stands inside a table and nowhere else.
func (m Mark) isState() bool { return m == MarkFlag || m == MarkWas }
