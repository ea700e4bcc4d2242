package codescan

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"reflect"
	"slices"
	"strings"
)

// code is a code while it is being read.
type code struct {
	Code
	domain *domain
	folder *folder
	needed map[string]bool // the params that a text shows or a plural counts by
	unread bool
}

// definition reads one call of Domain.Define.
type definition struct {
	*scanner
	code      *code
	name      Place
	miscounts bool             // the plural's param is of the wrong kind, which is reported already
	pieces    map[string]Place // where the fields are written whose values have no place of their own
}

const hintLoop = "declare each code in a package-level variable of its own"

func (s *scanner) define(d *domain, call *ast.CallExpr, e env) (meaning, *obstacle) {
	c := &code{domain: d, folder: e.file.folder, needed: map[string]bool{}}
	c.Place = e.file.place(call.Pos())
	c.Package = s.tree.mod.importPath(c.folder.dir)
	c.Var, c.Doc = e.variable(call)
	def := &definition{scanner: s, code: c, pieces: map[string]Place{}}
	switch {
	case e.loop:
		def.stop(c.Place, "it is declared in a loop", hintLoop)
	case len(call.Args) != 3:
		def.stop(c.Place, "its number, name and spec are not written out", hintLoop)
	default:
		def.read(call, e)
	}
	if c.unread {
		return nil, stop("%s cannot be read", show(call.Fun))
	}
	def.check()
	d.codes = append(d.codes, c)
	return c, nil
}

// stop notes why the code cannot be read.
func (d *definition) stop(at Place, text, hint string) {
	subject := "declared code"
	if d.code.Name != "" {
		subject = "code " + d.code.Name
	}
	d.code.unread = true
	d.unread(d.code.domain, at, subject+" cannot be read: "+text, hint)
}

func (d *definition) read(call *ast.CallExpr, e env) {
	name, why := d.text(call.Args[1], e)
	if why != nil {
		d.stop(e.file.place(call.Args[1].Pos()), "its name is no constant: "+why.text, "write the name as a string constant")
	}
	d.code.Name, d.name = name.Value, name.Place
	if d.code.Number, why = d.integer(call.Args[0], e); why != nil {
		d.stop(e.file.place(call.Args[0].Pos()), "its number is no constant: "+why.text, "write the number as an integer constant")
	}
	lit, e2, why := d.composite(call.Args[2], e, "Spec")
	if why != nil {
		d.stop(e.file.place(call.Args[2].Pos()), "its spec is no literal: "+why.text,
			"write the spec as catalog.Spec{…}, in the call or in a package-level variable")
		return
	}
	d.fields(lit, e2, d.field)
	if len(d.code.Audience) == 0 {
		d.code.Audience = audience(0)
	}
	d.code.Retry = cmp.Or(d.code.Retry, retries[0])
	d.code.Action = cmp.Or(d.code.Action, actions[0])
}

// fields calls read for each field of a literal. A literal without the names of its fields would change its meaning with
// every field that is added to the type.
func (d *definition) fields(lit *ast.CompositeLit, e env, read func(name string, value ast.Expr, e env)) {
	for _, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				d.pieces[key.Name] = e.file.place(pair.Value.Pos())
				read(key.Name, pair.Value, e)
				continue
			}
		}
		d.stop(e.file.place(element.Pos()), "the fields of its spec have no names", `write the names of the fields, as in Title: "…"`)
		return
	}
}

func (d *definition) field(name string, value ast.Expr, e env) {
	c := d.code
	switch name {
	case "Title":
		c.Title = d.str("title", value, e)
	case "Detail":
		c.Detail = d.str("detail", value, e)
	case "Help":
		c.Help = d.str("help", value, e)
	case "Deprecated":
		c.Deprecated = d.str("deprecation", value, e).Value
	case "Plural":
		d.literal("Plural", value, e, d.plural)
	case "Params":
		if !d.isNil(value, e) {
			d.params(value, e)
		}
	case "Max":
		d.literal("Max", value, e, d.max)
	case "HTTP":
		c.HTTP = d.int("HTTP status", value, e)
	case "Audience":
		c.Audience = audience(d.int("audience", value, e))
	case "Retry":
		c.Retry = named(retries[:], d.int("retry", value, e))
	case "Action":
		c.Action = named(actions[:], d.int("action", value, e))
	case "Aggregate":
		v, why := d.fold(value, e)
		switch {
		case why != nil:
			d.stop(e.file.place(value.Pos()), "whether it is an aggregate is no constant: "+why.text, "write true or false")
		case v.Kind() == constant.Bool:
			c.Aggregate = constant.BoolVal(v)
		}
	case "ReplacedBy":
		d.replacedBy(value, e)
	}
}

// str reads a field that is a string.
func (d *definition) str(what string, x ast.Expr, e env) Text {
	text, why := d.text(x, e)
	if why != nil {
		d.stop(e.file.place(x.Pos()), fmt.Sprintf("its %s is no constant: %s", what, why.text), fmt.Sprintf("write the %s as a string constant", what))
	}
	return text
}

// int reads a field that is a number.
func (d *definition) int(what string, x ast.Expr, e env) int {
	n, why := d.integer(x, e)
	if why != nil {
		d.stop(e.file.place(x.Pos()), fmt.Sprintf("its %s is no constant: %s", what, why.text), fmt.Sprintf("write the %s as a constant", what))
	}
	return n
}

