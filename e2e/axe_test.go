package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/codes"
	"github.com/errlingo/errlingo/locales"
	"github.com/errlingo/errlingo/problem"
)

// axe returns the source of axe-core, which checks a page for what keeps people with disabilities
// from using it. It skips the test if ERRLINGO_AXE is not set.
func axe(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ERRLINGO_AXE")
	if dir == "" {
		t.Skip("ERRLINGO_AXE is not set; .ci/tools says how to install axe-core into the folder that it names")
	}
	source, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// runAxe returns the violations, one a line.
const runAxe = `(async () => {
	const found = [];
	const results = await axe.run(document, { resultTypes: ["violations"] });
	for (const violation of results.violations)
		for (const node of violation.nodes)
			found.push(violation.id + " at " + node.target + ": " + node.failureSummary);
	return found.join("\n");
})()`

// checkPage checks the open page in light and dark, on a large and a small screen. It must also fit
// into 320 px, which is what is left of 1280 px at a zoom of 400 %.
func checkPage(t *testing.T, ctx context.Context, source, name string) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate[chromedp.Void](source))
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 390} {
			do(t, ctx, media("", "prefers-color-scheme", scheme))
			resize(t, ctx, name, width)
			found := get(t, ctx, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))
			if found != "" {
				t.Errorf("%s, %s, %d px:\n%s", name, scheme, width, found)
			}
			screenshot(t, ctx, fmt.Sprintf("%s-%s-%d", name, scheme, width))
		}
	}
	resize(t, ctx, name, 320)
	screenshot(t, ctx, name+"-320")
}

// resize sets the width of the screen and checks that the page fits.
func resize(t *testing.T, ctx context.Context, name string, width int64) {
	t.Helper()
	do(t, ctx, chromedp.EmulateViewport(width, 900))
	if got := get(t, ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); got > width {
		t.Errorf("%s: on %d px, the page is %d px wide", name, width, got)
	}
}

// media emulates a medium, such as "print", and a feature of it.
func media(medium, feature, value string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media: medium, Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
		})
		return err
	})
}

// TestErrorPages checks the page of package problem: for each action, with and without options.
func TestErrorPages(t *testing.T) {
	source, browser := axe(t), openBrowser(t)
	server := httptest.NewServer(errorPages(t))
	defer server.Close()
	paths := []string{"fix", "retry", "sign-in", "contact", "none", "upgrade", "aggregate", "developer",
		"nowhere", "only-post"}
	for _, language := range []string{"en", "de", "ar"} {
		for _, options := range []string{"plain", "brand"} {
			t.Run(language+"/"+options, func(t *testing.T) {
				ctx, cancel := chromedp.NewContext(browser)
				defer cancel()
				do(t, ctx, acceptLanguage(language))
				for _, path := range paths {
					do(t, ctx, chromedp.Navigate(server.URL+"/"+options+"/"+path))
					if n := get(t, ctx, chromedp.Evaluate[int](
						`document.querySelectorAll("main a").length`)); n == 0 {
						t.Errorf("%s: the page leads nowhere", path)
					}
					checkPage(t, ctx, source, "problem-"+language+"-"+options+"-"+path)
				}
			})
		}
	}
}

// TestShopPages checks every page of the shop.
func TestShopPages(t *testing.T) {
	source, browser, shop := axe(t), openBrowser(t), startShop(t)
	pages := []struct {
		name, path string
		send       string // what submits a form of that page, or ""
	}{
		{"home", "/", ""},
		{"item", "/items/4", ""},
		{"order", "/order", ""},
		{"mistakes", "/order", `document.querySelector("#order").submit()`},
		{"thanks", "/order", `document.querySelector("#name").value = "Kim";
			document.querySelector("#email").value = "kim@example.com";
			document.querySelector("#quantity").value = "2";
			document.querySelector("#order").submit()`},
		{"no-item", "/items/4711", ""},
		{"database", "/database", ""},
		{"checkout", "/checkout", ""},
		{"panic", "/panic", ""},
		{"codes", "/codes?q=file", ""},
		{"nowhere", "/nowhere", ""},
		{"out-of-stock", "/items/4", `document.querySelector("#reserve").submit()`},
		{"no-method", "/items/4", `document.querySelector("#reserve").action = "/checkout";
			document.querySelector("#reserve").submit()`},
		{"no-language", "/items/4", `document.querySelector("#reserve").action = "/language";
			document.querySelector("#reserve").submit()`},
	}
	for _, language := range []string{"en", "de", "ar"} {
		t.Run(language, func(t *testing.T) {
			ctx, cancel := chromedp.NewContext(browser)
			defer cancel()
			do(t, ctx, acceptLanguage(language))
			for _, page := range pages {
				do(t, ctx, chromedp.Navigate(shop+page.path))
				if page.send != "" {
					do(t, ctx,
						chromedp.Evaluate[chromedp.Void](`document.documentElement.className = "before";`+page.send),
						chromedp.WaitVisible(chromedp.CSS("html:not(.before) h1")))
				}
				checkPage(t, ctx, source, "shop-"+language+"-"+page.name)
			}
		})
	}
}

