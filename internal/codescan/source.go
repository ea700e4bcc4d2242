package codescan

import (
	"bytes"
	"errors"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	goscanner "go/scanner"
	"go/token"
	"path"
	"regexp"
	"strconv"

	"github.com/errlingo/errlingo/internal/diag"
)

// file is a parsed Go file.
type file struct {
	*entry
	tree    *ast.File
	tokens  *token.File
	lines   *diag.Lines
	imports []imported
	objects []*object // what it declares at package level, in order
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
func (e *entry) parse() {
	if e.src == nil || e.parsed != nil {
		return
	}
	f := &file{entry: e, lines: diag.NewLines(e.src)}
	e.parsed = f
	tokens := token.NewFileSet()
	tree, err := parser.ParseFile(tokens, e.name, e.src, parser.SkipObjectResolution|parser.ParseComments)
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

// faults returns the parser's errors as findings.
func (f *file) faults(err error) diag.List {
	var list goscanner.ErrorList
	if !errors.As(err, &list) {
		return diag.List{{File: f.name, Severity: diag.Error, Rule: RuleSyntax, Text: err.Error()}}
	}
	var found diag.List
	for _, e := range list {
		found = append(found, diag.Finding{
			File: f.name, Pos: f.lines.At(e.Pos.Offset), Severity: diag.Error, Rule: RuleSyntax, Text: e.Msg,
			Hint: "codes are read from files that gofmt accepts",
		})
	}
	return found
}

// place returns where in the file the position is, whatever a line directive says.
func (f *file) place(pos token.Pos) Place {
	return Place{File: f.name, Pos: f.lines.At(f.tokens.Offset(pos))}
}

// packageName returns the name in the package clause, which is cheap to ask for even if the file is not parsed.
func (e *entry) packageName() string {
	if e.parsed != nil && e.parsed.tree != nil {
		return e.parsed.tree.Name.Name
	}
	tree, err := parser.ParseFile(token.NewFileSet(), e.name, e.src, parser.PackageClauseOnly|parser.SkipObjectResolution)
	if err != nil {
		return ""
	}
	return tree.Name.Name
}

// isIgnored reports whether the build constraint of the source excludes it unless somebody sets the tag "ignore", which
// by convention nobody does. See https://pkg.go.dev/cmd/go#hdr-Build_constraints.
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

// header yields the line comments that stand in front of the package clause.
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

// satisfiable reports whether some choice of the tags other than "ignore" gives the expression the value.
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
