package codescan

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// FindModule returns the root folder and the path of the module that the folder belongs to: those
// of the nearest go.mod upward from it.
func FindModule(dir string) (root, path string, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		m, err := readModule(at)
		if err == nil {
			return at, m.path, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", "", err
		}
		if at == filepath.Dir(at) {
			return "", "", fmt.Errorf("no go.mod in %q or a folder above it", dir)
		}
	}
}

// maxModFile is how many bytes a go.mod may have.
const maxModFile = 1 << 20

// errlingoPath is the path of the module that package catalog is in.
const errlingoPath = "github.com/errlingo/errlingo"

// module is what a go.mod says about where its packages are, and those of other modules.
type module struct {
	path     string
	ignore   []string
	siblings []sibling // other modules of the repository, whose source is read when it is needed
	others   []other   // the other modules that it requires
}

// other is a module whose source is not read.
type other struct {
	path string
	kin  bool // it requires errlingo, or its go.mod cannot be found, so that it may
}

// sibling is a module whose source is in a folder that a replace directive or go.work names.
type sibling struct {
	path string
	dir  string // slash-separated, relative to the root of the module that is scanned
}

// readModule reads the go.mod in a folder. Only the directives module and ignore count here.
// Unknown directives, such as those of later Go versions, are not errors.
func readModule(root string) (module, error) {
	m, _, err := readModFile(filepath.Join(root, "go.mod"))
	return m, err
}

func readModFile(name string) (module, *modfile.File, error) {
	src, err := atomicfile.ReadFile(name, maxModFile)
	if err != nil {
		return module{}, nil, err
	}
	file, err := modfile.ParseLax(name, withoutMark(src), nil)
	if err != nil {
		return module{}, nil, err
	}
	if file.Module == nil || file.Module.Mod.Path == "" {
		return module{}, nil, fmt.Errorf("%s: there is no module line", name)
	}
	m := module{path: file.Module.Mod.Path}
	for _, ignore := range file.Ignore {
		m.ignore = append(m.ignore, strings.TrimSuffix(ignore.Path, "/"))
	}
	return m, file, nil
}

// ignores reports whether an ignore directive names the folder. A path that starts with "./" is one
// folder below the root, any other path is ignored at any depth. Callers do not ask about folders
// inside an ignored one.
func (m *module) ignores(dir string) bool {
	for _, pattern := range m.ignore {
		if rooted, ok := strings.CutPrefix(pattern, "./"); ok {
			if dir == rooted {
				return true
			}
		} else if dir == pattern || strings.HasSuffix(dir, "/"+pattern) {
			return true
		}
	}
	return false
}

// importPath returns the import path of the package in the folder, which is "." for the root.
func (m *module) importPath(dir string) string {
	if dir == "." {
		return m.path
	}
	return m.path + "/" + dir
}

// withoutMark returns a file without the byte order mark that some editors put at its beginning.
func withoutMark(src []byte) []byte { return bytes.TrimPrefix(src, []byte("\uFEFF")) }
