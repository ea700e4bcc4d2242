// Package lint checks texts: those that a domain declares, and those of its locale files against
// them.
//
// Everything that is wrong with a text has a rule with a stable name; [Rules] is the table of them,
// and docs/lint.md tells it to users. A rule is switched off for a text by a translator's comment
// above its table, such as
//
//	# lint: allow same-as-source
//
// The package does no input or output. Whether a text is missing or stale is for package merge to
// find out; [States] says it.
package lint

import (
	"fmt"
	"path"
	"slices"
	"sync"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/state"
)

// Check returns what is wrong with the domain's texts in Go source and in the given files, sorted.
// It is [Checker.Go] and [Collector.File] of all files; the other arguments are those of
// [NewCollector].
func Check(
	d *model.Domain, files []*localefile.File, words *Glossary, gone func(code string) bool,
	named ...string,
) diag.List {
	s := NewCollector(d, words, gone, named...)
	lists := make([]diag.List, len(files)+1)
	var source *localefile.File
	var wait sync.WaitGroup
	for i, f := range files {
		if f.Tag == d.Source {
			source = f
		}
		wait.Go(func() { lists[i] = s.File(f) })
	}
	lists[len(files)] = s.checker.Go(source)
	wait.Wait()
	findings := slices.Concat(lists...)
	findings.Sort()
	return findings
}

// Checker checks the texts of a domain, one file at a time. It is immutable, and its methods may be
// called from several goroutines at a time.
type Checker struct {
	domain  *model.Domain
	source  *localeRules
	schema  *localefile.Schema
	sources []sourceText                 // in the domain's order
	index   func() map[localefile.ID]int // is made if a file has another order
	words   *Glossary
	public  bool // whether RuleShownNotPublic is on
}

// NewChecker prepares the check of a domain's files. There may be no glossary.
func NewChecker(d *model.Domain, words *Glossary) *Checker {
	n := d.NumMessages()
	c := &Checker{
		domain: d, source: newLocaleRules(d.Source), schema: localefile.NewSchema(d),
		sources: make([]sourceText, 0, n), words: words,
	}
	for m := range d.Messages() {
		c.sources = append(c.sources, newSourceText(m, c.source))
	}
	c.index = sync.OnceValue(func() map[localefile.ID]int {
		index := make(map[localefile.ID]int, n)
		for i := range c.sources {
			index[c.sources[i].message.ID] = i
		}
		return index
	})
	return c
}

// find returns the index of the source text of a text, or -1. Most often it is the one that the
// guess names, since files have the order of the domain.
func (c *Checker) find(id localefile.ID, guess int) int {
	if guess < len(c.sources) && c.sources[guess].message.ID == id {
		return guess
	}
	if i, ok := c.index()[id]; ok {
		return i
	}
	return -1
}

// File returns what is wrong with the texts of a file, in no order. The file must have been read
// without syntax findings; what [localefile.Read] says about its texts is not repeated.
//
// A file of the domain's source locale is a copy of what Go source says, so that only its
// placeholders are looked at. Texts that a file does not have are never a finding here, so that a
// sparse file, such as de-AT beside de, is as good as a full one.
func (c *Checker) File(f *localefile.File) diag.List {
	return c.file(f, func(localefile.ID) bool { return false })
}

// Override returns the errors of a file whose texts are shown in place of those that the domain
// has, in its source locale too. There a text need not be a copy, so it is checked like a
// translation. Warnings are not looked for.
func (c *Checker) Override(f *localefile.File) diag.List {
	comments, findings := c.entries(f)
	s := textCheck{findings: findings, onlyErrors: true}
	c.translations(f, comments, &s, func(localefile.ID) bool { return false })
	return s.findings.Errors()
}

// file is File for a file of which more is known than it says: which texts are to be stale.
func (c *Checker) file(f *localefile.File, stale func(localefile.ID) bool) diag.List {
	comments, findings := c.entries(f)
	if f.Tag == c.domain.Source {
		return findings
	}
	s := textCheck{findings: findings}
	c.translations(f, comments, &s, stale)
	return s.findings
}

// entries returns the comments of a file, and what is wrong with its entries as such.
func (c *Checker) entries(f *localefile.File) (commentsByID, diag.List) {
	comments, findings := readComments(f)
	faults := f.Check(c.schema)
	return comments, comments.without(f, slices.Concat(findings, faults, checkFields(f)))
}

// translations compares the texts of a file with the source texts.
func (c *Checker) translations(
	f *localefile.File, comments commentsByID, s *textCheck, stale func(localefile.ID) bool,
) {
	s.file, s.locale = f, newLocaleRules(f.Tag)
	s.locale.terms = c.words.termsOf(f.Tag)
	guess := 0
	for i := range f.Entries {
		e := &f.Entries[i]
		o := c.find(e.ID, guess)
		if o < 0 {
			continue
		}
		guess = o + 1
		if !e.Missing() {
			s.check(e, comments[e.ID], stale(e.ID), &c.sources[o], c.source)
		}
	}
}

