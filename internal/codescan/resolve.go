package codescan

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/model"
)

// env is where an expression is, which decides what its names refer to.
type env struct {
	file  *file
	owner *object // the variable at package level that it gives a value, or nil
	local *locals // nil at package level
	iota  constant.Value
	loop  bool // it may be evaluated many times
}

// obstacle is why an expression cannot be read, in words: "build() is a function call".
type obstacle struct{ text, hint string }

func stop(format string, args ...any) *obstacle {
	return &obstacle{text: fmt.Sprintf(format, args...)}
}

// referent is what a name, perhaps qualified by a package, stands for.
type referent struct {
	*object
	env      env  // where its value is written
	assigned bool // it is a local variable that may be given another value
	shared   bool // and that is a list whose elements may be
	// the import path, for a name of a package outside the module; then there is no object
	path   string
	member string // the name in that package
}

// catalogName returns the name that the expression has in package catalog, whether it is a function
// or a type, or "".
func (s *scanner) catalogName(x ast.Expr, e env) string {
	for range mostNames {
		refs := s.refer(x, e)
		switch {
		case len(refs) == 0:
			return ""
		case refs[0].path == catalogPath:
			return refs[0].member
		case refs[0].object == nil || refs[0].tok != token.TYPE || refs[0].typ == nil:
			return ""
		}
		x, e = refs[0].typ, refs[0].env
	}
	return ""
}

// refer returns what a name refers to. There is more than one answer only where files for
// different systems each have a declaration, and none for an expression that is not a name, and for
// a name that is declared nowhere.
func (s *scanner) refer(x ast.Expr, e env) []referent {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return s.referIdent(x, e)
	case *ast.SelectorExpr:
		if id, ok := ast.Unparen(x.X).(*ast.Ident); ok {
			if path, ok := s.importOf(id, e); ok {
				return s.referMember(path, x.Sel.Name)
			}
		}
	case *ast.IndexExpr:
		return s.refer(x.X, e)
	case *ast.IndexListExpr:
		return s.refer(x.X, e)
	}
	return nil
}

func (s *scanner) referIdent(id *ast.Ident, e env) []referent {
	if l := e.local.lookup(id.Name, id.Pos()); l != nil {
		inner := e
		inner.owner, inner.iota = nil, constant.MakeInt64(l.iota)
		return []referent{{object: &l.object, env: inner, assigned: l.assigned, shared: l.shared}}
	}
	name, own := id.Name, e.file.tree.Name.Name
	found := e.file.folder.declared(name, own)
	if len(found) == 0 {
		for _, i := range e.file.imports {
			if i.name == "." {
				if dotted := s.referMember(i.path, name); len(dotted) > 0 &&
					(dotted[0].object != nil || isKnownName(dotted[0])) {
					return dotted
				}
			}
		}
		if types.Universe.Lookup(name) == nil {
			found = s.lookup(e.file.folder, name, own)
		}
	}
	return referents(found)
}

// isKnownName distinguishes names of package catalog, and constants that are known, from other
// names of a file that imports their package with a dot.
func isKnownName(r referent) bool {
	_, isConstant := knownConstant(r.path, r.member)
	if isConstant || r.path != catalogPath {
		return isConstant || standardParam(r) != nil
	}
	_, isKind := kinds[r.member]
	_, isStyle := format.ParseStyle(r.member)
	switch r.member {
	case "NewDomain", "SourceLocale", "LocalesDir", "Docs", "List", "Public", "Sensitive",
		"Spec", "PhraseSpec", "Plural", "Forms", "Params", "Param", "Max", "Domain", "Amount",
		"Period":
		return true
	}
	return isKind || isStyle
}

// referMember returns what a name of a package stands for.
func (s *scanner) referMember(path, name string) []referent {
	if f := s.folder(path); f != nil && path != catalogPath {
		return referents(s.lookup(f, name, s.packageName(f)))
	}
	return []referent{{path: path, member: name}}
}

func referents(objects []*object) []referent {
	var all []referent
	for _, o := range objects {
		all = append(all, referent{object: o, env: envOf(o)})
	}
	return all
}

