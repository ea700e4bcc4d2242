package e2e_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// studio is a running studio and the copy of the shop that it shows.
type studio struct {
	t       *testing.T
	dir     string // the root of the copied module
	extract string // the command
	url     string // with the token
}

// startStudio copies the shop, with a French file without any text, and starts the studio.
func startStudio(t *testing.T, flags ...string) *studio {
	t.Helper()
	s := newModule(t)
	if err := os.CopyFS(s.dir, os.DirFS(filepath.Join("..", "examples", "shop"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"locales/fr.toml", "locales/_state/fr.lock"} {
		if err := os.RemoveAll(filepath.Join(s.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	s.run(s.dir, s.extract, "add", "fr")
	s.run(s.dir, s.extract)
	s.run(s.dir, "git", "init", "-q")
	s.run(s.dir, "git", "add", ".")
	s.run(s.dir, "git", "-c", "user.name=Kim", "-c", "user.email=kim@example.com", "commit", "-qm", "add the shop")
	s.start(flags...)
	return s
}

// newModule returns an empty module that uses this repository's errlingo, and the command.
func newModule(t *testing.T) *studio {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	s := &studio{t: t, dir: t.TempDir(), extract: filepath.Join(t.TempDir(), "extract")}
	s.run("..", "go", "build", "-o", s.extract, "./cmd/extract")
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	s.write("go.mod", strings.Replace(string(module), "module github.com/errlingo/errlingo", "module shop.example", 1)+
		"\nrequire github.com/errlingo/errlingo v0.0.0\nreplace github.com/errlingo/errlingo => "+root+"\n")
	return s
}

// start starts the studio and reads its address.
func (s *studio) start(flags ...string) {
	t := s.t
	t.Helper()
	cmd := exec.Command(s.extract, append([]string{"studio", "--no-browser"}, flags...)...)
	cmd.Dir = s.dir
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	for lines := bufio.NewScanner(stdout); s.url == "" && lines.Scan(); {
		if at := strings.Index(lines.Text(), "http://"); at >= 0 {
			s.url, _, _ = strings.Cut(lines.Text()[at:], " ")
		}
	}
	if s.url == "" {
		t.Fatal("the studio did not print its address")
	}
}

// run runs a command in a folder and returns what it prints.
func (s *studio) run(dir, name string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (s *studio) read(name string) string {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func (s *studio) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// origin is the address of the studio without the token.
func (s *studio) origin() string {
	origin, _, _ := strings.Cut(s.url, "/?")
	return origin
}

// page is the studio in a tab of a browser.
type page struct {
	t      *testing.T
	ctx    context.Context
	close  context.CancelFunc
	s      *studio
	warned atomic.Int32 // how many times the page has warned on leaving
}

// open opens the studio in a new tab.
func (s *studio) open(browser context.Context) *page {
	s.t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	s.t.Cleanup(cancel)
	p := &page{t: s.t, ctx: ctx, close: cancel, s: s}
	p.acceptWarnings()
	do(s.t, ctx, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(s.url))
	p.until(`document.querySelector(".card")`)
	return p
}

// acceptWarnings leaves the page although it warns of unsaved text.
func (p *page) acceptWarnings() {
	opening := chromedp.Events(p.ctx, cdppage.JavascriptDialogOpening)
	leave := chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, cdppage.HandleJavaScriptDialog,
			cdppage.HandleJavaScriptDialogParams{Accept: true})
		return err
	})
	go func() {
		for _, err := range opening {
			if err != nil {
				return // The tab is closed.
			}
			p.warned.Add(1)
			go func() { _ = chromedp.Do(p.ctx, leave) }()
		}
	}()
}

// show shows a part of the page, such as "shop/de/OUT_OF_STOCK.title".
func (p *page) show(path string) {
	p.t.Helper()
	do(p.t, p.ctx, chromedp.Evaluate[chromedp.Void](`location.hash = "#/"`))
	p.until(`document.querySelector("#overview:not([hidden]) .card")`)
	do(p.t, p.ctx, chromedp.Evaluate[chromedp.Void](
		`document.querySelector("#editor").replaceChildren(); location.hash = "#/`+path+`"`))
	if p.until(`document.querySelector("#list:not([hidden]) .summary")?.textContent`); strings.Count(path, "/") == 2 {
		p.until(`document.querySelector("#editor-title")`)
	}
}

// until waits until an expression of JavaScript is true.
func (p *page) until(expression string) {
	p.t.Helper()
	ok := get(p.t, p.ctx, chromedp.Evaluate[bool](`(async () => {
		for (let i = 0; i < 600; i++) {
			if (await (`+expression+`)) return true;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		return false;
	})()`, chromedp.EvalAwaitPromise))
	if !ok {
		screenshot(p.t, p.ctx, "studio-"+strings.ReplaceAll(p.t.Name(), "/", "-"))
		p.t.Fatalf("waited in vain for %s at %s; focus on %s", expression, p.eval(`location.hash`),
			p.eval(`document.activeElement.outerHTML.slice(0, 200)`))
	}
}

// eval returns the value of an expression as a string.
func (p *page) eval(expression string) string {
	p.t.Helper()
	return get(p.t, p.ctx, chromedp.Evaluate[string](`String((() => { return `+expression+` })())`))
}

// press presses a key, such as "Ctrl+Enter" or "j".
func (p *page) press(key string) {
	p.t.Helper()
	named := map[string]string{"Enter": kb.Enter, "Esc": kb.Escape, "Tab": kb.Tab, "Backspace": kb.Backspace,
		"Delete": kb.Delete, "Left": kb.ArrowLeft, "Right": kb.ArrowRight, "Up": kb.ArrowUp, "Down": kb.ArrowDown,
		"Home": kb.Home, "End": kb.End, "Space": " "}
	modifiers := map[string]chromedp.Modifier{
		"Ctrl": chromedp.ModifierCtrl, "Alt": chromedp.ModifierAlt, "Shift": chromedp.ModifierShift}
	var pressed []chromedp.Modifier
	for before, after, ok := strings.Cut(key, "+"); ok && before != ""; before, after, ok = strings.Cut(key, "+") {
		pressed, key = append(pressed, modifiers[before]), after
	}
	if code, ok := named[key]; ok {
		key = code
	}
	do(p.t, p.ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		events := kb.Encode([]rune(key)[0])
		down, up := events[0], events[len(events)-1]
		for _, modifier := range pressed {
			down.Modifiers |= int64(modifier)
			up.Modifiers |= int64(modifier)
		}
		// The text is part of the key, so that it isn't typed if the page uses the key itself.
		if down.Modifiers&int64(chromedp.ModifierCtrl|chromedp.ModifierAlt) == 0 && len(events) == 3 {
			down.Text = events[1].Text
		}
		for _, event := range []*input.DispatchKeyEventParams{down, up} {
			if _, err := cdp.Call(ctx, tab, input.DispatchKeyEvent, *event); err != nil {
				return err
			}
		}
		return nil
	}))
}

// enter types a text. It chooses placeholders from the menu that opens after a brace.
func (p *page) enter(text string) {
	p.t.Helper()
	for text != "" {
		before, after, ok := strings.Cut(text, "{{.")
		for i, word := range strings.Split(before, "\u00a0") {
			if i > 0 {
				p.press("Ctrl+Shift+Space")
			}
			if word != "" {
				do(p.t, p.ctx, chromedp.KeyEvent(word))
			}
		}
		if !ok {
			return
		}
		name, rest, _ := strings.Cut(after, "}}")
		do(p.t, p.ctx, chromedp.KeyEvent("{"+name))
		p.until(`document.querySelector(".menu:not([hidden]) li")`)
		p.press("Enter")
		text = rest
	}
}

// tab presses Tab until an expression about the element e with the focus is true.
func (p *page) tab(expression string) {
	p.t.Helper()
	for range 60 {
		if p.eval(`((e) => Boolean(`+expression+`))(document.activeElement)`) == "true" {
			return
		}
		p.press("Tab")
	}
	p.t.Fatalf("Tab never reached %s", expression)
}

// box returns the text in a box of the editor.
func (p *page) box(n int) string {
	p.t.Helper()
	return p.eval(fmt.Sprintf(`document.querySelectorAll("#editor .box textarea")[%d].value`, n))
}

// french returns the French texts of the shop by ID and plural category.
func french(t *testing.T) map[string]map[string]string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("..", "examples", "shop", "locales", "fr.toml"))
	if err != nil {
		t.Fatal(err)
	}
	texts, id := map[string]map[string]string{}, ""
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSpace(line)
		category, quoted, ok := strings.Cut(line, " = ")
		switch {
		case strings.HasPrefix(line, "["):
			id = strings.Trim(line, "[]")
			texts[id] = map[string]string{}
		case ok && !strings.HasPrefix(line, "#"):
			if texts[id][category], err = strconv.Unquote(quoted); err != nil {
				t.Fatal(err)
			}
		}
	}
	return texts
}

