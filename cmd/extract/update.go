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

// update makes a plan, prints it, and carries it out. The result is the plan that was carried out.
//
// Whether there is anything to write is found without a lock, so that a folder that is up to date
// need not be writable. Otherwise all is read again under the lock, from Go source on: another run
// may have been at work in between, and may have seen more codes. If it reads as before, the plan
// holds, else it is made anew.
func (a *app) update(ctx context.Context, patterns []string, plan planner) (*work, error) {
	w, err := a.plan(ctx, patterns, plan)
	for again := 0; again < 2 && shrinks(err); again++ {
		// Without a lock, another run may have added texts between the reading of Go source and that of
		// the files.
		w, err = a.plan(ctx, patterns, plan)
	}
	if err != nil {
		return nil, err
	}
	if w.changes() == 0 {
		w.sweep()
		a.tell(w)
		return w, a.conclude(w)
	}
	held, err := a.lock(ctx, w)
	defer held.release()
	if err != nil {
		return nil, err
	}
	if w, err = a.replan(ctx, patterns, plan, w); err != nil {
		return nil, err
	}
	for _, f := range w.folders() {
		if held[f.abs()] == nil {
			return nil, failFile(f.name, errors.New("the Go source changed while it was read"),
				fmt.Sprintf("run %q again", a.call()))
		}
	}
	if err := a.checkWritable(w, held); err != nil {
		return nil, err
	}
	a.tell(w)
	if err := a.write(ctx, w, held); err != nil {
		return nil, err
	}
	return w, a.conclude(w)
}

// shrinks reports whether a plan failed because too many texts of a file seem to be gone.
func shrinks(err error) bool {
	findings, ok := errors.AsType[diag.List](err)
	return ok && slices.ContainsFunc(findings, func(f diag.Finding) bool {
		return f.Rule == ruleShrink.ID
	})
}

// conclude says how many files were written, and unless that is part of a report, what is wrong in
// Go source.
func (a *app) conclude(w *work) error {
	switch n := w.changes(); {
	case n > 0:
		fmt.Fprintf(a.resultWriter(), "%s written\n", counted(n, "file"))
	case w.held():
		fmt.Fprintln(a.resultWriter(), "nothing written")
	default:
		fmt.Fprintln(a.resultWriter(), "up to date, nothing written")
	}
	if a.reports {
		return nil
	}
	return a.reportSource(w.project)
}

func (a *app) plan(ctx context.Context, patterns []string, plan planner) (*work, error) {
	p, err := a.load(ctx, patterns)
	if err != nil {
		return nil, err
	}
	return plan(ctx, p)
}

// replan makes a plan again, unless all that the one before was made of is still the same.
func (a *app) replan(ctx context.Context, patterns []string, plan planner, before *work) (*work,
	error) {
	p, err := a.load(ctx, patterns)
	if err != nil {
		return nil, err
	}
	if reflect.DeepEqual(p, before.project) {
		return before, nil
	}
	return plan(ctx, p)
}

// folders returns the folders in which something is to be written.
func (w *work) folders() []folder {
	var all []folder
	for _, j := range w.jobs {
		if len(j.changes) > 0 {
			all = append(all, j.folder)
		}
	}
	return all
}

// tell writes the line of each file. With several domains their folders are headings.
func (a *app) tell(w *work) {
	for _, j := range w.jobs {
		if len(w.jobs) > 1 {
			fmt.Fprintln(a.resultWriter(), report.Line(fmt.Sprintf("domain %s, %s:", j.Name, j.folder.name)))
		}
		for _, line := range j.lines {
			fmt.Fprintln(a.resultWriter(), report.Line(line))
		}
	}
}

// resultWriter returns where the lines of a plan go: they are the result, unless a report or a
// patch is.
func (a *app) resultWriter() io.Writer {
	if a.diff || a.format != "text" {
		return a.stderr
	}
	return a.stdout
}

// locks are the locked folders of a plan, by their path.
type locks map[string]*locked

type locked struct {
	folder *atomicfile.Folder
	lock   *atomicfile.Lock
}

// lock locks the folders of the plan, and makes those that do not exist. They are taken in the
// order of their paths, so that two runs never wait for each other. The result is to be released
// even with an error.
func (a *app) lock(ctx context.Context, w *work) (locks, error) {
	progress := a.startProgress("waiting for another run")
	defer progress.stop()
	all := locks{}
	folders := w.folders()
	slices.SortFunc(folders, func(a, b folder) int { return strings.Compare(a.abs(), b.abs()) })
	for _, f := range folders {
		if err := all.take(ctx, f); err != nil {
			if ctx.Err() != nil {
				return all, ctx.Err()
			}
			return all, failFile(f.name, err, a.fileHint(err))
		}
	}
	return all, nil
}

func (l locks) take(ctx context.Context, f folder) error {
	if err := atomicfile.Make(f.base, f.path); err != nil {
		return err
	}
	opened, err := atomicfile.Open(f.base, f.path)
	if err != nil {
		return err
	}
	lock, err := opened.Lock(ctx)
	if err != nil {
		return errors.Join(err, opened.Close())
	}
	l[f.abs()] = &locked{opened, lock}
	return nil
}

// release gives all locks back. What is left of one is removed by the next run.
func (l locks) release() {
	for _, one := range l {
		_ = one.lock.Release()
		_ = one.folder.Close()
	}
}

// checkWritable reports all files that the plan could not write, before anything is written.
func (a *app) checkWritable(w *work, l locks) error {
	var refused diag.List
	for _, j := range w.jobs {
		for _, c := range j.changes {
			if err := l[j.folder.abs()].folder.Check(c.name, c.old); err != nil {
				refused = append(refused, ruleFailure.At(j.folder.file(c.name), diag.Pos{},
					diag.Reason(err), a.fileHint(err)))
			}
		}
	}
	return refused.Err()
}

// write carries out the plan. Between two files it stops if the context has ended.
func (a *app) write(ctx context.Context, w *work, l locks) error {
	for _, j := range w.jobs {
		for _, c := range j.changes {
			if err := ctx.Err(); err != nil {
				return err
			}
			folder := l[j.folder.abs()].folder
			var err error
			if c.new == nil {
				err = folder.Remove(c.name, c.old)
			} else {
				err = folder.Replace(c.name, c.old, c.new)
			}
			if err != nil {
				return failFile(j.folder.file(c.name), err, a.fileHint(err))
			}
		}
	}
	return nil
}

// sweep removes what killed runs have left, where that can be done.
func (w *work) sweep() {
	for _, j := range w.jobs {
		if opened, err := j.folder.open(); err == nil && opened != nil {
			_ = opened.Sweep()
			_ = opened.Close()
		}
	}
}
