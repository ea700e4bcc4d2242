package codescan

import (
	"go/ast"
	"go/constant"
	"go/token"
	"math/bits"
)

const (
	maxBits   = 512     // of a whole number; https://go.dev/ref/spec#Constants asks for 256 at least
	maxString = 1 << 20 // of a text, in bytes
)

// fold computes a constant expression (https://go.dev/ref/spec#Constant_expressions). It trusts the compiler to check
// types, and keeps of a type only what changes a value: whether it is a whole number, a number with a fraction, or text.
func (s *scanner) fold(x ast.Expr, e env) (constant.Value, *obstacle) {
	v, why := s.foldAny(x, e)
	if why != nil {
		return nil, why
	}
	switch v.Kind() {
	case constant.Unknown:
		return nil, stop("%s is no valid constant", show(x))
	case constant.Int:
		if constant.BitLen(v) > maxBits {
			return nil, stop("%s is too large", show(x))
		}
	}
	return v, nil
}

func (s *scanner) foldAny(x ast.Expr, e env) (constant.Value, *obstacle) {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return s.fold(x.X, e)
	case *ast.BasicLit:
		return constant.MakeFromLiteral(x.Value, x.Kind, 0), nil
	case *ast.Ident, *ast.SelectorExpr:
		return s.foldName(x, e)
	case *ast.UnaryExpr:
		v, why := s.fold(x.X, e)
		if why != nil {
			return nil, why
		}
		return unary(x.Op, v), nil
	case *ast.BinaryExpr:
		return s.foldBinary(x, e)
	case *ast.CallExpr:
		return s.foldCall(x, e)
	}
	return nil, describe(x)
}

// foldName computes a named constant. Where files for different systems declare it, all must agree.
func (s *scanner) foldName(x ast.Expr, e env) (constant.Value, *obstacle) {
	refs := s.refer(x, e)
	if len(refs) == 0 {
		return s.foldUndeclared(x, e)
	}
	var first constant.Value
	for i, r := range refs {
		v, why := s.foldReferent(x, r)
		switch {
		case why != nil:
			return nil, why
		case i == 0:
			first = v
		case first.Kind() != v.Kind() || !constant.Compare(first, token.EQL, v):
			return nil, stop("%s has another value under other build constraints", show(x))
		}
	}
	return first, nil
}

// foldUndeclared computes a name that no file declares: a predeclared one, or what is no constant.
func (s *scanner) foldUndeclared(x ast.Expr, e env) (constant.Value, *obstacle) {
	switch x := x.(type) {
	case *ast.Ident:
		if x.Name == "true" || x.Name == "false" {
			return constant.MakeBool(x.Name == "true"), nil
		}
		if x.Name == "iota" && e.iota != nil {
			return e.iota, nil
		}
	case *ast.SelectorExpr:
		if !s.isQualified(x, e) {
			return nil, describe(x)
		}
	}
	return nil, s.unknown(x, nil)
}

func (s *scanner) foldReferent(x ast.Expr, r referent) (constant.Value, *obstacle) {
	if r.object == nil {
		if v, ok := knownConstant(r.path, r.member); ok {
			return constant.MakeInt64(v), nil
		}
		return nil, s.unknown(x, []referent{r})
	}
	o := r.object
	switch {
	case o.tok == token.VAR:
		return nil, stop("%s is a variable", show(x))
	case o.tok != token.CONST || o.value == nil:
		return nil, s.unknown(x, []referent{r})
	case o.busy:
		return nil, stop("%s refers to itself", show(x))
	case !o.folded:
		o.busy = true
		o.val, o.stop = s.fold(o.value, r.env)
		if o.stop == nil && o.typ != nil {
			o.val, o.stop = s.convert(o.typ, o.val, r.env)
		}
		o.busy, o.folded = false, true
	}
	return o.val, o.stop
}

// unary and binary return an unknown value for an operation that go/constant would not take.
func unary(op token.Token, v constant.Value) constant.Value {
	switch kind := v.Kind(); {
	case op == token.NOT && kind == constant.Bool,
		(op == token.ADD || op == token.SUB) && (kind == constant.Int || kind == constant.Float),
		op == token.XOR && kind == constant.Int:
		return constant.UnaryOp(op, v, 0)
	}
	return constant.MakeUnknown()
}

func (s *scanner) foldBinary(x *ast.BinaryExpr, e env) (constant.Value, *obstacle) {
	left, why := s.fold(x.X, e)
	if why != nil {
		return nil, why
	}
	right, why := s.fold(x.Y, e)
	if why != nil {
		return nil, why
	}
	return binary(left, x.Op, right), nil
}

func binary(x constant.Value, op token.Token, y constant.Value) constant.Value {
	if op == token.SHL || op == token.SHR {
		return shift(x, op, y)
	}
	kind := max(x.Kind(), y.Kind())
	switch {
	case x.Kind() != y.Kind() && min(x.Kind(), y.Kind()) < constant.Int:
		return constant.MakeUnknown()
	case isComparison(op):
		return compare(x, op, y, kind)
	case kind == constant.String && op == token.ADD:
		// Computed at once, since a chain of constants that each double the one before would grow without bound.
		a, b := constant.StringVal(x), constant.StringVal(y)
		if len(a)+len(b) > maxString {
			return constant.MakeUnknown()
		}
		return constant.MakeString(a + b)
	case kind == constant.Bool && (op == token.LAND || op == token.LOR):
		return constant.BinaryOp(x, op, y)
	case kind == constant.Int:
		return binaryInt(x, op, y)
	case kind == constant.Float:
		return binaryFloat(x, op, y)
	}
	return constant.MakeUnknown()
}

func binaryInt(x constant.Value, op token.Token, y constant.Value) constant.Value {
	switch op {
	case token.ADD, token.SUB, token.MUL, token.AND, token.OR, token.XOR, token.AND_NOT:
		return constant.BinaryOp(x, op, y)
	case token.QUO, token.REM:
		if constant.Sign(y) == 0 {
			return constant.MakeUnknown()
		}
		if op == token.QUO {
			op = token.QUO_ASSIGN // go/constant's way to ask for a whole quotient
		}
		return constant.BinaryOp(x, op, y)
	}
	return constant.MakeUnknown()
}

func binaryFloat(x constant.Value, op token.Token, y constant.Value) constant.Value {
	x, y = constant.ToFloat(x), constant.ToFloat(y)
	switch {
	case x.Kind() != constant.Float || y.Kind() != constant.Float:
	case op == token.ADD, op == token.SUB, op == token.MUL, op == token.QUO && constant.Sign(y) != 0:
		return constant.BinaryOp(x, op, y)
	}
	return constant.MakeUnknown()
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

func compare(x constant.Value, op token.Token, y constant.Value, kind constant.Kind) constant.Value {
	if kind == constant.Bool && op != token.EQL && op != token.NEQ || kind == constant.Complex {
		return constant.MakeUnknown()
	}
	return constant.MakeBool(constant.Compare(x, op, y))
}

func shift(x constant.Value, op token.Token, y constant.Value) constant.Value {
	x, y = constant.ToInt(x), constant.ToInt(y)
	n, exact := constant.Uint64Val(y)
	if x.Kind() != constant.Int || y.Kind() != constant.Int || constant.Sign(y) < 0 || !exact || bits.Len64(n) > 10 {
		return constant.MakeUnknown()
	}
	return constant.Shift(x, op, uint(n))
}
