package codescan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/parser"
	goscanner "go/scanner"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
)

// How large a Go file may be. It is more than anybody writes. A file that declares nothing may be
// larger than one that is parsed.
const (
	maxSource  = 32 << 20 // bytes
	maxParsed  = 4 << 20  // bytes
	maxTokens  = 200_000
	maxImports = 10_000
	maxNames   = 1000 // that it selects and that are remembered
)

// folder is one folder that has Go files.
type folder struct {
	dir     string // slash-separated, relative to the module's root
	path    string // its import path
	own     bool   // it belongs to the module that is scanned, not to another one of the repository
	entries []*entry
	pkg     pkg
}

// entry is one Go file of a folder.
type entry struct {
	name    string // slash-separated, relative to the module's root
	folder  *folder
	size    int64
	catalog bool     // the import path of package catalog is in it
	imports []string // what it may import of modules that can have domains, see searcher.paths

	declares bool // it has the name of a function that declares something
	// the exported names that it selects, from a package or anything else; or it may select any
	selects    []string
	selectsAny bool
	makes      []string // the names that it selects New or Wrap from

	loaded  bool   // src is known
	src     []byte // nil for a file that is left out
	parsed  *file  // nil until it is parsed
	known   bool   // what it declares is known to its package
	visited bool   // all that it declares has been evaluated
}

