package errlingo_test

import (
	"io/fs"
	"testing/fstest"
)

// changing is a file system with one German file whose content may change between two reads.
type changing struct{ content func() string }

func (c changing) now() fs.FS {
	return fstest.MapFS{"de.toml": {Data: []byte(c.content())}}
}

func (c changing) Open(name string) (fs.File, error)          { return c.now().Open(name) }
func (c changing) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(c.now(), name) }
