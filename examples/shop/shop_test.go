package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/wireschema"
)

var wireSchema = wireschema.MustRead("../../docs/problem.schema.json")

// startShop serves the shop and returns its URL and log.
func startShop(t *testing.T) (address string, log *bytes.Buffer) {
	t.Helper()
	log = new(bytes.Buffer)
	handler, err := newShop(slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL, log
}

type reply struct {
	*http.Response
	body string
}

func send(t *testing.T, method, address string, body io.Reader, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{Transport: wireSchema.Transport(t, http.DefaultTransport)}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response, string(content)}
}

// field returns a string member of the JSON body.
func (r reply) field(t *testing.T, name string) string {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal([]byte(r.body), &members); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	s, _ := members[name].(string)
	return s
}

func TestLanguages(t *testing.T) {
	shop, _ := startShop(t)
	tests := []struct{ name, accept, lang, title string }{
		{"Arabic", "ar-EG", "ar", "المنتج غير موجود"},
		{"Swiss German before French", "de-CH, fr;q=0.9", "de", "Artikel nicht gefunden"},
		{"Ukrainian", "uk", "en", "Item not found"},
		{"Belarusian", "be", "en", "Item not found"},
		{"no language", "", "en", "Item not found"},
		{"1 MiB", strings.Repeat("en_t_en-", 1<<17), "en", "Item not found"},
		{"1 MiB after German", "de," + strings.Repeat("x,", 1<<19-64), "de", "Artikel nicht gefunden"},
		{"garbage", "\x7f;;=,,*;q=x", "en", "Item not found"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := send(t, "GET", shop+"/api/items/4711", nil, "Accept-Language",
				strings.ToValidUTF8(strings.ReplaceAll(test.accept, "\x7f", "?"), "?"))
			if r.StatusCode != http.StatusNotFound {
				t.Fatalf("status %d: %s", r.StatusCode, r.body)
			}
			if got := r.Header.Get("Content-Language"); got != test.lang {
				t.Errorf("Content-Language = %q, want %q", got, test.lang)
			}
			if got := r.field(t, "title"); got != test.title {
				t.Errorf("title = %q, want %q", got, test.title)
			}
		})
	}
}

// TestArabicPlurals reserves more pairs than there are of each item. The shop has 0, 1, 2, 3, 11
// and 100.
func TestArabicPlurals(t *testing.T) {
	shop, _ := startShop(t)
	want := map[string]string{
		"1": "نفدت كمية «\u2068جوارب زرقاء\u2069».",
		"2": "بقي زوج واحد فقط من «\u2068جوارب حمراء\u2069».",
		"3": "بقي زوجان فقط من «\u2068جوارب خضراء\u2069».",
		"4": "بقيت ٣ أزواج فقط من «\u2068جوارب صوفية\u2069».",
		"5": "بقي ١١ زوجًا فقط من «\u2068جوارب للركض\u2069».",
		"6": "بقي ١٠٠ زوج فقط من «\u2068جوارب بيضاء\u2069».",
	}
	for id, detail := range want {
		r := send(t, "POST", shop+"/api/items/"+id+"/reserve?pieces=1000", nil, "Accept-Language",
			"ar-EG")
		if got := r.field(t, "detail"); r.StatusCode != http.StatusConflict || got != detail {
			t.Errorf("item %s: status %d, detail %q, want 409, %q", id, r.StatusCode, got, detail)
		}
	}
}

