package state

import (
	"iter"
	"strings"

	"github.com/errlingo/errlingo/internal/plural"
)

// Forms are the decoded texts of one message, by category. An empty one is as good as an absent
// one.
type Forms map[plural.Category]string

// categories returns the categories whose text is not empty, in CLDR's order.
func (f Forms) categories() iter.Seq[plural.Category] {
	var set plural.Set
	for form, text := range f {
		if strings.TrimSpace(text) != "" {
			set |= plural.SetOf(form)
		}
	}
	return set.All()
}

// SourceForm returns the form of the source text that a form translates: the same category, else
// other, else many, else the first that there is. It returns false if there is none.
func SourceForm(source plural.Set, form plural.Category) (plural.Category, bool) { return 0, false }

// State says how far a text, or one of its forms, can be trusted. A smaller one is worse.
type State uint8

const (
	// Missing is the state of a form that is empty or absent.
	Missing State = iota
	// Stale is the state of a form that is good for no source text as it is now.
	Stale
	// Review is the state of a form that somebody should look at before it counts as translated.
	Review
	// Translated is the state of a form that is good for the source text as it is now.
	Translated
)

// Flag is what a table's "#," line says.
type Flag uint8

const (
	// NoFlag is a table without such a line.
	NoFlag Flag = iota
	// FlagStale is "#, stale".
	FlagStale
	// FlagReview is "#, review".
	FlagReview
	// FlagOK is "#, ok", with which a translator confirms a text as it is.
	FlagOK
)

// Text is what is known of one text of a locale: its table, and the source text in Go and before
// this run.
type Text struct {
	ID    string
	Forms Forms      // the translation, T
	Asked plural.Set // the categories that the file should have; none in a variant

	Source Forms // the source text in Go, S
	Before Forms // the text in the source locale's file before this run, S₀; nil if it has none

	// What the table shows, by the form that the line names. A merge can leave several lines for
	// one form.
	Flag     Flag
	Shown    map[plural.Category][]string // "#." lines: the source text when the table was written
	Previous map[plural.Category][]string // "#|" lines: the source text of the translation

	// Oldest returns the oldest former name of a param; see [FingerprintOf]. It may be nil.
	Oldest func(param string) string
	// Older returns a source text of this ID by its fingerprint, such as from git's history. It may
	// be nil, and is asked only for a stale form whose source text nothing else knows.
	Older func(Fingerprint) (string, bool)
}

// Result is what [Resolve] finds out about one text.
type Result struct {
	// State is that of the worst form, Missing included. A text without forms of which none is asked
	// is Translated.
	State State
	// Forms are the states of the forms that are there or asked for.
	Forms map[plural.Category]State
	// New are the facts to add, sorted.
	New []Fact

	// Flag is the "#," line to show: that of the worst form that is not missing. It is never FlagOK:
	// that line goes when it is read.
	Flag Flag
	// Previous are the "#|" lines to show, by form of the source text.
	Previous Forms
}

// Resolve finds the state of a text. The facts are those of its locale, and source is the state of
// the source locale, which names the source texts that were ever written; either may be nil. It
// changes neither: the caller adds the new facts.
func Resolve(facts, source *Set, t *Text) Result { return Result{} }

// FactsFor returns the facts that say that all forms of a text were made from a source text. It is
//
//   - with t.Source and Plain, what accepting a text means, and adopting one;
//   - with t.Source and ForReview, a draft that is taken over, or an adopted text whose go-i18n hash
//     does not fit;
//   - with t.Source and Rejected, what rejecting a text means;
//   - with an older source text, an import made from that.
//
// A form for which the source text has none gets Unknown as its source.
func (t *Text) FactsFor(source Forms, mark Mark) []Fact { return nil }

// HashFits reports whether the hash that go-i18n writes beside a translation is that of the source
// text with this description.
func HashFits(hash, description, other string) bool { return false }
