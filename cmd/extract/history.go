package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
)

// readReleased reads the domain's ledger from the git revision that --base names. It looks in the
// domain's folder first, then in all other folders of the module, since the folder may have moved.
// If it finds none, it returns the file that has the ledger's place, even if that belongs to
// another domain or is not a ledger: such a file doesn't prove that nothing was released.
func (a *app) readReleased(ctx context.Context, d *domain) (name string, src []byte, err error) {
	r, err := a.openRevision(ctx, d.folder.Base)
	if err != nil {
		return "", nil, err
	}
	here := path.Join(d.folder.Path, ledger.Name)
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

// revision is a commit of a git repository. Paths are relative to a folder of the working tree.
type revision struct {
	app    *app
	name   string // as the user wrote it
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
			a.revisionHint(ctx, dir, a.base))
	case err != nil:
		err = fail(fmt.Sprintf("%q is not a file, and git cannot look for a revision: %v", a.base, err),
			fmt.Sprintf("\"git rev-parse %s\" shows the details", a.base))
	}
	return revision{a, a.base, strings.TrimSpace(string(commit)), dir}, err
}

// read returns the content of a file, or nil if the revision does not have it. It returns an error
// if git lists the file but cannot read it.
func (r revision) read(ctx context.Context, name string) ([]byte, error) {
	files, err := r.list(ctx, r.commit, "--", "./"+name)
	if err != nil || files[name] == "" {
		return nil, err
	}
	return r.readObject(ctx, name, files[name])
}

