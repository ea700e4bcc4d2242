package e2e_test

import (
	"bufio"
	"context"
	"fmt"
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
