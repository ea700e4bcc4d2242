package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
)

func (a *app) acceptCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "accept NAME[.part]... (--lang tag | --ledger)",
		Short: "Accept stale texts of a language as they are, or a change that breaks the ledger",
		Long: `Accept with --lang says that the translations of a code, or of one part of it, are right
although the source text has changed or a review was asked for: their flags go.
Labels are called labels.name.

Accept with --ledger says that a change of a code which breaks programs that know it,
such as another HTTP status, is meant. A number or a name is never given to another code.`,
		Example: `  extract accept OUT_OF_STOCK --lang de
  extract accept OUT_OF_STOCK.detail --lang de
  extract accept --ledger OUT_OF_STOCK`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: a.completeCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			switch {
			case a.ledger && a.lang != "":
				return fail("--ledger and --lang exclude each other", "")
			case a.ledger:
				return a.acceptLedger(cmd.Context(), args)
			case a.lang == "":
				return fail("whose texts are accepted is not said", "add --lang with a language, or --ledger")
			}
			return a.acceptTexts(cmd.Context(), args)
		},
	}
	cmd.Flags().BoolVar(&a.ledger, "ledger", false, "accept a change of the codes themselves")
	a.langFlag(cmd, "accept texts of this language")
	return cmd
}

// langFlag adds the flag for a language.
func (a *app) langFlag(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&a.lang, "lang", "", usage+", a `tag` such as de")
	if err := cmd.RegisterFlagCompletionFunc("lang", a.completeTags); err != nil {
		panic(err) // The flag is defined right above.
	}
}

// acceptTexts takes the flags of texts away.
func (a *app) acceptTexts(ctx context.Context, names []string) error {
	tag, err := parseTag(a.lang)
	if err != nil {
		return err
	}
	match := func(id localefile.ID) bool {
		return slices.Contains(names, id.String()) || id.Name != localefile.Labels && slices.Contains(names, id.Name)
	}
	_, err = a.update(ctx, nil, func(_ context.Context, p *project) (*work, error) {
		if err := a.knowTexts(p, names); err != nil {
			return nil, err
		}
		p.domains = slices.DeleteFunc(p.domains, func(d *domain) bool { return !d.has(match) })
		if slices.ContainsFunc(p.domains, func(d *domain) bool { return d.Source == tag }) {
			return nil, fail(fmt.Sprintf("the texts of %v are written from Go source", tag), "accept those of another language")
		}
		p.domains = slices.DeleteFunc(p.domains, func(d *domain) bool { return d.file(tag) == nil })
		if len(p.domains) == 0 {
			return nil, a.noFile(tag)
		}
		return planOnly(p, func(in merge.Input) (*merge.Plan, diag.List) { return merge.Accept(in, tag, match) })
	})
	return err
}

// noFile returns the error that a language has no locale file.
func (a *app) noFile(tag language.Tag) error {
	return fail(fmt.Sprintf("there is no locale file for %v", tag), fmt.Sprintf("run %q", a.call()+" add "+tag.String()))
}

// has reports whether the domain has a text that matches.
func (d *domain) has(match func(localefile.ID) bool) bool {
	for m := range d.Messages() {
		if match(m.ID) {
			return true
		}
	}
	return false
}

// knowTexts returns [errFindings], having said why, if a name is that of no code and no text.
func (a *app) knowTexts(p *project, names []string) error {
	var known []string
	for _, d := range p.domains {
		for _, c := range d.Codes {
			known = append(known, c.Name)
		}
		for m := range d.Messages() {
			known = append(known, m.ID.String())
		}
	}
	return a.know(names, known, "text")
}

func (a *app) know(names, known []string, what string) error {
	for _, name := range names {
		if !slices.Contains(known, name) {
			a.complainUnknown(name, known, what)
			return errFindings
		}
	}
	return nil
}

// complainUnknown says that there is nothing of a name, and which names are near.
func (a *app) complainUnknown(name string, known []string, what string) {
	hint := didYouMean(name, known, fmt.Sprintf("%q shows all codes", a.call()+" list"))
	a.complain(fail(fmt.Sprintf("no %s is called %q", what, name), hint))
}

// acceptLedger writes what has changed about codes into the ledger. Breaks of other codes are reported, and their lines stay.
func (a *app) acceptLedger(ctx context.Context, names []string) error {
	w, err := a.update(ctx, nil, func(_ context.Context, p *project) (*work, error) {
		if err := a.knowCodes(p, names); err != nil {
			return nil, err
		}
		w := &work{project: p}
		for _, d := range p.domains {
			j, err := planAcceptLedger(d, names)
			if err != nil {
				return nil, err
			}
			if j.held {
				return nil, fail("a code that would be retired may belong to a declaration that cannot be read", fmt.Sprintf("run %q to see it", a.call()+" check"))
			}
			w.jobs = append(w.jobs, j)
		}
		return w, nil
	})
	if err != nil {
		return err
	}
	var breaks diag.List
	for _, j := range w.jobs {
		breaks = append(breaks, j.findings...)
	}
	if len(breaks) > 0 {
		a.complain(breaks)
		return errFindings
	}
	return nil
}

// knowCodes returns [errFindings], having said why, if a name is that of no code that is declared or was issued.
func (a *app) knowCodes(p *project, names []string) error {
	var known []string
	for _, d := range p.domains {
		for _, code := range d.Codes {
			known = append(known, code.Name)
		}
		issued, _ := ledger.Parse(ledger.Name, d.ledger)
		for _, e := range issued.Entries() {
			known = append(known, e.Name)
		}
	}
	return a.know(names, known, "code")
}

// planAcceptLedger plans the ledger with the changes of the codes accepted. The findings of the job are the breaks that
// remain. It is held if a declaration that cannot be read may have the code that would be retired.
func planAcceptLedger(d *domain, names []string) (*job, error) {
	old, findings := ledger.Parse(d.folder.file(ledger.Name), d.ledger)
	if d.ledger == nil {
		old, findings = nil, nil
	}
	if len(findings) > 0 {
		return nil, findings
	}
	c := ledger.Compare(old, nil, d.Domain, func(name string) bool { return slices.Contains(names, name) })
	j := &job{domain: d, plan: &merge.Plan{}, findings: c.Breaks}
	j.held = c.Retired > 0 && d.partial
	if slices.ContainsFunc(c.Breaks, func(f diag.Finding) bool { return f.Rule == ledger.RuleDomain }) {
		return j, nil
	}
	j.addLedger(&c)
	if len(c.Accepted) > 0 {
		j.say("%s: accepted %s", ledger.Name, strings.Join(c.Accepted, ", "))
	}
	return j, nil
}
