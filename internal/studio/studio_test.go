package studio_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/studio"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// project is a folder of locale files and what is declared.
type project struct {
	dir       string // the root; the files are in locales
	domain    atomic.Pointer[model.Domain]
	committed map[string]string // the files of the last commit
	glossary  *lint.Glossary
}

// declare returns a small shop in which the title of a code is as given.
func declare(t testing.TB, title, zero string) *model.Domain {
	t.Helper()
	shop := catalogtest.Temporary(t, catalog.NewDomain("shop"))
	item, left := catalog.String("Item", "Blue socks"), catalog.Int("Left", 3)
	shop.Define(1201, "OUT_OF_STOCK", catalog.Spec{
		Title: title, HTTP: 409, Params: catalog.Params{item, left},
		Detail: "Only {{.Left}} pieces of {{.Item}} are left.",
		Plural: catalog.Plural{By: left, One: "Only one piece of {{.Item}} is left.", ExactZero: zero},
	})
	shop.Define(1202, "SOLD_OUT", catalog.Spec{
		Title: "Sold out", HTTP: 409, Params: catalog.Params{item},
		Detail: "All pieces of {{.Item}} are sold.",
	})
	shop.Phrase("cart", catalog.PhraseSpec{Text: "{{.Left}} in your cart", By: left,
		Params: catalog.Params{left}})
	shop.Label("socks", "socks")
	d := access.Model(shop)
	access.Forget(shop)
	return d
}

// newProject writes the files of the shop: German is translated but for SOLD_OUT and the phrase,
// Polish and Arabic not at all.
func newProject(t testing.TB) *project {
	t.Helper()
	p := &project{dir: t.TempDir()}
	p.domain.Store(declare(t, "Out of stock", ""))
	in := merge.Input{Domain: p.domain.Load(), Dir: "locales"}
	for _, tag := range []string{"ar", "de", "pl"} {
		content := merge.NewFile(in, language.MustParse(tag), nil, true)
		if tag == "de" {
			text := string(content.Text)
			for _, one := range [][2]string{
				{"[OUT_OF_STOCK.title]", `"Nicht vorrätig"`},
				{"[labels.socks]", `"Socken"`},
			} {
				before, after, _ := strings.Cut(text, one[0])
				text = before + one[0] + strings.Replace(after, `""`, one[1], 1)
			}
			text = strings.Replace(text, "[OUT_OF_STOCK.detail]", "# Kurz bleiben.\n[OUT_OF_STOCK.detail]", 1)
			text = strings.Replace(text, `one = ""`, `one = "Nur noch ein Stück von {{.Item}}."`, 1)
			text = strings.Replace(text, `other = ""`, `other = "Nur noch {{.Left}} Stück von {{.Item}}."`, 1)
			content.Text = []byte(text)
		}
		p.write(t, tag+".toml", string(content.Text))
		p.write(t, "_state/"+tag+".lock", string(content.State))
		in.Files = append(in.Files, merge.File{Name: "locales/" + tag + ".toml",
			Tag: language.MustParse(tag), Content: content})
	}
	p.sync(t, in)
	return p
}

// sync writes the files of a plan.
func (p *project) sync(t testing.TB, in merge.Input) {
	t.Helper()
	plan, unusable := merge.Make(in)
	if len(unusable) > 0 {
		t.Fatal(unusable)
	}
	for _, f := range plan.Files {
		if f.Changed() {
			p.write(t, filepath.Base(f.Name), string(f.New))
		}
		if f.State.Changed() {
			p.write(t, merge.StateName(f.Tag), string(f.State.New))
		}
	}
}

// extract brings the files up to date, as the command does.
func (p *project) extract(t testing.TB) {
	t.Helper()
	loaded, err := p.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.sync(t, loaded[0].Input)
}

func (p *project) path(name string) string {
	return filepath.Join(p.dir, "locales", filepath.FromSlash(name))
}

func (p *project) write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(p.path(name)), 0o777); err != nil {
		t.Fatal(err)
	}
	// A new file each time, as editors and git write it.
	if err := os.WriteFile(p.path(name)+"~", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(p.path(name)+"~", p.path(name)); err != nil {
		t.Fatal(err)
	}
}

