package codescan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// typ is a type as it is written in source. They are followed only until it is clear that a
// method called Define or Label isn't that of a domain.
type typ struct {
	expr ast.Expr
	env  env
	// the package that has it, if its source is not read; then expr is nil
	path string
	name string // in that package, or "" for a type that the package may have from elsewhere
}

// verdict is what is known about a type that has a method with the name of one of a domain's.
type verdict int

const (
	foreign verdict = iota // the method is not that of a domain
	unknown                // it may be
	generic                // it is, if the type is instantiated so
	ours                   // the type is *catalog.Domain
)

// receiver returns what is known about the value, or the type of a method expression, that the
// method of the name is selected from.
func (s *scanner) receiver(x ast.Expr, method string, e env) verdict {
	if t, ok := s.typeNamed(x, e); ok {
		return s.holds(t, method)
	}
	t, ok := s.typeOf(x, e)
	if !ok {
		return unknown
	}
	return s.holds(t, method)
}

// typeNamed returns the type that an expression denotes, if it denotes one.
func (s *scanner) typeNamed(x ast.Expr, e env) (typ, bool) {
	switch inner := ast.Unparen(x).(type) {
	case *ast.StarExpr:
		return s.typeNamed(inner.X, e)
	case *ast.StructType, *ast.InterfaceType, *ast.ArrayType, *ast.MapType, *ast.ChanType,
		*ast.FuncType:
		return typ{expr: inner, env: e}, true
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr:
		refs := s.refer(inner, e)
		if len(refs) > 0 && (refs[0].object != nil && refs[0].tok == token.TYPE ||
			refs[0].path == catalogPath && refs[0].member == "Domain") {
			return typ{expr: inner, env: e}, true
		}
	}
	return typ{}, false
}

// holds returns what is known about a method of a type.
func (s *scanner) holds(t typ, method string) verdict {
	if s.depth++; s.depth > maxDepth {
		s.depth--
		return unknown
	}
	defer func() { s.depth-- }()
	if t.expr == nil {
		return s.holdsElsewhere(t)
	}
	switch x := ast.Unparen(t.expr).(type) {
	case *ast.StarExpr:
		return s.holds(typ{expr: x.X, env: t.env}, method)
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr:
		refs := s.refer(x, t.env)
		if id, ok := x.(*ast.Ident); ok && len(refs) == 0 && types.Universe.Lookup(id.Name) != nil {
			return foreign
		}
		if len(refs) == 0 {
			return unknown
		}
		most := foreign
		for _, r := range refs {
			if r.object == nil {
				most = max(most, s.holdsElsewhere(typ{path: r.path, name: r.member}))
				continue
			}
			v, ok := r.holds[method]
			if !ok {
				if r.holds == nil {
					r.holds = map[string]verdict{}
				}
				r.holds[method] = foreign // while it is looked for: a type can be embedded in itself
				v = s.holdsNamed(r, method)
				r.holds[method] = v
			}
			most = max(most, v)
		}
		return most
	case *ast.StructType, *ast.InterfaceType:
		return s.holdsLiteral(x, t.env, method, false)
	}
	return foreign // Types without a name have no methods.
}

// holdsElsewhere is [scanner.holds] for a type whose source is not read.
func (s *scanner) holdsElsewhere(t typ) verdict {
	switch {
	case t.path == catalogPath && t.name == "Domain":
		return ours
	case isBelow(t.path, errlingoPath) && t.name != "":
		return foreign
	case isBelow(t.path, errlingoPath) || s.tree.mod.mayDeclare(t.path):
		return unknown
	}
	return foreign
}

// holdsNamed is [scanner.holds] for a type that has a name.
func (s *scanner) holdsNamed(r referent, method string) verdict {
	switch {
	case r.tok == token.VAR:
		return generic // a type parameter, which is kept as a variable
	case r.tok != token.TYPE:
		return unknown
	case !r.alias && r.file != nil && s.hasMethod(r.object, method):
		return foreign // What the method does is read where it is declared.
	}
	switch x := ast.Unparen(r.typ).(type) {
	case *ast.StructType, *ast.InterfaceType:
		return s.holdsLiteral(x, r.env, method, r.generic)
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr:
		v := s.holds(typ{expr: x, env: r.env}, method)
		if v == ours && !r.alias {
			return foreign // A type that is made from another one does not have its methods.
		}
		if v != foreign && r.generic {
			return generic
		}
		return v
	case *ast.StarExpr:
		if r.alias {
			return s.holds(typ{expr: x, env: r.env}, method)
		}
	}
	return foreign
}

// holdsLiteral is [scanner.holds] for a struct or an interface.
func (s *scanner) holdsLiteral(x ast.Expr, e env, method string, isGeneric bool) verdict {
	fields, isInterface := fieldsOf(x)
	most := foreign
	for _, field := range fields {
		for _, name := range field.Names {
			if name.Name != method {
				continue
			}
			if f, ok := field.Type.(*ast.FuncType); ok && isInterface && s.isLike(f, e, method) {
				most = unknown
			} else {
				return foreign
			}
		}
		if field.Names == nil { // embedded
			v := s.holds(typ{expr: field.Type, env: e}, method)
			if v == ours {
				v = unknown // It is not known which domain it is.
			}
			most = max(most, v)
		}
	}
	if most != foreign && isGeneric {
		return generic
	}
	return most
}

