package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
)

// readReleased reads the domain's ledger of the git revision that --base names: where it is now,
// else wherever it was below the module's root, since a folder can be moved. A file in its place
// that belongs to another domain, or is not a ledger at all, is returned if there is no better one:
// it does not prove that nothing was released.
func (a *app) readReleased(ctx context.Context, d *domain) (name string, src []byte, err error) {
	r, err := a.openRevision(ctx, d.folder.base)
	if err != nil {
		return "", nil, err
	}
	here := path.Join(d.folder.path, ledger.Name)
	src, err = r.read(ctx, here)
	if err != nil {
		return "", nil, err
	}
	shown := func(name string) string {
		return a.display(filepath.Join(r.dir, filepath.FromSlash(name)))
	}
	if owner, ok := ledger.Domain(src); ok && owner == d.Name {
		return a.base + ":" + shown(here), src, nil
	}
	moved, err := r.ledgers(ctx, d.Name)
	switch {
	case err != nil:
		return "", nil, err
	case len(moved) > 1:
		return "", nil, fail(fmt.Sprintf("%s has several ledgers of domain %q: %s and %s",
			a.base, d.Name, shown(moved[0].path), shown(moved[1].path)),
			fmt.Sprintf("give the right one as a file; \"git show %s:./%s\" prints it",
				inShell(a.base), shown(moved[0].path)))
	case len(moved) == 1:
		return a.base + ":" + shown(moved[0].path), moved[0].src, nil
	}
	return a.base + ":" + shown(here), src, nil
}

// revision is a commit of a git repository, as seen from a folder of the working tree: paths are
// relative to that.
type revision struct {
	app    *app
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
	commit, err := a.git(ctx, dir,
		"rev-parse", "--verify", "--quiet", "--end-of-options", a.base+"^{commit}")
	switch {
	case errors.Is(err, exec.ErrNotFound):
		err = fail(fmt.Sprintf("%q is not a file, and git is not installed", a.base),
			"install git, or give a ledger file")
	case errors.As(err, new(*exec.ExitError)):
		err = fail(fmt.Sprintf("%q is neither a file nor a git revision", a.base),
			"a shallow clone has few revisions; git fetch gets more")
	case err != nil:
		err = fail(fmt.Sprintf("%q is not a file, and git cannot look for a revision: %v", a.base, err),
			fmt.Sprintf("\"git rev-parse %s\" shows the details", a.base))
	}
	return revision{a, a.base, strings.TrimSpace(string(commit)), dir}, err
}

// read returns the bytes of a file, nil if the revision has none of that name. What git lists and
// cannot read is an error.
func (r revision) read(ctx context.Context, name string) ([]byte, error) {
	files, err := r.list(ctx, r.commit, "--", "./"+name)
	if err != nil || files[name] == "" {
		return nil, err
	}
	return r.readObject(ctx, name, files[name])
}

// ledgers returns the ledgers of a domain, sorted by path. Folders that belong to no package of the
// module are left out.
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

// objects are regular files of a revision: the name of the object with the content of each, by
// path.
type objects map[string]string

// list runs git ls-tree, which writes for each file its mode, its type and its object, a tab and
// the path.
func (r revision) list(ctx context.Context, args ...string) (objects, error) {
	out, err := r.app.git(ctx, r.dir, append([]string{"ls-tree", "-z"}, args...)...)
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
	src, err := r.app.git(ctx, r.dir, "cat-file", "blob", object)
	if err != nil {
		return nil, r.unreadable(name, err)
	}
	return append([]byte{}, src...), nil // Not nil for an empty file, which exists.
}

func (r revision) unreadable(what string, err error) error {
	return fail(fmt.Sprintf("git cannot read %s of %q: %v", what, r.name, err),
		"a partial or damaged clone lacks objects; \"git fsck\" lists them")
}

// passOver reports whether a folder is one that the go command ignores, or of another module, or
// below such a folder.
func (o objects) passOver(dir string) bool {
	for ; dir != "."; dir = path.Dir(dir) {
		name := path.Base(dir)
		if name == "testdata" || name == "vendor" || strings.ContainsRune("._", rune(name[0])) ||
			o[path.Join(dir, "go.mod")] != "" {
			return true
		}
	}
	return false
}

// past is what the repository of a folder tells about a domain's ledger.
type past struct {
	history ledger.History
	unknown string // why it may not be all
	hint    string
}

// failed notes why the history cannot be read. A partial clone has a remote that promises the
// objects which it lacks.
func (p *past) failed(promisor string, err error) {
	switch {
	case p.unknown != "":
	case promisor != "":
		p.unknown, p.hint = "this is a partial clone", "clone without --filter"
	default:
		p.unknown = "git cannot read it: " + err.Error()
	}
}

