package vet

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errlingo/errlingo/internal/pattern"
)

// code is the fact about a variable that declares a code.
type code struct {
	Number     int
	Name       string
	Title      string
	Params     []param
	Deprecated string
	ReplacedBy string // the variable of the code to use instead, if it is in the same package
}

// param is the fact about a variable that declares a param. The texts of a code depend on a param
// that is Shown.
type param struct {
	Name, Kind string
	Shown      bool
}

// helper is the fact about a function whose last param is the arguments of a code's New or Wrap.
type helper struct {
	Code *code // or nil
	At   int   // else the index of the param that is the code
}

func (*code) AFact()   {}
func (*param) AFact()  {}
func (*helper) AFact() {}

// takes returns the index of the param that an argument for the other one goes to, or -1.
func (c *code) takes(other *param) int {
	return slices.IndexFunc(c.Params, func(p param) bool {
		return p.Name == other.Name && p.Kind == other.Kind
	})
}

// lacks returns the names of the params that texts show and nothing is given for. An error counts
// what it reports itself, so it needs no argument for the Int param Count.
func (c *code) lacks(given func(i int) bool) []string {
	var names []string
	for i, p := range c.Params {
		if p.Shown && !given(i) && (p.Name != "Count" || p.Kind != "Int") {
			names = append(names, p.Name)
		}
	}
	return names
}

// declared finds the declarations that a package can refer to. The other analyzers share its
// result.
var declared = &analysis.Analyzer{
	Name:       "errlingodeclared",
	Doc:        "find the codes and params that a package can refer to",
	FactTypes:  []analysis.Fact{new(code), new(param), new(helper)},
	ResultType: reflect.TypeFor[*declarations](),
	Run: func(pass *analysis.Pass) (any, error) {
		d := &declarations{
			info: pass.TypesInfo, pkg: pass.Pkg,
			values: map[types.Object]ast.Expr{}, changed: map[types.Object]bool{},
			codes: map[types.Object]*code{}, params: map[types.Object]*param{},
			helpers: map[types.Object]*helper{},
		}
		for _, known := range pass.AllObjectFacts() {
			switch fact := known.Fact.(type) {
			case *code:
				d.codes[known.Object] = fact
			case *param:
				d.params[known.Object] = fact
			case *helper:
				d.helpers[known.Object] = fact
			}
		}
		uses := pass.Pkg.Path() == catalogPath || slices.ContainsFunc(pass.Pkg.Imports(),
			func(p *types.Package) bool { return p.Path() == catalogPath })
		if uses || len(d.codes) > 0 {
			d.collect(pass)
		}
		return d, nil
	},
}

// declarations are the declarations that a package can refer to, its own and those of others.
type declarations struct {
	info    *types.Info
	pkg     *types.Package
	values  map[types.Object]ast.Expr // what the declaration of a variable gives it
	changed map[types.Object]bool     // variables that may have another value later
	codes   map[types.Object]*code
	params  map[types.Object]*param
	helpers map[types.Object]*helper
}

// collect adds the package's own declarations, and exports facts about them.
func (d *declarations) collect(pass *analysis.Pass) {
	for _, file := range pass.Files {
		for node := range ast.Preorder(file) {
			d.assign(node)
			d.change(node)
		}
	}
	for object := range d.values {
		x := d.value(object)
		if x == nil || object.Parent() != pass.Pkg.Scope() {
			continue
		}
		if p := d.param(x); p != nil {
			d.params[object] = p
			pass.ExportObjectFact(object, p)
		}
		if c := d.code(x); c != nil {
			d.codes[object] = c
			pass.ExportObjectFact(object, c)
		}
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
				if h := d.helper(fn); h != nil {
					d.helpers[d.info.Defs[fn.Name]] = h
					pass.ExportObjectFact(d.info.Defs[fn.Name], h)
				}
			}
		}
	}
}

