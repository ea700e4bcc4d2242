package catalog

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
	"github.com/errlingo/errlingo/internal/plural"
)

// Domain is a namespace of codes. A number and a name are each unique within it, forever.
//
// Codes, phrases and labels are declared while the program starts, in package-level variables. The
// first call of Load in package errlingo that includes the domain completes it: a later
// [Domain.Define], [Domain.Phrase] or [Domain.Label] panics. All methods may be called from several
// goroutines.
type Domain struct {
	model  model.Domain          // without its codes, phrases and labels
	locale func() pattern.Locale // of the source locale, made when the first error is printed

	mu       sync.RWMutex
	frozen   model.Place // of the Load that includes the domain
	codes    []*Code     // in the order of their definition
	byNumber map[int]*Code
	byName   map[string]*Code
	phrases  []*Phrase
	byPhrase map[string]*Phrase
	labels   []*Label
	byLabel  map[string]*Label
}

// domains are those of the program by name, so that no name is used twice.
var domains = struct {
	mu     sync.Mutex
	byName map[string]*Domain
}{byName: map[string]*Domain{}}

func init() {
	access.CodeOf = func(code any) *access.Code { return &code.(*Code).data }
	access.ArgsOf = func(err any) []format.Value { return err.(*Error).values() }
	access.ViolationsOf = func(err any) any { return err.(*Error).violations }
	access.SetValue = func(dst any, v format.Value) { dst.(*Value).value = v }
	access.NewError = func(
		code any, args []format.Value, violations any, cause error, from *access.Received,
	) error {
		e := newError(code.(*Code), cause)
		copy(e.given, args)
		e.violations, e.received = violations.([]Violation), &from
		return &e.Error
	}
	access.ReceivedOf = func(err any) *access.Received {
		if e := err.(*Error); e != nil && e.received != nil {
			return *e.received
		}
		return nil
	}
	access.JoinedText = joinedText
	access.PhraseOf = func(phrase any) (*access.Phrase, []format.Value) {
		p := phrase.(*Phrase)
		return &p.data, p.args()
	}
	access.LabelIndex = func(label any) int { return label.(*Label).index }
	access.Model = func(domain any) *model.Domain { return domain.(*Domain).declared() }
	access.Domains = registered
	access.Freeze = func(domain any, at model.Place) { domain.(*Domain).freeze(at) }
	access.Forget = func(domain any) { domain.(*Domain).forget() }
	access.NewDomain = func(m *model.Domain) any { return modeled(m) }
	access.ValueIn = func(domain any, v format.Value) format.Value {
		return domain.(*Domain).modeledValue(v)
	}
	access.WithArgs = func(phrase any, args []format.Value) any {
		at := &args
		return &Phrase{declaredPhrase: phrase.(*Phrase).declaredPhrase, given: &at}
	}
	access.Ends = ends
	access.Parts = func(w *access.Walk,
		err any) iter.Seq[access.Part] {
		return parts(w, err.(*Error))
	}
}

// DomainOption is a setting of [NewDomain].
type DomainOption func(*Domain)

// SourceLocale sets the locale that the domain's texts are written in, a BCP 47 language tag. The
// default is English.
func SourceLocale(tag string) DomainOption {
	return func(d *Domain) {
		t, err := model.ParseSource(tag)
		if err != nil {
			panic(fmt.Sprintf("catalog: %v: domain %q: the source locale %v", d.model.Place, d.model.Name,
				err))
		}
		d.model.Source = t
	}
}

// LocalesDir names the folder of the domain's locale files, relative to the package that calls
// [NewDomain]. Only the command that maintains these files uses it. The default is the nearest
// folder called locales that belongs to the domain.
func LocalesDir(dir string) DomainOption { return func(d *Domain) { d.model.LocalesDir = dir } }

// Docs sets the base address of the domain's documentation, to which a code's name is appended: it
// becomes the "type" of a problem response (RFC 9457, section 3.1.1). A base that does not end in
// "/", "#" or "=" gets a slash at its end.
func Docs(base string) DomainOption {
	return func(d *Domain) { d.model.Docs = model.DocsBase(base) }
}

// NewDomain returns a new, empty domain. The name says whose codes they are, such as "shop"; it
// consists of lower-case letters, digits, dots, dashes and underscores, and starts with a letter.
// NewDomain panics if the name is invalid or belongs to another domain of the program. Tests can
// free the name again with Temporary in package catalogtest.
func NewDomain(name string, options ...DomainOption) *Domain {
	d := &Domain{
		model:    model.Domain{Name: name, Source: language.English, Place: caller()},
		byNumber: map[int]*Code{},
		byName:   map[string]*Code{},
		byPhrase: map[string]*Phrase{},
		byLabel:  map[string]*Label{},
	}
	refuse := func(f model.Fault) { refuse(d.model.Place, fmt.Sprintf("domain %q", name), f) }
	d.model.Validate(refuse)
	for _, option := range options {
		option(d)
	}
	d.locale = sync.OnceValue(func() pattern.Locale { return pattern.NewLocale(d.model.Source) })
	domains.mu.Lock()
	defer domains.mu.Unlock()
	if other := domains.byName[name]; other != nil {
		refuse(*d.model.Clash(&other.model))
	}
	domains.byName[name] = d
	return d
}

// refuse panics because of a fault in the declaration of the subject.
func refuse(at model.Place, subject string, f model.Fault) {
	text := fmt.Sprintf("catalog: %v: %s: %s", at, subject, f.Text)
	if f.Hint != "" {
		text += "; " + f.Hint
	}
	panic(text)
}

// caller returns the place that called the exported function which called this one.
func caller() model.Place {
	_, file, line, _ := runtime.Caller(2)
	return model.Place{File: file, Pos: diag.Pos{Line: line}}
}

