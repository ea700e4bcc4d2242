package merge

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
)

// FilePlan is what has to change in one file and in those that belong to it.
type FilePlan struct {
	Name   string
	Tag    language.Tag
	Role   state.Role
	Parent string // of a variant: the locale that it differs from

	Rewrite // of the locale file; the zero value for an unchanged one that has a Read
	// Meaning is how New differs from Old for those who read its values.
	Meaning localeedit.Meaning

	State    Rewrite // the zero value for an unchanged state of a file that has a Read
	HadState bool
	Obsolete Rewrite
	// Between is the obsolete file with what comes and still what goes, if there is both: a text must
	// not be out of one file before it is in the other.
	Between []byte
	Learned bool // the new state has facts that the old one has not
	// Blocked says that the file must not be written: a declaration that cannot be read may have the
	// texts that the plan removes.
	Blocked bool

	Summary Summary
	Taken   []Taken    // the forms that are taken over from Input.Import
	Left    []Text     // the texts that are not translated, in the domain's order
	Parked  []Obsolete // the obsolete texts, after the plan

	lost, known int // texts that are missing at once, and those that the file is known to have had
}

// Rewrite is a file with its new bytes, which are nil where there is no file.
type Rewrite struct {
	Old, New []byte
}

// Changed reports whether the file changes.
func (r Rewrite) Changed() bool {
	return (r.Old == nil) != (r.New == nil) || !bytes.Equal(r.Old, r.New)
}

// Text is a text of the domain in one locale.
type Text struct {
	ID    localefile.ID
	State state.State // after the plan
	Pos   diag.Pos    // in the file; zero for a text that is not there
}

// Obsolete is a text that the domain does not declare.
type Obsolete struct {
	ID    localefile.ID
	Pos   diag.Pos // in the file of obsolete texts as it is planned
	Moved bool     // it became obsolete with the plan
}

// MeansOther reports whether the new file says something else than the old one, comments apart.
func (f *FilePlan) MeansOther() bool { return len(f.Meaning.Gone)+len(f.Meaning.Come) > 0 }

// Shrinks reports whether at least 3 texts, and more than a third of those that the file is known
// to have had, are missing at once. That is more often a mistake than a change of mind. A variant
// never shrinks: it may have few texts or none.
func (f *FilePlan) Shrinks() (lost, known int, shrinks bool) {
	return f.lost, f.known, f.Role != state.Variant && state.Shrinks(f.lost, f.known)
}

// Summary counts the texts of one file.
type Summary struct {
	// The state of the texts after the plan. Texts is the sum of the four that follow.
	Texts, Translated, Missing, Stale, Review int

	// The forms that the texts shall have, and those of them that are not empty. A plural text of
	// which a form is missing is not complete, although it is served.
	Forms, Filled int

	Obsolete int // texts that are obsolete after the plan

	// What the plan does.
	Added     int // texts put in: empty, or in the source locale's file with Go's text
	Rewritten int // texts of the source locale's file that change as they did in Go
	Removed   int // texts that go: empty ones, and those of the source locale's file
	Parked    int // texts made obsolete
	Replaced  int // older obsolete texts that these replace
	Revived   int // obsolete texts that live again
	Renamed   int // texts whose code has another name
	Adopted   int // texts that are taken to be translations of Go's text, since the file had no state
	Recorded  int // translations that are new or edited
	Imported  int // texts that are taken over from a translator's file
	Confirmed int // texts that such a file says are right
	Accepted  int // texts that somebody confirms
	Rejected  int // texts that somebody refuses
	Pruned    int // obsolete texts that are deleted
}

// stateOf returns the state of a text: missing if it has no form at all, else that of its worst
// form that is there.
func stateOf(forms *localefile.Forms, r *state.Result) state.State {
	switch {
	case forms.Missing():
		return state.Missing
	case r.Flag == state.FlagStale:
		return state.Stale
	case r.Flag == state.FlagReview:
		return state.Review
	}
	return state.Translated
}

// count counts a text with its state. The entry is that of the file, or nil. A variant need not
// have the text, nor need any file have one for an exact zero.
func (p *planner) count(
	m *message, forms *localefile.Forms, r *state.Result, entry *localefile.Entry,
) {
	s := stateOf(forms, r)
	if s != state.Missing {
		p.translated[m.at] = true
	}
	if s == state.Missing && !requires(p.Role, m.Optional()) {
		return
	}
	if requires(p.Role, m.Optional()) {
		for c := range m.asked(p.Tag).All() {
			if p.Summary.Forms++; forms[c] != "" {
				p.Summary.Filled++
			}
		}
	}
	p.list(m.ID, s, entry)
}

// requires reports whether a file shall have a text.
func requires(role state.Role, optional bool) bool { return role != state.Variant && !optional }

// CountForms returns how many forms of a text [Summary] counts in a file, and how many of them are
// not empty.
func CountForms(role state.Role, t *exchange.Text) (forms, filled int) {
	if !requires(role, t.Optional) {
		return 0, 0
	}
	for _, f := range t.Forms {
		if forms++; f.Target != "" {
			filled++
		}
	}
	return forms, filled
}

func (p *planner) countMissing(m *message) {
	var none localefile.Forms
	p.count(m, &none, &state.Result{}, nil)
}

// list counts a text, and lists one that is not translated.
func (p *planner) list(id localefile.ID, s state.State, entry *localefile.Entry) {
	p.Summary.Texts++
	switch s {
	case state.Missing:
		p.Summary.Missing++
	case state.Translated:
		p.Summary.Translated++
		return
	case state.Stale:
		p.Summary.Stale++
	case state.Review:
		p.Summary.Review++
	}
	text := Text{ID: id, State: s}
	if entry != nil {
		text.Pos = p.live.Doc.Pos(p.live.Doc.Items()[entry.Item].Span().Start)
	}
	p.Left = append(p.Left, text)
}

// String returns the summary of the file in one line, such as
//
//	de.toml: 3 missing, 1 stale, 0 obsolete; 2 texts added
func (f *FilePlan) String() string {
	s := &f.Summary
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d missing, %d stale, %d obsolete", path.Base(f.Name), s.Missing, s.Stale,
		s.Obsolete)
	if s.Review > 0 {
		fmt.Fprintf(&b, ", %d to review", s.Review)
	}
	for _, note := range []struct {
		n    int
		what string
	}{
		{s.Added, "added"},
		{s.Rewritten, "updated from Go"},
		{s.Renamed, "renamed"},
		{s.Removed, "removed"},
		{s.Parked, "made obsolete"},
		{s.Replaced, "replaced among the obsolete texts"},
		{s.Revived, "brought back"},
		{s.Adopted, "adopted as translated"},
		{s.Recorded, "recorded as new or edited"},
		{s.Imported, "imported"},
		{s.Confirmed, "confirmed"},
		{s.Accepted, "accepted"},
		{s.Rejected, "rejected"},
		{s.Pruned, "deleted"},
	} {
		switch {
		case note.n == 1:
			fmt.Fprintf(&b, "; 1 text %s", note.what)
		case note.n > 1:
			fmt.Fprintf(&b, "; %d texts %s", note.n, note.what)
		}
	}
	return b.String()
}
