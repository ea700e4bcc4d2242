// Package ledger keeps the list of every code that a domain ever issued, and tells which changes of a code break what
// programs and people rely on.
//
// The file is plain text, one code a line, and sorted by number:
//
//	errlingo 1 domain shop
//	1187 OLD_NAME 400 - retired
//	1201 OUT_OF_STOCK 409 Item:string Left:int+
//
// It is meant to be merged line by line. docs/locale-file.md describes it for its users.
package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Name is the name of the ledger's file, which stands beside the locale files.
const Name = "codes.lock"

const (
	magic   = "errlingo 1 domain "
	retired = "retired"
	none    = "-" // no params, or no HTTP status
)

// Ledger is the content of a ledger. It is immutable. The zero value is the empty ledger of no domain.
type Ledger struct {
	file    string
	domain  string
	crlf    bool
	entries []Entry
	doubled []double
}

// Entry is a code as it was issued.
type Entry struct {
	Number  int
	Name    string
	HTTP    int // 0 for a code without a status
	Params  []Param
	Retired bool // it is declared no more, and its number and name are for no other code
	Line    int  // in the file, counted from 1; 0 if it does not stand there yet
}

// Param is a param of a code as it was issued.
type Param struct {
	Name   string
	Kind   string
	Public bool // it stands in responses, where programs read it
}

// Entries returns the codes, sorted by number. One number may have several: the code, and what it was called before. The
// slice is shared and must not be changed.
func (l *Ledger) Entries() []Entry { return l.entries }

// Bytes returns the ledger as a file, with the line ends of the file that it was read from.
func (l *Ledger) Bytes() []byte {
	var b strings.Builder
	b.WriteString(magic + l.domain + "\n")
	for i := range l.entries {
		b.WriteString(l.entries[i].String() + "\n")
	}
	text := b.String()
	if l.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

// String returns the entry as a line of the file.
func (e *Entry) String() string {
	status := none
	if e.HTTP != 0 {
		status = strconv.Itoa(e.HTTP)
	}
	words := []string{strconv.Itoa(e.Number), e.Name, status}
	for _, p := range e.Params {
		words = append(words, p.String())
	}
	if len(e.Params) == 0 {
		words = append(words, none)
	}
	if e.Retired {
		words = append(words, retired)
	}
	return strings.Join(words, " ")
}

// String returns the param as it stands in the file, such as "Left:int+".
func (p Param) String() string {
	if p.Public {
		return fmt.Sprintf("%s:%s+", p.Name, p.Kind)
	}
	return fmt.Sprintf("%s:%s", p.Name, p.Kind)
}

// issued is what is issued once: a number under a name.
type issued struct {
	number int
	name   string
}

func (e *Entry) id() issued { return issued{e.Number, e.Name} }

// param returns the param with the name, or nil.
func (e *Entry) param(name string) *Param {
	if i := slices.IndexFunc(e.Params, func(p Param) bool { return p.Name == name }); i >= 0 {
		return &e.Params[i]
	}
	return nil
}

// equal reports whether two entries say the same.
func (e *Entry) equal(other *Entry) bool { return e.String() == other.String() }

// sortEntries sorts by number, with the code before what it was called earlier.
func sortEntries(entries []Entry) {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), compareBool(a.Retired, b.Retired), cmp.Compare(a.Name, b.Name))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
