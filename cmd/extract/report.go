package main

import (
	"errors"
	"os"
	"runtime/debug"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/report"
)

// gate returns what the flags say about warnings.
func (a *app) gate() (lint.Gate, error) {
	gate := lint.Gate{Strict: a.strict, FailOn: a.failOn, Min: map[language.Tag]float64{}}
	for _, s := range a.min {
		tag, least, err := lint.ParseMin(s)
		if err != nil {
			return gate, fail(err.Error(), "")
		}
		gate.Min[tag] = least
	}
	if err := gate.Check(rules()); err != nil {
		return gate, fail(err.Error(), "")
	}
	return gate, nil
}

// report writes what is to be said about the files, and returns [errFindings] if an error is part of it.
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
		// Lines for whoever reads along; the others are counted in the line of their file.
		var lines diag.List
		for _, f := range judged {
			if f.Severity == diag.Error || !isState(f.Rule) {
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

// tellSource says on stderr what is wrong in Go source, for commands of which that is not the result. It returns
// [errFindings] if an error is part of it, so that what they show or write may not be all.
func (a *app) tellSource(p *project) error {
	// There is nobody left to tell if it cannot be written.
	_ = report.Text(a.stderr, a.withCall(p.findings))
	if len(p.findings.Errors()) > 0 {
		return errFindings
	}
	return nil
}

// writeReport writes a report for programs to stdout and, where GitHub wants one, the summary of a job to its file.
func (a *app) writeReport(format report.Format, findings diag.List, files []string) error {
	a.reported = true
	run := report.Run{Findings: findings, Files: files, Rules: rules(), Version: version()}
	if format != report.FormatJSON {
		run.Findings, run.Files = a.fromRepository(findings, files)
	}
	err := run.Write(a.stdout, format)
	if name := a.getenv("GITHUB_STEP_SUMMARY"); name != "" && format == report.FormatGitHub {
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

// version returns the version of the command, as far as it is known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	if info.Main.Path == "github.com/errlingo/errlingo" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	for _, m := range info.Deps {
		if m.Path == "github.com/errlingo/errlingo" {
			return m.Version
		}
	}
	return ""
}
