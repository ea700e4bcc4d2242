package vet

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// Leak reports the text of an error in a response.
var Leak = analyzer("causeleak", `report the text of an error in a response

The text of an error is for logs: it is in one language, and may have file names, queries and data
of other people. Reported is such a text in what is written to an http.ResponseWriter, in http.Error,
and in a status of gRPC or Connect. Respond with package problem, grpcerr or connecterr instead.`, false, checkLeak)

func checkLeak(c *checker) {
	for node := range c.syntax.PreorderSeq((*ast.CallExpr)(nil)) {
		call := node.(*ast.CallExpr)
		to, texts := c.sink(call)
		for _, x := range texts {
			if leak := c.leak(x, true); leak != nil {
				c.ReportRangef(leak, "readers would see the text of an error, in %s; log it, and "+
					"answer by package %s", to, remedies[to])
				break
			}
		}
	}
}

// The places where a text reaches readers, and the packages that answer instead.
const (
	aResponse = "a response"
	aStatus   = "a status of gRPC"
	anError   = "an error of Connect"
)

var remedies = map[string]string{aResponse: "problem", aStatus: "grpcerr", anError: "connecterr"}

// sink returns where a call sends texts that readers get, and the expressions for these.
func (c *checker) sink(call *ast.CallExpr) (to string, texts []ast.Expr) {
	fn, ok := typeutil.Callee(c.TypesInfo, call).(*types.Func)
	if !ok {
		return "", nil
	}
	switch fn.FullName() {
	case "net/http.Error":
		return aResponse, call.Args[1:]
	case "fmt.Fprint", "fmt.Fprintf", "fmt.Fprintln", "io.WriteString":
		if c.isResponse(call.Args[0]) {
			return aResponse, call.Args[1:]
		}
	case "(*encoding/json.Encoder).Encode":
		of, ok := ast.Unparen(receiver(call)).(*ast.CallExpr)
		if ok && len(of.Args) == 1 && c.isResponse(of.Args[0]) {
			return aResponse, call.Args
		}
	case "google.golang.org/grpc/status.Error", "google.golang.org/grpc/status.Errorf",
		"google.golang.org/grpc/status.New", "google.golang.org/grpc/status.Newf":
		return aStatus, call.Args[1:]
	case "connectrpc.com/connect.NewError":
		return anError, call.Args[1:]
	}
	if x := receiver(call); fn.Name() == "Write" && len(call.Args) == 1 && x != nil &&
		c.isResponse(x) {
		return aResponse, call.Args
	}
	return "", nil
}

// isResponse reports whether an expression has the methods of an http.ResponseWriter.
func (c *checker) isResponse(x ast.Expr) bool {
	t := c.TypesInfo.TypeOf(x)
	if t == nil {
		return false
	}
	for _, name := range []string{"Header", "Write", "WriteHeader"} {
		object, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		if _, ok := object.(*types.Func); !ok {
			return false
		}
	}
	return true
}

// leak returns the part of an expression that is the text of an error, or nil. If the expression is
// printed, an error in it is, too.
func (c *checker) leak(x ast.Expr, printed bool) ast.Expr {
	x = ast.Unparen(x)
	if c.isErrorText(x) || printed && c.isError(x) && !c.isNew(x) {
		return x
	}
	var parts []ast.Expr
	switch x := x.(type) {
	case *ast.Ident:
		if value := c.value(c.uses(x)); value != nil {
			if c.leak(value, false) != nil {
				return x
			}
		}
	case *ast.CallExpr:
		fn, _ := typeutil.Callee(c.TypesInfo, x).(*types.Func)
		isConversion := c.TypesInfo.Types[x.Fun].IsType()
		isFmt := fn != nil && strings.HasPrefix(fn.FullName(), "fmt.")
		isText := fn != nil && strings.HasPrefix(fn.FullName(), "strings.")
		if isConversion || isFmt || isText || c.isNew(x) {
			parts, printed = x.Args, isFmt
		}
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			parts = []ast.Expr{x.X, x.Y}
		}
	case *ast.UnaryExpr:
		parts = []ast.Expr{x.X}
	case *ast.CompositeLit:
		parts, printed = x.Elts, false
	case *ast.KeyValueExpr:
		parts = []ast.Expr{x.Value}
	}
	for _, part := range parts {
		if found := c.leak(part, printed); found != nil {
			return found
		}
	}
	return nil
}

// isNew reports whether an expression is an error that only has a text of this program.
func (c *checker) isNew(x ast.Expr) bool {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(c.TypesInfo, call).(*types.Func)
	return ok && (fn.FullName() == "errors.New" || fn.FullName() == "fmt.Errorf")
}

// isErrorText reports whether an expression is a call of an error's method Error.
func (c *checker) isErrorText(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || len(call.Args) != 0 {
		return false
	}
	s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Error" && c.isError(s.X)
}

// isError reports whether an expression is an error.
func (c *checker) isError(x ast.Expr) bool {
	t := c.TypesInfo.TypeOf(x)
	return t != nil && types.Implements(t, errorType)
}
