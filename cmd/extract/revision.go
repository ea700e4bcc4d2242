package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"path"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/ledger"
)

// revision is a commit of a git repository, as seen from one of the working folders: paths are relative to that.
type revision struct {
	name   string // as it was asked for
	commit string
	dir    string
}

// released is a ledger of a revision.
type released struct {
	path string
	src  []byte
}

// openRevision finds the commit that --base names, in the repository of a folder.
func (a *app) openRevision(ctx context.Context, dir string) (revision, error) {
	commit, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", a.base+"^{commit}")
	switch {
	case errors.Is(err, exec.ErrNotFound):
		err = fail(fmt.Sprintf("%q is no file, and there is no git to ask for it as a revision", a.base), "install git, or give the file of a ledger")
	case errors.As(err, new(*exec.ExitError)):
		err = fail(fmt.Sprintf("%q is neither a file nor a revision that git knows here", a.base),
			"a shallow clone has few revisions; git fetch brings more")
	case err != nil:
		err = fail(fmt.Sprintf("%q is no file, and git cannot look for it as a revision: %v", a.base, err),
			fmt.Sprintf("\"git rev-parse %s\" says more", a.base))
	}
	return revision{a.base, strings.TrimSpace(string(commit)), dir}, err
}

// read returns the bytes of a file, nil if the revision has none of that name. Only what git does not list is not there;
// whatever it cannot read is an error.
func (r revision) read(ctx context.Context, name string) ([]byte, error) {
	files, err := r.list(ctx, r.commit, "--", "./"+name)
	if err != nil || files[name] == "" {
		return nil, err
	}
	return r.readObject(ctx, name, files[name])
}

// ledgers returns the ledgers of a domain, sorted by path. Folders that belong to no package of the module are left out.
func (r revision) ledgers(ctx context.Context, domain string) ([]released, error) {
	files, err := r.list(ctx, "-r", r.commit)
	if err != nil {
		return nil, err
	}
	var found []released
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Base(name) != ledger.Name || files.passOver(path.Dir(name)) {
			continue
		}
		src, err := r.readObject(ctx, name, files[name])
		if err != nil {
			return nil, err
		}
		if owner, ok := ledger.Domain(src); ok && owner == domain {
			found = append(found, released{name, src})
		}
	}
	return found, nil
}

// objects are regular files of a revision: the name of the object with the content of each, by path.
type objects map[string]string

// list runs git ls-tree, which writes for each file its mode, its type and its object, a tab and the path.
func (r revision) list(ctx context.Context, args ...string) (objects, error) {
	out, err := git(ctx, r.dir, append([]string{"ls-tree", "-z"}, args...)...)
	if err != nil {
		return nil, r.unreadable("the folders", err)
	}
	files := objects{}
	for entry := range strings.SplitSeq(string(out), "\x00") {
		about, name, _ := strings.Cut(entry, "\t")
		if words := strings.Fields(about); len(words) == 3 && strings.HasPrefix(words[0], "100") {
			files[name] = words[2]
		}
	}
	return files, nil
}

func (r revision) readObject(ctx context.Context, name, object string) ([]byte, error) {
	src, err := git(ctx, r.dir, "cat-file", "blob", object)
	if err != nil {
		return nil, r.unreadable(name, err)
	}
	return append([]byte{}, src...), nil // Not nil for an empty file, which is there.
}

func (r revision) unreadable(what string, err error) error {
	return fail(fmt.Sprintf("git cannot read %s of %q: %v", what, r.name, err), "a partial or damaged clone lacks some; \"git fsck\" tells which")
}

// passOver reports whether a folder is one that the go command passes over, or of another module, or below such a one.
func (o objects) passOver(dir string) bool {
	for ; dir != "."; dir = path.Dir(dir) {
		name := path.Base(dir)
		if name == "testdata" || name == "vendor" || strings.ContainsRune("._", rune(name[0])) || o[path.Join(dir, "go.mod")] != "" {
			return true
		}
	}
	return false
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
