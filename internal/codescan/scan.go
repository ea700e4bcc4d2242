// Package codescan finds the codes that a module declares, in its Go source alone.
//
// Nothing is built, run or downloaded. Every file of the module is searched for the import path of
// package catalog, only the files that have it are parsed, and only the constants that a
// declaration needs are computed. A declaration that cannot be read this way is a finding that says
// what to write instead; it is never left out in silence. What the locale files do not depend on,
// such as a code's audience, may be computed in any way.
//
// A module is always read whole, whatever the operating system or the build tags that its files are
// for, so that a run never takes a code for removed because it looked at a part. Not read are test
// files, files that the constraint "//go:build ignore" excludes, and the folders that the go
// command leaves out too: vendor, testdata, those that start with a dot or an underscore, those
// that go.mod ignores, and modules inside the module.
package codescan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

// The rules of this package. Those of package model for what a declaration may say are in the table
// of [Rules], too.
var (
	ruleSyntax = diag.Rule{ID: "go-syntax", Severity: diag.Error,
		Doc: "a Go file does not parse"}
	ruleLink = diag.Rule{ID: "symbolic-link", Severity: diag.Error,
		Doc: "a Go file is a symbolic link that does not lead to a file"}
	ruleUnreadable = diag.Rule{ID: "unreadable", Severity: diag.Error,
		Doc: "a declaration cannot be read without running the program"}
	ruleUnreadableExample = diag.Rule{ID: "unreadable-example", Severity: diag.Warning,
		Doc: "a param's example cannot be read without running the program"}
	ruleMissingArgument = diag.Rule{ID: "missing-argument", Severity: diag.Error,
		Doc: "New or Wrap lacks an argument that a text shows"}
	ruleDoubledArgument = diag.Rule{ID: "doubled-argument", Severity: diag.Error,
		Doc: "New or Wrap has two arguments for one param"}
	ruleForeignArgument = diag.Rule{ID: "foreign-argument", Severity: diag.Error,
		Doc: "New or Wrap has an argument for a param of other codes"}
)

// Rules returns the rules that a finding can name, those for placeholders left out.
func Rules() []diag.Rule {
	return slices.Concat([]diag.Rule{ruleSyntax, ruleLink, ruleUnreadable, ruleUnreadableExample},
		model.Rules(),
		[]diag.Rule{ruleMissingArgument, ruleDoubledArgument, ruleForeignArgument})
}

// Options choose what is of interest in a module. The zero value chooses all of it.
type Options struct {
	// Patterns are package arguments as the go command takes them: "./...", "./shop", an import path
	// of the module. They choose domains, not files. None stands for "./...".
	Patterns []string
	// Dir is the folder that patterns are relative to. Empty stands for the module's root.
	Dir string
	// Name returns the name of a file as the reader would type it; what it is given is
	// slash-separated and relative to the module's root. Nil keeps that name.
	Name func(file string) string
	// Getenv returns an environment variable: GOWORK and GOMODCACHE are used. Nil means os.Getenv.
	Getenv func(string) string
	// Searched, unless it is nil, is called with the number of files that import package catalog,
	// before what they declare is read.
	Searched func(files int)
	// Visit is called for each folder that belongs to the module, with Go files or without, unless it
	// is nil. The folder is slash-separated and relative to the module's root; chosen says whether a
	// package argument names it.
	Visit func(dir string, chosen bool, children []fs.DirEntry)
}

// Result is what a module declares, and the findings about it.
type Result struct {
	Domains []*model.Domain // those that a package argument chooses, sorted by name, then by place
	Others  []*model.Domain // those that none chooses, likewise
	// about files that do not parse; if there are any, codes may be missing from Domains
	Syntax   diag.List
	Findings diag.List // about all else, sorted

	Files  int   // Go files that were searched
	Bytes  int64 // their size
	Parsed int   // those of them that were parsed
}

