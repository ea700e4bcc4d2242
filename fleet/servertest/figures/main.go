// Figures measures what following published texts costs, against a server in this process, and
// prints tables for docs/performance.md. It is for Linux.
//
//	go run ./figures
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"

	"github.com/errlingo/errlingo/fleet/servertest"
)

func main() {
	isChild, err := servertest.Child()
	if !isChild {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// effort says how much is measured.
type effort struct {
	nodes, changes int // of the small and the standard catalog
	turns          int // of all that is measured in this process
	codes          int // of the large catalog
	run            *regexp.Regexp
}

// run returns the exit code: 2 for wrong arguments, and 1 if something could not be measured.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var e effort
	flags := flag.NewFlagSet("figures", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&e.nodes, "nodes", 50, "reach so many `nodes`, each a process")
	flags.IntVar(&e.changes, "changes", 11, "publish so many `changes` to them")
	flags.IntVar(&e.turns, "turns", 11, "take the median of so many `turns`")
	flags.IntVar(&e.codes, "codes", servertest.LargeCodes,
		"publish so many `codes` of the large catalog")
	pattern := flags.String("run", "", "measure only what matches this `pattern`, of "+
		"reach, bytes, take, memory, render and size")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if flags.NArg() > 0 || min(e.nodes, e.changes, e.turns, e.codes) < 1 {
		fmt.Fprintln(stderr, "figures: there are no arguments, and all numbers are at least 1")
		return 2
	}
	var err error
	if e.run, err = regexp.Compile(*pattern); err == nil {
		err = e.measure(ctx, stdout, stderr)
	}
	if err != nil {
		fmt.Fprintf(stderr, "figures: %v\n", err)
		return 1
	}
	return 0
}

// measure measures one thing after another, so that none disturbs another one.
func (e effort) measure(ctx context.Context, stdout, stderr io.Writer) error {
	small, err := newSubject(servertest.Current, 4)
	if err != nil {
		return err
	}
	standard, err := newSubject("standard", 64)
	if err != nil {
		return err
	}
	large, err := newSubject(servertest.Large, e.codes)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"reach", func() error { return e.reach(ctx, stdout, small, standard) }},
		{"bytes", func() error { return e.bytes(ctx, stdout, standard, large) }},
		{"take", func() error { return e.take(ctx, stdout, standard, large) }},
		{"memory", func() error { return e.memory(ctx, stdout, standard, large) }},
		{"render", func() error { return e.render(ctx, stdout) }},
		{"size", func() error { return e.size(ctx, stdout) }},
	} {
		if !e.run.MatchString(step.name) {
			continue
		}
		fmt.Fprintf(stderr, "measuring: %s\n", step.name)
		if err := step.run(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Fprintln(stdout)
	}
	return nil
}
