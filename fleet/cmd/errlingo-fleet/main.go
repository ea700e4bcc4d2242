// Command errlingo-fleet publishes the texts of a Go module to the servers that follow them over
// NATS JetStream, and shows which server has which texts.
//
//	errlingo-fleet key fleet.key
//	errlingo-fleet publish --key fleet.key
//	errlingo-fleet rollout status --trust fleet.key.pub
//
// Package fleet is for the programs that follow. docs/fleet.md describes all of it.
//
// # JSON
//
// With --json, a command prints one object on standard output. New keys may be added; those that
// are there stay. What is wrong is text on standard error, and the exit code is the same as without
// --json.
//
//	key              key, public: files; id: the name of the key in messages
//	publish          domain, published, pack, locales, left_out, release: the current one;
//	                 created: streams that the server didn't have
//	                 with --diff: compared_with: a revision;
//	                 changes: list of locale, id, count, old, new
//	rollout status   domain, release: the current one or null;
//	                 current, present, updated: numbers of servers;
//	                 nodes: list of node, domain, revision, pack, git, left_out, refused, state,
//	                 seen, due; state is "current", "behind", "ahead", "refused" or "gone";
//	                 due is when the next report is
//	rollout list     domain, releases: newest first
//	rollout share    domain, release: the new one
//	rollout back     domain, release: the new one; earlier: the one whose texts it has
//
// A release has domain, revision, pack, share in percent, rest, back, time and note; back is the
// revision whose texts a rollback publishes again. A pack, and the rest, has digest, size,
// fingerprint and git. The pack of a node is a digest, or missing if it shows the texts of its
// program.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/fleet/internal/store"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/environ"
	"github.com/errlingo/errlingo/internal/report"
)

const commandName = "errlingo-fleet"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // The second signal ends the process.
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // Whatever needs the folder reports an error.
	}
	os.Exit(run(ctx, environment{args: os.Args[1:], dir: dir, environ: os.Environ(),
		stdout: os.Stdout, stderr: os.Stderr}))
}

// The exit codes.
const (
	exitOK       = 0
	exitFindings = 1 // the texts have errors, or the servers are not where they should be
	exitFailure  = 2 // the command could not run
)

// grace is how long an interrupted run has to end by itself. A connection that is just being made
// does not end before its timeout.
const grace = 200 * time.Millisecond

// environment is everything that a run uses besides files and the network.
type environment struct {
	args           []string
	dir            string // the working folder
	environ        environ.Variables
	stdout, stderr io.Writer
}

// errFindings says that what was found has been reported.
var errFindings = errors.New("errors were found")

// run runs the command and returns its exit code.
func run(ctx context.Context, env environment) int {
	done := make(chan int, 1)
	go func() { done <- runToEnd(ctx, env) }()
	select {
	case code := <-done:
		return code
	case <-ctx.Done():
	}
	select {
	case code := <-done:
		return code
	case <-time.After(grace):
		(&app{environment: env}).complain(errInterrupted)
		return exitFailure
	}
}

// errInterrupted says that a signal has ended the run.
var errInterrupted = fail("interrupted; a release is published as a whole or not at all",
	"\"rollout list\" shows whether it was")

func runToEnd(ctx context.Context, env environment) int {
	a := &app{environment: env}
	root := a.rootCommand()
	root.SetArgs(env.args)
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case ctx.Err() != nil:
		err = errInterrupted
	}
	a.complain(err)
	return exitFailure
}

// complain reports why the command could not run.
func (a *app) complain(err error) {
	list, is := errors.AsType[diag.List](err)
	if finding, one := errors.AsType[diag.Finding](err); !is && one {
		list, is = diag.List{finding}, true
	}
	if !is {
		list = diag.List{diag.RuleFailure.At("", diag.Pos{}, err.Error(), "")}
	}
	for i := range list {
		if list[i].File == "" {
			list[i].Text = commandName + ": " + list[i].Text
		}
	}
	_ = report.Text(a.stderr, list) // There is no other place to report it.
}

// fail returns an error that is not about a file.
func fail(text, hint string) error { return diag.RuleFailure.At("", diag.Pos{}, text, hint) }