func (p *project) read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(p.path(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// commit makes git's last commit have the files as they are.
func (p *project) commit(t testing.TB) {
	t.Helper()
	p.committed = map[string]string{}
	for _, name := range []string{"de.toml", "_state/de.lock"} {
		p.committed[name] = p.read(t, name)
	}
}

func (p *project) Load(context.Context) ([]studio.Domain, error) {
	d := p.domain.Load()
	in := merge.Input{Domain: d, Dir: "locales"}
	folder, err := atomicfile.Open(p.dir, "locales")
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	names, err := folder.Names()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if !localefile.IsName(name) {
			continue
		}
		tag, _ := localefile.TagOf(name)
		in.Files = append(in.Files, merge.File{Name: "locales/" + name, Tag: tag,
			Read: func() (c merge.Content, err error) {
				folder, err := atomicfile.Open(p.dir, "locales")
				if err != nil {
					return c, err
				}
				defer folder.Close()
				if c.Text, err = folder.Read(name, tomldoc.MaxSize); err != nil {
					return c, err
				}
				c.State, err = folder.Read(merge.StateName(tag), state.MaxSize)
				return c, err
			}})
	}
	return []studio.Domain{{Domain: d, Input: in, Glossary: p.glossary, Root: p.dir,
		Path: "locales"}}, nil
}

func (p *project) Stamp(context.Context) string { return fmt.Sprintf("%p", p.domain.Load()) }

func (p *project) Committed(_ context.Context, _ *studio.Domain, name string) []byte {
	if text, is := p.committed[name]; is {
		return []byte(text)
	}
	return nil
}

// page is a browser with the page open.
type page struct {
	t      testing.TB
	server *httptest.Server
	token  string
}

func open(t testing.TB, p *project, options studio.Options) *page {
	t.Helper()
	s, err := studio.New(t.Context(), p, options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	token := studio.NewToken()
	server.Config.Handler = s.Handler(studio.Access{Token: token,
		Hosts: []string{server.Listener.Addr().String()}})
	server.Start()
	t.Cleanup(server.Close)
	return &page{t, server, token}
}

// cookie returns the cookie that lets the browser in.
func (p *page) cookie() *http.Cookie {
	_, port, _ := strings.Cut(p.server.Listener.Addr().String(), ":")
	return &http.Cookie{Name: "studio-" + port, Value: p.token}
}

// in returns the page for a subtest.
func (p *page) in(t *testing.T) *page { return &page{t, p.server, p.token} }

// object is a JSON object.
type object = map[string]any

// do sends a request and returns the status and the JSON document of the answer.
func (p *page) do(method, path string, body any, change func(*http.Request)) (int, object) {
	p.t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.server.URL+path, bytes.NewReader(encoded))
	if err != nil {
		p.t.Fatal(err)
	}
	r.AddCookie(p.cookie())
	if method == http.MethodPost {
		r.Header.Set("Origin", p.server.URL)
		r.Header.Set("Content-Type", "application/json")
	}
	if change != nil {
		change(r)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	res, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	var doc object
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(text, &doc); err != nil {
			p.t.Fatal(err)
		}
	}
	return res.StatusCode, doc
}

func (p *page) get(path string) object {
	p.t.Helper()
	status, doc := p.do(http.MethodGet, path, nil, nil)
	if status != http.StatusOK {
		p.t.Fatalf("GET %s: %d %v", path, status, doc)
	}
	return doc
}

// text returns a text of the shop.
func (p *page) text(locale, id string) object {
	p.t.Helper()
	return p.get("/api/text?domain=shop&locale=" + locale + "&id=" + url.QueryEscape(id))
}

// post sends a request about a text, and wants a status.
func (p *page) post(want int, path, locale, id string, more object) object {
	p.t.Helper()
	body := object{"domain": "shop", "locale": locale, "id": id}
	for name, value := range more {
		body[name] = value
	}
	status, doc := p.do(http.MethodPost, "/api/"+path, body, nil)
	if status != want {
		p.t.Fatalf("POST %s %s %s: %d %v, want %d", path, locale, id, status, doc, want)
	}
	return doc
}

// save saves the form other of a text as the page shows it now, and wants a status.
func (p *page) save(want int, locale, id, text, as string) object {
	p.t.Helper()
	return p.post(want, "save", locale, id, object{"version": p.text(locale, id)["version"],
		"forms": object{"other": text}, "state": as})
}

// at returns a value inside a document: the keys and indices are separated by dots.
func at(doc any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch value := doc.(type) {
		case object:
			doc = value[key]
		case []any:
			var i int
			if _, err := fmt.Sscan(key, &i); err != nil || i >= len(value) {
				return nil
			}
			doc = value[i]
		default:
			return nil
		}
	}
	return doc
}

// expect compares values inside a document.
func expect(t testing.TB, doc object, want map[string]any) {
	t.Helper()
	for path, value := range want {
		if n, is := value.(int); is {
			value = float64(n)
		}
		if got := at(doc, path); fmt.Sprint(got) != fmt.Sprint(value) {
			t.Errorf("%s is %v, want %v", path, got, value)
		}
	}
}

