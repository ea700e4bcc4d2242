package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"
)

// pause is the time between two attempts to get a lock that another program has.
const pause = 10 * time.Millisecond

// Lock is the right to change a folder's files.
type Lock struct {
	folder *Folder
	file   *os.File
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
		file, err := f.openLock()
		if err != nil {
			return nil, err
		}
		if err := waitForLock(ctx, file); err != nil {
			return nil, errors.Join(err, file.Close())
		}
		// The previous owner has removed the file, and a lock on a file without a name is useless:
		// others lock a new file.
		if f.isCurrent(file) {
			lock := &Lock{f, file}
			if err := f.removeTemps(); err != nil {
				return nil, errors.Join(err, lock.Release())
			}
			return lock, nil
		}
		if err := file.Close(); err != nil {
			return nil, err
		}
	}
}

// openLock opens the lock's file, or creates it. It does so in the folder that is open, whatever
// has that folder's path now, and follows no link.
func (f *Folder) openLock() (*os.File, error) {
	for range maxOpens {
		// With O_EXCL, the last part of a path is not followed if it is a link.
		file, err := f.root.OpenFile(lockName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
		file, err = f.openRegular(lockName, os.O_RDWR)
		switch {
		case errors.Is(err, ErrNotRegular):
			return nil, fmt.Errorf("%s is %w", lockName, err)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrChanged):
			return file, err
		}
		// Its owner has removed it.
	}
	return nil, fmt.Errorf("%s: %w", lockName, ErrChanged)
}

func waitForLock(ctx context.Context, file *os.File) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if locked, err := tryLock(file); locked || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// isCurrent reports whether the locked file is still the one that others find by its name.
func (f *Folder) isCurrent(file *os.File) bool {
	mine, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := f.root.Lstat(lockName)
	return err == nil && os.SameFile(mine, named)
}

// Release removes the lock's file and gives the lock back.
func (l *Lock) Release() error {
	f := l.folder
	f.step("remove %s", lockName)
	removed := f.root.Remove(lockName)
	f.step("unlock")
	err := l.file.Close()
	if removed != nil && !errors.Is(removed, fs.ErrNotExist) {
		// Windows may not remove an open file. If this fails too, another program has the file open
		// and will remove it.
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
	file, err := f.openLock()
	if err != nil {
		return err
	}
	if locked, err := tryLock(file); !locked || !f.isCurrent(file) {
		return errors.Join(err, file.Close())
	}
	return errors.Join(f.removeTemps(), (&Lock{f, file}).Release())
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
