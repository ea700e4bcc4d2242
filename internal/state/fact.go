package state

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// Fingerprint identifies the wording of one form: the first 8 hex digits of the SHA-256 of its
// text. Fingerprints are compared within one message ID only, so that 32 bits are enough. The zero
// value is Unknown.
type Fingerprint uint64

// Unknown is the fingerprint of a source text that nobody knows. It equals no text's, so that a
// fact with it as its source fits no source.
const Unknown Fingerprint = 0

// isKnown is set in the fingerprint of every text, so that none of them is Unknown.
const isKnown Fingerprint = 1 << 32

// String returns the 8 digits, and "-" for Unknown.
func (f Fingerprint) String() string {
	if f == Unknown {
		return "-"
	}
	return fmt.Sprintf("%08x", uint32(f))
}

// parseFingerprint reads what [Fingerprint.String] returns.
func parseFingerprint(s string) (f Fingerprint, ok bool) {
	if s == Unknown.String() {
		return Unknown, true
	}
	if len(s) != 8 {
		return Unknown, false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			f = f<<4 | Fingerprint(c-'0')
		case 'a' <= c && c <= 'f':
			f = f<<4 | Fingerprint(c-'a'+10)
		default:
			return Unknown, false
		}
	}
	return f | isKnown, true
}

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
	if !isASCII(text) {
		text = norm.NFC.String(text)
	}
	text = strings.TrimSpace(text)

	var buffer [256]byte // Most texts are shorter.
	plain, end := buffer[:0], 0
	for p, found := pattern.Next(text, 0); found; p, found = pattern.Next(text, p.End) {
		name := p.Name
		if name == "" {
			continue
		}
		if oldest != nil {
			name = oldest(name)
		}
		plain = append(plain, text[end:p.Start]...)
		plain = append(append(append(plain, "{{."...), name...), "}}"...)
		end = p.End
	}
	plain = append(plain, text[end:]...)
	sum := sha256.Sum256(plain)
	return isKnown | Fingerprint(binary.BigEndian.Uint32(sum[:]))
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Mark qualifies a fact.
type Mark uint8

const (
	// Plain is a fact without a mark: the form is good for its source.
	Plain Mark = iota
	// Rejected says that a reviewer refused the form. It outranks every other fact for the same two
	// fingerprints; only editing the form, or its source, leads on.
	Rejected
	// ForReview says that somebody should look at the form first. A plain fact for the same two
	// fingerprints outranks it.
	ForReview
)

// String returns the word behind a fact with the mark: "", "rejected" or "review".
func (m Mark) String() string { return [...]string{"", "rejected", "review"}[min(m, ForReview)] }

// Fact says that a form of a text is good for a form of its source text. It is comparable.
type Fact struct {
	ID     string          // the message ID, such as OUT_OF_STOCK.detail
	Text   Fingerprint     // of the form
	Source Fingerprint     // of the source form; Unknown fits none
	Form   plural.Category // the form of the translation
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
	read   []Fact            // as a file had them, sorted
	other  map[string][]Fact // in their place, by ID: the facts of the IDs that changed, sorted
	n      int               // how many there are
}

// Add adds facts. Those that are there already change nothing.
func (s *Set) Add(facts ...Fact) {
	sorted := slices.Clone(facts)
	slices.SortFunc(sorted, compareFacts)
	for len(sorted) > 0 { // A file may have all of its facts about one ID.
		of := about(sorted)
		s.replace(of[0].ID, slices.Concat(s.Of(of[0].ID), of))
		sorted = sorted[len(of):]
	}
}

// take makes the facts those of an empty set.
func (s *Set) take(facts []Fact) {
	if !slices.IsSortedFunc(facts, compareFacts) {
		slices.SortFunc(facts, compareFacts)
	}
	s.read = slices.Compact(facts)
	s.n = len(s.read)
}

// about returns those of sorted facts that are about the first one's ID.
func about(facts []Fact) []Fact {
	n := 1
	for n < len(facts) && facts[n].ID == facts[0].ID {
		n++
	}
	return facts[:n:n]
}

// replace makes these the facts about an ID.
func (s *Set) replace(id string, facts []Fact) {
	slices.SortFunc(facts, compareFacts)
	facts = slices.Compact(facts)
	s.n += len(facts) - len(s.Of(id))
	if s.other == nil {
		s.other = map[string][]Fact{}
	}
	s.other[id] = facts
}

// Has reports whether the set holds the fact. A nil Set holds none.
func (s *Set) Has(f Fact) bool { return slices.Contains(s.Of(f.ID), f) }

