package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/ledger"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/state"
)

func (a *app) acceptCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "accept NAME[.part]... (--lang tag | --ledger)",
		Short: "Accept stale translations as they are, or a breaking change to a code",
		Long: `With --lang, accept marks the translations of a code, or of one part of it, as correct
although the source text has changed or a review was requested. You can give a code by
its number; labels are called labels.name. If several domains have the same name, put
the domain in front: shop:OUT_OF_STOCK.

With --ledger, accept allows a change to a code that breaks programs which rely on it,
such as a new HTTP status. If the code has a new name, its translations are renamed too.
The number or name of a code that is retired, or still declared, is never given to
another one. But if a code is replaced by another one with its number, that looks like a
rename: accept it only if it is one.`,
		Example: `  extract accept OUT_OF_STOCK --lang de
  extract accept OUT_OF_STOCK.detail --lang de
  extract accept --ledger OUT_OF_STOCK`,
		Args:              arguments(cobra.MinimumNArgs(1)),
		ValidArgsFunction: a.completeCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			switch {
			case a.ledger && a.lang != "":
				return fail("--ledger and --lang cannot be combined", "")
			case a.ledger:
				return a.acceptLedger(cmd.Context(), args)
			case a.lang == "":
				return fail("missing --lang or --ledger", "add --lang with a language, or --ledger")
			}
			return a.acceptTexts(cmd.Context(), args, state.Plain)
		},
	}
	cmd.Flags().BoolVar(&a.ledger, "ledger", false, "accept changes to the codes themselves")
	a.langFlag(cmd, "accept texts in this language")
	return cmd
}

// langFlag adds the flag for a language.
func (a *app) langFlag(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&a.lang, "lang", "", usage+", a `tag` such as de")
	if err := cmd.RegisterFlagCompletionFunc("lang", a.completeTags); err != nil {
		panic(err) // The flag is defined right above.
	}
}

func (a *app) rejectCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reject NAME[.part]... --lang tag",
		Short: "Reject translations in a review: they are stale until somebody edits them",
		Long: `Reject marks the translations of a code, or of one part of it, as wrong. They are stale,
but still shown to readers, until they are edited or the source text changes. Name codes
and labels as for accept.`,
		Example:           `  extract reject OUT_OF_STOCK.detail --lang de`,
		Args:              arguments(cobra.MinimumNArgs(1)),
		ValidArgsFunction: a.completeCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			if a.lang == "" {
				return fail("missing --lang", "add --lang with a language")
			}
			return a.acceptTexts(cmd.Context(), args, state.Rejected)
		},
	}
	a.langFlag(cmd, "reject texts in this language")
	return cmd
}

// acceptTexts adds a fact with the mark for each text.
func (a *app) acceptTexts(ctx context.Context, args []string, mark state.Mark) error {
	tag, err := parseTag(a.lang)
	if err != nil {
		return err
	}
	_, err = a.update(ctx, nil, func(_ context.Context, p *project) (*work, error) {
		picked, err := a.pick(p, args, "text", (*domain).textNames)
		if err != nil {
			return nil, err
		}
		p.domains = slices.DeleteFunc(p.domains, func(d *domain) bool { return picked[d.Name] == nil })
		if slices.ContainsFunc(p.domains, func(d *domain) bool { return d.Source == tag }) {
			return nil, fail(fmt.Sprintf("the texts of %v are written from Go source", tag),
				"choose another language")
		}
		if slices.ContainsFunc(p.domains, func(d *domain) bool { return d.file(tag) == nil }) {
			return nil, a.noFile(tag)
		}
		return planOnly(p, func(in merge.Input) (*merge.Plan, diag.List) {
			names := picked[in.Domain.Name]
			return merge.Accept(in, tag, mark, func(id localefile.ID) bool {
				return slices.Contains(names, id.String()) || slices.Contains(names, id.Name)
			})
		})
	})
	return err
}

// noFile returns the error for a language without a locale file.
func (a *app) noFile(tag language.Tag) error {
	return fail(fmt.Sprintf("there is no locale file for %v", tag),
		fmt.Sprintf("run %q", a.call()+" add "+tag.String()))
}

