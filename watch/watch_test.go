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

// A folder that is removed or replaced goes on being watched under its path.
func TestChangesInPlaceOfAFolder(t *testing.T) {
	tests := []struct {
		name    string
		replace func(t *testing.T, dir, other string)
	}{
		{"removed and made again", func(t *testing.T, dir, _ string) {
			must(t, os.RemoveAll(dir))
			must(t, os.Mkdir(dir, 0o755))
		}},
		{"moved away and made again", func(t *testing.T, dir, other string) {
			must(t, os.Rename(dir, other))
			must(t, os.Mkdir(dir, 0o755))
		}},
		{"another one in its place", func(t *testing.T, dir, other string) {
			must(t, os.Mkdir(other, 0o755))
			must(t, os.RemoveAll(dir))
			must(t, os.Rename(other, dir))
		}},
		{"its parent made again", func(t *testing.T, dir, _ string) {
			must(t, os.RemoveAll(filepath.Dir(dir)))
			must(t, os.MkdirAll(dir, 0o755))
		}},
		{"a link that leads to another one", func(t *testing.T, dir, other string) {
			must(t, os.RemoveAll(dir))
			for i := range 2 {
				target := other + fmt.Sprint(i)
				must(t, os.Mkdir(target, 0o755))
				must(t, os.Symlink(target, other))
				must(t, os.Rename(other, dir))
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "app", "texts")
			must(t, os.MkdirAll(dir, 0o755))
			file := filepath.Join(dir, "de.toml")
			ctx, stop := context.WithCancel(t.Context())
			seen, returned := make(chan string, 1024), make(chan error, 1)
			go func() {
				returned <- watch.Changes(ctx, func() {
					content, _ := os.ReadFile(file)
					seen <- string(content)
				}, dir)
			}()
			waitFor := func(want string) {
				t.Helper()
				timeout := time.After(10 * time.Second)
				for {
					select {
					case got := <-seen:
						if got == want {
							return
						}
					case <-timeout:
						t.Fatalf("timed out waiting for %q", want)
					}
				}
			}
			waitFor("")
			for _, content := range []string{"first", "second"} {
				test.replace(t, dir, filepath.Join(root, "other-"+content))
				must(t, os.WriteFile(file, []byte(content), 0o644))
				waitFor(content)
				must(t, os.WriteFile(file, []byte("changed"), 0o644))
				waitFor("changed")
			}
			stop()
			if err := <-returned; err != nil {
				t.Errorf("Changes returned %v", err)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
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
