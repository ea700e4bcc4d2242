package state

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// Fingerprint identifies the wording of one form: the first 8 hex digits of the SHA-256 of its
// text. Fingerprints are compared within one message ID only, so that 32 bits are enough.
type Fingerprint string

// Unknown is the fingerprint of a source text that nobody knows. It equals no text's, so that a
// fact with it as its source fits no source.
const Unknown Fingerprint = "-"

// FingerprintOf returns the fingerprint of a decoded text. Quoting, line ends, space at both ends,
// Unicode normalization and space inside the braces of a placeholder do not change it.
//
// A param goes by its oldest former name, so that renaming it makes no translation stale: oldest
// returns that name, or the name itself for a param that always had it. A nil oldest changes none.
func FingerprintOf(text string, oldest func(param string) string) Fingerprint {
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	text = strings.TrimSpace(norm.NFC.String(text))

	var buffer [256]byte // Most texts are shorter.
	plain, end := buffer[:0], 0
	placeholders, _ := pattern.Placeholders(text)
	for _, p := range placeholders {
		name := p.Name
		if oldest != nil {
			name = oldest(name)
		}
		plain = append(plain, text[end:p.Start]...)
		plain = append(append(append(plain, "{{."...), name...), "}}"...)
		end = p.End
	}
	plain = append(plain, text[end:]...)
	sum := sha256.Sum256(plain)
	return Fingerprint(hex.EncodeToString(sum[:4]))
}

// Mark qualifies a fact.
type Mark string

const (
	// Plain is a fact without a mark: the form is good for its source.
	Plain Mark = ""
	// ForReview says that somebody should look at the form first. A plain fact for the same two
	// fingerprints outranks it.
	ForReview Mark = "review"
	// Rejected says that a reviewer refused the form. It outranks every other fact for the same two
	// fingerprints; only editing the form, or its source, leads on.
	Rejected Mark = "rejected"
)

// Fact says that a form of a text is good for a form of its source text. It is comparable.
type Fact struct {
	ID     string          // the message ID, such as OUT_OF_STOCK.detail
	Form   plural.Category // the form of the translation
	Text   Fingerprint     // of the form
	Source Fingerprint     // of the source form; Unknown fits none
	Mark   Mark
}

// emptied returns the line that says that a text is empty and is known to be. It is about no
// form's wording, and the only line that goes again: when the text is back.
func emptied(id string) Fact {
	return Fact{ID: id, Form: plural.Other, Text: Unknown, Source: Unknown}
}

func compareFacts(a, b Fact) int {
	if a.ID != b.ID {
		return strings.Compare(a.ID, b.ID)
	}
	return cmp.Or(
		cmp.Compare(a.Form, b.Form),
		cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.Mark, b.Mark),
	)
}

// Set is what one lock file holds: a header, and facts in no order. The zero Set is empty and ready
// for use. A Set must not be changed while others use it.
type Set struct {
	Header Header
	facts  map[string][]Fact // by ID, sorted
	n      int               // how many there are
}

// Add adds facts. Those that are there already change nothing.
func (s *Set) Add(facts ...Fact) {
	s.own(slices.Clone(facts))
}

// own is Add for a slice that becomes the set's. It takes the facts about one ID at a time, since
// a file may have all of its facts about one.
func (s *Set) own(facts []Fact) {
	slices.SortFunc(facts, compareFacts)
	facts = slices.Compact(facts)
	if s.facts == nil {
		ids := 0
		for i := range facts {
			if i == 0 || facts[i].ID != facts[i-1].ID {
				ids++
			}
		}
		s.facts = make(map[string][]Fact, ids)
	}
	for len(facts) > 0 {
		id, n := facts[0].ID, 1
		for n < len(facts) && facts[n].ID == id {
			n++
		}
		old, of := s.facts[id], facts[:n:n]
		if len(old) > 0 {
			of = slices.Concat(old, of)
			slices.SortFunc(of, compareFacts)
			of = slices.Compact(of)
		}
		s.facts[id] = of
		s.n += len(of) - len(old)
		facts = facts[n:]
	}
}

// Has reports whether the set holds the fact. A nil Set holds none.
func (s *Set) Has(f Fact) bool {
	if s == nil {
		return false
	}
	_, has := slices.BinarySearchFunc(s.facts[f.ID], f, compareFacts)
	return has
}

