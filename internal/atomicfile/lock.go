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

// pause is the time between two attempts to get a lock that somebody else has.
const pause = 10 * time.Millisecond

// Lock is the right to change a folder's files.
type Lock struct {
	folder *Folder
	flock  *flock.Flock
}

// Lock waits until no other program has the folder's lock, and takes it. Temporary files that a killed program has left
// are removed then. The error is the context's if that ends first, or that of the file system.
//
// The lock is a file that exists only while somebody has the lock or waits for it. A program that is killed leaves the
// file but not the lock.
func (f *Folder) Lock(ctx context.Context) (*Lock, error) {
	for {
		l, err := f.open()
		if err != nil {
			return nil, err
		}
		if locked, err := l.TryLockContext(ctx, pause); !locked {
			return nil, errors.Join(err, l.Close())
		}
		// Whoever had the lock before has removed its file, and a lock of a file without a name keeps nobody away.
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
	return flock.New(filepath.Join(f.path, lockName), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666)), nil
}

// isCurrent reports whether the file that is locked is still the one that others find by its name.
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
	removed := l.folder.root.Remove(lockName)
	err := l.flock.Close()
	if removed != nil && !errors.Is(removed, fs.ErrNotExist) {
		// Windows removes no file that is open. Where that fails again, somebody else has it open and will remove it.
		_ = l.folder.root.Remove(lockName)
	}
	return err
}

// Sweep removes what a killed program has left in the folder: temporary files and the lock's file. If another program has
// the lock, what is there is in use, and nothing is done. Nothing is written where nothing was left.
func (f *Folder) Sweep() error {
	names, err := f.Names()
	if err != nil || !slices.ContainsFunc(names, func(name string) bool { return name == lockName || isTemp(name) }) {
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

// removeTemps removes all temporary files. It is for whoever has the lock.
func (f *Folder) removeTemps() error {
	names, err := f.Names()
	for _, name := range names {
		if isTemp(name) {
			err = errors.Join(err, f.removeIfExists(name))
		}
	}
	return err
}