// failFile returns an error about a file as a whole.
func failFile(file string, err error, hint string) error {
	return diag.RuleFailure.At(file, diag.Pos{}, diag.Reason(err), hint)
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

// onlySubcommands is the check of a command that does nothing by itself: an argument can only be a
// misspelled subcommand.
func onlySubcommands(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return fail(fmt.Sprintf("unknown command %q", cmd.CommandPath()+" "+args[0]),
		diag.DidYouMean(args[0], names, "the commands are "+strings.Join(names, ", ")))
}

// app is one run of the command.
type app struct {
	environment
	options
}

// options are the flags of all subcommands.
type options struct {
	chdir    string
	domain   string
	server   string
	creds    string
	bucket   string
	replicas int
	key      string
	trust    []string
	json     bool
}

// path returns the place of a file that a flag or an argument names.
func (a *app) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.workDir(), name)
}

// workDir returns the folder that paths are relative to.
func (a *app) workDir() string {
	if filepath.IsAbs(a.chdir) {
		return a.chdir
	}
	return filepath.Join(a.dir, a.chdir)
}

// rootCommand returns the command with its subcommands, ready to be executed once.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   commandName,
		Short: "Publish texts to the servers that follow them",
		Long: `Errlingo-fleet publishes the texts of a Go module to the servers that follow them, so
that a corrected sentence reaches every reader within a second, without a deployment.
The texts travel through NATS JetStream, signed. Only texts do: numbers, statuses and all
else that a program decides by stay in the program.

Make a key once, and put the public one into the programs. They call fleet.Follow of
package github.com/errlingo/errlingo/fleet. Then edit a locale file and publish.

The exit code is 0 if all is well, 1 if the texts have errors or servers lack the current
release (rollout status --wait), and 2 if the command could not run.`,
		Example: `  errlingo-fleet key fleet.key
  errlingo-fleet publish --key fleet.key --first
  errlingo-fleet publish --key fleet.key --diff --dry-run
  errlingo-fleet publish --key fleet.key --note "typo in German"
  errlingo-fleet rollout status --trust fleet.key.pub`,
		Args:          onlySubcommands,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRun: func(*cobra.Command, []string) {
			// It may have a password, so it is not a default that help shows.
			a.server = cmp.Or(a.server, a.environ.Get("NATS_URL"), nats.DefaultURL)
		},
	}
	flags := root.PersistentFlags()
	flags.StringVarP(&a.chdir, "chdir", "C", "", "change to `dir` before running")
	flags.StringVar(&a.domain, "domain", "",
		"the `name` of the domain; needed only if the module declares several, or is not here")
	flags.StringVar(&a.server, "server", "",
		"the `address` of a NATS server, or several with commas; $NATS_URL if it is not given, "+
			"else "+nats.DefaultURL)
	flags.StringVar(&a.creds, "creds", "", "log in to the server with this credentials `file`")
	flags.StringVar(&a.bucket, "bucket", store.DefaultBucket, "the `name` of the bucket")
	flags.IntVar(&a.replicas, "replicas", 1,
		"how many servers of a cluster keep each bucket that is made")
	flags.StringVar(&a.key, "key", "", "sign with the private key in this `file`")
	flags.StringArrayVar(&a.trust, "trust", nil,
		"trust releases that are signed with the public key in this `file`, too")
	flags.BoolVar(&a.json, "json", false, "print the result as JSON")
	root.AddCommand(a.keyCommand(), a.publishCommand(), a.rolloutCommand())
	return root
}

// version returns the version of the module that the command was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "(devel)"
}

// print writes lines that may quote what comes from the server or from files.
func (a *app) print(lines string) error {
	_, err := io.WriteString(a.stdout, report.Lines(strings.TrimSuffix(lines, "\n"))+"\n")
	return err
}

// note writes a line about the run that is not part of its result.
func (a *app) note(format string, args ...any) {
	fmt.Fprintln(a.stderr, report.Line(fmt.Sprintf(format, args...)))
}

// counted returns a number with a noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
