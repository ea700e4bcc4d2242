package codescan

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/constant"
	"go/parser"
	goscanner "go/scanner"
	"go/token"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// file is a parsed Go file.
type file struct {
	*entry
	shown   string // its name as the reader would type it
	tree    *ast.File
	tokens  *token.File
	lines   *diag.Lines
	imports []imported
	named   map[string]string // the import paths by package name; nil until it is asked for
	ignores map[int]string    // the reasons of the comments //errlingo:ignore, by line
	folded  int               // bytes of strings that were put together
	texts   int               // bytes of texts that were read
	changes map[target]token.Pos
	objects []*object // what it declares at package level, in order
	methods []method
	syntax  diag.List // what is wrong with it; then the rest is empty
}

// imported is one import of a file.
type imported struct {
	name string // the name that the file gives it; empty where it gives none
	path string
}

// load keeps the source of the file, unless the file is not part of the program.
func (e *entry) load(src []byte) {
	e.loaded = true
	if !isIgnored(src) {
		e.src = src
	}
}

// parse parses the source that is kept.
func (e *entry) parse(t *tree) {
	if e.src == nil || e.parsed != nil {
		return
	}
	if len(e.src) > maxParsed || hasMoreTokens(e.src, maxTokens) {
		e.refuse(t, fmt.Sprintf("it has more than %d MiB or %d tokens", maxParsed>>20, maxTokens))
		return
	}
	f := &file{entry: e, shown: t.name(e.name), lines: diag.NewLines(e.src)}
	e.parsed = f
	tokens := token.NewFileSet()
	tree, err := parser.ParseFile(tokens, e.name, e.src,
		parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		f.syntax = f.faults(err)
		return
	}
	f.tree, f.tokens = tree, tokens.File(tree.FileStart)
	for _, spec := range tree.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser lets none such through
		}
		i := imported{path: path}
		if spec.Name != nil {
			i.name = spec.Name.Name
		}
		f.imports = append(f.imports, i)
	}
	f.declare()
}

// refuse makes a file one that does not parse.
func (e *entry) refuse(t *tree, why string) {
	f := &file{entry: e, shown: t.name(e.name)}
	f.syntax = diag.List{ruleSyntax.At(f.shown, diag.Pos{}, "the file is too large to be read: "+why,
		"divide it, or declare codes elsewhere")}
	e.parsed, e.src = f, nil
}

// hasMoreTokens reports whether a source has more tokens than the limit. Its syntax tree takes
// about 200 bytes for each.
func hasMoreTokens(src []byte, limit int) bool {
	if len(src) < limit {
		return false
	}
	var s goscanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(src)), src, nil, 0)
	for range limit {
		if _, tok, _ := s.Scan(); tok == token.EOF {
			return false
		}
	}
	return true
}

// ignoreDirective is how a comment begins that says that a method is not that of a domain.
const ignoreDirective = "//errlingo:ignore"

// ignored returns the reason that a comment gives on one of the lines, or on the line above them.
func (f *file) ignored(lines ...int) (reason string, ok bool) {
	if f.ignores == nil {
		f.ignores = map[int]string{}
		for _, group := range f.tree.Comments {
			for _, c := range group.List {
				if reason, ok := strings.CutPrefix(c.Text, ignoreDirective); ok &&
					(reason == "" || reason[0] == ' ' || reason[0] == '\t') {
					f.ignores[f.place(c.Pos()).Line] = strings.TrimSpace(reason)
				}
			}
		}
	}
	for _, line := range lines {
		for _, at := range [...]int{line, line - 1} {
			if reason, ok = f.ignores[at]; ok {
				return reason, true
			}
		}
	}
	return "", false
}

// faults returns the parser's errors as findings.
func (f *file) faults(err error) diag.List {
	var list goscanner.ErrorList
	if !errors.As(err, &list) {
		return diag.List{ruleSyntax.At(f.shown, diag.Pos{}, err.Error(), "")}
	}
	var found diag.List
	for _, e := range list {
		found = append(found, ruleSyntax.At(f.shown, f.lines.At(e.Pos.Offset), e.Msg,
			"fix the syntax; codes are read from files that gofmt accepts"))
	}
	return found
}

// place returns where in the file the position is, whatever a line directive says.
func (f *file) place(pos token.Pos) model.Place {
	return model.Place{File: f.shown, Pos: f.lines.At(f.tokens.Offset(pos))}
}

