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
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/atomicfile"
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

// TestEntry opens the page without the token: a person gets a page that says what to do, and a
// program JSON.
func TestEntry(t *testing.T) {
	p := open(t, newProject(t), studio.Options{})
	for _, tt := range []struct{ name, path, host, accept, kind, want string }{
		{"a browser", "/", "", "text/html,*/*;q=0.8", "text/html", "this browser doesn&#39;t have the token of the studio"},
		{"a browser with an old address", "/?token=x", "", "text/html", "text/html", "the token is wrong"},
		{"a browser by another name", "/", "evil.example", "text/html", "text/html", "not served on &#34;evil.example&#34;"},
		{"a program", "/", "", "*/*", "application/json", "open the address that extract studio printed"},
		{"the interface", "/api/project", "", "text/html", "application/json", `"error"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := http.NewRequest("GET", p.server.URL+tt.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept", tt.accept)
			r.Host = tt.host
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, _ := io.ReadAll(res.Body)
			if res.StatusCode != 403 || !strings.HasPrefix(res.Header.Get("Content-Type"), tt.kind) ||
				!strings.Contains(string(body), tt.want) {
				t.Errorf("%d %s\n%s\nwant 403 %s with %s", res.StatusCode, res.Header.Get("Content-Type"), body, tt.kind, tt.want)
			}
			policy := res.Header.Get("Content-Security-Policy")
			if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
				t.Errorf("the policy is %q", policy)
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