// TestValues checks sizes, durations, dates and lists in three languages.
func TestValues(t *testing.T) {
	shop, _ := startShop(t)
	tests := []struct {
		lang, tooLarge, wait, voucher, cards string
	}{
		{"en", "64\u00a0kB", "in 1 minute", "March 31, 2026", "Visa and Mastercard"},
		{"de", "64\u00a0kB", "in 1 Minute", "31. März 2026", "Visa und Mastercard"},
		{"ar", "64\u00a0كيلوبايت", "خلال دقيقة واحدة", "31 مارس 2026",
			"Visa\u2069 و\u2068Mastercard"},
	}
	for range 5 {
		send(t, "POST", shop+"/api/orders",
			strings.NewReader(`{"name":"Kim","email":"kim@example.com","quantity":"2"}`))
	}
	for _, test := range tests {
		t.Run(test.lang, func(t *testing.T) {
			photo := send(t, "POST", shop+"/api/photos", bytes.NewReader(make([]byte, 100_000)),
				"Accept-Language", test.lang)
			if photo.StatusCode != http.StatusRequestEntityTooLarge ||
				!strings.Contains(photo.body, test.tooLarge) {
				t.Errorf("status %d, %s; want 413 and %q", photo.StatusCode, photo.body, test.tooLarge)
			}
			checkout := send(t, "GET", shop+"/api/checkout", nil, "Accept-Language", test.lang)
			for _, want := range []string{test.voucher, test.cards} {
				if !strings.Contains(checkout.body, want) {
					t.Errorf("checkout: %s, want %q in it", checkout.body, want)
				}
			}
			order := send(t, "POST", shop+"/api/orders",
				strings.NewReader(`{"name":"Kim","email":"kim@example.com","quantity":"2"}`), "Accept-Language",
				test.lang)
			if order.StatusCode != http.StatusTooManyRequests {
				t.Fatalf("status %d: %s", order.StatusCode, order.body)
			}
			after := order.Header.Get("Retry-After")
			if ok, _ := regexp.MatchString(`^(60|5\d)$`, after); !ok {
				t.Errorf("Retry-After = %q, want about a minute", after)
			}
			if help := order.field(t, "help"); after == "60" && !strings.Contains(help, test.wait) {
				t.Errorf("help = %q, want %q in it", help, test.wait)
			}
		})
	}
}

func TestForm(t *testing.T) {
	shop, _ := startShop(t)
	form := url.Values{"name": {""}, "email": {"<kim"}, "quantity": {"99"}}
	r := send(t, "POST", shop+"/order", strings.NewReader(form.Encode()),
		"Content-Type", formType, "Accept-Language", "de", "Accept", "text/html")
	if r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("status %d, want 422", r.StatusCode)
	}
	for _, want := range []string{
		`<html lang="de" dir="ltr">`, `value="&lt;kim"`, `value="99"`,
		"<title>Fehler: Bestellen – Der Sockenladen</title>", "Es gibt ein Problem</h2>",
		`<a href="#name" lang="de" dir="ltr">Füllen Sie das Feld „Name“ aus.</a>`,
		`<a href="#quantity" lang="de" dir="ltr">Geben Sie eine Menge von 1 bis 20 ein.</a>`,
		`<div id="email-error">`, `aria-describedby="email-error"`,
	} {
		if !strings.Contains(r.body, want) {
			t.Errorf("the page lacks %s:\n%s", want, r.body)
		}
	}
}

// TestPages checks that each page has a title of its own and, in German and Arabic, no English name.
func TestPages(t *testing.T) {
	shop, _ := startShop(t)
	english := regexp.MustCompile(`(?i)\b(socks?|order|wool|running|stock|page|home)\b`)
	markup := regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)
	for _, language := range []string{"de", "ar"} {
		titles := map[string]string{}
		for _, path := range []string{"/", "/items/4", "/items/5", "/order", "/items/4711", "/checkout",
			"/database", "/nowhere"} {
			r := send(t, "GET", shop+path, nil, "Accept-Language", language, "Accept", "text/html")
			_, title, _ := strings.Cut(r.body, "<title>")
			title, _, _ = strings.Cut(title, "</title>")
			if other := titles[title]; other != "" && path != "/nowhere" {
				t.Errorf("%s: %s and %s have the title %q", language, other, path, title)
			}
			titles[title] = path
			if found := english.FindString(markup.ReplaceAllString(r.body, " ")); found != "" {
				t.Errorf("%s: %s says %q:\n%s", language, path, found, r.body)
			}
		}
	}
}

// The error for an address that has no number names the address, not a number that nobody typed.
func TestItemWithoutNumber(t *testing.T) {
	shop, _ := startShop(t)
	for _, path := range []string{"/api/items/socks", "/api/items/" + strings.Repeat("9", 100)} {
		r := send(t, "GET", shop+path, nil, "Accept-Language", "de")
		want := "Seite „" + path + "“ wurde nicht gefunden."
		if detail := r.field(t, "detail"); r.StatusCode != 404 || !strings.Contains(detail, want) {
			t.Errorf("%s: status %d, %q; want 404 and %q", path, r.StatusCode, detail, want)
		}
	}
}

const formType = "application/x-www-form-urlencoded"

