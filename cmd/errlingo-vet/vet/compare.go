package vet

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// Compare reports comparisons of errors and codes that don't say what they seem to.
var Compare = analyzer("codecompare", `report wrong ways to recognize the error of a code

errors.Is(err, Code) recognizes an error of a code, however it was wrapped. Reported are errors.Is
with its arguments the wrong way round or with a new error as its target, ==, != and switch between
errors and codes, and errors that are recognized by their text. The suggested fixes use errors.Is.
Texts are not reported in test files, which may check what a log has.`, true, checkCompare)

func checkCompare(c *checker) {
	for cur := range c.syntax.Root().Preorder(
		(*ast.CallExpr)(nil), (*ast.BinaryExpr)(nil), (*ast.SwitchStmt)(nil)) {
		switch node := cur.Node().(type) {
		case *ast.CallExpr:
			c.call(node)
		case *ast.BinaryExpr:
			if node.Op == token.EQL || node.Op == token.NEQ {
				c.equality(cur, node)
			}
		case *ast.SwitchStmt:
			c.choice(cur, node)
		}
	}
}

// call checks a call of errors.Is, and one of package strings that searches an error's text.
func (c *checker) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(c.TypesInfo, call).(*types.Func)
	if !ok || len(call.Args) != 2 {
		return
	}
	x, y := call.Args[0], call.Args[1]
	switch fn.FullName() {
	case "errors.Is":
		if code := c.code(x); code != nil && c.isAnyError(y) && !c.isFixed(y) {
			c.report(call, fmt.Sprintf("errors.Is has its arguments the wrong way round: "+
				"the code %s is the target", code.Name), replace(x, c.source(y)), replace(y, c.source(x)))
		}
		if target, made := c.target(y); made {
			var edits []analysis.TextEdit
			if target != "" {
				edits = append(edits, replace(y, target))
			}
			c.report(y, "errors.Is never finds an error that was just made; its target is the code",
				edits...)
		}
	case "strings.Contains", "strings.HasPrefix", "strings.HasSuffix", "strings.EqualFold":
		if err, code, ok := c.byText(x, y); ok {
			c.report(call, byText, c.is(call, err, code, "")...)
		}
	}
}

// target returns the text of a code, or that of the code from which an error is made. It is "" if
// variables would be unused without the error's arguments.
func (c *checker) target(x ast.Expr) (text string, made bool) {
	call, made := isNew(c.TypesInfo, x)
	switch {
	case !made:
		return c.source(x), false
	case c.hasLocals(call):
		return "", true
	}
	return c.source(receiver(call)), true
}

// equality checks an expression with == or !=.
func (c *checker) equality(cur inspector.Cursor, b *ast.BinaryExpr) {
	not := ""
	if b.Op == token.NEQ {
		not = "!"
	}
	err, code := b.X, b.Y
	if !c.isTarget(code) {
		err, code = code, err
	}
	if !c.isTarget(code) || !isErrorInterface(c.TypesInfo.TypeOf(err)) {
		for _, sides := range [][2]ast.Expr{{b.X, b.Y}, {b.Y, b.X}} {
			if err, code, ok := c.byText(sides[0], sides[1]); ok {
				c.report(b, byText, c.is(b, err, code, not)...)
				break
			}
		}
		return
	}
	if c.inIs(cur) {
		return
	}
	target, _ := c.target(code)
	c.report(b, fmt.Sprintf("%s between an error and a code does not see the error's code; "+
		"use errors.Is", b.Op), c.is(b, err, target, not)...)
}

// choice checks a switch whose cases are codes, or texts of errors.
func (c *checker) choice(cur inspector.Cursor, s *ast.SwitchStmt) {
	if s.Tag == nil {
		return
	}
	if isErrorInterface(c.TypesInfo.TypeOf(s.Tag)) && !c.inIs(cur) {
		c.switchOnError(s)
	}
	for _, clause := range s.Body.List {
		for _, x := range clause.(*ast.CaseClause).List {
			if _, _, ok := c.byText(s.Tag, x); ok {
				c.report(s.Tag, byText)
				return
			}
		}
	}
}

