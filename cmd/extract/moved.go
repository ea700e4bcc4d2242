package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/ledger"
)

// checkLeft returns an error if the domain's folder would be new while another folder of the module has a ledger of the
// domain: its package was moved or its folder renamed, and all translations would be left behind. Folders of the other
// chosen domains, which taken has by path, are none of those.
func (f finder) checkLeft(d *declared.Domain, where folder, taken map[string]string) error {
	if f.app.locales != "" {
		return nil
	}
	if _, err := os.Lstat(filepath.Join(where.abs(), ledger.Name)); err == nil {
		return nil
	}
	left := f.ledgerOf(d.Name, taken)
	if left == "" {
		return nil
	}
	return finding(d, ruleFolder, fmt.Sprintf("the folder %s of domain %q would be new, while %s has its ledger", where.name, d.Name, f.app.display(left)),
		fmt.Sprintf("move that folder to %s, or name it with catalog.At", where.name))
}

// ledgerOf returns the first folder of the module, outside of those that are taken, that has a ledger of the domain, or
// "". Folders that the go command passes over are not looked at. What cannot be read is no reason to fail here.
func (f finder) ledgerOf(domain string, taken map[string]string) (found string) {
	_ = filepath.WalkDir(f.root, func(path string, entry fs.DirEntry, err error) error {
		switch dir := filepath.Dir(path); {
		case err != nil:
			return nil
		case entry.IsDir():
			if path != f.root && f.passesOver(path) {
				return fs.SkipDir
			}
		case entry.Name() == ledger.Name && entry.Type().IsRegular() && taken[dir] == "":
			src, _ := os.ReadFile(path)
			if name, ok := ledger.Domain(src); ok && name == domain {
				found = dir
				return fs.SkipAll
			}
		}
		return nil
	})
	return found
}

// passesOver reports whether the folder, which is not the module's root, belongs to no package of the module.
func (f finder) passesOver(dir string) bool {
	switch name := filepath.Base(dir); {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "_"), name == "testdata", name == "vendor", name == "node_modules":
		return true
	}
	_, err := os.Lstat(filepath.Join(dir, "go.mod"))
	return err == nil
}