func TestChooseLanguage(t *testing.T) {
	shop, _ := startShop(t)
	tests := []struct {
		name, to string
		status   int
	}{
		{"offered", "ar", http.StatusOK},
		{"not offered", "sw", http.StatusBadRequest},
		{"not a language", "x", http.StatusBadRequest},
		{"regional variant", "de-AT", http.StatusBadRequest},
		{"different case", "DE", http.StatusBadRequest},
		{"empty", "", http.StatusBadRequest},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := send(t, "POST", shop+"/language", strings.NewReader(url.Values{"to": {test.to}}.Encode()),
				"Content-Type", formType)
			if r.StatusCode != test.status {
				t.Fatalf("status %d, want %d: %s", r.StatusCode, test.status, r.body)
			}
			if test.status != http.StatusOK {
				return
			}
			cookie := r.Request.Response.Header.Get("Set-Cookie") // of the redirect that the client followed
			if want := "shop_language=" + test.to + ";"; !strings.HasPrefix(cookie, want) {
				t.Errorf("Set-Cookie = %q, want %q", cookie, want)
			}
		})
	}
}

// A request body that is too large or invalid gets the right error on every path. The test calls
// the handler directly: a server that stops reading may close the connection before the client has
// read the response.
func TestBadForms(t *testing.T) {
	shop, err := newShop(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, path, contentType, body string
		status                        int
		code                          string
	}{
		{"1 MB of a language", "/language", formType, "to=" + strings.Repeat("en_t_", 200_000), 413,
			"OBJECT_TOO_LARGE"},
		{"1 MB of an order", "/order", formType, "name=" + strings.Repeat("x", 1_000_000), 413,
			"OBJECT_TOO_LARGE"},
		{"1 MB of pieces", "/items/1/reserve", formType, "pieces=" + strings.Repeat("9", 1_000_000), 413,
			"OBJECT_TOO_LARGE"},
		{"1 MB of pieces for the API", "/api/items/1/reserve", formType,
			"pieces=" + strings.Repeat("9", 1_000_000), 413, "OBJECT_TOO_LARGE"},
		{"1 MB of an order for the API", "/api/orders", "application/json",
			`{"name":"` + strings.Repeat("x", 1_000_000) + `"}`, 413, "OBJECT_TOO_LARGE"},
		{"a language with a bad escape", "/language", formType, "to=%zz", 422, "VALIDATION_ERROR"},
		{"an order with a bad escape", "/order", formType, "name=%zz", 422, "VALIDATION_ERROR"},
		{"pieces with a bad escape", "/items/1/reserve", formType, "pieces=%zz", 422, "VALIDATION_ERROR"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request := httptest.NewRequest("POST", test.path, strings.NewReader(test.body))
			request.Header.Set("Content-Type", test.contentType)
			rec := httptest.NewRecorder()
			shop.ServeHTTP(rec, request)
			wireSchema.Check(t, rec.Body.Bytes())
			r := reply{rec.Result(), rec.Body.String()}
			if got := r.field(t, "name"); r.StatusCode != test.status || got != test.code {
				t.Errorf("status %d, name %q, want %d, %q", r.StatusCode, got, test.status, test.code)
			}
		})
	}
}

func TestAPIViolations(t *testing.T) {
	shop, _ := startShop(t)
	r := send(t, "POST", shop+"/api/orders", strings.NewReader(`{}`))
	for _, want := range []string{`"pointer":"#/name"`, `"pointer":"#/email"`,
		`"pointer":"#/quantity"`} {
		if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(r.body, want) {
			t.Errorf("status %d, %s; want 422 and %s", r.StatusCode, r.body, want)
		}
	}
	if r := send(t, "POST", shop+"/api/orders",
		strings.NewReader(`{"name":`)); r.StatusCode != http.StatusBadRequest {
		t.Errorf("truncated JSON: status %d: %s", r.StatusCode, r.body)
	}
}

// TestSecrets checks that internal details are logged and not sent.
func TestSecrets(t *testing.T) {
	shop, log := startShop(t)
	for path, secret := range map[string]string{"/api/database": "connection refused",
		"/api/panic": "index out of range"} {
		r := send(t, "GET", shop+path, nil)
		if strings.Contains(r.body, secret) || r.StatusCode < 500 {
			t.Errorf("%s: status %d: %s", path, r.StatusCode, r.body)
		}
		reference := strings.TrimPrefix(r.field(t, "instance"), "urn:uuid:")
		if !strings.Contains(log.String(), secret) || reference == "" ||
			!strings.Contains(log.String(), reference) {
			t.Errorf("the log lacks %q or the reference %q:\n%s", secret, reference, log)
		}
	}
}

