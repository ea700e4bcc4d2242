package problem_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/problem"
)

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

func TestPage(t *testing.T) {
	err := outOfStock.New(item.Arg(`<script>alert("x")</script>`), left.Arg(3))
	body := write(t, problem.Options{}, err, "Accept", browser, "Accept-Language", "de").Body.String()
	for _, want := range []string{
		"<!DOCTYPE html>\n<html lang=\"de\" dir=\"ltr\">",
		"<title>Nicht vorrätig</title>",
		"<h1>Nicht vorrätig</h1>",
		"<p>Nur noch 3 Stück von &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;.</p>",
		`<p class="help" lang="en" dir="ltr">Choose a smaller quantity.</p>`,
		"<bdi>OUT_OF_STOCK (1201)</bdi>",
		"<bdi>" + reference + "</bdi>",
		`<meta name="viewport"`,
		"prefers-color-scheme: dark",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("missing %s in the page:\n%s", want, body)
		}
	}
	if strings.Contains(body, "<script") {
		t.Error("the page has a script")
	}
	wellFormed(t, body)
}

// wellFormed checks that all elements are closed, except HTML's void elements.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(strings.Replace(page, "<!DOCTYPE html>", "", 1)))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	open := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, page)
		}
		switch token.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	if open != 0 {
		t.Errorf("%d elements are not closed\n%s", open, page)
	}
}

func TestPageInArabic(t *testing.T) {
	err := signIn.New().With(
		catalog.Violation{Path: "/a&b", Err: badCoupon.New(coupon.Arg("X"))},
		catalog.Violation{Path: "/b", Err: signIn},
		catalog.Violation{Path: "/c",
			Err: codes.AggregateError.Wrap(errors.Join(signIn), codes.Count.Arg(1))},
	)
	body := write(t, problem.Options{}, err, "Accept", browser, "Accept-Language",
		"ar, de;q=0.5").Body.String()
	for _, want := range []string{
		`<html lang="ar" dir="rtl">`,
		`<li lang="de" dir="ltr"><code dir="ltr" translate="no">#/a&amp;b</code> ` +
			`Den Gutschein X gibt es nicht.</li>`,
		`<li><code dir="ltr" translate="no">#/b</code> سجّل الدخول أولاً</li>`,
		`<li lang="en" dir="ltr"><code dir="ltr" translate="no">#/c</code> There was one problem.`,
		`<li lang="ar" dir="rtl">سجّل الدخول أولاً</li>`, // inside the English error
	} {
		if !strings.Contains(body, want) {
			t.Errorf("missing %s in the page:\n%s", want, body)
		}
	}
	wellFormed(t, body)
}

func TestPolicy(t *testing.T) {
	rec := write(t, problem.Options{}, outOfStock, "Accept", browser)
	_, rest, _ := strings.Cut(rec.Body.String(), "<style>")
	style, _, ok := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if got := rec.Header().Get("Content-Security-Policy"); !ok || got != want {
		t.Errorf("policy\n got %s\nwant %s", got, want)
	}
	if got := write(t, problem.Options{},
		outOfStock).Header().Get("Content-Security-Policy"); got != "" {
		t.Errorf("JSON has the policy %s", got)
	}
}

func TestCustomPage(t *testing.T) {
	page := template.Must(template.New("").Parse(`<p lang="{{.Lang}}">{{.Title}} {{.Status}} {{.Action}} ` +
		`{{.Summary}} {{range .Params}}{{.Name}}{{end}} {{.Instance}}</p>`))
	rec := write(t, problem.Options{Page: page}, outOfStock.New(left.Arg(3)), "Accept", browser)
	if want := `<p lang="en">Out of stock 409 contact Out of stock left ` + instance +
		`</p>`; rec.Body.String() != want {
		t.Errorf("got  %s\nwant %s", rec.Body, want)
	}
	if policy := rec.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy,
		"default-src 'none'; style-src 'self'") {
		t.Errorf("policy %q", policy)
	}

	t.Run("with a policy", func(t *testing.T) {
		respond, _ := newResponder(t, problem.Options{Page: page})
		rec := httptest.NewRecorder()
		rec.Header().Set("Content-Security-Policy", "default-src 'self'")
		respond.Write(rec, request("Accept", browser), outOfStock)
		if got := rec.Header().Get("Content-Security-Policy"); got != "default-src 'self'" {
			t.Errorf("policy %q", got)
		}
	})
	t.Run("failing", func(t *testing.T) {
		page := template.Must(template.New("").Parse(`half {{.Nonsense}}`))
		respond, logged := newResponder(t, problem.Options{Page: page})
		rec := httptest.NewRecorder()
		respond.Write(rec, request("Accept", browser), outOfStock)
		if body := rec.Body.String(); rec.Code != http.StatusConflict ||
			!strings.HasPrefix(body, "<!DOCTYPE html>") {
			t.Errorf("%d %s", rec.Code, body)
		}
		if !strings.Contains(logged.String(), "error page failed") {
			t.Errorf("logged %s", logged)
		}
	})
}
