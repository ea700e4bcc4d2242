package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/sync"
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
		p.domains = slices.DeleteFunc(p.domains, func(d *domain) bool { return d.file(tag) == nil || !d.has(match) })
		if len(p.domains) == 0 {
			return nil, fail(fmt.Sprintf("there is no locale file for %v", tag), fmt.Sprintf("run %q", a.call()+" add "+tag.String()))
		}
		return planOnly(p, func(in sync.Input) (*sync.Plan, diag.List) { return sync.Accept(in, tag, match) })
	})
	return err
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

// acceptLedger writes what has changed about codes into the ledger.
func (a *app) acceptLedger(ctx context.Context, names []string) error {
	_, err := a.update(ctx, nil, func(_ context.Context, p *project) (*work, error) {
		w := &work{project: p}
		var known []string
		for _, d := range p.domains {
			j, codes, err := a.planAcceptLedger(d, names)
			if err != nil {
				return nil, err
			}
			known = append(known, codes...)
			w.jobs = append(w.jobs, j)
		}
		return w, a.know(names, known, "code")
	})
	return err
}

// planAcceptLedger plans the ledger with the changes of the codes accepted. Other breaks keep it from being written; the
// names are those of all codes that it or the domain knows.
func (a *app) planAcceptLedger(d *domain, names []string) (j *job, known []string, err error) {
	old, findings := ledger.Parse(d.folder.file(ledger.Name), d.ledger)
	if d.ledger == nil {
		old, findings = nil, nil
	}
	if len(findings) > 0 {
		return nil, nil, findings
	}
	c := ledger.Compare(old, nil, d.Domain, func(name string) bool { return slices.Contains(names, name) })
	switch {
	case len(c.Breaks) > 0:
		a.complain(c.Breaks)
		return nil, nil, errFindings
	case c.Retired > 0 && d.partial:
		return nil, nil, fail("a code that would be retired may belong to a declaration that cannot be read", fmt.Sprintf("run %q to see it", a.call()+" check"))
	}
	j = &job{domain: d, plan: &sync.Plan{}}
	j.addLedger(&c)
	if len(c.Accepted) > 0 {
		j.say("%s: accepted %s", ledger.Name, strings.Join(c.Accepted, ", "))
	}
	for _, code := range d.Codes {
		known = append(known, code.Name)
	}
	for _, e := range c.Next.Entries() {
		known = append(known, e.Name)
	}
	return j, known, nil
}
