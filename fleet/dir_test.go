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
	const zu, bad = "[CLOSED.title]\nother = \"Zu\"\n", "[CLOSED.title]\nother = \"{{.Nothing}}\"\n"
	for _, sub := range []string{".", "locales"} {
		t.Run(sub, func(t *testing.T) {
			root := t.TempDir()
			folder := filepath.Join(root, sub)
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
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
				{"both are good", "pl.toml", "[CLOSED.title]\nother = \"Zamknięte\"\n", "", "Zu"},
			}
			for _, step := range steps {
				if step.file != "" {
					write(t, filepath.Join(folder, step.file), []byte(step.content))
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
				if got := germanTitle(bundle); got != step.title {
					t.Errorf("%s: the title is %q, want %q", step.name, got, step.title)
				}
			}
			if got := bundle.Localizer("pl").Title(closed); got != "Zamknięte" {
				t.Errorf("the Polish title is %q", got)
			}
			stop()
			if err := <-returned; err != nil {
				t.Errorf("Follow returned %v", err)
			}
		})
	}
}
