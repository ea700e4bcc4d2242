package codescan

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// matcher decides which packages the package arguments name.
type matcher struct {
	patterns []packagePattern
}

type packagePattern struct {
	argument string
	dir      string         // the folder that it names, or
	wild     *regexp.Regexp // the folders that it matches
}

// newMatcher reads package arguments as the go command does: a path that starts with a dot is
// relative to the folder from, which itself is relative to the module's root; any other is an
// import path; and "..." matches any string.
func newMatcher(arguments []string, from string, m *module) (matcher, error) {
	if len(arguments) == 0 {
		arguments = []string{"./..."}
	}
	var all matcher
	for _, argument := range arguments {
		dir, err := patternDir(filepath.ToSlash(argument), from, m)
		if err != nil {
			return matcher{}, err
		}
		p := packagePattern{argument: argument, dir: dir}
		if strings.Contains(dir, "...") {
			p.wild = wildcard(dir)
		}
		all.patterns = append(all.patterns, p)
	}
	return all, nil
}

// patternDir returns the pattern as one of folders relative to the module's root.
func patternDir(argument, from string, m *module) (string, error) {
	if argument == "." || argument == ".." || strings.HasPrefix(argument, "./") ||
		strings.HasPrefix(argument, "../") {
		dir := path.Join(from, argument)
		if dir == ".." || strings.HasPrefix(dir, "../") {
			return "", fmt.Errorf("%q is outside of module %q", argument, m.path)
		}
		return dir, nil
	}
	switch rest, inside := strings.CutPrefix(argument, m.path+"/"); {
	case argument == m.path:
		return ".", nil
	case argument == "..." || argument == "all":
		return "...", nil
	case argument == m.path+"...":
		return "...", nil
	case inside:
		return path.Clean(rest), nil
	}
	return "", fmt.Errorf("%q is not a package of module %q; write a folder as %q", argument, m.path,
		"./"+argument)
}

// wildcard compiles a pattern with dots. As in the go command, "shop/..." matches the folder "shop"
// too.
func wildcard(pattern string) *regexp.Regexp {
	quoted := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\.\.\.`, `.*`)
	if before, ok := strings.CutSuffix(quoted, `/.*`); ok {
		quoted = before + `(/.*)?`
	}
	return regexp.MustCompile(`^` + quoted + `$`)
}

func (p *packagePattern) match(dir string) bool {
	if p.wild != nil {
		return p.wild.MatchString(dir)
	}
	return p.dir == dir
}

// match reports whether an argument names the folder.
func (m *matcher) match(dir string) bool {
	for i := range m.patterns {
		if m.patterns[i].match(dir) {
			return true
		}
	}
	return false
}

// check returns an error for the first argument that names one package and matches none of the
// folders.
func (m *matcher) check(folders []*folder) error {
	known := make(map[string]bool, len(folders))
	for _, f := range folders {
		known[f.dir] = true
	}
	for _, p := range m.patterns {
		if p.wild == nil && !known[p.dir] {
			return fmt.Errorf("%q has no Go files of the module", p.argument)
		}
	}
	return nil
}
