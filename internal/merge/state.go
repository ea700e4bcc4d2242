package merge

import (
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/localefile"
)

// State is how far a text is translated. The zero value is Missing.
type State uint8

// The states. A text that is both stale and to be reviewed is Stale.
const (
	Missing    State = iota // there is no form, or every form is empty
	Translated              // made from today's source text
	Stale                   // made from an earlier source text, and still served
	Review                  // to be looked at by somebody, and still served
)

// String returns "missing", "translated", "stale" or "review".
func (s State) String() string {
	switch s {
	case Translated:
		return "translated"
	case Stale:
		return "stale"
	case Review:
		return "review"
	}
	return "missing"
}

// verdict is what a translation counts as, and what its table shall say about it.
type verdict struct {
	state   State
	lines   []string // the machine's lines of the table
	adopted bool     // its table had no such lines, and it is taken to be made from today's source text
}

// stateOf is the state of a text of which nothing but its forms is known.
func stateOf(forms *localefile.Forms) State {
	if forms.Missing() {
		return Missing
	}
	return Translated
}

// judge decides on a translation by its forms and the machine's lines that its table has. Where these do not say what the
// source text was, before does, unless it is nil.
func (m *message) judge(source language.Tag, forms *localefile.Forms, lines []string, before *localefile.Forms) verdict {
	if forms.Missing() || slices.Equal(lines, m.source) {
		return verdict{state: stateOf(forms), lines: m.source}
	}
	notes := localefile.ReadNotes(lines)
	v := verdict{state: Translated, lines: slices.Clip(m.source)}
	baseline := m.baseline(notes.Source, before)

	fingerprint := Fingerprint(forms)
	if standing(notes.Flags, localefile.FlagReview, fingerprint) {
		v.state = Review
		v.lines = append(v.lines, localefile.Flag{Name: localefile.FlagReview, Of: fingerprint}.Line())
	}
	var was []string
	if standing(notes.Flags, localefile.FlagStale, fingerprint) {
		oldest := oldest(&notes)
		if oldest == nil || !oldest.Forms.Equal(&m.forms) {
			v.state = Stale
		}
		if oldest != nil {
			was = oldest.Lines
		}
	} else if !baseline.Equal(&m.forms) {
		v.state = Stale
		named := baseline.Plural() || m.forms.Plural()
		was = localefile.SourceLines(localefile.MarkWas, source, &baseline, named)
	}
	if v.state == Stale {
		v.lines = append(v.lines, localefile.Flag{Name: localefile.FlagStale, Of: fingerprint}.Line())
	}
	v.adopted = len(lines) == 0 && v.state == Translated
	v.lines = append(v.lines, unknownFlags(notes.Flags)...)
	if v.state == Stale {
		v.lines = append(v.lines, was...)
	}
	return v
}

// baseline returns the source text that the translator saw. Of several, which only a merge leaves, it is the first that
// is not today's: it is better to look at a text once too often.
func (m *message) baseline(seen []localefile.Forms, before *localefile.Forms) localefile.Forms {
	for i := range seen {
		if !seen[i].Equal(&m.forms) {
			return seen[i]
		}
	}
	if len(seen) == 0 && before != nil {
		return *before
	}
	return m.forms
}

// standing reports whether a flag is set for the text as it is now.
func standing(flags []localefile.Flag, name, fingerprint string) bool {
	return slices.ContainsFunc(flags, func(f localefile.Flag) bool { return f.Name == name && f.For(fingerprint) })
}

// oldest returns the source text that a stale translation was made from. After a merge there may be several, and then one
// that is a "#." text as well was a step between.
func oldest(notes *localefile.Notes) *localefile.Was {
	for i := range notes.Was {
		between := slices.ContainsFunc(notes.Source, func(s localefile.Forms) bool { return s.Equal(&notes.Was[i].Forms) })
		if !between {
			return &notes.Was[i]
		}
	}
	if len(notes.Was) > 0 {
		return &notes.Was[0]
	}
	return nil
}

// accepted returns the machine's lines of a translation that somebody vouches for.
func (m *message) accepted(lines []string) []string {
	return append(slices.Clip(m.source), unknownFlags(localefile.ReadNotes(lines).Flags)...)
}

// unknownFlags returns the lines of flags that another program may have set.
func unknownFlags(flags []localefile.Flag) []string {
	var lines []string
	for _, f := range flags {
		if f.Name != localefile.FlagStale && f.Name != localefile.FlagReview {
			lines = append(lines, localefile.MarkFlag.Line(f.Text))
		}
	}
	return lines
}
