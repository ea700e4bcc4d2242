package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefolder"
	"github.com/errlingo/errlingo/internal/model"
)

// folder is the folder of a domain's locale files. It may not exist yet.
type folder = localefolder.Folder

// finder finds the folders of the domains of a module.
type finder struct {
	app  *app
	root string
	all  []module // of the project
}

// find returns the folder of a domain: the one that --locales names, else the one that
// localefolder finds. The findings are about skipped folders.
func (f finder) find(d *model.Domain) (folder, diag.List, error) {
	if f.app.locales != "" {
		found, err := f.fromFlag()
		return found, nil, err
	}
	return f.nearest(d)
}

// nearest is find without --locales.
func (f finder) nearest(d *model.Domain) (folder, diag.List, error) { return f.shared().Find(d) }

func (f finder) inModule(dir string) folder { return f.shared().In(dir) }

func (f finder) shared() localefolder.Finder {
	return localefolder.Finder{Root: f.root, Show: f.app.display}
}

// fromFlag returns the folder that --locales names.
func (f finder) fromFlag() (folder, error) {
	abs := f.app.locales
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(f.app.workDir(), abs)
	}
	if rel, err := filepath.Rel(f.root, abs); err == nil && filepath.IsLocal(rel) {
		return f.inModule(filepath.ToSlash(rel)), nil
	}
	if info, err := os.Stat(abs); err != nil || !info.IsDir() {
		return folder{}, fail(fmt.Sprintf("there is no folder %q", f.app.locales),
			"a folder outside of the module must exist already")
	}
	return folder{Base: abs, Path: ".", Name: f.app.display(abs)}, nil
}

// checkMoved returns a finding if the domain's folder has no ledger, but another folder of the
// project has a ledger of the domain. The package was moved or the folder renamed, and all
// translations would be left behind. With --locales it is only a warning. The folders in taken
// belong to other selected domains and don't count.
func (f finder) checkMoved(
	ctx context.Context, d *model.Domain, where folder, taken map[string]string,
) (*diag.Finding, error) {
	if _, err := os.Lstat(filepath.Join(where.Abs(), ledger.Name)); err == nil {
		return nil, nil
	}
	for _, m := range f.all {
		left, err := f.ledgerOf(ctx, m.root, d.Name, taken)
		if err != nil {
			return nil, err
		}
		if left == "" {
			continue
		}
		rule := ruleFolder
		hint := fmt.Sprintf("move that folder to %s, or name it with catalog.LocalesDir", where.Name)
		if f.app.locales != "" {
			rule, hint = ruleOtherFolder, "without --locales, that folder is used"
		}
		found := finding(d, rule,
			fmt.Sprintf("domain %q has its ledger in %s, but its folder would be %s", d.Name,
				f.app.display(left), where.Name), hint)
		return &found, nil
	}
	return nil, nil
}

// ledgerOf returns the first folder of a module that is not taken and has a ledger of the domain,
// or "". It skips folders that it may not read. It returns an error if something has the name of a
// ledger but is not a regular file, or is too large.
func (f finder) ledgerOf(
	ctx context.Context, root, domain string, taken map[string]string,
) (found string, err error) {
	walked := codescan.Folders(ctx, root, func(dir string) bool {
		abs := filepath.Join(root, filepath.FromSlash(dir))
		if taken[realPath(abs)] != "" {
			return true
		}
		name := filepath.Join(abs, ledger.Name)
		src, wrong := atomicfile.ReadFile(name, ledger.MaxSize)
		if errors.Is(wrong, atomicfile.ErrNotRegular) || errors.Is(wrong, atomicfile.ErrTooLarge) {
			err = failFile(f.app.display(name), wrong, f.app.fileHint(wrong))
			return false
		}
		if owner, ok := ledger.Domain(src); ok && owner == domain {
			found = abs
		}
		return found == ""
	})
	if err == nil {
		err = walked
	}
	return found, err
}

// fromRepository returns the findings and files with names relative to the repository's root, as
// forges need them. Without a repository they stay the same.
func (a *app) fromRepository(findings diag.List, files []string) (diag.List, []string) {
	root := repositoryRoot(a.workDir())
	if root == "" {
		return findings, files
	}
	rename := func(name string) string {
		if rel, err := filepath.Rel(root, filepath.Join(a.workDir(),
			filepath.FromSlash(name))); err == nil && name != "" {
			return filepath.ToSlash(rel)
		}
		return name
	}
	renamed := make(diag.List, len(findings))
	for i, f := range findings {
		f.File = rename(f.File)
		renamed[i] = f
	}
	names := make([]string, len(files))
	for i, name := range files {
		names[i] = rename(name)
	}
	return renamed, names
}
