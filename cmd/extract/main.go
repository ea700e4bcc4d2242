// Command extract copies the error codes that a Go module declares into its locale files, and
// checks these files.
//
// It reads Go source without building it, and never loses a translator's work. docs/extract.md
// describes the command, docs/locale-file.md the files. Add it as a tool to the module that uses
// it:
//
//	go get -tool github.com/errlingo/errlingo/cmd/extract
//	go tool extract
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/environ"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/git"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/report"
)

func main() { os.Exit(runProcess(context.Background())) }

// runProcess runs the command in this process and returns its exit code. Tests pass a context that
// traces writes.
func runProcess(ctx context.Context) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // The second signal ends the process.
	// If nobody reads the output any more, the files are still written and the locks released.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	env := processEnvironment()
	env.searched = saveMemory()
	return run(ctx, env)
}

// grace is how long an interrupted process may go on, to finish the file that it writes. What is
// left behind after that, the next run removes, as it does after a killed process.
const grace = 3 * time.Second

// processEnvironment returns the environment of the process.
func processEnvironment() environment {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // Whatever needs the folder reports an error.
	}
	return environment{
		args: os.Args, dir: dir, environ: os.Environ(),
		stdout: os.Stdout, stderr: os.Stderr,
		stdoutTerminal: isTerminal(os.Stdout), stderrTerminal: isTerminal(os.Stderr),
		grace: func() <-chan time.Time { return time.After(grace) },
	}
}

// The limits of saveMemory. Files that were made to take memory can have 54 MiB in use.
const (
	smallMemory = 44 << 20 // bytes
	largeHeap   = 60 << 20
	largeMemory = 144 << 20
	manyFiles   = 50
)

// saveMemory keeps the process small, unless the environment says how Go is to use memory. Garbage
// is collected whenever smallMemory is reached, so that one hostile file never makes the process
// take much.
//
// A large project takes what it needs: one with more than manyFiles files that declare something,
// whose number the returned function takes, or with a heap of which more than largeHeap is in use.
// Garbage is then collected whenever largeMemory is reached. Once two thirds of that are in use,
// the heap may grow by 75 % between two collections.
func saveMemory() (searched func(files int)) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	debug.SetGCPercent(-1) // only near the limit
	debug.SetMemoryLimit(smallMemory)
	afterCollection(func() bool {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		inUse, limit := live[0].Value.Uint64(), debug.SetMemoryLimit(-1)
		if inUse > largeMemory/3*2 {
			debug.SetGCPercent(75)
			debug.SetMemoryLimit(math.MaxInt64)
			return false
		}
		if inUse > largeHeap && limit == smallMemory {
			debug.SetMemoryLimit(largeMemory)
		}
		return true
	})
	return func(files int) {
		if files > manyFiles && debug.SetMemoryLimit(-1) == smallMemory {
			debug.SetMemoryLimit(largeMemory)
		}
	}
}

// afterCollection calls f after each garbage collection, until it returns false.
func afterCollection(f func() bool) {
	type garbage struct{ _ [16]byte } // not a tiny object, which others would keep alive
	runtime.AddCleanup(new(garbage), func(struct{}) {
		if f() {
			afterCollection(f)
		}
	}, struct{}{})
}

// isTerminal reports whether the file is probably a terminal.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// The exit codes.
const (
	exitOK       = 0
	exitFindings = 1 // the command ran, and errors were found
	exitFailure  = 2 // the command could not run
)

// environment is everything that a run uses besides the files of the module.
type environment struct {
	args           []string          // the first is the command's name as it was called
	dir            string            // the working folder, absolute
	environ        environ.Variables // for the programs that the run starts, too
	stdout, stderr io.Writer
	stdoutTerminal bool
	stderrTerminal bool
	// starts the timer after which an interrupted run is abandoned; nil means no limit
	grace func() <-chan time.Time
	// how long a program of check --run may take; 0 for a minute
	runLimit time.Duration
	// takes how many files declare something, before they are read; may be nil
	searched func(files int)
}

// errFindings says that errors were found and have been reported.
var errFindings = errors.New("errors were found")

// run runs the command and returns its exit code. It also returns if the context is done and the
// command hangs: any system call can block if a file system doesn't answer or a reader stops
// reading.
func run(ctx context.Context, env environment) int {
	if env.grace == nil {
		return runToEnd(ctx, env)
	}
	done := make(chan int, 2)
	go func() { done <- runToEnd(ctx, env) }()
	select {
	case code := <-done:
		return code
	case <-ctx.Done():
	}
	select {
	case code := <-done:
		return code
	case <-env.grace():
	}
	go func() { // This may block as well.
		defer func() { done <- exitFailure }()
		_ = report.Text(env.stderr, diag.List{ruleFailure.At("", diag.Pos{},
			"extract: interrupted while waiting for a file or for the reader of its output", "")})
	}()
	select {
	case <-done:
	case <-env.grace():
	}
	return exitFailure
}

