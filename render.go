package errlingo

import (
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/pattern"
)

// Title returns the title of an error in the reader's language.
func (l *Localizer) Title(err error) string { return l.text(err, catalog.Title) }

// Detail returns the detail of an error in the reader's language, or the title of a code that has no detail.
func (l *Localizer) Detail(err error) string { return l.text(err, catalog.Detail) }

// Help returns the help of an error in the reader's language, or "" for a code that has none.
func (l *Localizer) Help(err error) string { return l.text(err, catalog.Help) }

// AppendTitle appends what [Localizer.Title] returns. For a text without values it does not allocate.
func (l *Localizer) AppendTitle(dst []byte, err error) []byte {
	return l.appendText(dst, err, catalog.Title)
}

// AppendDetail appends what [Localizer.Detail] returns. With numbers and ASCII strings for arguments it does not
// allocate.
func (l *Localizer) AppendDetail(dst []byte, err error) []byte {
	return l.appendText(dst, err, catalog.Detail)
}

// AppendHelp appends what [Localizer.Help] returns.
func (l *Localizer) AppendHelp(dst []byte, err error) []byte {
	return l.appendText(dst, err, catalog.Help)
}

func (l *Localizer) text(err error, part catalog.Part) string {
	e := l.find(err)
	f := l.choose(e.Code(), part)
	if f.text == nil {
		return ""
	}
	if s, ok := f.text.Constant(); ok {
		l.checkStrays(e)
		return s
	}
	buffer := buffers.Get().(*[]byte)
	*buffer = l.append((*buffer)[:0], e, &f)
	s := string(*buffer)
	buffers.Put(buffer)
	return s
}

// Label returns a label in the reader's language: the name of a form's field, say, in the words in which errors speak of
// it. For a nil label it is the zero Text.
func (l *Localizer) Label(label *catalog.LabelRef) Text {
	if label == nil {
		return Text{}
	}
	t := l.labelIn(language.Und, label)
	if t == nil {
		return newText(label.Text(), label.Domain().Source())
	}
	return newText(t.label(label), t.tag)
}

// buffers are for texts that are returned as strings, so that only the string itself is allocated.
var buffers = sync.Pool{New: func() any { return new(make([]byte, 0, 512)) }}

func (l *Localizer) appendText(dst []byte, err error, part catalog.Part) []byte {
	e := l.find(err)
	f := l.choose(e.Code(), part)
	if f.text == nil {
		return dst
	}
	if s, ok := f.text.Constant(); ok {
		l.checkStrays(e)
		return append(dst, s...)
	}
	return l.append(dst, e, &f)
}

// find returns the error with a code that err carries, the most urgent of several, or the one that stands for errors
// without a code.
func (l *Localizer) find(err error) *catalog.Error {
	if e, ok := err.(*catalog.Error); ok && e.Code() != nil {
		return e // the usual case, without the slice of the general one
	}
	if all := catalog.All(err); len(all) > 0 {
		return all[0]
	}
	l.tell(Event{Kind: UnknownError, Err: err})
	unknown := catalog.Unknown
	if l != nil && l.snap != nil {
		unknown = l.snap.bundle.settings.unknown
	}
	return catalog.Find(unknown)
}

// found is a text and the locale that it is in.
type found struct {
	text *pattern.Text
	part catalog.Part
	link *link // nil for the text of a code that the bundle does not know
}

// choose finds the text of a part for the reader. The detail of a code that has none is its title. A text that the code
// does not have is nil.
func (l *Localizer) choose(code *catalog.Code, part catalog.Part) found {
	if part == catalog.Detail && code.SourceText(part).Missing() {
		part = catalog.Title
	}
	if code.SourceText(part).Missing() {
		return found{part: part}
	}
	chain := l.chain(code.Domain())
	for i := range chain {
		t := &chain[i]
		if text := t.text(code, part); text != nil {
			if i > 0 {
				l.checkFallback(code, part, chain, t.tag)
			}
			return found{text, part, t}
		}
	}
	l.checkSource(code, part, chain)
	return found{code.SourceText(part), part, nil}
}

// checkSource tells the observer of a text that only the program has: that of a domain that was not loaded, or of a code
// that was defined after the load.
func (l *Localizer) checkSource(code *catalog.Code, part catalog.Part, chain []link) {
	switch {
	case !l.observed() || code == catalog.Unknown: // which nobody loads; UnknownError has told of it
	case len(chain) == 0:
		l.tell(Event{Kind: UnloadedDomain, Domain: code.Domain(), Code: code, Part: part})
	default:
		l.checkFallback(code, part, chain, code.Domain().Source())
	}
}