// ledgers returns the ledgers of a domain, sorted by path. It skips folders that can't have a
// package of the module.
func (r revision) ledgers(ctx context.Context, domain string) ([]released, error) {
	files, err := r.list(ctx, "-r", r.commit)
	if err != nil {
		return nil, err
	}
	var found []released
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Base(name) != ledger.Name || files.isOutside(path.Dir(name)) {
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

// objects maps the path of each regular file of a revision to the git object that has its content.
type objects map[string]string

// list runs git ls-tree. For each file, that prints the mode, the type, the object, a tab and the
// path.
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
	src, err := r.app.readObject(ctx, r.dir, object)
	if err != nil {
		return nil, r.unreadable(name, err)
	}
	return src, nil
}

func (r revision) unreadable(what string, err error) error {
	return fail(fmt.Sprintf("git cannot read %s of %q: %v", what, r.name, err),
		"a partial or damaged clone lacks objects; \"git fsck\" lists them")
}

// isOutside reports whether a folder is outside of the module's packages: the go command ignores
// it or a folder above it, or one of these has another module.
func (o objects) isOutside(dir string) bool {
	for ; dir != "."; dir = path.Dir(dir) {
		name := path.Base(dir)
		if name == "testdata" || name == "vendor" || strings.ContainsRune("._", rune(name[0])) ||
			o[path.Join(dir, "go.mod")] != "" {
			return true
		}
	}
	return false
}

// ledgerHistory is what git knows about former versions of a domain's ledger.
type ledgerHistory struct {
	issued     ledger.History
	ancestry   *ledger.Ancestry // nil if it is not needed or not known
	incomplete string           // why versions may be missing; "" if all are there
	hint       string
}

// failed records why the history could not be read. A partial clone has a promisor remote: one that
// has the objects that the clone lacks.
func (h *ledgerHistory) failed(promisor string, err error) {
	switch {
	case h.incomplete != "":
	case promisor != "":
		h.incomplete, h.hint = "this is a partial clone", "clone without --filter"
	default:
		h.incomplete = "git cannot read it: " + err.Error()
	}
}

// issuedBefore returns the codes that former versions of the domain's ledger have issued: up to
// --base, or else up to the point where the branch left the main branch, so that drafts on the
// branch may still change. Outside of a repository, or if the base is a file, nothing is known. If
// git does not have the whole history, there is a finding.
func (a *app) issuedBefore(
	ctx context.Context, d *domain, now *ledger.Ledger,
) (*ledgerHistory, diag.List, error) {
	if repositoryRoot(d.folder.Base) == "" || a.baseFile() != "" {
		return &ledgerHistory{}, nil, nil
	}
	key := d.Name + "\x00" + d.folder.Abs()
	history := a.histories[key]
	if history == nil {
		history = &ledgerHistory{}
		if err := a.readHistory(ctx, d, now, history); err != nil {
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			history.failed(a.gitLine(ctx, d.folder.Base, "config", "--get-regexp", `\.promisor$`), err)
		}
		if a.histories == nil {
			a.histories = map[string]*ledgerHistory{}
		}
		a.histories[key] = history // A second plan needs the same commits.
	}
	if history.incomplete == "" {
		return history, nil, nil
	}
	return history, diag.List{ruleNoHistory.At(d.folder.File(ledger.Name), diag.Pos{},
		"the history of the ledger is incomplete, so lost codes may go unnoticed: "+history.incomplete,
		history.hint)}, nil
}

// readHistory reads the versions of a domain's ledger from git.
func (a *app) readHistory(
	ctx context.Context, d *domain, now *ledger.Ledger, history *ledgerHistory,
) error {
	out, err := a.git(ctx, d.folder.Base, "rev-parse", "--is-shallow-repository", "--show-toplevel",
		"--show-prefix", "--git-path", "MERGE_HEAD", "HEAD")
	lines := strings.Split(string(out), "\n")
	switch {
	case err != nil && strings.HasPrefix(err.Error(), "not a git repository"):
		return nil
	case len(lines) < 5 || lines[1] == "":
		return cmp.Or(err, errors.New("it has no working tree"))
	case err != nil: // There is no commit yet.
		return nil
	}
	g := historyReader{app: a, root: lines[1], d: d, history: history}
	if lines[0] == "true" {
		history.incomplete = "this is a shallow clone"
		history.hint = "run git fetch --unshallow; in GitHub Actions, set fetch-depth: 0"
	}
	merging := lines[3]
	if !filepath.IsAbs(merging) {
		merging = filepath.Join(d.folder.Base, merging)
	}
	_, err = os.Lstat(merging)
	isMerging := err == nil
	name := path.Join(lines[2], d.folder.Path, ledger.Name)
	if now != nil && history.incomplete == "" {
		if history.ancestry, err = g.ancestry(ctx, now, name, isMerging); err != nil {
			return err
		}
	}
	tips, err := g.tips(ctx, strings.TrimSpace(lines[4]), isMerging)
	if err != nil || len(tips) == 0 {
		return err
	}
	return g.read(ctx, tips, name, lines[2])
}

// historyReader reads the history of one ledger. Paths are relative to the repository's root.
type historyReader struct {
	app     *app
	root    string
	d       *domain
	history *ledgerHistory
	// The commits along the first parents of these have been on the main branch or on that of a
	// release. The others were merged into it.
	branches []string
	tagged   bool // there are tags
}

func (g *historyReader) git(ctx context.Context, args ...string) ([]byte, error) {
	return g.app.git(ctx, g.root, args...)
}

// tips returns the commits whose codes, and those of all commits before them, count as issued.
// While a merge is in progress, what is merged is part of the branch already.
func (g *historyReader) tips(ctx context.Context, head string, merging bool) ([]string, error) {
	if g.app.base != "" {
		r, err := g.app.openRevision(ctx, g.root)
		g.branches = []string{r.commit}
		return g.branches, err
	}
	main, err := g.mainBranch(ctx, head)
	if err != nil {
		return nil, err
	}
	g.branches = []string{main}
	if main == head {
		return g.branches, nil
	}
	args := []string{"merge-base", "--all", main, "HEAD"}
	if merging {
		args = append(args, "MERGE_HEAD")
	}
	out, err := g.git(ctx, args...)
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		return nil, err
	}
	tips := strings.Fields(string(out))
	if slices.Contains(tips, head) {
		return tips, nil
	}
	if !g.tagged {
		return tips, nil
	}
	// A tag on the branch is a release as well.
	args = []string{"for-each-ref", "--format=%(objectname)", "--merged=HEAD"}
	for _, tip := range tips {
		args = append(args, "--no-merged="+tip)
	}
	if out, err = g.git(ctx, append(args, "refs/tags")...); err == nil {
		tags := strings.Fields(string(out))
		tips, g.branches = append(tips, tags...), append(g.branches, tags...)
	}
	return tips, nil
}

