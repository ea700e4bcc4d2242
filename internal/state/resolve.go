package state

import (
	"crypto/sha1"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/plural"
)

// Forms are the decoded texts of one message, by category. An empty text counts as absent.
type Forms [plural.NumCategories]string

// set returns the categories whose text is not empty.
func (f Forms) set() (set plural.Set) {
	for form, text := range f {
		if strings.TrimSpace(text) != "" {
			set |= plural.SetOf(plural.Category(form))
		}
	}
	return set
}

func (f Forms) categories() iter.Seq[plural.Category] { return f.set().All() }

// Lines are source texts that a table shows, by the form that each line names. A merge can leave
// several lines for one form.
type Lines map[plural.Category][]string

// set returns the categories that have a line.
func (l Lines) set() (set plural.Set) {
	for form, texts := range l {
		if len(texts) > 0 {
			set |= plural.SetOf(form)
		}
	}
	return set
}

// SourceForm returns the form of the source text that a form translates: the same category, else
// other, else many, else the first that there is. It returns false if there is none.
func SourceForm(source plural.Set, form plural.Category) (plural.Category, bool) {
	for _, c := range []plural.Category{form, plural.Other, plural.Many} {
		if source.Has(c) {
			return c, true
		}
	}
	for c := range source.All() {
		return c, true
	}
	return plural.Other, false
}

// State says how far a text, or one of its forms, can be trusted. A smaller one is worse.
type State uint8

const (
	// Missing is the state of a form that is empty or absent.
	Missing State = iota
	// Stale is the state of a form that is not known to be good for the source text as it is now.
	Stale
	// Review is the state of a form that somebody should look at before it counts as translated.
	Review
	// Translated is the state of a form that is good for the source text as it is now.
	Translated
)

// String returns "missing", "stale", "review" or "translated".
func (s State) String() string {
	return [...]string{"missing", "stale", "review", "translated"}[min(s, Translated)]
}

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
	Before Forms // the text in the source locale's file before this run, S₀; zero if it has none

	// What the table shows.
	Flag     Flag
	Shown    Lines // "#." lines: the source text when the table was written
	Previous Lines // "#|" lines: the source text that the translation was made from

	// Mark is that of a wording that nobody has seen before: ForReview if a text that was written
	// since the last run is to be reviewed.
	Mark Mark

	// Oldest returns the oldest former name of a param; see [FingerprintOf]. It may be nil.
	Oldest func(param string) string
	// Past returns what earlier versions of the state knew about this ID, such as from git's history.
	// It may be nil, and is asked only about a wording without a fact.
	Past func() []Fact
	// Older returns a source text of this ID by its fingerprint, such as from git's history. It may
	// be nil, and is asked only for a stale form whose source text nothing else knows.
	Older func(Fingerprint) (string, bool)
}

// Result is what [Resolve] finds out about one text.
type Result struct {
	// State is that of the worst form, Missing included. A text without forms of which none is
	// asked is Translated.
	State State
	// Forms are the states of the forms that are there or asked for.
	Forms map[plural.Category]State
	// New are the facts to add.
	New []Fact

	// Flag is the "#," line to show: that of the worst form that is not missing. It is never
	// FlagOK: that line goes when it is read.
	Flag Flag
	// Previous are the "#|" lines to show, by form of the source text.
	Previous Forms
}

// Resolve finds the state of a text. The facts are those of its locale; written is the state of the
// source locale, which names every source text that was ever written. Either may be nil. Resolve
// changes neither: the caller adds the new facts.
func Resolve(facts, written *Set, t *Text) Result {
	result := Result{State: Translated, Forms: make(map[plural.Category]State)}
	worst := Translated                              // of the forms that are not missing
	stale := make(map[plural.Category][]Fingerprint) // the source texts they are good for
	there := t.Forms.set()
	for form := range (t.Asked | there).All() {
		if !there.Has(form) {
			result.Forms[form], result.State = Missing, Missing
			continue
		}
		wording := t.fingerprint(t.Forms[form])
		known := ofWording(facts.Of(t.ID), form, wording)
		if len(known) == 0 && t.Past != nil {
			known = ofWording(t.Past(), form, wording)
			result.New = append(result.New, known...)
		}
		if len(known) == 0 || t.Flag == FlagOK {
			f := Fact{ID: t.ID, Form: form, Text: wording, Source: t.madeFrom(form, written)}
			if t.Flag != FlagOK {
				f.Mark = t.Mark
			}
			if !slices.Contains(known, f) {
				known = append(known, f)
				result.New = append(result.New, f)
			}
		}
		state := judge(known, t.source(form))
		if state == Stale {
			for _, f := range known {
				stale[form] = append(stale[form], f.Source)
			}
		}
		result.Forms[form] = state
		result.State, worst = min(result.State, state), min(worst, state)
	}
	switch worst {
	case Stale:
		result.Flag = FlagStale
	case Review:
		result.Flag = FlagReview
	}
	result.Previous = t.previous(stale)
	return result
}

// ofWording returns the facts about one wording of a form.
func ofWording(facts []Fact, form plural.Category, wording Fingerprint) []Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f Fact) bool {
		return f.Form != form || f.Text != wording
	})
}

// judge returns the state of a form from what is known of its wording.
func judge(known []Fact, source Fingerprint) State {
	state := Stale
	for _, f := range known {
		switch {
		case f.Source != source || source == Unknown:
		case f.Mark == Rejected:
			return Stale
		case f.Mark == ForReview:
			state = max(state, Review)
		default:
			state = Translated
		}
	}
	return state
}

