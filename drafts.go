package errlingo

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// Drafts returns the drafts in a folder of locale files, as locale files for a [Source]: a program
// that shows them to readers says so. Drafts are what the command extract draft has asked another
// program for, and nobody has read yet. Put them before the locale files, whose texts are then
// shown in place of drafts:
//
//	//go:embed *.toml _state
//	var files embed.FS
//
//	Sources: []errlingo.Source{
//		{Domain: shop.Domain, FS: errlingo.Drafts(files)},
//		{Domain: shop.Domain, FS: files},
//	},
//
// The folder is the root of the file system. A file _state/pl.draft is called pl.toml in the
// result. A folder without drafts has no files.
func Drafts(folder fs.FS) fs.FS { return drafts{folder} }

type drafts struct{ folder fs.FS }

const (
	stateDir  = "_state"
	draftExt  = ".draft"
	localeExt = ".toml"
)

// Open implements [fs.FS].
func (d drafts) Open(name string) (fs.File, error) {
	base, isFile := strings.CutSuffix(name, localeExt)
	switch {
	case name == ".":
		return d.folder.Open(stateDir)
	case !isFile || strings.Contains(name, "/"):
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return d.folder.Open(path.Join(stateDir, base+draftExt))
}

// ReadDir implements [fs.ReadDirFS].
func (d drafts) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	entries, err := fs.ReadDir(d.folder, stateDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // Nothing has been drafted, or all is taken over.
	} else if err != nil {
		return nil, err
	}
	var all []fs.DirEntry
	for _, e := range entries {
		if base, is := strings.CutSuffix(e.Name(), draftExt); is {
			all = append(all, draftEntry{e, base + localeExt})
		}
	}
	return all, nil
}

type draftEntry struct {
	fs.DirEntry
	name string
}

func (e draftEntry) Name() string { return e.name }
