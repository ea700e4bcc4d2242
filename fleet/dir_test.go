package fleet_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo"
	"github.com/errlingo/errlingo/fleet"
)

func TestDir(t *testing.T) {
	title := func(text string) string { return "[CLOSED.title]\nother = \"" + text + "\"\n" }
	zu, neu, zamknięte, bad := title("Zu"), title("Neu"), title("Zamknięte"), title("{{.Nothing}}")
	tests := []struct {
		name, folder string
		later        bool // the folder is made when Follow runs
	}{
		{"the files are in the folder", ".", false},
		{"in its folder locales", "locales", false},
		{"in its folder locales, which is not there at first", "locales", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), "root")
			folder := filepath.Join(root, test.folder)
			makeFolder(t, root)
			if !test.later {
				makeFolder(t, folder)
			}
			bundle, err := errlingo.Load(errlingo.Options{
				Sources: []errlingo.Source{{Domain: shop}},
			})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			statuses, returned := make(chan fleet.Status, 16), make(chan error, 1)
			go func() {
				returned <- fleet.Follow(ctx, bundle, fleet.Dir(root), fleet.Options{
					Domain: shop, OnStatus: func(s fleet.Status) { statuses <- s },
				})
			}()
			steps := []struct {
				name, file, content string
				refused             string // a part of the reason
				title               string // in German
			}{
				{"no files yet", "", "", "no locale file", "Closed"},
				{"a file", "de.toml", zu, "", "Zu"},
				{"an invalid text", "de.toml", bad, "Nothing", "Zu"},
				{"the file as it was", "de.toml", zu, "", "Zu"},
				{"another file is not TOML", "pl.toml", "[", "pl.toml:1", "Zu"},
				{"both are good", "pl.toml", zamknięte, "", "Zu"},
				{"the folder is removed", "", "", root + ": no such file", "Zu"},
				{"the folder is there again", "de.toml", neu, "", "Neu"},
				{"a file changes", "de.toml", bad, "de.toml:2:10: ", "Neu"},
				{"all is good", "de.toml", zu, "", "Zu"},
			}
			for _, step := range steps {
				if step.name == "the folder is removed" {
					// At once, since a folder with fewer files is a good one.
					if err := os.Rename(root, filepath.Join(t.TempDir(), "root")); err != nil {
						t.Fatal(err)
					}
				}
				if step.file != "" {
					makeFolder(t, folder)
					written := filepath.Join(t.TempDir(), step.file)
					write(t, written, []byte(step.content))
					if err := os.Rename(written, filepath.Join(folder, step.file)); err != nil {
						t.Fatal(err)
					}
				}
				refused := "?"
				for refused == "?" || step.refused == "" && refused != "" ||
					!strings.Contains(refused, step.refused) {
					select {
					case s := <-statuses:
						if refused = ""; s.Refused != nil {
							refused = s.Refused.Reason
						}
					case <-time.After(10 * time.Second):
						t.Fatalf("%s: refused %q, want %q", step.name, refused, step.refused)
					}
				}
				if step.name == "both are good" && bundle.Localizer("pl").Title(closed) != "Zamknięte" {
					t.Errorf("the Polish title is %q", bundle.Localizer("pl").Title(closed))
				}
				if got := germanTitle(bundle); got != step.title {
					t.Errorf("%s: the title is %q, want %q", step.name, got, step.title)
				}
			}
			stop()
			if err := <-returned; err != nil {
				t.Errorf("Follow returned %v", err)
			}
		})
	}
}

func makeFolder(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(name, 0o755); err != nil {
		t.Fatal(err)
	}
}
