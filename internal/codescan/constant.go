package codescan

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"
	"time"

	"github.com/errlingo/errlingo/internal/model"
)

const (
	maxBits   = 512      // of a whole number; https://go.dev/ref/spec#Constants asks for 256 at least
	maxName   = 256      // in bytes
	maxText   = 16 << 10 // of a text, in bytes
	maxFolded = 8 << 20  // of all strings that a file puts together, in bytes
	maxTexts  = 1 << 20  // of all texts that a file declares, in bytes
	// names that refer to names; a name that refers to itself is for the compiler to refuse
	mostNames = 100
	maxDepth  = 1000 // of expressions and names in one another
)

// fold computes a constant expression (https://go.dev/ref/spec#Constant_expressions) as far as
// people write them in a declaration: literals, named constants, iota, concatenation, arithmetic,
// and conversions to a numeric or string type. It trusts the compiler to check types, and keeps of
// a type only what changes a value: whether it is a whole number, a number with a fraction, or
// text.
func (s *scanner) fold(x ast.Expr, e env) (v constant.Value, why *obstacle) {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return s.fold(x.X, e)
	case *ast.BasicLit:
		v = constant.MakeFromLiteral(x.Value, x.Kind, 0)
	case *ast.Ident, *ast.SelectorExpr:
		v, why = s.foldName(x, e)
	case *ast.UnaryExpr:
		if v, why = s.fold(x.X, e); why == nil {
			v = unary(x.Op, v)
		}
	case *ast.BinaryExpr:
		var right constant.Value
		if v, why = s.fold(x.X, e); why == nil {
			right, why = s.fold(x.Y, e)
		}
		switch isString := constant.String; {
		case why != nil:
		case v.Kind() == isString && right.Kind() == isString && x.Op == token.ADD:
			return s.concat(x, v, right, e)
		default:
			v = binary(v, x.Op, right)
		}
	case *ast.CallExpr:
		if len(x.Args) != 1 || x.Ellipsis.IsValid() || s.basic(x.Fun, e) == constant.Unknown {
			return nil, describe(x)
		}
		if v, why = s.fold(x.Args[0], e); why == nil {
			v, why = s.convert(x.Fun, v, e)
		}
	default:
		return nil, describe(x)
	}
	switch {
	case why != nil:
		return nil, why
	case v.Kind() == constant.Unknown:
		return nil, stop("%s is not a constant that can be read", show(x))
	case v.Kind() == constant.Int && constant.BitLen(v) > maxBits:
		return nil, stop("%s is too large", show(x))
	}
	return v, nil
}

// foldName computes a named constant. If files for different systems declare it, all must agree.
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

// foldUndeclared computes a name that no file declares: a predeclared one, or what is not a
// constant.
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
		if s.depth++; s.depth > maxDepth {
			s.depth--
			return nil, stop("%s refers to too many other names", show(x))
		}
		o.busy = true
		o.val, o.stop = s.fold(o.value, r.env)
		s.depth--
		if o.stop == nil && o.typ != nil && s.basic(o.typ, r.env) != constant.Unknown {
			o.val, o.stop = s.convert(o.typ, o.val, r.env)
		}
		o.busy, o.folded = false, true
	}
	return o.val, o.stop
}

// concat puts two strings together. It does so at once, since a chain of constants that each double
// the one before would grow without bound.
func (s *scanner) concat(x ast.Expr, left, right constant.Value, e env) (
	constant.Value, *obstacle,
) {
	a, b := constant.StringVal(left), constant.StringVal(right)
	e.file.folded += len(a) + len(b)
	if len(a)+len(b) > maxText || e.file.folded > maxFolded {
		return nil, stop("%s is too long", show(x))
	}
	return constant.MakeString(a + b), nil
}

// unary and binary return an unknown value for an operation that is not computed.
func unary(op token.Token, v constant.Value) constant.Value {
	if (op == token.ADD || op == token.SUB) && isNumber(v) {
		return constant.UnaryOp(op, v, 0)
	}
	return constant.MakeUnknown()
}

