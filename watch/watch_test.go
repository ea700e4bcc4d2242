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
	ended := make(chan error, 1)
	go func() { ended <- watch.Reload(ctx, bundle, func(err error) { reloads <- err }, dir) }()

	await := func(what string, ok func(error) bool) {
		t.Helper()
		limit := time.After(10 * time.Second)
		for {
			select {
			case err := <-reloads:
				if ok(err) {
					return
				}
			case <-limit:
				t.Fatalf("no reload with %s; the title is %q", what, bundle.Localizer("de").Title(closed))
			}
		}
	}
	title := func(want string) func(error) bool {
		return func(err error) bool { return err == nil && bundle.Localizer("de").Title(closed) == want }
	}
	await("the first texts", title("Zu"))
	write("Geschlossen")
	await("the new texts", title("Geschlossen"))

	if err := os.WriteFile(filepath.Join(dir, "de.toml"), []byte("[CLOSED"), 0o644); err != nil {
		t.Fatal(err)
	}
	await("a fault", func(err error) bool { return err != nil })
	if got := bundle.Localizer("de").Title(closed); got != "Geschlossen" {
		t.Errorf("with a bad file the title is %q, want the last good one", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Reload returned %v", err)
	}
}

func TestReloadNoFolder(t *testing.T) {
	bundle, err := errlingo.Load(errlingo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := watch.Reload(t.Context(), bundle, nil, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error for a folder that does not exist")
	}
}