func fieldsOf(x ast.Expr) (fields []*ast.Field, isInterface bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.StructType:
		return x.Fields.List, false
	case *ast.InterfaceType:
		return x.Methods.List, true
	}
	return nil, false
}

// isLike reports whether the method of an interface can be that of a domain, by its result.
func (s *scanner) isLike(f *ast.FuncType, e env, method string) bool {
	if f.Results.NumFields() != 1 || f.Params.NumFields() != arguments[method] {
		return false
	}
	result := f.Results.List[0].Type
	star, ok := result.(*ast.StarExpr)
	if !ok {
		id, ok := result.(*ast.Ident)
		return !ok || types.Universe.Lookup(id.Name) == nil
	}
	name := s.catalogName(star.X, e)
	return name == "Code" || name == "Phrase" || name == "Label"
}

// arguments says how many arguments the methods of a domain take.
var arguments = map[string]int{"Define": 3, "Phrase": 2, "Label": 2}

// hasMethod reports whether the type has a method of the name that is declared for it.
func (s *scanner) hasMethod(o *object, name string) bool {
	return len(s.method(o, name)) > 0
}

func (s *scanner) method(o *object, name string) []*object {
	f := o.file.folder
	key := o.name.Name + "." + name
	s.parseThose(f, key, o.name.Name)
	return slices.DeleteFunc(slices.Clone(f.pkg.methods[key]), func(m *object) bool {
		return m.file.tree.Name.Name != o.file.tree.Name.Name
	})
}

// typeOf returns the type of an expression, if that is known.
func (s *scanner) typeOf(x ast.Expr, e env) (typ, bool) {
	if s.depth++; s.depth > maxDepth {
		s.depth--
		return typ{}, false
	}
	defer func() { s.depth-- }()
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return s.typeOfName(s.refer(x, e))
	case *ast.SelectorExpr:
		if s.isQualified(x, e) {
			return s.typeOfName(s.refer(x, e))
		}
		if t, ok := s.typeOf(x.X, e); ok {
			return s.member(t, x.Sel.Name)
		}
	case *ast.CallExpr:
		return s.typeOfResult(x, e, 0, 1)
	case *ast.CompositeLit:
		return typ{expr: x.Type, env: e}, x.Type != nil
	case *ast.FuncLit:
		return typ{expr: x.Type, env: e}, true
	case *ast.TypeAssertExpr:
		return typ{expr: x.Type, env: e}, x.Type != nil
	case *ast.BasicLit, *ast.BinaryExpr:
		return typ{expr: ast.NewIdent("string"), env: e}, true // any one without methods
	case *ast.StarExpr:
		return s.typeOf(x.X, e) // Whether it is a pointer makes no difference here.
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			return s.element(x.X, e, true)
		}
		return s.typeOf(x.X, e)
	case *ast.IndexExpr:
		return s.element(x.X, e, true)
	case *ast.SliceExpr:
		return s.typeOf(x.X, e)
	}
	return typ{}, false
}

// typeOfName returns the type of a variable, a constant or a function.
func (s *scanner) typeOfName(refs []referent) (typ, bool) {
	if len(refs) != 1 {
		return typ{}, false
	}
	r := refs[0]
	switch {
	case r.object == nil:
		return typ{path: r.path}, true
	case r.tok == token.TYPE:
		return typ{}, false
	case r.typ != nil:
		return typ{expr: r.typ, env: r.env}, true
	}
	if !r.typed {
		r.typed = true // while it is looked for
		r.typeIs, r.isType = s.typeOfValue(r)
	}
	return r.typeIs, r.isType
}

// typeOfValue returns the type of a variable or a constant that is declared without one.
func (s *scanner) typeOfValue(r referent) (typ, bool) {
	switch {
	case r.value != nil:
		return s.typeOf(r.value, r.env)
	case r.from.expr == nil:
		return typ{}, false
	case r.from.ranged:
		return s.element(r.from.expr, r.env, r.from.index == 1)
	}
	switch x := ast.Unparen(r.from.expr).(type) {
	case *ast.CallExpr:
		return s.typeOfResult(x, r.env, r.from.index, r.from.of)
	default: // v, ok := m[k], <-c or x.(T)
		if r.from.index == 0 {
			return s.typeOf(x, r.env)
		}
	}
	return typ{}, false
}