func TestRun(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var out, errs bytes.Buffer
	if code := run(ctx, []string{"-port"}, &out, &errs); code != 2 {
		t.Errorf("bad flag: exit code %d, want 2", code)
	}
	errs.Reset()
	if code := run(ctx, []string{"-addr", "256.0.0.1:1"}, &out, &errs); code != 1 ||
		!strings.Contains(errs.String(), "hint: ") {
		t.Errorf("bad address: exit code %d, stderr %q", code, &errs)
	}
	done, stop := context.WithCancel(t.Context())
	stop()
	out.Reset()
	if code := run(done, []string{"-addr", "localhost:0"}, &out, &errs); code != 0 ||
		strings.Count(out.String(), "  curl ") != 2 {
		t.Errorf("stopped immediately: exit code %d, stdout %q", code, &out)
	}
}

// TestDirectory checks that all errors are shown in each language, and found by number, name and
// words.
func TestDirectory(t *testing.T) {
	shop, _ := startShop(t)
	tests := []struct {
		name, path, lang, dir string
		entries               int
		want                  []string
	}{
		{"everything", "/codes", "en", "ltr", 194, []string{"1201 OUT_OF_STOCK", "Only 3 pairs of “Blue socks” are left.",
			"Choose a smaller quantity or another item.", "<dt>Left</dt><dd dir=\"auto\">3</dd>", "194 error messages"}},
		{"German", "/codes?lang=de", "de", "ltr", 194, []string{"194 Fehlermeldungen", "Datei zu groß", "Kästchen nicht angekreuzt"}},
		{"a language that the shop doesn't have", "/codes?lang=he", "he", "rtl", 194,
			[]string{`<h2 lang="he" dir="rtl">`, `<h2 lang="en" dir="ltr">Not enough in stock</h2>`, `<html lang="he" dir="rtl">`}},
		{"by number", "/codes?q=1201", "en", "ltr", 1, []string{`id="OUT_OF_STOCK"`, "One error message"}},
		{"by name", "/codes?q=file_too", "en", "ltr", 1, []string{`id="FILE_TOO_LARGE"`}},
		{"by words", "/codes?q=Gro%C3%9F+kleinere+DATEI&lang=de", "de", "ltr", 1, []string{`id="FILE_TOO_LARGE"`}},
		{"by words of the language", "/codes?q=جوارب&lang=ar", "ar", "rtl", 2, []string{`id="OUT_OF_STOCK"`}},
		{"nothing found", "/codes?q=nowhere+at+all&lang=ar", "ar", "rtl", 0, []string{"لا توجد رسائل خطأ"}},
		{"markup in a search", "/codes?q=%3Cscript%3E", "en", "ltr", 0, []string{`value="&lt;script&gt;"`}},
		{"a search that is too long", "/codes?q=" + strings.Repeat("x", 1000), "en", "ltr", 194, nil},
		{"one code", "/errors/FILE_TOO_LARGE?lang=ja", "ja", "ltr", 1, []string{"ファイルが大きすぎます"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := send(t, "GET", shop+test.path, nil)
			if r.StatusCode != http.StatusOK || r.Header.Get("Content-Language") != test.lang ||
				!strings.Contains(r.body, `<html lang="`+test.lang+`" dir="`+test.dir+`">`) {
				t.Errorf("status %d in %q", r.StatusCode, r.Header.Get("Content-Language"))
			}
			if got := strings.Count(r.body, `<li class="card"`); got != test.entries {
				t.Errorf("%d entries, want %d", got, test.entries)
			}
			for _, want := range test.want {
				if !strings.Contains(r.body, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
		})
	}
	if r := send(t, "GET", shop+"/errors/NOWHERE", nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("a code that doesn't exist: status %d", r.StatusCode)
	}
}

// TestTypes checks that the type of each of the shop's errors leads to a page about it.
func TestTypes(t *testing.T) {
	shop, _ := startShop(t)
	for code := range Domain.Codes() {
		address, err := url.Parse(code.TypeURI())
		if err != nil || address.Host != "shop.example" {
			t.Fatalf("%s: type %q, %v", code.Name(), code.TypeURI(), err)
		}
		r := send(t, "GET", shop+address.Path, nil)
		if r.StatusCode != http.StatusOK || !strings.Contains(r.body, `id="`+code.Name()+`"`) {
			t.Errorf("%s: status %d", address, r.StatusCode)
		}
	}
}
