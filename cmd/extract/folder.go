package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/model"
)

// localesName is what the folder of locale files is called, unless a declaration names another.
const localesName = "locales"

// folder is the folder of a domain's locale files. It may not exist yet.
type folder struct {
	// the absolute path of the module's root, or of the folder that --locales names; all file access
	// stays inside
	base string
	path string // relative to base, slash-separated
	name string // as the user would type it
}

// file returns the name of one of its files, as the user would type it.
func (f folder) file(base string) string { return path.Join(f.name, base) }

func (f folder) abs() string { return filepath.Join(f.base, filepath.FromSlash(f.path)) }

// open opens the folder. The result is nil if it does not exist.
func (f folder) open() (*atomicfile.Folder, error) {
	opened, err := atomicfile.Open(f.base, f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, failFile(f.name, err, "")
	}
	return opened, nil
}

// finder finds the folders of the domains of a module.
type finder struct {
	app  *app
	root string
	all  []module // of the project
}

// find returns the folder of a domain: the one that --locales names, else the one that the
// declaration names, else the nearest folder called locales, from the package upward, that has the
// domain's ledger, else the folder locales beside the package. The findings are about skipped
// folders.
func (f finder) find(d *model.Domain) (folder, diag.List, error) {
	if f.app.locales != "" {
		found, err := f.fromFlag()
		return found, nil, err
	}
	return f.nearest(d)
}

// nearest is find without --locales.
func (f finder) nearest(d *model.Domain) (folder, diag.List, error) {
	if d.LocalesDir != "" {
		dir, err := declaredFolder(d)
		return f.inModule(dir), nil, err
	}
	var skipped diag.List
	for dir := d.Dir; ; dir = path.Dir(dir) {
		candidate := f.inModule(path.Join(dir, localesName))
		owner, exists, err := candidate.owner()
		switch {
		case err != nil:
			return folder{}, nil, err
		case exists && owner == d.Name:
			return candidate, nil, nil
		case exists && dir != d.Dir:
			skipped = append(skipped, f.skippedFolder(d, candidate, owner))
		}
		if dir == "." || dir == "/" {
			return f.inModule(path.Join(d.Dir, localesName)), skipped, nil
		}
	}
}

func (f finder) inModule(dir string) folder {
	return folder{base: f.root, path: dir, name: f.app.display(filepath.Join(f.root,
		filepath.FromSlash(dir)))}
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
	return folder{base: abs, path: ".", name: f.app.display(abs)}, nil
}

// owner returns the name of the domain that the folder's ledger names, or "" if there is no ledger.
// It also reports whether the folder exists. A ledger that doesn't tell its domain is an error: the
// folder may be the one that is looked for.
func (f folder) owner() (name string, exists bool, err error) {
	opened, err := f.open()
	if err != nil || opened == nil {
		return "", false, err
	}
	defer opened.Close()
	src, err := opened.Read(ledger.Name, ledger.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return "", true, nil
	}
	if err != nil {
		return "", true, failFile(f.file(ledger.Name), err, "")
	}
	if name, _ = ledger.Domain(src); name == "" {
		_, findings := ledger.Parse(f.file(ledger.Name), src)
		return "", true, findings.Err()
	}
	return name, true, nil
}

// checkOwner returns an error if the folder belongs to another domain, since extract would treat
// all of its texts as obsolete.
func (f finder) checkOwner(d *model.Domain, where folder) error {
	owner, exists, err := where.owner()
	if err != nil || !exists || owner == "" || owner == d.Name {
		return err
	}
	return finding(d, ruleFolder, fmt.Sprintf("the folder %s of domain %q belongs to domain %q",
		where.name, d.Name, owner),
		fmt.Sprintf("choose another folder with catalog.LocalesDir; if the domain was renamed, write "+
			"its name into %s", where.file(ledger.Name)))
}

// skippedFolder returns a warning about a skipped folder, since it may be the intended one.
func (f finder) skippedFolder(d *model.Domain, skipped folder, owner string) diag.Finding {
	why := "it has no " + ledger.Name
	if owner != "" {
		why = fmt.Sprintf("it belongs to domain %q", owner)
	}
	rel, err := filepath.Rel(filepath.FromSlash(d.Dir), filepath.FromSlash(skipped.path))
	hint := "the texts are kept beside the package"
	if owner == "" && err == nil {
		hint = fmt.Sprintf("catalog.LocalesDir(%q) on NewDomain chooses it", filepath.ToSlash(rel))
	}
	return finding(d, ruleOtherFolder,
		fmt.Sprintf("the folder %s is skipped for domain %q: %s", skipped.name, d.Name, why), hint)
}

// checkMoved returns a finding if the domain's folder has no ledger, but another folder of the
// project has a ledger of the domain. The package was moved or the folder renamed, and all
// translations would be left behind. With --locales it is only a warning. The folders in taken
// belong to other selected domains and don't count.
func (f finder) checkMoved(
	ctx context.Context, d *model.Domain, where folder, taken map[string]string,
) (*diag.Finding, error) {
	if _, err := os.Lstat(filepath.Join(where.abs(), ledger.Name)); err == nil {
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
		hint := fmt.Sprintf("move that folder to %s, or name it with catalog.LocalesDir", where.name)
		if f.app.locales != "" {
			rule, hint = ruleOtherFolder, "without --locales, that folder is used"
		}
		found := finding(d, rule,
			fmt.Sprintf("domain %q has its ledger in %s, but its folder would be %s", d.Name,
				f.app.display(left), where.name), hint)
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