// checkFallback tells the observer of a text that the reader's locale lacks. A text that comes from the same language,
// as those of a regional variant do, is not missing. Where a title is there and not shown, it is its detail that is missing,
// and the other way round.
func (l *Localizer) checkFallback(code *catalog.Code, part catalog.Part, chain []link, shown language.Tag) {
	if !l.observed() || sameLanguage(chain[0].tag, shown) {
		return
	}
	if chain[0].has(code, part) {
		part = catalog.Title + catalog.Detail - part
	}
	l.tell(Event{Kind: MissingText, Code: code, Part: part, Locale: chain[0].tag})
}

// append renders a text.
func (l *Localizer) append(dst []byte, e *catalog.Error, f *found) []byte {
	l.checkStrays(e)
	t := f.link
	if t == nil {
		t = l.sourceLink(e.Code().Domain())
	}
	dst, complete := f.text.Append(dst, &t.voice, e.Args(), e.Code().Count(), &t.context)
	if !complete || l.observed() {
		l.checkArgs(e, f)
	}
	return dst
}

// sourceLink returns the source locale of a domain that was not loaded. That is no reason to leave the labels in its texts
// untranslated, where these belong to a domain that was.
func (l *Localizer) sourceLink(d *catalog.Domain) *link {
	if l == nil {
		l = &Localizer{}
	}
	source := d.Source()
	links := []link{{localeTexts: &localeTexts{tag: source}, voice: pattern.VoiceOf(source)}}
	l.bind(links)
	return &links[0]
}

// appendLabel appends a label inside a text, as safely as a string: it may be in a language with another direction.
func (l *Localizer) appendLabel(dst []byte, text *link, ref any) ([]byte, bool) {
	label, ok := ref.(*catalog.LabelRef)
	if !ok || label == nil {
		return dst, false
	}
	t := l.labelIn(text.tag, label)
	if t == nil {
		return dst, false
	}
	return text.voice.Values.AppendText(dst, t.label(label)), true
}

// labelIn returns the locale in which a label is shown: the given one, where that has it, else the first of the reader's.
// It is nil for a label that the bundle does not know.
func (l *Localizer) labelIn(locale language.Tag, label *catalog.LabelRef) *link {
	chain := l.chain(label.Domain())
	var best *link
	for i := range chain {
		t := &chain[i]
		if t.label(label) != "" && (best == nil || t.tag == locale) {
			best = t
		}
	}
	l.checkLabel(label, chain, best)
	return best
}

// checkLabel tells the observer of a label that the reader's locale lacks.
func (l *Localizer) checkLabel(label *catalog.LabelRef, chain []link, shown *link) {
	switch {
	case !l.observed():
	case len(chain) == 0:
		l.tell(Event{Kind: UnloadedDomain, Domain: label.Domain(), Label: label})
	case chain[0].label(label) != "":
	case !sameLanguage(chain[0].tag, shownIn(shown, label.Domain())):
		l.tell(Event{Kind: MissingText, Label: label, Locale: chain[0].tag})
	}
}

func (l *Localizer) observed() bool {
	return l != nil && l.snap != nil && l.snap.bundle.settings.observe != nil
}

func (l *Localizer) tell(e Event) {
	if l.observed() {
		l.snap.bundle.tell(e)
	}
}

// checkStrays tells the observer of arguments that the code has no param for.
func (l *Localizer) checkStrays(e *catalog.Error) {
	if !l.observed() {
		return
	}
	for _, name := range e.Strays() {
		l.tell(Event{Kind: StrayArgument, Code: e.Code(), Param: name, Err: e})
	}
}

// checkArgs tells the observer of arguments that the text needs and the error does not have, or that cannot be meant.
func (l *Localizer) checkArgs(e *catalog.Error, f *found) {
	if !l.observed() {
		return
	}
	args := e.Args()
	for i, p := range e.Code().Spec().Params {
		if !f.text.Needs(i) {
			continue
		}
		event := Event{Code: e.Code(), Part: f.part, Locale: shownIn(f.link, e.Code().Domain()), Param: p.Name(), Err: e}
		if i >= len(args) || args[i].Kind() == format.None {
			event.Kind = MissingArgument
			l.tell(event)
		} else if fault := args[i].Fault(); fault != "" {
			event.Kind, event.Fault = OddValue, fault
			if p.IsSensitive() {
				event.Fault = "odd" // A fault may quote the value.
			}
			l.tell(event)
		}
	}
}

// shownIn returns the locale of a text or label that was found in a link, nil for one that only the program has.
func shownIn(t *link, d *catalog.Domain) language.Tag {
	if t != nil {
		return t.tag
	}
	return d.Source()
}