// tree is the module's files before any is read.
type tree struct {
	root     string
	display  func(string) string                      // nil for names as they are
	visit    func(dir string, children []fs.DirEntry) // nil if nobody asks
	mod      *module
	folders  []*folder
	listed   map[string]bool // the folders that were looked at
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
	if t.visit != nil {
		t.visit(dir, children)
	}
	t.add(dir, children)
	for _, child := range children {
		name := path.Join(dir, child.Name())
		if !child.IsDir() || t.mod.passesOver(name) {
			continue
		}
		if err := t.list(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// add adds a folder of the module, if it has Go files.
func (t *tree) add(dir string, children []fs.DirEntry) {
	t.listed[dir] = true
	if f := t.folder(dir, children); f != nil {
		f.own, f.path = true, t.mod.importPath(dir)
		t.folders = append(t.folders, f)
	}
}

// folder returns the folder with its Go files, or nil if it has none.
func (t *tree) folder(dir string, children []fs.DirEntry) *folder {
	here := &folder{dir: dir}
	for _, child := range children {
		if child.IsDir() || isHidden(child.Name()) || !isSource(child.Name()) {
			continue
		}
		name := path.Join(dir, child.Name())
		if child.Type().IsRegular() || child.Type()&fs.ModeSymlink != 0 && t.follow(name) {
			here.entries = append(here.entries, &entry{name: name, folder: here})
		}
	}
	if len(here.entries) == 0 {
		return nil
	}
	return here
}

// addImported adds the folders that the module imports although "./..." leaves them out, such as
// one in a folder testdata, or one that is a symbolic link. It reports whether there are any.
func (t *tree) addImported() bool {
	known := len(t.folders)
	for _, f := range t.folders {
		for _, e := range f.entries {
			for _, path := range e.imports {
				dir, own, ok := t.mod.find(path)
				if !ok || !own || t.listed[dir] {
					continue
				}
				t.listed[dir] = true
				if children, err := os.ReadDir(t.path(dir)); err == nil && !t.isNested(dir) {
					t.add(dir, children)
				}
			}
		}
	}
	return len(t.folders) > known
}

// isNested reports whether a folder belongs to a module inside the module.
func (t *tree) isNested(dir string) bool {
	for ; dir != "."; dir = path.Dir(dir) {
		if isModule(t.path(dir)) {
			return true
		}
	}
	return false
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

// follow reports whether a symbolic link leads to a file, which the compiler would read, wherever
// it is. A link that the compiler could not follow is a finding; one to a folder means nothing to
// it.
func (t *tree) follow(name string) bool {
	info, err := os.Stat(t.path(name))
	if err == nil && (info.Mode().IsRegular() || info.IsDir()) {
		return !info.IsDir()
	}
	t.findings = append(t.findings, ruleLink.At(t.name(name), diag.Pos{},
		"the symbolic link does not lead to a file", "remove it, or put the file itself there"))
	return false
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
	paths   []string // of the modules whose imports matter
	buf     []byte
	strings map[string]string // every name once, however many files have it
	errs    []error
}

func newSearcher(t *tree) *searcher {
	r := &searcher{
		tree: t, paths: []string{t.mod.path, errlingoPath},
		buf: make([]byte, 64<<10), strings: map[string]string{},
	}
	for _, s := range t.mod.siblings {
		r.paths = append(r.paths, s.path)
	}
	for _, o := range t.mod.others {
		if o.kin {
			r.paths = append(r.paths, o.path)
		}
	}
	return r
}

// search reads all files of the tree and parses those that import package catalog.
func search(ctx context.Context, t *tree) error {
	searchers := make([]*searcher, workers())
	for i := range searchers {
		searchers[i] = newSearcher(t)
	}
	for searched := 0; ; {
		var entries []*entry
		for _, f := range t.folders[searched:] {
			entries = append(entries, f.entries...)
		}
		searched = len(t.folders)
		err := each(ctx, len(entries), func(worker, i int) { searchers[worker].search(entries[i]) })
		if err != nil || !t.addImported() {
			for _, s := range searchers {
				t.errs = append(t.errs, s.errs...)
			}
			return errors.Join(append(t.errs, err)...)
		}
	}
}

// importing returns how many files import package catalog.
func (t *tree) importing() (files int) {
	for _, f := range t.folders {
		for _, e := range f.entries {
			if e.catalog {
				files++
			}
		}
	}
	return files
}

func (r *searcher) search(e *entry) {
	src, ok := r.read(e)
	if !ok {
		return
	}
	e.size = int64(len(src))
	for path := range r.imports(beforeDecls(src)) {
		e.imports = append(e.imports, r.intern(path))
		e.catalog = e.catalog || string(path) == catalogPath
	}
	for _, name := range declaring {
		e.declares = e.declares || hasWord(src, name)
	}
	if e.catalog {
		e.load(bytes.Clone(src))
		e.parse(r.tree)
	}
	if len(e.imports) > maxImports {
		e.catalog = true
		e.refuse(r.tree, fmt.Sprintf("it has more than %d imports", maxImports))
	}
	// A file that imports none of these packages matters only if it makes errors of its own package's
	// codes.
	if len(e.imports) > 0 || hasWord(src, "New") || hasWord(src, "Wrap") {
		r.note(e, src)
	}
}

// beforeDecls returns the part of a source that can have imports: everything before its first
// declaration of another kind. Searching all of the source takes far longer. A later import is a
// syntax error, which matters only in a file that declares something, and those are all parsed.
func beforeDecls(src []byte) []byte {
	if len(src) > maxParsed {
		return src // A table of its lines would take much memory.
	}
	file := token.NewFileSet().AddFile("", -1, len(src))
	var s goscanner.Scanner
	s.Init(file, src, nil, 0)
	for {
		switch pos, tok, _ := s.Scan(); tok {
		case token.CONST, token.FUNC, token.TYPE, token.VAR, token.EOF:
			return src[:file.Offset(pos)]
		}
	}
}

// declaring are the functions that declare something.
var declaring = [...]string{"NewDomain", "Define", "Phrase", "Label"}

// hasWord reports whether the source has the name, not as a part of a longer one.
func hasWord(src []byte, name string) bool {
	for at := 0; ; {
		i := bytes.Index(src[at:], []byte(name))
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(name)
		if (start == 0 || !isIdent(src[start-1])) && (end == len(src) || !isIdent(src[end])) {
			return true
		}
		at = end
	}
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

// imports yields the strings of a source that could be imports of a package of the modules that
// matter.
func (r *searcher) imports(src []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for _, module := range r.paths {
			for path := range pathsBelow(src, []byte(module)) {
				if !yield(path) {
					return
				}
			}
		}
		if !hasEscape(src) {
			return
		}
		tree, _ := parser.ParseFile(token.NewFileSet(), "", src, parser.ImportsOnly)
		if tree == nil {
			return
		}
		for _, spec := range tree.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			below := func(module string) bool { return isBelow(path, module) }
			if strings.Contains(spec.Path.Value, `\`) && slices.ContainsFunc(r.paths, below) &&
				!yield([]byte(path)) {
				return
			}
		}
	}
}

// pathsBelow yields the strings of a source that start with the path and could be an import of it
// or of a package below.
func pathsBelow(src, path []byte) func(yield func([]byte) bool) {
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

// hasEscape reports whether the source has an escape that an import path can be written with.
func hasEscape(src []byte) bool {
	for {
		i := bytes.IndexByte(src, '\\')
		if i < 0 || i+1 == len(src) {
			return false
		}
		if c := src[i+1]; c == 'x' || c == 'u' || c == 'U' || '0' <= c && c <= '7' {
			return true
		}
		src = src[i+2:]
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
			r.grow(f)
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

// grow makes room in the full buffer for the rest of the file, and no more if its size is known.
func (r *searcher) grow(f *os.File) {
	n := len(r.buf)
	size := 2 * n
	if info, err := f.Stat(); err == nil && info.Size() >= int64(n) && info.Size() <= maxSource {
		size = int(info.Size()) + 1
	}
	larger := make([]byte, size)
	copy(larger, r.buf)
	r.buf = larger
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
	isCode := func(name string) bool { return s.codeVars[name] }
	isCarrier := func(path string) bool { return s.carriers[path] }
	var users []*entry
	for _, f := range s.tree.folders {
		inside := s.carriers[f.path]
		for _, e := range f.entries {
			makes := e.selectsAny || slices.ContainsFunc(e.makes, isCode)
			if !e.visited && (e.declares ||
				makes && (inside || slices.ContainsFunc(e.imports, isCarrier))) {
				users = append(users, e)
			}
		}
	}
	return users
}

// reaches reports whether a file of the folder imports package catalog, directly or through others.
func (s *scanner) reaches(f *folder) bool {
	known, ok := s.reaching[f]
	if ok {
		return known
	}
	s.reaching[f] = false // while its imports are looked at
	found := slices.ContainsFunc(f.entries, func(e *entry) bool {
		return slices.ContainsFunc(e.imports, func(path string) bool {
			if _, _, here := s.tree.mod.find(path); path == catalogPath || !here {
				return true
			}
			imported := s.folder(path)
			return imported != nil && s.reaches(imported)
		})
	})
	s.reaching[f] = found
	return found
}

// folder returns the folder of the package with the import path, or nil if its source is not in
// this repository.
func (s *scanner) folder(path string) *folder {
	f, ok := s.folders[path]
	if ok {
		return f
	}
	if dir, own, ok := s.tree.mod.find(path); ok && !own {
		if children, err := os.ReadDir(s.tree.path(dir)); err == nil {
			f = s.tree.folder(dir, children)
		}
	}
	if f != nil {
		f.path = path
		for _, e := range f.entries {
			if s.reader.search(e); e.parsed != nil {
				s.add(e.parsed)
			}
		}
	}
	s.folders[path] = f
	return f
}

// note notes what the source selects New and Wrap from and, if it imports a package that matters,
// the exported names that it selects.
func (r *searcher) note(e *entry, src []byte) {
	for at := 0; ; {
		i := bytes.IndexByte(src[at:], '.')
		if i < 0 {
			return
		}
		before := src[:at+i]
		at += i + 1
		rest := bytes.TrimLeft(src[at:], " \t\r\n")
		n := 0
		for n < len(rest) && isIdent(rest[n]) {
			n++
		}
		switch name := string(rest[:n]); {
		case name == "":
			// A comment may be in between, or it is an import by dot.
			e.selectsAny = e.selectsAny || len(rest) > 0 && bytes.IndexByte([]byte("/\"`"), rest[0]) >= 0
		case name == "New" || name == "Wrap":
			before = bytes.TrimRight(before, " \t\r\n")
			start := len(before)
			for start > 0 && isIdent(before[start-1]) {
				start--
			}
			e.makes = r.add(e.makes, before[start:])
		case len(e.imports) > 0 && (name[0] < 'a' || name[0] >= 0x80):
			e.selects = r.add(e.selects, rest[:n])
		}
		if len(e.makes)+len(e.selects) > maxNames {
			e.selectsAny = true
		}
		if e.selectsAny {
			return
		}
	}
}

// add adds a name to a list, once.
func (r *searcher) add(list []string, name []byte) []string {
	if slices.Contains(list, string(name)) {
		return list
	}
	return append(list, r.intern(name))
}

// isIdent reports whether the byte can be part of an identifier, as every byte of a letter beyond
// ASCII can.
func isIdent(c byte) bool {
	return c == '_' || c >= 0x80 ||
		'0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
