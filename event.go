package errlingo

import (
	"fmt"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
)

// EventKind says what an [Event] reports.
type EventKind uint8

// The kinds of event.
const (
	// MissingText: the reader's locale lacks a text or a label; another locale's was shown.
	MissingText EventKind = iota + 1
	// MissingArgument: an error lacks an argument that its text needs; it shows as {Name}.
	MissingArgument
	// UnknownArgument: an error has an argument that its code has no param for, or a second one
	// for the same param.
	UnknownArgument
	// SuspiciousValue: an argument is suspicious, such as NaN or an empty list.
	SuspiciousValue
	// UncodedError: an error carries no code.
	UncodedError
	// InvalidText: a text in a locale file can't be used; Err is a [Finding].
	InvalidText
	// InvalidFile: a locale file could not be used; Err is a [Finding]. The file isn't named after
	// a language, or the file system has no locale files, or a reload could not read the file and
	// its last good texts stay in use.
	InvalidFile
	// UnloadedDomain: a text's domain was not given to [Load], so every reader gets it as it was
	// declared. To silence this, add a [Source] with a nil FS.
	UnloadedDomain
	// UnreachableLocale: a domain has a locale that the first domain lacks, so no reader is ever
	// shown it. Add a file for the locale to the first domain; an empty one is enough.
	UnreachableLocale
)

var eventNames = [...]string{
	"", "missing text", "missing argument", "unknown argument", "suspicious value", "uncoded error",
	"invalid text", "invalid file", "unloaded domain", "unreachable locale",
}

// String returns the kind in words.
func (k EventKind) String() string {
	if int(k) < len(eventNames) {
		return eventNames[k]
	}
	return fmt.Sprintf("EventKind(%d)", uint8(k))
}

// Event is something that readers aren't told. Fields that don't belong to its kind are zero.
type Event struct {
	Kind      EventKind
	Domain    *catalog.Domain // the domain that was not loaded
	Code      *catalog.Code
	MessageID string         // the text, such as "OUT_OF_STOCK.detail" or "labels.card"
	Locale    language.Tag   // the locale that lacks the text, or that of the text or file
	Param     string         // the name of the argument's param
	Reason    string         // why the value is suspicious
	Label     *catalog.Label // the label that is missing
	Err       error          // the error that was rendered, or the Finding
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
	if e.Reason != "" {
		s += " is " + e.Reason
	}
	if e.Kind == InvalidText || e.Kind == InvalidFile || e.Kind == UnreachableLocale {
		s += fmt.Sprintf(": %v", e.Err)
	}
	return s
}

// report passes an event on. A panic of OnEvent must not take the reader's text away.
func (b *Bundle) report(e Event) {
	if b == nil || b.options.OnEvent == nil {
		return
	}
	defer func() { _ = recover() }()
	b.options.OnEvent(e)
}