// packageName returns the name in the package clause, which is cheap to ask for even if the file is
// not parsed.
func (e *entry) packageName() string {
	if e.parsed != nil && e.parsed.tree != nil {
		return e.parsed.tree.Name.Name
	}
	tree, err := parser.ParseFile(token.NewFileSet(), e.name, e.src,
		parser.PackageClauseOnly|parser.SkipObjectResolution)
	if err != nil {
		return ""
	}
	return tree.Name.Name
}

// isIgnored reports whether the build constraint of the source excludes it unless somebody sets the
// tag "ignore", which by convention nobody does. See
// https://pkg.go.dev/cmd/go#hdr-Build_constraints.
func isIgnored(src []byte) bool {
	for line := range header(src) {
		if !constraint.IsGoBuild(line) {
			continue
		}
		x, err := constraint.Parse(line)
		return err == nil && !satisfiable(x, true)
	}
	return false
}

// header yields the line comments in front of the package clause.
func header(src []byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		src = bytes.TrimPrefix(src, []byte("\uFEFF"))
		for len(src) > 0 {
			src = bytes.TrimLeft(src, " \t\r\n")
			end := []byte("\n")
			switch {
			case bytes.HasPrefix(src, []byte("/*")):
				end = []byte("*/")
			case !bytes.HasPrefix(src, []byte("//")):
				return
			}
			comment, rest, _ := bytes.Cut(src, end)
			if end[0] == '\n' && !yield(string(bytes.TrimRight(comment, "\r"))) {
				return
			}
			src = rest
		}
	}
}

// satisfiable reports whether some choice of the tags other than "ignore" gives the expression the
// value.
func satisfiable(x constraint.Expr, value bool) bool {
	switch x := x.(type) {
	case *constraint.TagExpr:
		return x.Tag != "ignore" || !value
	case *constraint.NotExpr:
		return satisfiable(x.X, !value)
	case *constraint.AndExpr:
		if value {
			return satisfiable(x.X, true) && satisfiable(x.Y, true)
		}
		return satisfiable(x.X, false) || satisfiable(x.Y, false)
	case *constraint.OrExpr:
		if value {
			return satisfiable(x.X, true) || satisfiable(x.Y, true)
		}
		return satisfiable(x.X, false) && satisfiable(x.Y, false)
	}
	return true
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// usualName returns the name that the package of an import path most likely has.
func usualName(importPath string) string {
	name := path.Base(importPath)
	if majorVersion.MatchString(name) {
		name = path.Base(path.Dir(importPath))
	}
	return name
}

// object is a declaration at package level.
type object struct {
	file  *file
	name  *ast.Ident
	tok   token.Token // CONST, VAR, TYPE or FUNC
	value ast.Expr    // of a constant or variable; nil where it has none of its own
	from  origin      // of a variable that has no value of its own
	typ   ast.Expr    // of a type: what it is made from; of a function: its signature
	iota  int64
	doc   string

	alias   bool // of a type: it is another name of what it is made from
	generic bool // of a type: it has type parameters

	locals *locals // of the value

	evaluated bool // meaning and why are known
	meaning   meaning
	why       *obstacle

	typed  bool // typeIs and isType are known
	typeIs typ
	isType bool
	holds  map[string]verdict // of a type: by method

	checked bool        // changed is known
	changed model.Place // of a variable at package level: where it may get another value

	busy   bool // it is being evaluated
	folded bool // val and stop are known
	val    constant.Value
	stop   *obstacle
}

// method is a method and the name of the type that it is declared for.
type method struct {
	receiver string
	*object
}

// origin is what a variable gets its value from if it shares it with others.
type origin struct {
	expr      ast.Expr
	index, of int  // which of how many results, or of the variables of a range clause
	ranged    bool // it is the expression of a range clause
}

// pkg finds the declarations of the package in a folder.
type pkg struct {
	name     string // empty until it is asked for
	objects  map[string][]*object
	methods  map[string][]*object // by "Type.Method"
	searched map[string]bool      // names that all files of the folder have been searched for
}

// declare notes what the file declares at package level.
func (f *file) declare() {
	for _, decl := range f.tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			o := &object{file: f, name: decl.Name, tok: token.FUNC, typ: decl.Type}
			if decl.Recv == nil {
				f.objects = append(f.objects, o)
			} else if decl.Recv.NumFields() == 1 {
				f.methods = append(f.methods, method{embeddedName(decl.Recv.List[0].Type), o})
			}
		case *ast.GenDecl:
			eachName(decl, func(o object) {
				o.file = f
				f.objects = append(f.objects, &o)
			})
		}
	}
}

