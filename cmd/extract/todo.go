package main

import (
	"fmt"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/merge"
)

// todoText is a text that somebody has to look at.
type todoText struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// todoFault is what is wrong with a text that is there: an error, or a plural form that it lacks.
type todoFault struct {
	Rule   string `json:"rule"`
	Text   string `json:"text"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// writeTodo writes what is left to do, a line a text or fault.
func (a *app) writeTodo(all []localeStatus) error {
	var b strings.Builder
	for _, s := range all {
		line := func(line, column int, text string) {
			at := diag.Finding{File: s.File, Pos: diag.Pos{Line: line, Column: column}}.At()
			fmt.Fprintf(&b, "%s: %s\n", at, text)
		}
		for _, t := range s.Left {
			line(t.Line, t.Column, t.ID+" "+t.State)
		}
		for _, f := range s.Faults {
			line(f.Line, f.Column, f.Text)
		}
	}
	if b.Len() == 0 {
		b.WriteString("nothing left to do\n")
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

func todoFaults(file *merge.FilePlan, findings diag.List) []todoFault {
	var faults []todoFault
	for _, f := range findings {
		if f.File == file.Name && (f.Severity == diag.Error || f.Rule == lint.RuleMissingCategory) {
			faults = append(faults, todoFault{f.Rule, f.Text, f.Line, f.Column})
		}
	}
	return faults
}

func todoTexts(f *merge.FilePlan) []todoText {
	var left []todoText
	for _, t := range f.Left {
		left = append(left, todoText{t.ID.String(), t.State.String(), t.Pos.Line, t.Pos.Column})
	}
	return left
}