// switchOnError reports a switch on an error if a case is a code. The fix makes each case a
// condition.
func (c *checker) switchOnError(s *ast.SwitchStmt) {
	_, plain := ast.Unparen(s.Tag).(*ast.Ident)
	var edits []analysis.TextEdit
	found := false
	for _, clause := range s.Body.List {
		for _, x := range clause.(*ast.CaseClause).List {
			switch {
			case c.TypesInfo.Types[x].IsNil():
				edits = append(edits, insert(x.Pos(), c.source(s.Tag)+" == "))
			case isErrorInterface(c.TypesInfo.TypeOf(x)) || c.isTarget(x):
				found = found || c.isTarget(x)
				edits = append(edits, insert(x.Pos(), "errors.Is("+c.source(s.Tag)+", "), insert(x.End(), ")"))
			default:
				plain = false
			}
		}
	}
	if !found {
		return
	}
	edits = append(edits, c.importErrors(s.Pos())...)
	edits = append(edits, analysis.TextEdit{Pos: s.Tag.Pos(), End: s.Tag.End()})
	if !plain || !c.knowsErrors(s.Pos()) {
		edits = nil
	}
	c.report(s.Tag, "a switch on an error does not see the error's code; use errors.Is in its cases",
		edits...)
}

const byText = "the text of an error may change, and does not say its code; use errors.Is"

// byText reports whether the text of an error is compared with that of a code. It returns the error
// and how to refer to the code, if that is known.
func (c *checker) byText(text, with ast.Expr) (err ast.Expr, code string, ok bool) {
	if !c.isErrorText(text) || isTest(c.Fset, text.Pos()) {
		return nil, "", false
	}
	err = receiver(ast.Unparen(text).(*ast.CallExpr))
	object, t := c.named(with), c.TypesInfo.TypeOf(err)
	if object == nil {
		return err, "", is(t, "*Error") || is(t, "*Code")
	}
	return err, c.refer(object, text.Pos()), true
}

// named returns the declaration of the code that an expression names: a text with the code's name
// or title, or a call of the code's method Name or Error.
func (c *checker) named(x ast.Expr) types.Object {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		switch catalogCall(c.TypesInfo, call) {
		case "Code.Name", "Code.Error":
			if object := c.uses(receiver(call)); c.codes[object] != nil {
				return object
			}
		}
	}
	v := c.TypesInfo.Types[x].Value
	if v == nil || v.Kind() != constant.String {
		return nil
	}
	text := constant.StringVal(v)
	var found []types.Object
	for object, code := range c.codes {
		if strings.Contains(text, code.Name) || code.Title != "" && strings.Contains(text, code.Title) {
			found = append(found, object)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return slices.MaxFunc(found, func(a, b types.Object) int { // OUT_OF_STOCK rather than STOCK
		return cmp.Or(cmp.Compare(len(c.codes[a].Name), len(c.codes[b].Name)),
			cmp.Compare(a.Pkg().Path()+a.Name(), b.Pkg().Path()+b.Name()))
	})
}

// hasLocals reports whether the arguments of a call have local variables. Without the arguments,
// these may be unused, and the program would not compile.
func (c *checker) hasLocals(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		for node := range ast.Preorder(arg) {
			name, ok := node.(*ast.Ident)
			if !ok {
				continue
			}
			v, ok := c.TypesInfo.Uses[name].(*types.Var)
			if ok && !v.IsField() && v.Parent() != v.Pkg().Scope() {
				return true
			}
		}
	}
	return false
}

