package lint

import (
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

const misunderstood = "this flag cannot be understood"

// The hints for a line of flags.
const (
	hintFlags = "the flags are \"#, stale\" and \"#, review\", each on a line of its own"
	hintFull  = "\"#, full\" is a flag of the whole file, and stands above its first table"
	hintTable = "put it inside the table of its text, below the head"
)

// flag takes note of a flag in the comment at item i, and reports one that is not understood.
func (r *remarkReader) flag(i int, comment string) {
	item := &r.file.Doc.Items()[i]
	switch mark, rest := localefile.MarkOf(comment); {
	case mark != localefile.MarkFlag:
		if meansFlag(comment) {
			r.reportFlag(item, misunderstood, hintFlags)
		}
	case isFull(rest):
		if item.Parent >= 0 { // below a header
			r.reportFlag(item, misunderstood, hintFull)
		}
	default:
		flag := localefile.ReadNotes([]string{comment}).Flags[0]
		if item.Kind == tomldoc.SideComment || flag.Name != localefile.FlagStale && flag.Name != localefile.FlagReview {
			r.reportFlag(item, misunderstood, hintFlags)
			return
		}
		r.note(i, flag)
	}
}

// note adds a flag to the text whose table it is in. State is inside a table, so that one directly above a header is of the
// table above, which nobody means who leaves a blank line in front of it.
func (r *remarkReader) note(i int, flag localefile.Flag) {
	r.index()
	items := r.file.Doc.Items()
	id, ok := r.tables[items[i].Table]
	if ok {
		r.update(id, func(text *remarks) { text.flags = append(text.flags, flag) })
	}
	if below := r.below(i); !ok || below < len(items) && items[below].Kind == tomldoc.Header && r.parted(i) {
		r.reportFlag(&items[i], "this flag stands outside of the table of a text", hintTable)
	}
}

// reportFlag reports a flag. The hint tells how to keep it, if it is inside the table of a text.
func (r *remarkReader) reportFlag(item *tomldoc.Item, says, hint string) {
	r.index()
	if _, ok := r.tables[item.Table]; ok {
		hint += "; " + allowHint(RuleFlag)
	}
	r.report(RuleFlag, item.Span.Start, says, hint)
}

// isFull reports whether what follows the mark is the flag of a file.
func isFull(rest string) bool { return strings.TrimSpace(rest) == localefile.FlagFull }

// meansFlag reports whether a comment without the mark of flags was most likely meant to have it, such as "#,stale".
func meansFlag(comment string) bool {
	rest, ok := strings.CutPrefix(comment, "#,")
	if !ok {
		return false
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
	return len(words) > 0 && slices.Contains([]string{localefile.FlagStale, localefile.FlagReview, localefile.FlagFull, "fuzzy"}, strings.ToLower(words[0]))
}
