//go:build unix && !aix

package atomicfile

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// nonblock makes opening a pipe or a device return at once.
const nonblock = unix.O_NONBLOCK

// tryLock locks an open file unless another program has locked it. Closing the file unlocks it.
func tryLock(file *os.File) (bool, error) {
	for {
		switch err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return false, nil
		case err != nil:
			return false, &os.PathError{Op: "flock", Path: file.Name(), Err: err}
		default:
			return true, nil
		}
	}
}

// isLeased reports whether a file could not be opened because another program, such as a file
// server, has a lease on it and was asked to give that up.
func isLeased(err error) bool { return errors.Is(err, unix.EWOULDBLOCK) }

// writableFolder returns an error if files cannot be created in a folder.
func writableFolder(name string, folder *os.File) error {
	info, err := folder.Stat()
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o222 == 0 {
		return fmt.Errorf("the folder %s is %w", name, ErrReadOnly)
	}
	err = unix.Faccessat(int(folder.Fd()), ".", unix.W_OK|unix.X_OK, unix.AT_EACCESS)
	if err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return &os.PathError{Op: "access", Path: name, Err: err}
	}
	return nil
}
