// Package problem answers HTTP requests with errors, in the user's language: as JSON (RFC 9457), as
// an HTML page, or as plain text. The JSON document is described in docs/wire-format.md of this
// module.
//
//	respond := problem.New(bundle, problem.Options{})
//	http.Handle("/order", respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
//		return OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(3))
//	}))
//
// # Who sees what
//
// Users see the title, detail and help of the error's code. Programs get its number, name and
// public arguments. Causes, panic values and sensitive arguments are never sent, except that a
// sensitive argument may appear in the user's own message. An error without a code is answered as
// [Options.Internal]. So is one whose audience is operators alone; the status, retry and
// Retry-After remain its own, since only programs read them. Texts for developers are sent, since
// developers who call an API read its responses: they must not contain secrets.
//
// A code with [catalog.Spec.ShownAs] is answered as that other code, status and all.
//
// # Which error is answered
//
// The response shows the first error in the tree that has a code, so wrapping an error changes
// nothing. Joined errors with several codes are answered as [Options.Aggregate], which lists them
// in order of urgency.
//
// An error whose code has an Int param Count, as [codes.ValidationError] has, knows that count if
// it was not given: the number of its violations, plus that of its causes if it is an aggregate.
//
// A text that lacks an argument is not shown, see package errlingo; the attribute missing of the
// log line names the params. A title that is not shown gives way to that of the standard code for
// the status if the bundle has the standard codes.
//
// Three errors need no code: exceeding the limit of [http.MaxBytesReader] is answered as
// [codes.ObjectTooLarge], a missed deadline as [codes.Timeout], and a request canceled by the
// client is not answered at all. [Options.Map] can handle other errors, and [DecodeError] explains
// what is wrong with a request body. Anything else is a bug or failure of the program.
//
// # Other transports
//
// [Responder.Details] applies all of this to an error that travels over something else than HTTP.
//
// # The page
//
// A page and a plain text lead on: to what the code's action says, such as signing in, to the
// addresses in params, to support and to the home page; see [Links]. Of params, LoginURL and
// UpgradeURL are known, others are shown as they are. Only http, https, mailto, tel and paths on
// the same origin are linked to. "Try again" is there for GET only.
//
// The page says nothing twice: errors of the same title are one item of its list, errors with the
// same help share it, and pointers are shown to developers only; see [Details.Sections]. It needs
// no script, and its Content Security Policy allows nothing but its own style. It has colors for
// dark screens and forced colors, and a layout for large type and paper. Name and color are those
// of [Brand]; [Options.Page] replaces it all.
//
// # Limits
//
// A response has at most [MaxBytes] bytes, whatever the error holds, and its cost does not grow
// with what it does not show:
//
//   - At most [MaxErrors] errors inside the error are shown, including nested ones down to a depth
//     of 32, and only as many as fit. Outer ones take precedence. The member total has their number
//     if some are left out.
//   - A text has at most 8 KiB, and a text argument 256 characters of it.
//   - The params of an error have at most 16 KiB: a text 256 characters, a list 100 values and
//     4 KiB of text. The member truncated names the params that were cut or left out.
//   - A pointer of more than 512 bytes and a public address of more than 2 KiB are left out, and so
//     is a number beyond ±(2^53-1), since JSON clients would round it (RFC 7493, section 2.2).
//     Identifiers and decimals are strings and have no such limit.
//   - Of joined errors and violations, 10,000 are looked at.
//   - The members of [Options.Extend] have at most 2 KiB.
//
// If a public argument is left out, [errlingo.Options.OnEvent] gets a SuspiciousValue.
//
// # What is logged
//
// Each error is logged as one line. It has the reference that is also in the response, a random
// UUID, and the details that the response omits: the error's own text, the error that Map returned,
// the code, the arguments that are not sensitive, and the cause as a group if it has an error with
// a code or joins several. The level is Error for a status of 500 or above and for an error that
// could not be answered, Debug for a canceled request, and Info otherwise.
//
// If one of several joined errors has no code, the user sees only the others, but the line has the
// level Error and the attribute unforeseen, which holds the error without a code. The same goes for
// a violation that has no code, is hidden from readers, or is a server failure whose texts are not
// for end users; at most 10,000 errors are checked. Texts are truncated to 8 KiB, arguments and
// violations to 512 bytes.
package problem

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// Options configure a [Responder]. The zero value is ready to use and chooses the language by
// Accept-Language alone.
//
// Functions are called in the request's goroutine and must be safe for concurrent use. If one
// panics, the panic is logged with its stack and the request is handled as if the function were not
// set. If Map panics, the error is answered as Internal. Only [http.ErrAbortHandler] is passed on.
// Those that work with any transport get the context of the request; [RequestFrom] returns the HTTP
// request.
type Options struct {
	// Internal is shown for an error without a code, and in place of one whose texts are for operators
	// alone. If it has a String or Literal param Reference, that param gets the reference.
	// If nil, [codes.InternalServerError] is used.
	Internal *catalog.Code
	// Aggregate is shown for several errors with codes that were joined, as by [errors.Join]. It must
	// be declared as an aggregate to list them. If it has an Int param Count, that param gets their
	// number. If nil, [codes.AggregateError] is used.
	Aggregate *catalog.Code
	// Map returns the error to answer with in place of the given one, or nil to keep it. It is called
	// before anything else is known about the error, but not for panics. Both errors are logged.
	Map func(ctx context.Context, err error) error
	// Extend returns more members for the JSON document, such as a balance (RFC 9457, section 3.2).
	// It must not change the details. A name consists of ASCII letters, digits and underscores,
	// starts with a letter, has 3 to 64 characters, and is not that of a standard member in any case.
	// Together, names and values may have 2 KiB. A member that breaks a rule, or has no JSON form, is
	// left out and logged. Extend must not return what the user must not see: it is not masked.
	Extend func(ctx context.Context, d *Details) map[string]any
	// OnAnswer is called after each answer, for metrics.
	OnAnswer func(ctx context.Context, a *Answer)
	// NotFound is what [Responder.Mux] answers if no pattern matches the path. If it has a String
	// param Path, that param gets the path. If nil, [codes.ObjectNotFound] of a page is used.
	NotFound *catalog.Code
	// MethodNotAllowed is what [Responder.Mux] answers if the path has patterns, but none for the
	// method. A Literal param Method or Feature gets the method, and a List of Literal named Methods
	// gets the allowed ones. If nil, [codes.CommandUnavailable] is used with status 405: its texts say
	// that PUT isn't available here. No standard code has status 405 itself, since a code has one
	// status, and outside HTTP nobody is refused for a method.
	MethodNotAllowed *catalog.Code

	// Query is the name of the query parameter that selects a language, as in ?lang=de. If empty,
	// the query is not used.
	Query string
	// Profile returns the language in the user's profile, or "" if it is not known. Setting it makes
	// responses private, since caches cannot know what the profile says.
	Profile func(*http.Request) string
	// Cookie is the name of the cookie that holds the user's language. If empty, no cookie is used.
	Cookie string
	// Zone returns the user's time zone, or nil if it is not known.
	Zone func(*http.Request) *time.Location

	// Links are where users can go on from an error page.
	Links Links
	// Brand is how the built-in page looks.
	Brand Brand
	// Page replaces the built-in HTML page. It is executed with a *[Details]. If it fails, the error
	// is logged and the built-in page is shown.
	Page *template.Template
	// Challenge is the WWW-Authenticate header of a response with status 401 (RFC 9110, section
	// 11.6.1), unless the handler has set one. If empty, it is `Bearer realm="api"`, for which
	// browsers do not ask for a password.
	Challenge string
	// Allow returns the methods that the requested resource allows. They become the Allow header of
	// a response with status 405 (RFC 9110, section 15.5.6), unless the handler has set one. If nil,
	// Allow is sent empty.
	Allow func(*http.Request) []string

	// Logger gets one line for each error. If nil, [slog.Default] is used at the time of the error.
	Logger *slog.Logger
	// NewReference returns what identifies the answer in the log and for support, such as the trace
	// ID in the context: 1 to 64 visible ASCII characters. An empty result, a nil NewReference, and an
	// invalid result, which is logged, mean a random UUID (RFC 9562, version 4).
	NewReference func(ctx context.Context) string
}

