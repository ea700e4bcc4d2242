package errlingo

import (
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
)

// Message is an error as one reader sees it.
type Message struct {
	// Err is the error that the texts belong to: the one with a code in the tree of the localized
	// error, the most urgent of several, as [catalog.Error.Shown] returns it. It is never nil.
	Err *catalog.Error
	// Title names the kind of error. It is never empty.
	Title Text
	// Detail says what happened. It is empty if the code has no detail or an argument of it is
	// missing.
	Detail Text
	// Help says what the reader can do. It is empty if the code has no help or an argument of it is
	// missing.
	Help Text
	// Violations are the violations that the error reports, each with its path.
	Violations []Violation
	// Errors are the errors that an aggregate or joined error consists of, most urgent first.
	Errors []Message
}

// Violation is one of the violations that an error reports.
type Violation struct {
	Path string // a JSON Pointer (RFC 6901), such as "/email"
	Message
}

// Text is a text for a reader. Its language may differ from the one that the reader prefers.
type Text struct {
	Value  string
	Locale language.Tag
	Dir    string // "ltr" or "rtl", for HTML's dir attribute
}

// String returns the text without its language.
func (t Text) String() string { return t.Value }

// Code returns the code of the error.
func (m *Message) Code() *catalog.Code { return m.Err.Code() }