// literal reads a field that is a struct.
func (d *definition) literal(typ string, x ast.Expr, e env, read func(string, ast.Expr, env)) {
	lit, e2, why := d.composite(x, e, typ)
	if why != nil {
		what := strings.ToLower(typ)
		d.stop(e.file.place(x.Pos()), fmt.Sprintf("its %s is no literal: %s", what, why.text), fmt.Sprintf("write it as catalog.%s{…}", typ))
		return
	}
	d.fields(lit, e2, read)
}

var categories = [...]string{"zero", "one", "two", "few", "many"}

func (d *definition) plural(name string, value ast.Expr, e env) {
	p := &d.code.Plural
	category := strings.ToLower(name)
	switch {
	case name != "By":
		if text := d.str("form \""+category+"\"", value, e); text.Value != "" {
			p.Forms = append(p.Forms, Form{Category: category, Text: text})
		}
		slices.SortFunc(p.Forms, func(a, b Form) int {
			return cmp.Compare(slices.Index(categories[:], a.Category), slices.Index(categories[:], b.Category))
		})
	case !d.isNil(value, e):
		m, why := d.eval(value, e)
		by, ok := m.(*Param)
		if !ok {
			d.stopParam(value, e, why)
			return
		}
		p.By = by.Name
		d.checkCount(by, e.file.place(value.Pos()))
	}
}

func (d *definition) max(name string, value ast.Expr, e env) {
	n := d.int("limit", value, e)
	switch name {
	case "Title":
		d.code.Max.Title = n
	case "Detail":
		d.code.Max.Detail = n
	case "Help":
		d.code.Max.Help = n
	}
}

// replacedBy reads the code that takes the place of this one. What it is called does not change a locale file, so a code
// of another module is let pass.
func (d *definition) replacedBy(x ast.Expr, e env) {
	m, _ := d.eval(x, e)
	if other, ok := m.(*code); ok {
		d.code.ReplacedBy = other.Name
	} else if !d.isNil(x, e) {
		d.code.ReplacedBy = show(x)
	}
}

var (
	audiences = [...]string{"end user", "developer", "operator"}
	retries   = [...]string{"never", "backoff", "after", "once"}
	actions   = [...]string{"contact", "fix", "retry", "sign-in", "none"}
)

// audience returns the names of the bits; none is the first.
func audience(bits int) []string {
	var names []string
	for i, name := range audiences {
		if bits&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if names == nil {
		return []string{audiences[0]}
	}
	return names
}

func named(names []string, i int) string {
	if i < 0 || i >= len(names) {
		i = 0
	}
	return names[i]
}

// assembleCodes sorts the domain's codes and finds numbers and names that are used twice.
func (s *scanner) assembleCodes(d *domain) {
	slices.SortStableFunc(d.codes, func(a, b *code) int { return byPlace(a.Place, b.Place) })
	numbers, names := make(map[int]*code, len(d.codes)), make(map[string]*code, len(d.codes))
	d.Codes = make([]Code, 0, len(d.codes))
	for _, c := range d.codes {
		switch number, name := numbers[c.Number], names[c.Name]; {
		case number != nil && name == number && c.isTwin(number):
			if !c.isLike(number) {
				s.unreliable(d)
				s.wrong(d, c.Place, RuleDuplicate,
					fmt.Sprintf("code %s differs from its declaration for other systems, at %v", c.Name, number.Place),
					"declare it once, in a file without build constraints")
			}
		case number != nil:
			s.unreliable(d)
			s.wrong(d, c.Place, RuleDuplicate,
				fmt.Sprintf("number %d of code %s belongs to %s, declared at %v", c.Number, c.Name, number.Name, number.Place),
				"give the code a number that was never used")
		case name != nil:
			s.unreliable(d)
			s.wrong(d, c.Place, RuleDuplicate,
				fmt.Sprintf("name %s of code %d belongs to %d, declared at %v", c.Name, c.Number, name.Number, name.Place),
				"give the code a name that was never used")
		default:
			numbers[c.Number], names[c.Name] = c, c
			d.Codes = append(d.Codes, c.Code)
		}
	}
	slices.SortFunc(d.Codes, func(a, b Code) int { return cmp.Compare(a.Number, b.Number) })
}

// isTwin reports whether two codes are the same variable, declared in two files for different systems: otherwise the
// package would not compile.
func (c *code) isTwin(other *code) bool {
	return c.Var != "" && c.Var == other.Var && c.folder == other.folder && c.File != other.File
}

// isLike reports whether two declarations say the same.
func (c *code) isLike(other *code) bool { return reflect.DeepEqual(c.unplaced(), other.unplaced()) }

// unplaced returns the code without the places that it came from.
func (c *code) unplaced() Code {
	bare := c.Code
	bare.Place, bare.Doc = Place{}, ""
	bare.Title.Place, bare.Detail.Place, bare.Help.Place = Place{}, Place{}, Place{}
	bare.Plural.Forms = slices.Clone(c.Plural.Forms)
	for i := range bare.Plural.Forms {
		bare.Plural.Forms[i].Place = Place{}
	}
	bare.Params = slices.Clone(c.Params)
	for i := range bare.Params {
		bare.Params[i].Place = Place{}
	}
	return bare
}
