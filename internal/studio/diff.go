package studio

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordChange is a piece of a text that another one has as well, lacks or has in its place.
type wordChange struct {
	Op   string `json:"op"` // "same", "gone" or "new"
	Text string `json:"text"`
}

// maxCompared is how many pieces of a text are compared with those of another. Beyond that the
// whole text is shown as changed.
const maxCompared = 1000

// compareWords returns how one text becomes another one, word by word.
func compareWords(old, now string) []wordChange {
	a, b := pieces(old), pieces(now)
	if len(a) > maxCompared || len(b) > maxCompared {
		a, b = []string{old}, []string{now}
	}
	// common[i][j] is how many pieces a[i:] and b[j:] have in common, in their order.
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := range slices.Backward(a) {
		for j := range slices.Backward(b) {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var changes []wordChange
	add := func(op, text string) {
		if n := len(changes); n > 0 && changes[n-1].Op == op {
			changes[n-1].Text += text
		} else {
			changes = append(changes, wordChange{op, text})
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add("same", a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			add("gone", a[i])
			i++
		default:
			add("new", b[j])
			j++
		}
	}
	return changes
}

// pieces splits a text into words, placeholders, and what is between.
func pieces(text string) []string {
	var all []string
	for text != "" {
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
		if at := strings.Index(text, "}}"); strings.HasPrefix(text, "{{") && at > 0 {
			end = at + len("}}")
		} else if end < 0 {
			end = len(text)
		} else if end == 0 {
			_, end = utf8.DecodeRuneInString(text)
		}
		all, text = append(all, text[:end]), text[end:]
	}
	return all
}