// runToEnd runs the command and returns its exit code.
func runToEnd(ctx context.Context, env environment) int {
	out := &resultStream{w: env.stdout}
	env.stdout = out
	a := &app{environment: env, options: options{format: string(report.FormatText)},
		objects: &git.Objects{Environ: env.environ}}
	defer a.objects.Close()
	root := a.rootCommand()
	root.SetArgs(env.args[1:])
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case errors.Is(out.err, syscall.EPIPE):
		return exitFailure
	case out.err != nil:
		err = fail("cannot write the result: "+diag.Reason(out.err), "")
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case ctx.Err() != nil:
		err = fail("interrupted; no file is half written",
			"run the same command again")
	}
	a.complain(err)
	return exitFailure
}

// resultStream keeps the first error of writing the result, so that an incomplete result never
// looks complete.
type resultStream struct {
	w   io.Writer
	err error
}

func (s *resultStream) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	if s.err == nil {
		s.err = err
	}
	return n, err
}

// complain reports why the command could not run: on stderr, and in the report that was requested.
func (a *app) complain(err error) {
	list, ok := errors.AsType[diag.List](err)
	if finding, is := errors.AsType[diag.Finding](err); !ok && is {
		list, ok = diag.List{finding}, true
	}
	if !ok {
		list = diag.List{ruleFailure.At("", diag.Pos{}, err.Error(), "")}
	}
	list = a.withCall(list)
	for i := range list {
		if list[i].File == "" {
			list[i].Text = "extract: " + list[i].Text
		}
	}
	// If these writes fail, there is no other place to report it.
	_ = report.Text(a.stderr, list)
	if format, err := report.ParseFormat(a.format); err == nil && format != report.FormatText &&
		a.reports && !a.reported {
		_ = a.writeReport(format, list, nil)
	}
}

// arguments returns the check with an error that shows how to call the command.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check(cmd, args) != nil {
			return fail(fmt.Sprintf("wrong number of arguments: %d", len(args)),
				"usage: "+cmd.UseLine())
		}
		return nil
	}
}

// fail returns an error that is not about a file.
func fail(text, hint string) error {
	return ruleFailure.At("", diag.Pos{}, text, hint)
}

// failFile returns an error about a file as a whole.
func failFile(file string, err error, hint string) error {
	return ruleFailure.At(file, diag.Pos{}, diag.Reason(err), hint)
}

// app is one run of the command.
type app struct {
	environment
	options
	commands   []string                  // the names of the subcommands
	reports    bool                      // the command's result is a report of findings
	reported   bool                      // the report has been written
	made       int                       // files that were written before the planned ones
	readLazily bool                      // locale files are read when needed, and not kept
	objects    *git.Objects              // of the repositories
	histories  map[string]*ledgerHistory // of the ledger of each domain
	imported   *exchange.File            // the translations that import takes over
}

// options are the flags of all subcommands.
type options struct {
	chdir        string
	locales      string
	format       string
	diff         bool
	allowShrink  bool
	adopt        bool
	review       bool
	exact        bool
	run          bool
	base         string
	strict       bool
	failOn       []string
	min          []string
	lang         string
	full         bool
	overlay      string
	ledger       bool
	domain       string
	only         []string
	exportFormat string
	words        bool
	dryRun       bool
	madeFrom     string
	take         bool
	tool         string
	draftLimit   time.Duration
}

// workDir returns the folder that paths are relative to.
func (a *app) workDir() string {
	if filepath.IsAbs(a.chdir) {
		return filepath.Clean(a.chdir)
	}
	return filepath.Join(a.dir, a.chdir)
}

// command returns a program that is to run in a folder, with the variables of the run.
func (a *app) command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(slices.Clip(a.environ), "PWD="+dir)
	return cmd
}

// display returns a path as the user would type it.
func (a *app) display(path string) string {
	if rel, err := filepath.Rel(a.workDir(), path); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}

// rootCommand returns the command with its subcommands, ready to be executed once.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   commandName + " [packages]",
		Short: "Bring the locale files up to date with the codes declared in Go source",
		Long: `Extract brings the locale files up to date with the codes declared in Go source.

It adds new texts, empty. It marks a text as stale if the source text has changed.
It moves the texts of removed codes to _state, where it keeps what it knows about
each translation. It writes the source locale's file from Go, and records every code
ever issued in the ledger, codes.lock. The comments, order and quoting of a file are
kept.

Package arguments, as for the go command, select domains; a domain is always read
from the whole module. The default is ./..., or all modules of a workspace if the
working folder is in none of them but in that of a go.work file.

The exit code is 0 even if translations are missing, 1 if errors were found, and 2
if the command could not run.`,
		Example: `  extract
  extract ./shop/...
  extract --diff | git apply`,
		Version:           versions(),
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.reports = true
			return a.extract(cmd.Context(), args)
		},
	}
	root.PersistentFlags().StringVarP(&a.chdir, "chdir", "C", "", "change to `dir` before running")
	root.PersistentFlags().StringVar(&a.locales, "locales", "",
		"keep the locale files in `dir`; only for a single domain")
	root.SetVersionTemplate("{{.Version}}")
	root.Flags().Bool("version", false, "print the versions of the command, its files and CLDR")
	root.Flags().BoolVar(&a.review, "review", false,
		"texts that were written since the last run are to be reviewed")
	a.planFlags(root)
	a.gateFlags(root)
	a.formatFlag(root, reportFormats()...)

	root.AddCommand(a.checkCommand(), a.initCommand(), a.addCommand(), a.statusCommand(),
		a.lintCommand(), a.listCommand(), a.draftCommand(),
		a.explainCommand(), a.acceptCommand(), a.rejectCommand(), a.pruneCommand(), a.moveCommand(),
		a.pseudoCommand(), a.exportCommand(), a.importCommand(),
		a.adoptCommand(), a.diffCommand(), a.studioCommand(), a.siteCommand(),
		a.mergeDriverCommand())
	for _, sub := range root.Commands() {
		a.commands = append(a.commands, sub.Name())
	}
	return root
}