// envOf returns where the value of a declaration at package level is.
func envOf(o *object) env {
	if o.locals == nil && o.value != nil {
		hasFunction := bytes.Contains(o.file.source(o.value), []byte("func"))
		o.locals = &locals{root: o.value, known: !hasFunction}
	}
	return env{file: o.file, owner: o, local: o.locals, iota: constant.MakeInt64(o.iota)}
}

// importOf returns the import path of the package that the identifier names. A declaration of the
// same name goes first inside a function only, since a file cannot have both.
func (s *scanner) importOf(id *ast.Ident, e env) (path string, ok bool) {
	if e.local.lookup(id.Name, id.Pos()) != nil ||
		len(e.file.folder.declared(id.Name, e.file.tree.Name.Name)) > 0 {
		return "", false
	}
	f := e.file
	if f.named == nil {
		f.named = map[string]string{}
		for _, i := range f.imports {
			f.named[cmp.Or(i.name, s.nameOf(i.path))] = i.path
		}
	}
	path, ok = f.named[id.Name]
	return path, ok
}

// nameOf returns the name of the package that an import path stands for.
func (s *scanner) nameOf(path string) string {
	if f := s.folder(path); f != nil && path != catalogPath {
		return s.packageName(f)
	}
	return usualName(path)
}

// unknown says why a name that was resolved to r, or to nothing, has no value that can be read.
func (s *scanner) unknown(x ast.Expr, r []referent) *obstacle {
	switch {
	case len(r) == 0:
		return stop("%s is not declared in this module", show(x))
	case r[0].object == nil:
		return stop("%s is declared outside of this module", show(x))
	case s.isChanged(r[0]):
		if r[0].changed != (model.Place{}) {
			return stop("%s is changed at %v", show(x), r[0].changed)
		}
		return stop("%s may be changed after its declaration", show(x))
	case r[0].tok == token.FUNC:
		return stop("%s is a function", show(x))
	}
	return stop("%s has no value in its declaration", show(x))
}

// describe says what an expression is that has no constant value and no declaration.
func describe(x ast.Expr) *obstacle {
	switch inner := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return stop("%s is a function call", show(x))
	case *ast.IndexExpr, *ast.SliceExpr:
		return stop("%s is an element of something else", show(x))
	case *ast.SelectorExpr:
		return stop("%s is a field of a value", show(inner))
	case *ast.FuncLit:
		return stop("it is a function")
	case *ast.TypeAssertExpr:
		return stop("it has its type from a type assertion")
	}
	return stop("%s is computed", show(x))
}