// eachName calls add for every name that the declaration declares. A constant without a value has
// that of the one before it (https://go.dev/ref/spec#Constant_declarations).
func eachName(decl *ast.GenDecl, add func(object)) {
	var last *ast.ValueSpec
	for i, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			add(object{name: spec.Name, tok: token.TYPE, typ: spec.Type, alias: spec.Assign.IsValid(),
				generic: spec.TypeParams != nil})
		case *ast.ValueSpec:
			source := spec
			if decl.Tok == token.CONST && spec.Values == nil && spec.Type == nil && last != nil {
				source = last
			}
			last = source
			for j, name := range spec.Names {
				o := object{name: name, tok: decl.Tok, typ: source.Type, iota: int64(i),
					doc: docOf(name.Name, spec, decl)}
				if len(source.Values) == len(spec.Names) || decl.Tok == token.CONST && j < len(source.Values) {
					o.value = source.Values[j]
				} else if len(source.Values) == 1 {
					o.from = origin{expr: source.Values[0], index: j, of: len(spec.Names)}
				}
				add(o)
			}
		}
	}
}

// docOf returns the comment on a variable, without the beginning that is for those who read Go.
func docOf(name string, spec *ast.ValueSpec, decl *ast.GenDecl) string {
	comment := spec.Doc
	if comment == nil && !decl.Lparen.IsValid() {
		comment = decl.Doc
	}
	if comment == nil {
		comment = spec.Comment
	}
	return withoutName(strings.TrimSpace(comment.Text()), name)
}

// nameVerb is what Go's doc comments have between the name of an error, a label or a phrase and
// what says something about it.
var nameVerb = regexp.MustCompile(`^(?::|\s+(?:` +
	`(?:is|was)\s+(?:returned|reported|raised|issued)\s+(?:if|when|whenever)|` +
	`(?:occurs|happens)\s+(?:if|when|whenever)|` +
	`(?:means|says|reports|indicates|signals)\s+that|means|` +
	`is|are))(?:\s+|$)`)

// withoutName makes a sentence of a doc comment that begins with the name of what it is about, such
// as "Nothing is left." of "SoldOut is returned if nothing is left." Anything else stays as it is.
func withoutName(doc, name string) string {
	rest, ok := strings.CutPrefix(doc, name)
	if !ok {
		return doc
	}
	verb := nameVerb.FindString(rest)
	said := rest[len(verb):]
	word, _, _ := strings.Cut(said, " ")
	switch {
	case verb == "", word == "not", word == "" && verb[0] != ':':
		return doc
	case strings.ToLower(word) != word: // a name, such as iPhone
		return said
	}
	first, size := utf8.DecodeRuneInString(said)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + said[size:]
}

// lookup returns the declarations of the name in the package that is called pkgName: more than one,
// if files for different systems each have their own. Files of the folder that are not parsed yet
// are, if they contain the name.
func (s *scanner) lookup(f *folder, name, pkgName string) []*object {
	if found := f.declared(name, pkgName); len(found) > 0 || f.pkg.searched[name] {
		return found
	}
	s.parseThose(f, name, name)
	return f.declared(name, pkgName)
}

// mostSearched is how many names the files of a folder are searched for. For more, all are parsed.
const mostSearched = 200

// parseThose parses those files of the folder that contain the word, once for each key.
func (s *scanner) parseThose(f *folder, key, word string) {
	if f.pkg.searched[key] {
		return
	}
	if f.pkg.searched == nil {
		f.pkg.searched = map[string]bool{}
	}
	f.pkg.searched[key] = true
	all := len(f.pkg.searched) >= mostSearched
	for _, e := range f.entries {
		s.load(e)
		if e.parsed == nil && (all || bytes.Contains(e.src, []byte(word))) {
			s.parse(e)
		}
	}
}

// forget drops the sources of files that are not parsed.
func (f *folder) forget() {
	for _, e := range f.entries {
		if e.parsed == nil && e.src != nil {
			e.src, e.loaded = nil, false
		}
	}
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
		f.folder.pkg.objects, f.folder.pkg.methods = map[string][]*object{}, map[string][]*object{}
	}
	for _, m := range f.methods {
		key := m.receiver + "." + m.name.Name
		f.folder.pkg.methods[key] = append(f.folder.pkg.methods[key], m.object)
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
	e.parse(s.tree)
	s.add(e.parsed)
}
