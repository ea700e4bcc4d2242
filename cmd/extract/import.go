package main

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// ruleImportLanguage is the rule of a file that is for another language, or from another one.
var ruleImportLanguage = diag.Rule{ID: "import-language", Severity: diag.Error,
	Doc: "a translator's file is for another language or domain, or does not say for which"}

func (a *app) importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import file",
		Short: "Take over translations from a PO, XLIFF, CSV or TOML file",
		Long: `Import takes over the translations of a file that export has printed and a
translator has worked on: .po, .xlf, .xliff or .csv. The name of each text says which
one it is. Texts that the file lacks, or has without a translation, stay as they are.

A translation of another source text than today's is stale. One that the file calls
fuzzy, or in need of a review, is to be reviewed. Import doesn't take over a text that is
the same as an untranslated source text, or one that the locale file had before and has
changed since. It writes nothing if one of the new texts has an error.

A .toml file is a locale file without a state. If its comments don't show the source
texts that its translations were made from, --made-from names the git revision that had
them.`,
		Example: `  extract import --dry-run de.po
  extract import --diff de.xlf
  extract import de.toml --lang de --made-from v1.4.0`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.reports = true
			return a.importFile(cmd.Context(), args[0])
		},
	}
	a.langFlag(cmd, "the language of a file that does not say it")
	a.domainFlag(cmd)
	a.formatFlag(cmd, reportFormats()...)
	flags := cmd.Flags()
	flags.BoolVar(&a.dryRun, "dry-run", false, "print what would be taken over; write nothing")
	flags.BoolVar(&a.diff, "diff", false,
		"print the changes as a patch for git apply; write nothing")
	flags.StringVar(&a.madeFrom, "made-from", "",
		"the translations were made from the source texts of this git `revision`")
	return cmd
}

func (a *app) importFile(ctx context.Context, name string) error {
	gate, err := a.gate()
	if err != nil {
		return err
	}
	if err := a.checkOneResult(); err != nil {
		return err
	}
	file, err := a.readExchange(name)
	if err != nil {
		return err
	}
	planner := func(ctx context.Context, p *project) (*work, error) {
		return a.planImport(ctx, p, file)
	}
	var w *work
	if a.diff || a.dryRun {
		if w, err = a.plan(ctx, nil, planner); err != nil {
			return err
		}
		a.printPlan(w)
		if a.diff {
			err = a.writePatch(w)
		} else {
			a.printTaken(w)
		}
	} else {
		w, err = a.update(ctx, nil, planner)
	}
	if err != nil {
		return err
	}
	w.settle()
	return a.report(w, gate)
}

// readExchange reads a translator's file.
func (a *app) readExchange(name string) (*exchange.File, error) {
	var tag language.Tag
	var err error
	if a.lang != "" {
		if tag, err = parseTag(a.lang); err != nil {
			return nil, err
		}
	}
	_, known := exchange.FormatOf(name)
	if !known && path.Ext(name) != localefile.Ext {
		return nil, fail(fmt.Sprintf("the name %q does not say which format the file has", name),
			"use a file called .po, .xlf, .xliff, .csv or .toml")
	}
	abs := name
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(a.workDir(), name)
	}
	limit := exchange.MaxSize
	if !known {
		limit = tomldoc.MaxSize
	}
	src, err := atomicfile.ReadFile(abs, limit)
	if err != nil {
		return nil, failFile(name, err, a.fileHint(err))
	}
	f, findings := exchange.Read(filepath.ToSlash(name), tag, src)
	if len(findings) > 0 {
		return nil, findings
	}
	switch {
	case f.Target == language.Und:
		return nil, a.wrongLanguage(f, "the file does not say its language", hintLanguage(name))
	case a.lang != "" && f.Target != tag:
		return nil, a.wrongLanguage(f, fmt.Sprintf("the file is for %v", f.Target), "leave --lang out")
	}
	return f, nil
}

// hintLanguage says which flag to add, with the tag that a file's name probably means.
func hintLanguage(name string) string {
	base := filepath.Base(name)
	if tag, err := parseTag(strings.TrimSuffix(base, filepath.Ext(base))); err == nil {
		return "add --lang " + tag.String()
	}
	return "add --lang and the tag of the language"
}

func (a *app) wrongLanguage(f *exchange.File, text, hint string) error {
	return ruleImportLanguage.At(f.Name, diag.Pos{}, text, hint)
}

