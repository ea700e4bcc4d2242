package problem

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/wire"
)

// Details is everything a response says about an error, whatever its format. It contains nothing
// that the user must not see, and all of it is bounded. [Options.Page] is executed with it.
type Details struct {
	// Type is the URI of the code's documentation, or "".
	Type string
	// Status is the status of the response, or zero for an error inside another.
	Status int
	// Reference identifies the answer in the log: a UUID, or what [Options.NewReference] has returned.
	// It is empty for an error inside another.
	Reference string
	// Pointer is the path of a violation in the request body, as a URI fragment such as "#/email"
	// (RFC 6901, section 6). It is empty if the path has more than 512 bytes.
	Pointer string

	// Field is the name of the field that an error inside another is about, in the user's language:
	// the label for a param Field that neither title nor detail shows. It is empty if the error has
	// none, or is for developers, who get the Pointer. Only pages and plain texts show it.
	Field errlingo.Text

	// Code, Name and Domain identify the code that is shown.
	Code   int
	Name   string
	Domain string

	// Title, Detail and Help are the texts. Detail and Help may be empty.
	Title, Detail, Help errlingo.Text
	// Params are the public arguments, in the order of the code's params.
	Params []Argument
	// Truncated has the names of the public arguments that were cut or left out, in lower camel case.
	Truncated []string
	// Retry says whether a client may repeat the request by itself, and RetryAfter how long it should
	// wait before that, or zero. The latter is zero for an error inside another.
	Retry      catalog.Retry
	RetryAfter time.Duration
	// Action says what the user may do, for a page or client that offers it: try again, sign in.
	Action catalog.Action
	// Audience says who the texts are written for.
	Audience catalog.Audience
	// Errors are the violations and joined errors, at most [MaxErrors] including nested ones.
	Errors []Details
	// Total is the full number of errors if Errors is incomplete, or zero. A violation that is not
	// shown counts as one, and of joined errors at most 10,000 are counted.
	Total int
	// Extensions are the members that [Options.Extend] has added, as JSON. Pages do not show them.
	Extensions map[string]json.RawMessage

	// Links are ways on from the error, the most helpful one first. Like Labels, only pages and plain
	// texts have them, and only the error that is answered has links.
	Links []Link
	// Labels are the words around the texts.
	Labels *Labels
	// NotShown says how many errors are not shown, in a sentence. Only pages and plain texts have it.
	NotShown errlingo.Text
	// Times is how many errors that look the same this one is shown for, in a [Section]. It is zero
	// for one that only has others inside it.
	Times int

	shown  *catalog.Code // the code that is shown
	lang   string        // the tag of the title's locale, if it was rendered
	params []byte        // Params as a JSON object, or nil
	group  bool          // whether it is several errors of the same title
}

// Argument is a public argument. Texts have at most 256 characters, lists at most 100 values and
// 4 KiB of text.
type Argument struct {
	Name  string // in lower camel case
	Value catalog.Value
}

// Instance returns the URI of this occurrence (RFC 9457, section 3.1.5), which is made from the
// reference: urn:uuid: and a UUID, or a relative reference with anything else.
func (d *Details) Instance() string { return wire.Instance(d.Reference) }

// Shown returns the code that Code, Name and Domain identify, such as for its status in another
// protocol.
func (d *Details) Shown() *catalog.Code { return d.shown }

// Lang returns the language tag of the title and detail.
func (d *Details) Lang() string {
	if d.lang != "" {
		return d.lang
	}
	return d.Title.Locale.String()
}

// Dir returns the direction of the title and detail, "ltr" or "rtl".
func (d *Details) Dir() string { return d.Title.Dir }

// Summary returns the detail, or the title if there is no detail.
func (d *Details) Summary() string {
	if d.Detail.Value != "" {
		return d.Detail.Value
	}
	return d.Title.Value
}

// texts returns the error's own texts.
func (d *Details) texts() [3]*errlingo.Text {
	return [...]*errlingo.Text{&d.Title, &d.Detail, &d.Help}
}

// words returns the texts around the error's own.
func (d *Details) words() (words []errlingo.Text) {
	if d.Labels == nil {
		return nil
	}
	for _, t := range []errlingo.Text{d.Field, d.NotShown} {
		if t.Value != "" {
			words = append(words, t)
		}
	}
	if d.Reference != "" {
		words = append(words, d.Labels.Reference, d.Labels.Code)
		if d.Labels.Product.Locale != language.Und {
			words = append(words, d.Labels.Product)
		}
	}
	for i := range d.Links {
		words = append(words, d.Links[i].Text)
	}
	return words
}

// languages returns the locales of all texts for Content-Language, beginning with the title's.
func (d *Details) languages() string {
	var room [4]language.Tag
	var languages []string
	locales := d.appendLocales(room[:0])
	if len(locales) == 1 {
		return d.Lang()
	}
	for _, tag := range locales {
		languages = append(languages, tag.String())
	}
	return strings.Join(languages, ", ")
}

func (d *Details) appendLocales(tags []language.Tag) []language.Tag {
	add := func(t *errlingo.Text) {
		if t.Value != "" && !slices.Contains(tags, t.Locale) {
			tags = append(tags, t.Locale)
		}
	}
	for _, t := range d.texts() {
		add(t)
	}
	for _, t := range d.words() {
		add(&t)
	}
	for i := range d.Errors {
		tags = d.Errors[i].appendLocales(tags)
	}
	return tags
}

