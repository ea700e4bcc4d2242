package vet

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// Deprecated reports errors with a code that is no longer issued.
var Deprecated = analyzer("codedeprecated", `report new errors with a deprecated code

A code with Spec.Deprecated is no longer issued. To recognize it, with errors.Is, is right, since
other programs may still send it. The suggested fix takes the code in ReplacedBy, if that has the
same params and is declared in the same package.`, false, checkDeprecated)

func checkDeprecated(c *checker) {
	for cur := range c.syntax.Root().Preorder((*ast.CallExpr)(nil), (*ast.ReturnStmt)(nil)) {
		switch node := cur.Node().(type) {
		case *ast.CallExpr:
			if _, ok := isNew(c.TypesInfo, node); ok && !c.isLost(cur) {
				c.deprecated(receiver(node))
			}
			if h := c.helpers[c.callee(node)]; h != nil && h.Code == nil && h.At < len(node.Args) {
				c.deprecated(node.Args[h.At])
			}
		case *ast.ReturnStmt:
			for _, x := range node.Results {
				c.deprecated(x)
			}
		}
	}
}

// isLost reports whether a new error is discarded, or compared with another one. Other analyzers
// report that, and their fixes would be in the same place.
func (c *checker) isLost(cur inspector.Cursor) bool {
	switch parent := cur.Parent().Node().(type) {
	case *ast.ExprStmt, *ast.BinaryExpr:
		return true
	case *ast.CallExpr:
		return isErrorsIs(c.TypesInfo, parent)
	}
	return false
}

// deprecated reports an expression that is a deprecated code.
func (c *checker) deprecated(x ast.Expr) {
	old := c.code(x)
	if old == nil || old.Deprecated == "" {
		return
	}
	d := analysis.Diagnostic{Pos: x.Pos(), End: x.End(),
		Message: "code " + old.Name + " is deprecated: " + old.Deprecated}
	object := c.uses(x)
	if c.codes[object] == old && old.ReplacedBy != "" {
		next := c.codes[object.Pkg().Scope().Lookup(old.ReplacedBy)]
		if next != nil && sameParams(old, next) {
			name := ast.Unparen(x)
			if s, ok := name.(*ast.SelectorExpr); ok {
				name = s.Sel
			}
			d.SuggestedFixes = []analysis.SuggestedFix{{
				Message:   "Use " + next.Name,
				TextEdits: []analysis.TextEdit{replace(name, old.ReplacedBy)},
			}}
		}
	}
	c.Report(d)
}

// sameParams reports whether two codes take the same arguments.
func sameParams(a, b *code) bool {
	for i := range a.Params {
		if b.takes(&a.Params[i]) < 0 {
			return false
		}
	}
	return len(a.Params) == len(b.Params)
}
