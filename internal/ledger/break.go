package ledger

import (
	"fmt"
	"slices"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/model"
)

func (c *comparer) numberTaken(code *model.Code, e *Entry) {
	c.breaks(code.Place, RuleReuse, fmt.Sprintf("the number %d is that of %s, %s, and is for no other code", e.Number, e.Name, c.line(e)),
		fmt.Sprintf("give %s a number that was never used", code.Name))
}

func (c *comparer) nameTaken(code *model.Code, e *Entry) {
	c.breaks(code.Place, RuleReuse, fmt.Sprintf("the name %s is that of the code %d, %s, and is for no other code", e.Name, e.Number, c.line(e)),
		"choose a name that was never used")
}

// moved reports a code that has another number or name than it was issued with. Accepting that leaves the line of before
// as retired, so that a ledger without it does not show that it was accepted.
func (c *comparer) moved(code *model.Code, was *Entry, text string) {
	stands := c.stands(code) != nil
	if stands && c.known[was.id()] == nil {
		line := *was
		line.Retired = true
		c.breaks(code.Place, RuleBreak, text, fmt.Sprintf("put the line back that %s has lost: %s", c.Next.file, line.String()))
		return
	}
	c.acceptable(code, text, stands)
}

// stands returns the code's line in the ledger that Next takes the place of, or nil. It is as declared only if what is
// compared with is an earlier ledger.
func (c *comparer) stands(code *model.Code) *Entry {
	if e := c.known[issued{code.Number, code.Name}]; e != nil && !e.Retired {
		return e
	}
	return nil
}

// acceptable reports a break, unless it is accepted. One that stands in the ledger was, which is only a warning.
func (c *comparer) acceptable(code *model.Code, text string, stands bool) {
	switch {
	case stands:
		c.Standing = append(c.Standing, diag.Finding{
			File: code.Place.File, Pos: code.Place.Pos, Rule: RuleBreak, Text: "was accepted: " + text,
		})
	case !c.accept(code.Name):
		c.breaks(code.Place, RuleBreak, text, fmt.Sprintf("undo the change, or accept it: extract accept --ledger %s", code.Name))
	case !slices.Contains(c.Accepted, code.Name):
		c.Accepted = append(c.Accepted, code.Name)
	}
}

func (c *comparer) breaks(at model.Place, rule, text, hint string) {
	c.Breaks = append(c.Breaks, diag.Finding{
		File: at.File, Pos: at.Pos, Severity: diag.Error, Rule: rule, Text: text, Hint: hint,
	})
}

// line names an entry's line, for a finding that stands in Go.
func (c *comparer) line(e *Entry) string { return fmt.Sprintf("at %s:%d", c.file, e.Line) }
