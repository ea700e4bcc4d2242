package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// TestGoSourceChangesMeanwhile changes Go source between the plan and the lock, as another person's
// editor or a git pull does. What is written must be what Go says under the lock.
func TestGoSourceChangesMeanwhile(t *testing.T) {
	t.Parallel()
	const reads = "\tHelp:   \"Choose a smaller quantity.\","
	tests := []struct {
		name           string
		change         func(t *testing.T, dir string)
		code           int
		stdout, stderr string
		help, title    string // of the source locale's file then
	}{
		{
			"another text",
			func(t *testing.T, dir string) { replace(t, dir, "a smaller quantity", "fewer") },
			exitOK, "en.toml: 0 missing, 0 stale, 0 obsolete; 2 texts updated from Go\n", "",
			"Choose fewer.", "Sold out",
		},
		{
			"the change is undone",
			func(t *testing.T, dir string) { replace(t, dir, "Sold out", "Out of stock") },
			exitOK, "nothing written\n", "",
			"Choose a smaller quantity.", "Out of stock",
		},
		{
			"a declaration cannot be read any more",
			func(t *testing.T, dir string) { replace(t, dir, "var OutOfStock =", "var OutOfStock") },
			exitFailure, "", "shop.go:",
			"Choose a smaller quantity.", "Out of stock",
		},
		{
			"a domain is new whose folder is not locked",
			func(t *testing.T, dir string) {
				if err := os.Mkdir(filepath.Join(dir, "billing"), 0o777); err != nil {
					t.Error(err)
				}
				write(t, "package billing\n\nimport \"github.com/errlingo/errlingo/catalog\"\n\n"+
					"var Domain = catalog.NewDomain(\"billing\")\n\n"+
					"var Unpaid = Domain.Define(2001, \"UNPAID\", "+
					"catalog.Spec{Title: \"Unpaid\", HTTP: 402})\n",
					dir, "billing", "billing.go")
			},
			exitFailure, "",
			"billing/locales: the Go source changed while it was read\nhint: run \"extract\" again\n",
			"Choose a smaller quantity.", "Out of stock",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := shop(t)
			if !strings.Contains(read(t, dir, "shop.go"), reads) {
				t.Fatalf("shop.go has no %q", reads)
			}
			mustRun(t, dir)
			replace(t, dir, "Out of stock", "Sold out")

			var stdout, stderr bytes.Buffer
			env := inProcess(dir)
			env.stdout, env.stderr = &stdout, &stderr
			locked := false
			ctx := atomicfile.WithTrace(context.Background(), func(step string) {
				if step == "lock" && !locked {
					locked = true
					tt.change(t, dir)
				}
			})
			code := run(ctx, env)
			if !locked {
				t.Fatal("the folder was not locked")
			}
			if code != tt.code || !strings.Contains(stdout.String(), tt.stdout) ||
				!strings.Contains(stderr.String(), tt.stderr) {
				t.Errorf("exit code %d, want %d\n%s%s", code, tt.code, &stdout, &stderr)
			}
			got := read(t, dir, "locales", "en.toml")
			for _, text := range []string{tt.help, tt.title} {
				if !strings.Contains(got, "other = \""+text+"\"\n") {
					t.Errorf("en.toml does not say %q:\n%s", text, got)
				}
			}
			if code == exitOK {
				if r := runIn(t, dir); r.code != exitOK || !strings.Contains(r.stdout, "up to date") {
					t.Errorf("the next run: %+v", r)
				}
			}
		})
	}
}
