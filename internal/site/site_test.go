package site_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/internal/access"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/site"
)

const german = `
[OUT_OF_STOCK.title]
other = "Ausverkauft"

[OUT_OF_STOCK.detail]
other = "Nur noch {{.Left}} Stück von {{.Item}}."
`

const issued = `errlingo 2 codes shop
1100 GONE 404 - retired
1201 OUT_OF_STOCK 409 Item:string Left:int+ was:SOLD_OUT
`

// shop returns a domain with the codes, all of them if none is named.
func shop(t *testing.T, docs string, names ...string) site.Domain {
	t.Helper()
	d := catalog.NewDomain("shop", catalog.Docs(docs))
	access.Forget(d) // Some tests make it twice.
	item, left := catalog.String("Item", "Blue <socks>"), catalog.Int("Left", 3)
	card := catalog.String("Card", "4711")
	define := func(number int, name string, spec catalog.Spec) *catalog.Code {
		if len(names) > 0 && !slices.Contains(names, name) {
			return nil
		}
		return d.Define(number, name, spec)
	}
	general := define(1200, "REFUSED", catalog.Spec{Title: "Refused", HTTP: 403})
	define(1201, "OUT_OF_STOCK", catalog.Spec{Title: "Out of stock",
		Detail: "Only {{.Left}} pieces of {{.Item}} are left.", Help: "Choose fewer.",
		Params: catalog.Params{item, catalog.Public(left)}, HTTP: 409, Action: catalog.ActionFix,
		Retry: catalog.RetryOnce, RPC: catalog.RPCOutOfRange})
	define(1202, "CARD_STOLEN", catalog.Spec{Title: "Card reported as stolen", HTTP: 403,
		Params: catalog.Params{catalog.Sensitive(card)}, ShownAs: general})
	define(1203, "DISK_FULL", catalog.Spec{Title: "Disk full", HTTP: 500,
		Audience: catalog.AudienceOperator, Deprecated: "Disks grow."})
	l, findings := ledger.Parse("codes.lock", []byte(issued))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return site.Domain{Domain: access.Model(d), Files: fstest.MapFS{"de.toml": {Data: []byte(german)}},
		Locales: []language.Tag{language.German}, Ledger: l.Entries(),
		Since: map[string]string{"OUT_OF_STOCK": "v1.2.0", "GONE": "v1.0.0"}}
}

// publish writes the reference of the domain into a folder.
func publish(t *testing.T, dir, base string, domains ...site.Domain) (site.Published, error) {
	t.Helper()
	s, err := site.New(domains, base)
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	return s.Publish(root)
}

// files returns the names and contents of all files below a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		all[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPublish(t *testing.T) {
	dir := t.TempDir()
	first, err := publish(t, dir, "/", shop(t, ""))
	if err != nil || first.Written != first.Files || first.Removed != 0 {
		t.Fatalf("the first run: %+v, %v", first, err)
	}
	before := files(t, dir)
	if len(before) != first.Files+1 { // and the manifest
		t.Errorf("%d files, want %d", len(before), first.Files+1)
	}
	second, err := publish(t, dir, "/", shop(t, ""))
	if err != nil || second.Written+second.Removed != 0 {
		t.Fatalf("the second run: %+v, %v", second, err)
	}

	// Somebody adds a file, and a code goes.
	own := filepath.Join(dir, "shop", "DISK_FULL", "notes.txt")
	if err := os.WriteFile(own, []byte("ours"), 0o666); err != nil {
		t.Fatal(err)
	}
	third, err := publish(t, dir, "/", shop(t, "", "REFUSED", "OUT_OF_STOCK"))
	if err != nil || third.Removed != 8 {
		t.Errorf("the third run: %+v, %v", third, err)
	}
	after := files(t, dir)
	if after["shop/DISK_FULL/notes.txt"] != "ours" || after["shop/DISK_FULL/index.html"] != "" {
		t.Error("the file of somebody else is gone, or that of the code is not")
	}
	if _, err := os.Stat(filepath.Join(dir, "shop", "CARD_STOLEN")); err == nil {
		t.Error("an empty folder is left")
	}
}

func TestPublishRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("ours"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := publish(t, dir, "/", shop(t, ""))
	if foreign, ok := errors.AsType[*site.ForeignError](err); !ok || foreign.Name != "index.html" {
		t.Errorf("error %v", err)
	}
	if all := files(t, dir); len(all) != 1 || all["index.html"] != "ours" {
		t.Errorf("the folder has changed: %v", all)
	}
}

// The manifest is a file like any other: what it names must be in the folder.
func TestHostileManifest(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "precious")
	inside := filepath.Join(dir, "public")
	if err := errors.Join(os.Mkdir(inside, 0o777), os.WriteFile(outside, nil, 0o666),
		os.Symlink(dir, filepath.Join(inside, "up")), os.WriteFile(filepath.Join(inside, site.Manifest),
			[]byte("../precious\n/etc/passwd\nup/precious\n.\n"), 0o666)); err != nil {
		t.Fatal(err)
	}
	_, _ = publish(t, inside, "/", shop(t, ""))
	if _, err := os.Stat(outside); err != nil {
		t.Error("a file outside of the folder is gone")
	}
}