// Field returns the message of the first violation at the path, a JSON Pointer such as "/email",
// or nil.
func (m *Message) Field(path string) *Message {
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

// maxNesting limits how deep messages are nested. Only errors that contain themselves, perhaps
// through an Unwrap that makes a new error each time, go deeper.
const maxNesting = 32

// Localize returns everything that the reader sees of an error. An error without a code, including
// nil, is shown as [Options.Uncoded]. Nesting deeper than 32 is cut off.
func (l *Localizer) Localize(err error) Message { return l.localize(err, nil) }

// LocalizeFlat is [Localizer.Localize] without Violations and Errors. Its cost doesn't grow with
// their number.
func (l *Localizer) LocalizeFlat(err error) Message { return l.flat(l.find(err)) }

// localize returns the message of an error that is nested in others, the outermost first.
func (l *Localizer) localize(err error, outer []*catalog.Error) Message {
	all := catalog.Errors(err)
	if len(all) < 2 {
		return l.message(l.find(err), outer)
	}
	first := l.message(all[0], outer)
	m := first
	if len(outer) < maxNesting {
		m.Errors = append([]Message{first}, l.messages(all[1:], outer)...)
	}
	return m
}

func (l *Localizer) message(e *catalog.Error, outer []*catalog.Error) Message {
	e = e.Shown()
	m := l.flat(e)
	violations, aggregate := e.Violations(), e.Code().Aggregate()
	if len(violations) == 0 && !aggregate || len(outer) >= maxNesting || slices.Contains(outer, e) {
		return m
	}
	outer = append(outer, e)
	for _, v := range violations {
		m.Violations = append(m.Violations, Violation{v.Path, l.localize(v.Err, outer)})
	}
	if aggregate {
		m.Errors = l.messages(catalog.Errors(e.Unwrap()), outer)
	}
	return m
}

func (l *Localizer) flat(e *catalog.Error) Message {
	m := Message{
		Err:    e,
		Title:  l.part(e, model.Title),
		Detail: l.part(e, model.Detail),
		Help:   l.part(e, model.Help),
	}
	if m.Detail.Locale != m.Title.Locale {
		if detail := received(e, model.Detail); detail.Value != "" && m.Detail == detail {
			m.Title = received(e, model.Title)
		} else {
			m.Detail = Text{} // An argument of the title that belongs to it is missing.
		}
	}
	return m
}

// received returns the text that the program which has sent the error has shown for a part. It is
// for texts that lack an argument here, because the argument is not public.
func received(e *catalog.Error, part int) Text {
	if from := access.ReceivedOf(e); from != nil && from.Texts[part] != "" {
		return newText(from.Texts[part], from.Locale)
	}
	return Text{}
}

func (l *Localizer) messages(errs []*catalog.Error, outer []*catalog.Error) []Message {
	messages := make([]Message, len(errs))
	for i, e := range errs {
		messages[i] = l.message(e, outer)
	}
	return messages
}

// part renders one part. A part that the code doesn't have, or that an argument is missing for, is
// the zero Text.
func (l *Localizer) part(e *catalog.Error, part int) Text {
	if access.CodeOf(e.Code()).Texts[part].Missing() {
		return Text{}
	}
	f := l.choose(e.Code(), part)
	if s, ok := f.text.Constant(); ok {
		l.reportArgs(e, &f)
		return f.in(s, e.Code().Domain())
	}
	buffer := buffers.Get().(*[]byte)
	value, complete := l.append((*buffer)[:0], e, &f)
	text := string(value)
	*buffer = value
	buffers.Put(buffer)
	if complete {
		return f.in(text, e.Code().Domain())
	}
	if text := received(e, part); text.Value != "" || part != model.Title {
		return text
	}
	other, tag := l.appendOther(nil, e, &f)
	return newText(string(other), tag)
}

func newText(value string, tag language.Tag) Text {
	return Text{Value: value, Locale: tag, Dir: direction(locale.RightToLeft(tag))}
}

// Title returns the title of an error in the reader's language.
func (l *Localizer) Title(err error) string { return l.text(err, model.Title) }

// Detail returns the detail of an error in the reader's language, or its title if the code has no
// detail or an argument of it is missing.
func (l *Localizer) Detail(err error) string { return l.text(err, model.Detail) }

// Help returns the help of an error in the reader's language, or "" if the code has no help or an
// argument of it is missing.
func (l *Localizer) Help(err error) string { return l.text(err, model.Help) }

// AppendTitle appends what [Localizer.Title] returns. It doesn't allocate if the text has no
// values.
func (l *Localizer) AppendTitle(dst []byte, err error) []byte {
	return l.appendText(dst, err, model.Title)
}

// AppendDetail appends what [Localizer.Detail] returns. It doesn't allocate if the arguments are
// numbers and ASCII strings.
func (l *Localizer) AppendDetail(dst []byte, err error) []byte {
	return l.appendText(dst, err, model.Detail)
}

// AppendHelp appends what [Localizer.Help] returns.
func (l *Localizer) AppendHelp(dst []byte, err error) []byte {
	return l.appendText(dst, err, model.Help)
}

// buffers are for texts that are returned as strings, so that only the string is allocated.
var buffers = sync.Pool{New: func() any { return new(make([]byte, 0, 512)) }}

func (l *Localizer) text(err error, part int) string {
	e := l.find(err)
	f := l.choose(e.Code(), part)
	if f.text == nil {
		return ""
	}
	if s, ok := f.text.Constant(); ok {
		l.reportArgs(e, &f)
		return s
	}
	buffer := buffers.Get().(*[]byte)
	value, complete := l.append((*buffer)[:0], e, &f)
	if !complete {
		value = l.appendInstead(value, e, &f)
	}
	*buffer = value
	s := string(value)
	buffers.Put(buffer)
	return s
}

func (l *Localizer) appendText(dst []byte, err error, part int) []byte {
	e := l.find(err)
	f := l.choose(e.Code(), part)
	if f.text == nil {
		return dst
	}
	if s, ok := f.text.Constant(); ok {
		l.reportArgs(e, &f)
		return append(dst, s...)
	}
	dst, complete := l.append(dst, e, &f)
	if !complete {
		dst = l.appendInstead(dst, e, &f)
	}
	return dst
}

// Label returns a label in the reader's language, such as the name of a form's field as errors
// mention it. For a nil label it returns the zero Text.
func (l *Localizer) Label(label *catalog.Label) Text {
	if label == nil {
		return Text{}
	}
	t := l.labelIn(language.Und, label)
	if t == nil {
		return newText(label.Text(), label.Domain().SourceLocale())
	}
	return newText(t.label(label), t.tag)
}

// find returns the error with a code that readers see of err, the most urgent of several, or the
// one that is shown for errors without a code.
func (l *Localizer) find(err error) *catalog.Error {
	if e, ok := err.(*catalog.Error); ok && e.Code() != nil {
		return e.Shown() // the usual case, without a slice
	}
	if all := catalog.Errors(err); len(all) > 0 {
		return all[0].Shown()
	}
	l.report(Event{Kind: UncodedError, Err: err})
	uncoded := catalog.Unknown
	if l != nil && l.snap != nil {
		uncoded = l.snap.bundle.options.Uncoded
	}
	return catalog.AsError(uncoded).Shown()
}

// found is a text and the locale that it is in.
type found struct {
	data *access.Code
	text *pattern.Text
	part int
	link *link // nil if only the program has the text
}

// in returns a value as a text in the locale of the found one.
func (f *found) in(value string, d *catalog.Domain) Text {
	if f.link == nil {
		return newText(value, d.SourceLocale())
	}
	return Text{Value: value, Locale: f.link.tag, Dir: direction(f.link.rtl)}
}

// choose finds the text of a part for the reader. The title replaces a detail that the code doesn't
// have. The text is nil if the code has none.
func (l *Localizer) choose(code *catalog.Code, part int) found {
	data := access.CodeOf(code)
	if data.Texts[part].Missing() {
		if part != model.Detail {
			return found{data: data, part: part}
		}
		part = model.Title // which every code has
	}
	chain := l.chain(code.Domain())
	if len(chain) > 0 {
		if text := chain[0].listed(data.Index, part); text != nil {
			return found{data, text, part, &chain[0]}
		}
	}
	return l.fallBack(code, part, chain)
}

// fallBack finds a text that the reader's locale doesn't have in its list.
func (l *Localizer) fallBack(code *catalog.Code, part int, chain []link) found {
	data := access.CodeOf(code)
	for i := range chain {
		t := &chain[i]
		if text := t.text(data.Index, part); text != nil {
			l.reportFallback(code, part, chain, t.tag)
			return found{data, text, part, t}
		}
	}
	switch {
	case !l.observed() || code == catalog.Unknown: // UncodedError has been reported.
	case len(chain) == 0:
		l.report(Event{
			Kind: UnloadedDomain, Domain: code.Domain(), Code: code, MessageID: messageID(code, part),
		})
	default:
		l.reportFallback(code, part, chain, code.Domain().SourceLocale())
	}
	return found{data, &data.Texts[part], part, nil}
}

// next replaces a text of a code by that of the next locale that has one. The last is the source
// locale. It reports whether there is one.
func (l *Localizer) next(code *catalog.Code, f *found) bool {
	behind := false
	chain := l.chain(code.Domain())
	for i := range chain {
		t := &chain[i]
		if text := t.text(f.data.Index, f.part); behind && text != nil {
			f.text, f.link = text, t
			return true
		}
		behind = behind || t == f.link
	}
	return false
}

// append renders a text. If an argument is missing, it appends nothing and is not complete: what is
// left of such a text would puzzle a reader.
func (l *Localizer) append(dst []byte, e *catalog.Error, f *found) (out []byte, complete bool) {
	t := f.link
	if t == nil {
		t = l.sourceLink(e.Code().Domain())
	}
	out, complete = f.text.Append(dst, &t.locale, access.ArgsOf(e), f.data.Count, &t.context)
	l.reportArgs(e, f)
	if !complete {
		out = out[:len(dst)]
	}
	return out, complete
}

// appendInstead renders what is shown in place of a text that an argument is missing for: the text
// that came with the error, else a title, but nothing in place of a help.
func (l *Localizer) appendInstead(dst []byte, e *catalog.Error, f *found) []byte {
	if text := received(e, f.part); text.Value != "" {
		return append(dst, text.Value...)
	}
	if f.part == model.Help {
		return dst
	}
	if f.part == model.Detail {
		title := l.choose(e.Code(), model.Title)
		if dst, complete := l.append(dst, e, &title); complete {
			return dst
		}
		f = &title
	}
	dst, _ = l.appendOther(dst, e, f)
	return dst
}

// appendOther renders the title that is shown if an argument of the found one is missing, and
// returns its locale: the first complete one of the locales after it, else that of a code without
// params.
func (l *Localizer) appendOther(dst []byte, e *catalog.Error, f *found) ([]byte, language.Tag) {
	complete := false
	for other := *f; l.next(e.Code(), &other); {
		if dst, complete = l.append(dst, e, &other); complete {
			return dst, localeOf(other.link, e.Code().Domain())
		}
	}
	for _, code := range l.substitutes(e.Code()) {
		title := l.choose(code, model.Title)
		if dst, complete = l.append(dst, catalog.AsError(code), &title); complete {
			return dst, localeOf(title.link, code.Domain())
		}
	}
	return dst, language.Und // unreachable: the last of them has no params
}

// substitutes returns the codes whose title may replace that of a code: the standard code for its
// status, if the bundle has the standard codes, and those for errors without a code.
func (l *Localizer) substitutes(code *catalog.Code) []*catalog.Code {
	codes := []*catalog.Code{catalog.Unknown}
	if l == nil || l.snap == nil {
		return codes
	}
	codes = slices.Insert(codes, 0, l.snap.bundle.options.Uncoded)
	if access.StandardCode != nil {
		standard := access.StandardCode(code.HTTPStatus()).(*catalog.Code)
		if l.chain(standard.Domain()) != nil {
			codes = slices.Insert(codes, 0, standard)
		}
	}
	return codes
}

// sourceLink returns the source locale of a domain that was not loaded. Labels in its texts are
// still translated if their own domain was loaded.
func (l *Localizer) sourceLink(d *catalog.Domain) *link {
	if l == nil {
		l = &Localizer{}
	}
	source := d.SourceLocale()
	links := []link{{localeTexts: &localeTexts{tag: source}, locale: pattern.NewLocale(source)}}
	l.bind(links)
	return &links[0]
}

// appendLabel appends a label or phrase inside a text. Like a string it is isolated if its
// direction differs.
func (l *Localizer) appendLabel(dst []byte, text *link, ref any) ([]byte, bool) {
	if phrase, ok := ref.(*catalog.Phrase); ok {
		return l.appendPart(dst, text, phrase), true
	}
	label, ok := ref.(*catalog.Label)
	if !ok || label == nil {
		return dst, false
	}
	t := l.labelIn(text.tag, label)
	if t == nil {
		return dst, false
	}
	return text.locale.Values.AppendText(dst, t.label(label)), true
}

// labelIn returns the locale in which a label is shown: the given one if it has the label, else the
// reader's first that does. It is nil for a label that the bundle doesn't know.
func (l *Localizer) labelIn(locale language.Tag, label *catalog.Label) *link {
	chain := l.chain(label.Domain())
	var best *link
	for i := range chain {
		t := &chain[i]
		if t.label(label) != "" && (best == nil || t.tag == locale) {
			best = t
		}
	}
	id := "labels." + label.Name()
	switch {
	case !l.observed():
	case len(chain) == 0:
		l.report(Event{Kind: UnloadedDomain, Domain: label.Domain(), Label: label, MessageID: id})
	case chain[0].label(label) != "":
	case !sameLanguage(chain[0].tag, localeOf(best, label.Domain())):
		l.report(Event{Kind: MissingText, Label: label, MessageID: id, Locale: chain[0].tag})
	}
	return best
}

// localeOf returns the locale of a text or label, the source locale if only the program has it.
func localeOf(t *link, d *catalog.Domain) language.Tag {
	if t != nil {
		return t.tag
	}
	return d.SourceLocale()
}

func messageID(code *catalog.Code, part int) string {
	return model.ID{Name: code.Name(), Part: model.PartNames[part]}.String()
}

func (l *Localizer) observed() bool {
	return l != nil && l.events
}

func (l *Localizer) report(e Event) {
	if l.observed() {
		l.snap.bundle.report(e)
	}
}

// reportFallback reports a text that the reader's locale lacks. A text in the same language, such
// as the parent of a regional variant, is not a fallback. If the locale has a title that isn't
// shown, its detail is what is missing, and the other way round.
func (l *Localizer) reportFallback(
	code *catalog.Code, part int, chain []link, shown language.Tag,
) {
	if !l.observed() || sameLanguage(chain[0].tag, shown) {
		return
	}
	if chain[0].givenText(access.CodeOf(code).Index, part) != nil {
		part = model.Title + model.Detail - part
	}
	l.report(Event{
		Kind: MissingText, Code: code, MessageID: messageID(code, part), Locale: chain[0].tag,
	})
}

func init() {
	access.ReportArgument = func(localizer, err any, param, reason string) {
		e := err.(*catalog.Error)
		localizer.(*Localizer).report(Event{
			Kind: SuspiciousValue, Code: e.Code(), Param: param, Reason: reason, Err: e,
		})
	}
}

// reportArgs reports arguments that the code has no param for, and those of a text that are missing
// or suspicious.
func (l *Localizer) reportArgs(e *catalog.Error, f *found) {
	if l.observed() {
		l.reportEachArg(e, f)
	}
}

func (l *Localizer) reportEachArg(e *catalog.Error, f *found) {
	shown := Event{
		Code: e.Code(), MessageID: messageID(e.Code(), f.part),
		Locale: localeOf(f.link, e.Code().Domain()), Err: e,
	}
	for _, name := range e.UnknownArgs() {
		l.report(Event{Kind: UnknownArgument, Code: e.Code(), Param: name, Err: e})
	}
	l.reportGiven(shown, f.text, f.data.Count, e.Code().Spec().Params, access.ArgsOf(e))
}

// reportGiven reports arguments of a text that are missing or suspicious. The event says which text
// it is.
func (l *Localizer) reportGiven(
	event Event, text *pattern.Text, count int, params catalog.Params, args []format.Value,
) {
	for i, p := range params {
		if !text.Needs(i) {
			continue
		}
		event := event
		event.Param = p.Name()
		if i >= len(args) || args[i].Kind() == format.None {
			event.Kind = MissingArgument
			l.report(event)
			continue
		}
		fault := args[i].Fault()
		if negative, n, _ := args[i].Integer(); negative && n != 0 && i == count {
			fault = "a negative count"
		}
		if fault != "" {
			event.Kind, event.Reason = SuspiciousValue, fault
			if p.IsSensitive() && fault != format.Empty {
				event.Reason = "suspicious" // A fault may quote the value.
			}
			l.report(event)
		}
		if calendar := format.UnknownCalendar(l.reader); calendar != "" && args[i].Dated() {
			event.Kind, event.Reason = UnknownCalendar, "not in the calendar "+calendar
			l.report(event)
		}
	}
}
