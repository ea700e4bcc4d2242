package atomicfile

import (
	"errors"
	"os"
)

// ErrFull is the error of a disk without space.
var ErrFull = errors.New("no space left on device")

// full is a file on a disk that has space for a few bytes only.
type full struct{ file }

func (f full) Write(b []byte) (int, error) {
	n, _ := f.file.Write(b[:min(3, len(b))])
	return n, ErrFull
}

// unsynced is a file that cannot be synced to disk.
type unsynced struct{ file }

func (unsynced) Sync() error { return ErrFull }

// FillDisk makes every temporary file fail when it is written or, if late, when it is synced.
func (f *Folder) FillDisk(late bool) {
	f.create = func(name string) (file, error) {
		out, err := f.createTemp(name)
		if late {
			return unsynced{out}, err
		}
		return full{out}, err
	}
}

// Current reports whether the lock keeps other programs away.
func (l *Lock) Current() bool { return l.folder.isCurrent(l.file) }

// BeforeOpen calls do before each attempt to open a file, after it was described.
func (f *Folder) BeforeOpen(do func(name string)) {
	open := f.open
	f.open = func(name string, flag int) (*os.File, error) {
		do(name)
		return open(name, flag)
	}
}
