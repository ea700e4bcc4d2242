package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestStudioConflict changes one text in two tabs.
func TestStudioConflict(t *testing.T) {
	s, browser := startStudio(t), openBrowser(t)
	first, second := s.open(browser), s.open(browser)
	for i, p := range []*page{first, second} {
		p.show("shop/de/ITEM_NOT_FOUND.title")
		do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
		p.press("Ctrl+a")
		p.enter([]string{"Diesen Artikel gibt es nicht", "Kein solcher Artikel"}[i])
	}
	do(t, first.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
	first.press("Ctrl+s")
	first.until(`document.querySelector(".toast").textContent.startsWith("Saved")`)
	second.until(`!document.querySelector(".notice").hidden`)
	if got := second.box(0); got != "Kein solcher Artikel" {
		t.Errorf("the other tab's box has %q", got)
	}

	second.press("Ctrl+Enter")
	second.until(`document.querySelector("dialog.merge")`)
	sides := second.eval(`document.querySelector(".sides").textContent`)
	for _, want := range []string{"Artikel nicht gefunden", "gibt es nicht", "Kein solcher"} {
		if !strings.Contains(sides, want) {
			t.Errorf("the merge view lacks %q: %s", want, sides)
		}
	}
	second.press("Ctrl+a")
	second.enter("Diesen Artikel haben wir nicht")
	second.press("Ctrl+Enter")
	second.until(`document.querySelector(".toast").textContent.startsWith("Saved")`)
	if file := s.read("locales/de.toml"); !strings.Contains(file, "\nother = \"Diesen Artikel haben wir nicht\"\n") {
		t.Errorf("the file lacks the result: %.400s", file)
	}
	first.until(`document.querySelector(".box textarea").value === "Diesen Artikel haben wir nicht"`)

	// An editor changes the file.
	s.write("locales/de.toml", strings.Replace(s.read("locales/de.toml"), "haben wir nicht", "fehlt", 1))
	first.until(`document.querySelector(".box textarea").value === "Diesen Artikel fehlt"`)
}

// TestStudioReview approves a translation, refuses another one, and takes that back.
func TestStudioReview(t *testing.T) {
	s := startStudio(t)
	p := s.open(openBrowser(t))
	for _, id := range []string{"ITEM_NOT_FOUND.title", "ITEM_NOT_FOUND.help"} {
		p.show("shop/fr/" + id)
		p.enter(french(t)[id]["other"])
		p.press("Ctrl+Shift+Enter")
		p.until(`!location.hash.includes("` + id + `")`)
	}
	p.show("shop/fr?state=review")
	p.until(`document.querySelectorAll(".row").length === 2`)
	p.press("Enter")
	p.until(`document.activeElement.id === "editor"`)
	p.press("a")
	p.until(`location.hash.includes("ITEM_NOT_FOUND.help")`)
	p.press("r")
	p.until(`document.activeElement.id === "why"`)
	p.enter("Trop long.")
	p.press("Ctrl+Enter")
	p.until(`document.querySelector(".empty:not([hidden])")`)
	if file := s.read("locales/fr.toml"); !strings.Contains(file, "# Trop long.\n") {
		t.Errorf("the comment is not in the file: %.800s", file)
	}
	p.press("u")
	p.until(`document.querySelector("#editor .state.review")`)
	if file := s.read("locales/fr.toml"); strings.Contains(file, "Trop long.") {
		t.Errorf("the comment is still in the file: %.800s", file)
	}
}

// TestStudioDrafts takes one draft over for review, and drops another.
func TestStudioDrafts(t *testing.T) {
	s := startStudio(t)
	s.write("locales/_state/fr.draft", `[ITEM_NOT_FOUND.title]
#. en: "Item not found"
description = "draft by Apertium"
other = "Article introuvable"

[ITEM_NOT_FOUND.help]
#. en: "Go back to the list and choose another item."
description = "draft by Apertium"
other = "Retournez."
`)
	p := s.open(openBrowser(t))
	p.show("shop/fr?state=draft")
	p.until(`document.querySelectorAll(".row a").length === 2`)
	p.press("Enter")
	p.until(`document.activeElement.id === "editor"`)
	if got := p.eval(`document.querySelector(".proposal").textContent`); got != "Draft by ApertiumArticle introuvable" {
		t.Errorf("the draft is shown as %q", got)
	}
	p.press("d")
	p.until(`document.querySelector("#editor .state.review")`)
	p.press("a")
	p.until(`location.hash.includes("ITEM_NOT_FOUND.help")`)
	p.press("x")
	p.until(`!document.querySelector(".proposal")`)
	file := s.read("locales/fr.toml")
	if !strings.Contains(file, "\nother = \"Article introuvable\"\n") || strings.Contains(file, "Retournez.") {
		t.Errorf("the file has other texts: %.800s", file)
	}
	if status := s.run(s.dir, s.extract, "status", "--lang", "fr"); strings.Contains(status, "ITEM_NOT_FOUND.title") {
		t.Errorf("extract status: %.300s", status)
	}
}

// TestStudioFindings fixes what lint finds by a key, and allows what is intended.
func TestStudioFindings(t *testing.T) {
	s := startStudio(t)
	p := s.open(openBrowser(t))
	p.show("shop/de/ITEM_NOT_FOUND.detail")
	do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
	p.press("Ctrl+a")
	do(t, p.ctx, chromedp.KeyEvent("Kein  Artikel {{.ItemIDs}}."))
	p.until(`document.querySelectorAll("ul.findings li").length === 2`)
	p.until(`document.querySelector(".mirror .unknown")`)
	p.press("Ctrl+s")
	p.until(`document.querySelector(".toast.shown")`)
	if file := s.read("locales/de.toml"); strings.Contains(file, "ItemIDs") {
		t.Error("a text with an unknown placeholder was saved")
	}
	p.press("Ctrl+.")
	p.until(`document.querySelectorAll("ul.findings li").length === 1`)
	p.press("Ctrl+.")
	p.until(`document.querySelectorAll("ul.findings li").length === 0`)
	if got, want := p.box(0), "Kein Artikel {{.ItemID}}."; got != want {
		t.Errorf("fixed: %q, want %q", got, want)
	}
	p.press("Backspace")
	p.until(`document.querySelector("ul.findings").textContent.includes("punctuation")`)
	p.tab(`e.textContent.startsWith("Allow")`)
	p.press("Enter")
	p.until(`document.activeElement.id === "why"`)
	p.enter("It is a heading")
	p.press("Ctrl+Enter")
	p.until(`document.querySelectorAll("ul.findings li").length === 0 && !document.querySelector("dialog")`)
	p.press("Ctrl+s")
	p.until(`document.querySelector(".toast").textContent.startsWith("Saved")`)
	file := s.read("locales/de.toml")
	for _, want := range []string{"lint: allow punctuation", "It is a heading", "\nother = \"Kein Artikel {{.ItemID}}\"\n"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %q: %.900s", want, file)
		}
	}
	if out := s.run(s.dir, s.extract, "lint", "--lang", "de"); strings.Contains(out, "punctuation") {
		t.Errorf("extract lint: %s", out)
	}
}

