package vet

import (
	"context"
	"go/ast"
	"os"
	"path/filepath"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// Unlisted reports declarations that extract does not see.
var Unlisted = analyzer("codeunlisted", `report codes, phrases and labels that extract does not list

The command extract reads declarations in Go source without building it. This analyzer knows them by
their types, and compares. What only it finds has no translations and no entry in the ledger. Write
such a declaration in a variable of the package, with constants.`, false, checkUnlisted)

func checkUnlisted(c *checker) {
	if c.Pkg.Path() == catalogPath || c.Module != nil && c.Module.Version != "" {
		return // Extract does not maintain the texts of the library, nor those of modules in the cache.
	}
	var listed map[model.Place]bool
	var root string
	for node := range c.syntax.PreorderSeq((*ast.CallExpr)(nil)) {
		call := node.(*ast.CallExpr)
		switch catalogCall(c.TypesInfo, call) {
		case "Domain.Define", "Domain.Phrase", "Domain.Label":
		default:
			continue
		}
		at := c.Fset.PositionFor(call.Pos(), false)
		if isTest(c.Fset, call.Pos()) {
			continue
		}
		if listed == nil {
			if root, listed = list(filepath.Dir(at.Filename)); listed == nil {
				return
			}
		}
		file, err := filepath.Rel(root, at.Filename)
		place := model.Place{File: filepath.ToSlash(file), Pos: diag.Pos{Line: at.Line}}
		if err == nil && !listed[place] {
			c.ReportRangef(call.Fun, "extract does not list this declaration, so it has no translations; "+
				"write it in a variable of the package, with constants")
		}
	}
}

// list returns the root of the module that a folder is in, and the places of what extract lists
// there. It returns no places if the folder is in no module or extract can't read it.
func list(dir string) (root string, listed map[model.Place]bool) {
	for root = dir; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			return "", nil
		}
	}
	result, err := codescan.Scan(context.Background(), root, codescan.Options{})
	if err != nil || len(result.Syntax) > 0 {
		return "", nil // extract says why.
	}
	listed = map[model.Place]bool{}
	add := func(p model.Place) {
		listed[model.Place{File: p.File, Pos: diag.Pos{Line: p.Line}}] = true
	}
	for _, d := range append(result.Domains, result.Others...) {
		for i := range d.Codes {
			add(d.Codes[i].Place)
		}
		for i := range d.Phrases {
			add(d.Phrases[i].Place)
		}
		for i := range d.Labels {
			add(d.Labels[i].Place)
		}
	}
	return root, listed
}
