package atomicfile_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// open returns a folder that contains de.toml, and its path.
func open(t *testing.T) (*atomicfile.Folder, string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "de.toml"), []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	f, err := atomicfile.Open(dir, ".")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, dir
}

// contents returns what is in a folder and the folders inside it, one line per file.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var lines []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if d.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(path)
			lines = append(lines, name+" -> "+target)
			return err
		}
		b, err := os.ReadFile(path)
		lines = append(lines, name+": "+string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func TestReplace(t *testing.T) {
	old, replacement := []byte("old"), []byte("new")
	type prepare = func(f *atomicfile.Folder, dir string) error
	tests := []struct {
		name      string
		prepare   prepare
		file      string
		old, new  []byte
		err       error
		remaining string
	}{
		{name: "existing", file: "de.toml", old: old, new: replacement, remaining: "de.toml: new"},
		{
			name: "new", file: "fr.toml", new: replacement,
			remaining: "de.toml: old\nfr.toml: new",
		},
		{
			name: "new and empty", file: "fr.toml", new: []byte{},
			remaining: "de.toml: old\nfr.toml: ",
		},
		{
			name: "new in a new folder", file: "_state/de.lock", new: replacement,
			remaining: "_state/de.lock: new\nde.toml: old",
		},
		{
			name: "existing in a folder", file: "_state/de.lock", old: old, new: replacement,
			prepare: func(f *atomicfile.Folder, _ string) error {
				return f.Replace("_state/de.lock", nil, []byte("old"))
			},
			remaining: "_state/de.lock: new\nde.toml: old",
		},
		{
			name: "changed", file: "de.toml", old: []byte("older"), new: replacement,
			err: atomicfile.ErrChanged, remaining: "de.toml: old",
		},
		{
			name: "made meanwhile", file: "de.toml", new: replacement,
			err: atomicfile.ErrChanged, remaining: "de.toml: old",
		},
		{
			name: "gone", file: "fr.toml", old: old, new: replacement,
			err: atomicfile.ErrChanged, remaining: "de.toml: old",
		},
		{
			name: "folder", file: "fr.toml", old: old, new: replacement, err: atomicfile.ErrNotRegular,
			prepare: func(_ *atomicfile.Folder, dir string) error {
				return os.Mkdir(filepath.Join(dir, "fr.toml"), 0o777)
			},
			remaining: "de.toml: old",
		},
		{
			name: "symbolic link", file: "fr.toml", old: old, new: replacement,
			err: atomicfile.ErrNotRegular,
			prepare: func(_ *atomicfile.Folder, dir string) error {
				return os.Symlink("de.toml", filepath.Join(dir, "fr.toml"))
			},
			remaining: "de.toml: old\nfr.toml -> de.toml",
		},
		{
			name: "read-only", file: "de.toml", old: old, new: replacement, err: atomicfile.ErrReadOnly,
			prepare: func(_ *atomicfile.Folder, dir string) error {
				return os.Chmod(filepath.Join(dir, "de.toml"), 0o444)
			},
			remaining: "de.toml: old",
		},
		{
			name: "full disk", file: "de.toml", old: old, new: []byte("new and longer"),
			err:       atomicfile.ErrFull,
			prepare:   func(f *atomicfile.Folder, _ string) error { f.FillDisk(false); return nil },
			remaining: "de.toml: old",
		},
		{
			name: "full disk, found when syncing", file: "de.toml", old: old, new: replacement,
			err:       atomicfile.ErrFull,
			prepare:   func(f *atomicfile.Folder, _ string) error { f.FillDisk(true); return nil },
			remaining: "de.toml: old",
		},
		{
			name: "left by a killed program", file: "de.toml", old: old, new: replacement,
			prepare: func(_ *atomicfile.Folder, dir string) error {
				temp := filepath.Join(dir, ".de.toml.extract-new")
				return os.WriteFile(temp, []byte("half a fi"), 0o600)
			},
			remaining: "de.toml: new",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, dir := open(t)
			if tt.prepare != nil {
				if err := tt.prepare(f, dir); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.Replace(tt.file, tt.old, tt.new); !errors.Is(err, tt.err) {
				t.Errorf("got error %v, want %v", err, tt.err)
			}
			if got := contents(t, dir); got != tt.remaining {
				t.Errorf("the folder has\n%s\nwant\n%s", got, tt.remaining)
			}
		})
	}
}

func TestRemove(t *testing.T) {
	tests := []struct {
		name      string
		file, old string
		err       error
		remaining string
	}{
		{name: "existing", file: "de.toml", old: "old", remaining: "_state/de.obsolete: a"},
		{name: "in a folder", file: "_state/de.obsolete", old: "a", remaining: "de.toml: old"},
		{
			name: "changed", file: "de.toml", old: "older", err: atomicfile.ErrChanged,
			remaining: "_state/de.obsolete: a\nde.toml: old",
		},
		{
			name: "gone", file: "fr.toml", err: atomicfile.ErrChanged,
			remaining: "_state/de.obsolete: a\nde.toml: old",
		},
		{
			name: "folder", file: "_state", err: atomicfile.ErrNotRegular,
			remaining: "_state/de.obsolete: a\nde.toml: old",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, dir := open(t)
			if err := f.Replace("_state/de.obsolete", nil, []byte("a")); err != nil {
				t.Fatal(err)
			}
			if err := f.Remove(tt.file, []byte(tt.old)); !errors.Is(err, tt.err) {
				t.Errorf("got error %v, want %v", err, tt.err)
			}
			if got := contents(t, dir); got != tt.remaining {
				t.Errorf("the folder has\n%s\nwant\n%s", got, tt.remaining)
			}
		})
	}
}

