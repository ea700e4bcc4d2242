package codescan

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
)

// catalogPath is the import path of the package whose functions declare codes. A package of the same name elsewhere is
// another one.
const catalogPath = "github.com/errlingo/errlingo/catalog"

// searcher reads files and looks for import paths in them. Each worker has one, so that the buffer is used again.
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
		e.parse()
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
	e.parse()
}

// imports yields the strings of a source that start with the path and could be an import of it or of a package below.
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
