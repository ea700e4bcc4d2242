package localefile

import (
	"io/fs"
	"path"
	"strings"
)

// Find returns the paths of the locale files in the folder locales of the file system, or where there is none, at its
// root, sorted. Files whose names start with a dot are passed over. Whether a name is that of a language is for [TagOf] to
// say.
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
		if !e.IsDir() && strings.EqualFold(path.Ext(e.Name()), Ext) && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, path.Join(dir, e.Name()))
		}
	}
	return names, nil
}
