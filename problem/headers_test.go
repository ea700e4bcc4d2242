package problem_test

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/catalog/codes"
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
		{"headers about the intended body are removed", problem.Options{}, outOfStock,
			http.Header{
				"Content-Length": {"7"}, "Content-Encoding": {"gzip"}, "Etag": {`"a"`}, "Last-Modified": {"x"},
				"Accept-Ranges": {"bytes"},
				"Content-Range": {"x"}, "Content-Disposition": {"attachment"}, "Content-Type": {"image/png"},
				"X-Request-Id":     {"7"},
				"Content-Location": {"/a"}, "Location": {"/a"}, "Expires": {"x"}, "Trailer": {"x"},
				"Content-Digest": {"x"}, "Repr-Digest": {"x"}, "Digest": {"x"}, "Content-Md5": {"x"},
			},
			http.Header{
				"Content-Encoding": nil, "Etag": nil, "Last-Modified": nil, "Accept-Ranges": nil,
				"Content-Range":       nil,
				"Content-Disposition": nil, "Content-Type": {"application/problem+json"}, "X-Request-Id": {"7"},
				"Content-Location": nil, "Location": nil, "Expires": nil, "Trailer": nil,
				"Content-Digest": nil, "Repr-Digest": nil, "Digest": nil, "Content-Md5": nil,
			}},
		{"added to Vary", problem.Options{}, outOfStock,
			http.Header{"Vary": {"Origin, accept"}},
			http.Header{"Vary": {"Origin, accept", "Accept-Language"}}},
		{"Vary is complete", problem.Options{}, outOfStock,
			http.Header{"Vary": {"Accept-Language", "accept"}},
			http.Header{"Vary": {"Accept-Language", "accept"}}},
		{"Vary is *", problem.Options{}, outOfStock, http.Header{"Vary": {"*"}},
			http.Header{"Vary": {"*"}}},
		{"cookie", problem.Options{Cookie: "lang"}, outOfStock,
			nil, http.Header{"Vary": {"Accept, Accept-Language, Cookie"}, "Cache-Control": {"no-store"}}},
		{"query", problem.Options{Query: "lang"}, outOfStock,
			nil, http.Header{"Vary": {"Accept, Accept-Language"}, "Content-Language": {"en"}}},
		{"profile", problem.Options{Profile: profile}, outOfStock,
			nil, http.Header{"Cache-Control": {"private, no-store"}, "Content-Language": {"de, en"}}},
		{"profile, with Cache-Control", problem.Options{Profile: profile}, noPage,
			http.Header{"Cache-Control": {"public", "max-age=60"}},
			http.Header{"Cache-Control": {"private, no-store"}}},
		{"401", problem.Options{}, signIn, nil, http.Header{"Www-Authenticate": {`Bearer realm="api"`}}},
		{"401 with an option", problem.Options{Challenge: "Negotiate"}, signIn, nil,
			http.Header{"Www-Authenticate": {"Negotiate"}}},
		{"401 with a header", problem.Options{}, signIn,
			http.Header{"Www-Authenticate": {"DPoP"}}, http.Header{"Www-Authenticate": {"DPoP"}}},
		{"405", problem.Options{}, noMethod, nil, http.Header{"Allow": {""}}},
		{"405 with an option", problem.Options{Allow: allow}, noMethod, nil,
			http.Header{"Allow": {"GET, HEAD"}}},
		{"405 with a header", problem.Options{Allow: allow}, noMethod, http.Header{"Allow": {"PUT"}},
			http.Header{"Allow": {"PUT"}}},
		{"other status", problem.Options{Allow: allow}, outOfStock,
			nil, http.Header{"Allow": nil, "Www-Authenticate": nil, "Retry-After": nil}},
		{"retry, rounded up", problem.Options{}, tooMany.New(wait.Arg(61001 * time.Millisecond)), nil,
			http.Header{"Retry-After": {"62"}}},
		{"retry, in the past", problem.Options{}, tooMany.New(wait.Arg(-time.Second)), nil,
			http.Header{"Retry-After": {"0"}}},
		{"retry, with a header", problem.Options{}, tooMany, http.Header{"Retry-After": {"9"}},
			http.Header{"Retry-After": {"9"}}},
		{"languages of violations", problem.Options{Profile: profile},
			badOrder.New().With(catalog.Violation{Path: "/a", Err: badCoupon}), nil,
			http.Header{"Content-Language": {"en, de"}}},
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

