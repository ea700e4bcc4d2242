package codescan

import (
	"go/ast"
	"go/token"

	"github.com/errlingo/errlingo/internal/naming"
)

// meaning is what an expression declares: a *domain, *code, *label, *Param or *option.
type meaning any

// answer is the outcome of evaluating a call. It is kept, since a call declares one thing however often it is asked about.
type answer struct {
	meaning meaning
	stop    *obstacle
}

// option is an option of catalog.NewDomain.
type option struct {
	function string
	text     Text
}

// eval returns what the expression declares, or why that cannot be known.
func (s *scanner) eval(x ast.Expr, e env) (meaning, *obstacle) {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return s.evalCall(x, e)
	case *ast.Ident:
		return s.evalName(x, s.refer(x, e))
	case *ast.SelectorExpr:
		refs := s.refer(x, e)
		if len(refs) == 0 && !s.isQualified(x, e) {
			return nil, describe(x)
		}
		return s.evalName(x, refs)
	}
	return nil, describe(x)
}

// isQualified reports whether the selector is a package and a name in it.
func (s *scanner) isQualified(x *ast.SelectorExpr, e env) bool {
	id, ok := ast.Unparen(x.X).(*ast.Ident)
	if ok {
		_, ok = s.importOf(id, e)
	}
	return ok
}

func (s *scanner) evalName(x ast.Expr, refs []referent) (meaning, *obstacle) {
	if len(refs) == 0 || refs[0].object == nil || refs[0].assigned || refs[0].value == nil {
		return nil, s.unknown(x, refs)
	}
	r := refs[0]
	if r.busy {
		return nil, stop("%s refers to itself", show(x))
	}
	r.busy = true
	defer func() { r.busy = false }()
	return s.eval(r.value, r.env)
}

func (s *scanner) evalCall(call *ast.CallExpr, e env) (meaning, *obstacle) {
	if known, ok := s.calls[call]; ok {
		return known.meaning, known.stop
	}
	s.calls[call] = answer{stop: stop("%s refers to itself", show(call))}
	m, why := s.evalNewCall(call, e)
	s.calls[call] = answer{m, why}
	return m, why
}

func (s *scanner) evalNewCall(call *ast.CallExpr, e env) (meaning, *obstacle) {
	if name := s.catalogName(call.Fun, e); name != "" {
		return s.evalCatalog(name, call, e)
	}
	method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || s.isQualified(method, e) {
		return nil, describe(call)
	}
	switch method.Sel.Name {
	case "Define", "Label":
		receiver, why := s.eval(method.X, e)
		d, ok := receiver.(*domain)
		switch {
		case ok && method.Sel.Name == "Define":
			return s.define(d, call, e)
		case ok:
			return s.label(d, call, e)
		case why != nil && (why.domain || method.Sel.Name == "Define" && s.looksLikeCode(call, e, why.other)):
			s.unread(nil, e.file.place(call.Pos()), "declared "+declares(method.Sel.Name)+" cannot be read: its domain is not known: "+why.text,
				"keep the domain in a package-level variable, as in var Domain = catalog.NewDomain(\"shop\")")
		}
	case "Formerly":
		receiver, why := s.eval(method.X, e)
		if p, ok := receiver.(*Param); ok {
			return s.renamed(p, call, e)
		}
		if why != nil {
			return nil, why
		}
	}
	return nil, describe(call)
}

func declares(method string) string {
	if method == "Label" {
		return "label"
	}
	return "code"
}

// looksLikeCode reports whether the arguments of a method called Define could be those of a domain's: a catalog.Spec at
// the end, or, unless the method is known to be another's, a code's name and at the end something that is no constant.
func (s *scanner) looksLikeCode(call *ast.CallExpr, e env, another bool) bool {
	if len(call.Args) != 3 {
		return false
	}
	if _, _, why := s.composite(call.Args[2], e, "Spec"); why == nil {
		return true
	}
	name, why := s.text(call.Args[1], e)
	if another || why != nil || !naming.Code(name.Value) || s.isNil(call.Args[2], e) {
		return false
	}
	_, why = s.fold(call.Args[2], e)
	return why != nil
}

func (s *scanner) evalCatalog(name string, call *ast.CallExpr, e env) (meaning, *obstacle) {
	switch name {
	case "NewDomain":
		return s.newDomain(call, e)
	case "SourceLocale", "LocalesDir", "Docs":
		if len(call.Args) != 1 {
			break
		}
		text, why := s.text(call.Args[0], e)
		return &option{name, text}, why
	case "Public", "Sensitive":
		return s.marked(name, call, e)
	case "List":
		return s.list(call, e)
	default:
		if kind, ok := kinds[name]; ok {
			return s.newParam(kind, call, e)
		}
	}
	return nil, describe(call)
}

// composite returns the composite literal of the type of package catalog that the expression is, or that the variable in
// it holds, and where the literal stands.
func (s *scanner) composite(x ast.Expr, e env, typ string) (*ast.CompositeLit, env, *obstacle) {
	const mostNames = 100
	for range mostNames {
		switch inner := ast.Unparen(x).(type) {
		case *ast.CompositeLit:
			if inner.Type != nil && s.isCatalogType(inner.Type, e, typ) {
				return inner, e, nil
			}
			return nil, e, stop("it is a literal of another type")
		case *ast.Ident, *ast.SelectorExpr:
			refs := s.refer(inner, e)
			if len(refs) == 0 {
				return nil, e, describe(inner)
			}
			if refs[0].object == nil || refs[0].assigned || refs[0].value == nil {
				return nil, e, s.unknown(inner, refs)
			}
			x, e = refs[0].value, refs[0].env
		default:
			return nil, e, describe(inner)
		}
	}
	return nil, e, stop("%s refers to itself", show(x))
}

// isCatalogType reports whether the type is that of package catalog; []catalog.Param is as good as catalog.Params.
func (s *scanner) isCatalogType(typ ast.Expr, e env, name string) bool {
	if list, ok := typ.(*ast.ArrayType); ok && list.Len == nil && name == "Params" {
		return s.catalogName(list.Elt, e) == "Param"
	}
	return s.catalogName(typ, e) == name
}

// isNil reports whether the expression is the predeclared nil.
func (s *scanner) isNil(x ast.Expr, e env) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && id.Name == "nil" && len(s.refer(id, e)) == 0
}

// owns reports whether the call is all that the variable's declaration gives it, so that the variable stands for it.
func (e env) owns(call *ast.CallExpr) bool {
	return e.owner != nil && e.owner.tok == token.VAR && ast.Unparen(e.owner.value) == call
}

// variable returns the name of the variable that stands for the call, or "", and its comment.
func (e env) variable(call *ast.CallExpr) (name, doc string) {
	if !e.owns(call) {
		return "", ""
	}
	if name = e.owner.name.Name; name == "_" {
		name = ""
	}
	return name, e.owner.doc
}
