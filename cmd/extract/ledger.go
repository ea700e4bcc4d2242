package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// attributesName is the file that tells git how files of several branches are merged: each branch
// adds lines to the ledger and to the states, and all of them count.
const attributesName = ".gitattributes"

// compared is a domain's ledger as it is and as it should be.
type compared struct {
	ledger.Comparison
	findings diag.List // about the file, the base and the history
	unusable diag.List // why the file cannot be read; the comparison is empty then
}

// compareLedger compares a domain's ledger with Go source, --base, and what the repository's
// history has issued.
func (a *app) compareLedger(
	ctx context.Context, p *project, d *domain, accept func(name string) bool,
) (compared, error) {
	old, findings := d.issued()
	if slices.ContainsFunc(findings, func(f diag.Finding) bool {
		return f.Rule == ledger.RuleSyntax.ID
	}) {
		return compared{unusable: findings}, nil
	}
	base, noBase, err := a.baseLedger(ctx, p, d)
	if err != nil {
		return compared{}, err
	}
	history, unknown, err := a.issuedBefore(ctx, d)
	if err != nil {
		return compared{}, err
	}
	c := ledger.Compare(ledger.Input{
		Domain: d.Domain, Ledger: old, Base: base, History: history, Accept: accept,
	})
	return compared{c, slices.Concat(findings, noBase, unknown), nil}, nil
}

// planLedger plans for the domain's ledger by what was found out about it.
func (j *job) planLedger(p *project, c compared) {
	j.findings = slices.Concat(j.findings, c.findings, c.Breaks, c.Conflicts, c.Warnings)
	if len(c.findings.Errors())+len(c.Breaks)+len(c.Conflicts) == 0 {
		j.addLedger(&c.Comparison)
	}
}

// issued returns the domain's ledger, nil if there is none yet, and what is wrong with it.
func (d *domain) issued() (*ledger.Ledger, diag.List) {
	if d.ledger == nil {
		return nil, nil
	}
	return ledger.Parse(d.folder.file(ledger.Name), d.ledger)
}

// addLedger adds the ledger as it is to be written. It stays as it is while a declaration is wrong,
// since nothing that it has can be taken back.
func (j *job) addLedger(c *ledger.Comparison) {
	replacement := c.Next.Bytes()
	switch {
	case j.ledger != nil && bytes.Equal(replacement, j.ledger):
		return
	case j.Invalid:
		j.hold(j.folder.file(ledger.Name),
			"not written: a declaration is invalid, and issued codes are permanent")
		return
	case c.Retired > 0 && j.Partial:
		j.hold(j.folder.file(ledger.Name),
			"not written: codes that look removed may belong to a declaration that cannot be read")
		return
	}
	j.add(ledger.Name, j.ledger, replacement)
	j.say("%s: %s", ledger.Name, ledgerLine(c))
}

// addAttributes adds the lines that tell git how to merge the files of the folder that are sets of
// lines. It does so only when the first of these is written: whoever deletes a line later does not
// want it. They are written first, because after a crash between the two, the next run would not be
// the first.
func (j *job) addAttributes() {
	isNew := func(prefix string) bool {
		return slices.ContainsFunc(j.changes, func(c change) bool {
			return c.old == nil && strings.HasPrefix(c.name, prefix)
		})
	}
	text := string(j.attrs)
	add := func(line, about string) {
		if strings.Contains(text, about) {
			return
		}
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		text += line + " merge=union text eol=lf\n"
		j.say("%s: %s merge=union text eol=lf", attributesName, line)
	}
	if isNew(ledger.Name) {
		add(ledger.Name, ledger.Name)
	}
	if isNew(merge.StateDir+"/") && !j.hasState() {
		add(merge.StateDir+"/*.lock", merge.StateDir)
	}
	if text != string(j.attrs) {
		j.changes = slices.Insert(j.changes, 0, change{attributesName, j.attrs, []byte(text)})
	}
}

// hasState reports whether a locale of the folder has a state already.
func (j *job) hasState() bool {
	return len(j.states) > 0 || slices.ContainsFunc(j.plan.Files,
		func(f merge.FilePlan) bool { return f.State.Old != nil }) ||
		slices.ContainsFunc(j.files, func(f merge.File) bool { return f.State != nil })
}

// ledgerLine says how the ledger changes. If no code changes, lines were out of order or repeated.
func ledgerLine(c *ledger.Comparison) string {
	line := fmt.Sprintf("%d new, %d retired", c.New, c.Retired)
	total := c.New + c.Retired
	for _, n := range []struct {
		count int
		what  string
	}{
		{c.Restored, "restored"}, {c.Changed, "changed"}, {c.Settled, "merged"}, {c.Dropped, "dropped"},
	} {
		if n.count > 0 {
			line += fmt.Sprintf(", %d %s", n.count, n.what)
		}
		total += n.count
	}
	if total == 0 {
		line += ", lines put in order"
	}
	if len(c.Accepted) > 0 {
		line += "; accepted " + strings.Join(c.Accepted, ", ")
	}
	return line
}

// baseFlag is what --base names. It must not be empty, which is most often a variable that is not
// set.
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

// baseLedger returns the ledger that --base names, nil without --base. A revision without one is an
// empty ledger, since nothing of the domain was released then; a warning says that every change
// passes.
func (a *app) baseLedger(
	ctx context.Context, p *project, d *domain,
) (*ledger.Ledger, diag.List, error) {
	if a.base == "" {
		return nil, nil, nil
	}
	name, src, err := a.readBase(ctx, p, d)
	if err != nil {
		return nil, nil, err
	}
	if src == nil {
		return &ledger.Ledger{}, diag.List{finding(d.Domain, ruleNoBase,
			fmt.Sprintf("%s has no ledger of domain %q; every code counts as new", a.base, d.Name),
			"if the ledger was outside of this module, give its file")}, nil
	}
	base, findings := ledger.Parse(name, src)
	return base, nil, findings.Err()
}

// baseFile returns the path that --base names if it is a file, else "".
func (a *app) baseFile() string {
	path := a.base
	if path == "" {
		return ""
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.workDir(), path)
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return path
}

// readBase reads the ledger that --base names: a file, or that of a git revision. There are no
// bytes if the revision has none.
func (a *app) readBase(
	ctx context.Context, p *project, d *domain,
) (name string, src []byte, err error) {
	path := a.baseFile()
	if path == "" {
		return a.readReleased(ctx, d)
	}
	if len(p.domains) > 1 {
		return "", nil, fail("--base with a file needs exactly one domain",
			"name the package of one of them, or a git revision")
	}
	if src, err = atomicfile.ReadFile(path, tomldoc.MaxSize); err != nil {
		return "", nil, failFile(a.display(path), err, "")
	}
	return a.display(path), src, nil
}
