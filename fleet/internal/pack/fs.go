package pack

import (
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// FS returns the locale files, which are at the root, for Bundle.Override and errlingo.Load.
func (p *Pack) FS() fs.FS { return tree(p.files) }

// tree is a file system with files at its root only.
type tree []file

// Open implements [fs.FS].
func (t tree) Open(name string) (fs.File, error) {
	if name == "." {
		return &openDir{entries: t.entries()}, nil
	}
	i := slices.IndexFunc(t, func(f file) bool { return f.name == name })
	if i < 0 {
		err := fs.ErrNotExist
		if !fs.ValidPath(name) {
			err = fs.ErrInvalid
		}
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{info{t[i].name, len(t[i].text)}, strings.NewReader(t[i].text)}, nil
}

func (t tree) entries() []fs.DirEntry {
	all := make([]fs.DirEntry, len(t))
	for i, f := range t {
		all[i] = fs.FileInfoToDirEntry(info{f.name, len(f.text)})
	}
	return all
}

// info describes a file, or the root.
type info struct {
	name string
	size int
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return int64(i.size) }
func (i info) IsDir() bool        { return i.name == "." }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	if i.IsDir() {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	info
	*strings.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Size() int64                { return f.info.Size() } // Both parts have it.
func (f *openFile) Close() error               { return nil }

type openDir struct {
	entries []fs.DirEntry // those that were not read yet
}

func (d *openDir) Stat() (fs.FileInfo, error) { return info{name: "."}, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: ".", Err: fs.ErrInvalid}
}

// ReadDir implements [fs.ReadDirFile].
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.entries) {
		if n > 0 && len(d.entries) == 0 {
			return nil, io.EOF
		}
		n = len(d.entries)
	}
	next := d.entries[:n]
	d.entries = d.entries[n:]
	return next, nil
}
