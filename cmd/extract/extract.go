package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/report"
)

// extract brings the locale files up to date.
func (a *app) extract(ctx context.Context, patterns []string) error {
	gate, err := a.gate()
	if err != nil {
		return err
	}
	if err := a.oneResult(); err != nil {
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
		j.findings = append(j.findings, j.strays(a.call())...)
	}
	return a.report(w.settle(), gate)
}

// oneResult returns an error if two results are asked for, which would both go to stdout.
func (a *app) oneResult() error {
	if a.diff && a.format != string(report.FormatText) {
		return fail(fmt.Sprintf("--diff and --format %s exclude each other", a.format), "run the command once for each")
	}
	return nil
}

// settle returns the plan for the files as they are after this one. It changes no locale file, and its findings have the
// places at which they now are.
func (w *work) settle() *work {
	settled := &work{project: w.project}
	for _, j := range w.jobs {
		if !j.plan.Changed() {
			settled.jobs = append(settled.jobs, j)
			continue
		}
		after := *j
		after.domain = j.after()
		if plan, unusable := after.makePlan(true); len(unusable) == 0 {
			after.plan = plan
		}
		settled.jobs = append(settled.jobs, &after)
	}
	return settled
}

// noFiles completes package arguments by nothing, rather than by files.
func noFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}
