package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
)

// module is a module that a run reads.
type module struct {
	root     string   // absolute
	path     string   // its module path
	patterns []string // the package arguments that choose its domains; none means ./...
	from     string   // the folder that they are relative to
	overlays []string // chosen folders, relative to root, that may be overlays
}

// modules returns the modules that a run reads: the one that the working folder is in or, outside
// of any module, those of the workspace. The package argument "work" means all of the workspace
// even inside a module, as it does for the go command.
func (a *app) modules(patterns []string) ([]module, error) {
	root, path, err := codescan.FindModule(a.workDir())
	whole := slices.Contains(patterns, "work")
	if err == nil && !whole {
		return []module{{root: root, path: path, patterns: patterns, from: a.workDir()}}, nil
	}
	if fault, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, failFile(a.display(fault.Path), err, a.fileHint(err))
	}
	file, faultyWork := a.findWorkspace()
	switch {
	case faultyWork != nil:
		return nil, faultyWork
	case file != "":
		all, err := a.readWorkspace(file)
		if err != nil {
			return nil, err
		}
		return a.chooseModules(all, patterns)
	case err == nil:
		return []module{{root: root, path: path, patterns: []string{"./..."}, from: root}}, nil
	}
	return nil, fail(err.Error(), "run it in a folder of a Go module, or give one with -C; "+
		"extract reads Go source, so locale files alone are not enough: clone the whole repository")
}

// findWorkspace returns the go.work file that the go command would use, or "".
func (a *app) findWorkspace() (string, error) {
	name := codescan.FindWork(a.workDir(), a.environ.Get("GOWORK"))
	if name != "" && !filepath.IsAbs(name) {
		return "", fail(fmt.Sprintf("GOWORK is %q, which is not an absolute path", name), "")
	}
	return name, nil
}

// readWorkspace returns the modules that a go.work uses, in its order. The error names each of its
// lines that cannot be used.
func (a *app) readWorkspace(name string) ([]module, error) {
	shown := a.display(name)
	at := func(pos modfile.Position, text, hint string) diag.Finding {
		return ruleFailure.At(shown, diag.Pos{Line: pos.Line, Column: pos.LineRune}, text, hint)
	}
	var faults diag.List
	work, err := codescan.ReadWork(name)
	if err != nil {
		listed, ok := errors.AsType[modfile.ErrorList](err)
		if !ok {
			return nil, failFile(shown, err, a.fileHint(err))
		}
		for _, fault := range listed {
			faults = append(faults, at(fault.Pos, fault.Err.Error(), ""))
		}
		return nil, faults
	}
	var all []module
	seen := map[string]bool{}
	for _, use := range work.Use {
		dir := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(filepath.Dir(name), dir)
		}
		root, path, err := codescan.FindModule(dir)
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing != nil {
			err = errors.New("there is no go.mod in it")
		}
		if err != nil {
			faults = append(faults, at(use.Syntax.Start,
				fmt.Sprintf("the module %q cannot be read: %v", use.Path, err),
				"correct the folder, or delete the line"))
			continue
		}
		if real := realPath(root); !seen[real] {
			seen[real] = true
			all = append(all, module{root: root, path: path, from: root})
		}
	}
	if len(all)+len(faults) == 0 {
		return nil, failFile(shown, errors.New("no module is used"), "add one with go work use")
	}
	return all, faults.Err()
}

// chooseModules returns the modules of a workspace that package arguments name, each with the
// arguments relative to its own folders. No arguments mean all modules.
func (a *app) chooseModules(all []module, patterns []string) ([]module, error) {
	if len(patterns) == 0 {
		return all, nil
	}
	for _, pattern := range patterns {
		named := false
		for i := range all {
			if own := a.inModule(pattern, all, i); own != "" {
				all[i].patterns = append(all[i].patterns, own)
				named = true
			}
		}
		if dir, wild := strings.CutSuffix(pattern, "..."); wild && dir != "" &&
			!strings.HasSuffix(dir, "/") || strings.Contains(dir, "...") {
			return nil, fail(fmt.Sprintf("%q has dots that are not its last element", pattern),
				"in a workspace, write a pattern such as ./shop/...")
		}
		if !named {
			hint := a.subcommandHint(patterns)
			if hint == "" {
				hint = `write a folder of a module that go.work uses, such as "./shop/..."`
			}
			return nil, fail(fmt.Sprintf("%q is in no module of the workspace", pattern), hint)
		}
	}
	return slices.DeleteFunc(all, func(m module) bool { return len(m.patterns) == 0 }), nil
}

// inModule returns a package argument as seen from the root of the i-th module, or "" if it names
// nothing there. A folder inside of two modules belongs to the inner one.
func (a *app) inModule(pattern string, all []module, i int) string {
	if pattern == "work" || pattern == "all" || pattern == "..." {
		return "./..."
	}
	dir, wild := strings.CutSuffix(filepath.ToSlash(pattern), "/...")
	local := dir == "." || dir == ".." || strings.HasPrefix(dir, "./") ||
		strings.HasPrefix(dir, "../")
	place := func(m module) string { return m.path }
	if local {
		dir = filepath.ToSlash(filepath.Join(a.workDir(), filepath.FromSlash(dir)))
		place = func(m module) string { return filepath.ToSlash(m.root) }
	}
	own := place(all[i])
	if wild && isBelow(own, dir) {
		return "./..."
	}
	if !isBelow(dir, own) || slices.ContainsFunc(all, func(m module) bool {
		return isBelow(dir, place(m)) && len(place(m)) > len(own)
	}) {
		return ""
	}
	pattern = "." + strings.TrimPrefix(dir, strings.TrimSuffix(own, "/"))
	if wild {
		pattern += "/..."
	}
	return pattern
}

// isBelow reports whether a slash-separated path is another one or below it.
func isBelow(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, "/")+"/")
}
