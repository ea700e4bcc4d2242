package codescan

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
)

// maxSource is how many bytes a Go file may have. It is more than a compiler takes in good time.
const maxSource = 32 << 20

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
// relative to root, and come in the order of their names. What cannot be read is skipped.
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

// catalogPath is the import path of the package whose functions declare codes. A package of the
// same name elsewhere is another one.
const catalogPath = "github.com/errlingo/errlingo/catalog"

// searcher reads files and looks for import paths in them. Each worker has one, so that the buffer
// is used again.
type searcher struct {
	tree    *tree
	catalog []byte
	module  []byte
	buf     []byte
	strings map[string]string // every name once, however many files have it
	errs    []error
}

func newSearcher(t *tree) *searcher {
	return &searcher{
		tree: t, catalog: []byte(catalogPath), module: []byte(t.mod.path),
		buf: make([]byte, 64<<10), strings: map[string]string{},
	}
}

// search reads all files of the tree and parses those that import package catalog.
func search(ctx context.Context, t *tree) error {
	var entries []*entry
	for _, f := range t.folders {
		entries = append(entries, f.entries...)
	}
	searchers := make([]*searcher, workers())
	for i := range searchers {
		searchers[i] = newSearcher(t)
	}
	err := each(ctx, len(entries), func(worker, i int) { searchers[worker].search(entries[i]) })
	for _, s := range searchers {
		t.errs = append(t.errs, s.errs...)
	}
	return errors.Join(append(t.errs, err)...)
}

func (r *searcher) search(e *entry) {
	src, ok := r.read(e)
	if !ok {
		return
	}
	e.size = int64(len(src))
	for path := range imports(src, r.module) {
		e.imports = append(e.imports, r.intern(path))
	}
	for path := range imports(src, r.catalog) {
		e.catalog = e.catalog || len(path) == len(r.catalog)
	}
	if e.catalog {
		e.load(bytes.Clone(src))
		e.parse(r.tree)
		return
	}
	r.note(e, src)
}

// intern returns the bytes as a string, the same one for the same bytes.
func (r *searcher) intern(b []byte) string {
	known, ok := r.strings[string(b)]
	if !ok {
		known = string(b)
		r.strings[known] = known
	}
	return known
}

// parse reads and parses the file, if that has not been done.
func (r *searcher) parse(e *entry) {
	if !e.loaded {
		if src, ok := r.read(e); ok {
			e.load(bytes.Clone(src))
		}
	}
	e.parse(r.tree)
}

// imports yields the strings of a source that start with the path and could be an import of it or
// of a package below.
func imports(src, path []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for at := 0; ; {
			i := bytes.Index(src[at:], path)
			if i < 0 {
				return
			}
			start := at + i
			at = start + len(path)
			if start == 0 || src[start-1] != '"' && src[start-1] != '`' {
				continue
			}
			n := bytes.IndexByte(src[at:], src[start-1])
			if n < 0 {
				return
			}
			if (n == 0 || src[at] == '/') && !yield(src[start:at+n]) {
				return
			}
		}
	}
}

// read returns the content of the file, valid until the next call.
func (r *searcher) read(e *entry) (src []byte, ok bool) {
	f, err := atomicfile.OpenFile(r.tree.path(e.name))
	if err != nil {
		r.errs = append(r.errs, err)
		return nil, false
	}
	defer f.Close()
	for n := 0; ; {
		if n == len(r.buf) {
			r.buf = slices.Grow(r.buf, n)[:2*n]
		}
		m, err := f.Read(r.buf[n:])
		n += m
		switch {
		case errors.Is(err, io.EOF):
			return r.buf[:n], true
		case n > maxSource:
			err = &fs.PathError{Op: "read", Path: f.Name(), Err: atomicfile.ErrTooLarge}
			fallthrough
		case err != nil:
			r.errs = append(r.errs, err)
			return nil, false
		}
	}
}

// follow parses the files that do not import package catalog but use domains and codes of packages
// that do, until no further package is found that passes them on.
func (s *scanner) follow(ctx context.Context) error {
	searchers := make([]*searcher, workers())
	for i := range searchers {
		searchers[i] = newSearcher(s.tree)
	}
	for followed := -1; followed < len(s.carriers); {
		followed = len(s.carriers)
		users := s.users()
		err := each(ctx, len(users), func(worker, i int) { searchers[worker].parse(users[i]) })
		for _, r := range searchers {
			err = errors.Join(append(r.errs, err)...)
		}
		if err != nil {
			return err
		}
		s.take(users)
	}
	return nil
}

// users returns the files that are not visited yet and could declare something in a domain or make
// an error of a code. A file knows a code by the name of its variable, and a domain in whatever way
// a package that it imports passes it on.
func (s *scanner) users() []*entry {
	reach := reach{scanner: s, known: map[*folder]bool{}}
	var users []*entry
	for _, f := range s.tree.folders {
		inside := s.carries(f)
		for _, e := range f.entries {
			if e.visited {
				continue
			}
			isCode := func(name string) bool { return s.codeVars[name] }
			isCarrier := func(path string) bool { return s.carriers[path] }
			if e.declares && (inside || reach.any(e.imports)) ||
				slices.ContainsFunc(e.makes, isCode) && (inside || slices.ContainsFunc(e.imports, isCarrier)) {
				users = append(users, e)
			}
		}
	}
	return users
}

func (s *scanner) carries(f *folder) bool { return s.carriers[s.tree.mod.importPath(f.dir)] }

// reach tells which packages import one that holds a domain or a code, directly or through others.
type reach struct {
	*scanner
	known map[*folder]bool // false also for those whose imports are being looked at
}

func (r *reach) any(paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		f := r.folders[path]
		return f != nil && r.from(f)
	})
}

func (r *reach) from(f *folder) bool {
	known, ok := r.known[f]
	if ok {
		return known
	}
	r.known[f] = false
	imports := func(e *entry) bool { return r.any(e.imports) }
	found := r.carries(f) || slices.ContainsFunc(f.entries, imports)
	r.known[f] = found
	return found
}

// note notes which methods the file calls that could be those of a domain or of a code.
func (r *searcher) note(e *entry, src []byte) {
	for at := 0; ; {
		i := bytes.IndexByte(src[at:], '(')
		if i < 0 {
			return
		}
		at += i + 1
		switch method := src[:at-1]; {
		case bytes.HasSuffix(method, []byte("Define")), bytes.HasSuffix(method, []byte("Label")):
			e.declares = true
		case bytes.HasSuffix(method, []byte("New")):
			e.makes = r.noteReceiver(e.makes, method[:len(method)-len("New")])
		case bytes.HasSuffix(method, []byte("Wrap")):
			e.makes = r.noteReceiver(e.makes, method[:len(method)-len("Wrap")])
		}
	}
}

// noteReceiver adds the variable at the end of the source, "base.Code." for instance, to the list.
func (r *searcher) noteReceiver(list []string, src []byte) []string {
	src, ok := bytes.CutSuffix(bytes.TrimRight(src, " \t\r\n"), []byte("."))
	if !ok {
		return list
	}
	start := len(src)
	for start > 0 && isIdent(src[start-1]) {
		start--
	}
	name := r.intern(src[start:])
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

// isIdent reports whether the byte can be part of an identifier, as every byte of a letter beyond
// ASCII can.
func isIdent(c byte) bool {
	return c == '_' || c >= 0x80 ||
		'0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
