package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
)

// work is what has to be done in the folders of a project.
type work struct {
	project *project
	jobs    []*job
}

// job is what has to be done in the folder of a domain.
type job struct {
	*domain
	plan     *merge.Plan
	survey   *lint.Collector // what is wrong with the texts
	changes  []change        // in the order in which they are to be made
	lines    []string        // the output lines, one for each file
	held     bool            // a file is not written although it should be
	findings diag.List       // besides those of the plan

	renamed map[string]string // the names of codes by their former names, as the ledger will have them
	adopt   bool
	tracked func(language.Tag) bool      // whether git knows a state of a locale
	older   func(localefile.ID) []string // what git knows of former source texts
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
		n += len(j.changes)
	}
	return n
}

// held reports whether a file is not written although it should be.
func (w *work) held() bool {
	return slices.ContainsFunc(w.jobs,
		func(j *job) bool { return j.held })
}

// add notes a file whose bytes change, if they do.
func (j *job) add(name string, old, replacement []byte) {
	if old == nil || !bytes.Equal(old, replacement) {
		j.changes = append(j.changes, change{name, old, replacement})
	}
}

// say notes a line about a file.
func (j *job) say(format string, args ...any) {
	j.lines = append(j.lines, fmt.Sprintf(format, args...))
}

// planner makes a plan for a project.
type planner func(context.Context, *project) (*work, error)

// planSync plans that all files are brought up to date with Go source. What is to be said about the
// files that change is left to the plan for the files as they are then; see [work.settle].
func (a *app) planSync(ctx context.Context, p *project) (*work, error) {
	return a.planDomains(ctx, p, false)
}

// planCheck is planSync for a report about all files as they are now.
func (a *app) planCheck(ctx context.Context, p *project) (*work, error) {
	return a.planDomains(ctx, p, true)
}

func (a *app) planDomains(ctx context.Context, p *project, surveyChanged bool) (*work, error) {
	w := &work{project: p}
	var unusable diag.List
	for _, d := range p.domains {
		j, findings, err := a.planDomain(ctx, p, d, surveyChanged)
		if err != nil {
			return nil, err
		}
		unusable = append(unusable, findings.OfDomain(d.Name)...)
		w.jobs = append(w.jobs, j)
	}
	if len(unusable) > 0 {
		return nil, append(unusable, p.findings.Errors()...)
	}
	return w, ctx.Err()
}

// planDomain plans for one domain. The list has findings for which nothing at all may be written.
func (a *app) planDomain(ctx context.Context, p *project, d *domain, surveyChanged bool) (*job,
	diag.List, error) {
	j := &job{domain: d}
	c, err := a.compareLedger(ctx, p, d, nil)
	if err != nil || len(c.unusable) > 0 {
		return nil, c.unusable, err
	}
	j.renamed, j.adopt = c.Next.FormerNames(), a.adopt
	j.tracked, j.older = a.trackedIn(ctx, d), a.olderIn(ctx, d, j.renamed)
	plan, unusable := j.makePlan(surveyChanged)
	unusable = append(unusable, a.checkState(ctx, j)...)
	if len(unusable) > 0 {
		return nil, unusable, nil
	}
	j.plan = plan
	for i := range plan.Files {
		f := &plan.Files[i]
		if j.isHeld(f) {
			j.say("%s: left as it is", base(f.Name))
		} else {
			j.say("%s", f)
		}
		switch lost, known, shrinks := f.Shrinks(); {
		case j.isHeld(f):
			j.hold(f.Name,
				fmt.Sprintf("left as it is: its %s may belong to a declaration that cannot be read",
					counted(f.Summary.Parked+f.Summary.Removed, "text")))
		case shrinks && !a.allowShrink:
			unusable = append(unusable, ruleShrink.At(f.Name, diag.Pos{},
				fmt.Sprintf("%s of %d are missing or no longer declared", counted(lost, "text"), known),
				"restore the file or the codes; if this is intended, use --allow-shrink"))
			unusable = append(unusable, j.unknownNames(f)...)
		}
	}
	if len(unusable) > 0 {
		unusable = append(unusable, c.Breaks...) // A rename that is not accepted yet is often the reason.
	}
	j.addFiles(plan)
	j.addPseudo()
	j.planLedger(p, c)
	j.addAttributes()
	return j, unusable, nil
}

// unknownNames returns the findings about texts of a file that no code has or had: why they would
// go.
func (j *job) unknownNames(f *merge.FilePlan) diag.List {
	file, _, _ := localefile.Read(f.Name, f.Tag, f.Old)
	return slices.DeleteFunc(j.survey.File(file), func(found diag.Finding) bool {
		return found.Rule != localefile.RuleUnknownCode.ID && found.Rule != localefile.RuleUnknownPart.ID
	})
}

// makePlan makes the plan for the domain's files, and surveys their texts: those of the files that
// change only if asked to.
func (j *job) makePlan(surveyChanged bool) (*merge.Plan, diag.List) {
	j.survey = j.newSurvey()
	in := j.input()
	in.Renamed, in.Adopt, in.Tracked, in.Older = j.renamed, j.adopt, j.tracked, j.older
	in.Inspect = func(f *merge.FilePlan, file *localefile.File) {
		// A source file that changes is written from Go, which is surveyed itself.
		if surveyChanged && f.Role != state.Source || !f.Changed() {
			j.survey.Inspect(f, file)
		}
	}
	return merge.Make(in)
}

// isHeld reports whether a file is not written because it is not known which of its texts are gone.
func (j *job) isHeld(f *merge.FilePlan) bool {
	return j.Partial && f.Summary.Parked+f.Summary.Removed > 0
}

// hold notes that a file is not written although it should be.
func (j *job) hold(file, text string) {
	j.held = true
	j.findings = append(j.findings, ruleHeld.At(file, diag.Pos{}, text, "fix the declaration first"))
}

// addFiles adds the files that change, in an order in which a run that was cut off leaves what the
// next one repairs to the same bytes. A text is in its new file before it leaves the old one. What
// a translation was made from is in its state before the comments change that may say so. The
// source locale's files come last, because they tell what a new translation was made from.
func (j *job) addFiles(plan *merge.Plan) {
	isSource := func(f *merge.FilePlan) bool { return f.Role == state.Source }
	isTarget := func(f *merge.FilePlan) bool { return f.Role != state.Source }
	j.addRewrites(plan, isTarget, func(f *merge.FilePlan) (string, merge.Rewrite) {
		r := f.Obsolete
		if f.Between != nil {
			r.New = f.Between
		} else if f.Summary.Revived > 0 {
			r.New = r.Old // what goes has to be in the locale file first
		}
		return merge.ObsoleteName(f.Tag), r
	})
	for _, whose := range []func(*merge.FilePlan) bool{isTarget, isSource} {
		j.addRewrites(plan, whose, func(f *merge.FilePlan) (string, merge.Rewrite) {
			return merge.StateName(f.Tag), f.State
		})
		j.addRewrites(plan, whose, func(f *merge.FilePlan) (string, merge.Rewrite) {
			return base(f.Name), merge.Rewrite{Old: f.Old, New: f.New}
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

// addRewrites adds one of the files that belong to each locale.
func (j *job) addRewrites(
	plan *merge.Plan, whose func(*merge.FilePlan) bool,
	of func(*merge.FilePlan) (string, merge.Rewrite),
) {
	for i := range plan.Files {
		f := &plan.Files[i]
		if name, r := of(f); whose(f) && !j.isHeld(f) && r.Changed() {
			j.changes = append(j.changes, change{name, r.Old, r.New})
		}
	}
}

// addPseudo brings the files of pseudo-locales up to date, which are made anew each time.
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

// after returns the domain as it is when the changes have been made.
func (j *job) after() *domain {
	d := *j.domain
	d.files, d.pseudo, d.states = nil, j.pseudo, nil
	for i := range j.plan.Files {
		f := &j.plan.Files[i]
		content := merge.Content{Text: f.New, State: f.State.New, Obsolete: f.Obsolete.New}
		if j.isHeld(f) {
			content = merge.Content{Text: f.Old, State: f.State.Old, Obsolete: f.Obsolete.Old}
		}
		if content.Text != nil {
			d.files = append(d.files, merge.File{Name: f.Name, Tag: f.Tag, Content: content})
		}
	}
	return &d
}
