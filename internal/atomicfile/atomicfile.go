// Package atomicfile reads regular files and replaces them as a whole: whoever reads one sees
// either its old bytes or its new ones, even if the program is killed at any moment.
//
// A new version is written to a temporary file, synced to disk, and renamed. Programs that change
// files of the same folder hold the folder's lock from reading to renaming, so that none of them
// undoes what another one wrote.
package atomicfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// What can be wrong with a file, for errors.Is.
var (
	ErrChanged    = errors.New("the file was changed in the meantime")
	ErrNotFolder  = errors.New("not a folder")
	ErrNotRegular = errors.New("not a regular file")
	ErrReadOnly   = errors.New("read-only")
	ErrTooLarge   = errors.New("the file is too large")
)

// The names of temporary files and of the lock begin with a dot and end like no other program's
// files, so that nothing reads them by mistake.
const (
	tempSuffix = ".extract-new"
	lockName   = ".extract.lock"
)

// Folder is a folder whose files are replaced. Open it with [Open]; it may be shared between
// goroutines.
//
// The names of its files are slash-separated paths. No operation leaves the folder, not even
// through a symbolic link.
type Folder struct {
	root *os.Root
	// Tests replace these two, which open a file and create a temporary one.
	open   func(name string, flag int) (*os.File, error)
	create func(name string) (file, error)
	trace  func(step string) // see WithTrace; nil in production
}

// file is a temporary file, as an interface so that tests can let its methods fail.
type file interface {
	io.Writer
	Chmod(mode fs.FileMode) error
	Sync() error
	Close() error
}

// Open opens the folder at a slash-separated path relative to root. It does not follow a symbolic
// link out of root, and it creates nothing.
func Open(root, path string) (*Folder, error) {
	outer, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	defer outer.Close()
	inner, err := outer.OpenRoot(filepath.FromSlash(path))
	if err != nil {
		return nil, err
	}
	f := &Folder{root: inner}
	f.create = f.createTemp
	f.open = func(name string, flag int) (*os.File, error) { return inner.OpenFile(name, flag, 0) }
	return f, nil
}

// Make creates the folder that [Open] would open, with its parents, unless it exists.
func Make(root, path string) error {
	outer, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer outer.Close()
	return outer.MkdirAll(filepath.FromSlash(path), 0o777)
}

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

// traceKey is the key of a context's trace.
type traceKey struct{}

// WithTrace returns a context for [Folder.Lock]. From then on the folder calls trace with the name
// of each step that changes the disk, right before the step, and once more after the lock's
// release. Tests use it to kill the process between any two steps. Lock sets the trace without any
// synchronization, so the folder must not be in use by another goroutine then.
func WithTrace(ctx context.Context, trace func(step string)) context.Context {
	return context.WithValue(ctx, traceKey{}, trace)
}

func (f *Folder) step(format string, args ...any) {
	if f.trace != nil {
		f.trace(fmt.Sprintf(format, args...))
	}
}

// Names returns the sorted names of the folder's entries.
func (f *Folder) Names() ([]string, error) { return f.NamesIn(".") }

// NamesIn returns the sorted names of the entries of a folder inside the folder. The error is
// [fs.ErrNotExist] if there is no such folder.
func (f *Folder) NamesIn(dir string) ([]string, error) {
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

// Replace gives a file new bytes if it still has the old ones. Old is nil for a file that does not
// exist yet; folders on the way to it are created. A file whose bytes would not change is not
// touched.
//
// The file keeps its mode, a new one gets the umask's. The errors are those of [Folder.Check] and
// of the file system. After an error the file has its old bytes and no temporary file is left, with
// one exception: if the folder could not be synced to disk after the renaming, the file has the new
// bytes. Only [Folder.Lock] keeps other programs from writing at the same time.
func (f *Folder) Replace(name string, old, replacement []byte) error {
	mode, err := f.check(name, old)
	if err != nil || old != nil && bytes.Equal(old, replacement) {
		return err
	}
	parent := path.Dir(name)
	if parent != "." && old == nil {
		f.step("make folder %s", parent)
		if err := f.root.MkdirAll(parent, 0o777); err != nil {
			return err
		}
	}
	temp := tempName(name)
	if err := f.write(temp, replacement, mode); err != nil {
		return errors.Join(err, f.removeIfExists(temp))
	}
	// Check once more, as late as possible: without the lock, an editor may have saved the file.
	if _, err := f.check(name, old); err != nil {
		return errors.Join(err, f.removeIfExists(temp))
	}
	f.step("rename to %s", name)
	if err := f.root.Rename(temp, name); err != nil {
		return errors.Join(err, f.removeIfExists(temp))
	}
	return f.sync(parent)
}

// Remove removes a file if it still has the old bytes. The errors are those of [Folder.Replace].
func (f *Folder) Remove(name string, old []byte) error {
	if old == nil {
		old = []byte{} // for check, nil means that there is no file
	}
	if _, err := f.check(name, old); err != nil {
		return err
	}
	f.step("remove %s", name)
	if err := f.root.Remove(name); err != nil {
		return err
	}
	return f.sync(path.Dir(name))
}

// tempName returns the name of a file's temporary file. It is always in the folder itself, so that
// removing what killed programs left means looking in one place.
func tempName(name string) string {
	return "." + strings.ReplaceAll(name, "/", ".") + tempSuffix
}

func isTemp(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, tempSuffix)
}

// write creates a temporary file and syncs it to disk.
func (f *Folder) write(temp string, content []byte, mode fs.FileMode) error {
	if err := f.removeIfExists(temp); err != nil { // a killed program may have left it
		return err
	}
	f.step("create %s", temp)
	out, err := f.create(temp)
	if err != nil {
		return err
	}
	f.step("write %s", temp)
	_, err = out.Write(content)
	if err == nil && mode != 0 {
		err = out.Chmod(mode)
	}
	if err == nil {
		f.step("sync %s", temp)
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

func (f *Folder) createTemp(name string) (file, error) {
	return f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

func (f *Folder) removeIfExists(name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sync syncs a folder inside the folder, and the folder itself, where temporary files are. Windows
// has no such call, and some file systems do not support it for folders.
func (f *Folder) sync(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f.step("sync folder %s", dir)
	err := f.syncOne(dir)
	if dir != "." {
		err = errors.Join(err, f.syncOne("."))
	}
	return err
}

func (f *Folder) syncOne(name string) error {
	dir, err := f.root.Open(name)
	if err != nil {
		return err
	}
	err = dir.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, dir.Close())
}
