package errlingo_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/catalog/catalogtest"
)

func TestOverride(t *testing.T) {
	built := fstest.MapFS{"de.toml": {Data: []byte("[CLOSED.title]\nother = \"Zu\"\n[CLOSED.detail]\nother = \"Bis morgen.\"\n")}}
	var events []string
	bundle := load(t, from(shop, built), onEvent(func(e errlingo.Event) {
		if e.Kind == errlingo.InvalidText || e.Kind == errlingo.InvalidFile {
			events = append(events, e.String())
		}
	}))
	over := layer(t, bundle)
	before := bundle.Localizer("de")
	ended, end := context.WithCancel(t.Context())
	end()
	steps := []struct {
		name   string
		ctx    context.Context
		files  fs.FS
		reload bool // before the texts are looked at
		want   string
		fault  string
		events int
	}{
		{name: "a title", files: fstest.MapFS{"de.toml": title("Ruhetag")}, want: "Ruhetag Bis morgen."},
		{name: "a reload keeps it", files: fstest.MapFS{"de.toml": title("Heute zu")}, reload: true,
			want: "Heute zu Bis morgen."},
		{name: "not TOML", files: fstest.MapFS{"de.toml": {Data: []byte("[CLOSED")}},
			want: "Heute zu Bis morgen.", fault: "de.toml:1:"},
		{name: "one file of two is not TOML",
			files: fstest.MapFS{"de.toml": title("Pause"), "pl.toml": {Data: []byte("=")}},
			want:  "Heute zu Bis morgen.", fault: "pl.toml:1:1"},
		{name: "unreadable", files: changing{func() string { panic("no disk") }},
			want: "Heute zu Bis morgen.", fault: "no disk"},
		{name: "the context has ended", ctx: ended, files: fstest.MapFS{"de.toml": title("Pause")},
			want: "Heute zu Bis morgen.", fault: context.Canceled.Error()},
		{name: "the title is missing again", files: fstest.MapFS{
			"de.toml": {Data: []byte("[CLOSED.detail]\nother = \"Bis bald.\"\n")}}, want: "Zu Bis bald."},
		{name: "an invalid text", files: fstest.MapFS{"de.toml": title("{{.Nothing}}")},
			want: "Zu Bis morgen.", events: 1},
		{name: "no files", files: fstest.MapFS{}, want: "Zu Bis morgen.", events: 1},
		{name: "none again", want: "Zu Bis morgen."},
	}
	for _, step := range steps {
		ctx := step.ctx
		if ctx == nil {
			ctx = t.Context()
		}
		events = nil
		err := bundle.Override(ctx, shop, step.files)
		switch {
		case step.fault == "" && err != nil, step.fault != "" && err == nil,
			step.fault != "" && !strings.Contains(err.Error(), step.fault):
			t.Errorf("%s: the error is %v, want %q", step.name, err, step.fault)
		}
		if step.reload {
			if err := bundle.Reload(t.Context(), errlingo.DropMissing); err != nil {
				t.Errorf("%s: %v", step.name, err)
			}
		}
		for name, b := range map[string]*errlingo.Bundle{"bundle": bundle, "layer": over} {
			l := b.Localizer("de")
			if got := l.Title(closed) + " " + l.Detail(closed); got != step.want {
				t.Errorf("%s: the %s shows %q, want %q", step.name, name, got, step.want)
			}
		}
		if len(events) != step.events {
			t.Errorf("%s: events %q, want %d", step.name, events, step.events)
		}
	}
	if got := before.Title(closed); got != "Zu" {
		t.Errorf("a localizer made before shows %q", got)
	}
}

// A locale that only the files have is offered to readers as long as they are shown.
func TestOverrideLocales(t *testing.T) {
	bundle := load(t, from(shop, nil))
	shown := func() string { return bundle.Localizer("pl").Title(closed) }
	for _, step := range []struct {
		files fs.FS
		want  string
	}{
		{files("pl", "[CLOSED.title]\nother = \"Zamknięte\"\n[CLOSED.detail]\nother = \"Do jutra.\"\n"),
			"Zamknięte"},
		{nil, "The shop is closed"},
	} {
		if err := bundle.Override(t.Context(), shop, step.files); err != nil {
			t.Fatal(err)
		}
		if got := shown(); got != step.want {
			t.Errorf("the title is %q, want %q", got, step.want)
		}
	}
}

func TestOverrideOtherDomains(t *testing.T) {
	more := catalogtest.Temporary(t, catalog.NewDomain("more"))
	full := more.Define(1, "FULL", catalog.Spec{Title: "Full"})
	bundle := load(t, from(shop, files("de", germanTexts)))
	for d, content := range map[*catalog.Domain]string{
		more: "[FULL.title]\nother = \"Voll\"\n", shop: "[OUT_OF_STOCK.title]\nother = \"Weg\"\n",
	} {
		if err := bundle.Override(t.Context(), d, files("de", content)); err != nil {
			t.Fatal(err)
		}
	}
	if got := bundle.Localizer("de").Title(full) + bundle.Localizer("de").Title(outOfStock); got != "VollWeg" {
		t.Errorf("the titles are %q", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a nil domain is accepted")
		}
	}()
	_ = bundle.Override(t.Context(), nil, nil)
}

// Readers see the texts of one call or of another one, never some of each.
func TestOverrideWhileRendering(t *testing.T) {
	bundle := load(t, from(shop, nil))
	words := []string{"Zu", "Pause", "Ruhetag"}
	set := func(i int) error {
		texts := fmt.Sprintf("[CLOSED.title]\nother = \"%s\"\n[CLOSED.detail]\nother = \"%[1]s.\"\n",
			words[i%len(words)])
		return bundle.Override(t.Context(), shop, files("de", texts))
	}
	if err := set(0); err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				l := bundle.Localizer("de")
				if title, detail := l.Title(closed), l.Detail(closed); detail != title+"." || title == "The shop is closed" {
					t.Errorf("title %q, detail %q", title, detail)
					return
				}
			}
		})
	}
	var err error
	for i := range 300 {
		err = errors.Join(err, set(i))
	}
	close(done)
	readers.Wait()
	if err != nil {
		t.Error(err)
	}
}