// Of returns the facts about one ID, sorted. A nil Set has none. The slice is the set's own and
// must not be changed.
func (s *Set) Of(id string) []Fact {
	if s == nil {
		return nil
	}
	if facts, changed := s.other[id]; changed {
		return facts
	}
	i, found := slices.BinarySearchFunc(s.read, id,
		func(f Fact, id string) int { return strings.Compare(f.ID, id) })
	if !found {
		return nil
	}
	return about(s.read[i:])
}

// ByID yields every ID that the set has facts about with these, sorted. The facts about an ID may
// be changed while it is yielded.
func (s *Set) ByID() iter.Seq2[string, []Fact] {
	return func(yield func(string, []Fact) bool) {
		others, read := slices.Sorted(maps.Keys(s.other)), s.read
		for len(others) > 0 || len(read) > 0 {
			var id string
			var facts []Fact
			if len(others) == 0 || len(read) > 0 && read[0].ID < others[0] {
				facts = about(read)
				id, read = facts[0].ID, read[len(facts):]
			} else {
				id, others = others[0], others[1:]
				facts = s.other[id]
				if len(read) > 0 && read[0].ID == id {
					read = read[len(about(read)):]
				}
			}
			if len(facts) > 0 && !yield(id, facts) {
				return
			}
		}
	}
}

// All returns every fact, sorted.
func (s *Set) All() iter.Seq[Fact] {
	return func(yield func(Fact) bool) {
		for _, facts := range s.ByID() {
			for _, f := range facts {
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
	for id, facts := range earlier.ByID() {
		if !wanted(id) {
			continue
		}
		for _, f := range facts {
			known := slices.ContainsFunc(s.Of(id), func(g Fact) bool {
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
	for id, facts := range s.ByID() {
		if to := rename(id); to != id {
			for _, f := range facts {
				f.ID = to
				renamed = append(renamed, f)
			}
			s.replace(id, nil)
		}
	}
	s.Add(renamed...)
	return len(renamed) > 0
}

// Prune deletes all that is known about the IDs for which gone returns true.
func (s *Set) Prune(gone func(id string) bool) {
	for id := range s.ByID() {
		if gone(id) {
			s.replace(id, nil)
		}
	}
}

// Missing returns the texts that were translated when the set was last settled and for which
// present returns false now, sorted, and how many were translated then. A text is present if one of
// its forms is not empty and Go declares it, or if it was obsolete before this run. The function is
// called for sorted IDs, as that of [Set.Settle] is.
func (s *Set) Missing(present func(id string) bool) (missing []string, known int) {
	for id, facts := range s.ByID() {
		there := present(id)
		if slices.Contains(facts, emptied(id)) {
			continue
		}
		if known++; !there {
			missing = append(missing, id)
		}
	}
	return missing, known
}

// Shrinks reports whether so many texts are missing at once that it is probably a mistake: at least
// 3, and more than a third of those known.
func Shrinks(missing, known int) bool { return missing >= 3 && 3*missing > known }

// Settle writes down which texts are missing, so that they do not count as missing at once in the
// next run, and reports whether that changes anything. Their facts stay: a text that comes back is
// as good as it was.
func (s *Set) Settle(present func(id string) bool) (changed bool) {
	for id, facts := range s.ByID() {
		changed = s.settle(id, facts, present(id)) || changed
	}
	return changed
}

// SettleOne is [Set.Settle] for one text.
func (s *Set) SettleOne(id string, present bool) (changed bool) {
	return s.settle(id, s.Of(id), present)
}

// settle is SettleOne for a text about which the set has these facts.
func (s *Set) settle(id string, facts []Fact, present bool) (changed bool) {
	line := emptied(id)
	i := slices.Index(facts, line)
	switch {
	case present && i >= 0:
		s.replace(id, slices.Delete(slices.Clone(facts), i, i+1))
	case !present && i < 0 && len(facts) > 0:
		s.Add(line)
	default:
		return false
	}
	return true
}

// Replace gives the set other facts about an ID, as it had before they were added by mistake.
func (s *Set) Replace(id string, facts []Fact) { s.replace(id, slices.Clone(facts)) }

// SourceFacts returns the facts of a text in the source locale's file, which is its own source.
func SourceFacts(id string, forms Forms, oldest func(string) string) []Fact {
	var facts []Fact
	for form := range forms.categories() {
		f := FingerprintOf(forms[form], oldest)
		facts = append(facts, Fact{ID: id, Form: form, Text: f, Source: f})
	}
	return facts
}