// TestStudioByKeyboard translates the shop into French without a mouse.
func TestStudioByKeyboard(t *testing.T) {
	s := startStudio(t)
	p, texts := s.open(openBrowser(t)), french(t)
	translate := func() {
		t.Helper()
		id := p.eval(`document.querySelector("#editor").dataset.id`)
		for i := range len(texts[id]) {
			p.tab(`e.matches(".box textarea") && !e.value`)
			category := p.eval(`document.activeElement.dataset.category`)
			p.enter(texts[id][category])
			if got, want := p.box(i), texts[id][category]; got != want {
				t.Fatalf("%s.%s: the box has %q, want %q", id, category, got, want)
			}
		}
		delete(texts, id)
		p.press("Ctrl+Enter")
		p.until(`!location.hash.includes("/` + id + `")`)
	}

	p.tab(`e.textContent === "French"`)
	p.press("Enter")
	p.until(`document.activeElement.matches(".row a")`)
	p.press("Enter")
	optional := 0
	for id := range texts {
		if strings.HasSuffix(id, "_zero") {
			optional++
		}
	}
	for range len(texts) - optional {
		p.until(`document.activeElement.matches(".box textarea")`)
		translate()
	}
	p.until(`document.querySelector(".empty:not([hidden])")`)

	// Texts for zero are optional, so they are not in the list of missing ones.
	p.press("Esc")
	p.until(`document.activeElement.matches(".card a")`)
	p.tab(`e.textContent === "French"`)
	p.press("Enter")
	p.until(`document.activeElement.matches(".row a")`)
	p.press("/")
	p.enter("_zero")
	p.until(`document.querySelector(".summary").textContent.startsWith("` + strconv.Itoa(optional) + ` texts")`)
	p.press("Enter")
	p.until(`document.activeElement.matches(".row a")`)
	p.press("Enter")
	for range optional {
		p.until(`document.activeElement.matches(".box textarea") && !document.activeElement.value`)
		translate()
	}

	if len(texts) > 0 {
		t.Errorf("texts that the studio did not show: %v", texts)
	}
	const clean = "\nfr.toml: 0 missing, 0 stale, 0 obsolete\n"
	out := s.run(s.dir, s.extract, "check", "--min", "fr=100")
	if !strings.Contains(out, clean) || !strings.HasSuffix(out, "\nup to date\n") {
		t.Errorf("extract check: %s", out)
	}
	if out := s.run(s.dir, s.extract); !strings.Contains(out, "up to date") {
		t.Errorf("extract had something to do: %s", out)
	}
}

