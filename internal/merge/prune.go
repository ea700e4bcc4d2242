package merge

import (
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
)

// Prune plans that every obsolete text of every file is deleted. Nothing else changes: lines that are marked as obsolete and
// make no text stay.
func Prune(in Input) (*Plan, diag.List) {
	return plan(in, func(p *planner) { p.prune() }, false)
}

func (p *planner) prune() {
	p.survey()
	p.vouch(func(localefile.ID) bool { return false })
	texts, _ := p.file.Parked()
	p.summary.Pruned = len(texts)
	for i := range texts {
		p.deleteParked(texts[i].Span)
	}
}
