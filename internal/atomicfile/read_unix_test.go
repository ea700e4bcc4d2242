//go:build unix

package atomicfile_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// makePipe creates a pipe that nobody writes to, so that reading it would wait for ever.
func makePipe(t *testing.T, path string) {
	t.Helper()
	if err := unix.Mkfifo(path, 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestReadRefusesWhatIsNotAFile(t *testing.T) {
	f, dir := open(t)
	path := func(name string) string { return filepath.Join(dir, name) }
	makePipe(t, path("pipe"))
	socket, err := net.Listen("unix", path("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	if err := errors.Join(os.Mkdir(path("folder"), 0o777), os.Symlink("de.toml", path("link")),
		os.Symlink("pipe", path("link-to-pipe")), os.Symlink("folder", path("link-to-folder")),
		os.WriteFile(path("folder/de.toml"), []byte("below"), 0o666)); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name             string
		inFolder, inPath error // nil if the file can be read
	}{
		{"de.toml", nil, nil},
		{"folder/de.toml", nil, nil},
		{"missing", fs.ErrNotExist, fs.ErrNotExist},
		{"pipe", atomicfile.ErrNotRegular, atomicfile.ErrNotRegular},
		{"socket", atomicfile.ErrNotRegular, atomicfile.ErrNotRegular},
		{"folder", atomicfile.ErrNotRegular, atomicfile.ErrNotRegular},
		{"link", atomicfile.ErrNotRegular, nil},
		{"link-to-pipe", atomicfile.ErrNotRegular, atomicfile.ErrNotRegular},
		{"link-to-folder/de.toml", atomicfile.ErrNotFolder, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := f.Read(tt.name, 100); !errors.Is(err, tt.inFolder) {
				t.Errorf("in the folder: got %v, want %v", err, tt.inFolder)
			}
			if _, err := atomicfile.ReadFile(path(tt.name), 100); !errors.Is(err, tt.inPath) {
				t.Errorf("by path: got %v, want %v", err, tt.inPath)
			}
		})
	}
}

func TestReadFileIsBounded(t *testing.T) {
	_, dir := open(t)
	path := filepath.Join(dir, "de.toml")
	if got, err := atomicfile.ReadFile(path, 3); string(got) != "old" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := atomicfile.ReadFile(path, 2); !errors.Is(err, atomicfile.ErrTooLarge) {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := atomicfile.ReadFile("/dev/zero", 100); !errors.Is(err, atomicfile.ErrNotRegular) {
		t.Errorf("a device that never ends: got %v", err)
	}
}

// TestReadOfASwappedFile replaces the file after Read has looked what it is and before it opens it.
func TestReadOfASwappedFile(t *testing.T) {
	tests := []struct {
		name  string
		every bool // not only before the first attempt
		put   func(t *testing.T, path string)
		want  string
		err   error
	}{
		{
			name: "by a pipe", err: atomicfile.ErrNotRegular,
			put: makePipe,
		},
		{
			name: "by a link", err: atomicfile.ErrNotRegular,
			put: func(t *testing.T, path string) {
				if err := os.Symlink("fr.toml", path); err != nil {
					t.Error(err)
				}
			},
		},
		{
			name: "by a new version", want: "new",
			put: func(t *testing.T, path string) {
				if err := os.WriteFile(path, []byte("new"), 0o666); err != nil {
					t.Error(err)
				}
			},
		},
		{
			name: "by nothing", err: fs.ErrNotExist,
			put: func(*testing.T, string) {},
		},
		{
			name: "by a new version each time", err: atomicfile.ErrChanged, every: true,
			put: func(t *testing.T, path string) {
				if err := os.WriteFile(path, []byte("new"), 0o666); err != nil {
					t.Error(err)
				}
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, dir := open(t)
			if err := os.WriteFile(filepath.Join(dir, "fr.toml"), []byte("fr"), 0o666); err != nil {
				t.Fatal(err)
			}
			opens := 0
			f.BeforeOpen(func(name string) {
				if opens++; opens > 1 && !tt.every {
					return
				}
				// Keep the old file, or the new one may get its inode and be taken for it.
				path := filepath.Join(dir, name)
				if err := os.Rename(path, filepath.Join(t.TempDir(), "was")); err != nil {
					t.Error(err)
				}
				tt.put(t, path)
			})
			got, err := f.Read("de.toml", 100)
			if string(got) != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("got %q, %v, want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}