// Responder answers requests with errors, over HTTP by its methods that take a request, and over
// any other transport by [Responder.Details]. Use [New] to create one. It is immutable and safe for
// concurrent use.
type Responder struct {
	policy
	bundle  *errlingo.Bundle
	options Options
	vary    string // what all answers depend on
	builtin *builtin
}

// New returns a responder that takes its texts from the bundle. If the bundle is nil, texts are in
// the language in which they were declared. New panics if an address of [Options.Links] must not be
// in a page, or if [Options.Brand] is invalid.
func New(bundle *errlingo.Bundle, options Options) *Responder {
	if options.Internal == nil {
		options.Internal = codes.InternalServerError
	}
	if options.Aggregate == nil {
		options.Aggregate = codes.AggregateError
	}
	if options.NotFound == nil {
		options.NotFound = codes.ObjectNotFound
	}
	if options.MethodNotAllowed == nil {
		options.MethodNotAllowed = codes.CommandUnavailable
	}
	if options.Challenge == "" {
		options.Challenge = `Bearer realm="api"`
	}
	options.Links = options.Links.normalized()
	vary := "Accept, Accept-Language"
	if options.Cookie != "" {
		vary += ", Cookie"
	}
	return &Responder{
		policy: policy{options.Internal, options.Aggregate, bodyTooLarge},
		bundle: bundle, options: options, vary: vary,
		builtin: newBuiltin(options.Brand, options.Links.Home),
	}
}

