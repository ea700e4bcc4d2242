package codescan

import (
	"fmt"
	"go/ast"
)

// arguments checks a call of a code's New or Wrap. What is not written out, such as arguments in a variable, is let pass.
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
	given := map[string]bool{}
	for _, arg := range args {
		p := s.argument(arg, e)
		if p == nil {
			complete = false
			continue
		}
		own := c.takes(p)
		switch {
		case own == nil:
			s.wrong(c.domain, e.file.place(arg.Pos()), RuleForeignArgument,
				fmt.Sprintf("code %s has no param %q of the kind %q", c.Name, p.Name, p.Kind), "leave the argument out, or add the param to the code's Params")
		case given[own.Name]:
			s.wrong(c.domain, e.file.place(arg.Pos()), RuleDoubledArgument,
				fmt.Sprintf("code %s is given a second argument for the param %q", c.Name, own.Name), "only the first one counts")
		default:
			given[own.Name] = true
		}
	}
	if !complete {
		return
	}
	for _, p := range c.Params {
		if c.needed[p.Name] && !given[p.Name] {
			s.wrong(c.domain, e.file.place(method.Sel.Pos()), RuleMissingArgument,
				fmt.Sprintf("code %s is given no argument for {{.%s}}, which its texts show", c.Name, p.Name), "readers would see the name of the param in its place")
		}
	}
}

// argument returns the param of an argument Param.Arg(value), and nil for any other expression.
func (s *scanner) argument(x ast.Expr, e env) *Param {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nil
	}
	is, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || is.Sel.Name != "Arg" {
		return nil
	}
	m, _ := s.eval(is.X, e)
	p, _ := m.(*Param)
	return p
}
