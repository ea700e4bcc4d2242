package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
)

// reason returns what went wrong without the operation and the path in front of it, which the finding has already.
func reason(err error) string {
	switch e := err.(type) {
	case *fs.PathError:
		return reason(e.Err)
	case *os.LinkError:
		return reason(e.Err)
	case interface{ Unwrap() []error }:
		var all []string
		for _, one := range e.Unwrap() {
			all = append(all, reason(one))
		}
		return strings.Join(all, "; ")
	}
	return err.Error()
}

// scanFault returns the error of reading Go source. What cannot be read is named as the reader would type it.
func (a *app) scanFault(err error, hint string) error {
	causes := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		causes = joined.Unwrap()
	}
	var list diag.List
	for _, cause := range causes {
		path, ok := errors.AsType[*fs.PathError](cause)
		if !ok {
			return fail(err.Error(), hint)
		}
		list = append(list, diag.Finding{File: a.display(path.Path), Severity: diag.Error, Rule: ruleFailure, Text: path.Err.Error(), Hint: a.wayOut(cause)})
	}
	return list
}

// wayOut returns a hint for an error that a file cannot be read or written for.
func (a *app) wayOut(err error) string {
	switch {
	case errors.Is(err, atomicfile.ErrChanged):
		return "run \"" + a.call() + "\" again"
	case errors.Is(err, atomicfile.ErrNotRegular):
		return "put the file itself in its place"
	case errors.Is(err, atomicfile.ErrReadOnly), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "make sure that you may read and write it"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "make room and run \"" + a.call() + "\" again"
	}
	return ""
}
