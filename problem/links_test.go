package problem_test

import (
	"fmt"
	"html"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// pageLink matches a link of the page: its address and its text.
var pageLink = regexp.MustCompile(`<li><a href="([^"]*)"[^>]*>([^<]*)</a></li>`)

// linksOf returns the links of a page, as "text|address".
func linksOf(page string) []string {
	var links []string
	for _, match := range pageLink.FindAllStringSubmatch(page, -1) {
		links = append(links, html.UnescapeString(match[2]+"|"+match[1]))
	}
	return links
}

func TestLinks(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("links"))
	address, hidden := catalog.URL("Rules", "https://a.example/"), catalog.URL("Hidden", "https://b.example/")
	shown := domain.Define(1, "SHOWN", catalog.Spec{
		Title: "Not allowed", Detail: "Read {{.Rules}}.", Params: catalog.Params{address, hidden}, HTTP: 403,
		Action: catalog.ActionNone,
	})
	secret := domain.Define(2, "SECRET", catalog.Spec{
		Title: "Not allowed", Detail: "Read {{.Rules}}.", HTTP: 403, Action: catalog.ActionNone,
		Params: catalog.Params{catalog.Sensitive(address)},
	})
	links := problem.Links{Home: "/start", SignIn: "/login?a=1", Return: "next",
		Support: "mailto:help@shop.example"}
	session := codes.InvalidSessionToken.New(codes.LoginURL.Arg("https://id.example/login"))
	tests := []struct {
		name   string
		links  problem.Links
		method string
		target string
		err    error
		want   []string
	}{
		{"without options", problem.Links{}, "GET", "/a", codes.ObjectNotFound, []string{"Go to the home page|/"}},
		{"on the home page", problem.Links{}, "GET", "/?a=b", codes.ObjectNotFound, nil},
		{"no page for signing in", problem.Links{}, "GET", "/a", codes.SessionMissing,
			[]string{"Go to the home page|/"}},
		{"to fix", links, "POST", "/a", codes.UsernameMissing, []string{"Go to the home page|/start"}},
		{"to retry", links, "GET", "/a?b=c", codes.RequestLimitExceeded,
			[]string{"Try again|", "Go to the home page|/start"}},
		{"to retry what changes something", links, "POST", "/a", codes.RequestLimitExceeded,
			[]string{"Go to the home page|/start"}},
		{"a failure", links, "GET", "/a", codes.InternalServerError, []string{"Try again|",
			"Contact support|mailto:help@shop.example", "Go to the home page|/start"}},
		{"to contact somebody", links, "GET", "/a", codes.OperationForbidden,
			[]string{"Contact support|mailto:help@shop.example", "Go to the home page|/start"}},
		{"to sign in", links, "GET", "/orders/7?a=b&c=%C3%BC", codes.SessionMissing,
			[]string{"Sign in|/login?a=1&next=%2Forders%2F7%3Fa%3Db%26c%3D%25C3%25BC",
				"Go to the home page|/start"}},
		{"to sign in after a POST", links, "POST", "/orders", codes.SessionMissing,
			[]string{"Sign in|/login?a=1", "Go to the home page|/start"}},
		{"no way back", problem.Links{SignIn: "/login"}, "GET", "/orders", codes.SessionMissing,
			[]string{"Sign in|/login", "Go to the home page|/"}},
		{"a way back to another host", links, "GET", "//evil.example/a", codes.SessionMissing,
			[]string{"Sign in|/login?a=1", "Go to the home page|/start"}},
		{"a way back to another host, for a browser", links, "GET", `/\evil.example/a`, codes.SessionMissing,
			[]string{"Sign in|/login?a=1", "Go to the home page|/start"}},
		{"a long way back", links, "GET", "/" + strings.Repeat("a", 2000), codes.SessionMissing,
			[]string{"Sign in|/login?a=1", "Go to the home page|/start"}},
		{"an address for signing in", links, "GET", "/a", session,
			[]string{"Sign in|https://id.example/login", "Go to the home page|/start"}},
		{"a script in place of an address", problem.Links{}, "GET", "/a",
			codes.InvalidSessionToken.New(codes.LoginURL.Arg("javascript:alert(1)")),
			[]string{"Go to the home page|/"}},
		{"an address for more", problem.Links{}, "GET", "/a",
			outOfStock.New(upgrade.Arg("https://shop.example/plans")),
			[]string{"Upgrade your plan|https://shop.example/plans", "Go to the home page|/"}},
		{"an address in a text", problem.Links{}, "GET", "/a",
			shown.New(address.Arg("https://a.example/?b=c&d"), hidden.Arg("https://b.example/")),
			[]string{"https://a.example/?b=c&d|https://a.example/?b=c&d", "Go to the home page|/"}},
		{"a sensitive address", problem.Links{}, "GET", "/a", secret.New(address.Arg("https://a.example/")),
			[]string{"Go to the home page|/"}},
		{"an address of an API", problem.Links{}, "GET", "/a", codes.MustCreateUserThroughSignup.Example(),
			[]string{"Go to the home page|/"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, problem.Options{Links: test.links})
			bodies := map[string]string{}
			for _, accept := range []string{"text/html", "text/plain"} {
				rec, r := httptest.NewRecorder(), httptest.NewRequest(test.method, "/", nil)
				r.RequestURI = test.target
				r.URL.Path, r.URL.RawQuery, _ = strings.Cut(test.target, "?")
				r.Header.Set("Accept", accept)
				respond.Write(rec, r, test.err)
				bodies[accept] = rec.Body.String()
			}
			if got := linksOf(bodies["text/html"]); !slices.Equal(got, test.want) {
				t.Errorf("links\n got %q\nwant %q", got, test.want)
			}
			for _, link := range test.want {
				words, address, _ := strings.Cut(link, "|")
				if line := "\n" + words + ": " + address + "\n"; address != "" && words != address &&
					!strings.Contains(bodies["text/plain"], line) {
					t.Errorf("the text has no line %q:\n%s", line, bodies["text/plain"])
				}
			}
		})
	}
}