// typeOfResult returns the type of one of the results of a call.
func (s *scanner) typeOfResult(call *ast.CallExpr, e env, index, of int) (typ, bool) {
	if t, ok := s.typeNamed(call.Fun, e); ok {
		return t, true // a conversion
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && len(call.Args) > 0 &&
		len(s.refer(id, e)) == 0 {
		switch id.Name {
		case "new", "make":
			return typ{expr: call.Args[0], env: e}, true
		case "append":
			return s.typeOf(call.Args[0], e)
		}
		return typ{expr: id, env: e}, types.Universe.Lookup(id.Name) != nil
	}
	t, ok := s.typeOf(call.Fun, e)
	if !ok {
		return typ{}, false
	}
	if t.expr == nil {
		// A function of another module may return what it is given.
		carries := func(arg ast.Expr) bool { return !s.isPlain(arg, e) }
		return t, !slices.ContainsFunc(call.Args, carries)
	}
	f, ok := t.expr.(*ast.FuncType)
	if !ok || f.TypeParams != nil || f.Results.NumFields() != of {
		return typ{}, false
	}
	for _, field := range f.Results.List {
		if n := max(len(field.Names), 1); index >= n {
			index -= n
			continue
		}
		return typ{expr: field.Type, env: t.env}, true
	}
	return typ{}, false
}

// isPlain reports whether an argument is a constant, or has a type that nothing can be held in.
func (s *scanner) isPlain(x ast.Expr, e env) bool {
	if _, why := s.fold(x, e); why == nil {
		return true
	}
	t, ok := s.typeOf(x, e)
	if !ok || t.expr == nil {
		return ok && !s.tree.mod.mayDeclare(t.path) && !isBelow(t.path, errlingoPath)
	}
	return s.isPlainType(t)
}

// isPlainType reports whether a type is a predeclared one such as string.
func (s *scanner) isPlainType(t typ) bool {
	id, ok := t.expr.(*ast.Ident)
	return ok && id.Name != "any" && len(s.refer(id, t.env)) == 0 &&
		types.Universe.Lookup(id.Name) != nil
}

// element returns the type of the elements, or of the keys, of what the expression is.
func (s *scanner) element(x ast.Expr, e env, value bool) (typ, bool) {
	t, ok := s.typeOf(x, e)
	if !ok {
		return typ{}, false
	}
	t = s.underlying(t)
	switch of := t.expr.(type) {
	case *ast.ArrayType:
		if value {
			return typ{expr: of.Elt, env: t.env}, true
		}
		return typ{expr: ast.NewIdent("int"), env: t.env}, true
	case *ast.MapType:
		if value {
			return typ{expr: of.Value, env: t.env}, true
		}
		return typ{expr: of.Key, env: t.env}, true
	case *ast.ChanType:
		return typ{expr: of.Value, env: t.env}, true
	case nil:
		return t, !s.tree.mod.mayDeclare(t.path) && !isBelow(t.path, errlingoPath)
	}
	return typ{}, false
}

// member returns the type of a field or a method.
func (s *scanner) member(t typ, name string) (typ, bool) {
	for range mostNames {
		if star, ok := ast.Unparen(t.expr).(*ast.StarExpr); ok {
			t.expr = star.X
			continue
		}
		if t.expr == nil {
			return typ{path: t.path}, true
		}
		refs := s.refer(t.expr, t.env)
		if len(refs) != 1 {
			break
		}
		r := refs[0]
		if r.object == nil {
			if _, instance := t.expr.(*ast.IndexExpr); instance {
				return typ{}, false
			}
			return typ{path: r.path}, true
		}
		if r.tok != token.TYPE || r.generic {
			return typ{}, false
		}
		if !r.alias && r.file != nil {
			if m := s.method(r.object, name); len(m) == 1 {
				return typ{expr: m[0].typ, env: envOf(m[0])}, true
			}
		}
		t = typ{expr: r.typ, env: r.env}
	}
	return s.memberOf(t, name)
}

// memberOf is [scanner.member] for a struct or an interface.
func (s *scanner) memberOf(t typ, name string) (typ, bool) {
	fields, _ := fieldsOf(t.expr)
	var embedded []ast.Expr
	for _, field := range fields {
		for _, n := range field.Names {
			if n.Name == name {
				return typ{expr: field.Type, env: t.env}, true
			}
		}
		if field.Names != nil {
			continue
		}
		if embeddedName(field.Type) == name {
			return typ{expr: field.Type, env: t.env}, true
		}
		embedded = append(embedded, field.Type)
	}
	if len(embedded) == 1 {
		if s.depth++; s.depth <= maxDepth {
			defer func() { s.depth-- }()
			return s.member(typ{expr: embedded[0], env: t.env}, name)
		}
		s.depth--
	}
	return typ{}, false
}

// embeddedName returns the name of an embedded field.
func embeddedName(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x.Name
	case *ast.StarExpr:
		return embeddedName(x.X)
	case *ast.SelectorExpr:
		return x.Sel.Name
	case *ast.IndexExpr:
		return embeddedName(x.X)
	case *ast.IndexListExpr:
		return embeddedName(x.X)
	}
	return ""
}

// underlying returns the type that a named type is made from.
func (s *scanner) underlying(t typ) typ {
	for range mostNames {
		if t.expr == nil {
			return t
		}
		refs := s.refer(t.expr, t.env)
		switch {
		case len(refs) != 1:
			return t
		case refs[0].object == nil:
			return typ{path: refs[0].path}
		case refs[0].tok != token.TYPE || refs[0].generic:
			return t
		}
		t = typ{expr: refs[0].typ, env: refs[0].env}
	}
	return t
}
