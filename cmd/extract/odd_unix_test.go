//go:build unix

package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestOddFiles puts something else in the place of each file of the locale folder. A run refuses it
// by name, and neither follows it, waits for it, nor writes anything.
func TestOddFiles(t *testing.T) {
	t.Parallel()
	began := shop(t)
	mustRun(t, began)
	mustRun(t, began, "add", "de")
	replace(t, began, "Out of stock", "Sold out") // There is something to write.
	files := []string{"codes.lock", "de.toml", "en.toml", "_state/de.lock", "_state/en.lock"}
	tests := []struct {
		name string
		put  func(path, outside string) error
	}{
		{"pipe", func(path, _ string) error { return unix.Mkfifo(path, 0o666) }},
		{"socket", func(path, _ string) error { return unix.Mknod(path, unix.S_IFSOCK|0o666, 0) }},
		{"folder", func(path, _ string) error { return os.Mkdir(path, 0o777) }},
		{"link to a device", func(path, _ string) error { return os.Symlink("/dev/zero", path) }},
		{"link to a file outside", func(path, outside string) error { return os.Symlink(outside, path) }},
		{"link to nothing", func(path, _ string) error { return os.Symlink("nothing", path) }},
		{"link to itself", func(path, _ string) error { return os.Symlink(filepath.Base(path), path) }},
	}
	for _, test := range tests {
		for _, name := range files {
			t.Run(test.name+", "+name, func(t *testing.T) {
				dir, other := duplicate(t, began), t.TempDir()
				path, outside := filepath.Join(dir, "locales", name), filepath.Join(other, "file")
				if err := errors.Join(os.Rename(path, outside), test.put(path, outside)); err != nil {
					t.Fatal(err)
				}
				before, beforeOutside := everything(t, dir), everything(t, other)
				for _, args := range [][]string{nil, {"check"}, {"add", "fr"}, {"status"}} {
					r := runIn(t, dir, args...)
					if r.code != exitFailure || !strings.HasPrefix(r.stderr, "locales/"+name+": not a regular file") {
						t.Errorf("extract %q: exit code %d\n%s", args, r.code, r.stderr)
					}
				}
				if !maps.Equal(everything(t, dir), before) || !maps.Equal(everything(t, other), beforeOutside) {
					t.Errorf("it has written something: %v", everything(t, dir))
				}
			})
		}
	}
}

// everything returns what a folder contains: the mode of each file, and the content of regular ones.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		all[path] = d.Type().String()
		if d.Type().IsRegular() {
			all[path] += read(t, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
