package catalog

import (
	"fmt"
	"iter"
	"net/url"
	"slices"

	"github.com/errlingo/errlingo/internal/pattern"
)

// Code is the stable identity of one kind of error: a domain, a number and a name. It is itself an error, so that it can
// be returned bare and be the target of [errors.Is]. It is immutable and may be shared between goroutines.
type Code struct {
	domain *Domain
	index  int
	number int
	name   string
	spec   Spec
	params []*param
	count  int // index of the param that chooses the plural form, or -1
	at     place
	source [NumParts]pattern.Text
	bare   *Error
}

// Spec is what a code says and how it is to be treated. Only Title is required.
//
// Title, Detail and Help are texts in the source locale of the domain, with placeholders {{.Name}} for the params.
type Spec struct {
	// Title names the kind of error, in a few words without a full stop. It should have no placeholder.
	Title string
	// Detail says in a sentence what happened.
	Detail string
	// Plural has the detail's forms for other plural categories than "other".
	Plural Plural
	// Help says in a sentence what the reader can do.
	Help string

	// Params declares what arguments the texts take.
	Params Params
	// Max limits the length of the texts, in all languages.
	Max Max

	// HTTP is the status of a response, 400 to 599 (RFC 9110, section 15), or 207 for an aggregate. Zero, for a code that
	// arises in clients only, is answered with 500.
	HTTP int
	// Audience says who the texts are written for. Zero is AudienceEndUser.
	Audience Audience
	// Retry says what a client may do unasked. Zero is RetryNever.
	Retry Retry
	// Action says what the user may do. Zero is ActionContact.
	Action Action
	// Aggregate marks a code whose causes are shown to the reader, as a list.
	Aggregate bool

	// Deprecated says why the code is issued no more. Empty means that it is.
	Deprecated string
	// ReplacedBy is the code to use in place of a deprecated one.
	ReplacedBy *Code
}

// Plural has the forms of a detail that differ by a count, named by CLDR's plural categories. The detail itself is the
// form for "other". The zero value means that the detail does not differ. See [CLDR's plural rules].
//
// A category is not a number: English has One and "other" alone, and 0 belongs to "other". Zero is for source locales such
// as Arabic and Latvian.
//
// [CLDR's plural rules]: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
type Plural struct {
	By                        Param // an Int, the count
	Zero, One, Two, Few, Many string
}

// Forms yields the forms that are given, as category and text, in CLDR's order.
func (p Plural) Forms() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, form := range [...][2]string{
			{"zero", p.Zero}, {"one", p.One}, {"two", p.Two}, {"few", p.Few}, {"many", p.Many},
		} {
			if form[1] != "" && !yield(form[0], form[1]) {
				return
			}
		}
	}
}

// Max limits the length of texts, in characters (Unicode code points) of the pattern. Zero is no limit.
type Max struct {
	Title, Detail, Help int
}

// Part is one of the texts of a code.
type Part uint8

// The parts of a code, in the order in which a reader meets them.
const (
	Title Part = iota
	Detail
	Help

	NumParts = 3
)

var partNames = [NumParts]string{"title", "detail", "help"}

// String returns "title", "detail" or "help".
func (p Part) String() string {
	if p < NumParts {
		return partNames[p]
	}
	return fmt.Sprintf("Part(%d)", uint8(p))
}

// Parts yields every part in order.
func Parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		for p := range Part(NumParts) {
			if !yield(p) {
				return
			}
		}
	}
}

// Text returns the text of the part.
func (s *Spec) Text(p Part) string {
	switch p {
	case Title:
		return s.Title
	case Detail:
		return s.Detail
	case Help:
		return s.Help
	}
	return ""
}

