package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/report"
)

func (a *app) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check [packages]",
		Short: "Report what extract would change and what is wrong; write nothing",
		Long: `Check reports what extract would change, and writes nothing.

It is an error if a file is out of date, unless only the comments or the state of a
translated file differ; with --exact these count too. These are errors as well: a
wrong placeholder or plural form, a source text edited in a locale file, and a change
to a code that breaks its users, such as a different number, name or status, or a
removed param. Missing and stale texts and matters of style are warnings; --fail-on,
--min and --strict turn them into errors. In text format, missing, stale and obsolete
texts are counted, not listed.

With --run, check also builds and runs a program that imports the packages, and compares
what it declares with what was read. This executes the code of the module: its init
functions and package-level variables, but not main. Nothing is written to the module.

With --format github in GitHub Actions, check also writes the job summary.`,
		Example: `  extract check
  extract check --min de=95,fr=80 --fail-on stale
  extract check --base origin/main --format sarif
  extract check --run`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.reports = true
			return a.check(cmd.Context(), args)
		},
	}
	a.planFlags(cmd)
	cmd.Flags().BoolVar(&a.exact, "exact", false, "fail if extract would change a single byte")
	cmd.Flags().BoolVar(&a.run, "run", false,
		"run the packages' code and compare what it declares with what was read")
	a.gateFlags(cmd)
	a.formatFlag(cmd, reportFormats()...)
	return cmd
}

func (a *app) check(ctx context.Context, patterns []string) error {
	gate, err := a.gate()
	if err != nil {
		return err
	}
	if err := a.checkOneResult(); err != nil {
		return err
	}
	a.readLazily = true
	w, err := a.plan(ctx, patterns, a.planCheck)
	if err != nil {
		return err
	}
	if a.base != "" {
		for _, j := range w.jobs {
			j.keepRetired()
		}
	}
	if a.run {
		found, err := a.compareRunning(ctx, w.project)
		if err != nil {
			return err
		}
		w.project.findings = append(w.project.findings, found...)
	}
	a.printPlan(w)
	outdated := 0
	for _, j := range w.jobs {
		found := a.outdated(j)
		outdated += len(found)
		j.findings = append(j.findings, found...)
	}
	switch {
	case a.diff:
		if err := a.writePatch(w); err != nil {
			return err
		}
	case outdated > 0 || w.blocked():
	case w.changes() == 0:
		fmt.Fprintln(a.resultWriter(), "up to date")
	default:
		fmt.Fprintf(a.resultWriter(), "up to date except for comments or state in %s\n",
			counted(w.changes(), "file"))
	}
	return a.report(w, gate)
}

// keepRetired removes the change of the ledger, and its output line, if all it does is to drop
// retired codes.
func (j *job) keepRetired() {
	if slices.ContainsFunc(j.changes, onlyDropsRetired) {
		j.changes = slices.DeleteFunc(j.changes, onlyDropsRetired)
		j.lines = slices.DeleteFunc(j.lines, func(line string) bool {
			return strings.HasPrefix(line, ledger.Name+":")
		})
	}
}

// onlyDropsRetired reports whether a change is to the ledger and only drops retired codes. With a
// base, those codes were never released, so it makes no difference whether they are listed.
func onlyDropsRetired(c change) bool {
	if c.name != ledger.Name || c.old == nil {
		return false
	}
	old, findings := ledger.Parse(c.name, c.old)
	next, _ := ledger.Parse(c.name, c.new)
	stays := map[string]bool{}
	var lines, kept []string
	for _, e := range next.Entries() {
		stays[e.String()] = true
		lines = append(lines, e.String())
	}
	for _, e := range old.Entries() {
		if line := e.String(); !e.Retired || stays[line] {
			kept = append(kept, line)
		}
	}
	return len(findings) == 0 && slices.Equal(kept, lines)
}

// firstDifference returns the first position in old at which the two differ.
func firstDifference(old, replacement []byte) diag.Pos {
	at := 0
	for at < len(old) && at < len(replacement) && old[at] == replacement[at] {
		at++
	}
	return diag.NewLines(old).At(at)
}

// gate returns the gate that the flags define.
func (a *app) gate() (lint.Gate, error) {
	gate := lint.Gate{Strict: a.strict, FailOn: a.failOn, Min: map[language.Tag]float64{}}
	for _, s := range a.min {
		tag, least, err := lint.ParseMin(s)
		if err != nil {
			return gate, failGate(err)
		}
		gate.Min[tag] = least
	}
	if err := gate.Check(rules()); err != nil {
		return gate, failGate(err)
	}
	return gate, nil
}

func failGate(err error) error {
	if wrong, ok := errors.AsType[*lint.GateError](err); ok {
		return fail(wrong.Text, wrong.Hint)
	}
	return fail(err.Error(), "")
}

// report writes all findings, and returns [errFindings] if one of them is an error.
func (a *app) report(w *work, gate lint.Gate) error {
	return a.reportFindings(gate.Apply(w.all(), w.coverage(gate.Min)), w.files())
}

func (a *app) reportFindings(judged diag.List, files []string) error {
	judged = a.withCall(judged)
	format, err := report.ParseFormat(a.format)
	if err != nil {
		return err
	}
	if format == report.FormatText {
		// Warnings about states are only counted, in the line of their file.
		var lines diag.List
		for _, f := range judged {
			if f.Severity == diag.Error || !lint.IsState(f.Rule) {
				lines = append(lines, f)
			}
		}
		err = report.Text(a.stderr, lines)
	} else {
		err = a.writeReport(format, judged, files)
	}
	if err == nil && len(judged.Errors()) > 0 {
		err = errFindings
	}
	return err
}

// reportSource writes the findings about Go source to stderr, for commands whose result is
// something else. It returns [errFindings] if one of them is an error, since the result may then be
// incomplete.
func (a *app) reportSource(p *project) error {
	// If this write fails, there is no other place to report it.
	_ = report.Text(a.stderr, a.withCall(p.findings))
	if len(p.findings.Errors()) > 0 {
		return errFindings
	}
	return nil
}

// writeReport writes a machine-readable report to stdout and, for GitHub, the job summary to its
// file.
func (a *app) writeReport(format report.Format, findings diag.List, files []string) error {
	a.reported = true
	run := report.Run{Findings: findings, Files: files, Rules: rules(), Version: version()}
	if format != report.FormatJSON {
		run.Findings, run.Files = a.fromRepository(findings, files)
	}
	err := run.Write(a.stdout, format)
	if name := a.environ.Get("GITHUB_STEP_SUMMARY"); name != "" && format == report.FormatGitHub {
		err = errors.Join(err, appendSummary(name, run.Findings))
	}
	return err
}

func appendSummary(name string, findings diag.List) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	return errors.Join(report.Summary(f, findings), f.Close())
}
