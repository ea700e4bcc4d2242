package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// Read returns the bytes of a file. It never waits for another program, so it refuses pipes and
// devices. The error is [fs.ErrNotExist] if there is no such file, [ErrNotRegular] for a folder, a
// symbolic link, a pipe or the like, [ErrNotFolder] if the file's folder is a link or a file, and
// [ErrTooLarge] if the file has more than limit bytes.
func (f *Folder) Read(name string, limit int) ([]byte, error) {
	in, err := f.openRegular(name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	return readAndClose(in, limit)
}

// OpenFile opens any regular file for reading, by a path as [os.Open] takes it. Use it rather than
// [os.Open] for files that somebody else may have put there. It follows symbolic links. Its errors
// are those of [Folder.Read], each as a [fs.PathError].
func OpenFile(path string) (*os.File, error) {
	in, err := openRegular(os.O_RDONLY,
		func() (fs.FileInfo, error) { return os.Stat(path) },
		func(flag int) (*os.File, error) { return os.OpenFile(path, flag, 0) })
	return in, withPath(path, err)
}

// ReadFile returns the bytes of a file that it opens as [OpenFile] does. The error is [ErrTooLarge]
// if the file has more than limit bytes.
func ReadFile(path string, limit int) ([]byte, error) {
	in, err := OpenFile(path)
	if err != nil {
		return nil, err
	}
	content, err := readAndClose(in, limit)
	return content, withPath(path, err)
}

func withPath(path string, err error) error {
	if _, has := errors.AsType[*fs.PathError](err); err == nil || has {
		return err
	}
	return &fs.PathError{Op: "read", Path: path, Err: err}
}

func readAndClose(in *os.File, limit int) ([]byte, error) {
	defer in.Close()
	content, err := readLimited(in, limit)
	if err == nil && len(content) > limit {
		return nil, fmt.Errorf("%w: it has more than %d bytes", ErrTooLarge, limit)
	}
	return content, err
}

// readLimited reads a file up to limit+1 bytes. The last of them tells that there are too many.
func readLimited(in *os.File, limit int) ([]byte, error) {
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(int(min(max(info.Size(), 0), int64(limit))) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(in, int64(limit)+1))
	return b.Bytes(), err
}

// openRegular opens a file that is neither a symbolic link nor in a folder that is one.
func (f *Folder) openRegular(name string, flag int) (*os.File, error) {
	return openRegular(flag,
		func() (fs.FileInfo, error) { return f.lstat(name) },
		func(flag int) (*os.File, error) { return f.open(name, flag) })
}

// lstat describes a file that is not in a folder behind a symbolic link.
func (f *Folder) lstat(name string) (fs.FileInfo, error) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		info, err := f.root.Lstat(dir)
		if err != nil {
			return nil, err
		}
		if err := checkFolder(dir, info); err != nil {
			return nil, err
		}
	}
	return f.root.Lstat(name)
}

func checkFolder(dir string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s is %w but a symbolic link", dir, ErrNotFolder)
	}
	return fmt.Errorf("%s is %w", dir, ErrNotFolder)
}

func checkRegular(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return fmt.Errorf("%w but a folder", ErrNotRegular)
	case mode&fs.ModeSymlink != 0:
		return fmt.Errorf("%w but a symbolic link", ErrNotRegular)
	case mode&fs.ModeNamedPipe != 0:
		return fmt.Errorf("%w but a pipe", ErrNotRegular)
	case mode&fs.ModeDevice != 0:
		return fmt.Errorf("%w but a device", ErrNotRegular)
	}
	return ErrNotRegular
}

// How often a file is opened again if another one takes its place meanwhile, and how long another
// program may keep it from being opened. Linux breaks a lease after 45 seconds, see fcntl(2).
const (
	maxOpens  = 100
	maxLeased = time.Minute / pause
)

// openRegular opens a regular file. The functions describe and open what is at its path.
//
// Opening a pipe or a device may wait for ever, or have an effect. So the file is described first,
// then opened without waiting, and what was opened must be the file that was described.
func openRegular(
	flag int, describe func() (fs.FileInfo, error), open func(flag int) (*os.File, error),
) (*os.File, error) {
	leased := 0
	for opens := 0; opens < maxOpens; {
		before, err := describe()
		if err == nil {
			err = checkRegular(before)
		}
		if err != nil {
			return nil, err
		}
		in, err := open(flag | nonblock)
		switch {
		case isLeased(err) && leased < int(maxLeased):
			leased++
			time.Sleep(pause)
			continue
		case errors.Is(err, fs.ErrNotExist): // The next description says so.
			opens++
			continue
		case err != nil:
			return nil, err
		}
		after, err := in.Stat()
		if err == nil && os.SameFile(before, after) && after.Mode().IsRegular() {
			return in, nil
		}
		if err := errors.Join(err, in.Close()); err != nil {
			return nil, err
		}
		opens++
	}
	return nil, ErrChanged
}
