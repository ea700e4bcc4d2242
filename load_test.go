package errlingo_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
)

func TestLoadReportsEveryFault(t *testing.T) {
	_, err := errlingo.Load(optionsOf([]option{from(shop, files(
		"de", "[OUT_OF_STOCK.title\nother = \"a\"\n\n[CLOSED.title]\nother = \"b\n",
		"fr", "a = \n",
		"ru", russianTexts,
	))}))
	if err == nil {
		t.Fatal("no error")
	}
	for _, place := range []string{"de.toml:1:", "de.toml:5:", "fr.toml:1:"} {
		if !strings.Contains(err.Error(), place) {
			t.Errorf("error does not mention %s:\n%v", place, err)
		}
	}
	var finding errlingo.Finding
	if !errors.As(err, &finding) || finding.File != "de.toml" {
		t.Errorf("error is not of findings: %#v", err)
	}
}

func TestFolder(t *testing.T) {
	root := fstest.MapFS{
		"locales/de.toml": {Data: []byte(germanTexts)},
		"locales/.x.toml": {Data: []byte("garbage")},
		"config.toml":     {Data: []byte("garbage")},
	}
	if got := load(t, from(shop, root)).Localizer("de").Title(outOfStock); got != "Nicht vorrätig" {
		t.Errorf("title = %q", got)
	}
}

func TestFileNames(t *testing.T) {
	bundle := load(t, from(shop, files("active.de", germanTexts, "messages", germanTexts, "pt_br", germanTexts)))
	want := `active.de.toml: "active.de" is not a language tag
hint: rename the file to de.toml
messages.toml: "messages" is not a language tag
hint: name the file after its language (BCP 47), such as de.toml or pt-BR.toml
pt_br.toml: "pt_br.toml" is not a valid name for a locale file
hint: rename the file to pt-BR.toml; in Weblate, set "Language code style" to "BCP style using hyphen as a separator"`
	var got []string
	for _, f := range bundle.Findings() {
		got = append(got, f.Detail())
	}
	if strings.Join(got, "\n") != want {
		t.Errorf("findings:\n%s\nwant:\n%s", strings.Join(got, "\n"), want)
	}
}

func TestReload(t *testing.T) {
	fsys := files("de", germanTexts)
	var events []string
	bundle := load(t, from(shop, fsys), onEvent(func(e errlingo.Event) { events = append(events, e.Kind.String()) }))
	before := bundle.Localizer("de")
	title := func() string { return bundle.Localizer("de").Title(outOfStock) }

	fsys["de.toml"] = &fstest.MapFile{Data: []byte(strings.Replace(germanTexts, "Nicht vorrätig", "Ausverkauft", 1))}
	if err := bundle.Reload(t.Context()); err != nil || title() != "Ausverkauft" {
		t.Errorf("after a change: title %q, error %v", title(), err)
	}
	if got := before.Title(outOfStock); got != "Nicht vorrätig" {
		t.Errorf("a localizer of before says %q", got)
	}

	fsys["de.toml"] = &fstest.MapFile{Data: []byte("[broken")}
	if err := bundle.Reload(t.Context()); err == nil || title() != "Ausverkauft" {
		t.Errorf("with an invalid file: title %q, error %v", title(), err)
	}
	if err := bundle.Reload(t.Context()); err == nil || title() != "Ausverkauft" {
		t.Errorf("with the same invalid file: title %q, error %v", title(), err)
	}
	if got := strings.Join(events, ","); got != "invalid file" {
		t.Errorf("events %q, want one invalid file", got)
	}

	delete(fsys, "de.toml")
	if err := bundle.Reload(t.Context()); err == nil || title() != "Ausverkauft" {
		t.Errorf("without the file: title %q, error %v", title(), err)
	}
	if err := bundle.Reload(t.Context(), errlingo.DropMissing); err != nil || title() != "Out of stock" {
		t.Errorf("without the file, dropped: title %q, error %v", title(), err)
	}
}