// pick returns the names that the arguments select, by domain. An argument may have a code's number
// for its name, and the domain in front, as in shop:OUT_OF_STOCK. If no domain has a name, pick
// reports that and returns [errFindings]. If several domains have it, pick returns an error, since
// what is right for one of them may be wrong for the others.
func (a *app) pick(
	p *project, args []string, what string, names func(*domain) []string,
) (map[string][]string, error) {
	picked := map[string][]string{}
	for _, arg := range args {
		var known, owners []string
		only, asked, qualified := strings.Cut(arg, ":")
		if !qualified {
			only, asked = "", arg
		}
		for _, d := range p.domains {
			if qualified && d.Name != only {
				continue
			}
			has, name := names(d), d.nameOf(asked)
			known = append(known, has...)
			if slices.Contains(has, name) {
				owners = append(owners, d.Name)
				picked[d.Name] = append(picked[d.Name], name)
			}
		}
		switch {
		case len(owners) == 0:
			a.complainUnknown(asked, known, what)
			return nil, errFindings
		case len(owners) > 1:
			return nil, fail(fmt.Sprintf("%q is a %s of the domains %s", arg, what,
				strings.Join(owners, " and ")),
				fmt.Sprintf("add the domain: %s:%s", owners[0], arg))
		}
	}
	return picked, nil
}

// nameOf returns the name of a code or text. The argument may have the code's number for its name.
func (d *domain) nameOf(arg string) string {
	code, part, dotted := strings.Cut(arg, ".")
	number, err := strconv.Atoi(code)
	if err != nil {
		return arg
	}
	name := d.codeNumbered(number)
	if dotted {
		name += "." + part
	}
	return name
}

// codeNumbered returns the name of the code with the number, from the declarations or else from the
// ledger.
func (d *domain) codeNumbered(number int) string {
	for i := range d.Codes {
		if d.Codes[i].Number == number {
			return d.Codes[i].Name
		}
	}
	issued, _ := ledger.Parse(ledger.Name, d.ledger)
	for _, e := range issued.Entries() {
		if e.Number == number {
			return e.Name
		}
	}
	return ""
}

// textNames returns the names of the texts and of the codes. A code's name selects all its texts.
func (d *domain) textNames() []string {
	names := d.CodeNames()
	for m := range d.Messages() {
		names = append(names, m.ID.String())
	}
	return names
}

// codeNames returns the names of the codes that are declared or were issued.
func (d *domain) codeNames() []string {
	names := d.CodeNames()
	issued, _ := ledger.Parse(ledger.Name, d.ledger)
	for _, e := range issued.Entries() {
		names = append(names, e.Name)
	}
	return names
}

// complainUnknown reports that a name does not exist, and suggests similar ones.
func (a *app) complainUnknown(name string, known []string, what string) {
	hint := diag.DidYouMean(name, known, fmt.Sprintf("%q shows all codes", a.call()+" list"))
	a.complain(fail(fmt.Sprintf("no %s is called %q", what, name), hint))
}

// acceptLedger writes breaking changes of codes into the ledger. It reports the breaking changes of
// other codes and keeps their lines.
func (a *app) acceptLedger(ctx context.Context, args []string) error {
	w, err := a.update(ctx, nil, func(ctx context.Context, p *project) (*work, error) {
		p.domains = p.own()
		picked, err := a.pick(p, args, "code", (*domain).codeNames)
		if err != nil {
			return nil, err
		}
		w := &work{project: p}
		for _, d := range p.domains {
			if picked[d.Name] == nil {
				continue
			}
			j, err := a.planAcceptLedger(ctx, p, d, picked[d.Name])
			if err != nil {
				return nil, err
			}
			w.jobs = append(w.jobs, j)
		}
		return w, nil
	})
	if w == nil {
		return err
	}
	var remain diag.List
	for _, j := range w.jobs {
		remain = append(remain, j.findings...)
	}
	if len(remain) > 0 {
		a.complain(remain)
	}
	if len(remain.Errors()) > 0 {
		err = errFindings
	}
	return err
}

