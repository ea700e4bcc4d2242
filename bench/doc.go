// Package bench measures package errlingo side by side with go-i18n and golang.org/x/text/message,
// in one run and on the same texts. README.md says how to run it and what came out.
package bench
