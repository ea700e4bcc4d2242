package codescan

import (
	"bytes"
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	gomodule "golang.org/x/mod/module"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// readModules reads the go.mod in the root folder and finds out which other modules matter.
func readModules(root string, getenv func(string) string) (module, error) {
	m, file, err := readModFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return module{}, err
	}
	replaced, err := replacements(file)
	if err != nil {
		return module{}, err
	}
	if err := m.findSiblings(root, getenv("GOWORK"), replaced); err != nil {
		return module{}, err
	}
	for _, r := range file.Require {
		isSibling := func(s sibling) bool { return s.path == r.Mod.Path }
		if r.Indirect || r.Mod.Path == errlingoPath || slices.ContainsFunc(m.siblings, isSibling) {
			continue
		}
		at := replacement(r.Mod, replaced)
		required := requiresErrlingo(root, r.Mod.Path, at, getenv("GOMODCACHE"))
		m.others = append(m.others, other{r.Mod.Path, required})
	}
	return m, nil
}

// replacements returns the replace directives of a go.mod. A file with directives of a later Go
// version can only be parsed in the lax way, which leaves them out.
func replacements(file *modfile.File) ([]*modfile.Replace, error) {
	only := &modfile.FileSyntax{Name: file.Syntax.Name}
	for _, stmt := range file.Syntax.Stmt {
		switch stmt := stmt.(type) {
		case *modfile.Line:
			if stmt.Token[0] == "replace" {
				only.Stmt = append(only.Stmt, stmt)
			}
		case *modfile.LineBlock:
			if stmt.Token[0] == "replace" {
				only.Stmt = append(only.Stmt, stmt)
			}
		}
	}
	parsed, err := modfile.Parse(only.Name, modfile.Format(only), nil)
	if err != nil {
		return nil, err
	}
	return parsed.Replace, nil
}

// replacement returns what replaces a version of a module, or the version itself.
func replacement(at gomodule.Version, replaced []*modfile.Replace) gomodule.Version {
	for _, r := range replaced {
		if r.Old.Path == at.Path && cmp.Or(r.Old.Version, at.Version) == at.Version {
			return r.New
		}
	}
	return at
}

// findSiblings adds the modules that the directives and a go.work name a folder for.
func (m *module) findSiblings(root, gowork string, replaced []*modfile.Replace) error {
	add := func(path, dir string) error {
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(root, dir)
		}
		rel, err := relative(root, dir)
		if err == nil && rel != "." {
			m.siblings = append(m.siblings, sibling{path, rel})
		}
		return err
	}
	for _, r := range replaced {
		if r.New.Version == "" {
			if err := add(r.Old.Path, r.New.Path); err != nil {
				return err
			}
		}
	}
	name, work, err := readWorkOf(root, gowork)
	if work == nil || err != nil {
		return err
	}
	for _, r := range work.Replace {
		if r.New.Version == "" {
			if err := add(r.Old.Path, filepath.Join(filepath.Dir(name), r.New.Path)); err != nil {
				return err
			}
		}
	}
	for _, use := range work.Use {
		dir := filepath.Join(filepath.Dir(name), use.Path)
		used, err := readModule(dir)
		if err != nil {
			return err
		}
		if err := add(used.path, dir); err != nil {
			return err
		}
	}
	return nil
}

// FindWork returns the name of the go.work that the go command uses in a folder, or "". The
// environment variable GOWORK has the value gowork.
func FindWork(dir, gowork string) string {
	switch gowork {
	case "off":
		return ""
	case "":
	default:
		return gowork
	}
	for ; ; dir = filepath.Dir(dir) {
		name := filepath.Join(dir, "go.work")
		if info, err := os.Stat(name); err == nil && !info.IsDir() {
			return name
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// ReadWork reads a go.work. An error in it is a [modfile.ErrorList].
func ReadWork(name string) (*modfile.WorkFile, error) {
	src, err := atomicfile.ReadFile(name, maxModFile)
	if err != nil {
		return nil, err
	}
	return modfile.ParseWork(name, withoutMark(src), nil)
}

// readWorkOf reads the go.work that the go command uses for a module. The result is nil if no file
// lists the module.
func readWorkOf(root, gowork string) (name string, work *modfile.WorkFile, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return "", nil, err
	}
	if name = FindWork(root, gowork); name == "" {
		return "", nil, nil
	}
	if work, err = ReadWork(name); err != nil {
		return "", nil, err
	}
	lists := func(u *modfile.Use) bool { return filepath.Join(filepath.Dir(name), u.Path) == root }
	if !slices.ContainsFunc(work.Use, lists) {
		return "", nil, nil
	}
	return name, work, nil
}

// requiresErrlingo reports whether the module with the path, whose source is that of the version,
// requires errlingo or, if its go.mod cannot be found, whether that cannot be ruled out.
func requiresErrlingo(root, path string, at gomodule.Version, cache string) bool {
	escaped, err := gomodule.EscapePath(at.Path)
	if err != nil {
		return true
	}
	version, err := gomodule.EscapeVersion(at.Version)
	if err != nil {
		return true
	}
	src, err := atomicfile.ReadFile(filepath.Join(moduleCache(cache), "cache", "download", escaped,
		"@v", version+".mod"), maxModFile)
	if err == nil {
		return bytes.Contains(src, []byte(errlingoPath))
	}
	vendored := filepath.Join(root, "vendor", filepath.FromSlash(path))
	if _, err := os.Stat(vendored); err != nil {
		return true
	}
	found := false
	err = filepath.WalkDir(vendored, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !strings.HasSuffix(name, ".go") {
			return err
		}
		src, err := atomicfile.ReadFile(name, maxSource)
		if bytes.Contains(src, []byte(errlingoPath)) {
			found, err = true, fs.SkipAll
		}
		return err
	})
	return found || err != nil
}

// find returns the folder of the package that has the import path, relative to the module's root,
// if its source is in this repository, and whether the package belongs to the module itself.
func (m *module) find(path string) (dir string, own, ok bool) {
	best := sibling{m.path, "."}
	own = isBelow(path, m.path)
	ok = own
	for _, s := range m.siblings {
		if isBelow(path, s.path) && (!ok || len(s.path) > len(best.path)) {
			best, own, ok = s, false, true
		}
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(path, best.path), "/")
	return filepath.ToSlash(filepath.Join(best.dir, rest)), own, ok
}

// mayDeclare reports whether a package outside of this repository can have a domain, or a type that
// holds one: its module requires errlingo, or that is not known.
func (m *module) mayDeclare(path string) bool {
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return false // of the standard library
	}
	best := other{kin: true}
	for _, o := range m.others {
		if isBelow(path, o.path) && len(o.path) > len(best.path) {
			best = o
		}
	}
	return best.kin
}

// isBelow reports whether an import path is that of a package of a module, or begins as theirs do.
func isBelow(path, module string) bool {
	rest, ok := strings.CutPrefix(path, module)
	return ok && (rest == "" || rest[0] == '/')
}