// planAcceptLedger plans to write the ledger with the changes of the named codes. The job's
// findings are about what is still wrong.
func (a *app) planAcceptLedger(
	ctx context.Context, p *project, d *domain, names []string,
) (*job, error) {
	c, err := a.compareLedger(ctx, p, d, func(name string) bool {
		return slices.Contains(names, name)
	})
	if err == nil {
		err = c.unusable.Err()
	}
	if err != nil {
		return nil, err
	}
	j := &job{domain: d, plan: &merge.Plan{}}
	j.findings = slices.Concat(c.findings, c.Conflicts, c.Breaks, c.Warnings)
	if slices.ContainsFunc(j.findings, func(f diag.Finding) bool {
		return f.Rule == ledger.RuleDomain.ID
	}) {
		j.blocked = true
		return j, nil
	}
	// If a code is renamed, so are its translations.
	in := d.input()
	before := in.Renamed
	in.Renamed, in.FormerParams = c.Next.FormerNames(), c.Next.FormerParams
	in.Tracked, in.History = a.trackedIn(ctx, d), a.historyIn(ctx, d)
	if !maps.Equal(before, in.Renamed) {
		made, unusable := merge.Make(in)
		if len(unusable) > 0 {
			return nil, unusable
		}
		j.plan, j.collector = made, j.newCollector()
		var shrinking diag.List
		for i := range made.Files {
			shrinking = append(shrinking, j.shrinking(&made.Files[i],
				fmt.Sprintf("run %q first", a.call()+" --allow-shrink"))...)
			j.say("%s", &made.Files[i])
		}
		if len(shrinking) > 0 {
			return nil, shrinking
		}
		j.addFiles(made)
	}
	j.addLedger(&c.Comparison)
	j.addAttributes()
	return j, nil
}

func (a *app) pruneCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "prune [packages]",
		Short: "Delete the obsolete texts of all locales",
		Long: `Prune deletes the texts in _state whose code was removed, and what extract knows about
them. No other command deletes a translation.`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			_, err := a.update(cmd.Context(), args, func(_ context.Context, p *project) (*work, error) {
				if err := a.checkPrune(p); err != nil {
					return nil, err
				}
				w, err := planOnly(p, merge.Prune)
				if err == nil {
					for _, j := range w.jobs {
						j.addOrphans()
					}
				}
				return w, err
			})
			return err
		},
	}
}

// checkPrune returns an error if obsolete texts must not be deleted yet: one is declared again, or
// may belong to a declaration that cannot be read.
func (a *app) checkPrune(p *project) error {
	for _, d := range p.domains {
		if d.Partial {
			return fail(fmt.Sprintf("nothing is deleted while declarations of domain %q cannot be read",
				d.Name), a.runHint())
		}
		plan, unusable := merge.Make(d.input())
		if len(unusable) > 0 {
			return unusable
		}
		for _, f := range plan.Files {
			if n := f.Summary.Revived; n > 0 {
				return failFile(f.Name,
					fmt.Errorf("%s declared again must be restored first", obsoleteTexts(n)), a.runHint())
			}
		}
	}
	return nil
}

func obsoleteTexts(n int) string {
	if n == 1 {
		return "1 obsolete text"
	}
	return fmt.Sprintf("%d obsolete texts", n)
}

func (a *app) runHint() string {
	return fmt.Sprintf("run %q first and read its output", a.call())
}

// planOnly plans one kind of change to the locale files of each domain.
func planOnly(p *project, plan func(merge.Input) (*merge.Plan, diag.List)) (*work, error) {
	w := &work{project: p}
	var unusable diag.List
	for _, d := range p.domains {
		made, findings := plan(d.input())
		unusable = append(unusable, findings...)
		if made == nil {
			continue
		}
		j := &job{domain: d, plan: made}
		j.addFiles(made)
		for i := range made.Files {
			j.say("%s", &made.Files[i])
		}
		w.jobs = append(w.jobs, j)
	}
	return w, unusable.Err()
}
