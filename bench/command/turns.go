package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// contestant is a command that takes turns with others.
type contestant struct {
	name   string
	dir    string       // where it runs
	args   []string     // the program and its arguments
	before func() error // restores its files; not measured
}

// figures are what one run used.
type figures struct {
	wall, cpu time.Duration
	memory    int64 // the largest resident set, in bytes
}

// execute runs a program and returns its figures. If the program fails, the error has its output.
func execute(ctx context.Context, dir string, args []string) (figures, error) {
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Dir = dir
	var output strings.Builder
	command.Stdout, command.Stderr = &output, &output
	start := time.Now()
	err := command.Run()
	wall := time.Since(start)
	if err != nil {
		return figures{}, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, output.String())
	}
	state := command.ProcessState
	f := figures{wall: wall, cpu: state.UserTime() + state.SystemTime()}
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		f.memory = usage.Maxrss * 1024 // Linux counts in KiB
	}
	return f, nil
}

// takeTurns runs all commands in turns, once to warm up and then as often as requested.
func takeTurns(
	ctx context.Context, runs int, progress io.Writer, title string, contestants ...contestant,
) (*table, error) {
	t := &table{title: title}
	for _, c := range contestants {
		t.rows = append(t.rows, row{name: c.name})
	}
	for run := range runs + 1 {
		fmt.Fprintf(progress, "%s: run %d of %d\n", title, run, runs)
		for i, c := range contestants {
			if c.before != nil {
				if err := c.before(); err != nil {
					return nil, err
				}
			}
			f, err := execute(ctx, c.dir, c.args)
			if err != nil {
				return nil, err
			}
			if run > 0 {
				t.rows[i].runs = append(t.rows[i].runs, f)
			}
		}
	}
	return t, nil
}

// table has the runs of several commands. The first is the one that the others are compared with.
type table struct {
	title string
	rows  []row
}

type row struct {
	name string
	runs []figures
}

// String returns the table in Markdown, with medians and their ratios to the first command.
func (t *table) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, medians of %d runs\n\n", t.title, len(t.rows[0].runs))
	b.WriteString("| command | wall | × | CPU | memory | × |\n|---|--:|--:|--:|--:|--:|\n")
	first := t.rows[0].median()
	for _, r := range t.rows {
		m := r.median()
		fmt.Fprintf(&b, "| %s | %d ms | %.2f | %d ms | %d MB | %.2f |\n", r.name,
			m.wall.Milliseconds(), float64(m.wall)/float64(first.wall),
			m.cpu.Milliseconds(), m.memory/1_000_000, float64(m.memory)/float64(max(first.memory, 1)))
	}
	return b.String()
}

// median returns the median of each figure.
func (r row) median() figures {
	return figures{
		wall:   median(r.runs, func(f figures) time.Duration { return f.wall }),
		cpu:    median(r.runs, func(f figures) time.Duration { return f.cpu }),
		memory: median(r.runs, func(f figures) int64 { return f.memory }),
	}
}

func median[T cmp.Ordered](runs []figures, of func(figures) T) T {
	values := make([]T, len(runs))
	for i, f := range runs {
		values[i] = of(f)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
