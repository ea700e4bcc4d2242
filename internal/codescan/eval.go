package codescan

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
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

// source returns the source of the node.
func (f *file) source(n ast.Node) []byte {
	return f.src[f.tokens.Offset(n.Pos()):f.tokens.Offset(n.End())]
}

// mayCall reports whether the source of the node has the name of a function that matters. Most have
// none, and looking for it takes far less time than walking through the node.
func (f *file) mayCall(n ast.Node) bool {
	src := f.source(n)
	for _, name := range [...]string{"New", "Wrap", "Define", "Phrase", "Label"} {
		if bytes.Contains(src, []byte(name)) {
			return true
		}
	}
	return false
}

// visitShared visits a value that several variables get their values from.
func (s *scanner) visitShared(f *file, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		if spec, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR &&
			len(spec.Values) != len(spec.Names) {
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
	s.carriers[o.file.folder.path] = true
}

// visitor walks through one expression or function.
type visitor struct {
	*scanner
	env env
}

func (v *visitor) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		if r, ok := n.(*ast.RangeStmt); ok {
			v.isField(r.Key, r.Value, r.X)
		}
		if !v.env.loop {
			inside := *v
			inside.env.loop = true
			return &inside
		}
	case *ast.CallExpr:
		v.given(n)
		v.call(n)
	case *ast.CompositeLit:
		v.keyed(n)
	case *ast.AssignStmt:
		v.isField(n.Lhs...)
	case *ast.BinaryExpr:
		v.isField(n.X, n.Y)
	case *ast.IndexExpr:
		v.isField(n.X)
	case *ast.SliceExpr:
		v.isField(n.X)
	case *ast.StarExpr:
		v.isField(n.X)
	case *ast.UnaryExpr:
		v.isField(n.X)
	case *ast.TypeAssertExpr:
		v.isField(n.X)
	case *ast.IncDecStmt:
		v.isField(n.X)
	case *ast.SelectorExpr:
		v.isField(n.X)
		v.loose(n)
	}
	return v
}

// isField notes that the expressions, in the place where they are, can't be methods.
func (v *visitor) isField(list ...ast.Expr) {
	for _, x := range list {
		if selector, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
			v.called[selector] = true
		}
	}
}

// given notes which arguments of a call can't be methods: those of functions that take a string,
// and those of functions elsewhere, none of which takes a function like Label.
func (v *visitor) given(call *ast.CallExpr) {
	if !slices.ContainsFunc(call.Args, isMethodName) {
		return
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && len(v.refer(id, v.env)) == 0 {
		if t, ok := v.element(call.Args[0], v.env, true); id.Name != "append" || ok && v.isPlainType(t) {
			v.isField(call.Args...)
		}
		return
	}
	t, ok := v.typeOf(call.Fun, v.env)
	switch f, isFunc := t.expr.(*ast.FuncType); {
	case ok && t.expr == nil && t.path != "reflect" && !isBelow(t.path, errlingoPath) &&
		!v.tree.mod.mayDeclare(t.path):
		v.isField(call.Args...)
	case ok && isFunc:
		i := 0
		for _, field := range f.Params.List {
			for range max(len(field.Names), 1) {
				if i < len(call.Args) && v.isPlainType(typ{expr: field.Type, env: t.env}) {
					v.isField(call.Args[i])
				}
				i++
			}
		}
	}
}

// keyed notes which values in a literal can't be methods: those of fields of a type such as string.
func (v *visitor) keyed(lit *ast.CompositeLit) {
	for _, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok || lit.Type == nil || !isMethodName(pair.Value) {
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); ok {
			t, ok := v.member(typ{expr: lit.Type, env: v.env}, key.Name)
			if ok && v.isPlainType(t) {
				v.isField(pair.Value)
			}
		}
	}
}

// isMethodName reports whether the expression selects a name that a method of a domain has.
func isMethodName(x ast.Expr) bool {
	selector, ok := ast.Unparen(x).(*ast.SelectorExpr)
	return ok && arguments[selector.Sel.Name] > 0
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
		case "Label", "Phrase":
			if v.catalogName(fun, v.env) == "" {
				v.evalCall(call, v.env)
			}
		case "MethodByName":
			v.byName(call)
		case "New", "Wrap":
			if !v.isQualified(fun, v.env) {
				v.arguments(call, fun, v.env)
			}
		}
	}
}