// show prints an expression for a sentence.
func show(x ast.Expr) string {
	const most, large = 40, 4096
	if x.End()-x.Pos() > large {
		return "an expression" // Printing it would take long.
	}
	text := strings.Join(strings.Fields(types.ExprString(x)), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// locals are the names declared inside of one declaration at package level: those of a function, or
// of function literals. They are collected when the first one is asked for.
type locals struct {
	root  ast.Node
	known bool
	names map[string][]*local
}

// mostLocals is how many names that are the same a declaration may have. If it has more, what one
// of them refers to is not looked for.
const mostLocals = 1000

// local is a name that is in scope from a position to the end of a node.
type local struct {
	object
	from     token.Pos
	scope    ast.Node
	assigned bool // it may have another value than its first
	shared   bool // if it is a list, its elements may be changed through something else
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
	same := l.names[name]
	if len(same) > mostLocals {
		return &local{object: object{name: same[0].name, tok: token.VAR}, assigned: true}
	}
	var innermost *local
	for _, n := range same {
		if n.from <= at && at < n.scope.End() && (innermost == nil || n.from >= innermost.from) {
			innermost = n
		}
	}
	return innermost
}

func (l *locals) add(n *local) {
	if l.names == nil {
		l.names = map[string][]*local{}
	}
	if same := l.names[n.name.Name]; len(same) <= mostLocals {
		l.names[n.name.Name] = append(same, n)
	}
}

// collector walks through a declaration and collects its locals.
type collector struct {
	*locals
	path []ast.Node // the nodes around the one that is visited
	// is called with names that are not local and what is selected from them, if they are changed or,
	// shared, if a list in them may be changed through something else; may be nil
	changed func(id *ast.Ident, selected string, shared bool)
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
			c.name(n.Key, nil, origin{n.X, 0, 2, true}, n.Body.Pos(), n)
			c.name(n.Value, nil, origin{n.X, 1, 2, true}, n.Body.Pos(), n)
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
	case *ast.Ident:
		c.share(n, n, "")
	case *ast.SelectorExpr:
		if id, ok := n.X.(*ast.Ident); ok {
			c.share(n, id, n.Sel.Name)
		}
	case *ast.DeclStmt:
		if decl, ok := n.Decl.(*ast.GenDecl); ok {
			eachName(decl, func(o object) {
				c.add(&local{object: o, from: n.End(), scope: c.scope()})
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
			c.add(&local{object: o, from: body.Pos(), scope: body})
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
		var from origin
		if len(n.Lhs) == len(n.Rhs) {
			value = n.Rhs[i]
		} else {
			from = origin{expr: n.Rhs[0], index: i, of: len(n.Lhs)}
		}
		c.name(left, value, from, n.End(), c.scope())
	}
}

// name declares a variable by ":=", or notes an assignment if its scope has that variable already.
func (c *collector) name(x, value ast.Expr, origin origin, from token.Pos, scope ast.Node) {
	id, ok := x.(*ast.Ident)
	if !ok || id.Name == "_" {
		return
	}
	for _, n := range c.names[id.Name] {
		if n.scope == scope {
			n.assigned = true
			return
		}
	}
	o := object{name: id, tok: token.VAR, value: value, from: origin}
	c.add(&local{object: o, from: from, scope: scope})
}

// assign notes that the variable in x, or a part of it, is given a value, or that its address is
// taken.
func (c *collector) assign(x ast.Expr) {
	selected := ""
	for {
		switch inner := x.(type) {
		case *ast.ParenExpr:
			x = inner.X
		case *ast.SelectorExpr:
			x, selected = inner.X, inner.Sel.Name
		case *ast.IndexExpr:
			x = inner.X
		case *ast.SliceExpr:
			x = inner.X
		case *ast.StarExpr:
			x = inner.X
		case *ast.Ident:
			if n := c.lookup(inner.Name, inner.Pos()); n != nil {
				n.assigned = true
			} else if c.changed != nil {
				c.changed(inner, selected, false)
			}
			return
		default:
			return
		}
	}
}

// share notes that a list in the variable may be changed through something else, unless it is used
// in a way that keeps it as it is.
func (c *collector) share(x ast.Expr, id *ast.Ident, selected string) {
	if len(c.path) == 0 || keepsList(c.path[len(c.path)-1], x) {
		return
	}
	if n := c.lookup(id.Name, id.Pos()); n != nil {
		n.shared = true
	} else if c.changed != nil {
		c.changed(id, selected, true)
	}
}

// keepsList reports whether a node leaves a list as it is that is in the variable x inside of it.
func keepsList(n ast.Node, x ast.Expr) bool {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		key, ok := n.Key.(*ast.Ident)
		return n.Key == x || ok && key.Name == "Params"
	case *ast.CallExpr:
		switch fun := n.Fun.(type) {
		case *ast.Ident:
			// A literal has no spare capacity, so append copies its elements.
			return fun == x || fun.Name == "append" || fun.Name == "len"
		case *ast.SelectorExpr:
			pkg, ok := fun.X.(*ast.Ident)
			return ok && pkg.Name == "slices" && (fun.Sel.Name == "Concat" || fun.Sel.Name == "Clone")
		}
		return false
	case *ast.AssignStmt:
		return !slices.Contains(n.Rhs, x)
	case *ast.ValueSpec:
		return !slices.Contains(n.Values, x)
	case *ast.RangeStmt, *ast.IndexExpr, *ast.SelectorExpr, *ast.Field, *ast.TypeSpec, *ast.FuncDecl:
		return true
	}
	return false
}

// scope returns the innermost node around the visited one that ends the scope of what is declared
// in it.
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
