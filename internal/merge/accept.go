package merge

import (
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

// Accept plans that the translations that match, in the file of the given locale, count as made from today's source text
// and as reviewed. Nothing else changes in the file, and no other file is part of the plan. A text without a flag is left
// out of [Summary.Accepted]; so is one that is missing.
func Accept(in Input, tag language.Tag, match func(localefile.ID) bool) (*Plan, diag.List) {
	all, unusable := plan(in, func(p *planner) {
		if p.tag == tag {
			p.accept(match)
		}
	}, false)
	return all.only(func(f *FilePlan) bool { return f.Tag == tag }), unusable
}

func (p *Plan) only(keep func(*FilePlan) bool) *Plan {
	if p == nil {
		return nil
	}
	kept := &Plan{}
	for i := range p.Files {
		if f := &p.Files[i]; keep(f) {
			kept.Files = append(kept.Files, *f)
			for _, finding := range p.Findings {
				if finding.File == f.Name {
					kept.Findings = append(kept.Findings, finding)
				}
			}
		}
	}
	return kept
}

func (p *planner) accept(match func(localefile.ID) bool) {
	p.survey()
	p.vouch(match)
	p.summary.Obsolete = len(p.parked)
}

// vouch counts the texts, those that match as accepted.
func (p *planner) vouch(match func(localefile.ID) bool) {
	for i := range p.want.messages {
		m := &p.want.messages[i]
		if p.live[i] > 0 {
			e := &p.file.Entries[p.live[i]-1]
			p.count(m.ID, p.acceptText(e, m, match(m.ID)), e)
		} else {
			p.count(m.ID, Missing, nil)
		}
	}
}

func (p *planner) acceptText(e *localefile.Entry, m *message, accepted bool) State {
	forms := e.Texts()
	if p.role == source || e.Doubled || p.file.Doc.Items()[e.Item].Kind != tomldoc.Header {
		return stateOf(&forms)
	}
	t := table{planner: p, file: p.file, entry: e, block: p.block(e.Item), message: m, edits: &p.edits, at: -1}
	items, lines := t.comments(t.block.Header+1, t.block.End, isNote)
	v := m.judge(p.want.domain.Source, &forms, lines, p.stoodBefore(m.ID))
	if !accepted || v.state != Stale && v.state != Review {
		return v.state
	}
	p.summary.Accepted++
	t.replaceNotes(items, lines, m.accepted(lines))
	return Translated
}