// Scan reads the module whose go.mod is in the folder root and returns what it declares.
//
// A package argument chooses a domain if it names the domain's package, or that of one of its
// codes, phrases or labels. Findings about other domains are left out. The error is the context's,
// or says that a pattern names nothing, or names every file and folder that could not be read; then
// there is no result. What is wrong with the source is in the result.
func Scan(ctx context.Context, root string, opts Options) (*Result, error) {
	if opts.Getenv == nil {
		opts.Getenv = os.Getenv
	}
	mod, err := readModules(root, opts.Getenv)
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
	t := &tree{root: root, mod: &mod, display: opts.Name, listed: map[string]bool{}}
	if opts.Visit != nil {
		t.visit = func(dir string, children []fs.DirEntry) {
			opts.Visit(dir, chosen.match(dir), children)
		}
	}
	if err := t.list(ctx, "."); err != nil {
		return nil, err
	}
	if err := search(ctx, t); err != nil {
		return nil, err
	}
	if err := chosen.check(t.folders); err != nil {
		return nil, err
	}
	if opts.Searched != nil {
		opts.Searched(t.importing())
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

// scanner holds what is known about the module while it is being read. It works in one goroutine;
// only files are read and parsed in several.
type scanner struct {
	tree    *tree
	folders map[string]*folder // by import path; nil for one whose source is not in this repository
	// whether a folder imports package catalog, directly or through others
	reaching map[*folder]bool
	reader   *searcher
	calls    map[*ast.CallExpr]answer
	called   map[*ast.SelectorExpr]bool // methods that are called, not passed on

	importing map[string][]*entry // the files that import a package; nil until it is asked for
	depth     int                 // of what is being evaluated

	domains []*domain
	found   []finding
	counts  map[kindOf]*count
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

// mostSaid is how many characters a finding says, and half of what its hint says.
const mostSaid = 400

// kindOf is what findings have in common that are counted together.
type kindOf struct {
	file     string
	severity diag.Severity
}

// count is how many findings of a kind there are, and the first one that is counted alone.
type count struct {
	n     int
	first diag.Finding
}

func newScanner(t *tree) *scanner {
	s := &scanner{
		tree:     t,
		folders:  make(map[string]*folder, len(t.folders)),
		reaching: map[*folder]bool{},
		reader:   newSearcher(t),
		calls:    map[*ast.CallExpr]answer{},
		counts:   map[kindOf]*count{},
		called:   map[*ast.SelectorExpr]bool{},
		carriers: map[string]bool{},
		codeVars: map[string]bool{},
	}
	for _, f := range t.folders {
		s.folders[f.path] = f
	}
	for _, f := range t.findings {
		s.partial = true // A file that cannot be read may declare anything.
		s.found = append(s.found, finding{Finding: f})
	}
	return s
}

// scan evaluates what the files declare that import package catalog, then follows it to other
// files.
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
	for i, e := range entries {
		if e.parsed != nil {
			e.visited = true
			s.visit(e.parsed)
		}
		if i+1 == len(entries) || entries[i+1].folder != e.folder {
			e.folder.forget()
		}
	}
}

// report notes a finding about a domain, which is nil if it is not known. Of each file it keeps the
// first [diag.MaxFindings] errors and as many warnings; the others are counted.
func (s *scanner) report(
	d *domain, at model.Place, rule diag.Rule, text, hint string, fix diag.Fix,
) {
	f := rule.At(at.File, at.Pos, diag.CutTo(text, mostSaid), diag.CutTo(hint, mostSaid))
	f.Fix = fix
	kind := kindOf{f.File, f.Severity}
	c := s.counts[kind]
	if c == nil {
		c = &count{}
		s.counts[kind] = c
	}
	switch c.n++; {
	case c.n <= diag.MaxFindings:
		s.found = append(s.found, finding{f, d})
	case c.n == diag.MaxFindings+1:
		c.first = f
	}
}

// isFull reports whether so many errors about the file are known that no more of its declarations
// are read. The one at the place then counts as unread.
func (s *scanner) isFull(d *domain, at model.Place) bool {
	c := s.counts[kindOf{at.File, diag.Error}]
	if c == nil || c.n < diag.MaxFindings {
		return false
	}
	s.unread(d, at, "declaration is not read, since the file has too many errors",
		"fix the others first")
	return true
}

// unread notes a declaration that cannot be read. If its domain is not known it may be any.
func (s *scanner) unread(d *domain, at model.Place, text, hint string) {
	s.unreliable(d)
	s.report(d, at, ruleUnreadable, text, hint, diag.Fix{})
}

func (s *scanner) unreliable(d *domain) {
	if d == nil {
		s.partial = true
		return
	}
	d.Partial = true
}

// refuse notes that a declaration of the domain breaks a rule. The fault's own place counts, or the
// given one.
func (s *scanner) refuse(d *domain, at model.Place, subject string, f model.Fault) {
	if f.Place != (model.Place{}) {
		at = f.Place
	}
	s.report(d, at, f.Rule, subject+": "+f.Text, f.Hint, f.Fix)
	d.Invalid = true
}

// assemble sorts what was read and finds what is declared twice.
func (s *scanner) assemble() {
	slices.SortStableFunc(s.domains, func(a, b *domain) int { return byPlace(a.Place, b.Place) })
	first := map[string]*domain{}
	for _, d := range s.domains {
		if d.unnamed {
			continue
		}
		if other := first[d.Name]; other != nil {
			s.refuse(d, d.Place, d.subject(), *d.Clash(&other.Domain))
			other.Invalid = true // Which of the two comes first in a program is not known.
		} else {
			first[d.Name] = d
		}
		s.assembleCodes(d)
		s.assemblePhrases(d)
		s.assembleLabels(d)
	}
}

// finish returns the result.
func (s *scanner) finish(chosen *matcher) *Result {
	for _, d := range s.domains {
		d.chosen = d.isChosen(chosen)
		d.Partial = d.Partial || s.partial || len(s.result.Syntax) > 0
		switch {
		case d.unnamed:
		case d.chosen:
			s.result.Domains = append(s.result.Domains, &d.Domain)
		default:
			s.result.Others = append(s.result.Others, &d.Domain)
		}
	}
	for _, list := range [][]*model.Domain{s.result.Domains, s.result.Others} {
		slices.SortStableFunc(list, func(a, b *model.Domain) int { return cmp.Compare(a.Name, b.Name) })
	}
	for _, f := range s.found {
		if f.domain != nil {
			f.Domain = f.domain.Name
		}
		if f.domain == nil || f.domain.chosen || f.domain.unnamed {
			s.result.Findings = append(s.result.Findings, f.Finding)
		}
	}
	for _, c := range s.counts {
		if more := c.n - diag.MaxFindings; more > 0 {
			f := c.first
			f.Text = fmt.Sprintf("%d more findings like this, from here on", more)
			f.Hint = "fix the others first"
			f.Fix, f.Count = diag.Fix{}, more
			s.result.Findings = append(s.result.Findings, f)
		}
	}
	s.result.Findings.Sort()
	s.result.Findings = slices.Compact(s.result.Findings)
	s.result.Syntax.Sort()
	result := s.result // A copy, so that the syntax trees are not kept with it.
	return &result
}

func byPlace(a, b model.Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column))
}
