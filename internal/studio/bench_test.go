package studio_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/studio"
)

// large is a project of 10,000 texts in 10 locales, of which half are translated.
func large(b *testing.B) *project {
	b.Helper()
	const codes = 5000
	shop := catalogtest.Temporary(b, catalog.NewDomain("large"))
	item, left := catalog.String("Item", "Blue socks"), catalog.Int("Left", 3)
	things := []string{"order", "parcel", "invoice", "account", "address", "payment", "coupon", "list",
		"message", "picture", "file", "room", "seat", "ticket", "journey", "contract", "meeting"}
	says := []string{"was not found", "is locked", "has expired", "is too large", "was refused",
		"is not valid yet", "has been deleted", "cannot be changed", "is empty", "is being moved"}
	for n := range codes {
		thing, say := things[n%len(things)], says[n/len(things)%len(says)]
		shop.Define(1000+n, fmt.Sprintf("CODE_%d", n), catalog.Spec{
			Title:  fmt.Sprintf("The %s %s (%d)", thing, say, n),
			Detail: fmt.Sprintf("{{.Left}} times the %s {{.Item}} %s, %d.", thing, say, n),
			Plural: catalog.Plural{By: left, One: fmt.Sprintf("The %s {{.Item}} %s, %d.", thing, say, n)},
			Params: catalog.Params{item, left}, HTTP: 409,
		})
	}
	p := &project{dir: b.TempDir()}
	d := access.Model(shop)
	p.domain.Store(d)
	in := merge.Input{Domain: d, Dir: "locales"}
	for _, tag := range []string{"ar", "cs", "de", "es", "fr", "it", "ja", "pl", "pt", "ru"} {
		content := merge.NewFile(in, language.MustParse(tag), nil, true)
		content.Text = translateHalf(content.Text, d)
		p.write(b, tag+".toml", string(content.Text))
		p.write(b, "_state/"+tag+".lock", string(content.State))
		in.Files = append(in.Files, merge.File{Name: "locales/" + tag + ".toml", Tag: language.MustParse(tag),
			Content: content})
	}
	p.sync(b, in)
	return p
}

// translateHalf fills every second table of a file.
func translateHalf(text []byte, d *model.Domain) []byte {
	var out bytes.Buffer
	n := 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "[") {
			n++
		}
		if n%2 == 0 && strings.HasSuffix(line, "= \"\"\n") {
			line = strings.Replace(line, `""`, fmt.Sprintf(`"{{.Left}} × {{.Item}}: %d"`, n), 1)
		}
		out.WriteString(line)
	}
	return out.Bytes()
}

// bench calls the studio n times without a network, and wants status 200 each time.
func bench(b *testing.B, request func(s http.Handler, n int) *http.Request) {
	s, err := studio.New(b.Context(), large(b), studio.Options{})
	if err != nil {
		b.Fatal(err)
	}
	h := s.Handler(studio.Access{Token: "t", Hosts: []string{"127.0.0.1:1"}})
	n := 0
	serve(b, h, request(h, n)) // What is made once is made.
	for b.Loop() {
		n++
		serve(b, h, request(h, n))
	}
}

func serve(b *testing.B, h http.Handler, r *http.Request) object {
	r.Host = "127.0.0.1:1"
	r.AddCookie(&http.Cookie{Name: "studio-1", Value: "t"})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatalf("%s %s: %d %s", r.Method, r.URL, w.Code, w.Body)
	}
	var doc object
	if r.Method == http.MethodGet && r.Header.Get("Want") == "" {
		return nil
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		b.Fatal(err)
	}
	return doc
}

func get(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }

func post(path string, body object) *http.Request {
	encoded, _ := json.Marshal(body)
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(encoded))
	r.Header.Set("Origin", "http://127.0.0.1:1")
	r.Header.Set("Content-Type", "application/json")
	return r
}

// BenchmarkNextText asks for the next text that is missing, as the page does after each one.
func BenchmarkNextText(b *testing.B) {
	bench(b, func(_ http.Handler, n int) *http.Request {
		return get(fmt.Sprintf("/api/text?domain=large&locale=pl&state=missing&after=CODE_%d.title", n*7%4999))
	})
}

// BenchmarkSearch looks for a word in all texts of a locale.
func BenchmarkSearch(b *testing.B) {
	bench(b, func(_ http.Handler, n int) *http.Request {
		return get("/api/texts?domain=large&locale=pl&q=parcel&limit=200")
	})
}

// BenchmarkTexts lists the first 200 texts in every locale.
func BenchmarkTexts(b *testing.B) {
	bench(b, func(_ http.Handler, n int) *http.Request {
		return get("/api/texts?domain=large&limit=200")
	})
}

func BenchmarkProject(b *testing.B) {
	bench(b, func(_ http.Handler, n int) *http.Request { return get("/api/project") })
}

// BenchmarkLint checks a text as it is typed.
func BenchmarkLint(b *testing.B) {
	bench(b, func(_ http.Handler, n int) *http.Request {
		return post("/api/lint", object{"domain": "large", "locale": "de", "id": fmt.Sprintf("CODE_%d.detail", n%5000),
			"forms": object{"one": "Das Paket {{.Item}} ist weg.", "other": "{{.Left}}  Mal das Paket {{.Itme}}."}})
	})
}

// BenchmarkPreview renders the page with a text as it is typed.
func BenchmarkPreview(b *testing.B) {
	bench(b, func(_ http.Handler, n int) *http.Request {
		return post("/api/preview", object{"domain": "large", "locale": "de", "id": fmt.Sprintf("CODE_%d.detail", n%5000),
			"forms": object{"one": "Das Paket {{.Item}} ist weg.", "other": "{{.Left}} Mal das Paket {{.Item}}."}})
	})
}

// BenchmarkSave saves a text and asks for the next one, with all that is read, checked and synced to
// the disk for that.
func BenchmarkSave(b *testing.B) {
	bench(b, func(h http.Handler, n int) *http.Request {
		id := fmt.Sprintf("CODE_%d.title", n%5000)
		r := get("/api/text?domain=large&locale=de&id=" + id)
		r.Header.Set("Want", "the document")
		return post("/api/save", object{"domain": "large", "locale": "de", "id": id,
			"version": serve(b, h, r)["version"], "state": "translated", "next": object{"state": "missing"},
			"forms": object{"other": fmt.Sprintf("Das Paket Nr. %d", n)}})
	})
}
