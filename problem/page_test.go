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
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
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
		`<p lang="en" dir="ltr">Choose a smaller quantity.</p>`,
		`<dt lang="en" dir="ltr">Reference</dt><dd><code dir="ltr" translate="no">` + reference,
		`<dt lang="en" dir="ltr">Error code</dt><dd><code dir="ltr" translate="no">OUT_OF_STOCK (1201)<`,
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
		`<li lang="de" dir="ltr">Den Gutschein X gibt es nicht.</li>`,
		`<li>سجّل الدخول أولاً</li>`,
		`<li lang="en" dir="ltr">There was one problem.`,
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

var tags = regexp.MustCompile(`<[^>]*>`)

// TestSections checks that a page says nothing twice, and that a plain text says the same.
func TestSections(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("list"))
	define := func(number int, title, help string, audience catalog.Audience) *catalog.Code {
		return domain.Define(number, "CODE_"+strings.ToUpper(title), catalog.Spec{Title: title,
			Detail: "{{.Item}} failed.", Help: help, Params: catalog.Params{item}, HTTP: 422, Audience: audience})
	}
	user, other := define(1, "Save", "Wait.", 0), define(2, "Load", "Wait.", 0)
	third, api := define(3, "Move", "Ask.", 0), define(4, "Call", "", catalog.AudienceDeveloper)
	count := domain.Define(7, "COUNT", catalog.Spec{Title: "Count", Detail: "Enter 20 or less.",
		Params: catalog.Params{codes.Field}, HTTP: 422})
	empty := domain.Define(8, "EMPTY", catalog.Spec{Title: "Empty", Detail: "Fill in “{{.Field}}”.",
		Params: catalog.Params{codes.Field}, HTTP: 422})
	apiCount := domain.Define(9, "API_COUNT", catalog.Spec{Title: "Count", Detail: "At most 20.",
		Params: catalog.Params{codes.Field}, HTTP: 422, Audience: catalog.AudienceDeveloper})
	socks, hats := domain.Label("socks", "pairs of socks"), domain.Label("hats", "hats")
	about := func(code *catalog.Code, field *catalog.Label) catalog.Violation {
		return catalog.Violation{Path: "/a", Err: code.New(codes.Field.Arg(field))}
	}
	all := domain.Define(5, "ALL", catalog.Spec{Title: "All", HTTP: 422, Aggregate: true})
	waiting := domain.Define(6, "WAITING", catalog.Spec{Title: "All", Help: "Wait.", HTTP: 422, Aggregate: true})
	of := func(code *catalog.Code, name string) error { return code.New(item.Arg(name)) }
	tests := []struct {
		name string
		err  error
		want string // the list as text
	}{
		{"one", all.Wrap(of(user, "A")), "- A failed.\n  Wait."},
		{"equal ones", all.Wrap(errors.Join(of(user, "A"), of(user, "A"))), "- A failed. (×2)\n  Wait."},
		{"the same title", all.Wrap(errors.Join(of(user, "A"), of(user, "B"), of(user, "A"), of(third, "C"))),
			"- Save\n  - A failed. (×2)\n  - B failed.\n  Wait.\n- C failed.\n  Ask."},
		{"the same help", all.Wrap(errors.Join(of(user, "A"), of(third, "B"), of(other, "C"))),
			"- A failed.\n- C failed.\n  Wait.\n- B failed.\n  Ask."},
		{"the help of the whole", waiting.Wrap(errors.Join(of(user, "A"), of(other, "B"))),
			"- A failed.\n- B failed."},
		{"for users", all.New().With(catalog.Violation{Path: "/a", Err: of(user, "A")}),
			"- A failed.\n  Wait."},
		{"for developers", all.New().With(catalog.Violation{Path: "/a", Err: of(api, "A")},
			catalog.Violation{Path: "/b", Err: of(api, "A")}),
			"- Call\n  - #/a A failed.\n  - #/b A failed."},
		{"the names of fields", all.New().With(about(count, hats), about(count, hats), about(count, socks)),
			"- Count\n  - hats: Enter 20 or less. (×2)\n  - pairs of socks: Enter 20 or less."},
		{"a name that the sentence has", all.New().With(about(empty, hats)), "- Fill in “hats”."},
		{"a name for developers", all.New().With(about(apiCount, hats)), "- #/a At most 20."},
		{"without a name", all.New().With(catalog.Violation{Err: count}), "- Enter 20 or less."},
		{"nested", all.Wrap(errors.Join(all.Wrap(errors.Join(of(user, "A"), of(user, "A"))), of(third, "B"))),
			"- All\n  - A failed. (×2)\n    Wait.\n- B failed.\n  Ask."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := write(t, problem.Options{}, test.err, "Accept", "text/plain").Body.String()
			at := strings.Index(text, "- ")
			got, _, _ := strings.Cut(text[max(at, 0):], "\n\n")
			if got = strings.NewReplacer("\u2068", "", "\u2069", "").Replace(got); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			page := write(t, problem.Options{}, test.err, "Accept", browser).Body.String()
			wellFormed(t, page)
			_, main, _ := strings.Cut(page, "</h1>")
			main, _, _ = strings.Cut(main, `<ul class="links">`)
			words := strings.Join(strings.Fields(tags.ReplaceAllString(main, " ")), " ")
			want := strings.Join(strings.Fields(strings.ReplaceAll(test.want, "- ", "")), " ")
			if words = strings.NewReplacer("\u2068", "", "\u2069", "").Replace(words); !strings.HasSuffix(words, want) {
				t.Errorf("the page says\n%s\nwant\n%s", words, want)
			}
		})
	}
}

