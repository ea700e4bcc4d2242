package codescan

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/errlingo/errlingo/internal/diag"
)

// folder is one folder of the module that has Go files.
type folder struct {
	dir     string // slash-separated, relative to the module's root
	entries []*entry
	pkg     pkg
}

// entry is one Go file of a folder.
type entry struct {
	name    string // slash-separated, relative to the module's root
	folder  *folder
	size    int64
	catalog bool     // the import path of package catalog is in it
	imports []string // what is in it that looks like an import of the module's own packages

	declares bool // it calls something that is named like a method of a domain
	// the variables of which it calls something that is named like a method of a code
	makes []string

	loaded  bool   // src is known
	src     []byte // nil for a file that is left out
	parsed  *file  // nil until it is parsed
	known   bool   // what it declares is known to its package
	visited bool   // all that it declares has been evaluated
}

// tree is the module's files before any is read.
type tree struct {
	root     string
	display  func(string) string // nil for names as they are
	mod      *module
	folders  []*folder
	findings diag.List
	errs     []error
}

// list finds the Go files of the module. Folders and files come in the order of their names.
func (t *tree) list(ctx context.Context, dir string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	children, err := os.ReadDir(t.path(dir))
	if err != nil {
		t.errs = append(t.errs, err)
		return nil
	}
	if dir != "." && hasModule(children) {
		return nil
	}
	here := &folder{dir: dir}
	var below []string
	for _, child := range children {
		name := path.Join(dir, child.Name())
		switch {
		case child.IsDir():
			if !t.mod.passesOver(name) {
				below = append(below, name)
			}
		case isHidden(child.Name()), !isSource(child.Name()):
		case child.Type().IsRegular(), child.Type()&fs.ModeSymlink != 0 && t.follow(name):
			here.entries = append(here.entries, &entry{name: name, folder: here})
		}
	}
	if len(here.entries) > 0 {
		t.folders = append(t.folders, here)
	}
	for _, name := range below {
		if err := t.list(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// Folders calls visit for each folder of the module at root that belongs to it as the go command
// sees it, with Go files or without, until it returns false. Folders are slash-separated and
// relative to root, and come in the order of their names. What cannot be read is passed over.
func Folders(ctx context.Context, root string, visit func(dir string) bool) error {
	m, err := readModule(root)
	if err != nil {
		return err
	}
	return fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil || !entry.IsDir():
			return nil
		case name != "." &&
			(m.passesOver(name) || isModule(filepath.Join(root, filepath.FromSlash(name)))):
			return fs.SkipDir
		}
		if !visit(name) {
			return fs.SkipAll
		}
		return nil
	})
}

// isModule reports whether a folder is the root of a module.
func isModule(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil && !info.IsDir()
}

// passesOver reports whether the module's files do not include those below a folder, other than for
// a module in it.
func (m *module) passesOver(dir string) bool {
	base := path.Base(dir)
	return isHidden(base) || base == "vendor" || base == "testdata" || m.ignores(dir)
}

func isHidden(name string) bool { return name[0] == '.' || name[0] == '_' }

// name returns the name of a file as the reader would type it.
func (t *tree) name(file string) string {
	if t.display == nil {
		return file
	}
	return t.display(file)
}

func (t *tree) path(name string) string { return filepath.Join(t.root, filepath.FromSlash(name)) }

func isSource(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
}

func hasModule(children []fs.DirEntry) bool {
	for _, child := range children {
		if child.Name() == "go.mod" && !child.IsDir() {
			return true
		}
	}
	return false
}

// follow reports whether a symbolic link leads to a file of the module. A link to anywhere else is
// a finding, since the compiler would follow it.
func (t *tree) follow(name string) bool {
	leads := "does not lead to a file"
	if info, err := os.Stat(t.path(name)); err == nil {
		if !info.Mode().IsRegular() {
			return false
		}
		root, rootErr := realPath(t.root)
		target, err := realPath(t.path(name))
		if rel, relErr := filepath.Rel(root, target); errors.Join(rootErr, err, relErr) == nil &&
			filepath.IsLocal(rel) {
			return true
		}
		leads = "leads out of the module"
	}
	t.findings = append(t.findings, ruleLink.At(t.name(name), diag.Pos{},
		"the symbolic link "+leads+" and is not followed",
		"put the file itself into the module, if it declares codes"))
	return false
}

func realPath(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(name)
}

// each calls work for the numbers below n on all processors, each call with the number of the
// worker that makes it, and returns the error of the context, if that ends first.
func each(ctx context.Context, n int, work func(worker, i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for worker := range min(workers(), n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(worker, i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func workers() int { return runtime.GOMAXPROCS(0) }