// TestStudioPreview reads what the preview shows of a text that is being typed.
func TestStudioPreview(t *testing.T) {
	p := startStudio(t).open(openBrowser(t))
	p.show("shop/de/OUT_OF_STOCK.detail")
	do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
	p.press("Ctrl+a")
	p.enter("Plus que {{.Item}}")
	frame := `fetch(document.querySelector(".stage iframe:last-of-type").src).then((r) => r.text())`
	p.until(frame + `.then((text) => text.includes("Plus que"))`)
	for _, test := range []struct{ name, choose, shown string }{
		{"JSON", "json", `document.querySelector(".plain").textContent.includes('"detail"')`},
		{"text", "text", `document.querySelector(".plain").textContent.includes("Plus que")`},
		{"extreme", "extreme", `document.querySelector(".plain").textContent.length > 150`},
		{"page", "page", frame + `.then((text) => text.includes("<h1>"))`},
		{"dark", "dark", `getComputedStyle(document.querySelector(".stage iframe")).colorScheme === "dark"`},
		{"desktop", "desktop", `document.querySelector(".stage iframe").offsetWidth >= 1000`},
	} {
		do(t, p.ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#context input[value=`+test.choose+`]").click()`))
		p.until(test.shown)
		screenshot(t, p.ctx, "studio-preview-"+test.name)
	}
	if got := p.eval(`document.querySelector(".stage iframe").getAttribute("sandbox")`); got != "" {
		t.Errorf("the frame may do %q", got)
	}

	note := func(text string) {
		t.Helper()
		p.until(`document.querySelector(".preview .note > [role=status]").textContent === "` + text + `"`)
	}
	note("As readers will see it once this text is saved.")
	p.show("shop/fr/ITEM_NOT_FOUND.title")
	note("English, because this text is empty.")
	p.until(frame + `.then((text) => text.includes("<h1>Item not found</h1>"))`)
	p.enter("Article absent")
	note("As readers will see it once the detail is translated too. Until then, they get title and " +
		"detail in English. The help is still English.")
	p.until(frame + `.then((text) => text.includes("<h1>Article absent</h1>") && text.includes("<p>…</p>"))`)
	screenshot(t, p.ctx, "studio-preview-waiting")
	now := `document.querySelector(".preview .note button")`
	p.eval(now + `.click()`)
	note("English, until the detail is translated too: readers get title and detail in one language.")
	p.until(frame + `.then((text) => text.includes("<h1>Item not found</h1>"))`)
	screenshot(t, p.ctx, "studio-preview-now")
	p.eval(now + `.click()`)
	p.until(frame + `.then((text) => text.includes("<h1>Article absent</h1>"))`)
	do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
	p.press("Ctrl+End")
	do(t, p.ctx, chromedp.KeyEvent("{{.Nothing}}"))
	note("English, because this text has an error.")
	p.until(frame + `.then((text) => text.includes("<h1>Item not found</h1>"))`)
	screenshot(t, p.ctx, "studio-preview-error")
}

// TestStudioManyTexts moves through a list of 10,000 texts.
func TestStudioManyTexts(t *testing.T) {
	s := newModule(t)
	var source strings.Builder
	source.WriteString("package shop\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n" +
		"var Domain = catalog.NewDomain(\"shop\")\n\nvar (\n")
	for n := range 5000 {
		fmt.Fprintf(&source, "\tCode%d = Domain.Define(%d, \"CODE_%d\", catalog.Spec{Title: \"The title %d\", "+
			"Detail: \"The detail of the code %d.\", HTTP: 404})\n", n, 1000+n, n, n, n)
	}
	s.write("shop.go", source.String()+")\n")
	s.run(s.dir, s.extract)
	s.run(s.dir, s.extract, "add", "de")
	s.start()
	p := s.open(openBrowser(t))
	p.show("shop/de")
	p.until(`document.querySelector(".summary").textContent.startsWith("10,000 texts")`)
	p.until(`document.activeElement.matches(".row a")`)
	p.press("End")
	p.until(`document.activeElement.textContent.includes("CODE_4999")`)
	p.press("k")
	p.until(`document.activeElement.textContent.includes("title")`)
	p.press("Home")
	p.until(`document.activeElement.textContent.includes("CODE_0")`)
	frames := func(step int) float64 {
		return get(t, p.ctx, chromedp.Evaluate[float64](fmt.Sprintf(`(async () => {
			const scroller = document.querySelector(".scroller");
			const times = [];
			let last = performance.now();
			for (let i = 0; i < 300; i++) {
				scroller.scrollTop += %d;
				await new Promise(requestAnimationFrame);
				times.push(performance.now() - last);
				last = performance.now();
			}
			return times.sort((a, b) => a - b)[285];
		})()`, step), chromedp.EvalAwaitPromise))
	}
	idle, scrolling := frames(0), frames(400)
	rows := get(t, p.ctx, chromedp.Evaluate[int](`document.querySelectorAll(".row").length`))
	if rows > 100 {
		t.Errorf("the page has %d rows", rows)
	}
	t.Logf("95%% of the frames: %.1f ms while scrolling, %.1f ms at rest; %d rows on the page", scrolling, idle, rows)
	p.press("/")
	p.enter("CODE_4321 detail")
	p.until(`document.querySelector(".row a")`)
}

// TestStudioReadOnly checks that nothing can be edited.
func TestStudioReadOnly(t *testing.T) {
	s := startStudio(t, "--read-only")
	p := s.open(openBrowser(t))
	before := s.read("locales/de.toml")
	p.show("shop/de/ITEM_NOT_FOUND.title")
	p.until(`document.querySelector(".box textarea").readOnly`)
	if got := p.eval(`document.querySelector("#read-only").hidden`); got != "false" {
		t.Error("the page does not say that it is read-only")
	}
	p.press("Enter")
	p.enter("x")
	p.press("Ctrl+Enter")
	p.press("Esc")
	for _, key := range []string{"a", "d", "x", "u", "v"} {
		p.press(key)
	}
	if after := s.read("locales/de.toml"); after != before {
		t.Error("the file has changed")
	}
}

// TestStudioRefusesOtherSites has a page of another origin, open in the browser of a translator, send
// what the studio's page sends.
func TestStudioRefusesOtherSites(t *testing.T) {
	s := startStudio(t)
	p := s.open(openBrowser(t))
	before := s.read("locales/de.toml")
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprint(w, "<!DOCTYPE html><title>Other</title><form method=post enctype=text/plain><input name=a></form>")
	}))
	defer other.Close()
	do(t, p.ctx, chromedp.Navigate(other.URL))
	body := `{"domain":"shop","locale":"de","id":"ITEM_NOT_FOUND.title","version":"","forms":{"other":"x"},"state":"translated"}`
	for _, kind := range []string{"text/plain", "application/json"} {
		for _, path := range []string{"/api/save", "/api/review", "/api/draft", "/api/undo", "/api/lint"} {
			got := get(t, p.ctx, chromedp.Evaluate[string](fmt.Sprintf(`fetch(%q, {
				method: "POST", credentials: "include", mode: %q, body: %q, headers: { "Content-Type": %q },
			}).then((r) => r.type + " " + r.status, (err) => "blocked")`, s.origin()+path,
				map[string]string{"text/plain": "no-cors"}[kind]+map[string]string{"application/json": "cors"}[kind], body, kind),
				chromedp.EvalAwaitPromise))
			if got != "blocked" && got != "opaque 0" {
				t.Errorf("%s as %s: the other page got %q", path, kind, got)
			}
		}
	}
	for _, path := range []string{"/", "/api/project", "/studio.js"} {
		got := get(t, p.ctx, chromedp.Evaluate[string](fmt.Sprintf(
			`fetch(%q, { credentials: "include" }).then((r) => r.text(), (err) => "blocked")`, s.origin()+path),
			chromedp.EvalAwaitPromise))
		if got != "blocked" {
			t.Errorf("%s: the other page reads %.100q", path, got)
		}
	}
	do(t, p.ctx, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`document.forms[0].action = %q; document.forms[0].submit()`, s.origin()+"/api/save")),
		chromedp.WaitReady(chromedp.CSS("body:not(:has(form))")))
	if got := p.eval(`document.body.textContent`); !strings.Contains(got, "refused") {
		t.Errorf("the form's answer: %s", got)
	}
	if after := s.read("locales/de.toml"); after != before {
		t.Error("the file has changed")
	}
}

