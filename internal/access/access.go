// Package access gives the other packages of this module what package catalog keeps from its users.
//
// Package catalog sets the variables when it is initialized, so a package that imports catalog may
// use them. Package errlingo sets one. The types of package catalog cannot be named here; what an
// argument has to be is said beside it.
package access

import (
	"errors"
	"iter"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
)

// Code is what a *catalog.Code is made of. It must not be changed.
type Code struct {
	Index int                          // its position in Domain.Codes
	Count int                          // the index of the param that selects the plural form, or -1
	Model model.Code                   // as declared
	Texts [model.NumParts]pattern.Text // in the source locale
}

// Phrase is what a *catalog.Phrase is made of, without its arguments. It must not be changed.
type Phrase struct {
	Index int          // its position in Domain.Phrases
	Count int          // the index of the param that selects the plural form, or -1
	Model model.Phrase // as declared
	Text  pattern.Text // in the source locale
}

var (
	// CodeOf returns what a *catalog.Code, which must not be nil, is made of.
	CodeOf func(code any) *Code

	// ArgsOf returns the arguments of a *catalog.Error in the order of its code's params; the zero
	// Value is a missing one. The list is empty for an error without params. It must not be changed.
	ArgsOf func(err any) []format.Value

	// ViolationsOf returns the []catalog.Violation of a *catalog.Error. It must not be changed.
	ViolationsOf func(err any) any

	// SetValue sets a *catalog.Value.
	SetValue func(dst any, v format.Value)

	// NewError returns a *catalog.Error that another program has sent: its *catalog.Code, its
	// arguments in the order of the code's params, and its []catalog.Violation.
	NewError func(code any, args []format.Value, violations any, cause error, from *Received) error

	// ReceivedOf returns what was said about a *catalog.Error that [NewError] has made, or nil.
	ReceivedOf func(err any) *Received

	// JoinedText returns the texts of the errors that errors.Join joined, with semicolons between
	// them: at most [MaxJoined] texts, and no further one after 64 KiB. Error would write all of them.
	// It is not ok for any other error.
	JoinedText func(err error) (string, bool)

	// ReportArgument tells the observer of an *errlingo.Localizer about an argument of a
	// *catalog.Error that was not sent. Package errlingo sets it.
	ReportArgument func(localizer, err any, param, reason string)

	// StandardCode returns the *catalog.Code whose title says what an HTTP status means. Package codes
	// sets it; it is nil in a program without the standard codes.
	StandardCode func(status int) any

	// PhraseOf returns what a *catalog.Phrase, which must not be nil, is made of, and its arguments in
	// the order of its params; a zero Value is a missing one, and a nil list has none.
	PhraseOf func(phrase any) (*Phrase, []format.Value)

	// LabelIndex returns the position of a *catalog.Label in Domain.Labels.
	LabelIndex func(label any) int

	// Model returns what a *catalog.Domain declares at present, with codes and labels in the order of
	// their definition.
	Model func(domain any) *model.Domain

	// Domains returns what each domain of the program declares at present, sorted by name.
	Domains func() []*model.Domain

	// Freeze makes a later Define, Phrase or Label of a *catalog.Domain panic and name the place. The
	// first call counts.
	Freeze func(domain any, at model.Place)

	// Forget makes the name of a *catalog.Domain free for another one.
	Forget func(domain any)

	// NewDomain returns a *catalog.Domain that declares what a model says, as it was read in Go
	// source. It is not one of [Domains]. ValueIn returns the value of an argument for it: labels and
	// phrases of the model become its own. WithArgs returns a *catalog.Phrase with arguments in the
	// order of its params.
	NewDomain func(m *model.Domain) any
	ValueIn   func(domain any, v format.Value) format.Value
	WithArgs  func(phrase any, args []format.Value) any

	// Ends and Parts do the work of the methods of [Walk].
	Ends  func(w *Walk, err error) iter.Seq[error]
	Parts func(w *Walk, err any) iter.Seq[Part]
)

// Received is what another program has said about an error.
type Received struct {
	Texts   [model.NumParts]string
	Locale  language.Tag
	Details any // a *problem.Details
}

// The bounds of a walk. Programs do not come near them, except one whose errors lead back to
// themselves.
const (
	MaxErrors = 10_000 // errors that one walk looks at
	MaxDepth  = 32     // errors inside errors
	MaxJoined = 100    // joined errors, or violations, that a developer's text has
)

// ErrEndless takes the place of what a walk does not look at any more.
var ErrEndless = errors.New("error tree with too many errors")

// Walk is one walk through the tree of an error, which ends after [MaxErrors] errors whatever the
// tree looks like. It belongs to one goroutine.
type Walk struct {
	Left   int   // errors that may still be looked at
	Inside []any // the errors whose parts are being walked through, the outermost first
}

// NewWalk returns a walk at its beginning.
func NewWalk() *Walk { return &Walk{Left: MaxErrors} }

// Ends yields the ends of the tree of err, depth first and from left to right: each error with a
// code, as a *catalog.Error, and each error without a code that wraps nothing or whose Unwrap
// panics. What an error with a code wraps is its cause and not among them. If the walk is at its
// limit, the last one is [ErrEndless]. The tree of a nil error has no ends.
func (w *Walk) Ends(err error) iter.Seq[error] { return Ends(w, err) }

// Part is an error inside an error with a code.
type Part struct {
	Path      string // of a violation: where it was found
	Violation bool
	Err       error // an end, as [Walk.Ends] yields it, or nil for a violation without an error
}

// Parts yields the errors that a *catalog.Error reports and, for an aggregate, those that it
// consists of. An error that is inside itself, or inside [MaxDepth] others, has no parts.
func (w *Walk) Parts(err any) iter.Seq[Part] { return Parts(w, err) }
