package main

import (
	"context"
	"fmt"
	"strings"

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
	old, findings := ledger.Parse(j.folder.file(ledger.Name), j.ledger)
	if j.ledger == nil {
		old, findings = nil, nil
	}
	for _, f := range findings {
		if f.Rule == ledger.RuleSyntax {
			return findings, nil
		}
	}
	base, err := a.baseLedger(ctx, p, j.domain)
	if err != nil {
		return nil, err
	}
	comparison := ledger.Compare(old, base, j.Domain, nil)
	j.findings = append(j.findings, findings...)
	j.findings = append(j.findings, comparison.Breaks...)
	switch {
	case len(findings)+len(comparison.Breaks) > 0:
	case comparison.Retired > 0 && j.partial:
		j.hold(j.folder.file(ledger.Name), "is left as it is: a code that it would retire may belong to a declaration that cannot be read")
	default:
		j.addLedger(&comparison)
	}
	return nil, nil
}

// addLedger adds the ledger as it is to be written.
func (j *job) addLedger(c *ledger.Comparison) {
	j.add(ledger.Name, j.ledger, c.Next.Bytes())
	if c.New+c.Retired > 0 || j.ledger == nil {
		j.say("%s: %d new, %d retired", ledger.Name, c.New, c.Retired)
	}
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

// baseLedger returns the ledger that --base names, and nil if none is asked for. A ledger that did not exist yet is empty.
func (a *app) baseLedger(ctx context.Context, p *project, d *domain) (*ledger.Ledger, error) {
	if a.base == "" {
		return nil, nil
	}
	name, src, err := a.readBase(ctx, p, d)
	if err != nil {
		return nil, err
	}
	if src == nil {
		src = []byte(fmt.Sprintf("errlingo 1 domain %s\n", d.Name))
	}
	base, findings := ledger.Parse(name, src)
	return base, findings.Err()
}
