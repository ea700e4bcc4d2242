package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"syscall"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/report"
)

// The exit codes.
const (
	exitOK       = 0
	exitFindings = 1 // the command ran, and errors were found
	exitFailure  = 2 // the command could not run
)

// environment is all that a run touches, besides the files of the module.
type environment struct {
	args           []string // the first one is the command as it was called
	dir            string   // the working folder, absolute
	getenv         func(string) string
	stdout, stderr io.Writer
	stdoutTerminal bool
	stderrTerminal bool
	saveMemory     func() // makes the process use less memory and a little more time; may be nil
}

// errFindings says that errors were found and have been reported.
var errFindings = errors.New("errors were found")

// run runs the command and returns its exit code.
func run(ctx context.Context, env environment) int {
	out := &resultStream{w: env.stdout}
	env.stdout = out
	a := &app{environment: env, options: options{format: string(report.FormatText)}}
	root := a.rootCommand()
	root.SetArgs(env.args[1:])
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case errors.Is(out.err, syscall.EPIPE):
		return exitFailure
	case out.err != nil:
		err = fail("the result cannot be written: "+reason(out.err), "")
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case ctx.Err() != nil:
		err = fail("interrupted; every file has its old bytes or its new ones", fmt.Sprintf("run %q again", a.call()))
	}
	a.complain(err)
	return exitFailure
}

// resultStream keeps the first error of writing the result, so that no result is taken for whole that is not.
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

// complain says why the command could not run: on stderr, and also in the report that was asked for.
func (a *app) complain(err error) {
	list, ok := errors.AsType[diag.List](err)
	if finding, is := errors.AsType[diag.Finding](err); !ok && is {
		list, ok = diag.List{finding}, true
	}
	if !ok {
		list = diag.List{{Severity: diag.Error, Rule: ruleFailure, Text: err.Error()}}
	}
	list = a.withCall(list)
	for i := range list {
		if list[i].File == "" {
			list[i].Text = "extract: " + list[i].Text
		}
	}
	// There is nobody left to tell if these cannot be written.
	_ = report.Text(a.stderr, list)
	if format, err := report.ParseFormat(a.format); err == nil && format != report.FormatText && a.reports && !a.reported {
		_ = a.writeReport(format, list, nil)
	}
}

// fail returns an error that is about no file.
func fail(text, hint string) error {
	return diag.Finding{Severity: diag.Error, Rule: ruleFailure, Text: text, Hint: hint}
}

// failFile returns an error about a file as a whole.
func failFile(file string, err error, hint string) error {
	return diag.Finding{File: file, Severity: diag.Error, Rule: ruleFailure, Text: reason(err), Hint: hint}
}

// app is one run of the command.
type app struct {
	environment
	options
	commands []string // the names of the subcommands
	reports  bool     // the command's result is a report of findings
	reported bool     // it has been written
	fleeting bool     // locale files are read when they are planned for, and not kept
	explains bool     // the command shows texts with example arguments
}

// options are the flags of all subcommands.
type options struct {
	chdir       string
	locales     string
	format      string
	diff        bool
	allowShrink bool
	base        string
	strict      bool
	failOn      []string
	min         []string
	lang        string
	full        bool
	ledger      bool
}

// workDir returns the folder that paths are relative to.
func (a *app) workDir() string {
	if filepath.IsAbs(a.chdir) {
		return filepath.Clean(a.chdir)
	}
	return filepath.Join(a.dir, a.chdir)
}

// display returns a path as the reader would type it.
func (a *app) display(path string) string {
	if rel, err := filepath.Rel(a.workDir(), path); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}