// Localizer returns the localizer for the user who sent the request. It considers, in this order,
// the query, the profile, the cookie and Accept-Language, once for a request that went through
// [Responder.Middleware]. A page rendered with it depends on the same headers as an error response;
// call [Responder.Vary] to declare them.
func (h *Responder) Localizer(r *http.Request) *errlingo.Localizer {
	if l, ok := r.Context().Value(localizerKey{h}).(*errlingo.Localizer); ok {
		return l
	}
	if h.bundle == nil {
		return &errlingo.Localizer{}
	}
	var query, profile, cookie string
	if h.options.Query != "" && r.URL != nil && r.URL.RawQuery != "" {
		query = r.URL.Query().Get(h.options.Query)
	}
	if h.options.Profile != nil {
		h.call(withRequest(r), "Profile", "", func() { profile = h.options.Profile(r) })
	}
	if h.options.Cookie != "" {
		if c, err := r.Cookie(h.options.Cookie); err == nil {
			cookie = c.Value
		}
	}
	header := strings.Join(r.Header["Accept-Language"], ", ")
	l := h.bundle.Localizer(query, profile, cookie, header)

	var zone *time.Location
	if h.options.Zone != nil {
		h.call(withRequest(r), "Zone", "", func() { zone = h.options.Zone(r) })
	}
	if zone != nil {
		return l.WithZone(zone)
	}
	return l
}

// localizerKey is the key of the localizer that a responder has chosen for a request.
type localizerKey struct{ *Responder }

// localize returns the request with its localizer in the context.
func (h *Responder) localize(r *http.Request) *http.Request {
	l := h.Localizer(r)
	ctx := context.WithValue(r.Context(), localizerKey{h}, l)
	return r.WithContext(errlingo.NewContext(ctx, l))
}

// Middleware returns a handler that calls next as [Responder.Handler] calls its function. Put it
// around the router of a framework: the context of each request carries the user's localizer, for
// [errlingo.FromContext] and the other methods, a panic is answered, and [Responder.Write] inside
// it knows what was set and sent before. A page that uses the localizer needs [Responder.Vary].
func (h *Responder) Middleware(next http.Handler) http.Handler {
	return h.Handler(func(w http.ResponseWriter, r *http.Request) error {
		next.ServeHTTP(w, r)
		return nil
	})
}
