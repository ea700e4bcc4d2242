package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// Check returns the error with which [Folder.Replace] or [Folder.Remove] would refuse the file now.
// It changes nothing, so a program that replaces several files can ask for all of them first.
//
// The error is [ErrChanged] if the file does not have the old bytes, which are nil for a file that
// does not exist, [ErrNotRegular] or [ErrNotFolder] if something else has the place of the file or
// its folder, [ErrReadOnly] if the file or a folder to be written to has no write permission for
// anybody, or the file system's.
func (f *Folder) Check(name string, old []byte) error {
	_, err := f.check(name, old)
	return err
}

// check returns the mode of a file that has the given bytes and may be replaced, and 0 if it
// neither exists nor should.
func (f *Folder) check(name string, old []byte) (fs.FileMode, error) {
	mode, err := f.checkFile(name, old)
	if err != nil {
		return 0, err
	}
	return mode, f.checkFolders(path.Dir(name))
}

func (f *Folder) checkFile(name string, old []byte) (fs.FileMode, error) {
	info, err := f.lstat(name)
	if err == nil {
		err = checkRegular(info)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && old == nil:
		return 0, nil
	case errors.Is(err, fs.ErrNotExist), err == nil && old == nil:
		return 0, ErrChanged
	case err != nil:
		return 0, err
	case info.Mode().Perm()&0o222 == 0: // Root may write it. The mode says that nobody should.
		return 0, fmt.Errorf("the file is %w", ErrReadOnly)
	}
	// Renaming needs no permission to write the file itself. Opening it for writing does.
	probe, err := f.openRegular(name, os.O_RDWR)
	if err != nil {
		return 0, err
	}
	defer probe.Close()
	now, err := readLimited(probe, len(old))
	if err == nil && !bytes.Equal(now, old) {
		err = ErrChanged
	}
	return info.Mode().Perm(), err
}

// checkFolders returns an error if files cannot be created and renamed in a folder inside the
// folder, or in the folder itself, where temporary files are. A folder that does not exist yet is
// created in the nearest one above it that does.
func (f *Folder) checkFolders(dir string) error {
	for ; dir != "."; dir = path.Dir(dir) {
		info, err := f.root.Lstat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = checkFolder(dir, info)
		}
		if err == nil {
			err = f.checkWritable(dir)
		}
		if err != nil {
			return err
		}
		break
	}
	return f.checkWritable(".")
}

func (f *Folder) checkWritable(dir string) error {
	opened, err := f.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(writableFolder(dir, opened), opened.Close())
}
