package main

import (
	"os"
	"path/filepath"

	"github.com/errlingo/errlingo/internal/diag"
)

// fromRepository returns the findings with files named from the repository's root, as forges name them. Without a
// repository they stay as they are.
func (a *app) fromRepository(findings diag.List, files []string) (diag.List, []string) {
	root := repositoryRoot(a.workDir())
	if root == "" {
		return findings, files
	}
	rename := func(name string) string {
		if rel, err := filepath.Rel(root, filepath.Join(a.workDir(), filepath.FromSlash(name))); err == nil && name != "" {
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

// repositoryRoot returns the nearest folder upward that git knows as a working tree, or "".
func repositoryRoot(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
