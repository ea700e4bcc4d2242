// Package localefolder finds the folder of a domain's locale files.
package localefolder

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/model"
)

// Default is what the folder is called, unless a declaration names another one.
const Default = "locales"

// The rules of the findings.
var (
	RuleUnclear = diag.Rule{ID: "locales-folder", Severity: diag.Error,
		Doc: "it is not clear which folder has a domain's locale files"}
	RuleOther = diag.Rule{ID: "other-folder", Severity: diag.Warning,
		Doc: "another folder of locale files may be the intended one"}
)

// Folder is the folder of a domain's locale files. It may not exist yet.
type Folder struct {
	// Base is the absolute path of the module's root, or of another folder that has the files. All
	// file access stays inside.
	Base string
	Path string // relative to Base, slash-separated
	Name string // as the user would type it
}

// File returns the name of one of its files, as the user would type it.
func (f Folder) File(base string) string { return path.Join(f.Name, base) }

// Abs returns the absolute path.
func (f Folder) Abs() string { return filepath.Join(f.Base, filepath.FromSlash(f.Path)) }

// Open opens the folder. The result is nil if it does not exist.
func (f Folder) Open() (*atomicfile.Folder, error) {
	opened, err := atomicfile.Open(f.Base, f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, failure(f.Name, err)
	}
	return opened, nil
}

// owner returns the name of the domain that the folder's ledger names, or "" if there is no ledger.
// It also reports whether the folder exists. A ledger that doesn't tell its domain is an error: the
// folder may be the one that is looked for.
func (f Folder) owner() (name string, exists bool, err error) {
	opened, err := f.Open()
	if err != nil || opened == nil {
		return "", false, err
	}
	defer opened.Close()
	src, err := opened.Read(ledger.Name, ledger.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return "", true, nil
	}
	if err != nil {
		return "", true, failure(f.File(ledger.Name), err)
	}
	if name, _ = ledger.Domain(src); name == "" {
		_, findings := ledger.Parse(f.File(ledger.Name), src)
		return "", true, findings.Err()
	}
	return name, true, nil
}

// CheckOwner returns an error if the folder belongs to another domain, whose texts would be taken
// for this one's.
func (f Folder) CheckOwner(d *model.Domain) error {
	owner, exists, err := f.owner()
	if err != nil || !exists || owner == "" || owner == d.Name {
		return err
	}
	return finding(d, RuleUnclear, fmt.Sprintf("the folder %s of domain %q belongs to domain %q",
		f.Name, d.Name, owner),
		fmt.Sprintf("choose another folder with catalog.LocalesDir; if the domain was renamed, write "+
			"its name into %s", f.File(ledger.Name)))
}

// Finder finds the folders of the domains of a module.
type Finder struct {
	Root string                   // of the module, absolute
	Show func(path string) string // returns an absolute path as the user would type it
}

// In returns a folder of the module. The path is relative to the root, slash-separated.
func (f Finder) In(dir string) Folder {
	return Folder{Base: f.Root, Path: dir, Name: f.Show(filepath.Join(f.Root,
		filepath.FromSlash(dir)))}
}

// Find returns the folder of a domain: the one that the declaration names, else the nearest folder
// called locales, from the package upward, that has the domain's ledger, else the folder locales
// beside the package. The findings are about skipped folders.
func (f Finder) Find(d *model.Domain) (Folder, diag.List, error) {
	if d.LocalesDir != "" {
		dir, err := declared(d)
		return f.In(dir), nil, err
	}
	var skipped diag.List
	for dir := d.Dir; ; dir = path.Dir(dir) {
		candidate := f.In(path.Join(dir, Default))
		owner, exists, err := candidate.owner()
		switch {
		case err != nil:
			return Folder{}, nil, err
		case exists && owner == d.Name:
			return candidate, nil, nil
		case exists && dir != d.Dir:
			skipped = append(skipped, skippedFolder(d, candidate, owner))
		}
		if dir == "." || dir == "/" {
			return f.In(path.Join(d.Dir, Default)), skipped, nil
		}
	}
}

// declared returns the folder that catalog.LocalesDir names in a declaration, slash-separated and
// relative to the module's root.
func declared(d *model.Domain) (string, error) {
	dir := path.Join(d.Dir, d.LocalesDir)
	if path.IsAbs(d.LocalesDir) || filepath.IsAbs(d.LocalesDir) || dir == ".." || len(dir) > 2 &&
		dir[:3] == "../" {
		return "", finding(d, RuleUnclear,
			fmt.Sprintf("the folder %q of domain %q is not in the module", d.LocalesDir, d.Name),
			"write it relative to the package, such as catalog.LocalesDir(\"../locales\")")
	}
	if strings.HasPrefix(dir, ".") && dir != "." || strings.Contains(dir, "/.") {
		return "", finding(d, RuleUnclear,
			fmt.Sprintf("the folder %q of domain %q is in a hidden one", d.LocalesDir, d.Name),
			"a folder such as .git belongs to another program; choose one without a dot at its beginning")
	}
	return dir, nil
}

// skippedFolder returns a warning about a skipped folder, since it may be the intended one.
func skippedFolder(d *model.Domain, skipped Folder, owner string) diag.Finding {
	why := "it has no " + ledger.Name
	if owner != "" {
		why = fmt.Sprintf("it belongs to domain %q", owner)
	}
	rel, err := filepath.Rel(filepath.FromSlash(d.Dir), filepath.FromSlash(skipped.Path))
	hint := "the texts are kept beside the package"
	if owner == "" && err == nil {
		hint = fmt.Sprintf("catalog.LocalesDir(%q) on NewDomain chooses it", filepath.ToSlash(rel))
	}
	return finding(d, RuleOther,
		fmt.Sprintf("the folder %s is skipped for domain %q: %s", skipped.Name, d.Name, why), hint)
}

// failure returns an error about a file as a whole.
func failure(file string, err error) error {
	return diag.RuleFailure.At(file, diag.Pos{}, diag.Reason(err), "")
}

// finding returns a finding about a domain as a whole.
func finding(d *model.Domain, rule diag.Rule, text, hint string) diag.Finding {
	f := rule.At(d.Place.File, d.Place.Pos, text, hint)
	f.Domain = d.Name
	return f
}