// planFlags adds the flags of the commands that make a plan.
func (a *app) planFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&a.diff, "diff", false,
		"print the changes as a patch for git apply; write nothing")
	flags.BoolVar(&a.allowShrink, "allow-shrink", false,
		"allow removing all codes, a third of a file's texts, or a file that has a state")
	flags.BoolVar(&a.adopt, "adopt", false,
		"treat the texts of a file whose state is missing as translations of the current source texts")
	flags.Var((*baseFlag)(&a.base), "base",
		"compare the codes with the ledger of this git `ref` or file")
}

// gateFlags adds the flags that turn warnings into errors.
func (a *app) gateFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&a.strict, "strict", false, "treat all warnings as errors")
	flags.StringSliceVar(&a.failOn, "fail-on", nil,
		"treat warnings of these `rules` as errors, such as missing,stale")
	flags.StringSliceVar(&a.min, "min", nil,
		"require that this share is translated, such as `de=95` percent")
}

// formatFlag adds the flag --format with the formats of the command. The first one is the default.
func (a *app) formatFlag(cmd *cobra.Command, formats ...string) {
	cmd.Flags().StringVar(&a.format, "format", formats[0],
		fmt.Sprintf("output `format`: %s", orList(formats)))
	complete := cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("format", complete); err != nil {
		panic(err) // The flag is defined right above.
	}
	cmd.PreRunE = func(*cobra.Command, []string) error { return checkFormat(a.format, formats) }
}

func reportFormats() []string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, string(f))
	}
	return names
}

// extract brings the locale files up to date.
func (a *app) extract(ctx context.Context, patterns []string) error {
	gate, err := a.gate()
	if err != nil {
		return err
	}
	if err := a.checkOneResult(); err != nil {
		return err
	}
	if a.diff {
		w, err := a.plan(ctx, patterns, a.planSync)
		if err != nil {
			return err
		}
		a.printPlan(w)
		if err := a.writePatch(w); err != nil {
			return err
		}
		w.settle()
		return a.report(w, gate)
	}
	w, err := a.update(ctx, patterns, a.planSync)
	if err != nil {
		return err
	}
	for _, j := range w.jobs {
		j.findings = append(j.findings, j.misspelled(a.call())...)
	}
	w.settle()
	return a.report(w, gate)
}

// checkOneResult returns an error if the flags ask for two results, which would both go to stdout.
func (a *app) checkOneResult() error {
	if a.diff && a.format != string(report.FormatText) {
		return fail(fmt.Sprintf("--diff and --format %s cannot be combined", a.format),
			"run the command twice")
	}
	return nil
}

// settle makes the plan that of the files as they are after the run, for the report.
func (w *work) settle() {
	for _, j := range w.jobs {
		if j.stopped && j.plan.Changed() { // Nothing was written.
			if plan, unusable := j.makePlan(false); len(unusable) == 0 {
				j.plan = plan
			}
			continue
		}
		for i := range j.plan.Files {
			if f := &j.plan.Files[i]; f.Old == nil && f.New != nil {
				j.files = append(j.files, merge.File{Name: f.Name, Tag: f.Tag})
			}
		}
	}
}

// noFiles completes package arguments with folders only.
func noFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// completeCodes completes the names of codes, with their titles.
func (a *app) completeCodes(
	cmd *cobra.Command, _ []string, _ string,
) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(d *domain) []string {
		var names []string
		for _, c := range d.Codes {
			names = append(names, cobra.CompletionWithDesc(report.Line(c.Name),
				report.Line(c.Texts[model.Title].Forms[plural.Other])))
		}
		return names
	})
}

// completeTags completes the tags of languages that have a file.
func (a *app) completeTags(
	cmd *cobra.Command, _ []string, _ string,
) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(d *domain) []string {
		var names []string
		for _, tag := range d.tags() {
			names = append(names, tag.String())
		}
		return names
	})
}

// complete completes names that the domains of the module have. If the module cannot be read, it
// completes nothing and reports nothing.
func (a *app) complete(
	cmd *cobra.Command, has func(*domain) []string,
) ([]string, cobra.ShellCompDirective) {
	var names []string
	a.stderrTerminal, a.allowShrink = false, true
	if p, err := a.load(cmd.Context(), nil); err == nil {
		for _, d := range p.domains {
			names = append(names, has(d)...)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
