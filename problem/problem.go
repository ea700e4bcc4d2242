// Package problem answers a request with an error, in the reader's language: as JSON after RFC 9457, as an HTML page, or
// as plain text.
//
//	respond := problem.New(bundle, problem.Options{})
//	http.Handle("/order", respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
//		return OutOfStock.New(Item.Arg("Blue socks"), Left.Arg(3))
//	}))
//
// # Who is told what
//
// The reader is told the title, the detail and the help of the error's code, and programs its number, name and public
// arguments. A cause, a panic's value and a sensitive argument stand in no response, but that a sensitive one may be part
// of the reader's own sentence. An error that carries no code is answered as [Options.Internal]. So is a failure of the
// server, of status 500 or above, whose texts are not written for end users; status, retry and Retry-After are then still
// those of the failure, since they are for machines.
//
// # What is answered as what
//
// An error is answered as the code that is found first in its tree, so that wrapping changes nothing. Several errors with
// a code that were joined are answered as [Options.Aggregate], with a list of them, the most urgent first. At most
// [MaxErrors] are shown; the member total then has the number of all. Lists within lists end at a depth of 32.
//
// A code that was returned without arguments and has an Int param Count, as [codes.ValidationError] has, gets the number
// of its violations, and of its causes if it is an aggregate.
//
// Without a code, a body over [http.MaxBytesReader]'s limit is answered as [codes.ObjectTooLarge], and a deadline that has
// passed as [codes.Timeout]. A request that was cancelled by its client is not answered. [Options.Map] can say more, and
// [DecodeError] says what was wrong with a body. Everything else is a fault of the program.
//
// # What is logged
//
// Each answer has a reference, a random UUID, which also stands in the one line that the log gets. That line has the rest:
// the error in its own words, what Map returned for it, its code and the arguments that are not sensitive. The level is
// Error for a status of 500 or above and for what could not be answered any more, Debug for a cancelled request, and Info
// for all else. If of several joined errors one carries no code, the reader is told of the others only, but the line has
// the level Error and the attribute unforeseen: that one is a failure that nobody foresaw. So is a violation that carries
// no code, or that is a failure of which end users are not told; the first 1000 violations are looked at. Texts are cut
// at 8 KiB, arguments and violations at 512 bytes.
package problem

import (
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
)

// Options are the settings of [New]. The zero value is ready for use: it chooses the language by Accept-Language alone.
// Functions are called in the goroutine of the request and must be safe for concurrent use. One that panics is logged with
// its stack and counts as absent, but for Map: the error is then answered as Internal. Only [http.ErrAbortHandler] is
// passed on.
type Options struct {
	// Internal is shown for an error that carries no code, and in place of a server's failure that end users are not told
	// of. A param Reference of the kind string or code gets the reference. Nil is [codes.InternalServerError].
	Internal *catalog.Code
	// Aggregate is shown for several errors with a code that were joined, as by [errors.Join]. It must be marked Aggregate
	// to list them. An Int param Count gets their number. Nil is [codes.AggregateError].
	Aggregate *catalog.Code
	// Map is asked first what an error is to be answered as. Where it returns nil the error stays as it is. It is not asked
	// about panics. The log has both errors.
	Map func(error) error
	// NotFound is what [Responder.Mux] answers for a path that the mux has no pattern for. A String param Path gets the path.
	// Nil is [codes.ObjectNotFound], of a page.
	NotFound *catalog.Code
	// MethodNotAllowed is what [Responder.Mux] answers for a method that the mux has no pattern for. A Literal param Method
	// gets the method, and a List of Literal called Methods those that there are. The standard codes have none for this:
	// nil leaves the answer to the mux, which is of status 405, in English and plain text.
	MethodNotAllowed *catalog.Code

	// Query is the name of the query parameter in which a reader asks for a language, as in ?lang=de. Empty: none.
	Query string
	// Profile returns the language that the reader has chosen for good, "" if it is not known. It makes the response
	// private, since what it looks at is not known to caches.
	Profile func(*http.Request) string
	// Cookie is the name of the cookie that has the reader's language. Empty: none.
	Cookie string
	// Zone returns the reader's time zone, nil if it is not known.
	Zone func(*http.Request) *time.Location

	// Page is shown to browsers in place of the package's own page. It is executed with a *[Details]. A page that fails is
	// logged, and the package's own one is shown.
	Page *template.Template
	// Challenge is the WWW-Authenticate of a response of status 401 (RFC 9110, section 11.6.1) that the handler has set
	// none for. Empty is `Bearer realm="api"`, which makes no browser ask for a password.
	Challenge string
	// Allow returns the methods that the request's target has, for a response of status 405 whose handler has set no Allow
	// (RFC 9110, section 15.5.6). Without it that header is there and empty.
	Allow func(*http.Request) []string

	// Logger gets one line for each error. Nil is [slog.Default] as it is at that time.
	Logger *slog.Logger
	// NewReference returns a UUID in its text form. Nil makes a random one (RFC 9562, version 4). It is for tests.
	NewReference func() string
}

