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
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

// attributesName is the file in which git finds out how to merge the ledger and the states. The
// lines of all branches count, so git keeps them all.
const attributesName = ".gitattributes"

// compared is the result of comparing a domain's ledger with Go source.
type compared struct {
	ledger.Comparison
	findings diag.List // about the file, the base and the history
	unusable diag.List // why the file cannot be read; if there are any, nothing was compared
}

// compareLedger compares a domain's ledger with Go source, --base, and what the repository's
// history has issued.
func (a *app) compareLedger(
	ctx context.Context, p *project, d *domain, accept func(name string) bool,
) (compared, error) {
	old, findings := d.issued()
	if d.overlay != "" { // The ledger is the other module's.
		if old == nil {
			old = &ledger.Ledger{}
		}
		return compared{Comparison: ledger.Comparison{Next: old}}, nil
	}
	if slices.ContainsFunc(findings, func(f diag.Finding) bool {
		return f.Rule == ledger.RuleSyntax.ID
	}) {
		return compared{unusable: findings}, nil
	}
	base, noBase, err := a.baseLedger(ctx, p, d)
	if err != nil {
		return compared{}, err
	}
	history, incomplete, err := a.issuedBefore(ctx, d, old)
	if err != nil {
		return compared{}, err
	}
	c := ledger.Compare(ledger.Input{
		Domain: d.Domain, Ledger: old, Base: base, Accept: accept,
		History: &history.issued, Ancestry: history.ancestry, Texts: d.writtenTexts,
	})
	return compared{c, slices.Concat(findings, noBase, incomplete), nil}, nil
}

// writtenTexts returns the texts of a code that the source locale's file has.
func (d *domain) writtenTexts(name string) (texts []string) {
	f := d.file(d.Source)
	if f == nil {
		return nil
	}
	content := f.Content
	if f.Read != nil {
		var err error
		if content, err = f.Read(); err != nil {
			return nil // The plan for the file reports it.
		}
	}
	src, _, _ := localefile.Sides(content.Text)
	file, _, _ := localefile.Read(f.Name, d.Source, src)
	for i := range file.Entries {
		if file.Entries[i].ID.Name != name {
			continue
		}
		for _, form := range file.Entries[i].Forms {
			if form.Text != "" {
				texts = append(texts, form.Text)
			}
		}
	}
	return texts
}

// planLedger adds the findings about the domain's ledger, and its new content if there is no error.
func (j *job) planLedger(p *project, c compared) {
	if j.overlay != "" {
		return
	}
	j.findings = slices.Concat(j.findings, c.findings, c.Breaks, c.Conflicts, c.Warnings)
	if len(c.findings.Errors())+len(c.Breaks)+len(c.Conflicts) == 0 {
		j.addLedger(&c.Comparison)
	}
}

// breaks reports whether a declaration is invalid or breaks the ledger.
func (j *job) breaks() bool {
	about := ledger.Rules()
	return j.Invalid || slices.ContainsFunc(j.findings.Errors(), func(f diag.Finding) bool {
		return slices.ContainsFunc(about, func(r diag.Rule) bool { return r.ID == f.Rule })
	})
}

// becomes says what a change of the ledger means for its codes: ": TOO_LATE becomes retired". It is
// "" if no code changes.
func becomes(c change) string {
	type key struct {
		number int
		name   string
	}
	was := map[key][]ledger.Entry{}
	old, _ := ledger.Parse(c.name, c.old)
	next, _ := ledger.Parse(c.name, c.new)
	for _, e := range old.Entries() {
		k := key{e.Number, e.Name}
		was[k] = append(was[k], e)
	}
	var added, retired, back, changed, dropped []string
	for _, e := range next.Entries() {
		k := key{e.Number, e.Name}
		before := was[k]
		delete(was, k)
		differs := func(f ledger.Entry) bool { return f.String() != e.String() }
		isLive := func(f ledger.Entry) bool { return !f.Retired }
		switch {
		case len(before) == 0 && !e.Retired:
			added = append(added, e.Name)
		case len(before) == 0, e.Retired && slices.ContainsFunc(before, isLive):
			retired = append(retired, e.Name)
		case !e.Retired && !slices.ContainsFunc(before, isLive):
			back = append(back, e.Name)
		case slices.ContainsFunc(before, differs):
			changed = append(changed, e.Name)
		}
	}
	for _, e := range old.Entries() {
		if k := (key{e.Number, e.Name}); was[k] != nil {
			delete(was, k)
			dropped = append(dropped, e.Name)
		}
	}
	var parts []string
	for _, part := range []struct {
		names     []string
		one, many string
	}{
		{added, "is new", "are new"}, {retired, "becomes retired", "become retired"},
		{back, "is declared again", "are declared again"}, {changed, "changes", "change"},
		{dropped, "is dropped", "are dropped"},
	} {
		const most = 3
		switch n := len(part.names); {
		case n == 0:
		case n == 1:
			parts = append(parts, part.names[0]+" "+part.one)
		case n > most+1:
			parts = append(parts, fmt.Sprintf("%s and %d more %s",
				strings.Join(part.names[:most], ", "), n-most, part.many))
		default:
			parts = append(parts, fmt.Sprintf("%s and %s %s",
				strings.Join(part.names[:n-1], ", "), part.names[n-1], part.many))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, "; ")
}

// issued returns the domain's ledger, or nil if it does not exist yet, and the findings about it.
func (d *domain) issued() (*ledger.Ledger, diag.List) {
	if d.ledger == nil {
		return nil, nil
	}
	return ledger.Parse(d.ledgerName, d.ledger)
}

// addLedger adds the new content of the ledger. It retires no code while a declaration cannot be
// read, since what the ledger has can never be taken back.
func (j *job) addLedger(c *ledger.Comparison) {
	replacement := c.Next.Bytes()
	switch {
	case j.ledger != nil && bytes.Equal(replacement, j.ledger):
		return
	case c.Retired > 0 && j.Partial:
		j.block(j.folder.File(ledger.Name),
			"not written: codes that look removed may belong to a declaration that cannot be read")
		return
	}
	j.add(ledger.Name, j.ledger, replacement)
	j.say("%s: %s", ledger.Name, ledgerLine(c))
}

// addAttributes adds the lines that make git merge the ledger and the states line by line. It adds
// a line only together with the first of those files: if somebody deletes the line later, it must
// not come back. The attributes are written first. If a run ended between the two files, the next
// run would find the ledger and add no line.
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

// hasState reports whether a locale of the folder already has a state.
func (j *job) hasState() bool {
	return len(j.orphans) > 0 || slices.ContainsFunc(j.plan.Files,
		func(f merge.FilePlan) bool { return f.HadState }) ||
		slices.ContainsFunc(j.files, func(f merge.File) bool { return f.State != nil })
}

// ledgerLine says how the ledger changes. If no code changes, the lines were out of order or
// repeated.
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

// baseFlag is the value of --base. It must not be empty: most often, that is a shell variable that
// is not set.
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

// baseLedger returns the ledger that --base names, or nil without --base. For a revision without a
// ledger it returns an empty one, since no code of the domain was released by then, and a warning
// that every code counts as new.
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

// readBase reads the ledger that --base names, from a file or a git revision. If the revision has
// none, src is nil.
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
	if src, err = atomicfile.ReadFile(path, ledger.MaxSize); err != nil {
		return "", nil, failFile(a.display(path), err, "")
	}
	return a.display(path), src, nil
}
