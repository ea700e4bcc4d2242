package main

import (
	"bytes"
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

// The file that tells git how ledgers of two branches are merged, and its line: each branch appends lines, and all of
// them are wanted.
const (
	attributesName = ".gitattributes"
	attributesLine = ledger.Name + " merge=union\n"
)

// planLedger plans for the domain's ledger. The list has findings that make the ledger unreadable.
func (a *app) planLedger(ctx context.Context, p *project, j *job) (unusable diag.List, err error) {
	old, findings := j.issued()
	if isUnreadable(findings) {
		return findings, nil
	}
	base, err := a.baseLedger(ctx, p, j)
	if err != nil {
		return nil, err
	}
	c := ledger.Compare(old, base, j.Domain, nil)
	j.findings = slices.Concat(j.findings, findings, c.Breaks, c.Standing)
	if len(findings)+len(c.Breaks) == 0 {
		j.addLedger(p, &c)
	}
	return nil, nil
}

// issued returns the domain's ledger, nil if there is none yet, and what is wrong with it.
func (d *domain) issued() (*ledger.Ledger, diag.List) {
	if d.ledger == nil {
		return nil, nil
	}
	return ledger.Parse(d.folder.file(ledger.Name), d.ledger)
}

// isUnreadable reports whether the findings about a ledger say that some of it could not be read.
func isUnreadable(findings diag.List) bool {
	return slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Rule == ledger.RuleSyntax })
}

// addLedger adds the ledger as it is to be written. It is left as it is while something may not be as it is meant, since
// nothing of what the ledger has can be taken back.
func (j *job) addLedger(p *project, c *ledger.Comparison) {
	replacement := c.Next.Bytes()
	left := "is left as it is: "
	if j.ledger == nil {
		left = "is not written yet: "
	}
	switch {
	case j.ledger != nil && bytes.Equal(replacement, j.ledger):
		return
	case j.Invalid:
		j.hold(j.folder.file(ledger.Name), left+"a declaration is wrong, and what is issued once cannot be taken back")
		return
	case c.Retired > 0 && j.Partial:
		j.hold(j.folder.file(ledger.Name), left+"a code that it would retire may belong to a declaration that cannot be read")
		return
	}
	// Only the first time: whoever deletes the line later does not want it. It is written before the
	// ledger, because after a crash between the two, the next run would not be the first.
	attributes := j.ledger == nil && !strings.Contains(string(j.attrs), ledger.Name)
	if attributes {
		text := string(j.attrs)
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		j.add(attributesName, j.attrs, []byte(text+attributesLine))
	}
	j.add(ledger.Name, j.ledger, replacement)
	j.say("%s: %s", ledger.Name, ledgerLine(c))
	if attributes {
		j.say("%s: %s", attributesName, strings.TrimSpace(attributesLine))
	}
}

// ledgerLine says how the lines of the ledger change. What else can change is their order, and that one stands there twice.
func ledgerLine(c *ledger.Comparison) string {
	line := fmt.Sprintf("%d new, %d retired", c.New, c.Retired)
	if c.Changed > 0 {
		line += fmt.Sprintf(", %d changed", c.Changed)
	}
	if c.Dropped > 0 {
		line += fmt.Sprintf(", %d dropped", c.Dropped)
	}
	if c.New+c.Retired+c.Changed+c.Dropped == 0 {
		line += ", lines put in order"
	}
	if len(c.Accepted) > 0 {
		line += "; accepted " + strings.Join(c.Accepted, ", ")
	}
	return line
}

// ruleNoBase is the rule of the warning that --base names a revision from before the domain's first ledger.
const ruleNoBase = "no-base"

// baseFlag is what --base names. An empty one is a variable that is not set, most often, and asks for a comparison all the
// same.
type baseFlag string

func (f *baseFlag) String() string { return string(*f) }

func (f *baseFlag) Type() string { return "string" }

func (f *baseFlag) Set(name string) error {
	if name == "" {
		return errors.New("it names neither a file nor a revision")
	}
	*f = baseFlag(name)
	return nil
}

// baseLedger returns the ledger that --base names, and nil if none is asked for. A revision that has none is an empty one:
// nothing of the domain was released then. That is told, since it lets every change pass.
func (a *app) baseLedger(ctx context.Context, p *project, j *job) (*ledger.Ledger, error) {
	if a.base == "" {
		return nil, nil
	}
	name, src, err := a.readBase(ctx, p, j.domain)
	if err != nil {
		return nil, err
	}
	if src == nil {
		j.findings = append(j.findings, diag.Finding{File: j.Place.File, Pos: j.Place.Pos, Rule: ruleNoBase,
			Text: fmt.Sprintf("%s has no ledger of domain %q; every code counts as new", a.base, j.Name),
			Hint: "if the ledger stood outside of this module, give it as a file"})
		return &ledger.Ledger{}, nil
	}
	base, findings := ledger.Parse(name, src)
	return base, findings.Err()
}

// readBase reads the ledger that --base names: a file, or that of a git revision. There are no bytes if the revision has
// none.
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
	return a.readReleased(ctx, d)
}

// readReleased reads the domain's ledger as it stands in a git revision: where it is now, else wherever it was below the
// module's root, since a folder can be moved. A file in its place that is of another domain, or no ledger at all, is
// returned if there is no better one, for it is no sign that nothing was released.
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
	shown := func(name string) string { return a.display(filepath.Join(r.dir, filepath.FromSlash(name))) }
	if owner, ok := ledger.Domain(src); ok && owner == d.Name {
		return a.base + ":" + shown(here), src, nil
	}
	moved, err := r.ledgers(ctx, d.Name)
	switch {
	case err != nil:
		return "", nil, err
	case len(moved) > 1:
		return "", nil, fail(fmt.Sprintf("%s has several ledgers of domain %q: %s and %s", a.base, d.Name, shown(moved[0].path), shown(moved[1].path)),
			fmt.Sprintf("give the right one as a file; \"git show %s:./%s\" prints it", inShell(a.base), shown(moved[0].path)))
	case len(moved) == 1:
		return a.base + ":" + shown(moved[0].path), moved[0].src, nil
	}
	return a.base + ":" + shown(here), src, nil
}

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
