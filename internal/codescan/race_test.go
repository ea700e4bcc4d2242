//go:build race

package codescan_test

// The race detector makes everything slower, and takes memory for itself.
func init() { patience = 20 }