// mainBranch returns the branch that the current branch will be merged into: the branch that it
// tracks, else the remote's default branch, else main or master. A branch that tracks its own copy
// at the remote is not merged into that copy, unless it is the default branch. If the current
// branch is the main branch, or if there is no main branch, mainBranch returns head.
func (g *historyReader) mainBranch(ctx context.Context, head string) (string, error) {
	out, err := g.git(ctx, "for-each-ref", "--format=%(HEAD)%00%(refname)%00%(upstream)%00%(symref)",
		"refs/heads", "refs/remotes/*/HEAD", "refs/remotes/*/main", "refs/remotes/*/master", "refs/tags")
	if err != nil {
		return "", err
	}
	refs := map[string]string{} // the target of each symbolic ref
	var branch, upstream string
	for line := range strings.Lines(string(out)) {
		words := strings.Split(strings.TrimRight(line, "\n"), "\x00")
		if len(words) != 4 {
			continue
		}
		if strings.HasPrefix(words[1], "refs/tags/") {
			g.tagged = true
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
		candidates = append([]string{upstream}, candidates...)
	} else {
		candidates = append(candidates, upstream)
	}
	if branch != "main" && branch != "master" {
		candidates = append(candidates, "refs/heads/main", "refs/heads/master")
	}
	for _, ref := range candidates {
		_, exists := refs[ref]
		if !exists && ref != "" && (ref == upstream || ref == refs[remote+"HEAD"]) { // may have any name
			_, err := g.git(ctx, "rev-parse", "--verify", "--quiet", ref+"^{commit}")
			exists = err == nil
		}
		if exists {
			return ref, nil
		}
	}
	return head, nil
}

// read reads all versions of the ledger up to the tips, also those in its former folders.
func (g *historyReader) read(ctx context.Context, tips []string, name, prefix string) error {
	paths := []string{name}
	for i := 0; i < len(paths); i++ {
		versions, deleted, err := g.versions(ctx, tips, paths[i])
		if err != nil {
			return err
		}
		if i == 0 && len(versions) == 0 {
			// The branch may have moved the ledger.
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
		for _, file := range deleted {
			if slices.Contains(paths, file.name) || !slices.ContainsFunc(versions,
				func(v ledgerVersion) bool { return v.first && v.commit == file.commit }) {
				continue
			}
			src, err := g.app.readObject(ctx, g.d.folder.Base, file.object)
			if err != nil {
				return err
			}
			if owner, ok := ledger.Domain(src); ok && owner == g.d.Name {
				paths = append(paths, file.name) // The commit moved the ledger.
			}
		}
	}
	return nil
}

// ledgerVersion is the ledger of one commit that changed it.
type ledgerVersion struct {
	commit, object string
	first          bool // the commit created the file
	merged         bool // only commits on branches that were merged later have it
}

// deletedLedger is a ledger, perhaps of another domain, that a commit deleted.
type deletedLedger struct{ commit, object, name string }

// versions returns the versions of a file, newest first. They include versions of branches whose
// changes a merge dropped. It also returns the ledgers that the commits of these versions deleted.
func (g *historyReader) versions(
	ctx context.Context, tips []string, name string,
) ([]ledgerVersion, []deletedLedger, error) {
	commits, err := g.git(ctx, slices.Concat(
		[]string{"rev-list", "--full-history", "--topo-order"}, tips, []string{"--", name})...)
	if err != nil || len(commits) == 0 {
		return nil, nil, err
	}
	out, err := g.git(ctx, slices.Concat(
		[]string{"rev-list", "--first-parent"}, g.branches, []string{"--", name})...)
	if err != nil {
		return nil, nil, err
	}
	landed := map[string]bool{}
	for commit := range strings.FieldsSeq(string(out)) {
		landed[commit] = true
	}
	out, err = g.app.gitInput(ctx, g.root, bytes.NewReader(commits), "--no-literal-pathspecs",
		"diff-tree", "--stdin", "-m", "--root", "--raw", "-r", "-z", "--no-renames", "--no-abbrev",
		"--no-ext-diff", "--", ":(top,literal)"+name, ":(top,glob)**/"+ledger.Name)
	if err != nil {
		return nil, nil, err
	}
	var all []ledgerVersion
	var deleted []deletedLedger
	seen := map[string]int{}
	commit := ""
	fields := strings.Split(string(out), "\x00")
	for i := 0; i < len(fields); i++ {
		words := strings.Fields(fields[i])
		if len(words) > 0 && !strings.HasPrefix(words[0], ":") {
			commit = words[0]
		}
		if len(words) != 5 || i+1 == len(fields) || !strings.HasPrefix(words[0], ":") {
			continue
		}
		object, status := words[3], words[4]
		i++
		switch file := fields[i]; {
		case file == name && strings.HasPrefix(words[1], "100"):
			v := ledgerVersion{commit, object, status == "A", !landed[commit]}
			i, ok := seen[object]
			if !ok {
				i, seen[object] = len(all), len(all)
			}
			if v.first || !ok {
				all = append(all, v)
			}
			all[i].merged = all[i].merged && v.merged
		case file != name && status == "D":
			deleted = append(deleted, deletedLedger{commit, words[2], file})
		}
	}
	return all, deleted, nil
}

// add adds versions to the history. It reads a few at a time, since each is a whole file.
func (g *historyReader) add(ctx context.Context, versions []ledgerVersion, name string) error {
	var landed, merged []ledgerVersion
	for _, v := range versions {
		if v.merged {
			merged = append(merged, v)
		} else {
			landed = append(landed, v)
		}
	}
	versions = append(landed, merged...)
	shown := g.app.display(filepath.Join(g.root, filepath.FromSlash(name)))
	for batch := range slices.Chunk(versions, 64) {
		names := make([]string, len(batch))
		for i, v := range batch {
			names[i] = v.object
		}
		contents, err := g.app.objects.Read(ctx, g.d.folder.Base, names)
		if err != nil {
			return err
		}
		for i, v := range batch {
			if contents[i].Content == nil {
				return missing(v.object)
			}
			add := g.history.issued.Add
			if v.merged {
				add = g.history.issued.AddMerged
			}
			add(v.commit[:min(len(v.commit), 10)]+":"+shown, g.d.Name, contents[i].Content)
		}
	}
	return nil
}

// ancestry reads all versions of the ledger and which were made from which, if the ledger has
// several lines of a code, as after a merge. It includes the branch's own versions.
func (g *historyReader) ancestry(
	ctx context.Context, now *ledger.Ledger, name string, merging bool,
) (*ledger.Ancestry, error) {
	ancestry := now.Ancestry()
	if ancestry == nil {
		return nil, nil
	}
	args := []string{"rev-list", "--full-history", "--simplify-merges", "--parents", "--topo-order",
		"--reverse", "HEAD"}
	if merging {
		args = append(args, "MERGE_HEAD")
	}
	out, err := g.git(ctx, append(args, "--", name)...)
	if err != nil {
		return nil, err
	}
	lines := slices.Collect(strings.Lines(string(out)))
	for batch := range slices.Chunk(lines, 64) {
		objects := make([]string, len(batch))
		for i, line := range batch {
			objects[i] = strings.Fields(line)[0] + ":" + name
		}
		contents, err := g.app.objects.Read(ctx, g.d.folder.Base, objects)
		if err != nil {
			return nil, err
		}
		for i, line := range batch {
			commits := strings.Fields(line)
			ancestry.Add(commits[0], commits[1:], contents[i].Content)
		}
	}
	return ancestry, nil
}
