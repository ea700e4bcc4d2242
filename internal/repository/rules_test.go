package repository_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// severities are the files that give a finding another severity than its rule has, or pass one on.
var severities = []string{
	"i18n.go",               // the type of findings in the library's API
	"internal/diag/rule.go", // Rule.At
	"internal/lint/gate.go", // --strict and --fail-on
}

// TestSeverityIsTheRules checks that a severity is said in the declaration of a rule and nowhere
// else.
func TestSeverityIsTheRules(t *testing.T) {
	sources(t, severities, func(name string, src []byte) []string {
		if !isProduction(name) {
			return nil
		}
		files, file := parsed(t, name, src)
		var found []string
		report := func(node ast.Node) {
			found = append(found, fmt.Sprintf("%v: a severity outside of a rule", files.Position(node.Pos())))
		}
		for node := range ast.Preorder(file) {
			switch node := node.(type) {
			case *ast.CompositeLit:
				for _, element := range node.Elts {
					if key, _ := pair(element); key == "Severity" && !isRule(node.Type) {
						report(element)
					}
				}
			case *ast.AssignStmt:
				for _, left := range node.Lhs {
					if field, ok := left.(*ast.SelectorExpr); ok && field.Sel.Name == "Severity" {
						report(field)
					}
				}
			}
		}
		return found
	})
}

// TestRulesAreDocumented checks that users find every rule on a page of docs.
func TestRulesAreDocumented(t *testing.T) {
	var pages strings.Builder
	for _, page := range []string{"extract.md", "lint.md", "studio.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		pages.Write(text)
	}
	n := 0
	sources(t, nil, func(name string, src []byte) []string {
		if !isProduction(name) {
			return nil
		}
		_, file := parsed(t, name, src)
		var missing []string
		for node := range ast.Preorder(file) {
			rule, ok := node.(*ast.CompositeLit)
			if !ok || !isRule(rule.Type) {
				continue
			}
			for _, element := range rule.Elts {
				key, value := pair(element)
				literal, ok := value.(*ast.BasicLit)
				if key != "ID" || !ok {
					continue
				}
				id, _ := strconv.Unquote(literal.Value)
				if n++; !strings.Contains(pages.String(), "\n| `"+id+"` |") {
					missing = append(missing, fmt.Sprintf("%s: rule %s is on no page of docs", name, id))
				}
			}
		}
		return missing
	})
	if n < 60 {
		t.Errorf("found only %d rules", n)
	}
}

func isProduction(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
}

func parsed(t *testing.T, name string, src []byte) (*token.FileSet, *ast.File) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return files, file
}

// isRule reports whether a type is that of rules.
func isRule(typ ast.Expr) bool {
	switch typ := typ.(type) {
	case *ast.Ident:
		return typ.Name == "Rule"
	case *ast.SelectorExpr:
		return typ.Sel.Name == "Rule"
	}
	return false
}

// pair returns the key and the value of an element of a struct.
func pair(element ast.Expr) (key string, value ast.Expr) {
	if kv, ok := element.(*ast.KeyValueExpr); ok {
		if name, ok := kv.Key.(*ast.Ident); ok {
			return name.Name, kv.Value
		}
	}
	return "", nil
}
