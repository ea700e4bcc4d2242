package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

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

// TestStudioCharacters inserts the quotation marks of languages with the buttons.
func TestStudioCharacters(t *testing.T) {
	p := startStudio(t).open(openBrowser(t))
	for locale, want := range map[string]string{"de": "„“", "pl": "„”«»", "es": "¿¡", "ja": "「」"} {
		p.show("shop/" + locale + "/ITEM_NOT_FOUND.title")
		do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
		p.press("Ctrl+a")
		p.press("Delete")
		for _, character := range want {
			p.eval(`[...document.querySelectorAll(".characters button")].find((b) => b.textContent === "` +
				string(character) + `").click()`)
		}
		if got := p.box(0); got != want {
			t.Errorf("%s: the box has %q, want %q", locale, got, want)
		}
		screenshot(t, p.ctx, "studio-characters-"+locale)
		p.eval(`sessionStorage.clear()`)
	}
}

// TestStudioCopiesForm copies a plural form into the next one, by key and by button.
func TestStudioCopiesForm(t *testing.T) {
	p := startStudio(t).open(openBrowser(t))
	p.show("shop/pl/OUT_OF_STOCK.detail")
	do(t, p.ctx, chromedp.Focus(chromedp.CSS(".box textarea")))
	first, before := p.box(0), p.box(1)
	p.press("Alt+Shift+Down")
	if got := p.box(1); got != first || first == before {
		t.Errorf("the second form is %q, want %q", got, first)
	}
	if got := p.eval(`document.activeElement.dataset.category`); got != "few" {
		t.Errorf("the focus is in %q, want few", got)
	}
	screenshot(t, p.ctx, "studio-copy")
	p.press("Ctrl+z")
	if got := p.box(1); got != before {
		t.Errorf("after undoing, the second form is %q, want %q", got, before)
	}
	p.press("Ctrl+Home")
	p.press("x")
	p.eval(`document.querySelectorAll("#editor .copy")[1].click()`)
	if got := p.box(2); got != "x"+before {
		t.Errorf("the third form is %q, want %q", got, "x"+before)
	}
	p.press("Alt+Shift+Down")
	p.until(`document.querySelector("#toast").textContent === "This is the last form."`)
	if got := p.eval(`document.querySelectorAll("#editor .copy").length`); got != "2" {
		t.Errorf("%s forms can be copied, want 2", got)
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
