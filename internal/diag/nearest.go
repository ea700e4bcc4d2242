package diag

import "strings"

// Nearest returns the name that was probably meant by one that does not exist: the one that differs in the fewest
// characters, letter case apart, and in no more than a third of them. It returns "" where none is near. Of several that
// are as near, it is the first.
func Nearest(name string, known []string) string {
	best, limit := "", max(1, len([]rune(name))/3)
	for _, candidate := range known {
		if d := distance(strings.ToLower(name), strings.ToLower(candidate), limit); d <= limit {
			best, limit = candidate, d-1
		}
		if limit < 0 {
			break
		}
	}
	return best
}

// distance counts the characters to insert, remove, replace, or swap with their neighbour that make b of a (the optimal
// string alignment distance). What is above the limit is returned as limit+1.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if max(len(x)-len(y), len(y)-len(x)) > limit {
		return limit + 1
	}
	before, above, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(y)]
}
