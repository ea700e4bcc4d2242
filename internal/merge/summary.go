package merge

import (
	"fmt"
	"path"
	"strings"

	"github.com/errlingo/errlingo/internal/localefile"
)

// Summary counts the texts of one file.
type Summary struct {
	// The state of the texts after the plan. Texts is the sum of the four that follow.
	Texts, Translated, Missing, Stale, Review int

	Obsolete int // texts that stand in the file as obsolete after the plan

	// What the plan does.
	Added     int // texts put in: empty, or in the source locale's file with Go's text
	Rewritten int // texts of the source locale's file that change as they did in Go
	Parked    int // texts made obsolete
	Revived   int // obsolete texts that live again
	Moved     int // texts that get a table of their own
	Adopted   int // texts that are taken to be translations of today's source text, since nothing says otherwise
	Accepted  int // texts whose flags go because somebody vouches for them
	Pruned    int // obsolete texts that are deleted
}

// count counts a text with its state. The entry is that of the file, or nil. A variant need not have the text.
func (p *planner) count(id localefile.ID, state State, entry *localefile.Entry) {
	if p.role == variant && state == Missing {
		return
	}
	p.summary.Texts++
	switch state {
	case Missing:
		p.summary.Missing++
	case Translated:
		p.summary.Translated++
		return
	case Stale:
		p.summary.Stale++
	case Review:
		p.summary.Review++
	}
	text := Text{ID: id, State: state}
	if entry != nil {
		text.Pos = p.file.Doc.Pos(p.file.Doc.Items()[entry.Item].Span.Start)
	}
	p.left = append(p.left, text)
}

// String returns the summary of the file in one line, such as
//
//	de.toml: 3 missing, 1 stale, 0 obsolete; 2 texts moved to tables of their own
func (f *FilePlan) String() string {
	s := &f.Summary
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d missing, %d stale, %d obsolete", path.Base(f.Name), s.Missing, s.Stale, s.Obsolete)
	if s.Review > 0 {
		fmt.Fprintf(&b, ", %d to review", s.Review)
	}
	for _, note := range []struct {
		n    int
		what string
	}{
		{s.Added, "added"},
		{s.Rewritten, "changed as in Go"},
		{s.Parked, "made obsolete"},
		{s.Revived, "brought back"},
		{s.Moved, "moved to tables of their own"},
		{s.Adopted, "taken over as translated"},
		{s.Accepted, "accepted"},
		{s.Pruned, "deleted"},
	} {
		switch {
		case note.n == 1:
			fmt.Fprintf(&b, "; 1 text %s", strings.Replace(note.what, "tables of their own", "a table of its own", 1))
		case note.n > 1:
			fmt.Fprintf(&b, "; %d texts %s", note.n, note.what)
		}
	}
	return b.String()
}
