package codescan

import (
	"go/ast"
	"go/token"
)

// locals are the names declared inside of one declaration at package level: those of a function, or of function literals.
// They are collected when the first one is asked for.
type locals struct {
	root  ast.Node
	known bool
	names []*local
}

// local is a name that is in scope from a position to the end of a node.
type local struct {
	object
	from     token.Pos
	scope    ast.Node
	assigned bool // it may have another value than its first
}

// lookup returns the innermost declaration that an identifier at the position refers to, or nil.
func (l *locals) lookup(name string, at token.Pos) *local {
	if l == nil {
		return nil
	}
	if !l.known {
		l.known = true
		c := collector{locals: l}
		ast.Inspect(l.root, c.visit)
	}
	var innermost *local
	for _, n := range l.names {
		if n.name.Name == name && n.from <= at && at < n.scope.End() && (innermost == nil || n.from >= innermost.from) {
			innermost = n
		}
	}
	return innermost
}

// collector walks through a declaration and collects its locals.
type collector struct {
	*locals
	path []ast.Node // the nodes around the one that is visited
}

func (c *collector) visit(n ast.Node) bool {
	if n == nil {
		c.path = c.path[:len(c.path)-1]
		return true
	}
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Body != nil {
			c.fields(n.Recv, n.Body)
			c.signature(n.Type, n.Body)
		}
	case *ast.FuncLit:
		c.signature(n.Type, n.Body)
	case *ast.RangeStmt:
		if n.Tok == token.DEFINE {
			c.name(n.Key, nil, n.Body.Pos(), n)
			c.name(n.Value, nil, n.Body.Pos(), n)
		} else {
			c.assign(n.Key)
			c.assign(n.Value)
		}
	case *ast.AssignStmt:
		c.assignment(n)
	case *ast.IncDecStmt:
		c.assign(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			c.assign(n.X)
		}
	case *ast.DeclStmt:
		if decl, ok := n.Decl.(*ast.GenDecl); ok {
			eachName(decl, func(o object) {
				c.names = append(c.names, &local{object: o, from: n.End(), scope: c.scope()})
			})
		}
	}
	c.path = append(c.path, n)
	return true
}

// signature declares a function's params and results, which are in scope in its body.
func (c *collector) signature(t *ast.FuncType, body *ast.BlockStmt) {
	c.fields(t.TypeParams, body)
	c.fields(t.Params, body)
	c.fields(t.Results, body)
}

func (c *collector) fields(list *ast.FieldList, body *ast.BlockStmt) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			o := object{name: name, tok: token.VAR, typ: field.Type}
			c.names = append(c.names, &local{object: o, from: body.Pos(), scope: body})
		}
	}
}

func (c *collector) assignment(n *ast.AssignStmt) {
	for i, left := range n.Lhs {
		if n.Tok != token.DEFINE {
			c.assign(left)
			continue
		}
		var value ast.Expr
		if len(n.Lhs) == len(n.Rhs) {
			value = n.Rhs[i]
		}
		c.name(left, value, n.End(), c.scope())
	}
}

// name declares a variable by ":=", or notes an assignment if its scope has that variable already.
func (c *collector) name(x, value ast.Expr, from token.Pos, scope ast.Node) {
	id, ok := x.(*ast.Ident)
	if !ok || id.Name == "_" {
		return
	}
	for _, n := range c.names {
		if n.name.Name == id.Name && n.scope == scope {
			n.assigned = true
			return
		}
	}
	o := object{name: id, tok: token.VAR, value: value}
	c.names = append(c.names, &local{object: o, from: from, scope: scope})
}

// assign notes that the variable in x, or a part of it, is given a value, or that its address is taken.
func (c *collector) assign(x ast.Expr) {
	for {
		switch inner := x.(type) {
		case *ast.ParenExpr:
			x = inner.X
		case *ast.SelectorExpr:
			x = inner.X
		case *ast.IndexExpr:
			x = inner.X
		case *ast.StarExpr:
			x = inner.X
		case *ast.Ident:
			if n := c.lookup(inner.Name, inner.Pos()); n != nil {
				n.assigned = true
			}
			return
		default:
			return
		}
	}
}

// scope returns the innermost node around the visited one that ends the scope of what is declared in it.
func (c *collector) scope() ast.Node {
	for i := len(c.path) - 1; i >= 0; i-- {
		switch n := c.path[i].(type) {
		case *ast.FuncDecl, *ast.FuncLit, *ast.BlockStmt, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt,
			*ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.CaseClause, *ast.CommClause:
			return n
		}
	}
	return c.root
}
