package studio

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/errlingo/errlingo/internal/model"
)

// similarTexts finds source texts that have many words in common.
type similarTexts struct {
	words [][]int         // by message: its words, each once
	texts map[int][]int32 // by word: the messages that have it
	ids   map[string]int  // of words
}

// maxPostings is how common a word may be to say something about a text.
const maxPostings = 2000

func newSimilarTexts(messages []model.Message) *similarTexts {
	s := &similarTexts{texts: map[int][]int32{}, ids: map[string]int{}}
	for i := range messages {
		words := s.wordsOf(&messages[i])
		s.words = append(s.words, words)
		for _, w := range words {
			s.texts[w] = append(s.texts[w], int32(i))
		}
	}
	return s
}

// wordsOf returns the words of all forms of a text.
func (s *similarTexts) wordsOf(m *model.Message) []int {
	var words []int
	for _, form := range m.Text.Forms {
		for word := range strings.FieldsFuncSeq(strings.ToLower(form), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			id, known := s.ids[word]
			if !known {
				id = len(s.ids)
				s.ids[word] = id
			}
			words = append(words, id)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// to returns the messages that are most similar to message i: they have at least half of their
// words in common, and good returns true for them.
func (s *similarTexts) to(i, most int, good func(int) bool) []int {
	common := map[int]int{}
	for _, w := range s.words[i] {
		if len(s.texts[w]) > maxPostings {
			continue
		}
		for _, other := range s.texts[w] {
			common[int(other)]++
		}
	}
	delete(common, i)
	type match struct {
		message int
		share   float64
	}
	var found []match
	for other, n := range common {
		share := 2 * float64(n) / float64(len(s.words[i])+len(s.words[other]))
		if share >= 0.5 && good(other) {
			found = append(found, match{other, share})
		}
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.message, b.message))
	})
	var all []int
	for _, m := range found[:min(most, len(found))] {
		all = append(all, m.message)
	}
	return all
}
