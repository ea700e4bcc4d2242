package watch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/catalog"
	"github.com/errlingo/errlingo/watch"
)

var closed = catalog.NewDomain("watch").Define(1, "CLOSED", catalog.Spec{Title: "Closed"})

func TestReload(t *testing.T) {
	dir := t.TempDir()
	write := func(title string) {
		t.Helper()
		text := fmt.Sprintf("[CLOSED.title]\nother = %q\n", title)
		if err := os.WriteFile(filepath.Join(dir, "de.toml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("Zu")
	bundle, err := errlingo.Load(errlingo.Options{
		Sources: []errlingo.Source{{Domain: closed.Domain(), FS: os.DirFS(dir)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	reloads := make(chan error, 16)
	returned := make(chan error, 1)
	go func() { returned <- watch.Reload(ctx, bundle, func(err error) { reloads <- err }, dir) }()

	waitFor := func(what string, ok func(error) bool) {
		t.Helper()
		timeout := time.After(10 * time.Second)
		for {
			select {
			case err := <-reloads:
				if ok(err) {
					return
				}
			case <-timeout:
				t.Fatalf("timed out waiting for %s; the title is %q", what,
					bundle.Localizer("de").Title(closed))
			}
		}
	}
	title := func(want string) func(error) bool {
		return func(err error) bool { return err == nil && bundle.Localizer("de").Title(closed) == want }
	}
	waitFor("the first texts", title("Zu"))
	write("Geschlossen")
	waitFor("the new texts", title("Geschlossen"))

	if err := os.WriteFile(filepath.Join(dir, "de.toml"), []byte("[CLOSED"), 0o644); err != nil {
		t.Fatal(err)
	}
	waitFor("an error", func(err error) bool { return err != nil })
	if got := bundle.Localizer("de").Title(closed); got != "Geschlossen" {
		t.Errorf("title with a bad file: %q, want the last good one", got)
	}
	stop()
	if err := <-returned; err != nil {
		t.Errorf("Reload returned %v", err)
	}
}

func TestReloadMissingFolder(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := watch.Reload(t.Context(), bundle, nil, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error for a folder that does not exist")
	}
}