// TestAbandonedHeaders checks that nothing of the response that a failed handler meant to send
// remains, and that what was set before the handler ran, and what the handler may set, does.
func TestAbandonedHeaders(t *testing.T) {
	about := http.Header{
		"X-Accel-Redirect": {"/protected/f.txt"}, "X-Accel-Buffering": {"no"}, "X-Accel-Expires": {"9"},
		"X-Sendfile": {"/f.txt"}, "X-Lighttpd-Send-File": {"/f.txt"}, "Refresh": {"0; url=/a"},
		"Link": {"</x>; rel=preload"}, "Location": {"/a"}, "Content-Location": {"/a"},
		"Transfer-Encoding": {"chunked"}, "Trailer": {"X-Sum"}, "Trailer:X-Sum": {"1"},
		"Content-Encoding": {"gzip"}, "Content-Length": {"7"}, "Content-Range": {"bytes 0-1/2"},
		"Accept-Ranges": {"bytes"}, "Etag": {`"a"`}, "Last-Modified": {"x"}, "Expires": {"x"}, "Age": {"1"},
		"Content-Disposition": {"attachment"}, "Content-Digest": {"x"}, "Repr-Digest": {"x"},
		"Clear-Site-Data": {`"cache"`}, "Connection": {"close"}, "Upgrade": {"h2c"}, "x-sendfile": {"/f"},
		"Service-Worker-Allowed": {"/"}, "Sourcemap": {"/m"}, "Www-X": {"1"}, "Ratelimits": {"1"},
	}
	kept := http.Header{
		"Set-Cookie": {"a=1", "b=2"}, "Access-Control-Allow-Origin": {"*"},
		"Access-Control-Expose-Headers": {"X-A"}, "Timing-Allow-Origin": {"*"}, "X-Request-Id": {"7"},
		"Traceparent": {"00-1"}, "Tracestate": {"a=1"}, "X-B3-Traceid": {"1"}, "Server-Timing": {"db;dur=5"},
		"Ratelimit": {"1"}, "Ratelimit-Policy": {"1"}, "X-Ratelimit-Limit": {"1"}, "X-Rate-Limit-Reset": {"1"},
		"Retry-After": {"9"}, "Deprecation": {"@1"}, "Sunset": {"x"}, "Strict-Transport-Security": {"max-age=1"},
		"Content-Security-Policy": {"default-src 'none'"}, "Cross-Origin-Opener-Policy": {"same-origin"},
		"Referrer-Policy": {"no-referrer"}, "X-Frame-Options": {"DENY"}, "Www-Authenticate": {"DPoP"},
		"Allow": {"GET"}, "Server": {"shop"},
	}
	respond, _ := newResponder(t, problem.Options{})
	set := func(header http.Header) {
		for name, values := range about {
			header[name] = values
		}
		for name, values := range kept {
			header[name] = values
		}
	}
	check := func(t *testing.T, got http.Header, before http.Header) {
		t.Helper()
		own := []string{"Content-Type", "Content-Length", "Content-Language", "Cache-Control", "Vary",
			"X-Content-Type-Options"}
		want := http.Header{}
		maps.Copy(want, before)
		maps.Copy(want, kept)
		for name, values := range got {
			if !slices.Contains(own, name) && !reflect.DeepEqual(values, want[name]) {
				t.Errorf("%s: %q, want %q", name, values, want[name])
			}
		}
		for name := range want {
			if got[name] == nil {
				t.Errorf("%s is missing", name)
			}
		}
	}
	t.Run("outside a handler", func(t *testing.T) {
		rec := httptest.NewRecorder()
		set(rec.Header())
		respond.Write(rec, request(), outOfStock)
		check(t, rec.Header(), nil)
	})
	t.Run("in a handler", func(t *testing.T) {
		rec := httptest.NewRecorder()
		before := http.Header{"X-App": {"1"}, "Link": {"</before>"}, "Content-Encoding": {"br"}}
		maps.Copy(rec.Header(), before)
		rec.Header().Set("Server", "proxy")
		respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
			set(w.Header())
			w.Header().Add("X-App", "2")
			return outOfStock
		}).ServeHTTP(rec, request())
		check(t, rec.Header(), before)
	})
	t.Run("removed by the handler", func(t *testing.T) {
		rec := httptest.NewRecorder()
		rec.Header().Set("Set-Cookie", "a=1")
		rec.Header().Set("X-App", "1")
		respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Del("Set-Cookie")
			w.Header().Del("X-App")
			return outOfStock
		}).ServeHTTP(rec, request())
		if got := rec.Header(); got["Set-Cookie"] != nil || got.Get("X-App") != "1" {
			t.Errorf("%v", got)
		}
	})
}