// assign notes the values that a declaration gives to variables.
func (d *declarations) assign(node ast.Node) {
	switch node := node.(type) {
	case *ast.ValueSpec:
		if len(node.Names) == len(node.Values) {
			for i, name := range node.Names {
				if object, ok := d.info.Defs[name].(*types.Var); ok {
					d.values[object] = node.Values[i]
				}
			}
		}
	case *ast.AssignStmt:
		if node.Tok == token.DEFINE && len(node.Lhs) == len(node.Rhs) {
			for i, x := range node.Lhs {
				if name, ok := x.(*ast.Ident); ok && d.info.Defs[name] != nil {
					d.values[d.info.Defs[name]] = node.Rhs[i]
				}
			}
		}
	}
}

// change notes the variables that a statement assigns to, or to a part of them, or whose address it
// takes.
func (d *declarations) change(node ast.Node) {
	var changed []ast.Expr
	switch node := node.(type) {
	case *ast.AssignStmt:
		changed = node.Lhs
	case *ast.RangeStmt:
		changed = []ast.Expr{node.Key, node.Value}
	case *ast.UnaryExpr:
		if node.Op == token.AND {
			changed = []ast.Expr{node.X}
		}
	}
	for _, x := range changed {
		for x != nil {
			if object := d.uses(x); object != nil {
				d.changed[object] = true
			}
			x = whole(x)
		}
	}
}

// whole returns what an expression is a field or an element of, or nil.
func whole(x ast.Expr) ast.Expr {
	switch x := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		return x.X
	case *ast.SelectorExpr:
		return x.X
	}
	return nil
}

// value returns what a variable of the package always has, or nil if that isn't known.
func (d *declarations) value(object types.Object) ast.Expr {
	if d.changed[object] {
		return nil
	}
	return d.values[object]
}

// uses returns the object that an identifier refers to, with or without a package's name before it,
// or nil.
func (d *declarations) uses(x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return d.info.Uses[x]
	case *ast.SelectorExpr:
		if _, isField := d.info.Selections[x]; !isField {
			return d.info.Uses[x.Sel]
		}
	}
	return nil
}

// code returns the code that an expression is, or nil.
func (d *declarations) code(x ast.Expr) *code {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		return d.define(call)
	}
	object := d.uses(x)
	if c := d.codes[object]; c != nil {
		return c
	}
	if value := d.value(object); value != nil && is(object.Type(), "*Code") {
		return d.code(value)
	}
	return nil
}

// define reads a call of Domain.Define. It returns nil for another call, and for a declaration of
// which something is only known when the program runs.
func (d *declarations) define(call *ast.CallExpr) *code {
	if catalogCall(d.info, call) != "Domain.Define" || len(call.Args) != 3 {
		return nil
	}
	spec, ok := d.literal(call.Args[2])
	number, isNumber := d.number(call.Args[0])
	name := d.str(call.Args[1])
	if !ok || !isNumber || name == "" {
		return nil
	}
	c := &code{Number: number, Name: name}
	shown := map[string]bool{}
	for _, element := range spec.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		switch key := field.Key.(*ast.Ident).Name; key {
		case "Title", "Detail", "Help", "Plural":
			if key == "Title" {
				c.Title = d.str(field.Value)
			}
			d.show(field.Value, shown)
		case "Params":
			if c.Params, ok = d.list(field.Value); !ok {
				return nil
			}
		case "Deprecated":
			c.Deprecated = d.str(field.Value)
		case "ReplacedBy":
			if to := d.uses(field.Value); to != nil && to.Pkg() == d.pkg {
				c.ReplacedBy = to.Name()
			}
		}
	}
	for i := range c.Params {
		c.Params[i].Shown = shown[c.Params[i].Name]
	}
	return c
}

// show adds the params that texts depend on: those with a placeholder, and the count.
func (d *declarations) show(x ast.Expr, shown map[string]bool) {
	for node := range ast.Preorder(x) {
		x, ok := node.(ast.Expr)
		if !ok {
			continue
		}
		all, _ := pattern.Placeholders(d.str(x))
		for _, p := range all {
			shown[p.Name] = true
		}
		if p := d.param(x); p != nil {
			shown[p.Name] = true
		}
	}
}

