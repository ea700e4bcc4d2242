package vet

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Args reports arguments that a code's texts lack, and those that New and Wrap leave out.
var Args = analyzer("codeargs", `check the arguments of a code's New and Wrap

A text that lacks an argument is not shown to readers. A second argument for a param, and one for
a param that the code doesn't have, are left out. Reported are calls of New and Wrap, calls of
functions that pass their arguments on to these, and codes that are returned as errors although
their texts need arguments.`, false, checkArgs)

func checkArgs(c *checker) {
	for node := range c.syntax.PreorderSeq((*ast.CallExpr)(nil)) {
		call := node.(*ast.CallExpr)
		if _, ok := isNew(c.TypesInfo, call); ok {
			fixed := 0
			if catalogCall(c.TypesInfo, call) == "Code.Wrap" {
				fixed = 1
			}
			c.arguments(call, c.code(receiver(call)), fixed)
		} else if h := c.helpers[c.callee(call)]; h != nil {
			code := h.Code
			if code == nil && h.At < len(call.Args) {
				code = c.code(call.Args[h.At])
			}
			fn := c.callee(call).(*types.Func)
			c.arguments(call, code, fn.Signature().Params().Len()-1)
		}
	}
	for cur := range c.syntax.Root().Preorder((*ast.ReturnStmt)(nil)) {
		for fn := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
			c.bare(cur.Node().(*ast.ReturnStmt), c.results(fn.Node()))
			break
		}
	}
}

// arguments checks the arguments of a call after the fixed ones. Nothing is known about an argument
// that isn't a call of a param's Arg.
func (c *checker) arguments(call *ast.CallExpr, code *code, fixed int) {
	if code == nil || len(call.Args) < fixed {
		return
	}
	args, complete := call.Args[fixed:], true
	if call.Ellipsis.IsValid() {
		lit, ok := c.literal(args[0])
		if !ok {
			return
		}
		args = lit.Elts
	}
	given := map[int]bool{}
	for _, arg := range args {
		p := c.argument(arg)
		if p == nil {
			complete = false
			continue
		}
		switch i := code.takes(p); {
		case i < 0:
			c.ReportRangef(arg, "code %s has no param %s of the kind %s; "+
				"leave the argument out, or add the param to the code's Params", code.Name, p.Name, p.Kind)
		case given[i]:
			c.ReportRangef(arg, "code %s is given a second argument for the param %s; "+
				"only the first one counts", code.Name, p.Name)
		default:
			given[i] = true
		}
	}
	lacks := code.lacks(func(i int) bool { return given[i] })
	if complete && len(lacks) > 0 {
		c.ReportRangef(name(call), "code %s is given no argument for %s, which its texts show",
			code.Name, placeholders(lacks))
	}
}

// argument returns the param of an argument, or nil.
func (c *checker) argument(x ast.Expr) *param {
	if value := c.value(c.uses(x)); value != nil {
		x = value
	}
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || catalogCall(c.TypesInfo, call) != "Handle.Arg" {
		return nil
	}
	return c.param(receiver(call))
}

// bare reports codes that a function returns as errors and whose texts need arguments.
func (c *checker) bare(stmt *ast.ReturnStmt, results *types.Tuple) {
	if len(stmt.Results) != results.Len() {
		return
	}
	for i, x := range stmt.Results {
		code := c.code(x)
		if code == nil || !isErrorInterface(results.At(i).Type()) {
			continue
		}
		if lacks := code.lacks(func(int) bool { return false }); len(lacks) > 0 {
			c.ReportRangef(x, "code %s is returned without arguments for %s, which its texts show; "+
				"return what its New or Wrap returns", code.Name, placeholders(lacks))
		}
	}
}

// results returns the results of a function.
func (c *checker) results(fn ast.Node) *types.Tuple {
	if decl, ok := fn.(*ast.FuncDecl); ok {
		return c.TypesInfo.Defs[decl.Name].(*types.Func).Signature().Results()
	}
	return c.TypesInfo.TypeOf(fn.(*ast.FuncLit)).(*types.Signature).Results()
}

// name returns the name of the function in a call.
func name(call *ast.CallExpr) ast.Expr {
	if s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return s.Sel
	}
	return call.Fun
}

// placeholders returns the names as they are written in a text.
func placeholders(names []string) string {
	for i, name := range names {
		names[i] = fmt.Sprintf("{{.%s}}", name)
	}
	return strings.Join(names, ", ")
}