// TestReloadKeepsTexts checks that a reload removes no text and no form, except with DropMissing.
func TestReloadKeepsTexts(t *testing.T) {
	sold, one := outOfStock.New(item.Arg("x"), left.Arg(3)), outOfStock.New(item.Arg("x"), left.Arg(1))
	const all = "[OUT_OF_STOCK.title]\nother = \"Titel\"\n[OUT_OF_STOCK.detail]\none = \"eins\"\nother = \"viele\"\n[labels.email]\nother = \"Post\"\n"
	tests := []struct {
		name, content string
		kept          string // title, detail, detail of one, label
		dropped       string
	}{
		{"as it was", all, "Titel viele eins Post", "Titel viele eins Post"},
		{"empty", "", "Titel viele eins Post", "Out of stock Only 3 pieces of x are left. Only one x is left. e-mail address"},
		{"another text gone", strings.Replace(all, "[labels.email]\nother = \"Post\"\n", "", 1), "Titel viele eins Post", "Titel viele eins e-mail address"},
		{"a form gone", strings.Replace(all, "one = \"eins\"\n", "", 1), "Titel viele eins Post", "Titel viele viele Post"},
		{"a text invalid", strings.Replace(all, "viele", "{{.Itme}}", 1), "Titel viele eins Post", "Out of stock Only 3 pieces of x are left. Only one x is left. Post"},
		{"a text edited, another gone", "[OUT_OF_STOCK.title]\nother = \"Neu\"\n[OUT_OF_STOCK.detail]\none = \"eins\"\nother = \"viele\"\n", "Neu viele eins Post", "Neu viele eins e-mail address"},
		{"no TOML", "[", "Titel viele eins Post", "Titel viele eins Post"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fsys := files("de", all)
			kinds := map[errlingo.EventKind]int{}
			bundle := load(t, from(shop, fsys), onEvent(func(e errlingo.Event) { kinds[e.Kind]++ }))
			shown := func() string {
				l := bundle.Localizer("de")
				return strings.Join([]string{l.Title(sold), l.Detail(sold), l.Detail(one), l.Label(email).Value}, " ")
			}
			fsys["de.toml"] = &fstest.MapFile{Data: []byte(test.content)}
			clear(kinds)
			for range 2 {
				err := bundle.Reload(t.Context())
				if got := shown(); got != test.kept {
					t.Errorf("after a reload: %q, want %q", got, test.kept)
				}
				if wantErr := test.content != all; (err != nil) != wantErr {
					t.Errorf("error %v, want one: %v", err, wantErr)
				}
			}
			if n := kinds[errlingo.KeptTexts] + kinds[errlingo.InvalidFile]; test.content != all && n != 1 {
				t.Errorf("%d events, want one for two reloads", n)
			}
			_ = bundle.Reload(t.Context(), errlingo.DropMissing)
			if got := shown(); got != test.dropped {
				t.Errorf("dropped: %q, want %q", got, test.dropped)
			}
		})
	}
}

// TestReloadCutFile checks that a file cut at any byte, as while an editor saves it, changes no text
// for any reader.
func TestReloadCutFile(t *testing.T) {
	var mu sync.Mutex
	content := germanTexts
	bundle := load(t, from(shop, changing{func() string {
		mu.Lock()
		defer mu.Unlock()
		return content
	}}))
	errs := []error{
		outOfStock.New(item.Arg("x"), left.Arg(1)), outOfStock.New(item.Arg("x"), left.Arg(5)),
		badField.New(field.Arg(email)),
	}
	render := func() string {
		l, all := bundle.Localizer("de"), ""
		for _, err := range errs {
			m := l.Localize(err)
			all += m.Title.Value + "|" + m.Detail.Value + "|" + m.Help.Value + "\n"
		}
		return all
	}
	want := render()
	done := make(chan struct{})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if got := render(); got != want {
					t.Errorf("a reader got\n%s\nwant\n%s", got, want)
					return
				}
			}
		})
	}
	for i := range len(germanTexts) {
		mu.Lock()
		content = germanTexts[:i]
		mu.Unlock()
		_ = bundle.Reload(t.Context())
		if got := render(); got != want {
			t.Fatalf("cut at byte %d:\n%s\nwant\n%s", i, got, want)
		}
	}
	close(done)
	wait.Wait()
}

// faulty is a file system whose German file panics or blocks when it is read.
type faulty struct {
	fs.FS
	read atomic.Pointer[func()]
}

