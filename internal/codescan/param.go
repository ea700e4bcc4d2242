package codescan

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// kind is what a function of package catalog that declares a param makes of its example.
type kind struct {
	name string // as catalog's Param.Kind has it
	form form
}

// form is how an example is written in Go.
type form uint8

const (
	quoted   form = iota // a string, shown in quotation marks
	digits               // a string of digits
	whole                // a whole number
	decimal              // a number with a fraction
	span                 // a time.Duration
	moment               // a time.Time
	labelled             // a label
)

var kinds = map[string]kind{
	"String":       {"string", quoted},
	"LabelParam":   {"label", labelled},
	"Int":          {"int", whole},
	"Number":       {"number", decimal},
	"Decimal":      {"number", digits},
	"Percent":      {"percent", decimal},
	"Identifier":   {"identifier", whole},
	"Bytes":        {"bytes", whole},
	"Duration":     {"duration", span},
	"RelativeTime": {"relative-time", span},
	"Time":         {"time", moment},
	"Date":         {"date", moment},
	"TimeOfDay":    {"time-of-day", moment},
	"URL":          {"url", quoted},
	"Literal":      {"literal", quoted},
}

const listSuffix = "-list"

// newParam reads a call that declares a param. Whether its name will do is a question of the code that takes it.
func (s *scanner) newParam(k kind, call *ast.CallExpr, e env) (meaning, *obstacle) {
	if len(call.Args) != 2 || call.Ellipsis.IsValid() {
		return nil, stop("the name and example of %s are not written out", show(call))
	}
	name, why := s.text(call.Args[0], e)
	if why != nil {
		return nil, stop("the name of a param is no constant: %s", why.text)
	}
	p := &Param{Name: name.Value, Kind: k.name, Place: e.file.place(call.Pos())}
	_, p.Doc = e.variable(call)
	s.setExample(p, k.form, call.Args[1:], e)
	s.forms[p] = k.form
	return p, nil
}

// setExample reads the examples of a param, one or those of a list.
func (s *scanner) setExample(p *Param, f form, examples []ast.Expr, e env) {
	shown := []string{p.Example}[:min(1, len(p.Example))]
	for _, x := range examples {
		text, value, why := s.example(f, p.Kind, x, e)
		if why != nil {
			s.note(nil, e.file.place(x.Pos()), RuleUnreadableExample,
				fmt.Sprintf("the example of param %q cannot be shown to translators: %s", p.Name, why.text),
				"write it as a constant, and a moment as time.Date(…) in time.UTC")
			continue
		}
		if text != "" {
			shown = append(shown, text)
			p.Values = append(p.Values, value)
		}
	}
	p.Example = strings.Join(shown, ", ")
}

// list reads a call of catalog.List, whose element gives the name and the first example.
func (s *scanner) list(call *ast.CallExpr, e env) (meaning, *obstacle) {
	if len(call.Args) < 2 {
		return nil, describe(call)
	}
	m, why := s.eval(call.Args[1], e)
	element, ok := m.(*Param)
	if !ok {
		return nil, orDescribe(why, call.Args[1])
	}
	join, why := s.integer(call.Args[0], e)
	if why != nil {
		return nil, why
	}
	p := *element
	p.Place = e.file.place(call.Pos())
	if p.Join = "and"; join != 0 {
		p.Join = "or"
	}
	if _, doc := e.variable(call); doc != "" {
		p.Doc = doc
	}
	p.Values = slices.Clone(element.Values)
	more := call.Args[2:]
	if call.Ellipsis.IsValid() {
		more = more[:len(more)-1]
	}
	s.setExample(&p, s.forms[element], more, e)
	p.Kind = strings.TrimSuffix(element.Kind, listSuffix) + listSuffix
	if strings.HasSuffix(element.Kind, listSuffix) {
		p.Kind = "list" + listSuffix
	}
	return &p, nil
}

// renamed reads a call of Handle.Was.
func (s *scanner) renamed(p *Param, call *ast.CallExpr, e env) (meaning, *obstacle) {
	copied := *p
	copied.Place = e.file.place(call.Pos())
	copied.Was = slices.Clone(p.Was)
	if _, doc := e.variable(call); doc != "" {
		copied.Doc = doc
	}
	if call.Ellipsis.IsValid() {
		return nil, stop("the earlier names of param %q are not written out", p.Name)
	}
	for _, arg := range call.Args {
		was, why := s.text(arg, e)
		if why != nil {
			return nil, stop("an earlier name of param %q is no constant: %s", p.Name, why.text)
		}
		copied.Was = append(copied.Was, was.Value)
	}
	s.forms[&copied] = s.forms[p]
	return &copied, nil
}

// marked reads a call of catalog.Public or catalog.Sensitive.
func (s *scanner) marked(function string, call *ast.CallExpr, e env) (meaning, *obstacle) {
	if len(call.Args) != 1 {
		return nil, describe(call)
	}
	m, why := s.eval(call.Args[0], e)
	p, ok := m.(*Param)
	if !ok {
		return nil, orDescribe(why, call.Args[0])
	}
	copied := *p
	if function == "Public" {
		copied.Public = true
	} else {
		copied.Sensitive = true
	}
	return &copied, nil
}

// orDescribe returns why, or where a thing was read well but is of the wrong sort, a description of it.
func orDescribe(why *obstacle, x ast.Expr) *obstacle {
	if why != nil {
		return why
	}
	return stop("%s is no param", show(x))
}

// params reads the spec's Params.
func (d *definition) params(x ast.Expr, e env) {
	lit, e, why := d.composite(x, e, "Params")
	if why != nil {
		d.stop(e.file.place(x.Pos()), "its params are no literal: "+why.text, "write them as catalog.Params{…}")
		return
	}
	for _, element := range lit.Elts {
		m, why := d.eval(element, e)
		p, ok := m.(*Param)
		if !ok {
			d.stopParam(element, e, why)
			continue
		}
		d.checkParam(p, e.file.place(element.Pos()))
		d.code.Params = append(d.code.Params, *p)
	}
}

// stopParam notes that a param cannot be read.
func (d *definition) stopParam(x ast.Expr, e env, why *obstacle) {
	if d.isNil(x, e) {
		why = nil
	}
	d.stop(e.file.place(x.Pos()), "one of its params is not known: "+orDescribe(why, x).text,
		`declare the param in a package-level variable of this module, as in catalog.String("Item", "Blue socks")`)
}
