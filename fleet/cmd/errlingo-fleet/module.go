package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/environ"
	"github.com/errlingo/errlingo/internal/git"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/localefolder"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/naming"
	"github.com/errlingo/errlingo/internal/textfiles"
)

// source is a domain as it is declared in Go, and the folder of its locale files.
type source struct {
	*model.Domain
	folder   localefolder.Folder
	findings diag.List // about Go source and the folder
}

// readSource reads the module that has the working folder, and returns the domain that --domain
// names, or the only one.
func (a *app) readSource(ctx context.Context) (*source, error) {
	if info, err := os.Stat(a.workDir()); err != nil || !info.IsDir() {
		return nil, fail(fmt.Sprintf("there is no folder %q", a.chdir), "")
	}
	root, modulePath, err := codescan.FindModule(a.workDir())
	if err != nil {
		return nil, fail(err.Error(), "run it in a folder of the Go module that declares the domain, "+
			"or give one with -C; for a rollout, --domain NAME is enough")
	}
	result, err := codescan.Scan(ctx, root, codescan.Options{Getenv: a.environ.Get,
		Name: func(file string) string {
			return a.display(filepath.Join(root, filepath.FromSlash(file)))
		}})
	if err != nil {
		return nil, fail(err.Error(), "")
	}
	if len(result.Syntax) > 0 {
		return nil, result.Syntax
	}
	d, err := a.choose(result.Domains, modulePath)
	if err != nil {
		return nil, err
	}
	s := &source{Domain: d}
	finder := localefolder.Finder{Root: root, Show: a.display}
	var skipped diag.List
	if s.folder, skipped, err = finder.Find(d); err != nil {
		return nil, err
	}
	for _, f := range append(result.Findings, skipped...) {
		if f.Domain == "" || f.Domain == d.Name {
			s.findings = append(s.findings, f)
		}
	}
	return s, s.folder.CheckOwner(d)
}

// display returns a path as the user would type it.
func (a *app) display(path string) string {
	if rel, err := filepath.Rel(a.workDir(), path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}

// choose returns the domain that --domain names, or the only one.
func (a *app) choose(domains []*model.Domain, modulePath string) (*model.Domain, error) {
	var names []string
	for _, d := range domains {
		if d.Name == a.domain {
			return d, nil
		}
		names = append(names, d.Name)
	}
	switch {
	case len(names) == 0:
		return nil, fail(fmt.Sprintf("no domain is declared in module %s", modulePath),
			"declare one with catalog.NewDomain, and a code with its method Define")
	case a.domain != "":
		return nil, fail(fmt.Sprintf("module %s declares no domain %q", modulePath, a.domain),
			diag.DidYouMean(a.domain, names, "the domains are "+strings.Join(names, ", ")))
	case len(names) > 1:
		return nil, fail(fmt.Sprintf("module %s declares several domains: %s", modulePath,
			strings.Join(names, ", ")), "choose one with --domain NAME")
	}
	return domains[0], nil
}

// chosenDomain returns the name of the domain. The module is read only if --domain does not say it.
func (a *app) chosenDomain(ctx context.Context) (string, error) {
	if a.domain == "" {
		s, err := a.readSource(ctx)
		if err != nil {
			return "", err
		}
		return s.Name, nil
	}
	if !naming.Domain(a.domain) {
		return "", fail(fmt.Sprintf("%q is not the name of a domain", a.domain),
			"a name has the form "+naming.DomainForm)
	}
	return a.domain, nil
}

// files returns the folder of the locale files.
func (s *source) files() fs.FS { return os.DirFS(s.folder.Abs()) }

// check returns what is wrong with the texts, as "extract check" finds it.
func (s *source) check() diag.List {
	if s.Source == language.Und {
		return s.findings
	}
	if len(s.Codes)+len(s.Phrases)+len(s.Labels) == 0 {
		return append(s.findings, diag.RuleFailure.At(s.Place.File, s.Place.Pos,
			fmt.Sprintf("domain %q has no code", s.Name), "there is nothing to publish"))
	}
	if _, err := os.Stat(s.folder.Abs()); errors.Is(err, fs.ErrNotExist) {
		return append(s.findings, diag.RuleFailure.At(s.folder.Name, diag.Pos{},
			fmt.Sprintf("domain %q has no locale files", s.Name),
			"run \"extract\", which makes them, and translate"))
	}
	read := textfiles.Read(s.files(), s.folder.Name)
	found := append(s.findings, read.Findings...)
	issued, broken := s.ledger()
	found = append(found, broken...)
	gone := map[string]bool{}
	for _, e := range issued.Entries() {
		gone[e.Name] = true
	}
	for _, name := range s.CodeNames() {
		delete(gone, name)
	}
	collector := lint.NewCollector(s.Domain, read.Glossary,
		func(code string) bool { return gone[code] })
	plan, unusable := merge.Make(merge.Input{Domain: s.Domain, Dir: s.folder.Name,
		Files: read.Locales, Renamed: issued.FormerNames(), FormerParams: issued.FormerParams,
		Inspect: collector.Inspect})
	if found = append(found, unusable...); plan == nil {
		return found
	}
	found = append(found, plan.Findings...)
	found = append(found, collector.Findings()...)
	for i := range plan.Files {
		if f := &plan.Files[i]; f.MeansOther() { // Comments and states do not matter.
			found = append(found, diag.RuleFailure.At(f.Name, diag.Pos{},
				"the file is not up to date with Go source", "run \"extract\" first"))
		}
	}
	return found
}

// ledger returns the ledger as "extract" would write it, and what Go source breaks.
func (s *source) ledger() (*ledger.Ledger, diag.List) {
	src, err := localefile.ReadFile(s.files(), ledger.Name)
	if err != nil {
		return &ledger.Ledger{}, nil // Before the first run of extract there is no ledger.
	}
	issued, findings := ledger.Parse(s.folder.File(ledger.Name), src)
	c := ledger.Compare(ledger.Input{Domain: s.Domain, Ledger: issued})
	return c.Next, append(append(findings, c.Breaks...), c.Conflicts...)
}

// revision returns the revision of the sources as git describes it, or "".
func (s *source) revision(ctx context.Context, vars environ.Variables) string {
	out, err := git.Output(ctx, vars, s.folder.Base, "describe", "--always", "--dirty=+changes")
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}
