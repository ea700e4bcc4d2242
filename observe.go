package errlingo

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
)

// EventKind says what an [Event] tells of.
type EventKind uint8

// The kinds of event.
const (
	// MissingText: the reader's locale lacks a text, or a label; another locale's was shown.
	MissingText EventKind = iota + 1
	// MissingArgument: an error came without an argument that its text needs; it shows as {Name}.
	MissingArgument
	// StrayArgument: an error came with an argument that its code has no param for, or with two for one.
	StrayArgument
	// OddValue: an argument cannot be meant so, such as a number that is none or an empty list.
	OddValue
	// UnknownError: an error carries no code.
	UnknownError
	// BadText: a locale file has a text that cannot be used; Err is a Finding.
	BadText
	// BadFile: a whole locale file is of no use; Err is a Finding. On load that is one that is not called after a language, or
	// a file system without files. On reload it is also one that could not be read, whose last good texts stay in use.
	BadFile
	// UnloadedDomain: a text was asked for whose domain was not given to [Load], so that every reader gets it as it was
	// declared. [From] with a nil file system says that this is meant.
	UnloadedDomain
)

var eventNames = [...]string{
	"", "missing text", "missing argument", "stray argument", "odd value", "unknown error", "bad text", "bad file",
	"unloaded domain",
}

// String returns the kind in words.
func (k EventKind) String() string {
	if int(k) < len(eventNames) {
		return eventNames[k]
	}
	return fmt.Sprintf("EventKind(%d)", uint8(k))
}

// Event is something that an observer hears of and a reader does not. Fields that do not belong to its kind are zero.
type Event struct {
	Kind      EventKind
	Domain    *catalog.Domain // the one that was not loaded
	Code      *catalog.Code
	MessageID string         // of the text, such as "OUT_OF_STOCK.detail"
	Label     *catalog.Label // the label, where it is no code's text that is missing
	Locale    language.Tag   // the locale that lacks the text, or that of the text with the argument, or of the file
	Param     string         // the name of the argument's param
	Fault     string         // what is odd about the argument
	Err       error          // the error that was rendered, or what is wrong with a file
}

// String returns the event in one line, for a log.
func (e Event) String() string {
	s := e.Kind.String()
	if e.Domain != nil {
		s += " " + e.Domain.Name()
	}
	switch {
	case e.MessageID != "":
		s += ": " + e.MessageID
	case e.Code != nil:
		s += ": " + e.Code.Name()
	}
	if e.Locale != language.Und {
		s += fmt.Sprintf(" in %v", e.Locale)
	}
	if e.Param != "" {
		s += ": " + e.Param
	}
	if e.Fault != "" {
		s += " is " + e.Fault
	}
	if e.Kind == BadText || e.Kind == BadFile {
		s += fmt.Sprintf(": %v", e.Err)
	}
	return s
}

// tell gives the observer an event. An observer that panics must not take the reader's text away.
func (b *Bundle) tell(e Event) {
	if b == nil || b.settings.observe == nil {
		return
	}
	defer func() { _ = recover() }()
	b.settings.observe(e)
}