func (f *faulty) Open(name string) (fs.File, error) {
	if read := f.read.Load(); read != nil && strings.HasSuffix(name, "de.toml") {
		(*read)()
	}
	return f.FS.Open(name)
}

func TestReloadFaultyFileSystem(t *testing.T) {
	fsys := &faulty{FS: files("de", germanTexts, "ru", russianTexts)}
	bundle := load(t, from(shop, fsys))
	title := func(lang string) string { return bundle.Localizer(lang).Title(outOfStock) }

	fsys.read.Store(new(func() { panic("disk on fire") }))
	err := bundle.Reload(t.Context())
	if err == nil || !strings.Contains(err.Error(), "de.toml: cannot be read: panic: disk on fire") {
		t.Errorf("panic: error %v", err)
	}

	blocked := make(chan struct{})
	t.Cleanup(func() { close(blocked) })
	entered := make(chan struct{})
	fsys.read.Store(new(func() { close(entered); <-blocked }))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bundle.Reload(ctx) }()
	<-entered
	cancel()
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "de.toml: cannot be read: context canceled") {
		t.Errorf("blocked: error %v", err)
	}
	if title("de") != "Nicht vorrätig" || title("ru") != "Нет в наличии" {
		t.Errorf("titles %q and %q, want the last good ones", title("de"), title("ru"))
	}
	fsys.read.Store(nil)
	if err := bundle.Reload(t.Context()); err != nil {
		t.Errorf("after the fault: %v", err)
	}
}

func TestStrict(t *testing.T) {
	options := errlingo.Options{Strict: true, Sources: []errlingo.Source{
		{Domain: shop, FS: files("de", "[CLOSED.titel]\nother = \"Zu\"\n")},
	}}
	_, err := errlingo.Load(options)
	if _, ok := errors.AsType[errlingo.Finding](err); !ok {
		t.Errorf("error %v, want a finding", err)
	}
	options.Sources[0].FS = files("de", germanTexts)
	if _, err := errlingo.Load(options); err != nil {
		t.Error(err)
	}
}

func TestOnce(t *testing.T) {
	var got []string
	bundle := load(t, from(shop, files("de", germanTexts)), onEvent(errlingo.Once(func(e errlingo.Event) {
		got = append(got, e.String())
	})))
	for range 3 {
		bundle.Localizer("de").Title(closed)
		bundle.Localizer("de").Detail(closed)
		bundle.Localizer("de").Title(errors.New("no code"))
	}
	want := []string{
		"missing text: CLOSED.title in de", "missing text: CLOSED.detail in de", "uncoded error",
	}
	if !slices.Equal(got, want) {
		t.Errorf("events %q, want %q", got, want)
	}
}

// TestReloadWhileServing checks that texts can be replaced under readers. It needs the race detector
// to find data races.
func TestReloadWhileServing(t *testing.T) {
	reloads := 50
	if os.Getenv("ERRLINGO_LONG") != "" {
		reloads = 1000
	}
	var mu sync.Mutex
	content := germanTexts
	bundle := load(t, from(shop, changing{func() string {
		mu.Lock()
		defer mu.Unlock()
		return content
	}}))
	var wait sync.WaitGroup
	var done atomic.Bool
	var read atomic.Int64
	for reader := range 8 {
		wait.Go(func() {
			buf := make([]byte, 0, 256)
			for i := 0; i < 500 || !done.Load(); i++ {
				loc := bundle.Localizer(fmt.Sprintf("de-CH;q=0.%d", reader+1), "en")
				buf = loc.AppendDetail(buf[:0], outOfStock.New(item.Arg("socks"), left.Arg(i+2)))
				if !strings.HasPrefix(string(buf), "Nur noch ") {
					t.Errorf("detail = %q", buf)
					return
				}
				read.Add(1)
			}
		})
	}
	for i := range reloads {
		mu.Lock()
		content = germanTexts + fmt.Sprintf("# %d\n", i)
		mu.Unlock()
		if err := bundle.Reload(t.Context()); err != nil {
			t.Error(err)
		}
	}
	done.Store(true)
	wait.Wait()
	t.Logf("%d reloads, 8 readers, %d texts read", reloads, read.Load())
}
