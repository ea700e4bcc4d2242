package atomicfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// TestCheck checks that a refusal is known before anything is written. Modes count for root, too.
func TestCheck(t *testing.T) {
	type prepare = func(path func(string) string) error
	mode := func(name string, mode os.FileMode) prepare {
		return func(path func(string) string) error { return os.Chmod(path(name), mode) }
	}
	link := func(target, name string) prepare {
		return func(path func(string) string) error { return os.Symlink(target, path(name)) }
	}
	tests := []struct {
		name    string
		prepare prepare
		file    string
		old     []byte
		err     error
		text    string
	}{
		{name: "existing", file: "de.toml", old: []byte("old")},
		{name: "new", file: "fr.toml"},
		{name: "new in a folder", file: "_state/de.lock"},
		{name: "new in a new folder", file: "_new/below/de.lock"},
		{
			name: "changed", file: "de.toml", old: []byte("older"), err: atomicfile.ErrChanged,
			text: "the file was changed in the meantime",
		},
		{
			name: "created", file: "de.toml", err: atomicfile.ErrChanged,
			text: "the file was changed in the meantime",
		},
		{
			name: "read-only file", file: "de.toml", old: []byte("old"), prepare: mode("de.toml", 0o444),
			err: atomicfile.ErrReadOnly, text: "the file is read-only",
		},
		{
			name: "new in a read-only folder", file: "_state/de.lock", prepare: mode("_state", 0o555),
			err: atomicfile.ErrReadOnly, text: "the folder _state is read-only",
		},
		{
			name: "new in a new folder of a read-only one", file: "_state/below/de.lock",
			prepare: mode("_state", 0o555),
			err:     atomicfile.ErrReadOnly, text: "the folder _state is read-only",
		},
		{
			name: "existing in a read-only folder", file: "de.toml", old: []byte("old"),
			prepare: mode(".", 0o555),
			err:     atomicfile.ErrReadOnly, text: "the folder . is read-only",
		},
		{
			name: "temporary files in a read-only folder", file: "_state/de.lock",
			prepare: mode(".", 0o555),
			err:     atomicfile.ErrReadOnly, text: "the folder . is read-only",
		},
		{
			name: "folder in the way", file: "_state", err: atomicfile.ErrNotRegular,
			text: "not a regular file but a folder",
		},
		{
			name: "file in the way of a folder", file: "de.toml/fr.lock", err: atomicfile.ErrNotFolder,
			text: "de.toml is not a folder",
		},
		{
			name: "link", file: "fr.toml", prepare: link("de.toml", "fr.toml"), old: []byte("old"),
			err: atomicfile.ErrNotRegular, text: "not a regular file but a symbolic link",
		},
		{
			name: "link that leads nowhere", file: "fr.toml", prepare: link("nowhere", "fr.toml"),
			err: atomicfile.ErrNotRegular, text: "not a regular file but a symbolic link",
		},
		{
			name: "folder that is a link", file: "_link/de.lock", prepare: link("_state", "_link"),
			err: atomicfile.ErrNotFolder, text: "_link is not a folder but a symbolic link",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if runtime.GOOS == "windows" && errors.Is(tt.err, atomicfile.ErrReadOnly) && tt.old == nil {
				t.Skip("folders have no mode on Windows")
			}
			f, dir := open(t)
			path := func(name string) string { return filepath.Join(dir, name) }
			if err := os.Mkdir(path("_state"), 0o777); err != nil {
				t.Fatal(err)
			}
			if tt.prepare != nil {
				if err := tt.prepare(path); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = errors.Join(os.Chmod(dir, 0o777), os.Chmod(path("_state"), 0o777)) })
			}
			before := contents(t, dir)
			err := f.Check(tt.file, tt.old)
			if !errors.Is(err, tt.err) || err != nil && err.Error() != tt.text {
				t.Errorf("got %v, want %v", err, tt.text)
			}
			if got := contents(t, dir); got != before {
				t.Errorf("Check changed the folder to\n%s", got)
			}
			if err := f.Replace(tt.file, tt.old, []byte("new")); !errors.Is(err, tt.err) {
				t.Errorf("Replace: got %v, want %v", err, tt.err)
			}
			if got := contents(t, dir); (tt.err != nil) != (got == before) {
				t.Errorf("after Replace the folder has\n%s", got)
			}
		})
	}
}
