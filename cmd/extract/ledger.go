package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/codescan"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
)

// The file that tells git how ledgers of two branches are merged, and its line: each branch appends lines, and all of
// them are wanted.
const (
	attributesName = ".gitattributes"
	attributesLine = ledger.Name + " merge=union\n"
)

// planLedger plans for the domain's ledger. The list has findings that make the ledger unreadable.
func (a *app) planLedger(ctx context.Context, p *project, j *job) (unusable diag.List, err error) {
	old, findings := j.issued()
	if isUnreadable(findings) {
		return findings, nil
	}
	base, err := a.baseLedger(ctx, p, j)
	if err != nil {
		return nil, err
	}
	c := ledger.Compare(old, base, j.Domain, nil)
	j.findings = slices.Concat(j.findings, findings, c.Breaks, c.Standing)
	if len(findings)+len(c.Breaks) == 0 {
		j.addLedger(p, &c)
	}
	return nil, nil
}

// issued returns the domain's ledger, nil if there is none yet, and what is wrong with it.
func (d *domain) issued() (*ledger.Ledger, diag.List) {
	if d.ledger == nil {
		return nil, nil
	}
	return ledger.Parse(d.folder.file(ledger.Name), d.ledger)
}

// isUnreadable reports whether the findings about a ledger say that some of it could not be read.
func isUnreadable(findings diag.List) bool {
	return slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Rule == ledger.RuleSyntax })
}

// addLedger adds the ledger as it is to be written. It is left as it is while something may not be as it is meant, since
// nothing of what the ledger has can be taken back.
func (j *job) addLedger(p *project, c *ledger.Comparison) {
	replacement := c.Next.Bytes()
	left := "is left as it is: "
	if j.ledger == nil {
		left = "is not written yet: "
	}
	switch {
	case j.ledger != nil && bytes.Equal(replacement, j.ledger):
		return
	case p.misdeclares():
		j.hold(j.folder.file(ledger.Name), left+"a declaration is wrong, and what is issued once cannot be taken back")
		return
	case c.Retired > 0 && j.partial:
		j.hold(j.folder.file(ledger.Name), left+"a code that it would retire may belong to a declaration that cannot be read")
		return
	}
	j.add(ledger.Name, j.ledger, replacement)
	j.say("%s: %s", ledger.Name, ledgerLine(c))
	// Only the first time: whoever takes the line out later does not want it.
	if j.ledger == nil && !strings.Contains(string(j.attrs), ledger.Name) {
		text := string(j.attrs)
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		j.add(attributesName, j.attrs, []byte(text+attributesLine))
		j.say("%s: %s", attributesName, strings.TrimSpace(attributesLine))
	}
}

// misdeclares reports whether a declaration of a code is wrong, so that its number, name, status and params may not be
// what they will be. The findings do not tell of which domain it is.
func (p *project) misdeclares() bool {
	return slices.ContainsFunc(p.findings, func(f diag.Finding) bool {
		switch f.Rule {
		case codescan.RuleName, codescan.RuleDuplicate, codescan.RuleDeclaration:
			return f.Severity == diag.Error
		}
		return false
	})
}

// ledgerLine says how the lines of the ledger change. What else can change is their order, and that one stands there twice.
func ledgerLine(c *ledger.Comparison) string {
	line := fmt.Sprintf("%d new, %d retired", c.New, c.Retired)
	if c.Changed > 0 {
		line += fmt.Sprintf(", %d changed", c.Changed)
	}
	if c.Dropped > 0 {
		line += fmt.Sprintf(", %d dropped", c.Dropped)
	}
	if c.New+c.Retired+c.Changed+c.Dropped == 0 {
		line += ", lines put in order"
	}
	if len(c.Accepted) > 0 {
		line += "; accepted " + strings.Join(c.Accepted, ", ")
	}
	return line
}
