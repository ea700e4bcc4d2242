package errlingo

import (
	"fmt"
	"log/slog"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
)

// EventKind says what an [Event] reports.
type EventKind uint8

// The kinds of event.
const (
	// MissingText: the reader's locale lacks a text, phrase or label; another locale's was shown.
	MissingText EventKind = iota + 1
	// MissingArgument: an error lacks an argument that its text needs, so the text was not shown.
	MissingArgument
	// UnknownArgument: an error has an argument that its code has no param for, or a second one
	// for the same param.
	UnknownArgument
	// SuspiciousValue: an argument is suspicious, such as NaN, an empty list or a negative count, or a
	// public one was not sent because programs would not read it as it was given; then MessageID is
	// "".
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
	// KeptTexts: a file that was reloaded lacks texts that it had; the last good ones are still
	// shown. Err is a [Finding].
	KeptTexts
	// UnreachableLocale: a layer, or a source that isn't the first of its domain, has texts in a
	// locale that the first domain lacks, so no reader is shown them. Add a file for the locale to
	// the first domain; an empty one is enough.
	UnreachableLocale
	// UnknownCalendar: the reader asks by -u-ca- for a calendar that is not supported; a date was
	// shown in the Gregorian one.
	UnknownCalendar
)

var eventNames = [...]string{
	"", "missing text", "missing argument", "unknown argument", "suspicious value", "uncoded error",
	"invalid text", "invalid file", "unloaded domain", "kept texts", "unreachable locale",
	"unknown calendar",
}

// String returns the kind in words.
func (k EventKind) String() string {
	if int(k) < len(eventNames) {
		return eventNames[k]
	}
	return fmt.Sprintf("EventKind(%d)", uint8(k))
}

// Event reports something that readers don't see. Fields that don't belong to its kind are zero.
type Event struct {
	Kind      EventKind
	Domain    *catalog.Domain // the domain that was not loaded
	Code      *catalog.Code
	MessageID string         // the text: "OUT_OF_STOCK.detail", "phrases.rooms", "labels.card"
	Locale    language.Tag   // the locale that lacks the text, or that of the text or file
	Param     string         // the name of the argument's param
	Reason    string         // why the value is suspicious, or the calendar that it is not in
	Label     *catalog.Label // the label that is missing
	Phrase    *catalog.Phrase
	Err       error // the error that was rendered, or the Finding
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
	switch e.Kind {
	case InvalidText, InvalidFile, KeptTexts, UnreachableLocale:
		s += fmt.Sprintf(": %v", e.Err)
	}
	return s
}

// LogValue returns the event's fields for log/slog, without those that are zero. It does not
// include the arguments of the error that was rendered.
func (e Event) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("kind", e.Kind.String())}
	add := func(key, value string) {
		if value != "" {
			attrs = append(attrs, slog.String(key, value))
		}
	}
	if e.Domain != nil {
		add("domain", e.Domain.Name())
	}
	if e.Code != nil {
		add("name", e.Code.Name())
	}
	add("message", e.MessageID)
	if e.Locale != language.Und {
		add("locale", e.Locale.String())
	}
	add("param", e.Param)
	add("reason", e.Reason)
	if finding, ok := e.Err.(Finding); ok {
		add("finding", finding.Error())
	}
	return slog.GroupValue(attrs...)
}

// Once returns a function that passes on the first event of its kind for each text, locale and
// param, and drops the others, for use as [Options.OnEvent] with a log or with counters. Events
// about files are passed on each time, since they occur once per version of a file. What it
// remembers is bounded by the number of texts, locales and params of the program.
func Once(f func(Event)) func(Event) {
	type key struct {
		kind   EventKind
		code   *catalog.Code
		id     string
		locale language.Tag
		param  string
	}
	var seen sync.Map
	return func(e Event) {
		switch e.Kind {
		case InvalidText, InvalidFile, KeptTexts:
		default:
			k := key{e.Kind, e.Code, e.MessageID, e.Locale, e.Param}
			if _, known := seen.LoadOrStore(k, struct{}{}); known {
				return
			}
		}
		f(e)
	}
}

// report passes an event on. A panic of OnEvent must not take the reader's text away.
func (b *Bundle) report(e Event) {
	if b == nil || b.options.OnEvent == nil {
		return
	}
	defer func() { _ = recover() }()
	b.options.OnEvent(e)
}
