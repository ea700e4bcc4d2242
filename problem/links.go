package problem

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/internal/access"
	values "github.com/errlingo/errlingo/internal/format"
)

// Links are the addresses of pages that users may need after an error. Each is a path on the same
// origin, such as "/login", or an absolute address with the scheme http, https, mailto or tel. It
// has at most 512 bytes, escaped.
type Links struct {
	// Home is the product's first page. All errors lead there, except on the page itself. If empty,
	// it is "/".
	Home string
	// SignIn is where users sign in. Errors with [catalog.ActionSignIn] lead there, unless they have
	// a param LoginURL.
	SignIn string
	// Return is the name of a query parameter that SignIn gets: the path and query of the request, so
	// that users can be sent back there after they have signed in. It is set for GET requests only.
	// The page must check it like any input, since anybody can make such a link: a value that isn't a
	// path on the same origin would be an open redirect. If empty, SignIn gets nothing.
	Return string
	// Support is where users get help. Errors with [catalog.ActionContact] and failures of the server
	// lead there.
	Support string
}

// Link is a way on from an error.
type Link struct {
	// Text says what the link is for, in the user's language. For an address in a param that package
	// problem doesn't know, it is the address itself.
	Text errlingo.Text
	// URL is an address that is safe in a link. It is "" for the address of the request, which opens
	// the page again.
	URL template.URL
}

// normalized returns the links with their defaults and in a form that is safe in a page. It panics
// if one isn't.
func (l Links) normalized() Links {
	l.Home = cmp.Or(l.Home, "/")
	for _, field := range []struct {
		name    string
		address *string
	}{{"Home", &l.Home}, {"SignIn", &l.SignIn}, {"Support", &l.Support}} {
		if *field.address == "" {
			continue
		}
		safe := safeURL(*field.address)
		if safe == "" {
			panic(fmt.Sprintf("problem: New: Options.Links.%s is %q; want a path such as \"/login\", or "+
				"an address of at most 512 bytes with the scheme http, https, mailto or tel",
				field.name, *field.address))
		}
		*field.address = safe
	}
	return l
}

// safeURL returns the address in the form that a link has, or "" if it must not be one or is too
// long. A browser takes "//host" and "/\host" as addresses on another host.
func safeURL(address string) string {
	if len(address) > maxLink {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || strings.Contains(address, `\`) || u.User != nil {
		return ""
	}
	safe := false
	switch u.Scheme {
	case "http", "https":
		safe = u.Host != ""
	case "mailto", "tel":
		safe = u.Opaque != ""
	case "":
		safe = u.Host == "" && strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
	}
	address = u.String()
	size := weight(address)
	for i := range len(address) {
		if address[i] >= utf8.RuneSelf {
			size += len("%C3") - 1 // as html/template writes it
		}
	}
	if !safe || size > maxLink {
		return ""
	}
	return address
}

// links returns the ways on from an error, the most helpful one first.
func (h *Responder) links(
	r *http.Request, d *Details, l *errlingo.Localizer, own addresses,
) []Link {
	var links []Link
	add := func(label *catalog.Label, address string) {
		links = append(links, Link{Text: labelText(l, label), URL: template.URL(address)})
	}
	signIn := cmp.Or(own.take(codes.LoginURL.Name()), h.signIn(r))
	switch {
	case d.Action == catalog.ActionSignIn && signIn != "":
		add(codes.PageSignIn, signIn)
	case d.Action == catalog.ActionRetry && readsOnly(r):
		add(codes.PageRetry, "")
	}
	if upgrade := own.take(codes.UpgradeURL.Name()); upgrade != "" {
		add(codes.PageUpgrade, upgrade)
	}
	for _, a := range own {
		text := errlingo.Text{Value: a.address, Locale: d.Title.Locale, Dir: "ltr"}
		links = append(links, Link{Text: text, URL: template.URL(a.address)})
	}
	if support := h.options.Links.Support; support != "" &&
		(d.Action == catalog.ActionContact || d.Status >= 500) {
		add(codes.PageSupport, support)
	}
	if home := h.options.Links.Home; r.URL == nil || r.URL.Path != home {
		add(codes.PageHome, home)
	}
	return links
}

// signIn returns the address of the page for signing in, with the way back if there is one.
func (h *Responder) signIn(r *http.Request) string {
	address, back := h.options.Links.SignIn, r.RequestURI
	if address == "" || h.options.Links.Return == "" || !readsOnly(r) ||
		!strings.HasPrefix(back, "/") || safeURL(back) == "" {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return address // unreachable: New has parsed it
	}
	query := u.Query()
	query.Set(h.options.Links.Return, back)
	u.RawQuery = query.Encode()
	return cmp.Or(safeURL(u.String()), address)
}

// readsOnly reports whether a link leads to what was requested. The response to HEAD has the same
// headers as that to GET.
func readsOnly(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// addresses are the web addresses that an error has, by the name of the param.
type addresses []struct{ param, address string }

// addressesOf returns the addresses that the end user who reads an error may follow: the arguments
// for URL params that are public or that a text of the error has a placeholder for. Those in errors
// for developers are addresses of an API.
func addressesOf(e *catalog.Error) addresses {
	var found addresses
	if !e.Code().Audience().Has(catalog.AudienceEndUser) {
		return nil
	}
	code, given := access.CodeOf(e.Code()), access.ArgsOf(e)
	for i := range code.Model.Params {
		p := &code.Model.Params[i]
		if p.Kind != values.URL.String() || p.Sensitive || i >= len(given) || len(found) == maxAddresses {
			continue
		}
		shown := p.Public
		for part := range code.Texts {
			shown = shown || code.Texts[part].Needs(i)
		}
		raw, ok := given[i].Text()
		if address := safeURL(raw); ok && shown && address != "" {
			found = append(found, struct{ param, address string }{p.Name, address})
		}
	}
	return found
}

// take removes the address of a param and returns it, or "" if it is absent.
func (as *addresses) take(param string) string {
	for i, a := range *as {
		if a.param == param {
			*as = append((*as)[:i:i], (*as)[i+1:]...)
			return a.address
		}
	}
	return ""
}
