package codescan

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"
	"unicode/utf8"
)

// foldCall computes a conversion, or one of the predeclared functions that have constant results.
func (s *scanner) foldCall(call *ast.CallExpr, e env) (constant.Value, *obstacle) {
	if len(call.Args) == 0 || call.Ellipsis.IsValid() {
		return nil, describe(call)
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && len(s.refer(id, e)) == 0 {
		switch id.Name {
		case "len":
			return s.foldLen(call, e)
		case "min", "max":
			return s.foldExtreme(id.Name, call, e)
		}
	}
	if len(call.Args) > 1 || s.basic(call.Fun, e) == constant.Unknown {
		return nil, describe(call)
	}
	v, why := s.fold(call.Args[0], e)
	if why != nil {
		return nil, why
	}
	return s.convert(call.Fun, v, e)
}

func (s *scanner) foldLen(call *ast.CallExpr, e env) (constant.Value, *obstacle) {
	v, why := s.fold(call.Args[0], e)
	if why != nil {
		return nil, why
	}
	if v.Kind() != constant.String {
		return nil, describe(call)
	}
	return constant.MakeInt64(int64(len(constant.StringVal(v)))), nil
}

func (s *scanner) foldExtreme(name string, call *ast.CallExpr, e env) (constant.Value, *obstacle) {
	op := token.LSS
	if name == "max" {
		op = token.GTR
	}
	best, why := s.fold(call.Args[0], e)
	for _, arg := range call.Args[1:] {
		if why != nil {
			return nil, why
		}
		var v constant.Value
		if v, why = s.fold(arg, e); why != nil {
			return nil, why
		}
		better := binary(v, op, best)
		if better.Kind() != constant.Bool {
			return nil, describe(call)
		}
		if constant.BoolVal(better) {
			best = v
		}
	}
	return best, why
}

// convert gives a constant the type, or what of it matters here.
func (s *scanner) convert(typ ast.Expr, v constant.Value, e env) (constant.Value, *obstacle) {
	wanted := s.basic(typ, e)
	given, from := v, v.Kind()
	switch isNumber := from == constant.Int || from == constant.Float; {
	case wanted == constant.Int && isNumber:
		v = constant.ToInt(v)
	case wanted == constant.Float && isNumber:
		v = constant.ToFloat(v)
	case wanted == constant.String && from == constant.Int:
		r, exact := constant.Int64Val(v)
		if !exact || r < 0 || r > utf8.MaxRune {
			r = utf8.RuneError
		}
		return constant.MakeString(string(rune(r))), nil
	}
	if v.Kind() != wanted {
		return nil, stop("%v is no constant of the type %s", given, show(typ))
	}
	return v, nil
}

// basic returns the kind of constants that a type has, and Unknown for other types, and for what is no type.
func (s *scanner) basic(typ ast.Expr, e env) constant.Kind {
	const mostNames = 100 // a type that is declared by itself is for the compiler to refuse
	for range mostNames {
		refs := s.refer(typ, e)
		if len(refs) == 0 {
			id, ok := ast.Unparen(typ).(*ast.Ident)
			if !ok {
				return constant.Unknown
			}
			return predeclaredKind(id.Name)
		}
		r := refs[0]
		switch {
		case r.object != nil && r.tok == token.TYPE && r.typ != nil:
			typ, e = r.typ, r.env
		case r.path == "time" && (r.member == "Duration" || r.member == "Month"):
			return constant.Int
		default:
			return constant.Unknown
		}
	}
	return constant.Unknown
}

func predeclaredKind(name string) constant.Kind {
	switch name {
	case "int", "int8", "int16", "int32", "int64", "rune",
		"uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "byte":
		return constant.Int
	case "float32", "float64":
		return constant.Float
	case "string":
		return constant.String
	case "bool":
		return constant.Bool
	}
	return constant.Unknown
}

// text folds a constant string and finds its first literal.
func (s *scanner) text(x ast.Expr, e env) (Text, *obstacle) {
	v, why := s.fold(x, e)
	switch {
	case why != nil:
		return Text{}, why
	case v.Kind() != constant.String:
		return Text{}, stop("%s is no string", show(x))
	}
	return Text{Value: constant.StringVal(v), Place: s.literal(x, e)}, nil
}

// integer folds a constant whole number.
func (s *scanner) integer(x ast.Expr, e env) (int, *obstacle) {
	v, why := s.fold(x, e)
	if why != nil {
		return 0, why
	}
	n, exact := constant.Int64Val(toInt(v))
	if !exact || strconv.IntSize == 32 && int64(int32(n)) != n {
		return 0, stop("%s is no int", show(x))
	}
	return int(n), nil
}

// toInt returns the value as a whole number, and an unknown value where it is none.
func toInt(v constant.Value) constant.Value {
	if k := v.Kind(); k == constant.Int || k == constant.Float {
		return constant.ToInt(v)
	}
	return constant.MakeUnknown()
}

// literal returns the place of the first literal that a constant string is made of.
func (s *scanner) literal(x ast.Expr, e env) Place {
	const mostNames = 100
	at := e.file.place(x.Pos())
	for range mostNames {
		switch inner := x.(type) {
		case *ast.ParenExpr:
			x = inner.X
		case *ast.BinaryExpr:
			x = inner.X
		case *ast.CallExpr:
			if len(inner.Args) != 1 {
				return at
			}
			x = inner.Args[0]
		case *ast.BasicLit:
			return e.file.place(x.Pos())
		default:
			refs := s.refer(x, e)
			if len(refs) == 0 || refs[0].object == nil || refs[0].value == nil {
				return at
			}
			x, e = refs[0].value, refs[0].env
		}
	}
	return at
}