// literal returns the composite literal that an expression is, if that is known.
func (d *declarations) literal(x ast.Expr) (*ast.CompositeLit, bool) {
	if value := d.value(d.uses(x)); value != nil {
		return d.literal(value)
	}
	lit, ok := ast.Unparen(x).(*ast.CompositeLit)
	return lit, ok
}

// list returns the params of a code.
func (d *declarations) list(x ast.Expr) ([]param, bool) {
	if d.info.Types[x].IsNil() {
		return nil, true
	}
	lit, ok := d.literal(x)
	if !ok {
		return nil, false
	}
	var all []param
	for _, element := range lit.Elts {
		p := d.param(element)
		if p == nil {
			return nil, false
		}
		all = append(all, *p)
	}
	return all, true
}

// param returns the param that an expression is, or nil.
func (d *declarations) param(x ast.Expr) *param {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		object := d.uses(x)
		if p := d.params[object]; p != nil || d.value(object) == nil {
			return p
		}
		return d.param(d.value(object))
	}
	switch name := catalogCall(d.info, call); name {
	case "Public", "Sensitive":
		return d.param(call.Args[0])
	case "Handle.Styled", "Handle.Formerly":
		return d.param(receiver(call))
	case "List":
		if len(call.Args) < 2 { // Both are the results of one call.
			return nil
		}
		if p := d.param(call.Args[1]); p != nil {
			return &param{Name: p.Name, Kind: p.Kind + " list"}
		}
	case "Decimal":
		return &param{Name: d.str(call.Args[0]), Kind: "Number"}
	case "String", "LabelParam", "PhraseParam", "Int", "Number", "Percent", "Identifier", "Bytes",
		"Duration", "RelativeTime", "Literal", "Money", "URL", "Date", "DateRange", "Time",
		"TimeOfDay":
		if text := d.str(call.Args[0]); text != "" {
			return &param{Name: text, Kind: name}
		}
	}
	return nil
}

// helper returns the fact about a function that passes its arguments on as they are.
func (d *declarations) helper(fn *ast.FuncDecl) *helper {
	signature := d.info.Defs[fn.Name].(*types.Func).Signature()
	if !signature.Variadic() {
		return nil
	}
	args := signature.Params().At(signature.Params().Len() - 1)
	if list, ok := args.Type().(*types.Slice); !ok || !is(list.Elem(), "Arg") {
		return nil
	}
	var passes *ast.CallExpr
	mentions := 0
	for node := range ast.Preorder(fn.Body) {
		switch node := node.(type) {
		case *ast.Ident:
			if d.info.Uses[node] == args {
				mentions++
			}
		case *ast.CallExpr:
			if call, ok := isNew(d.info, node); ok && call.Ellipsis.IsValid() {
				fixed := 0
				if catalogCall(d.info, call) == "Code.Wrap" {
					fixed = 1
				}
				if len(call.Args) == fixed+1 && d.uses(call.Args[fixed]) == args {
					passes = call
				}
			}
		}
	}
	if passes == nil || mentions != 1 {
		return nil
	}
	if c := d.code(receiver(passes)); c != nil {
		return &helper{Code: c}
	}
	object := d.uses(receiver(passes))
	for i := range signature.Params().Len() {
		if signature.Params().At(i) == object && !d.changed[object] {
			return &helper{At: i}
		}
	}
	return nil
}

// callee returns the function that a call calls.
func (d *declarations) callee(call *ast.CallExpr) types.Object {
	return typeutil.Callee(d.info, call)
}

// str returns the value of a constant string, or "".
func (d *declarations) str(x ast.Expr) string {
	if v := d.info.Types[x].Value; v != nil && v.Kind() == constant.String {
		return constant.StringVal(v)
	}
	return ""
}

// number returns the value of a constant whole number.
func (d *declarations) number(x ast.Expr) (int, bool) {
	v := d.info.Types[x].Value
	if v == nil {
		return 0, false
	}
	n, exact := constant.Int64Val(constant.ToInt(v))
	return int(n), exact
}
