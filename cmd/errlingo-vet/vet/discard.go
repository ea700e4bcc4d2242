package vet

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// Discard reports errors that are made and not used.
var Discard = analyzer("codediscard", `report calls of New, Wrap and With whose result is not used

Such a call only makes an error; nothing returns or logs it. The suggested fix returns the error, if
the statement is the last one in its block and the function has an error as its only result.`, false, checkDiscard)

func checkDiscard(c *checker) {
	for cur := range c.syntax.Root().Preorder((*ast.ExprStmt)(nil)) {
		stmt := cur.Node().(*ast.ExprStmt)
		call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
		if !ok {
			continue
		}
		switch name := catalogCall(c.TypesInfo, call); name {
		case "Code.New", "Code.Wrap", "Error.With":
			d := analysis.Diagnostic{Pos: stmt.Pos(), End: stmt.End(),
				Message: "the error is not used; return it"}
			if c.mayReturn(cur) {
				d.SuggestedFixes = []analysis.SuggestedFix{{
					Message:   "Return the error",
					TextEdits: []analysis.TextEdit{insert(stmt.Pos(), "return ")},
				}}
			}
			c.Report(d)
		}
	}
}

// mayReturn reports whether a return statement can take the place of the last statement in a block.
func (c *checker) mayReturn(cur inspector.Cursor) bool {
	if _, more := cur.NextSibling(); more {
		return false
	}
	if _, ok := cur.Parent().Node().(*ast.BlockStmt); !ok {
		return false
	}
	for fn := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		results := c.results(fn.Node())
		return results.Len() == 1 && isErrorInterface(results.At(0).Type())
	}
	return false
}