// Define declares a code of the domain. The name has the form [A-Z][A-Z0-9_]*[A-Z0-9], 63 characters at most.
//
// A declaration that cannot stand panics, with its place and what is wrong: a number or name that another code of the
// domain has, a bad or reserved name, no title, a text with a bad placeholder or one that is no declared param, two
// public params with one name in a response, or a plural by something else than a declared Int.
//
// No code, label or param may be called ID, Description, Hash, LeftDelim, RightDelim, Translation, Zero, One, Two, Few,
// Many or Other, in any case of the letters, since these words have a meaning in locale files; nor may a param be called
// PluralCount. A longer name will do: OrderID.
func (d *Domain) Define(number int, name string, spec Spec) *Code {
	at := caller()
	if d == nil {
		panic(fmt.Sprintf("catalog: %v: code %d %s: its domain is nil: declare that by NewDomain, in a package-level variable", at, number, name))
	}
	c := &Code{domain: d, number: number, name: name, spec: spec, count: -1, at: at}
	c.spec.Params = slices.Clone(spec.Params)
	c.bare = &Error{code: c}
	if fault := c.check(); fault != "" {
		panic(fmt.Sprintf("catalog: %v: code %d %s: %s", c.at, number, name, fault))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if other := d.byNumber[number]; other != nil {
		panic(fmt.Sprintf("catalog: %v: number %d of code %s belongs to %s already, declared at %v", c.at, number, name, other.name, other.at))
	}
	if other := d.byName[name]; other != nil {
		panic(fmt.Sprintf("catalog: %v: name %s of code %d belongs to %d already, declared at %v", c.at, name, number, other.number, other.at))
	}
	c.index = len(d.codes)
	d.codes = append(d.codes, c)
	d.byNumber[number] = c
	d.byName[name] = c
	return c
}

// Domain returns the domain that the code belongs to.
func (c *Code) Domain() *Domain { return c.domain }

// Index returns the code's place in [Domain.Codes].
func (c *Code) Index() int { return c.index }

// Number returns the code's number.
func (c *Code) Number() int { return c.number }

// Name returns the code's name.
func (c *Code) Name() string { return c.name }

// Place returns the file and line of the declaration, as the compiler knows them.
func (c *Code) Place() (file string, line int) { return c.at.file, c.at.line }

// Spec returns a copy of the code's declaration.
func (c *Code) Spec() Spec {
	spec := c.spec
	spec.Params = slices.Clone(spec.Params)
	return spec
}

// HTTPStatus returns the status of a response, 500 for a code that has none.
func (c *Code) HTTPStatus() int {
	if c.spec.HTTP == 0 {
		return 500
	}
	return c.spec.HTTP
}

// Audience returns who the code's texts are written for.
func (c *Code) Audience() Audience {
	if c.spec.Audience == 0 {
		return AudienceEndUser
	}
	return c.spec.Audience
}

// Retry returns what a client may do unasked.
func (c *Code) Retry() Retry { return c.spec.Retry }

// Action returns what the user may do.
func (c *Code) Action() Action { return c.spec.Action }

// Aggregate reports whether the code's causes are shown to the reader, as a list.
func (c *Code) Aggregate() bool { return c.spec.Aggregate }

// TypeURI returns the address of the code's documentation, the domain's [Docs] with the code's name, or "" where the
// domain has none.
func (c *Code) TypeURI() string {
	if c.domain.docs == "" {
		return ""
	}
	return c.domain.docs + url.PathEscape(c.name)
}

// ParamIndex returns the place in the spec's Params of the param that has the name, or had it, and -1 if there is none.
func (c *Code) ParamIndex(name string) int {
	for i, p := range c.params {
		if p.name == name {
			return i
		}
	}
	for i, p := range c.params {
		if p.answersTo(name) {
			return i
		}
	}
	return -1
}

// ParamNames returns the names of the params, in the order of the spec's Params.
func (c *Code) ParamNames() []string {
	names := make([]string, len(c.params))
	for i, p := range c.params {
		names[i] = p.name
	}
	return names
}

// SourceText returns the text of the part as it was declared, ready to be rendered by package errlingo.
func (c *Code) SourceText(p Part) *pattern.Text { return &c.source[p] }

// Count returns the place in the spec's Params of the param that chooses the detail's plural form, and -1 if there is
// none.
func (c *Code) Count() int { return c.count }

// New returns an error with the code and its arguments. An argument for a param that the code does not have, or a second
// one for the same param, is left out; [Error.UnknownArgs] tells.
func (c *Code) New(args ...Arg) *Error { return c.Wrap(nil, args...) }

// Wrap returns an error with the code, its arguments and a cause, which is for logs and [errors.Is] and never shown to a
// reader. It never returns nil, even if the cause is nil.
func (c *Code) Wrap(cause error, args ...Arg) *Error {
	e := newError(c, cause)
	for _, arg := range args {
		if i := c.place(arg); i < 0 || e.values[i].Kind() != 0 {
			e.unknown = append(e.unknown, arg.String())
		} else {
			e.values[i] = arg.value
		}
	}
	return &e.Error
}

// Example returns an error with the code and, as its arguments, the examples of its params: for documentation, and for
// tests that render every text.
func (c *Code) Example() *Error {
	args := make([]Arg, len(c.params))
	for i, p := range c.params {
		args[i] = Arg{param: p.origin, value: p.example}
	}
	return c.New(args...)
}

// place finds an argument's param by its handle, else by a name and kind that are the same.
func (c *Code) place(arg Arg) int {
	if c == nil || arg.param == nil {
		return -1
	}
	for i, p := range c.params {
		if p.origin == arg.param {
			return i
		}
	}
	for i, p := range c.params {
		if p.name == arg.param.name && p.kind == arg.param.kind {
			return i
		}
	}
	return -1
}

// Error returns the code in the words of its declaration: name, number and, since a bare code has no arguments, title.
func (c *Code) Error() string {
	if c == nil {
		return "<nil code>"
	}
	return fmt.Sprintf("%s (%d): %s", c.name, c.number, c.spec.Title)
}

// As lets [errors.As] find the [Error] without arguments that a bare code stands for.
func (c *Code) As(target any) bool {
	if e, ok := target.(**Error); ok && c != nil {
		*e = c.bare
		return true
	}
	return false
}
