package pack

import (
	"fmt"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/pattern"
)

// For returns the texts of the pack that a program with these declarations can show.
//
// If the pack was made for the same declarations, every error that lint finds is one of the pack,
// and For refuses it: the error is a [diag.List]. If not, the program is older or newer than the
// pack. Then texts that depend on what the two do not share are left out, so that the program shows
// those that it has for them; all other errors still refuse the pack. The second result lists the
// texts that were left out, up to a limit for each file.
//
// Which texts are missing is of no importance, since the program has texts of its own.
func (p *Pack) For(d *model.Domain) (*Pack, diag.List, error) {
	if p.Domain != d.Name {
		return nil, nil, fmt.Errorf("the pack has the texts of domain %q, not of %q; "+
			"publish it under its own name", p.Domain, d.Name)
	}
	f := fitter{
		checker: lint.NewChecker(d, nil), same: p.Fingerprint == Fingerprint(d),
		codes: map[string]bool{}, messages: map[localefile.ID]model.Message{},
	}
	for _, name := range d.CodeNames() {
		f.codes[name] = true
	}
	for m := range d.Messages() {
		f.messages[m.ID] = m
	}
	fit := &Pack{Domain: p.Domain, Fingerprint: p.Fingerprint}
	for _, one := range p.files {
		fit.files = append(fit.files, f.file(one))
	}
	if refused := f.refused.List(); len(refused) > 0 {
		return nil, nil, refused.OfDomain(d.Name)
	}
	return fit, f.left.List().OfDomain(d.Name), nil
}

// fitter takes from a pack the texts that a program can show.
type fitter struct {
	checker       *lint.Checker
	same          bool // the pack is for the program's declarations
	codes         map[string]bool
	messages      map[localefile.ID]model.Message
	refused, left diag.Collector
	name          string // of the file at hand
}

// file returns the file without the texts that are left out.
func (f *fitter) file(from file) file {
	parsed, syntax, texts := localefile.Read(from.name, from.tag, []byte(from.text))
	if faults := append(syntax, texts...); len(faults) > 0 {
		for _, fault := range faults {
			f.refused.Add(fault)
		}
		return from
	}
	f.name = from.name
	all := len(parsed.Entries)
	if !f.same {
		// Lint lists only some of a file's unknown names, so they are looked for here.
		parsed.Entries = slices.DeleteFunc(parsed.Entries, func(e localefile.Entry) bool {
			return f.isUndeclared(&e) || f.hasUnknownPlaceholder(&e)
		})
	}
	drop := f.check(parsed)
	parsed.Entries = slices.DeleteFunc(parsed.Entries, func(e localefile.Entry) bool {
		return drop[e.ID] || f.isUndeclared(&e)
	})
	if len(parsed.Entries) == all {
		return from
	}
	return file{from.name, from.tag, render(parsed.Entries, lint.Excuses(parsed))}
}

// check reports the errors of a file, and returns the texts to leave out because of them. Findings
// have the ID of their text in place of a position, since nobody has edited the file.
func (f *fitter) check(parsed *localefile.File) map[localefile.ID]bool {
	found := f.checker.Override(parsed)
	if len(found) == 0 {
		return nil
	}
	drop := map[localefile.ID]bool{}
	owner := lint.OwnersByPlace(parsed)
	for _, finding := range found {
		id := owner(finding.Pos)
		finding.Text = fmt.Sprintf("%v: %s", id, finding.Text)
		finding.Pos, finding.Fix = diag.Pos{}, diag.Fix{}
		if !f.same && slices.Contains(relative, finding.Rule) {
			drop[id] = true
			f.left.Add(finding)
		} else {
			f.refused.Add(finding)
		}
	}
	return drop
}

// relative are the rules that a text breaks or not depending on what the program declares.
var relative = []string{
	lint.RuleMissingPlaceholder.ID, lint.RuleNearMiss.ID, lint.RuleImpossibleCategory.ID,
}

// isUndeclared reports whether the program has no such text. Load shows a help even for a code that
// was declared without one, but lint checks only what has a source text.
func (f *fitter) isUndeclared(e *localefile.Entry) bool {
	if _, has := f.messages[e.ID]; has {
		return false
	}
	rule := localefile.RuleUnknownCode
	switch {
	case e.ID.Name == localefile.Labels:
		rule = localefile.RuleUnknownLabel
	case e.ID.Name == localefile.Phrases:
		rule = localefile.RuleUnknownPhrase
	case f.codes[e.ID.Name]:
		rule = localefile.RuleUnknownPart
	}
	f.leave(e, rule, "the program declares no such text")
	return true
}

// hasUnknownPlaceholder reports whether a text has a placeholder for a param that it does not have
// in the program.
func (f *fitter) hasUnknownPlaceholder(e *localefile.Entry) bool {
	m := f.messages[e.ID]
	for _, form := range e.Forms {
		placeholders, _ := pattern.Placeholders(form.Text)
		for _, p := range placeholders {
			if m.ParamIndex(p.Name) < 0 {
				f.leave(e, pattern.RuleUnknownPlaceholder,
					fmt.Sprintf("unknown placeholder {{.%s}}", diag.Cut(p.Name)))
				return true
			}
		}
	}
	return false
}

// leave reports a text that is left out.
func (f *fitter) leave(e *localefile.Entry, rule diag.Rule, text string) {
	f.left.Add(rule.At(f.name, diag.Pos{}, fmt.Sprintf("%v: %s", e.ID, text),
		"the pack is for another version of the program; readers get the program's own text"))
}
