package codescan

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/errlingo/errlingo/internal/model"
)

// target is a variable at package level that a file changes.
type target struct {
	path   string // the import path of its package, or "" for the file's own
	name   string
	shared bool // only a list in it may be changed
}

// isShared reports whether the elements of a list in the variable may be changed through something
// else that has the list.
func (s *scanner) isShared(r referent) bool {
	if r.file == nil || r.tok != token.VAR {
		return r.shared
	}
	return s.findChange(r.object, true) != model.Place{}
}

// isChanged reports whether the variable may have another value than its first one: something
// assigns to it, or to a part of it, or takes its address.
func (s *scanner) isChanged(r referent) bool {
	if r.assigned || r.file == nil || r.tok != token.VAR || r.name.Name == "_" {
		return r.assigned
	}
	if !r.checked {
		r.checked = true
		r.changed = s.findChange(r.object, false)
	}
	return r.changed != model.Place{}
}

// findChange returns the first place where a file of the module changes the variable, or shares a
// list in it.
func (s *scanner) findChange(o *object, shared bool) model.Place {
	home, name := o.file.folder, o.name.Name
	s.parseThose(home, name, name)
	for _, e := range home.entries {
		if e.parsed == nil || e.parsed.tree == nil || e.parsed.tree.Name.Name != o.file.tree.Name.Name {
			continue
		}
		if pos, ok := s.changesOf(e.parsed)[target{"", name, shared}]; ok {
			return e.parsed.place(pos)
		}
	}
	if !ast.IsExported(name) {
		return model.Place{}
	}
	for _, e := range s.importers(home) {
		if e.selectsAny || slices.Contains(e.selects, name) {
			s.load(e)
			s.parse(e)
		}
		if e.parsed == nil || e.parsed.tree == nil {
			continue
		}
		if pos, ok := s.changesOf(e.parsed)[target{home.path, name, shared}]; ok {
			return e.parsed.place(pos)
		}
	}
	return model.Place{}
}

// importers returns the files of the module that import the folder's package.
func (s *scanner) importers(f *folder) []*entry {
	if s.importing == nil {
		s.importing = map[string][]*entry{}
		for _, f := range s.tree.folders {
			for _, e := range f.entries {
				for _, path := range e.imports {
					s.importing[path] = append(s.importing[path], e)
				}
			}
		}
	}
	return s.importing[f.path]
}

// changesOf returns the variables at package level that the file changes.
func (s *scanner) changesOf(f *file) map[target]token.Pos {
	if f.changes != nil {
		return f.changes
	}
	f.changes = map[target]token.Pos{}
	var c collector
	c.changed = func(x *ast.Ident, selected string, shared bool) {
		t := target{"", x.Name, shared}
		if path, ok := s.importOf(x, env{file: f}); ok {
			t = target{path, selected, shared}
		}
		if _, ok := f.changes[t]; !ok {
			f.changes[t] = x.Pos()
		}
		for _, i := range f.imports {
			if i.name == "." {
				f.changes[target{i.path, x.Name, shared}] = x.Pos()
			}
		}
	}
	for _, decl := range f.tree.Decls {
		c.locals = &locals{root: decl, known: true}
		ast.Inspect(decl, c.visit)
	}
	return f.changes
}
