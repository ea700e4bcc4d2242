package codes_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/catalog/codes"
)

// declaration is a variable at package level, as the source has it.
type declaration struct {
	name  string
	doc   string // its own comment
	group string // the comment of the group that it is in
	maker string // the function that makes its value: "Domain.Define"
	args  []ast.Expr
}

func TestCodesAreNamedAfterTheirConstants(t *testing.T) {
	found := 0
	for d := range declarations(t) {
		if d.maker != "Domain.Define" {
			continue
		}
		found++
		if name := literal(t, d.args[1]); mixedCaps(name) != d.name {
			t.Errorf("%s is called %s, want %s", name, d.name, mixedCaps(name))
		}
	}
	if want := len(slices.Collect(codes.Domain.Codes())); found != want {
		t.Errorf("the source has %d codes, want %d", found, want)
	}
}

// mixedCaps turns MISSING_OBJECT_ID into MissingObjectID.
func mixedCaps(name string) string {
	initialisms := map[string]bool{"ACL": true, "ID": true, "JSON": true, "MFA": true, "URL": true}
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if !initialisms[word] {
			word = word[:1] + strings.ToLower(word[1:])
		}
		b.WriteString(word)
	}
	return b.String()
}

func TestParamsAreNamedAfterTheirHandles(t *testing.T) {
	for d := range declarations(t) {
		kind, isParam := strings.CutPrefix(d.maker, "catalog.")
		if !isParam || kind == "NewDomain" {
			continue
		}
		args := d.args
		if kind == "List" {
			args = args[1].(*ast.CallExpr).Args
		}
		if name := literal(t, args[0]); name != d.name {
			t.Errorf("the handle of param %s is called %s", name, d.name)
		}
	}
}

func TestEveryDeclarationIsDocumented(t *testing.T) {
	for d := range declarations(t) {
		switch {
		case !ast.IsExported(d.name):
			t.Errorf("%s is not exported", d.name)
		case d.maker == "Domain.Define":
			first, _, _ := strings.Cut(d.doc, "\n\n")
			if !strings.HasPrefix(first, d.name+": ") || !strings.HasSuffix(strings.TrimSpace(first), ".") {
				t.Errorf("the comment on %s is not of the form %q: %q", d.name, d.name+": when it occurs.",
					first)
			}
			if strings.ContainsAny(first, "[]{}") {
				t.Errorf("translators read the comment on %s, and it has Go syntax: %q", d.name, first)
			}
		case d.doc == "" && (d.group == "" || d.maker == "Domain.Label"):
			t.Errorf("%s has no comment", d.name)
		}
	}
}

// TestSpecsCanBeReadWithoutRunning checks that a parser alone finds every number, name and text.
func TestSpecsCanBeReadWithoutRunning(t *testing.T) {
	for d := range declarations(t) {
		if d.maker != "Domain.Define" {
			continue
		}
		spec, ok := d.args[2].(*ast.CompositeLit)
		if !ok {
			t.Errorf("the spec of %s is not a composite literal", d.name)
			continue
		}
		for _, element := range spec.Elts {
			field := element.(*ast.KeyValueExpr)
			switch name := field.Key.(*ast.Ident).Name; name {
			case "Title", "Detail", "Help", "HTTP", "Deprecated":
				if !isWrittenOut(field.Value) {
					t.Errorf("%s of %s is not a literal", name, d.name)
				}
			}
		}
	}
}

// isWrittenOut reports whether an expression is a literal, or several that are joined by +.
func isWrittenOut(x ast.Expr) bool {
	if sum, ok := x.(*ast.BinaryExpr); ok {
		return sum.Op == token.ADD && isWrittenOut(sum.X) && isWrittenOut(sum.Y)
	}
	_, ok := x.(*ast.BasicLit)
	return ok
}

// declarations yields the package's variables whose values a function makes.
func declarations(t *testing.T) iter.Seq[declaration] {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var found []declaration
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil,
			parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			found = append(found, variables(t, decl)...)
		}
	}
	return func(yield func(declaration) bool) {
		for _, d := range found {
			if !yield(d) {
				return
			}
		}
	}
}

func variables(t *testing.T, decl ast.Decl) []declaration {
	t.Helper()
	group, ok := decl.(*ast.GenDecl)
	if !ok || group.Tok != token.VAR {
		return nil
	}
	var found []declaration
	for _, spec := range group.Specs {
		v := spec.(*ast.ValueSpec)
		if len(v.Names) != 1 || len(v.Values) != 1 {
			t.Fatalf("%s is not declared by itself", v.Names[0].Name)
		}
		call, ok := v.Values[0].(*ast.CallExpr)
		if !ok {
			t.Fatalf("%s is not made by a function", v.Names[0].Name)
		}
		doc := v.Doc.Text()
		if !group.Lparen.IsValid() {
			doc = group.Doc.Text()
		}
		found = append(found, declaration{
			name: v.Names[0].Name, doc: doc, group: group.Doc.Text(), maker: selector(call.Fun),
			args: call.Args,
		})
	}
	return found
}

// selector returns "a.b" for that expression, and "" for any other.
func selector(e ast.Expr) string {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	of, ok := s.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return of.Name + "." + s.Sel.Name
}

func literal(t *testing.T, e ast.Expr) string {
	t.Helper()
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		t.Fatalf("%T is not a literal", e)
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
