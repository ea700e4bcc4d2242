package codescan

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
)

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
	f, err := os.Open(r.tree.path(e.name))
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

// reach tells which packages import one that holds a domain or a code, be it over others.
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
