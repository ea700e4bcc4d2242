package atomicfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// TestLockStaysInTheFolder replaces the folder by a link to another one at each step of locking.
// All files must end up in the folder that was opened.
func TestLockStaysInTheFolder(t *testing.T) {
	steps := []string{"lock", "remove .extract.lock", "unlock"}
	for _, at := range steps {
		t.Run(at, func(t *testing.T) {
			dir := t.TempDir()
			path := func(name string) string { return filepath.Join(dir, name) }
			if err := errors.Join(os.Mkdir(path("locales"), 0o777), os.Mkdir(path("other"), 0o777),
				os.WriteFile(path("other/.extract.lock"), []byte("theirs"), 0o666)); err != nil {
				t.Fatal(err)
			}
			f, err := atomicfile.Open(dir, "locales")
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			swapped := 0
			lock, err := f.Lock(atomicfile.WithTrace(t.Context(), func(step string) {
				if step == at {
					swapped++
					err := errors.Join(os.Rename(path("locales"), path("was")),
						os.Symlink("other", path("locales")))
					if err != nil {
						t.Error(err)
					}
				}
			}))
			if err != nil {
				t.Fatal(err)
			}
			if at == "lock" {
				if _, err := os.Lstat(path("was/.extract.lock")); err != nil {
					t.Errorf("the lock's file is not in the folder that was opened: %v", err)
				}
			}
			if err := f.Replace("de.toml", nil, []byte("new")); err != nil {
				t.Error(err)
			}
			if err := lock.Release(); err != nil {
				t.Error(err)
			}
			if swapped != 1 {
				t.Errorf("swapped %d times", swapped)
			}
			want := "locales -> other\nother/.extract.lock: theirs\nwas/de.toml: new"
			if got := contents(t, dir); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestLockFollowsNoLink(t *testing.T) {
	for _, target := range []string{"de.toml", "missing", "../missing", "/dev/zero"} {
		t.Run(target, func(t *testing.T) {
			f, dir := open(t)
			if err := os.Symlink(target, filepath.Join(dir, ".extract.lock")); err != nil {
				t.Fatal(err)
			}
			lock, err := f.Lock(t.Context())
			if lock != nil || !errors.Is(err, atomicfile.ErrNotRegular) ||
				!strings.Contains(err.Error(), ".extract.lock is not a regular file but a") {
				t.Errorf("got %v", err)
			}
			if names, _ := f.Names(); strings.Join(names, " ") != ".extract.lock de.toml" {
				t.Errorf("the folder has %q", names)
			}
			if _, err := os.Lstat(filepath.Join(dir, target)); target == "../missing" && err == nil {
				t.Error("a file was created outside")
			}
		})
	}
}
