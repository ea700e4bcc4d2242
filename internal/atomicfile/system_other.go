//go:build !windows && (!unix || aix)

package atomicfile

import (
	"errors"
	"os"
)

const nonblock = 0

// tryLock fails, since the system cannot lock a file for a single descriptor.
func tryLock(file *os.File) (bool, error) {
	return false, &os.PathError{Op: "lock", Path: file.Name(), Err: errors.ErrUnsupported}
}

func isLeased(error) bool { return false }

func writableFolder(string, *os.File) error { return nil }
