//go:build race

package errlingo_test

// With the race detector, the compiler inlines less, so more values escape.
func init() { moreAllocations = 5 }
