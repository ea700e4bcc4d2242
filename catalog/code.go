package catalog

import (
	"fmt"
	"slices"

	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
)

// Code is the stable identity of one kind of error: a domain, a number and a name. It is itself an
// error: it can be returned without arguments, and be the target of [errors.Is]. It is immutable
// and may be shared between goroutines.
type Code struct {
	domain *Domain
	data   access.Code
	spec   Spec
	params []*param
	tally  int // the index of the Int param Count, which an error can find out itself; or -1
	bare   *Error

	typeURI string
}

// Spec is what a code says and how programs treat it. Only Title is required.
//
// Title, Detail and Help are texts in the source locale of the domain, with placeholders {{.Name}}
// for the params.
type Spec struct {
	// Title names the kind of error, in a few words without a full stop. It should have no
	// placeholder.
	Title string
	// Detail says in a sentence what happened.
	Detail string
	// Plural has the forms for plural categories besides "other", and texts for an exact zero.
	Plural Plural
	// Help says in a sentence what the reader can do.
	Help string

	// Params declares what arguments the texts take.
	Params Params
	// Max limits the length of the texts, in all languages.
	Max Max

	// HTTP is the status of a response, 400 to 599 (RFC 9110, section 15), or 207 for an aggregate.
	// Zero is for a code that only occurs in clients; a response gets 500.
	HTTP int
	// RPC is the status over gRPC and Connect. Zero is the one that [RPCFromHTTP] returns for HTTP.
	RPC RPC
	// Audience says who the texts are written for. Zero is AudienceEndUser. Package problem hides a
	// code whose audience is AudienceOperator alone.
	Audience Audience
	// Retry says what a client may do without asking its user. Zero is RetryNever, also if an
	// argument becomes the header Retry-After.
	Retry Retry
	// Action says what the user may do, such as ActionFix. Zero is ActionContact, whatever HTTP is.
	Action Action
	// Aggregate marks a code whose causes are shown to the reader, as a list.
	Aggregate bool
	// ShownAs is the code that readers see in place of this one, if nobody but the log may know it:
	// number, name, status, texts and documentation are those of the other code. It gets the
	// arguments that it has a param for, see [Error.Shown], so the code needs every param that its
	// texts show. It may belong to another domain. It must not be shown as yet another code, and
	// neither code may be an aggregate.
	ShownAs *Code

	// Deprecated says why the code is no longer issued. It is empty for a code that is in use.
	Deprecated string
	// ReplacedBy is the code to use in place of a deprecated one.
	ReplacedBy *Code
}

// Plural has the plural forms of a code's texts. All are selected by one count. The zero value
// means that no text depends on a count.
type Plural struct {
	// By is the count, an Int.
	By Param
	// Zero, One, Two, Few and Many are the forms of the detail, see [Forms]. The detail itself is the
	// form for "other".
	Zero, One, Two, Few, Many string
	// ExactZero replaces the detail if the count is exactly 0, such as "Sold out." It is not a plural
	// form: every language may have it, and none needs it. A locale that lacks it shows its detail.
	ExactZero string
	// Title and Help are the forms of title and help. Without any, that text has one form for all
	// numbers.
	Title, Help Forms
	// HelpExactZero replaces the help if the count is exactly 0.
	HelpExactZero string
}

// Forms are the forms of a text for [CLDR's plural categories] besides "other", whose form is the
// text itself. A form that is empty is that for "other".
//
// A category is not a number: English has only One and "other", and 0 belongs to "other". Zero is
// for source locales such as Arabic and Latvian.
//
// [CLDR's plural categories]: https://cldr.unicode.org/index/cldr-spec/plural-rules
type Forms struct {
	Zero, One, Two, Few, Many string
}

// Max limits the length of texts, in characters (Unicode code points) of the pattern. Zero means no
// limit.
type Max struct {
	Title, Detail, Help int
}

// Define declares a code of the domain. The name has the form [A-Z][A-Z0-9_]*[A-Z0-9], 63
// characters at most.
//
// Define panics if the declaration is invalid, and says where it is and what is wrong: a number or
// name that another code of the domain has, an invalid or reserved name, no title, a text with an
// invalid placeholder or one that is not a declared param, two public params with one name in a
// response, or a plural by a param that is not a declared Int.
//
// No code, label or param may have the name ID, Description, Hash, LeftDelim, RightDelim,
// Translation, Zero, One, Two, Few, Many or Other, in any case, since these words have a meaning in
// locale files; nor may a param have the name PluralCount. Use a longer name: OrderID.
func (d *Domain) Define(number int, name string, spec Spec) *Code {
	at, subject := caller(), fmt.Sprintf("code %d %s", number, name)
	if d == nil {
		panic(fmt.Sprintf("catalog: %v: %s: %s", at, subject, nilDomain))
	}
	spec.Params = slices.Clone(spec.Params)
	c := &Code{domain: d, spec: spec}
	c.typeURI = d.model.TypeURI(name)
	c.data.Model = model.Code{Number: number, Name: name, Place: at}
	c.bare = &Error{code: c}
	refuse := func(f model.Fault) { refuse(at, subject, f) }
	c.read(refuse)
	c.data.Model.Validate(refuse)
	c.tally = c.data.Model.Takes(&model.Param{Name: "Count", Kind: format.Int.String()})
	c.data.Count = -1
	if spec.Plural.By != nil {
		c.data.Count = c.data.Model.ParamIndex(spec.Plural.By.Name())
	}
	c.data.Texts = c.data.Model.Compile()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mayDeclare(at, subject)
	for _, other := range []*Code{d.byNumber[number], d.byName[name]} {
		if other != nil {
			refuse(*c.data.Model.Clash(&other.data.Model))
		}
	}
	c.data.Index = len(d.codes)
	d.codes = append(d.codes, c)
	d.byNumber[number] = c
	d.byName[name] = c
	return c
}