// byName finds a method that reflection finds by its name.
func (v *visitor) byName(call *ast.CallExpr) {
	if len(call.Args) != 1 || !v.reaches(v.env.file.folder) {
		return
	}
	if name, at, why := v.text(call.Args[0], v.env); why == nil && arguments[name] > 0 {
		v.unread(nil, at, "declared "+declares(name)+"s cannot be read: "+name+" is called by reflection",
			"call it directly, with constants")
	}
}

// loose finds a method or function that declares things but is passed on instead of called.
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
	case "Define", "Phrase", "Label":
		if v.isQualified(x, v.env) {
			return
		}
		m, why := v.eval(x.X, v.env)
		d, ok := m.(*domain)
		if !ok && (why == nil || !v.mayHold(x.X, x.Sel.Name, v.env)) {
			return
		}
		v.lose(d, x, x.Sel.Pos(), v.env, "declared "+declares(x.Sel.Name)+"s cannot be read: "+x.Sel.Name+
			" is not called here", "call it directly, with constants")
	}
}

// mayHold reports whether the method of the name that is selected from the expression, whose value
// is not known, may be that of a domain.
func (s *scanner) mayHold(x ast.Expr, method string, e env) bool {
	v := s.receiver(x, method, e)
	return v > unknown || v == unknown && s.reaches(e.file.folder)
}

// lose notes that a method that is selected may declare something that cannot be read, in the
// domain or, if that is nil, in one that is not known, unless a comment says that it does not.
func (s *scanner) lose(
	d *domain, method *ast.SelectorExpr, at token.Pos, e env, text, hint string,
) {
	if !e.file.folder.own || s.isFull(d, e.file.place(at)) {
		return // Codes of another module are read there.
	}
	if d == nil {
		lines := []int{e.file.place(method.Sel.Pos()).Line, e.file.place(method.Pos()).Line}
		reason, ok := e.file.ignored(lines...)
		switch {
		case ok && reason != "":
			return
		case ok:
			hint = "say in the comment why it declares nothing, as in //errlingo:ignore a button's label"
		case s.receiver(method.X, method.Sel.Name, e) != ours:
			hint += "; if it is not a method of catalog.Domain, write above it: //errlingo:ignore and why"
		}
	}
	s.unread(d, e.file.place(at), text, hint)
}

// meaning is what an expression declares: a *domain, *code, *phrase, *said, *label, *param or
// *option.
type meaning any

// answer is the outcome of evaluating a call. It is kept, since a call declares one thing however
// often it is asked about.
type answer struct {
	meaning meaning
	stop    *obstacle
	busy    bool // it is being evaluated
}

// option is an option of catalog.NewDomain.
type option struct {
	function string
	text     string
	place    model.Place
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

// evalName evaluates the variable that a name refers to. Declarations of the same variable for
// different systems must declare the same.
func (s *scanner) evalName(x ast.Expr, refs []referent) (meaning, *obstacle) {
	var first meaning
	for i, r := range refs {
		m, why := s.evalReferent(x, r)
		switch {
		case why != nil:
			return nil, why
		case i == 0:
			first = m
		case !isSame(first, m):
			return nil, stop("%s has another value under other build constraints", show(x))
		}
	}
	if first == nil {
		return nil, s.unknown(x, refs)
	}
	return first, nil
}

func (s *scanner) evalReferent(x ast.Expr, r referent) (meaning, *obstacle) {
	if p := standardParam(r); p != nil {
		return p, nil
	}
	if r.object == nil || r.assigned || r.value == nil {
		return nil, s.unknown(x, []referent{r})
	}
	if r.evaluated {
		return r.meaning, r.why
	}
	if s.depth++; r.busy || s.depth > maxDepth {
		s.depth--
		return nil, stop("%s refers to itself, or to too many others", show(x))
	}
	r.busy = true
	r.meaning, r.why = s.eval(r.value, r.env)
	r.busy, r.evaluated = false, true
	s.depth--
	// A code does not depend on a variable that holds it. To look for changes would mean to parse
	// every file that uses the code.
	if _, isCode := r.meaning.(*code); r.why == nil && !isCode && s.isChanged(r) {
		r.meaning, r.why = nil, s.unknown(x, []referent{r})
	}
	return r.meaning, r.why
}

// isSame reports whether two meanings of a variable are the same.
func isSame(a, b meaning) bool {
	switch a := a.(type) {
	case *code:
		b, ok := b.(*code)
		return ok && a.domain == b.domain && a.Name == b.Name
	case *label:
		b, ok := b.(*label)
		return ok && a.isTwin(b)
	case *phrase:
		b, ok := b.(*phrase)
		return ok && a.isTwin(b) && a.isLike(b)
	case *param:
		return reflect.DeepEqual(a, b)
	}
	return a == b
}

func (s *scanner) evalCall(call *ast.CallExpr, e env) (meaning, *obstacle) {
	switch known, ok := s.calls[call]; {
	case known.busy:
		return nil, stop("%s refers to itself", show(call))
	case ok:
		return known.meaning, known.stop
	}
	s.calls[call] = answer{busy: true}
	m, why := s.evalNewCall(call, e)
	s.calls[call] = answer{meaning: m, stop: why}
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
	case "Define", "Phrase", "Label":
		return s.evalMethod(method, call, e)
	case "With":
		if m, _ := s.eval(method.X, e); m != nil {
			return s.with(m, call, e)
		}
	case "Formerly", "Styled":
		receiver, why := s.eval(method.X, e)
		p, ok := receiver.(*param)
		switch {
		case ok && method.Sel.Name == "Styled":
			return s.styled(p, call, e)
		case ok:
			return s.renamed(p, call, e)
		}
		if why != nil {
			return nil, why
		}
	}
	return nil, describe(call)
}

