package problem_test

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/problem"
)

func TestHeaders(t *testing.T) {
	profile := func(*http.Request) string { return "de" }
	allow := func(*http.Request) []string { return []string{"GET", "HEAD"} }
	tests := []struct {
		name    string
		options problem.Options
		err     error
		before  http.Header
		want    http.Header // nil: absent
	}{
		{"the failed handler's headers go", problem.Options{}, outOfStock,
			http.Header{
				"Content-Length": {"7"}, "Content-Encoding": {"gzip"}, "Etag": {`"a"`}, "Last-Modified": {"x"}, "Accept-Ranges": {"bytes"},
				"Content-Range": {"x"}, "Content-Disposition": {"attachment"}, "Content-Type": {"image/png"}, "X-Request-Id": {"7"},
			},
			http.Header{
				"Content-Encoding": nil, "Etag": nil, "Last-Modified": nil, "Accept-Ranges": nil, "Content-Range": nil,
				"Content-Disposition": nil, "Content-Type": {"application/problem+json"}, "X-Request-Id": {"7"},
			}},
		{"vary is added to", problem.Options{}, outOfStock,
			http.Header{"Vary": {"Origin, accept"}}, http.Header{"Vary": {"Origin, accept", "Accept-Language"}}},
		{"vary has all", problem.Options{}, outOfStock,
			http.Header{"Vary": {"Accept-Language", "accept"}}, http.Header{"Vary": {"Accept-Language", "accept"}}},
		{"vary has everything", problem.Options{}, outOfStock, http.Header{"Vary": {"*"}}, http.Header{"Vary": {"*"}}},
		{"a cookie is consulted", problem.Options{Cookie: "lang"}, outOfStock,
			nil, http.Header{"Vary": {"Accept, Accept-Language, Cookie"}, "Cache-Control": {"no-store"}}},
		{"a query is not in a header", problem.Options{Query: "lang"}, outOfStock,
			nil, http.Header{"Vary": {"Accept, Accept-Language"}, "Content-Language": {"en"}}},
		{"a profile is private", problem.Options{Profile: profile}, outOfStock,
			nil, http.Header{"Cache-Control": {"private, no-store"}, "Content-Language": {"de, en"}}},
		{"a profile is private, whatever was set", problem.Options{Profile: profile}, outOfStock,
			http.Header{"Cache-Control": {"public", "max-age=60"}}, http.Header{"Cache-Control": {"private, max-age=60"}}},
		{"the handler has said what caches may do", problem.Options{}, outOfStock,
			http.Header{"Cache-Control": {"max-age=60"}}, http.Header{"Cache-Control": {"max-age=60"}}},
		{"401", problem.Options{}, signIn, nil, http.Header{"Www-Authenticate": {`Bearer realm="api"`}}},
		{"401 with an option", problem.Options{Challenge: "Negotiate"}, signIn, nil, http.Header{"Www-Authenticate": {"Negotiate"}}},
		{"401 with the handler's", problem.Options{}, signIn,
			http.Header{"Www-Authenticate": {"DPoP"}}, http.Header{"Www-Authenticate": {"DPoP"}}},
		{"405", problem.Options{}, noMethod, nil, http.Header{"Allow": {""}}},
		{"405 with an option", problem.Options{Allow: allow}, noMethod, nil, http.Header{"Allow": {"GET, HEAD"}}},
		{"405 with the handler's", problem.Options{Allow: allow}, noMethod, http.Header{"Allow": {"PUT"}}, http.Header{"Allow": {"PUT"}}},
		{"other statuses have neither", problem.Options{Allow: allow}, outOfStock,
			nil, http.Header{"Allow": nil, "Www-Authenticate": nil, "Retry-After": nil}},
		{"retry, rounded up", problem.Options{}, tooMany.New(wait.Is(61001 * time.Millisecond)), nil, http.Header{"Retry-After": {"62"}}},
		{"retry, passed already", problem.Options{}, tooMany.New(wait.Is(-time.Second)), nil, http.Header{"Retry-After": {"0"}}},
		{"retry, of the handler", problem.Options{}, tooMany, http.Header{"Retry-After": {"9"}}, http.Header{"Retry-After": {"9"}}},
		{"languages of violations", problem.Options{Profile: profile},
			badOrder.New().With(catalog.Violation{Path: "/a", Err: badCoupon}), nil, http.Header{"Content-Language": {"en, de"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, test.options)
			rec := httptest.NewRecorder()
			for name, values := range test.before {
				rec.Header()[name] = values
			}
			respond.Write(rec, request(), test.err)
			for name, want := range test.want {
				if got := rec.Header()[name]; !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestLocalizer(t *testing.T) {
	all := problem.Options{
		Query: "lang", Cookie: "lang",
		Profile: func(r *http.Request) string { return r.Header.Get("X-Profile") },
	}
	tests := []struct {
		name    string
		options problem.Options
		target  string
		headers []string
		want    string
	}{
		{"nothing", all, "/", nil, "en"},
		{"header", all, "/", []string{"Accept-Language", "xx, de;q=0.5"}, "de"},
		{"two header lines", all, "/", []string{"Accept-Language", "xx", "Accept-Language", "fr"}, "fr"},
		{"cookie before header", all, "/", []string{"Accept-Language", "de", "Cookie", "lang=fr"}, "fr"},
		{"profile before cookie", all, "/", []string{"Cookie", "lang=fr", "X-Profile", "ar"}, "ar"},
		{"query before profile", all, "/?lang=de", []string{"X-Profile", "ar"}, "de"},
		{"a language that is not there", all, "/?lang=ja", []string{"X-Profile", "ar"}, "ar"},
		{"garbage", all, "/?lang=%00%ff;;", []string{"Cookie", `lang="\x`, "X-Profile", "---", "Accept-Language", "q=;,de"}, "de"},
		{"not consulted", problem.Options{}, "/?lang=de", []string{"Cookie", "lang=fr", "X-Profile", "ar"}, "en"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, test.options)
			r := request(test.headers...)
			r.URL.RawQuery = httptest.NewRequest("GET", test.target, nil).URL.RawQuery
			if got := respond.Localizer(r).Locale().String(); got != test.want {
				t.Errorf("locale %s, want %s", got, test.want)
			}
		})
	}
}

func TestZone(t *testing.T) {
	when := catalog.Clock("When", time.Time{})
	opens := catalog.NewDomain("hours").Define(1, "NOT_YET", catalog.Spec{Title: "Not yet", Detail: "{{.When}}", Params: catalog.Params{when}, HTTP: 403})
	zone := func(*http.Request) *time.Location { return time.FixedZone("", 3*60*60) }
	rec := write(t, problem.Options{Zone: zone}, opens.New(when.Is(time.Date(2026, 1, 2, 5, 7, 0, 0, time.UTC))))
	if got := decode(t, rec).Detail; got[:4] != "8:07" {
		t.Errorf("%q", got)
	}
}