// TestCacheControl checks that the handler's Cache-Control does not make caches store errors,
// unless they are cacheable by default.
func TestCacheControl(t *testing.T) {
	inside := func(err error) error {
		return noPage.New().With(catalog.Violation{Path: "/a",
			Err: err})
	}
	tests := []struct {
		name   string
		err    error
		policy string
		kept   bool
	}{
		{"404", noPage, "public, max-age=60", true},
		{"405", noMethod, "max-age=60", true},
		{"404, immutable", noPage, "public, max-age=31536000, Immutable", false},
		{"404 without its sensitive argument", noPerson, "max-age=60", true},
		{"404 with a sensitive argument", noPerson.New(item.Arg("Kim")), "max-age=60", false},
		{"404 with a sensitive argument in a violation", inside(badCoupon.New(coupon.Arg("X"))),
			"max-age=60", false},
		{"404 with a sensitive argument in a joined error",
			errors.Join(noPage, noPerson.New(item.Arg("Kim"))), "max-age=60", false},
		{"404 with a violation", inside(signIn), "max-age=60", true},
		{"400", badOrder, "max-age=60", false},
		{"401", signIn, "max-age=60", false},
		{"403", codes.OperationForbidden, "max-age=60", false},
		{"409", outOfStock, "max-age=60", false},
		{"429", tooMany, "max-age=60", false},
		{"500", errors.New("x"), "max-age=60", false},
		{"501", codes.CommandUnavailable, "max-age=60", false},
		{"503", closed, "max-age=60", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, problem.Options{})
			rec := httptest.NewRecorder()
			for _, name := range []string{"Cache-Control", "Cdn-Cache-Control", "Surrogate-Control"} {
				rec.Header().Set(name, test.policy)
			}
			respond.Write(rec, request(), test.err)
			own, others := test.policy, test.policy
			if !test.kept {
				own, others = "no-store", ""
			}
			got := rec.Header()
			if got.Get("Cache-Control") != own || got.Get("Cdn-Cache-Control") != others ||
				got.Get("Surrogate-Control") != others {
				t.Errorf("%v, want %q and %q", got, own, others)
			}
		})
	}
}

func TestVary(t *testing.T) {
	profile := func(*http.Request) string { return "de" }
	tests := []struct {
		name    string
		options problem.Options
		before  http.Header
		want    http.Header
	}{
		{"no options", problem.Options{}, nil, http.Header{"Vary": {"Accept-Language"}}},
		{"a cookie", problem.Options{Cookie: "lang", Query: "lang"}, nil,
			http.Header{"Vary": {"Accept-Language, Cookie"}}},
		{"existing Vary", problem.Options{}, http.Header{"Vary": {"Origin"}},
			http.Header{"Vary": {"Origin", "Accept-Language"}}},
		{"a profile", problem.Options{Profile: profile}, nil,
			http.Header{"Vary": {"Accept-Language"}, "Cache-Control": {"private"}}},
		{"profile, with public", problem.Options{Profile: profile},
			http.Header{"Cache-Control": {"Public", "max-age=60"}},
			http.Header{"Vary": {"Accept-Language"}, "Cache-Control": {"private, max-age=60"}}},
		{"profile, with private", problem.Options{Profile: profile},
			http.Header{"Cache-Control": {"max-age=60, private"}},
			http.Header{"Vary": {"Accept-Language"}, "Cache-Control": {"max-age=60, private"}}},
		{"no profile, with public", problem.Options{}, http.Header{"Cache-Control": {"public"}},
			http.Header{"Vary": {"Accept-Language"}, "Cache-Control": {"public"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			respond, _ := newResponder(t, test.options)
			rec := httptest.NewRecorder()
			maps.Copy(rec.Header(), test.before)
			respond.Vary(rec)
			if got := rec.Header(); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
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
		{"unavailable language", all, "/?lang=ja", []string{"X-Profile", "ar"}, "ar"},
		{"invalid values", all, "/?lang=%00%ff;;",
			[]string{"Cookie", `lang="\x`, "X-Profile", "---", "Accept-Language", "q=;,de"}, "de"},
		{"options not set", problem.Options{}, "/?lang=de",
			[]string{"Cookie", "lang=fr", "X-Profile", "ar"}, "en"},
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
	when := catalog.Time("When", time.Time{}).Styled(catalog.Short)
	opens := catalogtest.Temporary(t, catalog.NewDomain("hours")).Define(1, "NOT_YET",
		catalog.Spec{Title: "Not yet", Detail: "{{.When}}", Params: catalog.Params{when}, HTTP: 403})
	zone := func(*http.Request) *time.Location { return time.FixedZone("", 3*60*60) }
	rec := write(t, problem.Options{Zone: zone},
		opens.New(when.Arg(time.Date(2026, 1, 2, 5, 7, 0, 0, time.UTC))))
	if got := decode(t, rec).Detail; got != "1/2/26, 8:07\u202fAM" {
		t.Errorf("%q", got)
	}
}
