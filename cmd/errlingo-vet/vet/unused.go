package vet

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// Finding is a finding of [Unused].
type Finding struct {
	Pos  token.Position
	Text string
}

func (f Finding) String() string { return fmt.Sprintf("%v: %s", f.Pos, f.Text) }

// Unused returns the codes that the packages declare and nothing in them uses, in the order of
// their places. Test files don't count. The patterns are those of the go command, which runs in the
// folder dir; "" is the current one. Packages that are not named may use a code, too. The error is
// about packages that can't be loaded.
func Unused(dir string, patterns ...string) ([]Finding, error) {
	files := token.NewFileSet()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.LoadSyntax, Dir: dir, Fset: files,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	places, used := map[types.Object]token.Position{}, map[types.Object]bool{}
	for _, p := range loaded {
		for _, err := range p.Errors {
			return nil, err
		}
		for _, file := range p.Syntax {
			for node := range ast.Preorder(file) {
				if spec, ok := node.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
					for i, name := range spec.Names {
						if isDefine(p.TypesInfo, spec.Values[i]) && name.Name != "_" {
							places[p.TypesInfo.Defs[name]] = files.Position(name.Pos())
						}
					}
				}
			}
		}
		for _, object := range p.TypesInfo.Uses {
			used[object] = true
		}
	}
	base, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for object, at := range places {
		if used[object] {
			continue
		}
		if rel, err := filepath.Rel(base, at.Filename); err == nil && filepath.IsLocal(rel) {
			at.Filename = rel
		}
		found = append(found, Finding{at, fmt.Sprintf("code %s is declared and not used", object.Name())})
	}
	slices.SortFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.Filename, b.Pos.Filename), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return found, nil
}

// isDefine reports whether an expression is a call of Domain.Define.
func isDefine(info *types.Info, x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	return ok && catalogCall(info, call) == "Domain.Define"
}