// TestEveryStep looks at the folder before each step that changes the disk: at any moment, a reader
// sees a file's old bytes or its new ones, and what a kill would leave is swept by the next lock.
func TestEveryStep(t *testing.T) {
	f, dir := open(t)
	var steps []string
	states := map[string]bool{}
	ctx := atomicfile.WithTrace(t.Context(), func(step string) {
		steps = append(steps, step)
		states[visible(t, dir)] = true
	})
	lock, err := f.Lock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		f.Replace("de.toml", []byte("old"), []byte("new")),
		f.Replace("_state/de.lock", nil, []byte("a")),
		f.Replace("de.toml", []byte("new"), []byte("new")),
		f.Remove("_state/de.lock", []byte("a")),
		lock.Release())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"lock",
		"create .de.toml.extract-new",
		"write .de.toml.extract-new",
		"sync .de.toml.extract-new",
		"rename to de.toml",
		"sync folder .",
		"make folder _state",
		"create ._state.de.lock.extract-new",
		"write ._state.de.lock.extract-new",
		"sync ._state.de.lock.extract-new",
		"rename to _state/de.lock",
		"sync folder _state",
		"remove _state/de.lock",
		"sync folder _state",
		"remove .extract.lock",
		"unlock",
		"end",
	}
	if runtime.GOOS == "windows" {
		want = slices.DeleteFunc(want, func(s string) bool { return strings.HasPrefix(s, "sync f") })
	}
	if !slices.Equal(steps, want) {
		t.Errorf("the steps are\n%s\nwant\n%s", strings.Join(steps, "\n"), strings.Join(want, "\n"))
	}
	got := slices.Sorted(maps.Keys(states))
	want = []string{"_state/de.lock: a\nde.toml: new", "de.toml: new", "de.toml: old"}
	if !slices.Equal(got, want) {
		t.Errorf("readers see %q, want %q", got, want)
	}
}

// TestSavedDuringReplace lets an editor save the file while its new version is being written.
func TestSavedDuringReplace(t *testing.T) {
	f, dir := open(t)
	ctx := atomicfile.WithTrace(t.Context(), func(step string) {
		if step != "sync .de.toml.extract-new" {
			return
		}
		if err := os.WriteFile(filepath.Join(dir, "de.toml"), []byte("saved"), 0o666); err != nil {
			t.Error(err)
		}
	})
	lock, err := f.Lock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Replace("de.toml", []byte("old"), []byte("new"))
	if !errors.Is(err, atomicfile.ErrChanged) {
		t.Errorf("got %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, dir); got != "de.toml: saved" {
		t.Errorf("the folder has\n%s", got)
	}
}

// visible returns the contents of a folder without temporary files and the lock's file.
func visible(t *testing.T, dir string) string {
	t.Helper()
	lines := strings.Split(contents(t, dir), "\n")
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, ".") })
	return strings.Join(lines, "\n")
}

func TestReplaceKeepsTheMode(t *testing.T) {
	f, dir := open(t)
	if err := f.Replace("de.toml", []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "de.toml"))
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

func TestReplaceBySameBytesTouchesNothing(t *testing.T) {
	f, dir := open(t)
	long := time.Unix(1_000_000_000, 0)
	if err := os.Chtimes(filepath.Join(dir, "de.toml"), long, long); err != nil {
		t.Fatal(err)
	}
	if err := f.Replace("de.toml", []byte("old"), []byte("old")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "de.toml")); err != nil || !info.ModTime().Equal(long) {
		t.Errorf("got %v, %v", info.ModTime(), err)
	}
}