// issuedBefore returns what the history of the domain's ledger has issued: up to --base, else up to
// where the branch left the main branch, so that the branch's own drafts may still change. Outside
// of a repository, and with a file as base, that is nothing. A finding says if the repository
// cannot tell.
func (a *app) issuedBefore(
	ctx context.Context, d *domain,
) (*ledger.History, diag.List, error) {
	if repositoryRoot(d.folder.base) == "" || a.baseFile() != "" {
		return nil, nil, nil
	}
	key := d.Name + "\x00" + d.folder.abs()
	known := a.pasts[key]
	if known == nil {
		known = &past{}
		if err := a.readPast(ctx, d, known); err != nil {
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			known.failed(a.gitSays(ctx, d.folder.base, "config", "--get-regexp", `\.promisor$`), err)
		}
		if a.pasts == nil {
			a.pasts = map[string]*past{}
		}
		a.pasts[key] = known // Planning again reads the same commits.
	}
	if known.unknown == "" {
		return &known.history, nil, nil
	}
	return &known.history, diag.List{ruleNoHistory.At(d.folder.file(ledger.Name), diag.Pos{},
		"the history of the ledger is incomplete, so lost codes may go unnoticed: "+known.unknown,
		known.hint)}, nil
}

// readPast reads the versions of a domain's ledger from git.
func (a *app) readPast(ctx context.Context, d *domain, known *past) error {
	out, err := a.git(ctx, d.folder.base,
		"rev-parse", "--is-shallow-repository", "--show-toplevel", "--show-prefix", "HEAD")
	lines := strings.Split(string(out), "\n")
	switch {
	case err != nil && strings.HasPrefix(err.Error(), "not a git repository"):
		return nil
	case len(lines) < 4 || lines[1] == "":
		return cmp.Or(err, errors.New("it has no working tree"))
	case err != nil: // It has no commit yet.
		return nil
	}
	g := pastReader{a, lines[1], d, known}
	if lines[0] == "true" {
		known.unknown = "this is a shallow clone"
		known.hint = "run git fetch --unshallow; in GitHub Actions, set fetch-depth: 0"
	}
	tips, err := g.tips(ctx, strings.TrimSpace(lines[3]))
	if err != nil || len(tips) == 0 {
		return err
	}
	return g.read(ctx, tips, path.Join(lines[2], d.folder.path, ledger.Name), lines[2])
}

// pastReader reads what is past in one repository. Paths are relative to its root.
type pastReader struct {
	app   *app
	root  string
	d     *domain
	known *past
}

func (g *pastReader) git(ctx context.Context, args ...string) ([]byte, error) {
	return g.app.git(ctx, g.root, args...)
}

// tips returns the commits up to which all that was issued stays issued.
func (g *pastReader) tips(ctx context.Context, head string) ([]string, error) {
	if g.app.base != "" {
		r, err := g.app.openRevision(ctx, g.root)
		return []string{r.commit}, err
	}
	main, err := g.mainBranch(ctx, head)
	if err != nil {
		return nil, err
	}
	if main == head {
		return []string{head}, nil
	}
	out, err := g.git(ctx, "merge-base", "--all", "HEAD", main)
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		return nil, err
	}
	tips := strings.Fields(string(out))
	if slices.Contains(tips, head) {
		return tips, nil
	}
	// A tag on the branch itself is a release, too.
	args := []string{"for-each-ref", "--format=%(objectname)", "--merged=HEAD"}
	for _, tip := range tips {
		args = append(args, "--no-merged="+tip)
	}
	if out, err = g.git(ctx, append(args, "refs/tags")...); err == nil {
		tips = append(tips, strings.Fields(string(out))...)
	}
	return tips, nil
}

// mainBranch returns the branch that the current one will be merged into: the one that it tracks,
// else the remote's default branch, else main or master. The copy of the branch itself at the
// remote is not it, unless it is the default branch. On the main branch, or if there is none, the
// result is head.
func (g *pastReader) mainBranch(ctx context.Context, head string) (string, error) {
	out, err := g.git(ctx, "for-each-ref", "--format=%(HEAD) %(refname) %(upstream) %(symref)",
		"refs/heads", "refs/remotes/*/HEAD", "refs/remotes/*/main", "refs/remotes/*/master")
	if err != nil {
		return "", err
	}
	refs := map[string]string{} // what each symbolic one points to
	var branch, upstream string
	for line := range strings.Lines(string(out)) {
		words := strings.Split(strings.TrimRight(line, "\n"), " ")
		if len(words) != 4 {
			continue
		}
		refs[words[1]] = words[3]
		if words[0] == "*" {
			branch, upstream = strings.TrimPrefix(words[1], "refs/heads/"), words[2]
		}
	}
	remote := "refs/remotes/origin/"
	if rest, ok := strings.CutPrefix(upstream, "refs/remotes/"); ok {
		name, _, _ := strings.Cut(rest, "/")
		remote = "refs/remotes/" + name + "/"
	}
	candidates := []string{refs[remote+"HEAD"], remote + "main", remote + "master"}
	if strings.TrimPrefix(upstream, remote) != branch {
		candidates = append([]string{upstream}, candidates...) // As the branch says itself.
	} else {
		candidates = append(candidates, upstream)
	}
	if branch != "main" && branch != "master" {
		candidates = append(candidates, "refs/heads/main", "refs/heads/master")
	}
	for _, ref := range candidates {
		if ref == "" {
			continue
		}
		if _, err := g.git(ctx, "rev-parse", "--verify", "--quiet", ref+"^{commit}"); err == nil {
			return ref, nil
		}
	}
	return head, nil
}

