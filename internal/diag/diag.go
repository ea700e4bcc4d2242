// Package diag holds findings about input: each has a position, a severity, a rule and, if known,
// how to fix it.
//
// A finding is an error, so that a list of them can be returned, joined and printed as any other
// error. Positions count lines and columns from 1, and columns count runes, as editors show them.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Severity says how serious a finding is. The zero value is Warning.
type Severity uint8

const (
	// Warning is for what deserves a look and stops nothing.
	Warning Severity = iota
	// Error is for what must be fixed before a release.
	Error
	// Off is for what is right in most projects: it is reported only if a run names the rule, and is
	// an error then.
	Off
)

// String returns "warning", "error" or "off".
func (s Severity) String() string { return [...]string{"warning", "error", "off"}[s] }

// Pos is a position in a file. The zero value is an unknown position.
type Pos struct {
	Line   int // counted from 1
	Column int // counted from 1, in runes
}

// Finding is what a rule found at one position of one file. [Rule.At] makes it.
type Finding struct {
	File     string // slash-separated, as the reader would type it; empty if it is not about a file
	Pos             // zero if it is about the whole file
	Severity Severity
	Rule     string // the rule's ID, such as "unknown-placeholder"
	Text     string // what is wrong: lower case, no full stop
	Hint     string // how to fix it, in words; may be empty
	Domain   string // the name of the domain that it is about; may be empty
	Fix      Fix    // how to fix it, as an edit
	Count    int    // how many findings it stands for, if that is more than one
}

// Fix is an edit of the finding's file that fixes what it is about: Old, which begins at At,
// becomes New. If At is zero, it is the first Old at or after the finding's position. The zero Fix
// means that no such edit is known.
type Fix struct {
	At       Pos
	Old, New string
}

// Error returns the finding in one line, such as
//
//	locales/de.toml:14:9: unknown placeholder {{.Itme}}
//
// The hint is not part of it; see [Finding.Detail].
func (f Finding) Error() string {
	if at := f.Position(); at != "" {
		return at + ": " + f.Text
	}
	return f.Text
}

// Position returns "file:line:column" or, as far as that is unknown, "file:line", "file" or "".
func (f Finding) Position() string {
	switch {
	case f.File == "":
		return ""
	case f.Line == 0:
		return f.File
	case f.Column == 0:
		return fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
}

// Detail returns Error's line and, if there is a hint, a second line with it.
func (f Finding) Detail() string {
	if f.Hint == "" {
		return f.Error()
	}
	return f.Error() + "\nhint: " + f.Hint
}

// List is a list of findings. As an error it prints each of them.
type List []Finding

// Error returns every finding with its hint, one after the other.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.Detail()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the findings one by one, for errors.As.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, f := range l {
		errs[i] = f
	}
	return errs
}

// Err returns the list as an error, and nil for an empty one.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Errors returns the findings whose severity is Error.
func (l List) Errors() List {
	var errs List
	for _, f := range l {
		if f.Severity == Error {
			errs = append(errs, f)
		}
	}
	return errs
}

// Count returns how many findings of a severity there are, including those that one finding stands
// for.
func (l List) Count(s Severity) int {
	n := 0
	for i := range l {
		if l[i].Severity == s {
			n += max(l[i].Count, 1)
		}
	}
	return n
}

// OfDomain names the domain in the findings that name none, and returns the list.
func (l List) OfDomain(name string) List {
	for i := range l {
		l[i].Domain = cmp.Or(l[i].Domain, name)
	}
	return l
}

// Sort orders the list by file, position, rule and text, so that two runs print the same.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Text, b.Text),
		)
	})
}

// RuleFailure is the rule of the finding that says why a command could not do what it was asked to.
var RuleFailure = Rule{ID: "failure", Severity: Error, Doc: "the command could not run"}

// RuleRead is the rule of findings about a file or folder that cannot be read.
var RuleRead = Rule{ID: "read", Severity: Error, Doc: "a file or folder cannot be read"}

// Unreadable returns the finding about a file or folder that cannot be read. If name is empty, it
// is the path that the error names.
func Unreadable(name string, err error) Finding {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		name, err = cmp.Or(name, pathError.Path), pathError
	}
	return RuleRead.At(name, Pos{}, "cannot be read: "+Reason(err), "")
}

// Reason returns what went wrong, without the operation and the path that errors of files begin
// with, since a finding has the path already.
func Reason(err error) string {
	switch e := err.(type) {
	case *fs.PathError:
		return Reason(e.Err)
	case *os.LinkError:
		return Reason(e.Err)
	case interface{ Unwrap() []error }:
		var all []string
		for _, one := range e.Unwrap() {
			all = append(all, Reason(one))
		}
		return strings.Join(all, "; ")
	}
	return err.Error()
}