// renderer renders an error and the errors inside it, with the mask applied, within the limits.
type renderer struct {
	mask
	localizer *errlingo.Localizer
	answered  *catalog.Error // the error that is answered, after masking
	remaining int            // how many more errors may be shown
	room      int            // how many more bytes they may take
	sensitive bool           // whether a rendered text may contain a sensitive argument
}

// details sets the details of the error that is answered.
func (r *renderer) details(d *Details, e *catalog.Error, t treatment) {
	inside := r.render(d, e, t)
	r.answered = inside
	d.Status, d.Reference, d.RetryAfter = t.status, r.reference, max(t.wait, 0)
	if alone(inside) {
		return
	}
	r.remaining = MaxErrors
	r.room = MaxBytes - frameBytes - maxExtensions - d.cost()
	r.room -= weight(d.Title.Value) // The title is twice on a page.
	r.addErrors(d, inside, maxDepth)
}

// render fills empty details with an error but without the errors inside it, and returns the error
// that those are in: the error itself, or the one that is shown in its place.
func (r *renderer) render(d *Details, e *catalog.Error, t treatment) *catalog.Error {
	e = e.Shown()
	shown := e
	if r.hides(e) {
		shown = r.generic()
		e = shown
	} else {
		shown = r.addReference(e)
	}
	r.sensitive = r.sensitive || hasSensitive(shown)
	code, m := shown.Code(), r.localizer.LocalizeFlat(shown)
	d.shown, d.Type = code, code.TypeURI()
	d.Code, d.Name, d.Domain = code.Number(), code.Name(), code.Domain().Name()
	d.Title, d.Detail, d.Help = m.Title, m.Detail, m.Help
	d.lang = m.Title.Locale.String()
	d.Retry = t.retry // of the original error, even if the mask replaced it
	d.Action, d.Audience = code.Action(), code.Audience()
	for _, text := range d.texts() {
		limitText(text, maxText)
	}
	d.addParams(shown, r.localizer)
	return e
}

// addErrors adds the errors inside e to its details, down to the depth. Outer errors take
// precedence: those of an error come before the ones inside them.
func (r *renderer) addErrors(d *Details, e *catalog.Error, depth int) {
	if depth == 0 {
		return
	}
	inner, total := r.inner(e)
	var inside []*catalog.Error
	for _, in := range inner {
		var shown Details
		itself := r.render(&shown, in.err, treatmentOf(in.err))
		shown.Pointer, shown.Field = in.pointer, r.field(itself)
		cost := shown.cost()
		if cost > r.room {
			r.remaining = 0 // or smaller errors, which are less important, would take the place
			break
		}
		r.room -= cost
		r.remaining--
		d.Errors, inside = append(d.Errors, shown), append(inside, itself)
	}
	if len(d.Errors) < total {
		d.Total = total
	}
	for i := range d.Errors {
		r.addErrors(&d.Errors[i], inside[i], depth-1)
	}
}

// field returns the label of the field that an error is about, if it isn't shown otherwise.
func (r *renderer) field(e *catalog.Error) (label errlingo.Text) {
	if !e.Code().Audience().Has(catalog.AudienceEndUser) {
		return label
	}
	code, given := access.CodeOf(e.Code()), access.ArgsOf(e)
	i := code.Model.ParamIndex(codes.Field.Name())
	if i < 0 || i >= len(given) || code.Model.Params[i].Sensitive ||
		code.Texts[model.Title].Needs(i) || code.Texts[model.Detail].Needs(i) {
		return label
	}
	named, _ := given[i].Named()
	if declared, ok := named.(*catalog.Label); ok {
		label = labelText(r.localizer, declared)
	}
	return label
}

// hasSensitive reports whether the error's texts may contain a sensitive argument.
func hasSensitive(e *catalog.Error) bool {
	if access.ReceivedOf(e) != nil {
		return true // The texts may be those of another program.
	}
	for p := range e.Args() {
		if p.IsSensitive() {
			return true
		}
	}
	return false
}

// innerError is an error inside another one.
type innerError struct {
	pointer string
	err     *catalog.Error
}

// inner returns the violations and joined errors of an error, up to the remaining number, and their
// total.
func (r *renderer) inner(e *catalog.Error) (inner []innerError, total int) {
	add := func(pointer string, err *catalog.Error) {
		if total++; total <= r.remaining {
			inner = append(inner, innerError{pointer, err})
		}
	}
	violations := violationsOf(e)
	for i, v := range violations {
		if total >= r.remaining {
			total += len(violations) - i
			break
		}
		pointer, coded := wire.Fragment(v.Path), catalog.Errors(v.Err)
		for _, err := range coded {
			add(pointer, err)
		}
		if len(coded) == 0 {
			add(pointer, r.generic())
		}
	}
	if e.Code().Aggregate() {
		for _, err := range catalog.Errors(e.Unwrap()) {
			add("", err)
		}
	}
	return inner, total
}

// violationsOf returns the violations of an error, which must not be changed. They are not copied,
// since there may be many more than are shown.
func violationsOf(e *catalog.Error) []catalog.Violation {
	return access.ViolationsOf(e).([]catalog.Violation)
}
