// Package vet has the analyzers of errlingo-vet, for drivers of
// [golang.org/x/tools/go/analysis]. They know a code by its declaration, in this package or in an
// imported one, and stay silent about what can't be known without running the program.
package vet

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// Analyzers returns all analyzers, in a new slice.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{Args, Compare, Deprecated, Discard, Leak, Unlisted}
}

// Without returns the analyzers except those with the names. A name that no analyzer has is an
// error.
func Without(names ...string) ([]*analysis.Analyzer, error) {
	all := Analyzers()
	for _, name := range names {
		i := slices.IndexFunc(all, func(a *analysis.Analyzer) bool { return a.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no analyzer %q; docs/vet.md lists their names", name)
		}
		all = slices.Delete(all, i, i+1)
	}
	return all, nil
}

// analyzer returns an analyzer that calls check for each package of a program with codes. It says
// nothing about test files, which make wrong errors on purpose, unless the rule is inTests too.
func analyzer(name, doc string, inTests bool, check func(*checker)) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: name, Doc: doc,
		URL:      "https://github.com/errlingo/errlingo/blob/main/docs/vet.md#" + name,
		Requires: []*analysis.Analyzer{declared, inspect.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			d := pass.ResultOf[declared].(*declarations)
			if len(d.codes) == 0 {
				return nil, nil
			}
			report := pass.Report
			pass.Report = func(d analysis.Diagnostic) {
				if (inTests || !isTest(pass.Fset, d.Pos)) && !isIgnored(pass, d.Pos) {
					report(d)
				}
			}
			check(&checker{pass, d, pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)})
			return nil, nil
		},
	}
}

// isTest reports whether a position is in a test file.
func isTest(files *token.FileSet, at token.Pos) bool {
	return strings.HasSuffix(files.File(at).Name(), "_test.go")
}

// ignore is how a comment begins that says why a finding on its line or the next one is wrong.
// Extract has the same one.
const ignore = "//errlingo:ignore "

// isIgnored reports whether a comment says why findings at a position are wrong.
func isIgnored(pass *analysis.Pass, at token.Pos) bool {
	line := pass.Fset.Position(at).Line
	for _, group := range fileAt(pass, at).Comments {
		for _, comment := range group.List {
			here := pass.Fset.Position(comment.Pos()).Line
			if (here == line || here == line-1) && strings.HasPrefix(comment.Text, ignore) {
				return true
			}
		}
	}
	return false
}

// fileAt returns the file that has a position.
func fileAt(pass *analysis.Pass, at token.Pos) *ast.File {
	i := slices.IndexFunc(pass.Files, func(f *ast.File) bool {
		return f.FileStart <= at && at <= f.FileEnd
	})
	return pass.Files[i]
}

// checker is what the rules work on: a package and the declarations that it can refer to.
type checker struct {
	*analysis.Pass
	*declarations
	syntax *inspector.Inspector
}

// source returns the text of an expression.
func (c *checker) source(n ast.Node) string {
	file := c.Fset.File(n.Pos())
	src, err := c.ReadFile(file.Name())
	if err != nil || file.Offset(n.End()) > len(src) {
		return types.ExprString(n.(ast.Expr))
	}
	return string(src[file.Offset(n.Pos()):file.Offset(n.End())])
}

const catalogPath = "github.com/errlingo/errlingo/catalog"

// is reports whether a type is that of package catalog with the name, which may start with a star.
func is(t types.Type, name string) bool {
	name, pointer := strings.CutPrefix(name, "*")
	if pointer {
		p, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			return false
		}
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && inCatalog(named.Obj())
}

func inCatalog(o types.Object) bool { return o.Pkg() != nil && o.Pkg().Path() == catalogPath }

// catalogCall returns the name of the function or method of package catalog that is called, such as
// "String" or "Code.New", or "".
func catalogCall(info *types.Info, call *ast.CallExpr) string {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || !inCatalog(fn) {
		return ""
	}
	if fn.Signature().Recv() == nil {
		return fn.Name()
	}
	t := fn.Signature().Recv().Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Name() + "." + fn.Name()
	}
	return ""
}

// isNew reports whether the expression is a call of a code's New or Wrap, and returns it.
func isNew(info *types.Info, x ast.Expr) (*ast.CallExpr, bool) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nil, false
	}
	name := catalogCall(info, call)
	return call, name == "Code.New" || name == "Code.Wrap"
}

// isErrorsIs reports whether a call is one of errors.Is.
func isErrorsIs(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.FullName() == "errors.Is"
}

// receiver returns the expression before the dot of a method's call, or nil.
func receiver(call *ast.CallExpr) ast.Expr {
	if s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return s.X
	}
	return nil
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// isErrorInterface reports whether values of the type are errors of any kind.
func isErrorInterface(t types.Type) bool {
	return t != nil && types.IsInterface(t) && types.Implements(t, errorType)
}