func TestWhoMayUseIt(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	tests := []struct {
		name   string
		method string
		path   string
		change func(*http.Request)
		status int
	}{
		{"the page", "GET", "/", nil, 200},
		{"the interface", "GET", "/api/project", nil, 200},
		{"a file that does not exist", "GET", "/other.js", nil, 404},
		{"no cookie", "GET", "/", func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		{"another token", "GET", "/api/project", func(r *http.Request) { r.Header.Set("Cookie", p.cookie().Name+"=x") }, 403},
		{"the address that was printed", "GET", "/?token=" + p.token, func(r *http.Request) { r.Header.Del("Cookie") }, 303},
		{"an old address", "GET", "/?token=x", nil, 403},
		{"the token elsewhere", "GET", "/api/project?token=" + p.token, func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		{"a name of another site that leads here", "GET", "/", func(r *http.Request) { r.Host = "evil.example" }, 403},
		{"the right host with another port", "GET", "/", func(r *http.Request) { r.Host = "127.0.0.1:1" }, 403},
		{"a request of the page", "POST", "/api/lint", nil, 404}, // no such domain
		{"a request of another site", "POST", "/api/lint", func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, 403},
		{"a request of a local file", "POST", "/api/lint", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		{"a request of another port", "POST", "/api/lint", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") }, 403},
		{"a request that says no origin", "POST", "/api/lint", func(r *http.Request) { r.Header.Del("Origin") }, 403},
		{"what a form sends", "POST", "/api/lint", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 403},
		{"another method", "DELETE", "/api/text", func(r *http.Request) {
			r.Header.Set("Origin", p.server.URL)
			r.Header.Set("Content-Type", "application/json")
		}, 405},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if status, doc := p.in(t).do(tt.method, tt.path, object{"domain": "other"}, tt.change); status != tt.status {
				t.Errorf("status %d %v, want %d", status, doc, tt.status)
			}
		})
	}
}

// TestHeaders checks that every answer, a refusal as well, has the headers that protect the page.
func TestHeaders(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	for _, path := range []string{"/", "/api/project", "/api/text", "/nothing"} {
		res, err := http.Get(p.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		for name, want := range map[string]string{
			"Content-Security-Policy":      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":       "nosniff",
			"Cache-Control":                "no-store",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Access-Control-Allow-Origin":  "",
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestProject(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	expect(t, p.get("/api/project"), map[string]any{
		"readOnly": false, "source": "en", "domains.0.name": "shop",
		"domains.0.locales.0.tag": "ar", "domains.0.locales.0.dir": "rtl",
		"domains.0.locales.1.tag": "de", "domains.0.locales.1.name": "German",
		"domains.0.locales.1.nativeName":     "Deutsch",
		"domains.0.locales.1.counts.texts":   6,
		"domains.0.locales.1.counts.missing": 3, "domains.0.locales.1.counts.translated": 3,
		"domains.0.locales.1.counts.forms": 8, "domains.0.locales.1.counts.formsDone": 4,
		"domains.0.locales.1.words.missing": 16,
	})
}

func TestTexts(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	tests := []struct {
		name  string
		query string
		want  string // the IDs
	}{
		{"all, in the order of the declarations", "locale=de", "OUT_OF_STOCK.title OUT_OF_STOCK.detail SOLD_OUT.title SOLD_OUT.detail phrases.cart labels.socks"},
		{"by state", "locale=de&state=missing,stale", "SOLD_OUT.title SOLD_OUT.detail phrases.cart"},
		{"by part", "locale=de&part=title", "OUT_OF_STOCK.title SOLD_OUT.title"},
		{"by number", "locale=de&q=1202", "SOLD_OUT.title SOLD_OUT.detail"},
		{"by source text", "locale=de&q=ARE+SOLD", "SOLD_OUT.detail"},
		{"by translation", "locale=de&q=vorr%C3%A4tig", "OUT_OF_STOCK.title"},
		{"by comment", "locale=de&q=kurz", "OUT_OF_STOCK.detail"},
		{"a part of the list", "locale=de&offset=1&limit=2", "OUT_OF_STOCK.detail SOLD_OUT.title"},
		{"beyond the end", "locale=de&offset=9223372036854775807", ""},
		{"a part without a valid number", "locale=de&part=title&offset=-1&limit=x", "OUT_OF_STOCK.title SOLD_OUT.title"},
		{"by state in order", "locale=de&order=state&limit=4", "SOLD_OUT.title SOLD_OUT.detail phrases.cart OUT_OF_STOCK.title"},
		{"every locale", "part=title&limit=3", "OUT_OF_STOCK.title OUT_OF_STOCK.title OUT_OF_STOCK.title"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := p.in(t).get("/api/texts?domain=shop&" + tt.query)
			var ids []string
			for _, row := range doc["texts"].([]any) {
				ids = append(ids, row.(object)["id"].(string))
			}
			if got := strings.Join(ids, " "); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	expect(t, p.text("pl", "OUT_OF_STOCK.detail"), map[string]any{
		"number": 1201, "code": "OUT_OF_STOCK", "http": 409, "part": "detail", "state": "missing",
		"source.forms.0.category": "one", "source.forms.1.text": "Only {{.Left}} pieces of {{.Item}} are left.",
		"params.0.name": "Item", "params.0.example": "Blue socks", "params.1.plural": true,
		"forms.0.category": "one", "forms.0.source": "Only one piece of {{.Item}} is left.",
		"forms.1.category": "few", "forms.1.numbers": "2, 3, 4, 22",
		"forms.2.category": "many", "forms.3": nil, // No whole number takes "other" in Polish.
		"others.0.locale": "de", "others.0.forms.1.text": "Nur noch {{.Left}} Stück von {{.Item}}.",
		"position.index": 2, "position.total": 6, "next": "SOLD_OUT.title", "previous_id": "OUT_OF_STOCK.title",
		"canUndo": false, "file": "locales/pl.toml", "previous": nil, "dir": "ltr",
	})
	expect(t, p.text("de", "OUT_OF_STOCK.detail"), map[string]any{
		"comments.0": "Kurz bleiben.", "state": "translated", "findings": []any{},
	})
	after := p.get("/api/text?domain=shop&locale=de&after=OUT_OF_STOCK.title&state=missing")
	expect(t, after, map[string]any{"id": "SOLD_OUT.title", "position.index": 1, "position.total": 3})
	before := p.get("/api/text?domain=shop&locale=de&before=SOLD_OUT.title")
	expect(t, before, map[string]any{"id": "OUT_OF_STOCK.detail"})
	byState := p.get("/api/text?domain=shop&locale=de&after=phrases.cart&order=state")
	expect(t, byState, map[string]any{"id": "OUT_OF_STOCK.title", "position.index": 4, "previous_id": "phrases.cart"})
	for _, end := range []string{"after=labels.socks", "before=OUT_OF_STOCK.title", "after=OUT_OF_STOCK.title&q=xyz"} {
		if doc := p.get("/api/text?domain=shop&locale=de&" + end); doc != nil {
			t.Errorf("%s: %v", end, doc)
		}
	}
	for path, want := range map[string]int{
		"/api/text?domain=shop&locale=de&id=NOTHING.title":       404,
		"/api/text?domain=shop&locale=fr&id=OUT_OF_STOCK.title":  404,
		"/api/text?domain=other&locale=de&id=OUT_OF_STOCK.title": 404,
	} {
		if status, doc := p.do("GET", path, nil, nil); status != want || doc["error"] == "" {
			t.Errorf("%s: %d %v, want %d", path, status, doc, want)
		}
	}
}

// TestHelp checks what the page shows beside a text: similar ones, and the words of the glossary.
func TestHelp(t *testing.T) {
	files := newProject(t)
	var wrong []diag.Finding
	files.glossary, wrong = lint.ReadGlossary("glossary.toml",
		[]byte("[\"piece*\".de]\nallowed = [\"Stück\"]\nforbidden = [\"Teil*\"]\nnote = \"Nicht Stücke.\"\n"))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	p := open(t, files, studio.Options{})
	expect(t, p.get("/api/project"), map[string]any{"glossary": true})
	expect(t, p.text("de", "SOLD_OUT.detail"), map[string]any{
		"similar.0.id": "OUT_OF_STOCK.detail", "similar.0.target": "Nur noch {{.Left}} Stück von {{.Item}}.",
		"similar.1": nil, "terms.0.source": "piece*", "terms.0.use.0": "Stück", "terms.0.avoid.0": "Teil*",
		"terms.0.note": "Nicht Stücke.", "terms.1": nil,
	})
	expect(t, p.text("pl", "SOLD_OUT.detail"), map[string]any{"similar": []any{}, "terms": []any{}})
}

// TestOptional translates a text that readers see for the number 0.
func TestOptional(t *testing.T) {
	const id = "OUT_OF_STOCK.detail_zero"
	files := newProject(t)
	files.domain.Store(declare(t, "Out of stock", "{{.Item}} is sold out."))
	files.extract(t)
	p := open(t, files, studio.Options{})
	expect(t, p.get("/api/project"), map[string]any{
		"domains.0.locales.1.counts.texts": 6, "domains.0.locales.1.counts.optional": 1,
	})
	expect(t, p.get("/api/texts?domain=shop&locale=de&state=optional"), map[string]any{"total": 1, "texts.0.id": id})
	forms := object{"other": "{{.Item}} ist ausverkauft."}
	for _, arguments := range []string{"example", "extreme"} {
		shown := p.post(200, "preview", "de", id, object{"as": "text", "arguments": arguments, "forms": forms})
		if body := shown["body"].(string); !strings.Contains(body, "ist ausverkauft.") {
			t.Errorf("with arguments %s, readers see %q", arguments, body)
		}
	}
	doc := p.text("de", id)
	expect(t, doc, map[string]any{"state": "optional", "optional": true})
	saved := p.post(200, "save", "de", id, object{"version": doc["version"], "forms": forms, "state": "review"})
	expect(t, saved, map[string]any{"counts.texts": 7, "counts.optional": 0, "counts.review": 1})
}

// TestStale changes the source text while the page is open.
func TestStale(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	old := p.text("de", "OUT_OF_STOCK.title")
	revision := p.get("/api/project")["revision"].(string)
	files.domain.Store(declare(t, "Out of stock now", ""))
	changes := p.get("/api/changes?since=" + revision)
	expect(t, changes, map[string]any{"changed.0.domain": "", "changed.0.locale": ""})
	doc := p.text("de", "OUT_OF_STOCK.title")
	expect(t, doc, map[string]any{
		"state": "stale", "previous.forms.0.text": "Out of stock",
		"previous.diff.0.op": "same", "previous.diff.1.op": "new", "previous.diff.1.text": " now",
	})
	conflict := p.post(409, "save", "de", "OUT_OF_STOCK.title", object{"version": old["version"],
		"forms": object{"other": "Vergriffen"}, "state": "translated"})
	expect(t, conflict, map[string]any{"conflict.text.source.forms.0.text": "Out of stock now"})
	p.post(200, "review", "de", "OUT_OF_STOCK.title", object{"version": doc["version"], "verdict": "approve"})
	expect(t, p.text("de", "OUT_OF_STOCK.title"), map[string]any{"state": "translated"})
}

func TestLint(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	p.save(200, "de", "SOLD_OUT.title", "Aus  verkauft", "review")
	expect(t, p.get("/api/texts?domain=shop&locale=de&state=findings"), map[string]any{
		"total": 1, "texts.0.id": "SOLD_OUT.title", "texts.0.findings": 1})
	tests := []struct {
		name string
		text string
		want map[string]any
	}{
		{"right", "Alle Stücke von {{.Item}} sind verkauft.", map[string]any{"findings": []any{}}},
		{"empty", "", map[string]any{"findings": []any{}}},
		{"a wrong placeholder behind characters of two units", "🧦🧦 „{{.Itme}}“ ist weg.", map[string]any{
			"findings.0.category": "other", "findings.0.rule": "unknown-placeholder", "findings.0.severity": "error",
			"findings.0.from": 6, "findings.0.to": 15, "findings.0.fix": "🧦🧦 „{{.Item}}“ ist weg."}},
		{"behind what is escaped in the file", "Eins \"zwei\"\n{{.Itme}} drei.", map[string]any{
			"findings.0.from": 12, "findings.0.to": 21}},
		{"two spaces", "Alle  von {{.Item}} sind weg.", map[string]any{
			"findings.0.rule": "double-space", "findings.0.from": 4, "findings.0.fix": "Alle von {{.Item}} sind weg."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, p.in(t).post(200, "lint", "de", "SOLD_OUT.detail", object{"forms": object{"other": tt.text}}), tt.want)
		})
	}
}

// TestSave checks that nothing changes but the table of the text and the state.
func TestSave(t *testing.T) {
	files := newProject(t)
	text := files.read(t, "de.toml")
	files.write(t, "de.toml", strings.Replace(text, "[SOLD_OUT.title]\n", "[SOLD_OUT.title] # daneben\n#   Mit Leerzeichen.   \n\n\n", 1))
	p := open(t, files, studio.Options{})
	before := map[string]string{}
	for _, name := range []string{"ar.toml", "en.toml", "pl.toml", "_state/pl.lock", "_state/en.lock"} {
		before[name] = files.read(t, name)
	}
	old := files.read(t, "de.toml")
	line := p.text("de", "phrases.cart")["line"].(float64)
	doc := p.post(200, "save", "de", "SOLD_OUT.detail", object{
		"version": p.text("de", "SOLD_OUT.detail")["version"], "state": "review",
		"forms": object{"other": "Alle Stücke von {{.Item}} sind weg"}, "comments": []string{"Noch zu klären", "zweite Zeile"},
		"allow": []object{{"rule": "punctuation", "reason": "kein Satz"}}, "next": object{"state": "missing"},
	})
	expect(t, doc, map[string]any{
		"text.state": "review", "text.canUndo": true, "text.allowed.0.rule": "punctuation",
		"text.allowed.0.reason": "kein Satz", "text.findings": []any{}, "counts.review": 1, "counts.missing": 2,
		"next.id": "phrases.cart", "next.line": line + 5,
	})
	written := files.read(t, "de.toml")
	table := "# Noch zu klären\n# zweite Zeile\n# kein Satz\n# lint: allow punctuation\n[SOLD_OUT.detail]\n" +
		"#. en: \"All pieces of {{.Item}} are sold.\"\n#, review\nother = \"Alle Stücke von {{.Item}} sind weg\"\n"
	want := strings.Replace(old, "[SOLD_OUT.detail]\n#. en: \"All pieces of {{.Item}} are sold.\"\nother = \"\"\n", table, 1)
	if written != want {
		t.Errorf("de.toml is\n%s\nwant\n%s", written, want)
	}
	if diff := doc["diff"].(string); !strings.Contains(diff, "+other = \"Alle") || strings.Contains(diff, "SOLD_OUT.title") {
		t.Errorf("the difference is\n%s", diff)
	}
	for name, text := range before {
		if files.read(t, name) != text {
			t.Errorf("%s has changed", name)
		}
	}
	files.extract(t)
	if files.read(t, "de.toml") != written {
		t.Errorf("extract changes the file:\n%s", files.read(t, "de.toml"))
	}
	expect(t, p.text("de", "phrases.cart"), map[string]any{"line": line + 5})
}

func TestSaveRefuses(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	version := p.text("de", "SOLD_OUT.detail")["version"]
	tests := []struct {
		name   string
		more   object
		status int
	}{
		{"an error of lint", object{"forms": object{"other": "{{.Itme}} ist weg."}}, 422},
		{"white space alone", object{"forms": object{"other": "  "}}, 422},
		{"a control character", object{"forms": object{"other": "weg\x00"}}, 422},
		{"a form that the text does not have", object{"forms": object{"many": "weg"}}, 400},
		{"a form that does not exist", object{"forms": object{"x": "weg"}}, 400},
		{"another state", object{"state": "stale"}, 400},
		{"a rule that does not exist", object{"allow": []object{{"rule": "x", "reason": ""}}}, 422},
		{"a long text", object{"forms": object{"other": strings.Repeat("x", 65<<10)}}, 422},
		{"a large body", object{"forms": object{"other": strings.Repeat("x", 2<<20)}}, 413},
		{"a field that does not exist", object{"x": 1}, 400},
	}
	old := files.read(t, "de.toml") + files.read(t, "_state/de.lock")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := object{"version": version, "state": "translated", "forms": object{"other": "Alle {{.Item}} sind weg."}}
			for name, value := range tt.more {
				body[name] = value
			}
			if doc := p.in(t).post(tt.status, "save", "de", "SOLD_OUT.detail", body); doc["error"] == "" {
				t.Error("the answer does not say why")
			}
			if files.read(t, "de.toml")+files.read(t, "_state/de.lock") != old {
				t.Error("something was written")
			}
		})
	}
}

func TestDryRun(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	old := files.read(t, "de.toml")
	doc := p.post(200, "save", "de", "SOLD_OUT.title", object{"version": p.text("de", "SOLD_OUT.title")["version"],
		"forms": object{"other": "Ausverkauft"}, "state": "translated", "dryRun": true})
	if !strings.Contains(doc["diff"].(string), "+other = \"Ausverkauft\"") || files.read(t, "de.toml") != old {
		t.Errorf("the difference is %v", doc["diff"])
	}
	expect(t, p.text("de", "SOLD_OUT.title"), map[string]any{"state": "missing", "canUndo": false})
}

// TestNext asks for the next text in the order in which the page had them: a text that is saved goes
// to the end of the list by state.
func TestNext(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	for _, tt := range []struct{ id, next string }{
		{"SOLD_OUT.title", "SOLD_OUT.detail"}, {"labels.socks", "<nil>"},
	} {
		doc := p.post(200, "save", "de", tt.id, object{"version": p.text("de", tt.id)["version"],
			"forms": object{"other": "Wort"}, "state": "translated", "next": object{"order": "state"}})
		expect(t, doc, map[string]any{"next.id": tt.next})
	}
}

// TestEmpty empties a text, which is missing then, and known to be.
func TestEmpty(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	p.save(200, "de", "labels.socks", "", "translated")
	expect(t, p.text("de", "labels.socks"), map[string]any{"state": "missing"})
	written := files.read(t, "_state/de.lock")
	files.extract(t)
	if files.read(t, "_state/de.lock") != written {
		t.Errorf("extract learns something else about the empty text: %s\n%s", written, files.read(t, "_state/de.lock"))
	}
}

// TestConflict has two pages edit one text, and then two texts.
func TestConflict(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	version := p.text("de", "OUT_OF_STOCK.title")["version"]
	other := p.text("de", "SOLD_OUT.title")["version"]
	p.save(200, "de", "OUT_OF_STOCK.title", "Vergriffen", "translated")
	doc := p.post(409, "save", "de", "OUT_OF_STOCK.title", object{"version": version,
		"forms": object{"other": "Nicht da"}, "state": "translated"})
	expect(t, doc, map[string]any{
		"conflict.base.other": "Nicht vorrätig", "conflict.theirs.other": "Vergriffen", "conflict.yours.other": "Nicht da",
	})
	p.post(200, "save", "de", "OUT_OF_STOCK.title", object{"version": at(doc, "conflict.version"),
		"forms": object{"other": "Nicht da"}, "state": "translated"})
	p.post(200, "save", "de", "SOLD_OUT.title", object{"version": other,
		"forms": object{"other": "Ausverkauft"}, "state": "translated"})
	if text := files.read(t, "de.toml"); !strings.Contains(text, `"Nicht da"`) || !strings.Contains(text, `"Ausverkauft"`) {
		t.Errorf("a text is lost:\n%s", text)
	}
}

// TestTogether has many pages save at the same time.
func TestTogether(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	ids := []string{"OUT_OF_STOCK.title", "SOLD_OUT.title", "SOLD_OUT.detail", "labels.socks"}
	var group sync.WaitGroup
	for _, locale := range []string{"ar", "de", "pl"} {
		for _, id := range ids {
			version := p.text(locale, id)["version"]
			group.Go(func() {
				body := object{"domain": "shop", "locale": locale, "id": id, "version": version, "state": "review",
					"forms": object{"other": "{{.Item}} " + locale}}
				if !strings.HasSuffix(id, "detail") {
					body["forms"] = object{"other": id + locale}
				}
				if status, doc := p.do("POST", "/api/save", body, nil); status != 200 {
					t.Errorf("%s %s: %d %v", locale, id, status, doc)
				}
			})
		}
	}
	group.Wait()
	for _, locale := range []string{"ar", "de", "pl"} {
		for _, id := range ids {
			expect(t, p.text(locale, id), map[string]any{"state": "review"})
		}
	}
}

// TestOtherPrograms changes the files while the page is open.
func TestOtherPrograms(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	old := files.read(t, "de.toml")
	version := p.text("de", "OUT_OF_STOCK.title")["version"]
	revision := p.get("/api/project")["revision"].(string)

	files.write(t, "de.toml", strings.Replace(old, `"Nicht vorrätig"`, `"Vergriffen"`, 1))
	expect(t, p.text("de", "OUT_OF_STOCK.title"), map[string]any{"forms.0.text": "Vergriffen"})
	expect(t, p.get("/api/changes?since="+revision), map[string]any{"changed.0.domain": "shop", "changed.0.locale": "de", "changed.1": nil})
	p.post(409, "save", "de", "OUT_OF_STOCK.title", object{"version": version, "forms": object{"other": "x"}, "state": "review"})

	files.write(t, "de.toml", "broken = [")
	status, doc := p.do("GET", "/api/text?domain=shop&locale=de&id=OUT_OF_STOCK.title", nil, nil)
	if status != 503 || !strings.Contains(fmt.Sprint(doc["error"]), "locales/de.toml:1") {
		t.Errorf("a broken file: %d %v", status, doc)
	}
	p.text("pl", "OUT_OF_STOCK.title")

	if err := os.Remove(files.path("de.toml")); err != nil {
		t.Fatal(err)
	}
	doc = p.post(404, "save", "de", "OUT_OF_STOCK.title", object{"version": version, "forms": object{"other": "x"}, "state": "review"})
	if !strings.Contains(fmt.Sprint(doc["hint"]), "deleted") {
		t.Errorf("a deleted file: %v", doc)
	}
	if _, err := os.Stat(files.path("de.toml")); err == nil {
		t.Error("the deleted file is back")
	}
	files.write(t, "de.toml", old)
	p.save(200, "de", "OUT_OF_STOCK.title", "Vergriffen", "translated")
}

func TestReview(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	review := func(want int, verdict, comment string) object {
		return p.post(want, "review", "de", "SOLD_OUT.title", object{"version": p.text("de", "SOLD_OUT.title")["version"],
			"verdict": verdict, "comment": comment})
	}
	review(422, "approve", "") // It is missing.
	p.save(200, "de", "SOLD_OUT.title", "Ausverkauft", "review")
	expect(t, review(200, "approve", ""), map[string]any{"text.state": "translated"})
	review(422, "request", "")
	expect(t, review(200, "reject", "Zu lang"), map[string]any{"text.state": "stale", "text.comments.0": "Zu lang"})
	review(422, "approve", "")
	p.save(422, "de", "SOLD_OUT.title", "Ausverkauft", "translated")
	expect(t, p.save(200, "de", "SOLD_OUT.title", "Vergriffen", "translated"), map[string]any{"text.state": "translated"})
	review(400, "praise", "")

	// Lint is less strict with a stale text, but not with what is to be saved.
	version := p.text("de", "OUT_OF_STOCK.detail")["version"]
	doc := p.post(200, "review", "de", "OUT_OF_STOCK.detail", object{"version": version, "verdict": "reject"})
	expect(t, doc, map[string]any{"text.state": "stale"})
	p.post(422, "save", "de", "OUT_OF_STOCK.detail", object{"version": at(doc, "text.version"),
		"forms": object{"one": "Nur noch eins.", "other": "Nur noch wenige."}, "state": "translated"})
}

const draftFile = `# Drafts
[SOLD_OUT.title]
#. en: "Sold out"
description = "draft by machine"
other = "Ausverkauft"

[SOLD_OUT.detail]
#. en: "All pieces of {{.Item}} are sold."
description = "draft by machine"
other = "Alle sind verkauft."
`

func TestDraft(t *testing.T) {
	files := newProject(t)
	files.write(t, "_state/de.draft", draftFile)
	p := open(t, files, studio.Options{})
	draft := func(want int, id, verdict string) object {
		return p.post(want, "draft", "de", id, object{"version": p.text("de", id)["version"], "verdict": verdict})
	}
	expect(t, p.text("de", "SOLD_OUT.title"), map[string]any{"state": "missing",
		"forms.0.text": "", "forms.0.draft.text": "Ausverkauft", "forms.0.draft.tool": "machine"})
	expect(t, p.get("/api/texts?domain=shop&locale=de&state=draft"), map[string]any{"total": 2})
	draft(404, "OUT_OF_STOCK.title", "take")
	draft(400, "SOLD_OUT.title", "eat")
	draft(422, "SOLD_OUT.detail", "take") // It lacks a placeholder.
	old, oldDrafts := files.read(t, "de.toml"), files.read(t, "_state/de.draft")
	expect(t, draft(200, "SOLD_OUT.title", "take"), map[string]any{"text.state": "review", "counts.drafts": 1})
	if text := files.read(t, "_state/de.draft"); strings.Contains(text, "SOLD_OUT.title") {
		t.Errorf("the draft is still there:\n%s", text)
	}
	p.post(200, "undo", "de", "SOLD_OUT.title", nil)
	expect(t, p.text("de", "SOLD_OUT.title"), map[string]any{"state": "missing", "forms.0.draft.text": "Ausverkauft"})
	if files.read(t, "de.toml") != old {
		t.Errorf("undo leaves\n%s", files.read(t, "de.toml"))
	}
	draft(200, "SOLD_OUT.detail", "drop")
	draft(200, "SOLD_OUT.title", "drop")
	if _, err := os.Stat(files.path("_state/de.draft")); err == nil {
		t.Error("a file without drafts is left")
	}
	p.post(200, "undo", "de", "SOLD_OUT.title", nil)
	p.post(200, "undo", "de", "SOLD_OUT.detail", nil)
	_, tables, _ := strings.Cut(files.read(t, "_state/de.draft"), "\n")
	if _, before, _ := strings.Cut(oldDrafts, "\n"); strings.TrimSpace(tables) != strings.TrimSpace(before) {
		t.Errorf("undo leaves the drafts\n%s", tables)
	}
	if files.read(t, "de.toml") != old {
		t.Errorf("undo of a dropped draft changes\n%s", files.read(t, "de.toml"))
	}
}

func TestUndo(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{})
	both := func() string { return files.read(t, "de.toml") + files.read(t, "_state/de.lock") }
	undo := func(want int, id string) object { return p.post(want, "undo", "de", id, nil) }
	undo(409, "SOLD_OUT.title")
	first := both()
	p.save(200, "de", "SOLD_OUT.title", "Weg", "review")
	second := both()
	p.save(200, "de", "SOLD_OUT.title", "Ausverkauft", "translated")
	p.save(200, "de", "OUT_OF_STOCK.title", "", "translated")
	undo(200, "OUT_OF_STOCK.title")
	expect(t, undo(200, "SOLD_OUT.title"), map[string]any{"text.state": "review", "text.canUndo": true, "counts.review": 1})
	if both() != second {
		t.Errorf("undo leaves\n%s\nwant\n%s", both(), second)
	}
	undo(200, "SOLD_OUT.title")
	if both() != first {
		t.Errorf("undo leaves\n%s\nwant\n%s", both(), first)
	}
	undo(409, "SOLD_OUT.title")

	p.save(200, "de", "SOLD_OUT.title", "Weg", "review")
	files.write(t, "de.toml", strings.Replace(files.read(t, "de.toml"), `"Weg"`, `"Fort"`, 1))
	undo(409, "SOLD_OUT.title") // Somebody has changed it since.
	p.save(200, "de", "SOLD_OUT.title", "Ausverkauft", "translated")
	files.commit(t)
	undo(409, "SOLD_OUT.title")
}

func TestReadOnly(t *testing.T) {
	files := newProject(t)
	p := open(t, files, studio.Options{ReadOnly: true})
	old := files.read(t, "de.toml")
	version := p.text("de", "SOLD_OUT.title")["version"]
	for path, more := range map[string]object{
		"save":   {"forms": object{"other": "Weg"}, "state": "review"},
		"review": {"verdict": "approve"}, "draft": {"verdict": "take"}, "undo": {},
	} {
		more["version"] = version
		if doc := p.post(403, path, "de", "SOLD_OUT.title", more); doc["hint"] != "start it without --read-only" {
			t.Errorf("%s: %v", path, doc)
		}
	}
	p.post(200, "lint", "de", "SOLD_OUT.title", object{"forms": object{"other": "Weg"}})
	p.post(200, "preview", "de", "SOLD_OUT.title", object{"forms": object{"other": "Weg"}})
	expect(t, p.get("/api/project"), map[string]any{"readOnly": true})
	if files.read(t, "de.toml") != old {
		t.Error("something was written")
	}
}

func TestPreview(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	tests := []struct {
		name string
		id   string
		more object
		want string
	}{
		{"the page", "OUT_OF_STOCK.title", object{"forms": object{"other": "Gerade getippt"}}, "<h1>Gerade getippt</h1>"},
		{"a plural form by its number", "OUT_OF_STOCK.detail", object{"as": "text", "count": 1}, "Nur noch ein Stück von Blue socks."},
		{"JSON", "OUT_OF_STOCK.detail", object{"as": "json"}, `"detail":"Nur noch 3 Stück von`},
		{"long arguments", "OUT_OF_STOCK.detail", object{"as": "text", "arguments": "extreme"}, "Nur noch 9.223.372.036.854.775.807 Stück von \u2068Donaudampf"},
		{"a missing argument", "OUT_OF_STOCK.detail", object{"as": "json", "arguments": "zero"}, `{"title":"Nicht vorrätig","status":409,"instance"`},
		{"a detail whose title is not translated yet", "SOLD_OUT.detail", object{"as": "text", "forms": object{"other": "{{.Item}} ist weg."}}, "Sold out\n\nBlue socks ist weg.\n"},
		{"a phrase", "phrases.cart", object{"as": "text", "forms": object{"other": "{{.Left}} im Korb"}}, "3 im Korb\n"},
		{"a label", "labels.socks", object{"forms": object{"other": "<Socke>"}}, "<p>&lt;Socke&gt;</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := p.in(t).post(200, "preview", "de", tt.id, tt.more)
			if body := doc["body"].(string); !strings.Contains(body, tt.want) {
				t.Errorf("%q is not in\n%s", tt.want, body)
			}
			r, err := http.NewRequest("GET", p.server.URL+doc["url"].(string), nil)
			if err != nil {
				t.Fatal(err)
			}
			r.AddCookie(p.cookie())
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			shown, _ := io.ReadAll(res.Body)
			policy := strings.Split(res.Header.Get("Content-Security-Policy"), "; ")
			if string(shown) != doc["body"] || !slices.Contains(policy, "sandbox") || !slices.Contains(policy, "frame-ancestors 'self'") {
				t.Errorf("the frame gets %q with %q", shown, policy)
			}
		})
	}
}