// TestStudioPlaceholders checks that a placeholder is one unit in a box.
func TestStudioPlaceholders(t *testing.T) {
	p := startStudio(t).open(openBrowser(t))
	type test struct {
		name  string
		keys  []string
		value string
	}
	tests := []test{
		{"Backspace", []string{"Ctrl+End", "Left", "Left", "Backspace"}, "„“: nur noch"},
		{"caret skips it", []string{"Ctrl+Home", "Right", "Right", "x"}, "„{{.Item}}x“: nur noch"},
		{"caret skips it backward", []string{"Ctrl+Home", "Right", "Right", "Left", "x"}, "„x{{.Item}}“: nur noch"},
		{"Delete", []string{"Ctrl+Home", "Right", "Delete"}, "„“: nur noch"},
		{"undo", []string{"Ctrl+Home", "Right", "Delete", "Ctrl+z"}, "„{{.Item}}“: nur noch"},
		{"button", []string{"Ctrl+Home", "Alt+2"}, "{{.Left}}„{{.Item}}“: nur noch"},
		{"unknown one is text", []string{"Ctrl+Home", "{", "{", ".", "a", "}", "}", "Backspace"}, "{{.a}„{{.Item}}“: nur noch"},
		{"no line break", []string{"Ctrl+Home", "Enter"}, "„{{.Item}}“: nur noch"},
	}
	tests[0].keys = []string{"Ctrl+Home", "Right", "Right", "Backspace"}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p.t = t
			p.show("shop/de/OUT_OF_STOCK.detail")
			p.eval(`document.querySelector(".box textarea").focus()`)
			for _, key := range test.keys {
				p.press(key)
			}
			if got := p.box(0); !strings.HasPrefix(got, test.value) {
				t.Errorf("got %q, want %q", got, test.value)
			}
			p.eval(`sessionStorage.clear()`)
		})
	}
}

// TestStudioKeys compares the keys that the page shows with those in docs/studio.md.
func TestStudioKeys(t *testing.T) {
	docs, err := os.ReadFile(filepath.Join("..", "docs", "studio.md"))
	if err != nil {
		t.Fatal(err)
	}
	p := startStudio(t).open(openBrowser(t))
	p.press("?")
	rows := p.eval(`[...document.querySelectorAll(".keys dl > div")].map((row) => "| " +
		row.closest("section").querySelector("h3").textContent.toLowerCase() + " | " +
		[...row.querySelectorAll("dt > *")].map((key) => "\u0060" + key.textContent + "\u0060").join(" ") + " | " +
		row.querySelector("dd").textContent + " |").join("\n")`)
	for row := range strings.SplitSeq(rows, "\n") {
		if !strings.Contains(strings.ReplaceAll(string(docs), "` … `", "` `"), "\n"+row+"\n") {
			t.Errorf("docs/studio.md lacks the row %s", row)
		}
	}
	if n := strings.Count(rows, "\n"); n < 20 {
		t.Errorf("the page shows only %d keys", n)
	}
}