// Name returns the domain's name.
func (d *Domain) Name() string { return d.model.Name }

// SourceLocale returns the locale that the domain's texts are written in.
func (d *Domain) SourceLocale() language.Tag { return d.model.Source }

// Docs returns the base address of the domain's documentation, to which a code's name is appended,
// or "".
func (d *Domain) Docs() string { return d.model.Docs }

// Codes yields the codes in the order in which they were defined. A code that is defined while the
// caller iterates is not included.
func (d *Domain) Codes() iter.Seq[*Code] {
	return func(yield func(*Code) bool) {
		d.mu.RLock()
		codes := d.codes // Define only appends.
		d.mu.RUnlock()
		for _, c := range codes {
			if !yield(c) {
				return
			}
		}
	}
}

// Code returns the code with the name, or nil.
func (d *Domain) Code(name string) *Code {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.byName[name]
}

// CodeNumbered returns the code with the number, or nil.
func (d *Domain) CodeNumbered(number int) *Code {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.byNumber[number]
}

// FromNumber returns the error for what a server has sent that sends no more than the number of a
// code and a text for developers. The text becomes the cause, so that it is in logs and readers do
// not see it: they get the code's own texts. A number that no code of the domain has gives an error
// with the code [Unknown].
func (d *Domain) FromNumber(number int, text string) *Error {
	code, cause := d.CodeNumbered(number), errors.New(text)
	if code == nil {
		return Unknown.Wrap(fmt.Errorf("code %d of domain %s: %w", number, d.Name(), cause))
	}
	return code.Wrap(cause)
}

// Labels yields the labels in the order in which they were declared. A label that is declared while
// the caller iterates is not included.
func (d *Domain) Labels() iter.Seq[*Label] {
	return func(yield func(*Label) bool) {
		d.mu.RLock()
		labels := d.labels // Label only appends.
		d.mu.RUnlock()
		for _, l := range labels {
			if !yield(l) {
				return
			}
		}
	}
}

// declared returns the domain with all that it declares.
func (d *Domain) declared() *model.Domain {
	d.mu.RLock()
	defer d.mu.RUnlock()
	all := d.model
	all.Codes = slices.Grow(all.Codes, len(d.codes)) // They are large.
	for _, c := range d.codes {
		all.Codes = append(all.Codes, c.data.Model)
	}
	for _, p := range d.phrases {
		all.Phrases = append(all.Phrases, p.data.Model)
	}
	for _, l := range d.labels {
		all.Labels = append(all.Labels, l.model)
	}
	return &all
}

// registered returns the domains of the program as they are declared at present.
func registered() []*model.Domain {
	domains.mu.Lock()
	defer domains.mu.Unlock()
	var all []*model.Domain
	for _, name := range slices.Sorted(maps.Keys(domains.byName)) {
		all = append(all, domains.byName[name].declared())
	}
	return all
}

func (d *Domain) freeze(at model.Place) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.frozen == (model.Place{}) {
		d.frozen = at
	}
}

// mayDeclare panics if the domain is frozen. The caller holds the lock.
func (d *Domain) mayDeclare(at model.Place, subject string) {
	if d.frozen != (model.Place{}) {
		panic(fmt.Sprintf("catalog: %v: %s: domain %q was loaded already, at %v; declare all before "+
			"that, in package-level variables",
			at, subject, d.model.Name, d.frozen))
	}
}

func (d *Domain) forget() {
	domains.mu.Lock()
	defer domains.mu.Unlock()
	if domains.byName[d.model.Name] == d {
		delete(domains.byName, d.model.Name)
	}
}

// Label is a name that itself needs a translation, such as that of a form's field or of a kind of
// object. It is given as an argument and shows in the reader's language. It is immutable.
type Label struct {
	domain *Domain
	index  int
	model  model.Label
}

// Label declares a label of the domain: its name, of the form [a-z][a-z0-9_]*, and its text in the
// source locale. Label panics if the name is invalid, reserved (see [Domain.Define]) or declared
// twice, or if the text is empty.
func (d *Domain) Label(name, text string) *Label {
	at, subject := caller(), fmt.Sprintf("label %q", name)
	if d == nil {
		panic(fmt.Sprintf("catalog: %v: %s: %s", at, subject, nilDomain))
	}
	l := &Label{domain: d, model: model.Label{Name: name, Place: at}}
	l.model.Text.Forms[plural.Other] = text
	refuse := func(f model.Fault) { refuse(at, subject, f) }
	l.model.Validate(refuse)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mayDeclare(at, subject)
	if other := d.byLabel[name]; other != nil {
		refuse(*l.model.Clash(&other.model))
	}
	l.index = len(d.labels)
	d.labels = append(d.labels, l)
	d.byLabel[name] = l
	return l
}

const nilDomain = "its domain is nil; declare it by NewDomain, in a package-level variable"

// Domain returns the domain that the label belongs to.
func (l *Label) Domain() *Domain { return l.domain }

// Name returns the label's name.
func (l *Label) Name() string { return l.model.Name }

// Text returns the label's text in the source locale of its domain.
func (l *Label) Text() string { return l.model.Text.Forms[plural.Other] }

// Place returns the file and line of the declaration, as the compiler knows them.
func (l *Label) Place() (file string, line int) { return l.model.Place.File, l.model.Place.Line }

// String returns the label's text in the source locale.
func (l *Label) String() string {
	if l == nil {
		return ""
	}
	return l.Text()
}

// Unknown is shown for an error without a code, unless a program chooses another code for that. It
// does not belong to a domain of a program and has no translations.
var Unknown = NewDomain("errlingo").Define(0, "UNKNOWN_ERROR", Spec{
	Title:  "Something went wrong",
	HTTP:   500,
	Action: ActionRetry,
})
