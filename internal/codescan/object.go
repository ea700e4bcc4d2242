package codescan

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// object is a declaration at package level.
type object struct {
	file  *file
	name  *ast.Ident
	tok   token.Token // CONST, VAR, TYPE or FUNC
	value ast.Expr    // of a constant or variable; nil where it has none of its own
	typ   ast.Expr
	iota  int64
	doc   string

	locals *locals // of the value

	busy   bool // it is being evaluated
	folded bool // val and stop are known
	val    constant.Value
	stop   *obstacle
}

// pkg finds the declarations of the package in a folder.
type pkg struct {
	name     string // empty until it is asked for
	objects  map[string][]*object
	searched map[string]bool // names that all files of the folder have been searched for
}

// declare notes what the file declares at package level.
func (f *file) declare() {
	for _, decl := range f.tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				f.objects = append(f.objects, &object{file: f, name: decl.Name, tok: token.FUNC})
			}
		case *ast.GenDecl:
			eachName(decl, func(o object) {
				o.file = f
				f.objects = append(f.objects, &o)
			})
		}
	}
}

// eachName calls add for every name that the declaration declares. A constant without a value has that of the one before
// it (https://go.dev/ref/spec#Constant_declarations).
func eachName(decl *ast.GenDecl, add func(object)) {
	var last *ast.ValueSpec
	for i, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			add(object{name: spec.Name, tok: token.TYPE, typ: spec.Type})
		case *ast.ValueSpec:
			source := spec
			if decl.Tok == token.CONST && spec.Values == nil && spec.Type == nil && last != nil {
				source = last
			}
			last = source
			for j, name := range spec.Names {
				o := object{name: name, tok: decl.Tok, typ: source.Type, iota: int64(i), doc: docOf(name.Name, spec, decl)}
				if len(source.Values) == len(spec.Names) || decl.Tok == token.CONST && j < len(source.Values) {
					o.value = source.Values[j]
				}
				add(o)
			}
		}
	}
}

// docOf returns the comment on a variable. In front of a comment, "Name: " is for those who read Go; without it the rest
// is a sentence of its own.
func docOf(name string, spec *ast.ValueSpec, decl *ast.GenDecl) string {
	comment := spec.Doc
	if comment == nil && !decl.Lparen.IsValid() {
		comment = decl.Doc
	}
	if comment == nil {
		comment = spec.Comment
	}
	text := strings.TrimSpace(comment.Text())
	rest, ok := strings.CutPrefix(text, name+": ")
	if !ok {
		return text
	}
	rest = strings.TrimSpace(rest)
	first, size := utf8.DecodeRuneInString(rest)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + rest[size:]
}

// lookup returns the declarations of the name in the package that is called pkgName: more than one, if files for different
// systems each have their own. Files of the folder that are not parsed yet are, if they contain the name.
func (s *scanner) lookup(f *folder, name, pkgName string) []*object {
	if found := f.declared(name, pkgName); len(found) > 0 || f.pkg.searched[name] {
		return found
	}
	for _, e := range f.entries {
		s.load(e)
		if e.parsed == nil && bytes.Contains(e.src, []byte(name)) {
			s.parse(e)
		}
	}
	if f.pkg.searched == nil {
		f.pkg.searched = map[string]bool{}
	}
	f.pkg.searched[name] = true
	return f.declared(name, pkgName)
}

// declared returns the declarations of the name in files that are parsed.
func (f *folder) declared(name, pkgName string) []*object {
	var found []*object
	for _, o := range f.pkg.objects[name] {
		if o.file.tree.Name.Name == pkgName {
			found = append(found, o)
		}
	}
	return found
}

// packageName returns the name that importers of the folder's package use.
func (s *scanner) packageName(f *folder) string {
	if f.pkg.name != "" {
		return f.pkg.name
	}
	for _, e := range f.entries {
		s.load(e)
		if e.src == nil {
			continue
		}
		if name := e.packageName(); f.pkg.name == "" || f.pkg.name == "main" && name != "" {
			f.pkg.name = name
		}
		if f.pkg.name != "" && f.pkg.name != "main" {
			break
		}
	}
	return f.pkg.name
}

// add makes the declarations of a parsed file known to its package.
func (s *scanner) add(f *file) {
	if f.known {
		return
	}
	f.known = true
	if f.syntax != nil {
		s.result.Syntax = append(s.result.Syntax, f.syntax...)
		return
	}
	if f.folder.pkg.objects == nil {
		f.folder.pkg.objects = map[string][]*object{}
	}
	for _, o := range f.objects {
		if name := o.name.Name; name != "_" {
			f.folder.pkg.objects[name] = append(f.folder.pkg.objects[name], o)
		}
	}
	s.result.Parsed++
}

// load reads a file, if it has not been kept.
func (s *scanner) load(e *entry) {
	if e.loaded {
		return
	}
	e.loaded = true // once, even if it cannot be read; the reader keeps the error
	if src, ok := s.reader.read(e); ok {
		e.load(bytes.Clone(src))
	}
}

// parse parses a file that was not a hit.
func (s *scanner) parse(e *entry) {
	if e.parsed != nil || e.src == nil {
		return
	}
	e.parse()
	s.add(e.parsed)
}