// delay makes the page wait for the answers to a request, for the milliseconds in delays or else for
// 20 seconds. It counts the requests in sent.
const delay = `(() => {
	const real = window.real ??= window.fetch;
	window.sent = 0;
	window.delays = [];
	window.fetch = async (path, options) => {
		if (!path.startsWith("%s")) return real(path, options);
		const delay = window.delays[window.sent++] ?? 20000;
		const answer = await real(path, { ...options, signal: undefined });
		await new Promise((resolve) => setTimeout(resolve, delay));
		return answer;
	};
})()`

// TestStudioTypingNeverWaits checks that keys appear while answers of lint are late, and that a late
// answer to a former text is dropped.
func TestStudioTypingNeverWaits(t *testing.T) {
	p := startStudio(t).open(openBrowser(t))
	p.show("shop/fr/ITEM_NOT_FOUND.title")
	p.eval(fmt.Sprintf(delay, "/api/lint"))
	p.until(`document.activeElement.matches(".box textarea")`)
	for _, word := range []string{"Article", " introuvable", " dans", " la", " boutique"} {
		p.enter(word)
		p.until(`new Promise((resolve) => setTimeout(resolve, 300, true))`)
	}
	if got, want := p.box(0), "Article introuvable dans la boutique"; got != want {
		t.Errorf("the box has %q while lint is busy, want %q", got, want)
	}
	p.until(`window.sent > 0`)

	p.show("shop/fr/ITEM_NOT_FOUND.help")
	p.eval(`[window.sent = 0, window.delays = [1500, 0]]`)
	do(t, p.ctx, chromedp.KeyEvent("a {{.Nothing}}"))
	p.until(`window.sent === 1`)
	p.press("Ctrl+a")
	p.enter("Revenez à la liste.")
	p.until(`window.sent === 2`)
	p.until(`new Promise((resolve) => setTimeout(resolve, 2000, true))`)
	if got := p.eval(`document.querySelector("ul.findings").textContent`); strings.Contains(got, "Nothing") {
		t.Errorf("findings of a former text are shown: %s", got)
	}

	// What is typed while a save is under way isn't lost.
	p.show("shop/fr/LANGUAGE_UNKNOWN.title")
	p.eval(fmt.Sprintf(delay, "/api/save"))
	p.eval(`window.delays = [1500]`)
	p.enter("Langue")
	p.press("Ctrl+Enter")
	p.until(`window.sent === 1`)
	p.enter(" inconnue")
	p.until(`document.querySelector("#editor").dataset.id === "LANGUAGE_UNKNOWN.title" && document.querySelector(".toast.shown")`)
	if got := p.box(0); got != "Langue inconnue" {
		t.Errorf("after saving, the box has %q", got)
	}
	if file := p.s.read("locales/fr.toml"); !strings.Contains(file, "\nother = \"Langue\"\n") {
		t.Errorf("the file lacks the text that was saved: %.900s", file)
	}
	p.eval(`window.fetch = window.real`)
	p.press("Ctrl+Enter")
	p.until(`document.querySelector("#editor").dataset.id !== "LANGUAGE_UNKNOWN.title"`)
	if file := p.s.read("locales/fr.toml"); !strings.Contains(file, "\nother = \"Langue inconnue\"\n") {
		t.Errorf("the file lacks what was typed later: %.900s", file)
	}
}

// TestStudioKeepsUnsavedText checks that text survives a reload until it is saved.
func TestStudioKeepsUnsavedText(t *testing.T) {
	p := startStudio(t).open(openBrowser(t))
	p.show("shop/fr/ITEM_NOT_FOUND.title")
	p.enter("Article")
	do(t, p.ctx, chromedp.Navigate(p.s.origin()+"/?again#/shop/fr/ITEM_NOT_FOUND.title"))
	p.until(`document.querySelector(".box textarea")`)
	if got := p.box(0); got != "Article" {
		t.Errorf("after a reload, the box has %q", got)
	}
	if p.warned.Load() == 0 {
		t.Error("the page did not warn on leaving")
	}
	p.until(`document.querySelector(".row .unsaved")`)
	p.press("Ctrl+s")
	p.until(`document.querySelector("#editor .state.translated")`)
	if got := p.eval(`sessionStorage.length`); got != "0" {
		t.Errorf("after saving, %s texts are kept", got)
	}
	if file := p.s.read("locales/fr.toml"); !strings.Contains(file, "\nother = \"Article\"\n") {
		t.Errorf("the file lacks the text: %.600s", file)
	}
}

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
