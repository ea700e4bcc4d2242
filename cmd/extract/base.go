package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/errlingo/errlingo/internal/ledger"
)

// readBase reads the ledger that --base names: a file, or that of a git revision, where it may not have existed yet; then
// there are no bytes.
func (a *app) readBase(ctx context.Context, p *project, d *domain) (name string, src []byte, err error) {
	path := a.base
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.workDir(), path)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		if len(p.domains) > 1 {
			return "", nil, fail("--base with a file needs exactly one domain", "name the package of one of them, or a git revision")
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return "", nil, failFile(a.display(path), err, "")
		}
		return a.display(path), src, nil
	}
	return a.readRevision(ctx, d.folder)
}

// readRevision reads the ledger from git.
func (a *app) readRevision(ctx context.Context, where folder) (name string, src []byte, err error) {
	dir, inside := existing(where.abs())
	commit, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", a.base+"^{commit}")
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", nil, fail(fmt.Sprintf("%q is no file, and there is no git to ask for it as a revision", a.base), "install git, or give the file of a ledger")
	case errors.As(err, new(*exec.ExitError)):
		return "", nil, fail(fmt.Sprintf("%q is neither a file nor a revision that git knows here", a.base),
			"a shallow clone has few revisions; git fetch brings more")
	case err != nil:
		return "", nil, fail(fmt.Sprintf("%q is no file, and git cannot look for it as a revision: %v", a.base, err),
			fmt.Sprintf("\"git rev-parse %s\" says more", a.base))
	}
	object := strings.TrimSpace(string(commit)) + ":./" + filepath.ToSlash(filepath.Join(inside, ledger.Name))
	if _, err := git(ctx, dir, "cat-file", "-e", object); err != nil {
		return "", nil, ctx.Err()
	}
	src, err = git(ctx, dir, "cat-file", "blob", object)
	if err != nil {
		return "", nil, fail(fmt.Sprintf("git cannot read %s at %q: %v", where.file(ledger.Name), a.base, err), "")
	}
	return a.base + ":" + where.file(ledger.Name), src, nil
}

// existing returns the nearest folder upward that exists, and the path from there.
func existing(dir string) (above, rest string) {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			return at, rest
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// git runs git in a folder and returns what it writes. The error is the first line of git's complaint; without one it is an
// [exec.ExitError], or that there is no git.
func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if line, _, _ := strings.Cut(complaint.String(), "\n"); err != nil && line != "" {
		err = errors.New(strings.TrimPrefix(line, "fatal: "))
	}
	return out, err
}
