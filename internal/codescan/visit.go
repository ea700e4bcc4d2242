package codescan

import (
	"bytes"
	"go/ast"
	"go/token"
)

// visit evaluates all that a file declares and checks its calls.
func (s *scanner) visit(f *file) {
	if f.syntax != nil {
		return
	}
	for _, o := range f.objects {
		if o.tok == token.VAR && o.value != nil {
			ast.Walk(&visitor{s, envOf(o)}, o.value)
			s.alias(o)
		}
	}
	for _, decl := range f.tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Body != nil && f.mayCall(decl.Body) {
				ast.Walk(&visitor{s, env{file: f, local: &locals{root: decl}}}, decl.Body)
			}
		case *ast.GenDecl:
			s.visitShared(f, decl)
		}
	}
}

// mayCall reports whether the source of the node has the name of a function that matters. Most have none, and looking for
// it takes far less time than walking through the node.
func (f *file) mayCall(n ast.Node) bool {
	src := f.src[f.tokens.Offset(n.Pos()):f.tokens.Offset(n.End())]
	for _, name := range [...]string{"New", "Wrap", "Define", "Label"} {
		if bytes.Contains(src, []byte(name)) {
			return true
		}
	}
	return false
}

// visitShared visits a value that several variables get their values from.
func (s *scanner) visitShared(f *file, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		if spec, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR && len(spec.Values) != len(spec.Names) {
			for _, value := range spec.Values {
				ast.Walk(&visitor{s, env{file: f, local: &locals{root: value}}}, value)
			}
		}
	}
}

// alias notes a variable by which a domain or a code is known to files that are not parsed yet.
func (s *scanner) alias(o *object) {
	switch value := ast.Unparen(o.value).(type) {
	case *ast.CallExpr:
		if s.calls[value].meaning == nil {
			return
		}
	case *ast.Ident, *ast.SelectorExpr:
	default:
		return
	}
	switch m, _ := s.eval(o.value, envOf(o)); m.(type) {
	case *domain:
	case *code:
		s.codeVars[o.name.Name] = true
	default:
		return
	}
	s.carriers[s.tree.mod.importPath(o.file.folder.dir)] = true
}

// visitor walks through one expression or function.
type visitor struct {
	*scanner
	env env
}

func (v *visitor) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		if !v.env.loop {
			inside := *v
			inside.env.loop = true
			return &inside
		}
	case *ast.CallExpr:
		v.call(n)
	case *ast.SelectorExpr:
		v.loose(n)
	}
	return v
}

func (v *visitor) call(call *ast.CallExpr) {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		if fun.Name == "NewDomain" && v.catalogName(fun, v.env) == "NewDomain" {
			v.evalCall(call, v.env)
		}
	case *ast.SelectorExpr:
		v.called[fun] = true
		switch fun.Sel.Name {
		case "NewDomain", "Define":
			v.evalCall(call, v.env)
		case "Label":
			if v.catalogName(fun, v.env) == "" {
				v.evalCall(call, v.env)
			}
		case "New", "Wrap":
			if !v.isQualified(fun, v.env) {
				v.arguments(call, fun, v.env)
			}
		}
	}
}

// loose finds a method or function that declares things but is handed on instead of called.
func (v *visitor) loose(x *ast.SelectorExpr) {
	if v.called[x] {
		return
	}
	at := v.env.file.place(x.Sel.Pos())
	switch x.Sel.Name {
	case "NewDomain":
		if v.catalogName(x, v.env) == x.Sel.Name {
			v.unread(nil, at, "declared domains cannot be read: NewDomain is not called here", hintDomain)
		}
	case "Define", "Label":
		if v.isQualified(x, v.env) {
			return
		}
		m, why := v.eval(x.X, v.env)
		if d, ok := m.(*domain); ok || why != nil && why.domain || v.isDomainType(ast.Unparen(x.X), v.env) {
			v.unread(d, at, "declared "+declares(x.Sel.Name)+"s cannot be read: "+x.Sel.Name+" is not called here", "call it directly, with constants")
		}
	}
}
