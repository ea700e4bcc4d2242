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

	declares bool     // it calls something that is named like a method of a domain
	makes    []string // the variables of which it calls something that is named like a method of a code

	loaded  bool   // src is known
	src     []byte // nil for a file that is left out
	parsed  *file  // nil until it is parsed
	known   bool   // what it declares is known to its package
	visited bool   // all that it declares has been evaluated
}

// tree is the module's files before any is read.
type tree struct {
	root     string
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
		switch hidden := child.Name()[0] == '.' || child.Name()[0] == '_'; {
		case hidden:
		case child.IsDir():
			if child.Name() != "vendor" && child.Name() != "testdata" && !t.mod.ignores(name) {
				below = append(below, name)
			}
		case !isSource(child.Name()):
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

// follow reports whether a symbolic link leads to a file of the module. A link to anywhere else is a finding, since the
// compiler would follow it.
func (t *tree) follow(name string) bool {
	leads := "leads to no file"
	if info, err := os.Stat(t.path(name)); err == nil {
		if !info.Mode().IsRegular() {
			return false
		}
		root, rootErr := realPath(t.root)
		target, err := realPath(t.path(name))
		if rel, relErr := filepath.Rel(root, target); errors.Join(rootErr, err, relErr) == nil && filepath.IsLocal(rel) {
			return true
		}
		leads = "leads out of the module"
	}
	t.findings = append(t.findings, diag.Finding{
		File: name, Severity: diag.Warning, Rule: RuleLink, Text: "the symbolic link " + leads + " and is not followed",
		Hint: "put the file itself into the module, if it declares codes",
	})
	return false
}

func realPath(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(name)
}

// each calls work for the numbers below n on all processors, each call with the number of the worker that makes it, and
// returns the error of the context, if that ends first.
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