const defaultChallenge = `Bearer realm="api"`

// Responder answers requests with errors. It is immutable and safe for concurrent use. [New] makes one.
type Responder struct {
	bundle  *errlingo.Bundle
	options Options
}

// New returns a responder that takes its texts from the bundle. With a nil bundle every code speaks the language in which
// it was declared.
func New(bundle *errlingo.Bundle, options Options) *Responder {
	if options.Internal == nil {
		options.Internal = codes.InternalServerError
	}
	if options.Aggregate == nil {
		options.Aggregate = codes.AggregateError
	}
	if options.Challenge == "" {
		options.Challenge = defaultChallenge
	}
	if options.NotFound == nil {
		options.NotFound = codes.ObjectNotFound
	}
	return &Responder{bundle: bundle, options: options}
}

// Localizer returns the view of the reader who sent the request. What the reader asks for in the query comes first, then
// the profile, the cookie, and last Accept-Language. A page that is made with it depends on the same headers as a response
// of this package; [Responder.Vary] names them.
func (h *Responder) Localizer(r *http.Request) *errlingo.Localizer {
	if h.bundle == nil {
		return &errlingo.Localizer{}
	}
	l := h.bundle.Localizer(h.fromQuery(r), h.fromProfile(r), h.fromCookie(r), strings.Join(r.Header["Accept-Language"], ", "))
	if zone := h.zone(r); zone != nil {
		return l.WithZone(zone)
	}
	return l
}

func (h *Responder) zone(r *http.Request) (zone *time.Location) {
	if h.options.Zone != nil {
		h.call(r, "Zone", "", func() { zone = h.options.Zone(r) })
	}
	return zone
}

func (h *Responder) fromQuery(r *http.Request) string {
	if h.options.Query == "" || r.URL == nil || r.URL.RawQuery == "" {
		return ""
	}
	return r.URL.Query().Get(h.options.Query)
}

func (h *Responder) fromProfile(r *http.Request) (lang string) {
	if h.options.Profile != nil {
		h.call(r, "Profile", "", func() { lang = h.options.Profile(r) })
	}
	return lang
}

func (h *Responder) fromCookie(r *http.Request) string {
	if h.options.Cookie == "" {
		return ""
	}
	c, err := r.Cookie(h.options.Cookie)
	if err != nil {
		return ""
	}
	return c.Value
}

// call runs one of the functions of [Options] and reports whether it came to its end. A panic is logged with its stack and
// goes no further: an error has to be answered even by a program whose own code for errors is broken. The reference is
// that of the answer, "" if it has none yet.
func (h *Responder) call(r *http.Request, option, reference string, f func()) (ok bool) {
	defer func() {
		value := recover()
		if value == http.ErrAbortHandler {
			panic(value)
		}
		if value != nil {
			h.logHook(r, option, reference, &panicked{value, debug.Stack()})
		}
	}()
	f()
	return true
}

func (h *Responder) logHook(r *http.Request, option, reference string, p *panicked) {
	attrs := []slog.Attr{slog.String("option", option), slog.String("error", cut(p.Error(), maxText))}
	if reference != "" {
		attrs = append(attrs, slog.String("reference", reference))
	}
	attrs = append(attrs, origin(r)...)
	attrs = append(attrs, slog.String("stack", cut(string(p.stack), maxStack)))
	h.logger().LogAttrs(r.Context(), slog.LevelError, "option panicked", attrs...)
}

// newReference returns the reference of an answer.
func (h *Responder) newReference(r *http.Request) (reference string) {
	if h.options.NewReference != nil && h.call(r, "NewReference", "", func() { reference = h.options.NewReference() }) {
		return reference
	}
	return randomReference()
}

// panicked is a panic as an error. It unwraps to nothing, so that a panic with an error that has a code is a fault of the
// program all the same.
type panicked struct {
	value any
	stack []byte
}

// Error returns what the program panicked with, for the log.
func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }
