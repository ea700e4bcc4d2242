package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/sync"
)

// extract brings the locale files up to date.
func (a *app) extract(ctx context.Context, patterns []string) error {
	gate, err := a.gate()
	if err != nil {
		return err
	}
	if a.diff {
		w, err := a.plan(ctx, patterns, a.planSync)
		if err != nil {
			return err
		}
		a.tell(w)
		if err := a.writePatch(w); err != nil {
			return err
		}
		return a.report(w.settle(), gate)
	}
	w, err := a.update(ctx, patterns, a.planSync)
	if err != nil {
		return err
	}
	for _, j := range w.jobs {
		j.findings = append(j.findings, j.strays()...)
	}
	return a.report(w.settle(), gate)
}

// settle returns the plan for the files as they are after this one. It changes no locale file, and its findings have the
// places at which they now are.
func (w *work) settle() *work {
	settled := &work{project: w.project}
	for _, j := range w.jobs {
		if len(j.changes) == 0 {
			settled.jobs = append(settled.jobs, j)
			continue
		}
		after := *j
		after.domain = j.after()
		if plan, unusable := sync.Make(after.input()); len(unusable) == 0 {
			after.plan = plan
		}
		settled.jobs = append(settled.jobs, &after)
	}
	return settled
}

// strays returns a warning for each text that became obsolete although no code was ever called so: its name is more
// likely misspelled than gone.
func (j *job) strays() diag.List {
	var findings diag.List
	for i := range j.plan.Files {
		if j.plan.Files[i].Summary.Parked == 0 {
			continue
		}
		for _, f := range j.linted(j.planned()) {
			if f.File == j.plan.Files[i].Name && f.Rule == localefile.RuleUnknownCode {
				// The text does not stand any more where it was.
				findings = append(findings, diag.Finding{File: f.File, Rule: f.Rule, Text: f.Text + "; its texts are obsolete now", Hint: f.Hint})
			}
		}
	}
	return slices.Compact(findings)
}

// noFiles completes package arguments by nothing, rather than by files.
func noFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}
