package lint

import (
	"slices"
	"sync"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
)

// Survey collects all that is wrong with a domain's texts while a plan for its files is made, so that no file has to be
// kept for it. One survey is for one plan.
type Survey struct {
	checker *Checker
	gone    func(code string) bool

	mu       sync.Mutex
	findings diag.List
	source   bool // the file of the source locale was met
}

// NewSurvey returns a survey of the domain. The function, which may be nil, is called from several goroutines at a time and
// tells which codes are gone for good: that a file has texts of theirs is no finding, since the plan deals with them.
func NewSurvey(d *model.Domain, gone func(code string) bool) *Survey {
	return &Survey{checker: NewChecker(d), gone: gone}
}

// Inspect checks a file and the states of its texts. It is for [merge.Input].
func (s *Survey) Inspect(f *merge.FilePlan, file *localefile.File) {
	stale := map[localefile.ID]bool{}
	for _, text := range f.Left {
		stale[text.ID] = text.State == merge.Stale
	}
	findings := append(s.file(file, func(id localefile.ID) bool { return stale[id] }), States(f, file)...)
	if f.Source {
		findings = append(findings, s.checker.Go(file)...)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings = append(s.findings, findings...)
	s.source = s.source || f.Source
}

// File returns what is wrong with the texts of a file, in no order. It adds nothing to the survey.
func (s *Survey) File(file *localefile.File) diag.List {
	return s.file(file, func(localefile.ID) bool { return false })
}

func (s *Survey) file(file *localefile.File, stale func(localefile.ID) bool) diag.List {
	findings := s.checker.file(file, stale)
	unknown := func(f diag.Finding) bool { return f.Rule == localefile.RuleUnknownCode }
	if s.gone == nil || !slices.ContainsFunc(findings, unknown) {
		return findings
	}
	owner := ownersByPlace(file)
	return slices.DeleteFunc(findings, func(f diag.Finding) bool { return unknown(f) && s.gone(owner(f.Pos).Name) })
}

// Findings returns all that was found, sorted, that about Go source included. It is to be called when the plan is made.
func (s *Survey) Findings() diag.List {
	found := slices.Clone(s.findings)
	if !s.source {
		found = append(found, s.checker.Go(nil)...)
	}
	found.Sort()
	return found
}
