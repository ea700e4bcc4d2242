package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
)

// work is a plan for all domains of a project.
type work struct {
	project *project
	jobs    []*job
}

// job is a plan for the folder of one domain.
type job struct {
	*domain
	plan      *merge.Plan
	collector *lint.Collector // what is wrong with the texts
	changes   []change        // in the order in which they are to be made
	lines     []string        // the output lines, one for each file
	blocked   bool            // a file is not written although it should be
	stopped   bool            // no file is, because of the declarations or of what is missing
	findings  diag.List       // besides those of the plan

	next    *ledger.Ledger    // the ledger to write
	renamed map[string]string // present names of codes by their former names
	adopt   bool
	review  bool                         // texts written since the last run are to be reviewed
	failOn  []string                     // the rules whose findings are errors
	shrink  bool                         // texts may go although their file shrinks
	tracked func(language.Tag) bool      // reports whether git has or had a locale's state
	history func(language.Tag) []byte    // every line that a locale's state ever had in git
	older   func(localefile.ID) []string // former source texts from git

	imported *exchange.File // the translations to take over
}

// change is a file with its new bytes.
type change struct {
	name     string // within the folder
	old, new []byte // nil for a file that does not exist
}

// changes returns how many files have to be written.
func (w *work) changes() int {
	n := 0
	for _, j := range w.jobs {
		n += len(j.netChanges())
	}
	return n
}

// netChanges returns the changes with one per file. A file of obsolete texts may be written twice:
// before the locale file, because it gains texts, and after it, because it loses others.
func (j *job) netChanges() []change {
	var net []change
	for _, c := range j.changes {
		i := slices.IndexFunc(net, func(before change) bool { return before.name == c.name })
		if i < 0 {
			net = append(net, c)
		} else {
			net[i].new = c.new
		}
	}
	return net
}

// blocked reports whether a file is not written although it should be.
func (w *work) blocked() bool {
	return slices.ContainsFunc(w.jobs,
		func(j *job) bool { return j.blocked })
}

// add adds a change of a file, unless its content stays the same.
func (j *job) add(name string, old, replacement []byte) {
	if old == nil || !bytes.Equal(old, replacement) {
		j.changes = append(j.changes, change{name, old, replacement})
	}
}

// say adds a line to the output.
func (j *job) say(format string, args ...any) {
	j.lines = append(j.lines, fmt.Sprintf(format, args...))
}

// planner makes a plan for a project.
type planner func(context.Context, *project) (*work, error)

// planSync plans to bring all files up to date with Go source. Its findings are about the files as
// the plan leaves them.
func (a *app) planSync(ctx context.Context, p *project) (*work, error) {
	return a.planDomains(ctx, p, true)
}

// planCheck is like planSync, but the findings are about the files as they are now.
func (a *app) planCheck(ctx context.Context, p *project) (*work, error) {
	return a.planDomains(ctx, p, false)
}

func (a *app) planDomains(ctx context.Context, p *project, after bool) (*work, error) {
	w := &work{project: p}
	var unusable diag.List
	for _, d := range p.domains {
		j, findings, err := a.planDomain(ctx, p, d, after)
		if err != nil {
			return nil, err
		}
		unusable = append(unusable, findings.OfDomain(d.Name)...)
		w.jobs = append(w.jobs, j)
	}
	if len(unusable) == 0 && !slices.ContainsFunc(w.jobs, func(j *job) bool { return !j.stopped }) {
		unusable = w.jobs[0].findings
		for _, j := range w.jobs[1:] {
			unusable = append(unusable, j.findings...)
		}
	}
	if len(unusable) > 0 {
		return nil, append(unusable, p.findings.Errors()...)
	}
	return w, ctx.Err()
}

// planDomain plans for one domain. If it returns findings, a file cannot be read, and nothing may
// be written in any domain. If too many texts are gone, only the domain's own files are left.
func (a *app) planDomain(
	ctx context.Context, p *project, d *domain, after bool,
) (*job, diag.List, error) {
	j := &job{domain: d}
	c, err := a.compareLedger(ctx, p, d, nil)
	if err != nil || len(c.unusable) > 0 {
		return nil, c.unusable, err
	}
	j.next, j.renamed = c.Next, c.Next.FormerNames()
	j.adopt, j.review, j.shrink, j.failOn = a.adopt, a.review, a.allowShrink, a.failOn
	j.tracked, j.history = a.trackedIn(ctx, d), a.historyIn(ctx, d)
	j.older, j.imported = a.olderIn(ctx, d, j.renamed), a.imported
	plan, unusable := j.makePlan(after)
	unusable = append(unusable, a.checkState(ctx, j)...)
	if len(unusable) > 0 {
		return nil, unusable, nil
	}
	j.plan = plan
	var shrinking diag.List
	for i := range plan.Files {
		f := &plan.Files[i]
		changes := f.Changed() || f.State.Changed() || f.Obsolete.Changed()
		switch {
		case j.isBlocked(f):
			j.say("%s: left as it is", base(f.Name))
		case j.imported == nil || f.Tag == j.imported.Target || changes:
			j.say("%s", f)
		}
		switch {
		case j.isBlocked(f):
			j.block(f.Name,
				fmt.Sprintf("left as it is: its %s may belong to a declaration that cannot be read",
					counted(f.Summary.Parked+f.Summary.Removed, "text")))
		case !a.allowShrink:
			shrinking = append(shrinking, j.shrinking(f, "use --allow-shrink")...)
		}
	}
	if len(shrinking) > 0 {
		// A rename that is not accepted yet is often the reason.
		j.findings = slices.Concat(j.findings, shrinking.OfDomain(d.Name), c.Breaks)
		j.stop("too many texts are missing")
		return j, nil, nil
	}
	j.addFiles(plan)
	j.addPseudo()
	j.planLedger(p, c)
	j.addAttributes()
	return j, nil, nil
}