// read fills the model from the spec, and refuses a param that is nil.
func (c *Code) read(refuse func(model.Fault)) {
	m, spec := &c.data.Model, &c.spec
	m.HTTP, m.Aggregate, m.Deprecated = spec.HTTP, spec.Aggregate, spec.Deprecated
	m.Treatment = model.Treatment{RPC: uint8(spec.RPC), Audience: uint8(spec.Audience),
		Retry: uint8(spec.Retry), Action: uint8(spec.Action)}
	if spec.ReplacedBy != nil {
		m.ReplacedBy = spec.ReplacedBy.Name()
	}
	if spec.ShownAs != nil {
		m.ShownAs = &spec.ShownAs.data.Model
	}
	if spec.RPC > RPCUnauthenticated {
		refuse(model.Fault{Text: fmt.Sprintf("%d is not an RPC status", spec.RPC),
			Hint: "use a constant such as catalog.RPCNotFound"})
	}
	c.params = declareParams(&m.Signature, spec.Params, spec.Plural.By, refuse)
	detail := Forms{Zero: spec.Plural.Zero, One: spec.Plural.One, Two: spec.Plural.Two,
		Few: spec.Plural.Few, Many: spec.Plural.Many}
	m.Texts = [model.NumParts]model.Text{
		model.Title:      spec.Plural.Title.text(spec.Title, spec.Max.Title),
		model.Detail:     detail.text(spec.Detail, spec.Max.Detail),
		model.DetailZero: Forms{}.text(spec.Plural.ExactZero, spec.Max.Detail),
		model.Help:       spec.Plural.Help.text(spec.Help, spec.Max.Help),
		model.HelpZero:   Forms{}.text(spec.Plural.HelpExactZero, spec.Max.Help),
	}
}

// declareParams fills a signature and returns the declarations of its params. It refuses a param
// that is nil; the count may be a nil Param.
func declareParams(
	m *model.Signature, params Params, count Param, refuse func(model.Fault),
) []*param {
	const declare = "declare it by a function such as catalog.String, in a package-level variable"
	var declared []*param
	for _, p := range params {
		if p == nil || p.declared() == nil {
			refuse(model.Fault{Text: "a param is nil", Hint: declare})
		}
		declared = append(declared, p.declared())
		m.Params = append(m.Params, p.declared().model)
	}
	if count != nil {
		if count.declared() == nil {
			refuse(model.Fault{Text: "the plural's param is nil", Hint: declare})
		}
		m.Count = count.Name()
	}
	return declared
}

// text returns the text of the forms with the one for "other".
func (f Forms) text(other string, most int) model.Text {
	return model.Text{Max: most, Forms: [plural.NumCategories]string{
		plural.Zero: f.Zero, plural.One: f.One, plural.Two: f.Two, plural.Few: f.Few,
		plural.Many: f.Many, plural.Other: other,
	}}
}

// shown returns the code that readers see.
func (c *Code) shown() *Code {
	if c.spec.ShownAs != nil {
		return c.spec.ShownAs
	}
	return c
}

// Domain returns the domain that the code belongs to.
func (c *Code) Domain() *Domain { return c.domain }

// Number returns the code's number.
func (c *Code) Number() int { return c.data.Model.Number }

// Name returns the code's name.
func (c *Code) Name() string { return c.data.Model.Name }

// Place returns the file and line of the declaration, as the compiler knows them.
func (c *Code) Place() (file string, line int) {
	return c.data.Model.Place.File, c.data.Model.Place.Line
}

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

// RPCStatus returns the status over gRPC and Connect: the one that is declared, or the one for the
// HTTP status.
func (c *Code) RPCStatus() RPC {
	if c.spec.RPC != 0 {
		return c.spec.RPC
	}
	return RPCFromHTTP(c.HTTPStatus())
}

// Audience returns who the code's texts are written for.
func (c *Code) Audience() Audience {
	if c.spec.Audience == 0 {
		return AudienceEndUser
	}
	return c.spec.Audience
}