// Of returns the facts about one ID, sorted. A nil Set has none. The slice is the set's own and
// must not be changed.
func (s *Set) Of(id string) []Fact {
	if s == nil {
		return nil
	}
	return s.facts[id]
}

// IDs returns every ID that the set has facts about, sorted.
func (s *Set) IDs() []string { return slices.Sorted(maps.Keys(s.facts)) }

// All returns every fact, sorted.
func (s *Set) All() iter.Seq[Fact] {
	return func(yield func(Fact) bool) {
		for _, id := range s.IDs() {
			for _, f := range s.facts[id] {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// Len returns the number of facts.
func (s *Set) Len() int { return s.n }

// Recall adds what an earlier version of the set has and s has lost about the IDs for which wanted
// returns true: the facts about a wording that s has none about, which would otherwise count as
// new, and rejections. It reports whether there are any.
//
// Other facts about a wording that s knows stay away: a revert may have taken an acceptance back.
// So nothing that is recalled makes a translation better than s says it is.
func (s *Set) Recall(earlier *Set, wanted func(id string) bool) (changed bool) {
	var lost []Fact
	for id, facts := range earlier.facts {
		if !wanted(id) {
			continue
		}
		for _, f := range facts {
			known := slices.ContainsFunc(s.facts[id], func(g Fact) bool {
				return g.Form == f.Form && g.Text == f.Text
			})
			if f != emptied(id) && (!known || f.Mark == Rejected && !s.Has(f)) {
				lost = append(lost, f)
			}
		}
	}
	s.Add(lost...)
	return len(lost) > 0
}

// Rename gives facts the ID that rename returns for theirs, and reports whether any changes. It is
// called with every run, since a former name comes back with each branch that still uses it.
func (s *Set) Rename(rename func(id string) string) (changed bool) {
	var renamed []Fact
	for id, facts := range s.facts {
		if to := rename(id); to != id {
			for _, f := range facts {
				f.ID = to
				renamed = append(renamed, f)
			}
			s.delete(id)
		}
	}
	s.Add(renamed...)
	return len(renamed) > 0
}

func (s *Set) delete(id string) {
	s.n -= len(s.facts[id])
	delete(s.facts, id)
}

// Prune deletes all that is known about the IDs for which gone returns true.
func (s *Set) Prune(gone func(id string) bool) {
	for id := range s.facts {
		if gone(id) {
			s.delete(id)
		}
	}
}

// Missing returns the texts that were translated when the set was last settled and for which
// present returns false now, sorted, and how many were translated then. A text is present if one of
// its forms is not empty and Go declares it, or if it was obsolete before this run.
func (s *Set) Missing(present func(id string) bool) (missing []string, known int) {
	for id, facts := range s.facts {
		there := present(id)
		if slices.Contains(facts, emptied(id)) {
			continue
		}
		if known++; !there {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	return missing, known
}

// Shrinks reports whether so many texts are missing at once that it is probably a mistake: at least
// 3, and more than a third of those known.
func Shrinks(missing, known int) bool { return missing >= 3 && 3*missing > known }

// Settle writes down which texts are missing, so that they do not count as missing at once in the
// next run, and reports whether that changes anything. Their facts stay: a text that comes back is
// as good as it was.
func (s *Set) Settle(present func(id string) bool) (changed bool) {
	for id := range s.facts {
		changed = s.SettleOne(id, present(id)) || changed
	}
	return changed
}

// SettleOne is [Set.Settle] for one text.
func (s *Set) SettleOne(id string, present bool) (changed bool) {
	facts, line := s.facts[id], emptied(id)
	i, has := slices.BinarySearchFunc(facts, line, compareFacts)
	switch {
	case present && has:
		if s.facts[id] = slices.Delete(slices.Clone(facts), i, i+1); len(s.facts[id]) == 0 {
			delete(s.facts, id)
		}
		s.n--
	case !present && !has && len(facts) > 0:
		s.Add(line)
	default:
		return false
	}
	return true
}

// Replace gives the set other facts about an ID, as it had before they were added by mistake.
func (s *Set) Replace(id string, facts []Fact) {
	s.delete(id)
	s.Add(facts...)
}

// SourceFacts returns the facts of a text in the source locale's file, which is its own source.
func SourceFacts(id string, forms Forms, oldest func(string) string) []Fact {
	var facts []Fact
	for form := range forms.categories() {
		f := FingerprintOf(forms[form], oldest)
		facts = append(facts, Fact{ID: id, Form: form, Text: f, Source: f})
	}
	return facts
}