// TestUnsafeLinks checks that an address that must not be in a page is refused when the program
// starts.
func TestUnsafeLinks(t *testing.T) {
	tests := []struct {
		name, address string
		safe          bool
	}{
		{"a path", "/help?a=b#c", true},
		{"a path with a space", "/our help", true},
		{"another origin", "https://help.example/a", true},
		{"an email address", "mailto:help@shop.example", true},
		{"a phone number", "tel:+49-30-1234", true},
		{"a relative path", "help", false},
		{"another host without a scheme", "//help.example/", false},
		{"another host, for a browser", `/\help.example`, false},
		{"a script", "javascript:alert(1)", false},
		{"a script with a space", " javascript:alert(1)", false},
		{"data", "data:text/html,a", false},
		{"no host", "https:help.example", false},
		{"a user", "https://shop.example@evil.example/", false},
		{"a control character", "/a\nb", false},
		{"long", "/" + strings.Repeat("a", 2000), false},
	}
	for _, test := range tests {
		for _, links := range []problem.Links{{Home: test.address}, {SignIn: test.address},
			{Support: test.address}} {
			t.Run(test.name, func(t *testing.T) {
				defer func() {
					if r := recover(); (r == nil) != test.safe {
						t.Errorf("%+v: panic %v", links, r)
					} else if r != nil && !strings.Contains(fmt.Sprint(r), "want a path such as") {
						t.Errorf("the panic is %v", r)
					}
				}()
				problem.New(nil, problem.Options{Links: links})
			})
		}
	}
}

// TestLabelsOfPage checks that the words of the page are in the user's language if the bundle has the
// standard domain, and in English if it doesn't.
func TestLabelsOfPage(t *testing.T) {
	load := func(sources ...errlingo.Source) *errlingo.Bundle {
		bundle, err := errlingo.Load(errlingo.Options{Sources: sources})
		if err != nil {
			t.Fatal(err)
		}
		return bundle
	}
	standard := load(errlingo.Source{Domain: codes.Domain, FS: locales.FS})
	tests := []struct {
		name, accept string
		bundle       *errlingo.Bundle
		languages    string
		want         []string
	}{
		{"German", "de", standard, "de", []string{"Referenznummer", "Fehlercode", "Erneut versuchen",
			"Zur Startseite"}},
		{"Arabic", "ar", standard, "ar", []string{"الرقم المرجعي", "رمز الخطأ", "إعادة المحاولة",
			"الانتقال إلى الصفحة الرئيسية"}},
		{"without the standard domain", "de", load(errlingo.Source{Domain: shop}), "en",
			[]string{"Reference", "Error code", "Try again", "Go to the home page"}},
		{"without a bundle", "de", nil, "en", []string{"Reference", "Error code", "Try again"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond := problem.New(test.bundle, problem.Options{Logger: quiet()})
			rec := httptest.NewRecorder()
			respond.Write(rec, request("Accept", browser, "Accept-Language", test.accept), codes.Timeout)
			for _, want := range test.want {
				if !strings.Contains(rec.Body.String(), ">"+want+"<") {
					t.Errorf("the page has no %q:\n%s", want, rec.Body)
				}
			}
			if got := rec.Header().Get("Content-Language"); got != test.languages {
				t.Errorf("Content-Language %q, want %q", got, test.languages)
			}
		})
	}
}