func binary(x constant.Value, op token.Token, y constant.Value) constant.Value {
	whole := x.Kind() == constant.Int && y.Kind() == constant.Int
	switch {
	case !isNumber(x) || !isNumber(y):
	case op == token.ADD, op == token.SUB, op == token.MUL, op == token.OR && whole:
		return constant.BinaryOp(x, op, y)
	case op == token.QUO && whole && constant.Sign(y) != 0:
		return constant.BinaryOp(x, token.QUO_ASSIGN, y) // go/constant's way to ask for a whole quotient
	case op == token.REM && whole && constant.Sign(y) != 0, op == token.QUO && !whole &&
		constant.Sign(y) != 0:
		return constant.BinaryOp(x, op, y)
	case (op == token.SHL || op == token.SHR) && whole:
		if n, exact := constant.Uint64Val(y); exact && n <= maxBits {
			return constant.Shift(x, op, uint(n))
		}
	}
	return constant.MakeUnknown()
}

func isNumber(v constant.Value) bool {
	return v.Kind() == constant.Int ||
		v.Kind() == constant.Float
}

// convert gives a constant a type, or what of it matters here.
func (s *scanner) convert(typ ast.Expr, v constant.Value, e env) (constant.Value, *obstacle) {
	converted, wanted := v, s.basic(typ, e)
	switch {
	case !isNumber(v) || wanted == constant.String:
	case wanted == constant.Int:
		converted = constant.ToInt(v)
	case wanted == constant.Float:
		converted = constant.ToFloat(v)
	}
	if converted.Kind() != wanted {
		return nil, stop("%v is not a constant of the type %s", v, show(typ))
	}
	return converted, nil
}

// basic returns whether the constants of a type are whole numbers, have a fraction or are strings,
// and Unknown for other types, and for what is not a type.
func (s *scanner) basic(typ ast.Expr, e env) constant.Kind {
	for range mostNames {
		refs := s.refer(typ, e)
		if len(refs) == 0 {
			id, _ := ast.Unparen(typ).(*ast.Ident)
			if id == nil {
				return constant.Unknown
			}
			switch id.Name {
			case "int", "int8", "int16", "int32", "int64", "rune",
				"uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "byte":
				return constant.Int
			case "float32", "float64":
				return constant.Float
			case "string":
				return constant.String
			}
			return constant.Unknown
		}
		r := refs[0]
		if r.path == "time" && (r.member == "Duration" || r.member == "Month") {
			return constant.Int
		}
		if r.object == nil || r.tok != token.TYPE || r.typ == nil {
			return constant.Unknown
		}
		typ, e = r.typ, r.env
	}
	return constant.Unknown
}

// text folds a constant string and finds its first literal.
func (s *scanner) text(x ast.Expr, e env) (string, model.Place, *obstacle) {
	v, why := s.fold(x, e)
	switch {
	case why != nil:
		return "", model.Place{}, why
	case v.Kind() != constant.String:
		return "", model.Place{}, stop("%s is not a string", show(x))
	}
	text := constant.StringVal(v)
	switch e.file.texts += len(text); {
	case len(text) > maxText:
		return "", model.Place{}, stop("%s is longer than %d bytes", show(x), maxText)
	case e.file.texts > maxTexts:
		return "", model.Place{}, stop("the texts of the file have more than %d bytes", maxTexts)
	}
	return text, s.literal(x, e), nil
}

// name folds a constant string that is a name.
func (s *scanner) name(x ast.Expr, e env) (string, model.Place, *obstacle) {
	name, at, why := s.text(x, e)
	if why == nil && len(name) > maxName {
		return "", at, stop("%s is longer than %d bytes", show(x), maxName)
	}
	return name, at, why
}

// integer folds a constant whole number.
func (s *scanner) integer(x ast.Expr, e env) (int, *obstacle) {
	v, why := s.fold(x, e)
	if why != nil {
		return 0, why
	}
	n, exact := constant.Int64Val(toInt(v))
	if !exact || strconv.IntSize == 32 && int64(int32(n)) != n {
		return 0, stop("%s is not an int", show(x))
	}
	return int(n), nil
}

// toInt returns the value as a whole number, and an unknown value if it is not one.
func toInt(v constant.Value) constant.Value {
	if isNumber(v) {
		return constant.ToInt(v)
	}
	return constant.MakeUnknown()
}

