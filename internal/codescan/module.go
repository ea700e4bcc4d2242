package codescan

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// FindModule returns the root folder and the path of the module that the folder belongs to: those of the nearest go.mod
// upward from it.
func FindModule(dir string) (root, path string, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		m, err := readModule(at)
		if err == nil {
			return at, m.path, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", "", err
		}
		if at == filepath.Dir(at) {
			return "", "", fmt.Errorf("no go.mod in %q or a folder above it", dir)
		}
	}
}

// module is what a go.mod says about where its packages are.
type module struct {
	path   string
	ignore []string
}

func readModule(root string) (module, error) {
	name := filepath.Join(root, "go.mod")
	src, err := os.ReadFile(name)
	if err != nil {
		return module{}, err
	}
	m := parseModule(string(src))
	if m.path == "" {
		return module{}, fmt.Errorf("%s: there is no module line", name)
	}
	return m, nil
}

// parseModule reads the directives module and ignore, as lines or as blocks, and passes over all others. See
// https://go.dev/ref/mod#go-mod-file-grammar.
func parseModule(src string) module {
	var m module
	block := ""
	for line := range strings.Lines(src) {
		words := modWords(line)
		switch {
		case len(words) == 0:
			continue
		case words[0] == ")":
			block = ""
			continue
		case block != "":
			words = slices.Insert(words, 0, block)
		case len(words) == 2 && words[1] == "(":
			block = words[0]
			continue
		}
		if len(words) < 2 {
			continue
		}
		switch words[0] {
		case "module":
			m.path = words[1]
		case "ignore":
			m.ignore = append(m.ignore, strings.TrimSuffix(words[1], "/"))
		}
	}
	return m
}

// modWords returns the words of a line of a go.mod without its comment and without quotation marks.
func modWords(line string) []string {
	var words []string
	for {
		line = strings.TrimLeft(line, " \t\r\n\uFEFF")
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
			return words
		case line[0] == '(' || line[0] == ')':
			words, line = append(words, line[:1]), line[1:]
			continue
		}
		if quoted, err := strconv.QuotedPrefix(line); err == nil {
			word, _ := strconv.Unquote(quoted) // QuotedPrefix has checked it
			words, line = append(words, word), line[len(quoted):]
			continue
		}
		end := strings.IndexAny(line, " \t\r\n()")
		if end < 0 {
			end = len(line)
		}
		word, _, commented := strings.Cut(line[:end], "//")
		if words = append(words, word); commented {
			return words
		}
		line = line[end:]
	}
}

// ignores reports whether an ignore directive names the folder. One that starts with "./" names a folder of the root,
// any other one a path at any depth. What lies beneath a folder that is ignored is never asked for.
func (m *module) ignores(dir string) bool {
	for _, pattern := range m.ignore {
		if rooted, ok := strings.CutPrefix(pattern, "./"); ok {
			if dir == rooted {
				return true
			}
		} else if dir == pattern || strings.HasSuffix(dir, "/"+pattern) {
			return true
		}
	}
	return false
}

// importPath returns the import path of the package in the folder, which is "." for the root.
func (m *module) importPath(dir string) string {
	if dir == "." {
		return m.path
	}
	return m.path + "/" + dir
}
