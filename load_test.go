package errlingo_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
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
			t.Errorf("error does not tell of %s:\n%v", place, err)
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
	want := `active.de.toml: "active.de" is no language tag
hint: rename the file to de.toml
messages.toml: "messages" is no language tag
hint: name the file after its language (BCP 47), such as de.toml or pt-BR.toml
pt_br.toml: "pt_br.toml" is not how the file of a language is called
hint: rename the file to pt-BR.toml`
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
	var heard []string
	bundle := load(t, from(shop, fsys), onEvent(func(e errlingo.Event) { heard = append(heard, e.Kind.String()) }))
	before := bundle.Localizer("de")
	title := func() string { return bundle.Localizer("de").Title(outOfStock) }

	fsys["de.toml"] = &fstest.MapFile{Data: []byte(strings.Replace(germanTexts, "Nicht vorrätig", "Ausverkauft", 1))}
	if err := bundle.Reload(); err != nil || title() != "Ausverkauft" {
		t.Errorf("after a change: title %q, error %v", title(), err)
	}
	if got := before.Title(outOfStock); got != "Nicht vorrätig" {
		t.Errorf("a localizer of before says %q", got)
	}

	fsys["de.toml"] = &fstest.MapFile{Data: []byte("[broken")}
	if err := bundle.Reload(); err == nil || title() != "Ausverkauft" {
		t.Errorf("with a invalid file: title %q, error %v", title(), err)
	}
	if err := bundle.Reload(); err == nil || title() != "Ausverkauft" {
		t.Errorf("with the same invalid file: title %q, error %v", title(), err)
	}
	if got := strings.Join(heard, ","); got != "invalid file" {
		t.Errorf("heard %q, want one invalid file", got)
	}

	delete(fsys, "de.toml")
	if err := bundle.Reload(); err != nil || title() != "Out of stock" {
		t.Errorf("without the file: title %q, error %v", title(), err)
	}
}

// TestReloadWhileServing holds that texts can be replaced under readers. It finds something only under the race
// detector.
func TestReloadWhileServing(t *testing.T) {
	var mu sync.Mutex
	content := germanTexts
	bundle := load(t, from(shop, changing{func() string {
		mu.Lock()
		defer mu.Unlock()
		return content
	}}))
	var wait sync.WaitGroup
	for reader := range 8 {
		wait.Go(func() {
			buf := make([]byte, 0, 256)
			for i := range 500 {
				loc := bundle.Localizer(fmt.Sprintf("de-CH;q=0.%d", reader+1), "en")
				buf = loc.AppendDetail(buf[:0], outOfStock.New(item.Arg("socks"), left.Arg(i+2)))
				if !strings.HasPrefix(string(buf), "Nur noch ") {
					t.Errorf("detail = %q", buf)
					return
				}
			}
		})
	}
	for i := range 50 {
		mu.Lock()
		content = germanTexts + fmt.Sprintf("# %d\n", i)
		mu.Unlock()
		if err := bundle.Reload(); err != nil {
			t.Error(err)
		}
	}
	wait.Wait()
}