func TestBrand(t *testing.T) {
	tests := []struct {
		name, accent, light, dark string
	}{
		{"none", "", "#c2410c", "#d06d44"},
		{"upper case", "#C2410C", "#c2410c", "#d06d44"},
		{"dark enough", "#1d4ed8", "#1d4ed8", "#6183e4"},
		{"pale", "#ffe600", "#7d7100", "#ffe600"},
		{"black", "#000000", "#000000", "#878787"},
		{"white", "#ffffff", "#6e6e6e", "#ffffff"},
		{"a name", "red", "", ""},
		{"short", "#fff", "", ""},
		{"a style", "#000000}*{}", "", ""},
		{"no digits", "#00000g", "", ""},
		{"signs", "#+1+1+1", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			defer func() {
				if r := recover(); (r != nil) != (test.light == "") {
					t.Errorf("panic %v", r)
				}
			}()
			brand := problem.Brand{Name: "Socks & <more>", Accent: test.accent}
			rec := write(t, problem.Options{Brand: brand, Links: problem.Links{Home: "/start"}}, outOfStock,
				"Accept", browser)
			for _, want := range []string{"--accent: " + test.light + " }", "--accent: " + test.dark + " }",
				"<title>Out of stock – Socks &amp; &lt;more&gt;</title>",
				`<header><a href="/start" translate="no"><bdi>Socks &amp; &lt;more&gt;</bdi></a></header>`} {
				if !strings.Contains(rec.Body.String(), want) {
					t.Errorf("missing %s in the page:\n%s", want, rec.Body)
				}
			}
			wellFormed(t, rec.Body.String())
		})
	}
}

// TestBrandLabel checks that a product's name is in the user's language if it is a label.
func TestBrandLabel(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("brand"))
	label := domain.Label("product", "The sock shop")
	bundle, err := errlingo.Load(errlingo.Options{Sources: []errlingo.Source{
		{Domain: domain, FS: fstest.MapFS{"de.toml": {Data: []byte("[labels.product]\nother = \"Der Sockenladen\"\n")}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	respond := problem.New(bundle, problem.Options{Brand: problem.Brand{Name: "Socks", Label: label},
		Logger: quiet()})
	rec := httptest.NewRecorder()
	respond.Write(rec, request("Accept", browser, "Accept-Language", "de"), outOfStock)
	for _, want := range []string{"<title>Out of stock – Der Sockenladen</title>",
		`<a href="/" lang="de" dir="ltr" translate="no"><bdi>Der Sockenladen</bdi></a>`} {
		if !strings.Contains(rec.Body.String(), want) {
			t.Errorf("missing %s in the page:\n%s", want, rec.Body)
		}
	}
	if got := rec.Header().Get("Content-Language"); got != "en, de" {
		t.Errorf("Content-Language %q", got)
	}
}

// TestFrame checks that what a page has around the texts of an error leaves room for them, however
// long it is.
func TestFrame(t *testing.T) {
	domain := catalogtest.Temporary(t, catalog.NewDomain("frame"))
	long := "https://shop.example/" + strings.Repeat("&", 80)
	params, args := catalog.Params{}, []catalog.Arg{}
	for _, name := range []string{"LoginURL", "UpgradeURL", "First", "Second", "Third"} {
		p := catalog.URL(name, "https://shop.example/")
		params, args = append(params, catalog.Public(p)), append(args, p.Arg(long))
	}
	code := domain.Define(1, "FRAME", catalog.Spec{Title: "T", Params: params, HTTP: 503,
		Action: catalog.ActionSignIn})
	options := problem.Options{
		Brand: problem.Brand{Name: strings.Repeat("<", 100)},
		Links: problem.Links{Home: "/" + long[8:], SignIn: "/login", Support: long},
	}
	page := write(t, options, code.New(args...), "Accept", browser).Body.String()
	if n := strings.Count(page, strings.Repeat("&amp;", 80)); n < 6 {
		t.Errorf("the page has only %d of the addresses:\n%s", n, page)
	}
	if len(page) > 12<<10 {
		t.Errorf("the page has %d bytes", len(page))
	}
}
