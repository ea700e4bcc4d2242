package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/changes"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/report"
)

// ruleDiffBreak is the rule of a change between two releases that nobody accepted.
var ruleDiffBreak = diag.Rule{ID: "diff-break", Severity: diag.Error,
	Doc: "a code changed between two releases in a way that breaks its users"}

// formatMarkdown is the format of release notes.
const formatMarkdown = "md"

func (a *app) diffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diff from[..to]",
		Short: "List what changed in the codes between two revisions",
		Long: `Diff compares the codes of two git revisions, or of one revision and the files as they
are: which codes are new, retired or renamed, whose status or params changed, which
source texts were reworded, and which languages came or went. With --format md it
writes a part of release notes.

It fails if a change breaks programs or people that rely on a code, unless the ledger
of the second revision shows that it was accepted.`,
		Example: `  extract diff v1.4.0..v1.5.0
  extract diff v1.4.0 --format md`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.diffRevisions(cmd.Context(), args[0])
		},
	}
	a.domainFlag(cmd)
	a.formatFlag(cmd, "text", "json", formatMarkdown)
	return cmd
}

// changelog is the output of --format json.
type changelog struct {
	From    string           `json:"from"`
	To      string           `json:"to,omitempty"` // "" for the files as they are
	Domains []changes.Domain `json:"domains"`
}

func (a *app) diffRevisions(ctx context.Context, revisions string) error {
	from, to, _ := strings.Cut(revisions, "..")
	if from == "" || strings.HasPrefix(to, ".") {
		return fail(fmt.Sprintf("%q does not name two revisions", revisions),
			"write two dots between them, as in v1.4.0..v1.5.0")
	}
	before, err := a.releasesAt(ctx, from)
	if err != nil {
		return err
	}
	after, err := a.releasesAt(ctx, to)
	if err != nil {
		return err
	}
	log := changelog{From: from, To: to, Domains: []changes.Domain{}}
	names := map[string]*changes.Release{}
	maps.Copy(names, before)
	maps.Copy(names, after)
	var broken diag.List
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if a.domain != "" && name != a.domain {
			continue
		}
		d := changes.Compare(before[name], after[name])
		log.Domains = append(log.Domains, d)
		for _, b := range d.Breaks {
			if !b.Accepted {
				broken = append(broken, ruleDiffBreak.At("", diag.Pos{}, b.Text,
					"undo the change, or accept it with \"extract accept\""))
			}
		}
	}
	if a.domain != "" && len(log.Domains) == 0 {
		return fail(fmt.Sprintf("neither revision has a domain %q", a.domain),
			"the domains are "+strings.Join(slices.Sorted(maps.Keys(names)), ", "))
	}
	switch a.format {
	case "json":
		err = report.WriteJSON(a.stdout, log)
	case formatMarkdown:
		_, err = io.WriteString(a.stdout, changes.Markdown(log.Domains))
	default:
		_, err = io.WriteString(a.stdout, changes.Plain(log.Domains))
	}
	if err != nil {
		return err
	}
	if len(broken) > 0 {
		_ = report.Text(a.stderr, broken.OfDomain(""))
		return errFindings
	}
	return nil
}

// releasesAt returns the domains of a revision by name, or those of the files as they are.
func (a *app) releasesAt(ctx context.Context, name string) (map[string]*changes.Release, error) {
	at := &app{environment: a.environment, options: options{chdir: a.chdir, locales: a.locales},
		commands: a.commands, objects: a.objects}
	if name != "" {
		dir, err := os.MkdirTemp("", "extract")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		if err := a.checkOut(ctx, name, dir); err != nil {
			return nil, err
		}
		root := repositoryRoot(a.workDir())
		rel, err := filepath.Rel(root, a.workDir())
		if err != nil {
			return nil, err
		}
		at.dir, at.chdir = filepath.Join(dir, rel), "."
		if _, err := os.Stat(at.dir); err != nil {
			return nil, nil // The revision is older than the module.
		}
	}
	w, err := at.plan(ctx, nil, at.planCheck)
	if list, ok := errors.AsType[diag.List](err); ok {
		if list[len(list)-1].Rule == ruleNothing.ID && len(list.Errors()) == 1 {
			return nil, nil
		}
		return nil, inRevision(list, name)
	}
	if err != nil {
		return nil, err
	}
	releases := map[string]*changes.Release{}
	for _, j := range w.jobs {
		if j.Partial || j.Invalid {
			return nil, fail(fmt.Sprintf("a declaration of domain %q cannot be read in %s", j.Name,
				shownRevision(name)), "extract check says which one, in a checkout of that revision")
		}
		r := &changes.Release{Domain: j.Domain, Languages: map[language.Tag]changes.Coverage{}}
		if j.ledger != nil {
			shown := j.ledgerName
			if name != "" {
				shown = name + ":" + shown
			}
			issued, findings := ledger.Parse(shown, j.ledger)
			if err := findings.Err(); err != nil {
				return nil, err
			}
			r.Ledger = issued
		}
		for _, c := range lint.CoverageOf(j.plan) {
			r.Languages[c.Tag] = changes.Coverage{Translated: c.Translated, Total: c.Total}
		}
		releases[j.Name] = r
	}
	return releases, nil
}

// inRevision returns findings about the files of a revision.
func inRevision(list diag.List, name string) diag.List {
	list = slices.Clone(list)
	for i := range list {
		if list[i].File != "" && name != "" {
			list[i].File = name + ":" + list[i].File
		}
	}
	return list
}

func shownRevision(name string) string {
	if name == "" {
		return "the files as they are"
	}
	return name
}

// checkOut writes the files of a revision that declare codes and have texts into a folder. It runs
// none of git's filters, since those may start programs.
func (a *app) checkOut(ctx context.Context, name, dir string) error {
	root := repositoryRoot(a.workDir())
	if root == "" {
		return fail("this is not a git repository", "diff compares revisions of one")
	}
	commit := a.gitLine(ctx, root, "rev-parse", "--verify", "--quiet", "--end-of-options",
		name+"^{commit}")
	if commit == "" {
		return fail(fmt.Sprintf("%q is not a git revision", name),
			a.revisionHint(ctx, root, name))
	}
	r := revision{a, name, commit, root}
	files, err := r.list(ctx, "-r", commit)
	if err != nil {
		return err
	}
	var names, objects []string
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if isRead(file) && filepath.IsLocal(filepath.FromSlash(file)) {
			names = append(names, file)
			objects = append(objects, files[file])
		}
	}
	contents, err := a.objects.Read(ctx, root, objects)
	if err != nil {
		return r.unreadable("the files", err)
	}
	for i, file := range names {
		if contents[i].Content == nil {
			return r.unreadable(file, missing(objects[i]))
		}
		target := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(target, contents[i].Content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// isRead reports whether extract reads a file of this name.
func isRead(name string) bool {
	switch path.Ext(name) {
	case ".go", ".mod", ".work", ".toml", ".lock", ".obsolete":
		return true
	}
	return false
}
