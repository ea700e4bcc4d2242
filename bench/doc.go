// Package bench compares package errlingo with go-i18n and golang.org/x/text/message on the same
// texts. See README.md for how to run it, and for results.
package bench
