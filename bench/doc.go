// Package bench compares package errlingo with other libraries on the same texts. See README.md for
// how to run it, and for results.
package bench
