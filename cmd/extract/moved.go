package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
)

// checkLeft returns a finding if the domain's folder would be new while another folder of the module has a ledger of the
// domain: its package was moved or its folder renamed, and all translations would be left behind. With --locales it is but
// a warning. Folders of the other chosen domains, which taken has by path, are none of those.
func (f finder) checkLeft(ctx context.Context, d *declared.Domain, where folder, taken map[string]string) *diag.Finding {
	if _, err := os.Lstat(filepath.Join(where.abs(), ledger.Name)); err == nil {
		return nil
	}
	left := f.ledgerOf(ctx, d.Name, taken)
	if left == "" {
		return nil
	}
	found := finding(d, ruleFolder,
		fmt.Sprintf("the folder %s of domain %q would be new, while %s has its ledger", where.name, d.Name, f.app.display(left)),
		fmt.Sprintf("move that folder to %s, or name it with catalog.At", where.name))
	if f.app.locales != "" {
		found.Severity, found.Hint = diag.Warning, "without --locales that folder is the one that is used"
	}
	return &found
}

// ledgerOf returns the first folder of the module, outside of those that are taken, that has a ledger of the domain, or
// "". What cannot be read is no reason to fail here.
func (f finder) ledgerOf(ctx context.Context, domain string, taken map[string]string) (found string) {
	_ = codescan.Folders(ctx, f.root, func(dir string) bool {
		abs := filepath.Join(f.root, filepath.FromSlash(dir))
		if taken[realPath(abs)] != "" {
			return true
		}
		src, err := os.ReadFile(filepath.Join(abs, ledger.Name))
		if err != nil {
			return true
		}
		if name, ok := ledger.Domain(src); ok && name == domain {
			found = abs
		}
		return found == ""
	})
	return found
}
