// Package atomicfile replaces files as a whole, so that whoever reads one sees its old bytes or its new ones, whatever
// happens in between.
//
// A file is written beside the one that it replaces, brought to disk, and renamed. Several programs that change the files
// of a folder in turn hold the folder's lock from reading to renaming, since otherwise the last one would undo what the
// others did.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// What can be wrong with a file, for errors.Is.
var (
	ErrChanged    = errors.New("the file was changed in the meantime")
	ErrNotRegular = errors.New("not a regular file")
	ErrReadOnly   = errors.New("the file is read-only")
	ErrTooLarge   = errors.New("the file is too large")
)

// The endings of the names of temporary files and of the lock. With the dot in front no other program takes them for
// what they are made of.
const (
	tempSuffix = ".extract-new"
	lockName   = ".extract.lock"
)

// Folder is a folder whose files are replaced. No operation leaves it, also not by way of a symbolic link. Make one with
// [Open]; it may be shared between goroutines.
type Folder struct {
	root   *os.Root
	path   string
	create func(name string) (file, error) // creates a temporary file
}

// file is what is needed of a temporary file.
type file interface {
	io.Writer
	Chmod(mode fs.FileMode) error
	Sync() error
	Close() error
}

// Open opens the folder at the slash-separated path, which is relative to root. It neither follows a symbolic link out of
// root nor creates anything.
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
	f := &Folder{root: inner, path: filepath.Join(root, filepath.FromSlash(path))}
	f.create = f.createTemp
	return f, nil
}

// Make creates the folder at the path that [Open] takes, with those above it, unless it exists.
func Make(root, path string) error {
	outer, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer outer.Close()
	return outer.MkdirAll(filepath.FromSlash(path), 0o777)
}

// Close releases the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Names returns the names of what is in the folder, sorted.
func (f *Folder) Names() ([]string, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

// Read returns the bytes of a file. The error is [fs.ErrNotExist] if there is none, [ErrNotRegular] for a folder, a
// symbolic link or the like, and [ErrTooLarge] if there are more than most.
func (f *Folder) Read(name string, most int) ([]byte, error) {
	if _, err := f.regular(name); err != nil {
		return nil, err
	}
	in, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	content, err := readAtMost(in, most)
	if err == nil && len(content) > most {
		return nil, fmt.Errorf("%w: it has more than %d bytes", ErrTooLarge, most)
	}
	return content, err
}

// readAtMost reads a file, of one that has more bytes than that one more.
func readAtMost(in *os.File, most int) ([]byte, error) {
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(int(min(max(info.Size(), 0), int64(most))) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(in, int64(most)+1))
	return b.Bytes(), err
}

// regular returns what is known about a file, and an error if it is none that may be replaced.
func (f *Folder) regular(name string) (fs.FileInfo, error) {
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return info, nil
	case mode.IsDir():
		return nil, fmt.Errorf("%w but a folder", ErrNotRegular)
	case mode&fs.ModeSymlink != 0:
		return nil, fmt.Errorf("%w but a symbolic link", ErrNotRegular)
	}
	return nil, ErrNotRegular
}

// Replace gives a file new bytes if it still has the old ones, which are nil for a file that does not exist yet. A file
// whose bytes would not change is not touched.
//
// The file keeps its mode; a new one has that which the umask leaves. The error is [ErrChanged] if the file is not as it
// was, [ErrNotRegular] or [ErrReadOnly] if it is none to be replaced, or that of the file system. Then the file has its old
// bytes, but for an error of bringing the renaming to disk, after which it has the new ones; no temporary file stays. Other
// programs are kept away by [Folder.Lock] only.
func (f *Folder) Replace(name string, old, replacement []byte) error {
	mode, err := f.check(name, old)
	if err != nil || old != nil && bytes.Equal(old, replacement) {
		return err
	}
	temp := tempName(name)
	if err := f.write(temp, replacement, mode); err != nil {
		return errors.Join(err, f.removeIfExists(temp))
	}
	// The time between this look at the file and the renaming is as short as it can be made.
	if _, err := f.check(name, old); err != nil {
		return errors.Join(err, f.removeIfExists(temp))
	}
	if err := f.root.Rename(temp, name); err != nil {
		return errors.Join(err, f.removeIfExists(temp))
	}
	return f.sync()
}

// check returns the mode of a file that has the given bytes and may be replaced, and 0 for one that does not exist.
func (f *Folder) check(name string, old []byte) (fs.FileMode, error) {
	info, err := f.regular(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && old == nil:
		return 0, nil
	case errors.Is(err, fs.ErrNotExist), err == nil && old == nil:
		return 0, ErrChanged
	case err != nil:
		return 0, err
	case info.Mode().Perm()&0o222 == 0:
		return 0, ErrReadOnly
	}
	// Renaming asks for no right to write the file, so whether there is one has to be asked for.
	probe, err := f.root.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return 0, err
	}
	defer probe.Close()
	now, err := readAtMost(probe, len(old))
	if err == nil && !bytes.Equal(now, old) {
		err = ErrChanged
	}
	return info.Mode().Perm(), err
}

func tempName(name string) string { return "." + name + tempSuffix }

// isTemp reports whether a file of this name is a temporary one.
func isTemp(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, tempSuffix)
}

// write makes a temporary file and brings it to disk.
func (f *Folder) write(temp string, content []byte, mode fs.FileMode) error {
	if err := f.removeIfExists(temp); err != nil { // left by a program that was killed
		return err
	}
	out, err := f.create(temp)
	if err != nil {
		return err
	}
	_, err = out.Write(content)
	if err == nil && mode != 0 {
		err = out.Chmod(mode)
	}
	if err == nil {
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

// sync brings the renaming to disk. Windows has no such call, and some file systems do not take it for a folder.
func (f *Folder) sync() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := f.root.Open(".")
	if err != nil {
		return err
	}
	err = dir.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, dir.Close())
}