// planImport plans to take the translations of a file over, and to bring all files of its domain up
// to date.
func (a *app) planImport(ctx context.Context, p *project, f *exchange.File) (*work, error) {
	name := a.domain
	if name == "" {
		name = f.Domain
	}
	if err := a.oneDomain(p, name); err != nil {
		return nil, err
	}
	switch d := p.domains[0]; {
	case f.Domain != "" && f.Domain != d.Name:
		return nil, a.wrongLanguage(f, fmt.Sprintf("the file is for domain %q", f.Domain),
			"leave --domain out")
	case f.Target == d.Source:
		return nil, a.wrongLanguage(f,
			fmt.Sprintf("the file is for %v, whose texts are written from Go source", f.Target), "")
	case f.Source != language.Und && f.Source != d.Source:
		return nil, a.wrongLanguage(f, fmt.Sprintf("the file was translated from %v, not from %v",
			f.Source, d.Source), "translate the texts that extract export prints")
	case d.file(f.Target) == nil:
		return nil, a.noFile(f.Target)
	case a.madeFrom != "":
		if err := a.setSources(ctx, d, f); err != nil {
			return nil, err
		}
	case !hasSource(f):
		return nil, failFile(f.Name, errNoSource,
			"name the git revision that the translations were made from with --made-from")
	}
	a.imported = f
	w, err := a.planDomains(ctx, p, true)
	if err == nil {
		w.jobs[0].refuseFaults(f)
	}
	return w, err
}

var errNoSource = fmt.Errorf("the file does not show the source texts")

// hasSource reports whether a file shows the source text of a translation, or has no translation.
func hasSource(f *exchange.File) bool {
	translated := false
	for i := range f.Texts {
		for _, form := range f.Texts[i].Forms {
			if form.Source != "" {
				return true
			}
			translated = translated || form.Target != ""
		}
	}
	return !translated
}

// setSources gives each translation of a file the source text that a git revision has.
func (a *app) setSources(ctx context.Context, d *domain, f *exchange.File) error {
	commit := a.gitLine(ctx, d.folder.Base, "rev-parse", "--verify", "--quiet", "--end-of-options",
		a.madeFrom+"^{commit}")
	if commit == "" {
		return fail(fmt.Sprintf("%q is not a git revision", a.madeFrom),
			a.revisionHint(ctx, d.folder.Base, a.madeFrom))
	}
	name := path.Join(d.folder.Path, d.Source.String()+localefile.Ext)
	r := revision{a, a.madeFrom, commit, d.folder.Base}
	src, err := r.read(ctx, name)
	if err != nil {
		return err
	}
	if src == nil {
		shown := a.display(filepath.Join(d.folder.Base, filepath.FromSlash(name)))
		return fail(fmt.Sprintf("%s has no %s", a.madeFrom, shown),
			"name a revision that has the file")
	}
	file, syntax, _ := localefile.Read(a.madeFrom+":"+name, d.Source, src)
	if len(syntax) > 0 {
		return syntax
	}
	sources := map[string]localefile.Forms{}
	for i := range file.Entries {
		sources[file.Entries[i].ID.String()] = file.Entries[i].Texts()
	}
	for i := range f.Texts {
		forms := sources[f.Texts[i].ID]
		var there plural.Set
		for c, text := range forms {
			if text != "" {
				there |= plural.SetOf(plural.Category(c))
			}
		}
		for n := range f.Texts[i].Forms {
			form := &f.Texts[i].Forms[n]
			from, _ := state.SourceForm(there, form.Category)
			form.Source = forms[from]
		}
	}
	return nil
}

// refuseFaults leaves all files as they are if a text that would be taken over has an error. The
// findings name the place in the translator's file.
func (j *job) refuseFaults(f *exchange.File) {
	i := slices.IndexFunc(j.plan.Files, func(p merge.FilePlan) bool { return p.Tag == f.Target })
	if i < 0 || j.stopped || len(j.plan.Files[i].Taken) == 0 {
		return
	}
	planned := &j.plan.Files[i]
	taken := map[localefile.ID]diag.Pos{}
	for _, form := range slices.Backward(planned.Taken) {
		taken[form.ID] = form.Pos
	}
	file, _, _ := localefile.Read(planned.Name, planned.Tag, planned.New)
	owner := lint.OwnersByPlace(file)
	var faults diag.List
	for _, found := range slices.Concat(j.plan.Findings, j.collector.Findings()).Errors() {
		if found.File != planned.Name {
			continue
		}
		id := owner(found.Pos)
		if pos, is := taken[id]; is {
			found.File, found.Pos, found.Fix = f.Name, pos, diag.Fix{}
			found.Text = fmt.Sprintf("%v: %s", id, found.Text)
			faults = append(faults, found)
		}
	}
	if len(faults) > 0 {
		j.imported = nil // The findings of the report are those of the files as they are.
		j.findings = append(j.findings, faults...)
		j.stop("a text to be taken over has an error")
	}
}

// printTaken prints the texts that are taken over.
func (a *app) printTaken(w *work) {
	var b strings.Builder
	for _, j := range w.jobs {
		for i := range j.plan.Files {
			for _, t := range j.plan.Files[i].Taken {
				if j.stopped {
					continue
				}
				name := t.ID.String()
				if t.Plural {
					name += " " + t.Form.String()
				}
				writeLine(&b, "%s: %v", name, t.State)
				if t.Old != "" && t.Old != t.New {
					writeLine(&b, "  - %s", tomldoc.MustQuote(t.Old))
				}
				writeLine(&b, "  + %s", tomldoc.MustQuote(t.New))
			}
		}
	}
	fmt.Fprint(a.resultWriter(), b.String())
}
