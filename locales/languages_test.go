package locales_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"testing"

	"github.com/errlingo/errlingo/catalog/rules"
	"github.com/errlingo/errlingo/locales"
)

// TestLanguagesLinked builds a program that names one language, and checks that it has no other.
func TestLanguagesLinked(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "some")
	if out, err := exec.Command("go", "build", "-o", binary, "./testdata/some").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	program, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	for _, files := range []struct {
		of     fs.FS
		folder string
	}{{locales.FS, "."}, {rules.Locales, "locales"}} {
		names, err := fs.Glob(files.of, path.Join(files.folder, "*.toml"))
		if err != nil || len(names) < 3 {
			t.Fatalf("locale files %v, %v; want three at least", names, err)
		}
		for _, name := range names {
			file, err := fs.ReadFile(files.of, name)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := bytes.Contains(program, file), path.Base(name) == "de.toml"; got != want {
				t.Errorf("%s is linked: %t, want %t", name, got, want)
			}
		}
	}
}