// isTarget reports whether an expression is a code, or an error that is made from one at once.
func (c *checker) isTarget(x ast.Expr) bool {
	_, made := isNew(c.TypesInfo, x)
	t := c.TypesInfo.TypeOf(x)
	return made || t != nil && is(t, "*Code") && !c.TypesInfo.Types[x].IsNil()
}

// isAnyError reports whether an expression is an error whose code isn't known.
func (c *checker) isAnyError(x ast.Expr) bool {
	t := c.TypesInfo.TypeOf(x)
	return isErrorInterface(t) || is(t, "*Error")
}

// isFixed reports whether an expression is a variable at package level, such as io.EOF.
func (c *checker) isFixed(x ast.Expr) bool {
	object := c.uses(x)
	return object != nil && object.Pkg() != nil && object.Parent() == object.Pkg().Scope()
}

// inIs reports whether a node is in a method Is, which is where errors and codes are compared.
func (c *checker) inIs(cur inspector.Cursor) bool {
	for fn := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		decl := fn.Node().(*ast.FuncDecl)
		return decl.Recv != nil && decl.Name.Name == "Is"
	}
	return false
}

// report reports a node, with a fix if there are edits.
func (c *checker) report(at ast.Expr, text string, edits ...analysis.TextEdit) {
	d := analysis.Diagnostic{Pos: at.Pos(), End: at.End(), Message: text}
	if len(edits) > 0 {
		d.SuggestedFixes = []analysis.SuggestedFix{{Message: "Use errors.Is", TextEdits: edits}}
	}
	c.Report(d)
}

// is returns the edits that make an expression a call of errors.Is, or nil if the file has another
// meaning for the name errors, or without a target.
func (c *checker) is(at, err ast.Expr, target, not string) []analysis.TextEdit {
	if target == "" || !c.knowsErrors(at.Pos()) {
		return nil
	}
	text := fmt.Sprintf("%serrors.Is(%s, %s)", not, c.source(err), target)
	return append(c.importErrors(at.Pos()), replace(at, text))
}

func replace(x ast.Node, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: x.Pos(), End: x.End(), NewText: []byte(text)}
}

func insert(at token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte(text)}
}

// lookup returns what a name means at a position, or nil.
func (c *checker) lookup(name string, at token.Pos) types.Object {
	_, object := c.Pkg.Scope().Innermost(at).LookupParent(name, at)
	return object
}

// knowsErrors reports whether "errors" is the standard package at a position, or can be.
func (c *checker) knowsErrors(at token.Pos) bool {
	object := c.lookup("errors", at)
	pkg, ok := object.(*types.PkgName)
	return object == nil || ok && pkg.Imported().Path() == "errors"
}

// importErrors returns the edit that imports package errors, if the file doesn't.
func (c *checker) importErrors(at token.Pos) []analysis.TextEdit {
	if c.lookup("errors", at) != nil {
		return nil
	}
	file := fileAt(c.Pass, at)
	for _, decl := range file.Decls {
		imports, ok := decl.(*ast.GenDecl)
		if ok && imports.Tok == token.IMPORT && imports.Lparen.IsValid() && len(imports.Specs) > 0 {
			return []analysis.TextEdit{insert(imports.Specs[0].Pos(), "\"errors\"\n\t")}
		}
	}
	return []analysis.TextEdit{insert(file.Name.End(), "\n\nimport \"errors\"\n")}
}

// refer returns how code at a position refers to a declaration, or "" if it can't.
func (c *checker) refer(object types.Object, at token.Pos) string {
	if object.Pkg() == c.Pkg {
		if c.lookup(object.Name(), at) == object {
			return object.Name()
		}
		return ""
	}
	imports := c.TypesInfo.Scopes[fileAt(c.Pass, at)]
	for _, name := range imports.Names() {
		pkg, ok := imports.Lookup(name).(*types.PkgName)
		if ok && pkg.Imported() == object.Pkg() && c.lookup(name, at) == pkg && object.Exported() {
			return name + "." + object.Name()
		}
	}
	return ""
}
