package atomicfile

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// nonblock has no meaning on Windows, where folders contain no pipes.
const nonblock = 0

// tryLock locks an open file unless another program has locked it. Closing the file unlocks it.
func tryLock(file *os.File) (bool, error) {
	err := windows.LockFileEx(windows.Handle(file.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
		new(windows.Overlapped))
	switch {
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return false, nil
	case err != nil:
		return false, &os.PathError{Op: "LockFileEx", Path: file.Name(), Err: err}
	}
	return true, nil
}

func isLeased(error) bool { return false }

// writableFolder returns nil, since the mode of a folder does not tell what may be done in it.
func writableFolder(string, *os.File) error { return nil }