// Go returns what is wrong with the texts in Go source. The file of the source locale, which may be
// nil, has the comments that switch off rules for them.
func (c *Checker) Go(file *localefile.File) diag.List {
	var comments commentsByID
	if file != nil {
		comments, _ = readComments(file) // Its findings are reported with the file's others.
	}
	s := textCheck{locale: c.source, declared: true, public: c.public}
	for i := range c.sources {
		s.checkDeclared(&c.sources[i], comments[c.sources[i].message.ID])
	}
	return s.findings
}

// Collector collects all that is wrong with a domain's texts while a plan for its files is made, so
// that no file has to be kept for it. One collector is for one plan.
type Collector struct {
	checker *Checker
	gone    func(code string) bool

	mu       sync.Mutex
	findings diag.List
	source   bool // the file of the source locale was met
}

// NewCollector returns a collector for the domain. There may be no glossary. The function, which
// may be nil, is called from several goroutines at a time and tells which codes are gone for good:
// that a file has texts of theirs is not a finding, since the plan deals with them. A rule for Go
// source that is off is looked for only if it is named, as in [Gate.FailOn].
func NewCollector(
	d *model.Domain, words *Glossary, gone func(code string) bool, named ...string,
) *Collector {
	checker := NewChecker(d, words)
	checker.public = slices.Contains(named, RuleShownNotPublic.ID)
	return &Collector{checker: checker, gone: gone}
}

// Inspect checks a file and the states of its texts. It is for [merge.Input].
func (s *Collector) Inspect(f *merge.FilePlan, file *localefile.File) {
	stale := map[localefile.ID]bool{}
	for _, text := range f.Left {
		stale[text.ID] = text.State == state.Stale
	}
	findings := append(s.file(file, func(id localefile.ID) bool { return stale[id] }),
		States(f, file)...)
	isSource := f.Role == state.Source
	if isSource {
		findings = append(findings, s.checker.Go(file)...)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings = append(s.findings, findings...)
	s.source = s.source || isSource
}

// File returns what is wrong with the texts of a file, in no order. It adds nothing to the
// collector.
func (s *Collector) File(file *localefile.File) diag.List {
	return s.file(file, func(localefile.ID) bool { return false })
}

func (s *Collector) file(file *localefile.File, stale func(localefile.ID) bool) diag.List {
	findings := s.checker.file(file, stale)
	unknown := func(f diag.Finding) bool { return f.Rule == localefile.RuleUnknownCode.ID }
	if s.gone == nil || !slices.ContainsFunc(findings, unknown) {
		return findings
	}
	owner := OwnersByPlace(file)
	return slices.DeleteFunc(findings, func(f diag.Finding) bool {
		return unknown(f) && s.gone(owner(f.Pos).Name)
	})
}

// Findings returns all that was found, sorted, that about Go source included. It is to be called
// when the plan is made.
func (s *Collector) Findings() diag.List {
	found := slices.Clone(s.findings)
	if !s.source {
		found = append(found, s.checker.Go(nil)...)
	}
	found.Sort()
	return found
}

// States returns a finding for each translation of a file that the plan takes for missing, stale or
// to be reviewed, unless a comment in the file allows it, and one at the first obsolete text if
// there are any. The file is the one that the plan was made of.
func States(f *merge.FilePlan, file *localefile.File) diag.List {
	if f.Role == state.Source || len(f.Left)+len(f.Parked) == 0 {
		return nil
	}
	comments, _ := readComments(file) // Its findings are reported with the file's others.
	var findings diag.List
	for _, text := range f.Left {
		rule, says, hint := stateFinding(text)
		if comments[text.ID].allows(rule.ID) {
			continue
		}
		findings = append(findings, rule.At(f.Name, text.Pos, says, hint))
	}
	if n := len(f.Parked); n > 0 {
		says := fmt.Sprintf("%d obsolete texts", n)
		if n == 1 {
			says = "1 obsolete text"
		}
		findings = append(findings, RuleObsolete.At(
			path.Join(path.Dir(f.Name), merge.ObsoleteName(f.Tag)), f.Parked[0].Pos,
			says, "extract prune deletes them"))
	}
	return findings
}

// stateFinding returns the rule, text and hint for a text that is not translated as it should be.
func stateFinding(text merge.Text) (rule diag.Rule, says, hint string) {
	switch text.State {
	case state.Stale:
		return RuleStale, fmt.Sprintf("the source text of %v has changed since it was translated",
				text.ID),
			"change the translation, or write \"#, ok\" in the place of \"#, stale\" if it is right as it is"
	case state.Review:
		return RuleReview, fmt.Sprintf("%v is waiting for review", text.ID),
			"change the translation, or write \"#, ok\" in the place of \"#, review\" if it is right as " +
				"it is"
	}
	return RuleMissing, fmt.Sprintf("%v is not translated", text.ID), ""
}

// CoverageOf returns how many of the forms of each target locale are there after the plan. A
// variant is left out, since nothing is missing in it.
func CoverageOf(p *merge.Plan) []Coverage {
	var all []Coverage
	for _, f := range p.Files {
		if f.Role == state.Target {
			all = append(all, Coverage{File: f.Name, Tag: f.Tag, Translated: f.Summary.Filled,
				Total: f.Summary.Forms})
		}
	}
	return all
}
