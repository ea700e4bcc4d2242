package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

// strays returns a warning for each name of texts that became obsolete although there was never a code, or a part of one,
// that is called so: it is more likely misspelled than gone. call is the command as it was called.
func (j *job) strays(call string) diag.List {
	names := newKnownNames(j.domain)
	var findings diag.List
	for i := range j.plan.Files {
		f := &j.plan.Files[i]
		if f.Summary.Parked == 0 || j.isHeld(f) {
			continue
		}
		told := map[string]bool{}
		for _, parked := range newlyParked(f) {
			rule, text, near := names.stray(parked.id)
			if rule == "" || told[text] {
				continue
			}
			told[text] = true
			hint := fmt.Sprintf("to bring it back, mend the name behind the #~ and run %q", call)
			if near != "" {
				hint += fmt.Sprintf("; did you mean %s?", near)
			}
			findings = append(findings, diag.Finding{File: f.Name, Pos: parked.pos, Rule: rule,
				Text: text + ", so what is called so is obsolete now", Hint: hint})
		}
	}
	return findings
}

// knownNames are the names that texts may have, or had.
type knownNames struct {
	codes  []string
	parts  []string
	labels []string
	gone   map[string]bool // codes that were issued once
}

func newKnownNames(d *domain) knownNames {
	names := knownNames{codes: d.CodeNames(), parts: declared.PartNames[:], gone: d.gone()}
	for i := range d.Labels {
		names.labels = append(names.labels, d.Labels[i].Name)
	}
	return names
}

// stray returns what is to be said of a text that is not declared, and the name that was probably meant. The rule is empty
// if the text may be gone.
func (n *knownNames) stray(id localefile.ID) (rule, text, near string) {
	switch isCode := slices.Contains(n.codes, id.Name); {
	case id.Name == localefile.Labels:
		// The ledger does not have labels, so that one is believed to be misspelled only if there is one that is much like it.
		if near = diag.Nearest(id.Part, n.labels); near == "" || near == id.Part {
			return "", "", ""
		}
		return localefile.RuleUnknownLabel, fmt.Sprintf("no label is called %q", id.Part), near
	case n.gone[id.Name], isCode && slices.Contains(n.parts, id.Part):
		return "", "", ""
	case isCode:
		return localefile.RuleUnknownPart, fmt.Sprintf("%q is no part of a code", id.Part), diag.Nearest(id.Part, n.parts)
	}
	return localefile.RuleUnknownCode, fmt.Sprintf("no code is called %q", id.Name), diag.Nearest(id.Name, n.codes)
}

// parkedText is an obsolete text and where its lines begin.
type parkedText struct {
	id  localefile.ID
	pos diag.Pos
}

// newlyParked returns the texts that the plan makes obsolete, where they are then.
func newlyParked(f *merge.FilePlan) []parkedText {
	before := map[localefile.ID]int{}
	for _, p := range parkedTexts(f, f.Old) {
		before[p.id]++
	}
	return slices.DeleteFunc(parkedTexts(f, f.New), func(p parkedText) bool {
		before[p.id]--
		return before[p.id] >= 0
	})
}

func parkedTexts(f *merge.FilePlan, content []byte) []parkedText {
	file, _, _ := localefile.Read(f.Name, f.Tag, content)
	texts, _ := file.Parked()
	all := make([]parkedText, len(texts))
	for i := range texts {
		head := strings.Index(file.Doc.Slice(texts[i].Span), "[")
		all[i] = parkedText{texts[i].ID, file.Doc.Pos(texts[i].Span.Start + max(head, 0))}
	}
	return all
}