func declares(method string) string {
	if method == "Define" {
		return "code"
	}
	return strings.ToLower(method)
}

// evalMethod reads a call of a method called Define, Phrase or Label.
func (s *scanner) evalMethod(
	method *ast.SelectorExpr, call *ast.CallExpr, e env,
) (meaning, *obstacle) {
	name := method.Sel.Name
	receiver, why := s.eval(method.X, e)
	if d, ok := receiver.(*domain); ok {
		switch {
		case !e.file.folder.own:
			return nil, stop("%s belongs to another module", show(call))
		case name == "Define":
			return s.define(d, call, e)
		case name == "Phrase":
			return s.phrase(d, call, e)
		}
		return s.label(d, call, e)
	}
	if why == nil || !s.mayHold(method.X, name, e) {
		return nil, describe(call)
	}
	args := call.Args
	if _, ok := s.typeNamed(method.X, e); ok && len(args) > 1 {
		args = args[1:] // of a method expression, whose first argument is the receiver
		why = stop("%s is not called as a method", name)
	}
	if s.receiver(method.X, name, e) == ours || s.couldDeclare(name, args, e) {
		s.lose(nil, method, call.Pos(), e,
			"declared "+declares(name)+" cannot be read: its domain is not known: "+why.text,
			"keep the domain in a package-level variable, as in var Domain = catalog.NewDomain(\"shop\")")
	}
	return nil, describe(call)
}

// couldDeclare reports whether the arguments of a method could be those that declare a code, a
// phrase or a label. One argument can be a call that returns all of them.
func (s *scanner) couldDeclare(method string, args []ast.Expr, e env) bool {
	if len(args) == 1 {
		_, ok := ast.Unparen(args[0]).(*ast.CallExpr)
		return ok
	}
	if len(args) != arguments[method] {
		return false
	}
	could := func(x ast.Expr, kind constant.Kind, valid func(string) bool) bool {
		v, why := s.fold(x, e)
		if why != nil {
			return s.couldBe(x, "", e)
		}
		return v.Kind() == kind && (kind != constant.String || valid(constant.StringVal(v))) ||
			kind == constant.Int && toInt(v).Kind() == constant.Int
	}
	anything := func(string) bool { return true }
	if method == "Label" {
		return could(args[0], constant.String, naming.Label) && could(args[1], constant.String, anything)
	}
	spec := args[len(args)-1]
	if _, why := s.fold(spec, e); why == nil || s.isNil(spec, e) {
		return false
	}
	if method == "Phrase" {
		return could(args[0], constant.String, naming.Label) && s.couldBe(spec, "PhraseSpec", e)
	}
	return could(args[0], constant.Int, nil) && could(args[1], constant.String, naming.Code) &&
		s.couldBe(spec, "Spec", e)
}

// couldBe reports whether an expression could have the type of package catalog or, if that is "",
// one of those of constants.
func (s *scanner) couldBe(x ast.Expr, want string, e env) bool {
	t, ok := s.typeOf(x, e)
	if !ok || t.expr == nil {
		return true
	}
	switch of := ast.Unparen(t.expr).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
		refs := s.refer(of, t.env)
		if len(refs) == 0 || refs[0].object == nil || refs[0].tok != token.TYPE {
			id, isIdent := of.(*ast.Ident)
			return want == "" || len(refs) > 0 && (refs[0].object != nil || refs[0].member == want) ||
				!isIdent || types.Universe.Lookup(id.Name) == nil
		}
		return refs[0].alias || refs[0].generic || want == ""
	case *ast.StarExpr:
		_, isDereferenced := ast.Unparen(x).(*ast.StarExpr)
		return isDereferenced
	}
	return false
}