// Retry returns what a client may do without asking its user.
func (c *Code) Retry() Retry { return c.spec.Retry }

// Action returns what the user may do.
func (c *Code) Action() Action { return c.spec.Action }

// Aggregate reports whether the code's causes are shown to the reader, as a list.
func (c *Code) Aggregate() bool { return c.spec.Aggregate }

// TypeURI returns the address of the code's documentation, the domain's [Docs] with the code's
// name, or "" if the domain has none.
func (c *Code) TypeURI() string { return c.typeURI }

// New returns an error with the code and its arguments. An argument for a param that the code does
// not have, or a second one for the same param, is left out; [Error.UnknownArgs] returns its name.
func (c *Code) New(args ...Arg) *Error { return c.Wrap(nil, args...) }

// Wrap returns an error with the code, its arguments and a cause, which is for logs and [errors.Is]
// and never shown to a reader. It never returns nil, even if the cause is nil.
func (c *Code) Wrap(cause error, args ...Arg) *Error {
	e := newError(c, cause)
	if c == nil {
		e.unknown = give(nil, nil, nil, args, nil)
	} else {
		e.unknown = give(e.given, c.params, &c.data.Model.Signature, args, nil)
	}
	return &e.Error
}

// give sets the values of params, and adds the names of arguments for none of them to the unknown
// ones.
func give(
	given []format.Value, params []*param, of *model.Signature, args []Arg, unknown []string,
) []string {
	for a := range args {
		arg := &args[a]
		if i := indexOf(params, of, arg.param); i < 0 || given[i].Kind() != 0 {
			unknown = append(unknown, arg.String())
		} else {
			given[i] = arg.value
			if style := params[i].model.Style; style != 0 {
				given[i] = arg.value.Styled(style)
			}
		}
	}
	return unknown
}

// indexOf returns the index of the param that an argument of the handle goes to: that which the
// handle declares, else one with the same name and kind. It is -1 if there isn't one.
func indexOf(params []*param, of *model.Signature, p *param) int {
	if p == nil || of == nil {
		return -1
	}
	for i := range params {
		if params[i].origin == p.origin {
			return i
		}
	}
	return of.Takes(&p.model)
}

// Example returns an error with the code and, as its arguments, the examples of its params: for
// documentation, and for tests that render every text.
func (c *Code) Example() *Error {
	args := make([]Arg, len(c.params))
	for i, p := range c.params {
		args[i] = Arg{param: p.origin, value: p.model.Example}
	}
	return c.New(args...)
}

func (c *Code) numParams() int {
	if c == nil {
		return 0
	}
	return len(c.params)
}

// paramOf is indexOf for the params of the code, which may be nil.
func (c *Code) paramOf(p *param) int {
	if c == nil {
		return -1
	}
	return indexOf(c.params, &c.data.Model.Signature, p)
}

// Error returns the code for developers: its name, number and title.
func (c *Code) Error() string {
	if c == nil {
		return "<nil code>"
	}
	return fmt.Sprintf("%s (%d): %s", c.data.Model.Name, c.data.Model.Number, c.spec.Title)
}

// As lets [errors.As] find a bare code as an [Error] without arguments.
func (c *Code) As(target any) bool {
	if e, ok := target.(**Error); ok && c != nil {
		*e = c.bare
		return true
	}
	return false
}

// Audience says who a code's texts are written for. Audiences may be combined: AudienceEndUser |
// AudienceOperator.
type Audience uint8

// The audiences.
const (
	AudienceEndUser   Audience = 1 << iota // users of the program
	AudienceDeveloper                      // callers of the program's API
	AudienceOperator                       // operators of the program
)

// Has reports whether the audience includes all of the other.
func (a Audience) Has(other Audience) bool { return a&other == other }

// Retry says what a client may do without asking its user; an [Action] says what the user may do.
type Retry uint8

// The ways to retry a request automatically.
const (
	RetryNever   Retry = iota // do not retry
	RetryBackoff              // retry with growing pauses
	RetryAfter                // retry after the time in the response's Retry-After
	RetryOnce                 // retry once
)

var retryNames = [...]string{"never", "backoff", "after", "once"}

// String returns "never", "backoff", "after" or "once".
func (r Retry) String() string {
	if int(r) < len(retryNames) {
		return retryNames[r]
	}
	return retryNames[RetryNever]
}

// Action says what the user may do about an error.
type Action uint8

// The actions.
const (
	ActionContact Action = iota // contact the developers or operators of the program
	ActionFix                   // fix the input
	ActionRetry                 // try again later
	ActionSignIn                // sign in
	ActionNone                  // do nothing
)

var actionNames = [...]string{"contact", "fix", "retry", "sign-in", "none"}

// String returns "contact", "fix", "retry", "sign-in" or "none".
func (a Action) String() string {
	if int(a) < len(actionNames) {
		return actionNames[a]
	}
	return actionNames[ActionContact]
}
