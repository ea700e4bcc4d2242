package e2e_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// buildSite builds the reference of all codes in this repository, and returns its folder.
func buildSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.Command("go", "run", "./cmd/extract", "site", "--out", dir)
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the site: %v\n%s", err, out)
	}
	return dir
}

// serveSite serves the reference, and returns its address.
func serveSite(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir(buildSite(t))))
	t.Cleanup(server.Close)
	return server.URL
}

// TestSitePages checks pages of the reference with axe-core: the index, codes of all kinds, and all
// languages of the shop.
func TestSitePages(t *testing.T) {
	source, browser, server := axe(t), openBrowser(t), serveSite(t)
	pages := []string{"", "errors/OUT_OF_STOCK/", "errors/STOCK_UNKNOWN/", "rules/BOX_REQUIRED/",
		"standard/INTERNAL_SERVER_ERROR/", "standard/AGGREGATE_ERROR/ar.html",
		"standard/FILE_TOO_LARGE/ja.html"}
	for _, tag := range []string{"ar", "de", "es", "fr", "ja", "pl", "zh-Hans"} {
		pages = append(pages, "errors/OUT_OF_STOCK/"+tag+".html")
	}
	ctx, cancel := chromedp.NewContext(browser)
	defer cancel()
	for _, page := range pages {
		response, err := http.Get(server + "/" + page)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v, %v", page, response, err)
		}
		response.Body.Close()
		do(t, ctx, chromedp.Navigate(server+"/"+page))
		checkPage(t, ctx, source, "site-"+strings.NewReplacer("/", "-", ".html", "").Replace(page))
	}
}

// TestSiteSearch finds codes by number, by name, and by a sentence that a reader has pasted.
func TestSiteSearch(t *testing.T) {
	ctx, server := openBrowser(t), serveSite(t)
	for _, tt := range []struct{ name, query, want string }{
		{"number", "1201", "/errors/OUT_OF_STOCK/"},
		{"name", "out_of_st", "/errors/OUT_OF_STOCK/"},
		{"sentence", "Only 17 pairs of “Green socks” are left.", "/errors/OUT_OF_STOCK/"},
		{"isolated", "The file “\u2068a.jpg\u2069” is too large. The limit is 3 MB.", "/standard/FILE_TOO_LARGE/"},
		{"German", "Die Datei „a.jpg“ ist zu groß. Erlaubt sind höchstens 3 MB.", "/standard/FILE_TOO_LARGE/de.html"},
		{"nothing", "xyzzy", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			do(t, ctx, chromedp.Navigate(server+"/?q="+url.QueryEscape(tt.query)),
				chromedp.Poll[chromedp.Void](`!/^$|Searching/.test(document.querySelector("#found").textContent)`))
			got := get(t, ctx, chromedp.Evaluate[string](`
				[...document.querySelectorAll(".found a, .codes li:not([hidden]) a")].map((a) => a.pathname)[0] ?? ""`))
			if got != tt.want {
				t.Errorf("the first page found is %q, want %q", got, tt.want)
			}
		})
	}
}

// TestSiteIsValid checks that all links and type URIs lead to a page, and with html-validate all
// pages of the shop, and those of other codes in the source language.
func TestSiteIsValid(t *testing.T) {
	dir := buildSite(t)
	pages, links := 0, 0
	link := regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var targets []string
		switch filepath.Ext(file) {
		case ".html":
			pages++
			for _, match := range link.FindAllStringSubmatch(string(text), -1) {
				targets = append(targets, match[1])
			}
		case ".json":
			var twin struct{ Type string }
			if strings.Contains(file, string(filepath.Separator)+"texts"+string(filepath.Separator)) {
				return nil
			}
			if err := json.Unmarshal(text, &twin); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			if twin.Type != "" {
				targets = append(targets, twin.Type)
			}
		}
		for _, target := range targets {
			links++
			u, err := url.Parse(target)
			if err != nil || !strings.HasPrefix(u.Path, "/") {
				t.Errorf("%s: bad address %q", file, target)
				continue
			}
			at := filepath.Join(dir, filepath.FromSlash(path.Clean(u.Path)))
			if info, err := os.Stat(at); err == nil && info.IsDir() {
				at = filepath.Join(at, "index.html")
			}
			if _, err := os.Stat(at); err != nil {
				t.Errorf("%s: %q leads nowhere", file, target)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pages, %d links and type URIs", pages, links)

	tools := os.Getenv("ERRLINGO_HTML")
	if tools == "" {
		t.Skip("ERRLINGO_HTML is not set; .ci/tools says how to install html-validate into the folder that it names")
	}
	validate := exec.Command("node", filepath.Join(tools, "node_modules", "html-validate", "bin", "html-validate.mjs"),
		"--preset", "recommended", filepath.Join(dir, "index.html"), filepath.Join(dir, "errors", "**", "*.html"),
		filepath.Join(dir, "standard", "**", "index.html"), filepath.Join(dir, "rules", "**", "index.html"))
	if out, err := validate.CombinedOutput(); err != nil {
		t.Errorf("html-validate: %v\n%s", err, out[:min(len(out), 4000)])
	}
}
