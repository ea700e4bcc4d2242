package codescan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"path/filepath"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
)

// Options choose what is of interest in a module. The zero value chooses all of it.
type Options struct {
	// Patterns are package arguments as the go command takes them: "./...", "./shop", an import path of the module. They
	// choose domains, not files. None stands for "./...".
	Patterns []string
	// Dir is the folder that patterns are relative to. Empty stands for the module's root.
	Dir string
}

// Scan reads the module whose go.mod is in the folder root and returns what it declares.
//
// Findings about domains that no pattern chooses are left out of the result, the domains themselves are not. The error
// is the context's, or says that a pattern names nothing, or names every file and folder that could not be read; then
// there is no result. What is wrong with the source is in the result.
func Scan(ctx context.Context, root string, opts Options) (*Result, error) {
	mod, err := readModule(root)
	if err != nil {
		return nil, fmt.Errorf("read module: %w", err)
	}
	from, err := relative(root, opts.Dir)
	if err != nil {
		return nil, err
	}
	chosen, err := newMatcher(opts.Patterns, from, &mod)
	if err != nil {
		return nil, err
	}
	t := &tree{root: root, mod: &mod}
	if err := t.list(ctx, "."); err != nil {
		return nil, err
	}
	if err := search(ctx, t); err != nil {
		return nil, err
	}
	if err := chosen.check(t.folders); err != nil {
		return nil, err
	}
	s := newScanner(t)
	if err := s.scan(ctx); err != nil {
		return nil, err
	}
	return s.finish(&chosen), nil
}

// relative returns the folder as one relative to the module's root, slash-separated.
func relative(root, dir string) (string, error) {
	if dir == "" {
		return ".", nil
	}
	absRoot, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	absDir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(absRoot, absDir)
	if err != nil {
		return "", err
	}
	return filepath.ToSlash(rel), nil
}

// scanner holds what is known about the module while it is being read. It works in one goroutine; only files are read and
// parsed in several.
type scanner struct {
	tree    *tree
	folders map[string]*folder // by import path
	reader  *searcher
	calls   map[*ast.CallExpr]answer
	called  map[*ast.SelectorExpr]bool // methods that are called, not handed on
	forms   map[*Param]form            // how the examples of a handle are written

	domains []*domain
	found   []finding
	partial bool // something could not be read that may belong to any domain

	carriers map[string]bool // import paths of packages with a variable that holds a domain or a code
	codeVars map[string]bool // the names of those that hold a code

	result Result
}

// finding is a finding and the domain that it is about, if that is known.
type finding struct {
	diag.Finding
	domain *domain
}

func newScanner(t *tree) *scanner {
	s := &scanner{
		tree:     t,
		folders:  make(map[string]*folder, len(t.folders)),
		reader:   newSearcher(t),
		calls:    map[*ast.CallExpr]answer{},
		called:   map[*ast.SelectorExpr]bool{},
		forms:    map[*Param]form{},
		carriers: map[string]bool{},
		codeVars: map[string]bool{},
	}
	for _, f := range t.folders {
		s.folders[t.mod.importPath(f.dir)] = f
	}
	for _, f := range t.findings {
		s.found = append(s.found, finding{Finding: f})
	}
	return s
}

// scan evaluates what the files declare that were found to import package catalog, then follows it to others.
func (s *scanner) scan(ctx context.Context) error {
	var hits []*entry
	for _, f := range s.tree.folders {
		for _, e := range f.entries {
			s.result.Files++
			s.result.Bytes += e.size
			if e.catalog {
				hits = append(hits, e)
			}
		}
	}
	s.take(hits)
	if err := s.follow(ctx); err != nil {
		return err
	}
	s.assemble()
	return errors.Join(append(s.reader.errs, ctx.Err())...)
}

// take evaluates those of the files that are parsed.
func (s *scanner) take(entries []*entry) {
	for _, e := range entries {
		if e.parsed != nil {
			s.add(e.parsed)
		}
	}
	for _, e := range entries {
		if e.parsed != nil {
			e.visited = true
			s.visit(e.parsed)
		}
	}
}

// unread notes a declaration that cannot be read. Where its domain is not known it may be any.
func (s *scanner) unread(d *domain, at Place, text, hint string) {
	s.unreliable(d)
	s.wrong(d, at, RuleUnreadable, text, hint)
}

func (s *scanner) unreliable(d *domain) {
	if d == nil {
		s.partial = true
		return
	}
	d.Partial = true
}

// wrong notes something that must be mended, note something that should.
func (s *scanner) wrong(d *domain, at Place, rule, text, hint string) {
	s.found = append(s.found, finding{
		Finding: diag.Finding{File: at.File, Pos: at.Pos, Severity: diag.Error, Rule: rule, Text: text, Hint: hint}, domain: d,
	})
}

func (s *scanner) note(d *domain, at Place, rule, text, hint string) {
	s.wrong(d, at, rule, text, hint)
	s.found[len(s.found)-1].Severity = diag.Warning
}

// finish returns the result with the domains that are chosen marked, and with the findings about them.
func (s *scanner) finish(chosen *matcher) *Result {
	for _, d := range s.domains {
		d.Selected = d.isChosen(chosen)
		d.Partial = d.Partial || s.partial || len(s.result.Syntax) > 0
		if !d.unnamed {
			s.result.Domains = append(s.result.Domains, d.Domain)
		}
	}
	slices.SortStableFunc(s.result.Domains, func(a, b Domain) int { return cmp.Compare(a.Name, b.Name) })
	for _, f := range s.found {
		if f.domain == nil || f.domain.Selected || f.domain.unnamed {
			s.result.Findings = append(s.result.Findings, f.Finding)
		}
	}
	s.result.Findings.Sort()
	s.result.Findings = slices.Compact(s.result.Findings)
	s.result.Syntax.Sort()
	result := s.result // A copy, so that the syntax trees are not kept with it.
	return &result
}

func (d *domain) isChosen(chosen *matcher) bool {
	return chosen.match(d.Dir) ||
		slices.ContainsFunc(d.codes, func(c *code) bool { return chosen.match(c.folder.dir) }) ||
		slices.ContainsFunc(d.labels, func(l *label) bool { return chosen.match(l.folder.dir) })
}