// shrinking returns a finding if too many texts of a file are missing at once. Its hint, todo, says
// what to do if that is intended.
func (j *job) shrinking(f *merge.FilePlan, todo string) diag.List {
	lost, known, shrinks := f.Shrinks()
	if !shrinks {
		return nil
	}
	found := ruleShrink.At(f.Name, diag.Pos{},
		fmt.Sprintf("%s of %d are missing or no longer declared", counted(lost, "text"), known),
		"restore the file or the codes; if this is intended, "+todo)
	return append(diag.List{found}, j.unknownNames(f)...)
}

// stop leaves all files of the domain as they are.
func (j *job) stop(why string) {
	j.blocked, j.stopped, j.changes = true, true, nil
	j.lines = []string{"left as it is: " + why}
}

// stopInvalid leaves the files of the domains that have an invalid declaration as they are: it is
// not known what they should say.
func (w *work) stopInvalid() {
	for _, j := range w.jobs {
		if j.Invalid && len(j.changes) > 0 {
			j.stop("a declaration is invalid")
			j.findings = append(j.findings, ruleNotWritten.At(j.folder.Name, diag.Pos{},
				"left as it is: a declaration is invalid", "fix the declaration first"))
		}
	}
}

// unknownNames returns the findings about texts of a file that never belonged to a code. They are
// often the reason why many texts of a file seem to be gone.
func (j *job) unknownNames(f *merge.FilePlan) diag.List {
	file, _, _ := localefile.Read(f.Name, f.Tag, f.Old)
	return slices.DeleteFunc(j.collector.File(file), func(found diag.Finding) bool {
		return found.Rule != localefile.RuleUnknownCode.ID && found.Rule != localefile.RuleUnknownPart.ID
	})
}

// makePlan makes the plan for the domain's files and checks their texts: as they are now, or as
// they are after the plan.
func (j *job) makePlan(after bool) (*merge.Plan, diag.List) {
	j.collector = j.newCollector(j.failOn...)
	in := j.inputWith(j.next)
	in.Adopt, in.Tracked, in.History, in.Older = j.adopt, j.tracked, j.history, j.older
	in.Review = j.review
	in.RefuseShrink, in.After, in.Import = !j.shrink, after, j.imported
	in.Inspect = func(f *merge.FilePlan, file *localefile.File) {
		// A source file that changes is written from Go, whose texts are checked as well.
		if after || f.Role != state.Source || !f.Changed() {
			j.collector.Inspect(f, file)
		}
	}
	return merge.Make(in)
}

// isBlocked reports whether a file must not be written, or none of the domain.
func (j *job) isBlocked(f *merge.FilePlan) bool { return j.stopped || f.Blocked }

// block adds the finding that a file should be written but cannot be.
func (j *job) block(file, text string) {
	j.blocked = true
	j.findings = append(j.findings, ruleNotWritten.At(file, diag.Pos{}, text,
		"fix the declaration first"))
}

// addFiles adds the files that change. If a run is interrupted, their order makes sure that the
// next run ends with the same bytes. A text is added to its new file before it is removed from the
// old one. The state is written before the comments that may say the same. The source locale's
// files come last, because a new translation was made from the source texts that they have.
func (j *job) addFiles(plan *merge.Plan) {
	isSource := func(f *merge.FilePlan) bool { return f.Role == state.Source }
	isTarget := func(f *merge.FilePlan) bool { return f.Role != state.Source }
	j.addRewrites(plan, isTarget, func(f *merge.FilePlan) (string, merge.Rewrite) {
		r := f.Obsolete
		if f.Between != nil {
			r.New = f.Between
		} else if f.Summary.Revived > 0 {
			r.New = r.Old // Texts have to be in the locale file before they are removed here.
		}
		return merge.ObsoleteName(f.Tag), r
	})
	for _, whose := range []func(*merge.FilePlan) bool{isTarget, isSource} {
		j.addRewrites(plan, whose, func(f *merge.FilePlan) (string, merge.Rewrite) {
			return merge.StateName(f.Tag), f.State
		})
		j.addRewrites(plan, whose, func(f *merge.FilePlan) (string, merge.Rewrite) {
			return base(f.Name), f.Rewrite
		})
		j.addRewrites(plan, whose, func(f *merge.FilePlan) (string, merge.Rewrite) {
			r := f.Obsolete
			if f.Between != nil {
				r.Old = f.Between
			} else if f.Summary.Revived == 0 {
				r.New = r.Old // It was added above.
			}
			return merge.ObsoleteName(f.Tag), r
		})
	}
}

// addRewrites adds one file per locale, the one that the function of returns. It skips locales for
// which whose returns false.
func (j *job) addRewrites(
	plan *merge.Plan, whose func(*merge.FilePlan) bool,
	of func(*merge.FilePlan) (string, merge.Rewrite),
) {
	for i := range plan.Files {
		f := &plan.Files[i]
		if name, r := of(f); whose(f) && !j.isBlocked(f) && r.Changed() {
			j.changes = append(j.changes, change{name, r.Old, r.New})
		}
	}
}

// addPseudo writes the files of pseudo-locales anew.
func (j *job) addPseudo() {
	for _, f := range j.pseudo {
		if j.Partial {
			j.say("%s: left as it is", base(f.Name))
			continue
		}
		text := pseudoFile(j.Domain, f.Tag)
		j.add(base(f.Name), f.Text, text)
		j.say("%s: pseudo-locale", base(f.Name))
	}
}
