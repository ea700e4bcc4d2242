package localefile

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/errlingo/errlingo/internal/tomldoc"
)

// IsName reports whether a file of this name, which has no folder in it, is meant as a locale file.
// A file whose name begins with a dot or an underscore is not. Whether the name is that of a
// language is for [TagOf] to say.
func IsName(name string) bool {
	return strings.EqualFold(path.Ext(name), Ext) && !strings.HasPrefix(name, ".") &&
		!strings.HasPrefix(name, "_")
}

// Find returns the sorted paths of the locale files in the folder locales of the file system, or at
// its root if that folder does not exist. See [IsName].
func Find(fsys fs.FS) ([]string, error) {
	dir := "locales"
	if info, err := fs.Stat(fsys, dir); err != nil || !info.IsDir() {
		dir = "."
	}
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && IsName(e.Name()) {
			names = append(names, path.Join(dir, e.Name()))
		}
	}
	return names, nil
}

// ReadFile reads a file that [Find] found. Of one that is larger than any locale file may be it
// reads no more than [Read] needs to say so.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(int(min(max(info.Size(), 0), tomldoc.MaxSize)) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(f, tomldoc.MaxSize+1)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
