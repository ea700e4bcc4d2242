package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"
)

// pause is the time between two attempts to get a lock that another program has.
const pause = 10 * time.Millisecond

// Lock is the right to change a folder's files.
type Lock struct {
	folder *Folder
	flock  *flock.Flock
}

// Lock waits until no other program has the folder's lock, takes it, and removes temporary files
// that a killed program left. The error is the context's if that ends first, or the file system's.
//
// The lock is a file that exists only while a program has the lock or waits for it. A killed
// program leaves the file but not the lock.
func (f *Folder) Lock(ctx context.Context) (*Lock, error) {
	if trace, ok := ctx.Value(traceKey{}).(func(string)); ok {
		f.trace = trace
	}
	for {
		f.step("lock")
		l, err := f.open()
		if err != nil {
			return nil, err
		}
		if locked, err := l.TryLockContext(ctx, pause); !locked {
			return nil, errors.Join(err, l.Close())
		}
		// The previous owner has removed the file, and a lock on a file without a name is useless:
		// others lock a new file.
		if isCurrent(l) {
			lock := &Lock{f, l}
			if err := f.removeTemps(); err != nil {
				return nil, errors.Join(err, lock.Release())
			}
			return lock, nil
		}
		if err := l.Close(); err != nil {
			return nil, err
		}
	}
}

// open returns the lock, not yet taken.
func (f *Folder) open() (*flock.Flock, error) {
	if info, err := f.root.Lstat(lockName); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is %w", lockName, ErrNotRegular)
	}
	flags, mode := flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666)
	return flock.New(filepath.Join(f.path, lockName), flags, mode), nil
}

// isCurrent reports whether the locked file is still the one that others find by its name.
func isCurrent(l *flock.Flock) bool {
	mine, err := l.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(l.Path())
	return err == nil && os.SameFile(mine, named)
}

// Release removes the lock's file and gives the lock back.
func (l *Lock) Release() error {
	f := l.folder
	f.step("remove %s", lockName)
	removed := f.root.Remove(lockName)
	f.step("unlock")
	err := l.flock.Close()
	if removed != nil && !errors.Is(removed, fs.ErrNotExist) {
		// Windows removes no open file. If this fails too, another program has the file open and
		// will remove it.
		_ = f.root.Remove(lockName)
	}
	f.step("end")
	return err
}

// Sweep removes what a killed program left in the folder: temporary files and the lock's file. It
// does nothing while another program has the lock, since its files are in use, and it writes
// nothing if nothing was left.
func (f *Folder) Sweep() error {
	names, err := f.Names()
	left := func(name string) bool { return name == lockName || isTemp(name) }
	if err != nil || !slices.ContainsFunc(names, left) {
		return err
	}
	l, err := f.open()
	if err != nil {
		return err
	}
	if locked, err := l.TryLock(); !locked || !isCurrent(l) {
		return errors.Join(err, l.Close())
	}
	return errors.Join(f.removeTemps(), (&Lock{f, l}).Release())
}

// removeTemps removes all temporary files. The caller has the lock.
func (f *Folder) removeTemps() error {
	names, err := f.Names()
	for _, name := range names {
		if isTemp(name) {
			f.step("remove %s", name)
			err = errors.Join(err, f.removeIfExists(name))
		}
	}
	return err
}
