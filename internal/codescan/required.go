package codescan

import (
	"cmp"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	gomodule "golang.org/x/mod/module"
)

// Required is a package of another module, and where the source of that module is.
type Required struct {
	Module  string // the module's path
	Version string // empty for a folder that a replace directive or go.work names
	Root    string // the folder of the module's go.mod
	Dir     string // the package's folder, slash-separated and relative to Root
}

// RequiredError says why a package of another module was not found, and what to do.
type RequiredError struct {
	Text, Hint string
}

func (e *RequiredError) Error() string { return e.Text }

// FindRequired finds the package with an import path in the modules that the module at root
// requires: in the folder that a replace directive or go.work names, else in the module cache, in
// the version that go.mod says. Nothing is downloaded. If the package is not there, the error is a
// [*RequiredError]. The environment variables are those of [Options.Getenv].
func FindRequired(root, pkg string, getenv func(string) string) (Required, error) {
	m, file, err := readModFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return Required{}, err
	}
	replaced, err := replacements(file)
	if err != nil {
		return Required{}, err
	}
	if err := m.findSiblings(root, getenv("GOWORK"), replaced); err != nil {
		return Required{}, err
	}
	if isBelow(pkg, m.path) {
		if dir, own, _ := m.find(pkg); own && isPackage(filepath.Join(root, dir)) {
			return Required{}, &RequiredError{
				fmt.Sprintf("package %q is in module %q itself", pkg, m.path),
				"texts of the module's own domains are in their own folders",
			}
		}
	}
	var all []Required
	for _, s := range m.siblings {
		if isBelow(pkg, s.path) {
			all = append(all, Required{Module: s.path, Root: filepath.Join(root, s.dir)})
		}
	}
	for _, r := range file.Require {
		isSibling := func(s sibling) bool { return s.path == r.Mod.Path }
		if isBelow(pkg, r.Mod.Path) && !slices.ContainsFunc(m.siblings, isSibling) {
			at := replacement(r.Mod, replaced)
			dir, err := cached(at, getenv)
			if err != nil {
				return Required{}, err
			}
			all = append(all, Required{Module: r.Mod.Path, Version: at.Version, Root: dir})
		}
	}
	// As for the go command, the module with the longest path that has the package provides it.
	slices.SortStableFunc(all, func(a, b Required) int {
		return cmp.Compare(len(b.Module), len(a.Module))
	})
	for _, r := range all {
		r.Dir = path.Join(".", pkg[len(r.Module):])
		switch {
		case isPackage(filepath.Join(r.Root, r.Dir)):
			return r, nil
		case r.Version != "" && !exists(r.Root):
			return Required{}, &RequiredError{
				fmt.Sprintf("module %s %s is not in the module cache", r.Module, r.Version),
				fmt.Sprintf("run %q", "go mod download "+r.Module),
			}
		}
	}
	if len(all) > 0 {
		return Required{}, &RequiredError{
			fmt.Sprintf("module %q has no package %q", all[0].Module, pkg),
			"write the import path of a package that has Go files",
		}
	}
	return Required{}, &RequiredError{
		fmt.Sprintf("no module that go.mod requires has the package %q", pkg),
		fmt.Sprintf("if the package is right, run %q", "go get "+pkg),
	}
}

// cached returns the folder that a version of a module has in the module cache.
func cached(at gomodule.Version, getenv func(string) string) (string, error) {
	escaped, err := gomodule.EscapePath(at.Path)
	if err != nil {
		return "", err
	}
	version, err := gomodule.EscapeVersion(at.Version)
	if err != nil {
		return "", err
	}
	return filepath.Join(moduleCache(getenv("GOMODCACHE")), escaped+"@"+version), nil
}

// moduleCache returns the folder of the module cache. The environment variable GOMODCACHE has the
// value given.
func moduleCache(given string) string {
	return cmp.Or(given, filepath.Join(filepath.SplitList(build.Default.GOPATH)[0], "pkg", "mod"))
}

// isPackage reports whether a folder has Go files.
func isPackage(dir string) bool {
	children, _ := os.ReadDir(dir) // What can't be read has none.
	return slices.ContainsFunc(children, func(e fs.DirEntry) bool { return isSource(e.Name()) })
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
