package merge

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/format"
	"github.com/errlingo/errlingo/internal/locale"
	"github.com/errlingo/errlingo/internal/localeedit"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/state"
	"github.com/errlingo/errlingo/internal/threeway"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// newPlanner reads the files. They are not to be planned for if there are findings. The planner may
// be used until the reader reads another file.
func newPlanner(d *domain, f File, r *localefile.Reader) (*planner, diag.List) {
	p := &planner{FilePlan: FilePlan{Name: f.Name, Tag: f.Tag}, domain: d, locale: format.For(f.Tag),
		once: f.Read != nil}
	var err error
	if p.content, err = f.content(); err != nil {
		return p, diag.List{unreadable(f.Name, err)}
	}
	p.create = p.Tag == d.Source && d.create
	unusable := slices.Concat(p.readText(r), p.readState(), p.readObsolete())
	if len(unusable) == 0 {
		unusable = p.checkAdoption()
	}
	if len(unusable) > 0 {
		return p, unusable
	}
	p.recall()
	p.translated = make([]bool, len(d.messages))
	return p, nil
}

// readText reads the locale file. Of the source locale's, which is generated, the first side of
// each conflict counts; in another one, a conflict is settled if nobody has to decide anything: it
// is about extract's own lines, or about tables that a branch has added.
func (p *planner) readText(r *localefile.Reader) (syntax diag.List) {
	old, text := p.content.Text, p.content.Text
	if p.Tag == p.domain.Source {
		text, _, _ = localefile.Sides(text)
	} else {
		text = localefile.Settle(text)
		if ancestor := p.content.Ancestor; ancestor != nil {
			if settled, ok := threeway.Settle(ancestor, text, p.domain.renameName); ok {
				text = settled
			}
		}
	}
	if p.create {
		old = nil
	}
	p.live, syntax, p.texts = localeedit.Read(r, p.Name, p.Tag, old, text, p.domain.rename)
	for i := range syntax {
		if syntax[i].Rule == tomldoc.RuleConflict.ID {
			syntax[i].Hint = "keep one version of the text, and delete the lines with the markers; " +
				"if git merges text by text, fewer conflicts are left: extract merge-driver --help"
		}
	}
	return syntax
}

// readState reads the state, and finds out what the file is to its domain.
func (p *planner) readState() diag.List {
	name := path.Join(path.Dir(p.Name), StateName(p.Tag))
	facts, findings := state.Parse(name, p.content.State)
	p.facts, p.hadFacts = facts, facts.Len() > 0
	p.changed = facts.Rename(p.domain.renameName)
	header := facts.Header
	p.facts.Header.Domain, p.facts.Header.Overlay = p.domain.Name, p.domain.Overlay
	if p.Tag == p.domain.Source {
		p.facts.Header = state.Header{Domain: p.domain.Name, Role: state.Source}
	} else if role := p.facts.Header.Role; role != state.Target && role != state.Variant {
		p.facts.Header = headerOf(p.domain.Input, p.Tag, p.domain.tags(), false)
	}
	p.Role, p.Parent = p.facts.Header.Role, p.facts.Header.Parent
	p.past = sync.OnceValue(func() *state.Set {
		past := new(state.Set)
		if p.domain.History != nil {
			past, _ = state.Parse(name, p.domain.History(p.Tag))
			past.Rename(p.domain.renameName)
		}
		return past
	})
	p.changed = p.changed || p.facts.Header != header
	return findings
}

// headerOf returns the header of the state of a new file. It is a variant if another is for its
// parent, or its parent's, in the same language and script.
func headerOf(in *Input, tag language.Tag, others []language.Tag, full bool) state.Header {
	header := state.Header{Domain: in.Domain.Name, Role: state.Target, Overlay: in.Overlay}
	if parent, has := parentOf(tag, others); has && !full {
		header.Role, header.Parent = state.Variant, parent.String()
	}
	return header
}

// parentOf returns the nearest parent of the locale that is one of the others and has the same
// language and script.
func parentOf(tag language.Tag, others []language.Tag) (parent language.Tag, has bool) {
	id := locale.Of(tag)
	for _, parent := range locale.Parents(tag) {
		if locale.Of(parent).SameText(id) && slices.Contains(others, parent) {
			return parent, true
		}
	}
	return language.Und, false
}

// recall adds the facts that the state has lost. Those about texts that are nowhere any more were
// pruned.
func (p *planner) recall() {
	recorded := p.domain.Recorded[p.Tag]
	if len(recorded) == 0 {
		return
	}
	texts := map[localefile.ID]bool{}
	for _, id := range slices.Concat(p.live.IDs, p.obsolete.IDs) {
		texts[id] = true
	}
	wanted := func(id string) bool {
		return texts[parseID(id)] || p.domain.find(parseID(id), 0) >= 0
	}
	if p.domain.recall(p.facts, p.Tag, wanted) {
		p.changed, p.learned = true, true
	}
}

// readObsolete reads the file of obsolete texts. If branches were merged and left a conflict, or a
// text twice, the texts of both are kept.
func (p *planner) readObsolete() (syntax diag.List) {
	name := path.Join(path.Dir(p.Name), ObsoleteName(p.Tag))
	old, text := p.content.Obsolete, p.content.Obsolete
	if old == nil {
		text = []byte(obsoleteHead)
	}
	p.obsolete, p.Summary.Replaced, syntax = localeedit.ReadMerged(name, p.Tag, old, text,
		p.domain.rename)
	return syntax
}

// checkAdoption returns a finding if the file has no state although there must have been one: then
// it is not known what its translations were made from.
func (p *planner) checkAdoption() diag.List {
	p.adopted = p.content.State == nil && p.Tag != p.domain.Source && !p.domain.Displayed
	tracked := func() bool { return p.domain.Tracked != nil && p.domain.Tracked(p.Tag) }
	if !p.adopted || p.domain.Adopt || !p.translates() || !p.live.ShowsNotes() && !tracked() {
		return nil
	}
	return diag.List{RuleNoState.At(p.Name, diag.Pos{},
		fmt.Sprintf("its state, %s, is missing", StateName(p.Tag)),
		"restore it from version control; or run extract with --adopt, which treats all texts of "+
			"the file as translations of the current source texts")}
}

// translates reports whether the file has a text that is not empty.
func (p *planner) translates() bool {
	return slices.ContainsFunc(p.live.Entries,
		func(e localefile.Entry) bool { return !e.Missing() })
}

// unreadable returns the finding about a file that cannot be read.
func unreadable(name string, err error) diag.Finding {
	if finding, is := errors.AsType[diag.Finding](err); is {
		return finding
	}
	return RuleUnreadable.At(name, diag.Pos{}, err.Error(), "")
}