func (s *scanner) evalCatalog(name string, call *ast.CallExpr, e env) (meaning, *obstacle) {
	switch name {
	case "NewDomain":
		return s.newDomain(call, e)
	case "SourceLocale", "LocalesDir":
		if len(call.Args) != 1 {
			break
		}
		text, at, why := s.text(call.Args[0], e)
		return &option{name, text, at}, why
	case "Docs": // No locale file depends on it, so it may be what only the program knows.
		o := &option{function: name}
		if len(call.Args) == 1 {
			o.text, o.place, _ = s.text(call.Args[0], e)
		}
		return o, nil
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

// composite returns the composite literal of the type of package catalog that the expression is, or
// that the variable in it holds, and where the literal is.
func (s *scanner) composite(x ast.Expr, e env, typ string) (*ast.CompositeLit, env, *obstacle) {
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
			if refs[0].object == nil || refs[0].value == nil || s.isChanged(refs[0]) {
				return nil, e, s.unknown(inner, refs)
			}
			if typ == "Params" && s.isShared(refs[0]) {
				return nil, e, stop("%s may be changed through another variable or a function", show(inner))
			}
			if len(refs) > 1 {
				return nil, e, stop("%s has several declarations, for different build constraints",
					show(inner))
			}
			x, e = refs[0].value, refs[0].env
		default:
			return nil, e, describe(inner)
		}
	}
	return nil, e, stop("%s refers to itself", show(x))
}

// isCatalogType reports whether the type is that of package catalog; []catalog.Param is as good as
// catalog.Params.
func (s *scanner) isCatalogType(x ast.Expr, e env, name string) bool {
	if name == "Params" {
		t := s.underlying(typ{expr: x, env: e})
		if list, ok := t.expr.(*ast.ArrayType); ok && list.Len == nil {
			return s.catalogName(list.Elt, t.env) == "Param"
		}
	}
	return s.catalogName(x, e) == name
}

// isNil reports whether the expression is the predeclared nil.
func (s *scanner) isNil(x ast.Expr, e env) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && id.Name == "nil" && len(s.refer(id, e)) == 0
}

// owns reports whether the call is all that the variable's declaration gives it, so that the
// variable stands for it.
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

// arguments checks a call of a code's New or Wrap. What is not written out, such as arguments in a
// variable, is accepted.
func (s *scanner) arguments(call *ast.CallExpr, method *ast.SelectorExpr, e env) {
	m, _ := s.eval(method.X, e)
	c, ok := m.(*code)
	if !ok {
		return
	}
	args, complete := call.Args, !call.Ellipsis.IsValid()
	if method.Sel.Name == "Wrap" && len(args) > 0 {
		args = args[1:]
	}
	given := make([]bool, len(c.Params))
	for _, arg := range args {
		p, _ := s.argument(arg, e)
		if p == nil {
			complete = false
			continue
		}
		switch i := c.Takes(&p.Param); {
		case i < 0:
			s.report(c.domain, e.file.place(arg.Pos()), ruleForeignArgument,
				fmt.Sprintf("code %s has no param %q of the kind %q", c.Name, p.Name,
					p.Kind), "leave the argument out, or add the param to the code's Params", diag.Fix{})
		case given[i]:
			s.report(c.domain, e.file.place(arg.Pos()), ruleDoubledArgument,
				fmt.Sprintf("code %s is given a second argument for the param %q", c.Name,
					c.Params[i].Name), "only the first one counts", diag.Fix{})
		default:
			given[i] = true
		}
	}
	if !complete {
		return
	}
	for i, p := range c.Params {
		if c.shown[i] && !given[i] {
			s.report(c.domain, e.file.place(method.Sel.Pos()), ruleMissingArgument,
				fmt.Sprintf("code %s is given no argument for {{.%s}}, which its texts show", c.Name,
					p.Name), "readers don't get a text that lacks an argument", diag.Fix{})
		}
	}
}

// argument returns the param of an argument Param.Arg(value) and what is in the parentheses, and
// nil for any other expression.
func (s *scanner) argument(x ast.Expr, e env) (p *param, given []ast.Expr) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nil, nil
	}
	method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "Arg" {
		return nil, nil
	}
	m, _ := s.eval(method.X, e)
	p, _ = m.(*param)
	return p, call.Args
}