// TestStudioPages checks every part of the page, in light and dark, on large and small screens.
func TestStudioPages(t *testing.T) {
	source, s, browser := axe(t), startStudio(t), openBrowser(t)
	s.write("locales/de.toml", strings.Replace(s.read("locales/de.toml"), "Artikel nicht gefunden", "Artikel  {{.Nicht}} gefunden", 1))
	pages := []struct {
		name, path string
		act        func(p *page)
	}{
		{"overview", "", nil},
		{"list", "shop/de", nil},
		{"list-by-code", "shop/*", nil},
		{"editor", "shop/de/OUT_OF_STOCK.detail", nil},
		{"editor-findings", "shop/de/ITEM_NOT_FOUND.title", nil},
		{"editor-ar", "shop/ar/OUT_OF_STOCK.detail", nil},
		{"menu", "shop/fr/OUT_OF_STOCK.detail", func(p *page) {
			do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")), chromedp.KeyEvent("{"))
		}},
		{"preview-json", "shop/ar/OUT_OF_STOCK.detail", func(p *page) {
			p.eval(`document.querySelector("input[value=json]").click()`)
			p.until(`document.querySelector(".plain:not([hidden])")`)
		}},
		{"keys", "shop/de", func(p *page) { p.press("?") }},
		{"merge", "shop/de/CARD_REFUSED.title", func(p *page) {
			do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
			p.press("Ctrl+a")
			p.enter("Karte wurde nicht akzeptiert")
			s.write("locales/de.toml", strings.Replace(s.read("locales/de.toml"), `"Karte abgelehnt"`, `"Die Karte wurde abgelehnt"`, 1))
			p.press("Ctrl+s")
			p.until(`document.querySelector("dialog.merge")`)
		}},
	}
	for _, test := range pages {
		t.Run(test.name, func(t *testing.T) {
			p := s.open(browser)
			defer p.close()
			p.t = t
			if test.path != "" {
				p.show(test.path)
			}
			if test.act != nil {
				test.act(p)
			}
			p.until(`document.readyState === "complete"`)
			checkPage(t, p.ctx, source, "studio-"+test.name)
		})
	}
}