// literal returns the place of the first literal that a constant string is made of.
func (s *scanner) literal(x ast.Expr, e env) model.Place {
	at := e.file.place(x.Pos())
	for range mostNames {
		switch inner := x.(type) {
		case *ast.ParenExpr:
			x = inner.X
		case *ast.BinaryExpr:
			x = inner.X
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

// knownConstant returns a constant of a package that is not read: package catalog, net/http's
// status codes, and time's units and months.
func knownConstant(path, name string) (v int64, ok bool) {
	switch path {
	case catalogPath:
		v, ok = catalogConstants[name]
	case "net/http":
		v, ok = statusConstants[name]
	case "time":
		v, ok = timeConstants[name]
	}
	return v, ok
}

var catalogConstants = map[string]int64{
	"And": 0, "Or": 1,
	"ActionContact": 0, "ActionFix": 1, "ActionRetry": 2, "ActionSignIn": 3, "ActionNone": 4,
	"AudienceEndUser": 1, "AudienceDeveloper": 2, "AudienceOperator": 4,
	"RetryNever": 0, "RetryBackoff": 1, "RetryAfter": 2, "RetryOnce": 3,
	"RPCCanceled": 1, "RPCUnknown": 2, "RPCInvalidArgument": 3, "RPCDeadlineExceeded": 4,
	"RPCNotFound": 5, "RPCAlreadyExists": 6, "RPCPermissionDenied": 7, "RPCResourceExhausted": 8,
	"RPCFailedPrecondition": 9, "RPCAborted": 10, "RPCOutOfRange": 11, "RPCUnimplemented": 12,
	"RPCInternal": 13, "RPCUnavailable": 14, "RPCDataLoss": 15, "RPCUnauthenticated": 16,
}

var timeConstants = map[string]int64{
	"Nanosecond":  int64(time.Nanosecond),
	"Microsecond": int64(time.Microsecond),
	"Millisecond": int64(time.Millisecond),
	"Second":      int64(time.Second),
	"Minute":      int64(time.Minute),
	"Hour":        int64(time.Hour),

	"January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6,
	"July": 7, "August": 8, "September": 9, "October": 10, "November": 11, "December": 12,
}

// statusConstants are those of net/http, which would bring a web server into the command if it were
// imported.
var statusConstants = map[string]int64{
	"StatusContinue":           100,
	"StatusSwitchingProtocols": 101,
	"StatusProcessing":         102,
	"StatusEarlyHints":         103,

	"StatusOK":                   200,
	"StatusCreated":              201,
	"StatusAccepted":             202,
	"StatusNonAuthoritativeInfo": 203,
	"StatusNoContent":            204,
	"StatusResetContent":         205,
	"StatusPartialContent":       206,
	"StatusMultiStatus":          207,
	"StatusAlreadyReported":      208,
	"StatusIMUsed":               226,

	"StatusMultipleChoices":   300,
	"StatusMovedPermanently":  301,
	"StatusFound":             302,
	"StatusSeeOther":          303,
	"StatusNotModified":       304,
	"StatusUseProxy":          305,
	"StatusTemporaryRedirect": 307,
	"StatusPermanentRedirect": 308,

	"StatusBadRequest":                   400,
	"StatusUnauthorized":                 401,
	"StatusPaymentRequired":              402,
	"StatusForbidden":                    403,
	"StatusNotFound":                     404,
	"StatusMethodNotAllowed":             405,
	"StatusNotAcceptable":                406,
	"StatusProxyAuthRequired":            407,
	"StatusRequestTimeout":               408,
	"StatusConflict":                     409,
	"StatusGone":                         410,
	"StatusLengthRequired":               411,
	"StatusPreconditionFailed":           412,
	"StatusRequestEntityTooLarge":        413,
	"StatusRequestURITooLong":            414,
	"StatusUnsupportedMediaType":         415,
	"StatusRequestedRangeNotSatisfiable": 416,
	"StatusExpectationFailed":            417,
	"StatusTeapot":                       418,
	"StatusMisdirectedRequest":           421,
	"StatusUnprocessableEntity":          422,
	"StatusLocked":                       423,
	"StatusFailedDependency":             424,
	"StatusTooEarly":                     425,
	"StatusUpgradeRequired":              426,
	"StatusPreconditionRequired":         428,
	"StatusTooManyRequests":              429,
	"StatusRequestHeaderFieldsTooLarge":  431,
	"StatusUnavailableForLegalReasons":   451,

	"StatusInternalServerError":           500,
	"StatusNotImplemented":                501,
	"StatusBadGateway":                    502,
	"StatusServiceUnavailable":            503,
	"StatusGatewayTimeout":                504,
	"StatusHTTPVersionNotSupported":       505,
	"StatusVariantAlsoNegotiates":         506,
	"StatusInsufficientStorage":           507,
	"StatusLoopDetected":                  508,
	"StatusNotExtended":                   510,
	"StatusNetworkAuthenticationRequired": 511,
}
