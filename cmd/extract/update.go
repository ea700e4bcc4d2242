package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/report"
)

// update makes a plan, prints it, carries it out and returns it.
//
// The first plan is made without a lock, so that a folder that is up to date need not be writable.
// If there is something to write, everything is read again under the lock, including Go source,
// because another run may have written in between and may have seen more codes. If anything
// differs, a new plan is made.
func (a *app) update(ctx context.Context, patterns []string, plan planner) (*work, error) {
	w, err := a.planStable(ctx, patterns, plan)
	if err != nil {
		return nil, err
	}
	if w.changes() == 0 {
		w.sweep()
		a.printPlan(w)
		return w, a.summarize(w)
	}
	acquired, err := a.lock(ctx, w)
	defer acquired.release()
	if err != nil {
		return nil, err
	}
	if w, err = a.replan(ctx, patterns, plan, w); err != nil {
		return nil, err
	}
	for _, f := range w.folders() {
		if acquired[f.Abs()] == nil {
			return nil, failFile(f.Name, errors.New("the Go source changed while it was read"),
				fmt.Sprintf("run %q again", a.call()))
		}
	}
	if err := a.checkWritable(w, acquired); err != nil {
		return nil, err
	}
	a.printPlan(w)
	if err := a.write(ctx, w, acquired); err != nil {
		return nil, err
	}
	return w, a.summarize(w)
}

// shrinks reports whether a plan stops because too many texts of a file seem to be gone.
func shrinks(w *work, err error) bool {
	findings, _ := errors.AsType[diag.List](err)
	if w != nil {
		for _, j := range w.jobs {
			findings = append(findings, j.findings...)
		}
	}
	return slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Rule == ruleShrink.ID })
}

// summarize prints how many files were written. Unless the command writes a report, it also prints
// the findings about Go source.
func (a *app) summarize(w *work) error {
	switch n := a.made + w.changes(); {
	case n > 0:
		fmt.Fprintf(a.resultWriter(), "%s written\n", counted(n, "file"))
	case w.blocked():
		fmt.Fprintln(a.resultWriter(), "nothing written")
	default:
		fmt.Fprintln(a.resultWriter(), "up to date, nothing written")
	}
	if a.reports {
		return nil
	}
	return a.reportSource(w.project)
}

// planStable is plan, tried again if a file seems to shrink: without a lock, another run may have
// added texts after Go source was read and before the files were.
func (a *app) planStable(
	ctx context.Context, patterns []string, plan planner,
) (w *work, err error) {
	var before *project
	for range 3 {
		p, failed := a.load(ctx, patterns)
		if failed != nil {
			return nil, failed
		}
		if before != nil && reflect.DeepEqual(p, before) {
			break
		}
		if w, err = p.plan(ctx, plan); !shrinks(w, err) {
			break
		}
		before = p
	}
	return w, err
}

func (a *app) plan(ctx context.Context, patterns []string, plan planner) (*work, error) {
	p, err := a.load(ctx, patterns)
	if err != nil {
		return nil, err
	}
	return p.plan(ctx, plan)
}

// plan makes a plan for the project, in which an invalid declaration stops its own domain.
func (p *project) plan(ctx context.Context, plan planner) (*work, error) {
	w, err := plan(ctx, p)
	if err == nil {
		w.stopInvalid()
	}
	return w, err
}

// replan reads everything again. It returns the plan before if nothing has changed, else a new one.
func (a *app) replan(
	ctx context.Context, patterns []string, plan planner, before *work,
) (*work, error) {
	p, err := a.load(ctx, patterns)
	if err != nil {
		return nil, err
	}
	if reflect.DeepEqual(p, before.project) {
		return before, nil
	}
	return p.plan(ctx, plan)
}

// folders returns the folders that have changes.
func (w *work) folders() []folder {
	var all []folder
	for _, j := range w.jobs {
		if len(j.changes) > 0 {
			all = append(all, j.folder)
		}
	}
	return all
}

// printPlan prints a line for each file, under the names of the domains if there are several.
func (a *app) printPlan(w *work) {
	for _, j := range w.jobs {
		if len(w.jobs) > 1 {
			fmt.Fprintln(a.resultWriter(), report.Line(fmt.Sprintf("domain %s, %s:", j.Name, j.folder.Name)))
		}
		for _, line := range j.lines {
			fmt.Fprintln(a.resultWriter(), report.Line(line))
		}
	}
}

// resultWriter returns the writer for the lines of a plan: stdout, unless the result is a report or
// a patch.
func (a *app) resultWriter() io.Writer {
	if a.diff || a.format != "text" {
		return a.stderr
	}
	return a.stdout
}

// locks are the locked folders of a plan, by path.
type locks map[string]*locked

type locked struct {
	folder *atomicfile.Folder
	lock   *atomicfile.Lock
}

// lock locks the folders of the plan, and creates those that do not exist. It locks them in the
// order of their paths, so that two runs never wait for each other. The caller must release the
// result even if there is an error.
func (a *app) lock(ctx context.Context, w *work) (locks, error) {
	progress := a.startProgress("waiting for another run")
	defer progress.stop()
	all := locks{}
	folders := w.folders()
	slices.SortFunc(folders, func(a, b folder) int { return strings.Compare(a.Abs(), b.Abs()) })
	for _, f := range folders {
		if err := all.take(ctx, f); err != nil {
			if ctx.Err() != nil {
				return all, ctx.Err()
			}
			return all, failFile(f.Name, err, a.fileHint(err))
		}
	}
	return all, nil
}

func (l locks) take(ctx context.Context, f folder) error {
	if err := atomicfile.Make(f.Base, f.Path); err != nil {
		return err
	}
	opened, err := atomicfile.Open(f.Base, f.Path)
	if err != nil {
		return err
	}
	lock, err := opened.Lock(ctx)
	if err != nil {
		return errors.Join(err, opened.Close())
	}
	l[f.Abs()] = &locked{opened, lock}
	return nil
}

// release releases all locks. If it fails, the next run removes what is left.
func (l locks) release() {
	for _, one := range l {
		_ = one.lock.Release()
		_ = one.folder.Close()
	}
}

// checkWritable returns an error for all files that cannot be written, before any is written.
func (a *app) checkWritable(w *work, l locks) error {
	var refused diag.List
	for _, j := range w.jobs {
		for _, c := range j.netChanges() {
			if err := l[j.folder.Abs()].folder.Check(c.name, c.old); err != nil {
				refused = append(refused, ruleFailure.At(j.folder.File(c.name), diag.Pos{},
					diag.Reason(err), a.fileHint(err)))
			}
		}
	}
	return refused.Err()
}

// write carries out the plan. It stops before the next file if the context is done.
func (a *app) write(ctx context.Context, w *work, l locks) error {
	for _, j := range w.jobs {
		for _, c := range j.changes {
			if err := ctx.Err(); err != nil {
				return err
			}
			folder := l[j.folder.Abs()].folder
			var err error
			if c.new == nil {
				err = folder.Remove(c.name, c.old)
			} else {
				err = folder.Replace(c.name, c.old, c.new)
			}
			if err != nil {
				return failFile(j.folder.File(c.name), err, a.fileHint(err))
			}
		}
	}
	return nil
}

// sweep removes what killed runs have left behind, if it can.
func (w *work) sweep() {
	for _, j := range w.jobs {
		if opened, err := j.folder.Open(); err == nil && opened != nil {
			_ = opened.Sweep()
			_ = opened.Close()
		}
	}
}