// madeFrom returns the source text that a form is good for which is new or edited, or which its
// translator confirms.
func (t *Text) madeFrom(form plural.Category, written *Set) Fingerprint {
	now, shown, before := t.source(form), t.shown(form), t.before(form, written)
	flagged := t.Flag == FlagStale || t.Flag == FlagReview || t.Previous.set() != 0
	unexplained := func(f Fingerprint) bool { return !slices.Contains(before, f) }
	switch {
	case t.Flag == FlagOK && len(shown) > 0:
		return onlyOne(shown)
	case t.Flag != FlagOK && flagged && slices.ContainsFunc(shown, unexplained):
		// A translator who edits a text may leave its flag, which says nothing then. But a table that
		// shows another source text than the last run wrote comes from elsewhere, and its flag may
		// be about this very wording.
		return Unknown
	case len(shown) > 0 && onlyOne(shown) != now:
		return onlyOne(shown)
	case len(before) > 0:
		return onlyOne(slices.Concat(shown, before))
	}
	return now
}

// onlyOne returns the source text that a translator saw: that of which all candidates are. Which
// one of several it was is Unknown; a guess could come true with a later change of the source.
func onlyOne(candidates []Fingerprint) Fingerprint {
	if slices.Min(candidates) != slices.Max(candidates) {
		return Unknown
	}
	return candidates[0]
}

func (t *Text) fingerprint(text string) Fingerprint { return FingerprintOf(text, t.Oldest) }

// source returns the fingerprint of the source text in Go that a form translates.
func (t *Text) source(form plural.Category) Fingerprint {
	if c, ok := SourceForm(t.Source.set(), form); ok {
		return t.fingerprint(t.Source[c])
	}
	return Unknown
}

// shown returns the fingerprints of the source texts that the table shows for a form.
func (t *Text) shown(form plural.Category) (shown []Fingerprint) {
	c, _ := SourceForm(t.Shown.set(), form)
	for _, text := range t.Shown[c] {
		shown = append(shown, t.fingerprint(text))
	}
	return shown
}

// before returns the fingerprint of the source text before this run: the one in the source locale's
// file. If its state knows the text, but not so, the file was edited by hand, and every text that
// the state knows is possible.
func (t *Text) before(form plural.Category, written *Set) (texts []Fingerprint) {
	var set plural.Set
	for _, f := range written.Of(t.ID) {
		set |= plural.SetOf(f.Form)
	}
	if c, ok := SourceForm(t.Before.set(), form); ok {
		f := t.fingerprint(t.Before[c])
		if set == 0 || written.Has(Fact{ID: t.ID, Form: c, Text: f, Source: f}) {
			return []Fingerprint{f}
		}
	}
	c, _ := SourceForm(set, form)
	for _, f := range written.Of(t.ID) {
		if f.Form == c {
			texts = append(texts, f.Text)
		}
	}
	return texts
}

// previous returns the "#|" lines for the stale forms and the source texts that they were made
// from: the lines that the table has, as far as they fit; and for a form that none of them fits,
// what a source text shows that is at hand, or what Older finds.
func (t *Text) previous(stale map[plural.Category][]Fingerprint) Forms {
	var lines Forms
	fits := func(form plural.Category, text string) bool {
		f := t.fingerprint(text)
		return f != t.source(form) && slices.Contains(stale[form], f)
	}
	explained := func(form plural.Category) bool {
		for _, text := range lines {
			if fits(form, text) {
				return true
			}
		}
		return false
	}
	forms := slices.Sorted(maps.Keys(stale))
	show := func(c plural.Category, text string, keep bool) {
		for _, form := range forms {
			if lines[c] == "" && fits(form, text) && (keep || !explained(form)) {
				lines[c] = text
			}
		}
	}
	for c := range plural.Category(plural.NumCategories) {
		for _, text := range t.Previous[c] {
			show(c, text, true)
		}
	}
	for c := range plural.Category(plural.NumCategories) {
		show(c, t.Before[c], false)
		for _, text := range t.Shown[c] {
			show(c, text, false)
		}
		show(c, t.Source[c], false)
	}
	for _, form := range forms {
		c, _ := SourceForm(t.Source.set(), form)
		for _, f := range stale[form] {
			if t.Older == nil || lines[c] != "" || explained(form) {
				continue
			}
			if text, ok := t.Older(f); ok {
				show(c, text, false)
			}
		}
	}
	return lines
}

// FactsFor returns the facts that say that all forms of a text were made from a source text. It is
//
//   - with t.Source and Plain, what accepting a text means, and adopting one;
//   - with t.Source and ForReview, a draft that is taken over, or an adopted text whose go-i18n
//     hash does not fit;
//   - with t.Source and Rejected, what rejecting a text means;
//   - with an older source text, an import made from that.
//
// A form for which the source text has none gets Unknown as its source.
func (t *Text) FactsFor(source Forms, mark Mark) []Fact {
	var facts []Fact
	for form := range t.Forms.categories() {
		f := Fact{ID: t.ID, Form: form, Text: t.fingerprint(t.Forms[form]), Mark: mark}
		if c, ok := SourceForm(source.set(), form); ok {
			f.Source = t.fingerprint(source[c])
		}
		facts = append(facts, f)
	}
	return facts
}

// HashFits reports whether the hash that go-i18n writes beside a translation is that of the source
// text with this description.
func HashFits(hash, description, other string) bool {
	return hash == fmt.Sprintf("sha1-%x", sha1.Sum([]byte(description+other)))
}