func TestNothingLeavesTheFolder(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(
		os.Mkdir(filepath.Join(dir, "in"), 0o777),
		os.Mkdir(filepath.Join(dir, "out"), 0o777),
		os.WriteFile(filepath.Join(dir, "out", "de.toml"), nil, 0o666),
		os.Symlink("../out", filepath.Join(dir, "in", "locales"))); err != nil {
		t.Fatal(err)
	}
	if _, err := atomicfile.Open(filepath.Join(dir, "in"), "locales"); err == nil {
		t.Error("a link out of the root was followed")
	}
	f, err := atomicfile.Open(dir, "in")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Read("../out/de.toml", 100); err == nil {
		t.Error("a file outside was read")
	}
	if err := f.Replace("../out/de.toml", []byte{}, []byte("new")); err == nil {
		t.Error("a file outside was replaced")
	}
}

func TestRead(t *testing.T) {
	f, dir := open(t)
	if got, err := f.Read("de.toml", 100); string(got) != "old" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := f.Read("fr.toml", 100); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if _, err := f.Read("de.toml", 2); !errors.Is(err, atomicfile.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "fr.toml"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Read("fr.toml", 100); !errors.Is(err, atomicfile.ErrNotRegular) {
		t.Errorf("got %v", err)
	}
}

func TestMake(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		if err := atomicfile.Make(dir, "a/locales"); err != nil {
			t.Fatal(err)
		}
	}
	f, err := atomicfile.Open(dir, "a/locales")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if names, err := f.Names(); len(names) != 0 || err != nil {
		t.Errorf("got %q, %v", names, err)
	}
	if _, err := f.NamesIn("_state"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := f.Replace("_state/de.lock", nil, []byte("a")); err != nil {
		t.Fatal(err)
	}
	if names, err := f.NamesIn("_state"); !slices.Equal(names, []string{"de.lock"}) || err != nil {
		t.Errorf("got %q, %v", names, err)
	}
}

// TestLockLosesNoUpdate counts in a file from many goroutines at once. Each opens the lock's file
// anew, as programs do.
func TestLockLosesNoUpdate(t *testing.T) {
	_, dir := open(t)
	const writers, rounds = 8, 12
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range rounds {
				if err := count(t.Context(), dir); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	want := "count: " + strconv.Itoa(writers*rounds) + "\nde.toml: old"
	if got := contents(t, dir); got != want {
		t.Errorf("the folder has\n%s\nwant\n%s", got, want)
	}
}

func count(ctx context.Context, dir string) error {
	f, err := atomicfile.Open(dir, ".")
	if err != nil {
		return err
	}
	defer f.Close()
	lock, err := f.Lock(ctx)
	if err != nil {
		return err
	}
	old, err := f.Read("count", 100)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	n, _ := strconv.Atoi(string(old))
	return errors.Join(f.Replace("count", old, []byte(strconv.Itoa(n+1))), lock.Release())
}

// TestLockOfARemovedFile checks that a lock does not count once its file has been removed, since
// others then lock another file.
func TestLockOfARemovedFile(t *testing.T) {
	f, dir := open(t)
	for _, remake := range []bool{false, true} {
		lock, err := f.Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !lock.Current() {
			t.Error("a new lock does not count")
		}
		name := filepath.Join(dir, ".extract.lock")
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if remake {
			if err := os.WriteFile(name, nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if lock.Current() {
			t.Errorf("remade %v: the lock of a removed file counts", remake)
		}
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLockCanBeGivenUp(t *testing.T) {
	f, dir := open(t)
	lock, err := f.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other, err := atomicfile.Open(dir, ".")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := other.Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, dir); got != "de.toml: old" {
		t.Errorf("the folder has\n%s", got)
	}
}

func TestSweep(t *testing.T) {
	f, dir := open(t)
	lock, err := f.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".de.toml.extract-new", ".other", "de.new"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	other, err := atomicfile.Open(dir, ".")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := other.Sweep(); err != nil {
		t.Fatal(err)
	}
	if names, _ := f.Names(); !slices.Contains(names, ".de.toml.extract-new") {
		t.Error("a file in use was removed")
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	// A killed program leaves the lock's file.
	if err := os.WriteFile(filepath.Join(dir, ".extract.lock"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := other.Sweep(); err != nil {
		t.Fatal(err)
	}
	if got, want := contents(t, dir), ".other: \nde.new: \nde.toml: old"; got != want {
		t.Errorf("the folder has\n%s\nwant\n%s", got, want)
	}
}
