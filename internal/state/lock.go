package state

import (
	"bytes"
	"cmp"
	"fmt"

	"github.com/errlingo/errlingo/internal/diag"
)

// Version is the version of the format that this package reads and writes.
const Version = 2

// Role says what a locale file is for. A greater role is stronger.
type Role uint8

const (
	// NoRole is the role of a file whose state has no header.
	NoRole Role = iota
	// Variant is the role of a sparse file that says only what differs from its parent. Nothing is
	// missing in it.
	Variant
	// Target is the role of a file that translators fill.
	Target
	// Source is the role of the file that follows Go.
	Source
)

// Header is the first line of a lock file.
type Header struct {
	Domain  string
	Role    Role
	Parent  string // the locale that a Variant differs from; else empty
	Overlay string // import path of the package whose domain the folder translates; else empty
}

// stronger returns the header that counts of two: the one with the stronger role; of two with the
// same role, an overlay's; and else the one that sorts first, so that the order of lines means
// nothing.
func (h Header) stronger(other Header) Header {
	panic("TODO")
}

// String returns the header as the line of a lock file, such as
//
//	errlingo 2 state shop target
//	errlingo 2 state shop variant of de
//	errlingo 2 state standard target overlay of github.com/errlingo/errlingo/catalog
func (h Header) String() string { panic("TODO") }

// The rules that a line of a lock file can break.
const (
	RuleSyntax  = "state-syntax"
	RuleVersion = "state-version"
	RuleDomain  = "state-domain"
)

// Parse reads a lock file, which the findings call by file. The order of lines, doubled lines,
// several headers, conflict markers, CRLF and a byte-order mark mean nothing: every line counts.
//
// A line that cannot be read is a finding, and so is a version that is higher than [Version], which
// ends the reading. The Set holds what could be read; it is never nil. A file with findings must
// not be rewritten.
func Parse(file string, src []byte) (*Set, diag.List) { return new(Set), nil }

// Bytes returns the lock file: the header, and then every fact in a line of its own, sorted.
func (s *Set) Bytes() []byte { return nil }

// String returns the fact as the line of a lock file, such as
//
//	OUT_OF_STOCK.detail.other 5c6ce0b0 0b3a1c9d review
func (f Fact) String() string { return "" }

var _, _, _ = bytes.Cut, cmp.Or[int], fmt.Sprint
