package diag

import "strconv"

// How much is said about one file: nobody reads more, and a file may hold anything.
const (
	MaxFindings = 100 // of one file that are listed; the others are counted
	MaxQuoted   = 80  // characters of a text that a finding quotes
)

// Quote quotes text from a file for a finding, in the manner of %q, and cuts it with [Cut].
func Quote(s string) string { return strconv.Quote(Cut(s)) }

// Cut returns the first [MaxQuoted] characters of a text, and an ellipsis if there are more.
func Cut(s string) string { return CutTo(s, MaxQuoted) }

// CutTo returns the first characters of a text, and an ellipsis if there are more.
func CutTo(s string, characters int) string {
	n := 0
	for i := range s {
		if n == characters {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
