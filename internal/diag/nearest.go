package diag

import (
	"slices"
	"strings"
)

// Nearest returns the name that was probably meant by one that does not exist: the one that differs
// in the fewest characters, letter case apart, and in no more than a third of them. It returns ""
// where none is near. Of several that are as near, it is the first.
func Nearest(name string, known []string) string {
	wanted := []rune(strings.ToLower(name))
	best, limit := "", max(1, len(wanted)/3)
	var d distances
	for _, candidate := range known {
		if d := d.between(wanted, []rune(strings.ToLower(candidate)), limit); d <= limit {
			best, limit = candidate, d-1
		}
		if limit < 0 {
			break
		}
	}
	return best
}

// DidYouMean returns a hint with the name that [Nearest] returns, or the other one where none is
// near.
func DidYouMean(name string, known []string, otherwise string) string {
	if near := Nearest(name, known); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

// distances computes edit distances. It keeps the memory that this takes from one to the next.
type distances struct {
	before, above, row []int
}

// between counts the characters to insert, remove, replace, or swap with their neighbour that make
// y of x (the optimal string alignment distance). What is above the limit is returned as limit+1,
// and found out early.
func (d *distances) between(x, y []rune, limit int) int {
	if max(len(x)-len(y), len(y)-len(x)) > limit {
		return limit + 1
	}
	n := len(y) + 1
	for _, row := range []*[]int{&d.before, &d.above, &d.row} {
		*row = slices.Grow((*row)[:0], n)[:n]
	}
	before, above, row := d.before, d.above, d.row
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		before, above, row = above, row, before
		if least > limit+1 { // so that the row above is over the limit, too, to which a swap may go back
			return limit + 1
		}
	}
	return min(above[len(y)], limit+1)
}
