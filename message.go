package errlingo

import (
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/locale"
)

// Message is an error as one reader reads it.
type Message struct {
	// Err is the error that the texts are of: the one with a code in the tree of the error that was localized, the most
	// urgent of several. It is never nil.
	Err *catalog.Error
	// Title names the kind of error.
	Title Text
	// Detail says what happened. It is empty for a code that has no detail.
	Detail Text
	// Help says what the reader can do. It is empty for a code that has no help.
	Help Text
	// Violations are the faults that the error reports, each with its place.
	Violations []Violation
	// Errors are the errors that an aggregate or joined error consists of, the most urgent first.
	Errors []Message
}

// Violation is one of the faults that an error reports.
type Violation struct {
	Path string // a JSON Pointer (RFC 6901), such as "/email"
	Message
}

// Text is a text for a reader, with the language that it is in, which need not be the one that the reader wants most.
type Text struct {
	Text   string
	Locale language.Tag
	Dir    string // "ltr" or "rtl", as HTML's dir attribute has it
}

// String returns the text alone.
func (t Text) String() string { return t.Text }

// Code returns the code of the error.
func (m *Message) Code() *catalog.Code { return m.Err.Code() }

// At returns the first fault that the error reports at the path, a JSON Pointer such as "/email", and nil where there is
// none.
func (m *Message) At(path string) *Message {
	if m == nil {
		return nil
	}
	for i := range m.Violations {
		if m.Violations[i].Path == path {
			return &m.Violations[i].Message
		}
	}
	return nil
}

// maxNesting is how deep a message has messages inside. No program nests as much, but for one whose errors lead back to
// themselves, perhaps through an Unwrap that makes a new error each time.
const maxNesting = 32

// Localize returns all that the reader is told about an error. An error without a code, nil among them, shows as the code
// of [Unknown]. The message of an error that is inside itself, or inside 32 others, has no Violations and no Errors.
func (l *Localizer) Localize(err error) Message { return l.localize(err, nil) }

// LocalizeAlone returns what [Localizer.Localize] returns, without Violations and Errors. It is for errors with more of
// these than are to be shown: its work does not grow with their number.
func (l *Localizer) LocalizeAlone(err error) Message { return l.alone(l.find(err)) }

// localize returns the message of an error that is part of those around it, the outermost first.
func (l *Localizer) localize(err error, around []*catalog.Error) Message {
	all := catalog.All(err)
	if len(all) < 2 {
		return l.message(l.find(err), around)
	}
	first := l.message(all[0], around)
	m := first
	if len(around) < maxNesting {
		m.Errors = append([]Message{first}, l.messages(all[1:], around)...)
	}
	return m
}

func (l *Localizer) message(e *catalog.Error, around []*catalog.Error) Message {
	m := l.alone(e)
	parted := len(e.Violations()) > 0 || e.Code().Aggregate()
	if !parted || len(around) >= maxNesting || slices.Contains(around, e) {
		return m
	}
	around = append(around, e)
	for _, v := range e.Violations() {
		m.Violations = append(m.Violations, Violation{v.Path, l.localize(v.Err, around)})
	}
	if e.Code().Aggregate() {
		m.Errors = l.messages(catalog.All(e.Unwrap()), around)
	}
	return m
}

func (l *Localizer) alone(e *catalog.Error) Message {
	return Message{
		Err:    e,
		Title:  l.part(e, catalog.Title),
		Detail: l.part(e, catalog.Detail),
		Help:   l.part(e, catalog.Help),
	}
}

func (l *Localizer) messages(errs []*catalog.Error, around []*catalog.Error) []Message {
	messages := make([]Message, len(errs))
	for i, e := range errs {
		messages[i] = l.message(e, around)
	}
	return messages
}

// part renders one part. A part that the code does not have is the zero Text.
func (l *Localizer) part(e *catalog.Error, part catalog.Part) Text {
	code := e.Code()
	if code.SourceText(part).Missing() {
		return Text{}
	}
	f := l.choose(code, part)
	return newText(string(l.append(nil, e, &f)), shownIn(f.link, code.Domain()))
}

func newText(text string, tag language.Tag) Text {
	return Text{Text: text, Locale: tag, Dir: direction(locale.RightToLeft(tag))}
}