// errorPages serves an error for each action below /plain/ and, with all options set, /brand/.
func errorPages(t *testing.T) http.Handler {
	t.Helper()
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: codes.Domain, FS: locales.FS}},
	})
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	upload := func(name string) error {
		return codes.FileTooLarge.New(codes.FileName.Arg(name), codes.SizeLimit.Arg(25_000_000))
	}
	pages := map[string]error{
		"fix": codes.ObjectNotFound.New(codes.ObjectType.Arg(codes.KindFile),
			codes.ObjectID.Arg("Kostenvoranschlag-Badezimmer-2026-Endfassung.pdf")),
		"retry":   codes.InternalServerError,
		"sign-in": codes.InvalidSessionToken.New(codes.LoginURL.Arg("https://www.example.com/login")),
		"contact": codes.OperationForbidden.Example(),
		"none":    codes.DuplicateRequest,
		"upgrade": codes.ExceededQuota.Example(),
		"aggregate": errors.Join(upload("a.jpg"), upload("b.jpg"), upload("b.jpg"), codes.Timeout,
			codes.FileSaveError.Example(), codes.FileDeleteError.Example()),
		"developer": codes.ValidationError.New().With(
			catalog.Violation{Path: "/lines/2/count", Err: codes.IncorrectType.Example()},
			catalog.Violation{Path: "/name", Err: codes.UsernameMissing}),
	}
	all := http.NewServeMux()
	for prefix, options := range map[string]problem.Options{
		"/plain": {Logger: quiet},
		"/brand": {Logger: quiet,
			Brand: problem.Brand{Name: "Socks & Co.", Accent: "#0f766e"},
			Links: problem.Links{Home: "/start", SignIn: "/login", Return: "next",
				Support: "mailto:help@shop.example"}},
	} {
		respond, mux := problem.New(bundle, options), http.NewServeMux()
		for path, err := range pages {
			mux.Handle("GET "+prefix+"/"+path,
				respond.Handler(func(http.ResponseWriter, *http.Request) error { return err }))
		}
		mux.HandleFunc("POST "+prefix+"/only-post", func(http.ResponseWriter, *http.Request) {})
		all.Handle(prefix+"/", respond.Mux(mux))
	}
	return all
}

// TestErrorPageWorks checks the page as a person uses it: the links, the reference, forced colors and
// paper.
func TestErrorPageWorks(t *testing.T) {
	ctx := openBrowser(t)
	server := httptest.NewServer(errorPages(t))
	defer server.Close()
	do(t, ctx, acceptLanguage("en"), chromedp.Navigate(server.URL+"/brand/retry?a=b"))

	first := text(t, ctx, "dd code")
	do(t, ctx, chromedp.Click(chromedp.CSS("dd code")))
	if got := get(t, ctx, chromedp.Evaluate[string](`getSelection().toString().trim()`)); got != first {
		t.Errorf("a click on the reference selects %q, want %q", got, first)
	}
	do(t, ctx, media("", "forced-colors", "active"))
	screenshot(t, ctx, "problem-forced-colors")
	if got := get(t, ctx, chromedp.Evaluate[string](
		`getComputedStyle(document.querySelector(".links a")).borderTopStyle`)); got != "solid" {
		t.Errorf("in forced colors, the button's border is %q", got)
	}
	do(t, ctx, media("print", "prefers-color-scheme", "dark"))
	screenshot(t, ctx, "problem-print")
	if got := get(t, ctx, chromedp.Evaluate[string](
		`getComputedStyle(document.querySelector("main")).backgroundColor`)); got != "rgb(255, 255, 255)" {
		t.Errorf("printed from a dark page, the paper is %s", got)
	}
	do(t, ctx, media("", "prefers-color-scheme", "light"),
		chromedp.Evaluate[chromedp.Void](`document.documentElement.className = "before"`),
		chromedp.Click(chromedp.CSS(".links li:first-child a")),
		chromedp.WaitVisible(chromedp.CSS("html:not(.before) h1")))
	address := get(t, ctx, chromedp.Evaluate[string](`location.href`))
	if !strings.HasSuffix(address, "/brand/retry?a=b") {
		t.Errorf("trying again opened %s", address)
	}
}
