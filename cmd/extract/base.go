package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
)

// ruleNoBase is the rule of the warning that --base names a revision from before the domain's first ledger.
const ruleNoBase = "no-base"

// baseFlag is what --base names. An empty one is a variable that is not set, most often, and asks for a comparison all the
// same.
type baseFlag string

func (f *baseFlag) String() string { return string(*f) }

func (f *baseFlag) Type() string { return "string" }

func (f *baseFlag) Set(name string) error {
	if name == "" {
		return errors.New("it names neither a file nor a revision")
	}
	*f = baseFlag(name)
	return nil
}

// baseLedger returns the ledger that --base names, and nil if none is asked for. A revision that has none is an empty one:
// nothing of the domain was released then. That is told, since it lets every change pass.
func (a *app) baseLedger(ctx context.Context, p *project, j *job) (*ledger.Ledger, error) {
	if a.base == "" {
		return nil, nil
	}
	name, src, err := a.readBase(ctx, p, j.domain)
	if err != nil {
		return nil, err
	}
	if src == nil {
		j.findings = append(j.findings, diag.Finding{File: j.Place.File, Pos: j.Place.Pos, Rule: ruleNoBase,
			Text: fmt.Sprintf("%s has no ledger of domain %q; every code counts as new", a.base, j.Name),
			Hint: "if the ledger stood outside of this module, give it as a file"})
		return &ledger.Ledger{}, nil
	}
	base, findings := ledger.Parse(name, src)
	return base, findings.Err()
}

// readBase reads the ledger that --base names: a file, or that of a git revision. There are no bytes if the revision has
// none.
func (a *app) readBase(ctx context.Context, p *project, d *domain) (name string, src []byte, err error) {
	path := a.base
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.workDir(), path)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		if len(p.domains) > 1 {
			return "", nil, fail("--base with a file needs exactly one domain", "name the package of one of them, or a git revision")
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return "", nil, failFile(a.display(path), err, "")
		}
		return a.display(path), src, nil
	}
	return a.readReleased(ctx, d)
}

// readReleased reads the domain's ledger as it stands in a git revision: where it is now, else wherever it was below the
// module's root, since a folder can be moved. A file in its place that is of another domain, or no ledger at all, is
// returned if there is no better one, for it is no sign that nothing was released.
func (a *app) readReleased(ctx context.Context, d *domain) (name string, src []byte, err error) {
	r, err := a.openRevision(ctx, d.folder.base)
	if err != nil {
		return "", nil, err
	}
	here := path.Join(d.folder.path, ledger.Name)
	src, err = r.read(ctx, here)
	if err != nil {
		return "", nil, err
	}
	shown := func(name string) string { return a.display(filepath.Join(r.dir, filepath.FromSlash(name))) }
	if owner, ok := ledger.Domain(src); ok && owner == d.Name {
		return a.base + ":" + shown(here), src, nil
	}
	moved, err := r.ledgers(ctx, d.Name)
	switch {
	case err != nil:
		return "", nil, err
	case len(moved) > 1:
		return "", nil, fail(fmt.Sprintf("%s has several ledgers of domain %q: %s and %s", a.base, d.Name, shown(moved[0].path), shown(moved[1].path)),
			fmt.Sprintf("give the right one as a file; \"git show %s:./%s\" prints it", inShell(a.base), shown(moved[0].path)))
	case len(moved) == 1:
		return a.base + ":" + shown(moved[0].path), moved[0].src, nil
	}
	return a.base + ":" + shown(here), src, nil
}