func TestFolders(t *testing.T) {
	for _, tt := range []struct{ name, docs, base, want string }{
		{"no docs", "", "/", "shop/OUT_OF_STOCK/index.html"},
		{"docs at the base", "https://shop.example/errors", "/errors/", "OUT_OF_STOCK/index.html"},
		{"docs below the base", "https://shop.example/help/errors/", "/help/", "errors/OUT_OF_STOCK/index.html"},
		{"root", "https://shop.example/errors/", "/", "errors/OUT_OF_STOCK/index.html"},
		{"URL", "https://shop.example/errors/", "https://shop.example/errors/", "OUT_OF_STOCK/index.html"},
		{"elsewhere", "https://shop.example/errors/", "/codes/", "shop/OUT_OF_STOCK/index.html"},
		{"similar", "https://shop.example/errors2/", "/errors/", "shop/OUT_OF_STOCK/index.html"},
		{"fragment", "https://shop.example/errors#", "/", "shop/OUT_OF_STOCK/index.html"},
		{"query", "https://shop.example/errors?code=", "/", "shop/OUT_OF_STOCK/index.html"},
		{"upward", "https://shop.example/errors/../../x/", "/errors/", "shop/OUT_OF_STOCK/index.html"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := site.New([]site.Domain{shop(t, tt.docs)}, tt.base)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(slices.Collect(s.Names()), tt.want) {
				t.Errorf("there is no file %s", tt.want)
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	d := shop(t, "")
	for _, base := range []string{"", "/errors", "/errors/?a=b", "/errors/#a", "::"} {
		if _, err := site.New([]site.Domain{d}, base); err == nil {
			t.Errorf("base %q is accepted", base)
		}
	}
	if _, err := site.New([]site.Domain{d, d}, "/"); err == nil {
		t.Error("two domains with the same pages are accepted")
	}
}

func TestPages(t *testing.T) {
	dir := t.TempDir()
	if _, err := publish(t, dir, "/errors/", shop(t, "https://shop.example/errors/")); err != nil {
		t.Fatal(err)
	}
	all := files(t, dir)
	for _, tt := range []struct {
		name, file string
		want       []string
		not        string
	}{
		{"page", "OUT_OF_STOCK/index.html", []string{`<html lang="en" dir="ltr">`, "409 Conflict", "OUT_OF_RANGE",
			"v1.2.0", "Only 3 pieces of Blue &lt;socks&gt; are left.", "repeat the request once",
			`hreflang="de" href="/errors/OUT_OF_STOCK/de.html"`, `hreflang="x-default"`, "private</span>"}, "<socks>"},
		{"German", "OUT_OF_STOCK/de.html", []string{`<html lang="de" dir="ltr">`,
			"Nur noch 3 Stück von Blue &lt;socks&gt;.", `<p lang="en" dir="ltr">Choose fewer.</p>`}, "Only"},
		{"shown as another", "CARD_STOLEN/index.html", []string{"Only the log has this code",
			`<a href="/errors/REFUSED/">REFUSED</a>`, "sensitive</span>"}, "As JSON"},
		{"for operators", "DISK_FULL/index.html", []string{"INTERNAL_SERVER_ERROR (", "Disks grow."}, ""},
		{"retired", "GONE/index.html", []string{"Retired.", "v1.0.0"}, ""},
		{"renamed", "SOLD_OUT/index.html", []string{`now <a href="/errors/OUT_OF_STOCK/">OUT_OF_STOCK</a>`}, ""},
		{"index", "index.html", []string{`<a href="/errors/GONE/">`, "Card reported as stolen"}, "SOLD_OUT"},
		{"texts", "texts/de.json", []string{`"OUT_OF_STOCK/de.html":[["Ausverkauft"],["Nur noch "," Stück von ","."]]`}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(all[tt.file])
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s lacks %q:\n%s", tt.file, want, text)
				}
			}
			if tt.not != "" && strings.Contains(text, tt.not) {
				t.Errorf("%s has %q", tt.file, tt.not)
			}
		})
	}
	var twin struct {
		Number       int
		HTTP         int
		Since, Retry string
		Params       []struct{ Exposure string }
		Detail       struct{ Text, Lang string }
		Answer       struct{ Name, Lang string }
	}
	if err := json.Unmarshal([]byte(all["OUT_OF_STOCK/de.json"]), &twin); err != nil {
		t.Fatal(err)
	}
	if twin.Number != 1201 || twin.HTTP != 409 || twin.Since != "v1.2.0" || twin.Retry != "once" ||
		len(twin.Params) != 2 || twin.Params[1].Exposure != "public" || twin.Detail.Lang != "de" ||
		twin.Answer.Name != "OUT_OF_STOCK" || twin.Answer.Lang != "de" {
		t.Errorf("the twin says %+v", twin)
	}
}
