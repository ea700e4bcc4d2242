package codescan

import (
	"fmt"

	"github.com/errlingo/errlingo/internal/diag"
)

// Result is what a module declares, and all that is to be said about it.
type Result struct {
	Domains  []Domain  // sorted by name, then by place
	Syntax   diag.List // the files that do not parse; where there are any, codes may be missing from Domains
	Findings diag.List // all else, sorted

	Files  int   // Go files that were searched
	Bytes  int64 // their size
	Parsed int   // those of them that were parsed
}

// Place is where something stands in the module's source.
type Place struct {
	File string // slash-separated, relative to the module's root
	diag.Pos
}

// String returns "file:line:column".
func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Domain is a namespace of codes, made by a call of catalog.NewDomain.
type Domain struct {
	Name    string
	Source  Text   // the language tag of its texts; "en" without a place where none is given. It is not checked
	At      string // the folder of its locale files relative to Dir; empty where none is given
	Docs    string
	Dir     string // the folder of the package that calls NewDomain, slash-separated, relative to the module's root
	Package string // that package's import path
	Var     string // the package-level variable; empty if it is kept otherwise
	Place          // of the call

	Codes  []Code  // sorted by number
	Labels []Label // sorted by name

	// Selected reports whether a package argument names the package of the domain, or that of one of its codes or labels.
	Selected bool
	// Partial reports whether a declaration that may belong to the domain could not be read, so that the absence of a code
	// or label says nothing. Findings or Syntax tell which.
	Partial bool
}

// Code is one declared code.
type Code struct {
	Number int
	Name   string

	Title, Detail, Help Text // without a place where there is no such text
	Plural              Plural
	Params              []Param
	Max                 Max

	HTTP       int      // 0 where none is given
	Audience   []string // of "end user", "developer" and "operator"
	Retry      string   // "never", "backoff", "after" or "once"
	Action     string   // "contact", "fix", "retry", "sign-in" or "none"
	Aggregate  bool
	Deprecated string
	ReplacedBy string // the name of a code of this module, or the expression for another module's

	Doc     string // the variable's comment, without "Var: " in front
	Var     string // the package-level variable; empty if it is kept otherwise
	Package string // the import path of the package that declares the code
	Place          // of the call of Define
}

// Text is a constant string, and where it is written: at its first literal, which may be in another file than the
// declaration that uses it.
type Text struct {
	Value string
	Place
}

// Plural has the forms of a detail besides "other", which is the detail itself.
type Plural struct {
	By    string // the name of the param that counts
	Forms []Form // those that are given, in CLDR's order
}

// Form is the text for one plural category.
type Form struct {
	Category string // "zero", "one", "two", "few" or "many"
	Text
}

// Max has the limits of the texts' lengths in characters; 0 is no limit.
type Max struct{ Title, Detail, Help int }

// Param is a param as a code takes it.
type Param struct {
	Name      string
	Kind      string // as catalog's Param.Kind names it; that of a list is "string-list" and the like
	Join      string // of a list: "and" or "or"
	Was       []string
	Public    bool
	Sensitive bool

	// Example is the example as a person reads it: "Blue socks" in quotation marks, 3, 0.25, 2m0s, 2026-11-22 16:05 UTC;
	// those of a list have a comma between them. It is empty where none is given or none can be read.
	Example string
	// Values are the same as values, one or, for a list, several: string (also for decimal digits), *[Label], int64 or,
	// above its range, uint64, float64, time.Duration or time.Time.
	Values []any

	Doc   string // the variable's comment
	Place        // of the declaration
}

// Label is a name that is translated like a text.
type Label struct {
	Name    string
	Text    Text
	Doc     string
	Var     string
	Package string
	Place
}