// read reads all versions that are part of the tips, and those in folders where the ledger was
// before.
func (g *pastReader) read(ctx context.Context, tips []string, name, prefix string) error {
	paths := []string{name}
	for i := 0; i < len(paths); i++ {
		versions, err := g.versions(ctx, tips, paths[i])
		if err != nil {
			return err
		}
		if i == 0 && len(versions) == 0 {
			// The branch may have moved it.
			for _, tip := range tips {
				r := revision{g.app, tip, tip, filepath.Join(g.root, filepath.FromSlash(prefix))}
				moved, err := r.ledgers(ctx, g.d.Name)
				if err != nil {
					return err
				}
				for _, m := range moved {
					paths = append(paths, path.Join(prefix, m.path))
				}
			}
		}
		if err := g.add(ctx, versions, paths[i]); err != nil {
			return err
		}
		for _, v := range versions {
			if !v.first {
				continue
			}
			before, err := g.movedFrom(ctx, v.commit)
			if err != nil {
				return err
			}
			for _, old := range before {
				if !slices.Contains(paths, old) {
					paths = append(paths, old)
				}
			}
		}
	}
	return nil
}

// pastVersion is the ledger as one commit left it.
type pastVersion struct {
	commit, object string
	first          bool // the commit has no earlier one at this path
}

// versions returns the versions of a file, the newest first. Those on branches whose changes a
// merge dropped are part of them.
func (g *pastReader) versions(
	ctx context.Context, tips []string, name string,
) ([]pastVersion, error) {
	args := append([]string{"rev-list", "--full-history", "--topo-order"}, tips...)
	commits, err := g.git(ctx, append(args, "--", name)...)
	if err != nil || len(commits) == 0 {
		return nil, err
	}
	out, err := g.app.gitInput(ctx, g.root, bytes.NewReader(commits), "diff-tree", "--stdin", "-m",
		"--root", "--raw", "-r", "--no-renames", "--no-abbrev", "--no-ext-diff", "--", name)
	if err != nil {
		return nil, err
	}
	var all []pastVersion
	seen := map[string]bool{}
	commit := ""
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case !strings.HasPrefix(line, ":"):
			commit = words[0]
		case len(words) > 4 && strings.HasPrefix(words[1], "100"):
			v := pastVersion{commit, words[3], words[4] == "A"}
			if v.first || !seen[v.object] {
				all = append(all, v)
			}
			seen[v.object] = true
		}
	}
	return all, nil
}

// add adds versions to the history. Git reads some of them at a time, since each is a whole file.
func (g *pastReader) add(ctx context.Context, versions []pastVersion, name string) error {
	shown := g.app.display(filepath.Join(g.root, filepath.FromSlash(name)))
	for some := range slices.Chunk(versions, 64) {
		var names strings.Builder
		for _, v := range some {
			names.WriteString(v.object + "\n")
		}
		out, err := g.app.gitInput(ctx, g.root, strings.NewReader(names.String()),
			"cat-file", "--batch")
		if err != nil {
			return err
		}
		for _, v := range some {
			head, rest, _ := bytes.Cut(out, []byte("\n"))
			words := strings.Fields(string(head))
			if len(words) == 2 && words[1] == "missing" {
				return fmt.Errorf("object %s is missing", words[0])
			}
			if len(words) != 3 {
				return fmt.Errorf("unexpected answer %q", head)
			}
			size, err := strconv.Atoi(words[2])
			if err != nil || size < 0 || size >= len(rest) {
				return fmt.Errorf("unexpected answer %q", head)
			}
			g.known.history.Add(v.commit[:min(len(v.commit), 10)]+":"+shown, g.d.Name, rest[:size])
			out = rest[size+1:]
		}
	}
	return nil
}

// movedFrom returns the paths from which a commit took ledgers of the domain away.
func (g *pastReader) movedFrom(ctx context.Context, commit string) ([]string, error) {
	out, err := g.git(ctx, "diff-tree", "-m", "--raw", "-r", "-z", "--no-renames", "--no-abbrev",
		"--no-commit-id", "--no-ext-diff", "--diff-filter=D", commit)
	if err != nil {
		return nil, err
	}
	var paths []string
	fields := strings.Split(string(out), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		words, name := strings.Fields(fields[i]), fields[i+1]
		if len(words) != 5 || path.Base(name) != ledger.Name {
			continue
		}
		src, err := g.git(ctx, "cat-file", "blob", words[2])
		if err != nil {
			return nil, err
		}
		if owner, ok := ledger.Domain(src); ok && owner == g.d.Name {
			paths = append(paths, name)
		}
	}
	return paths, nil
}
