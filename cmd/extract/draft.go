package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/draft"
	"github.com/errlingo/errlingo/internal/exchange"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/model"
	"github.com/errlingo/errlingo/internal/plural"
	"github.com/errlingo/errlingo/internal/state"
)

func (a *app) draftCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "draft --lang tag (-- program [argument]... | --take [NAME[.part]]...)",
		Short: "Have a program draft the missing texts of a language, or take drafts over",
		Long: `Draft asks a program for translations of the texts that are missing in a language, such
as machine translation or a script. It writes a line of JSON for each text to the
program's standard input, with context, glossary and neighbors, and reads a line of JSON
for each answer. An answer that lint has anything to say about is dropped.

Drafts are in _state, not in the locale file, so readers don't see them. Nobody's text is
changed: a text with any translation, stale or not, is not asked about. With --take, the
drafts are moved into the locale file, all or those named, and are to be reviewed there.

The program is run as it is named, without a shell. With all that it starts, it is
ended after 10 minutes, or as --time says. Its answers until then are kept.`,
		Example: `  extract draft --lang pl -- ./translate --from en
  extract draft --lang pl --take OUT_OF_STOCK`,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			program := []string{}
			if at := cmd.ArgsLenAtDash(); at >= 0 {
				args, program = args[:at], args[at:]
			}
			switch {
			case a.lang == "":
				return fail("missing --lang", "add --lang with a language")
			case a.take && len(program) > 0:
				return fail("--take runs no program", "leave out what follows --")
			case a.take:
				return a.takeDrafts(cmd.Context(), args)
			case len(program) == 0 || len(args) > 0:
				return fail("no program is named",
					"write it after --, as in extract draft --lang pl -- ./translate")
			}
			if err := a.findProgram(program[0]); err != nil {
				return err
			}
			return a.draft(cmd.Context(), program)
		},
	}
	a.langFlag(cmd, "draft texts in this language")
	a.domainFlag(cmd)
	cmd.Flags().BoolVar(&a.take, "take", false,
		"move drafts into the locale file, to be reviewed there")
	cmd.Flags().StringVar(&a.tool, "tool", "",
		"the `name` to keep with the drafts; the program's if empty")
	cmd.Flags().DurationVar(&a.draftLimit, "time", engineLimit, "how long the program may take")
	return cmd
}

// maxDropped is the most characters shown of a form that is dropped.
const maxDropped = 200

// drafts returns the drafts of a locale that fit the source texts as they are, in the order of the
// domain.
func (d *domain) drafts(tag language.Tag) ([]draft.Draft, error) {
	all, syntax := draft.Read(d.folder.File(merge.DraftName(tag)), tag, d.draftFiles[tag], d.Domain)
	return all, syntax.Err()
}

// countDrafts returns how many of the missing texts of a file have a draft.
func (d *domain) countDrafts(f *merge.FilePlan) (n int, err error) {
	drafts, err := d.drafts(f.Tag)
	for _, one := range drafts {
		if slices.ContainsFunc(f.Left, func(t merge.Text) bool {
			return t.ID == one.ID && t.State == state.Missing
		}) {
			n++
		}
	}
	return n, err
}

// missing returns the texts of a locale that have to be translated and of which nobody has written
// any form.
func (a *app) missing(
	ctx context.Context, d *domain, tag language.Tag,
) (left []exchange.Text, all *exchange.File, err error) {
	if all, err = a.texts(ctx, d, tag); err != nil {
		return nil, nil, err
	}
	left = slices.Clone(all.Texts)
	left = slices.DeleteFunc(left, func(t exchange.Text) bool {
		return slices.ContainsFunc(t.Forms, func(form exchange.Form) bool {
			return strings.TrimSpace(form.Target) != ""
		})
	})
	return left, all, nil
}

// draft asks the program for the texts that have no draft yet, and writes those of its answers that
// lint has nothing to say about.
func (a *app) draft(ctx context.Context, program []string) error {
	tag, err := parseTag(a.lang)
	if err != nil {
		return err
	}
	tool := a.tool
	if tool == "" {
		tool = filepath.Base(program[0])
	}
	if !utf8.ValidString(tool) || strings.ContainsFunc(tool, func(r rune) bool { return r < ' ' }) {
		return fail("the name of the tool has a character that can't be shown", "give one with --tool")
	}
	p, err := a.load(ctx, nil)
	if err != nil {
		return err
	}
	if err := a.oneDomain(p, a.domain); err != nil {
		return err
	}
	d := p.domains[0]
	requests, err := a.draftRequests(ctx, d, tag)
	if err != nil {
		return err
	}
	if len(requests) == 0 {
		fmt.Fprintln(a.stdout, "nothing to draft, nothing written")
		return nil
	}
	answers := map[string]draftAnswer{}
	var dropped diag.List
	drop := func(id, why string) {
		dropped = append(dropped, ruleDraft.At(d.folder.File(merge.DraftName(tag)), diag.Pos{},
			fmt.Sprintf("the answer for %s is dropped: %s", diag.Cut(id), why), ""))
	}
	fault := a.ask(ctx, program, requests, func(answer draftAnswer) {
		asked := slices.ContainsFunc(requests, func(r draftRequest) bool { return r.ID == answer.ID })
		_, again := answers[answer.ID]
		switch {
		case !asked:
			drop(answer.ID, "it was not asked for")
		case again:
			drop(answer.ID, "it is the second one")
		case answer.Error != "":
			drop(answer.ID, diag.Cut(answer.Error))
		default:
			answers[answer.ID] = answer
		}
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, err = a.update(ctx, nil, func(ctx context.Context, p *project) (*work, error) {
		if err := a.oneDomain(p, a.domain); err != nil {
			return nil, err
		}
		return a.planDrafts(ctx, p, tag, tool, answers, drop)
	})
	if len(dropped) > 0 {
		dropped.Sort()
		a.complain(slices.Compact(dropped))
	}
	switch {
	case err != nil:
		return err
	case fault != nil:
		a.complain(fault)
		return errFindings
	}
	return nil
}

// draftRequests returns what the program is asked.
func (a *app) draftRequests(
	ctx context.Context, d *domain, tag language.Tag,
) ([]draftRequest, error) {
	left, f, err := a.missing(ctx, d, tag)
	if err != nil {
		return nil, err
	}
	drafts, err := d.drafts(tag)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for _, one := range drafts {
		has[one.ID.String()] = true
	}
	byCode := map[string][]exchange.Text{}
	for _, t := range f.Texts {
		name, _, _ := strings.Cut(t.ID, ".")
		byCode[name] = append(byCode[name], t)
	}
	var requests []draftRequest
	for _, t := range left {
		if has[t.ID] {
			continue
		}
		r := draftRequest{ID: t.ID, Source: d.Source.String(), Target: tag.String(), Context: t.Context,
			Max: t.Max}
		for _, form := range t.Forms {
			r.Forms = append(r.Forms, draftForm{form.Category.String(), form.Numbers, form.Source})
			for _, term := range d.glossary.TermsIn(form.Source, tag) {
				one := draftTerm{term.Source, term.Use, term.Avoid}
				if !slices.ContainsFunc(r.Terms, func(t draftTerm) bool { return t.Source == one.Source }) {
					r.Terms = append(r.Terms, one)
				}
			}
		}
		if name, _, _ := strings.Cut(t.ID, "."); name != localefile.Labels && name != localefile.Phrases {
			for _, other := range byCode[name] {
				if other.ID != t.ID && len(other.Forms) > 0 {
					last := other.Forms[len(other.Forms)-1]
					r.Neighbors = append(r.Neighbors, draftNeighbor{other.ID, last.Source, last.Target})
				}
			}
		}
		requests = append(requests, r)
	}
	return requests, nil
}

// planDrafts plans to add the answers to the drafts of a locale. Drafts of texts that have been
// translated meanwhile, or whose source text has changed, go.
func (a *app) planDrafts(
	ctx context.Context, p *project, tag language.Tag, tool string, answers map[string]draftAnswer,
	drop func(id, why string),
) (*work, error) {
	d := p.domains[0]
	left, _, err := a.missing(ctx, d, tag)
	if err != nil {
		return nil, err
	}
	before, err := d.drafts(tag)
	if err != nil {
		return nil, err
	}
	kept := map[localefile.ID]draft.Draft{}
	for _, one := range before {
		kept[one.ID] = one
	}
	messages := map[string]model.Message{}
	for m := range d.Messages() {
		messages[m.ID.String()] = m
	}
	checker := lint.NewChecker(d.Domain, d.glossary)
	var drafts []draft.Draft
	added := 0
	for i := range left {
		m := messages[left[i].ID]
		if one, has := kept[m.ID]; has {
			drafts = append(drafts, one)
			continue
		}
		answer, has := answers[left[i].ID]
		if !has {
			continue
		}
		one := draft.Draft{ID: m.ID, Tool: tool}
		why := fillDraft(&one, &left[i], answer.Forms)
		if why == "" {
			why = wrongInDraft(&one, d, checker, tag, &m)
		}
		if why != "" {
			drop(answer.ID, why)
			continue
		}
		drafts = append(drafts, one)
		added++
	}
	j := &job{domain: d, plan: &merge.Plan{}}
	name, old, text := merge.DraftName(tag), d.draftFiles[tag], draft.File(d.Domain, drafts)
	if (old != nil || text != nil) && string(old) != string(text) {
		j.changes = append(j.changes, change{name, old, text})
	}
	j.say("%s: %s, %d new", name, counted(len(drafts), "draft"), added)
	return &work{project: p, jobs: []*job{j}}, nil
}

// fillDraft takes the forms of an answer, which must be those that were asked for. It returns what
// is wrong with them.
func fillDraft(
	one *draft.Draft, asked *exchange.Text, forms map[string]string,
) (why string) {
	for _, form := range asked.Forms {
		text, has := forms[form.Category.String()]
		switch {
		case !has || strings.TrimSpace(text) == "":
			return fmt.Sprintf("the form %q is missing", form.Category)
		case !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError):
			return "it has a character that is not Unicode"
		}
		one.Forms[form.Category] = text
	}
	if len(forms) > len(asked.Forms) {
		for _, name := range slices.Sorted(maps.Keys(forms)) {
			if c, ok := plural.ParseCategory(name); !ok || one.Forms[c] == "" {
				return fmt.Sprintf("the form %q was not asked for", diag.Cut(name))
			}
		}
	}
	return ""
}

// wrongInDraft returns what lint says about the draft first, and the form that it is about.
func wrongInDraft(
	one *draft.Draft, d *domain, checker *lint.Checker, tag language.Tag, m *model.Message,
) string {
	text := draft.Draft{ID: one.ID, Forms: one.Forms}
	table := text.Table(d.Source, m)
	file, syntax, texts := localefile.Read("draft", tag, []byte(table))
	findings := slices.Concat(syntax, texts)
	if len(syntax) == 0 {
		findings = append(findings, checker.File(file)...)
	}
	if len(findings) == 0 {
		return ""
	}
	findings.Sort()
	first := findings[0]
	if first.Pos.Line <= 1 { // It is about the whole text.
		return first.Text
	}
	form := strings.Split(table, "\n")[first.Pos.Line-1]
	return first.Text + ": " + diag.CutTo(form, maxDropped)
}

// takeDrafts moves drafts into the locale file: those of the named codes or texts, or all.
func (a *app) takeDrafts(ctx context.Context, names []string) error {
	tag, err := parseTag(a.lang)
	if err != nil {
		return err
	}
	w, err := a.update(ctx, nil, func(ctx context.Context, p *project) (*work, error) {
		if err := a.oneDomain(p, a.domain); err != nil {
			return nil, err
		}
		return a.planTake(ctx, p, tag, names)
	})
	if err != nil {
		return err
	}
	var faults diag.List
	for _, j := range w.jobs {
		faults = append(faults, j.findings...)
	}
	if len(faults) > 0 {
		a.complain(faults)
		return errFindings
	}
	return nil
}

// planTake plans to take drafts over like an import that asks for a review, then to remove them
// from the file of drafts.
func (a *app) planTake(
	ctx context.Context, p *project, tag language.Tag, names []string,
) (*work, error) {
	d := p.domains[0]
	left, _, err := a.missing(ctx, d, tag)
	if err != nil {
		return nil, err
	}
	drafts, err := d.drafts(tag)
	if err != nil {
		return nil, err
	}
	missing := map[string]*exchange.Text{}
	for i := range left {
		missing[left[i].ID] = &left[i]
	}
	drafts = slices.DeleteFunc(drafts, func(one draft.Draft) bool {
		return missing[one.ID.String()] == nil
	})
	f := &exchange.File{Name: d.folder.File(merge.DraftName(tag)), Domain: d.Name, Source: d.Source,
		Target: tag}
	wanted := map[string]bool{}
	var stay []draft.Draft
	for _, one := range drafts {
		id := one.ID.String()
		if len(names) > 0 && !slices.Contains(names, id) && !slices.Contains(names, one.ID.Name) {
			stay = append(stay, one)
			continue
		}
		wanted[id], wanted[one.ID.Name] = true, true
		text := exchange.Text{ID: id, Plural: missing[id].Plural, Pos: one.Pos}
		for _, form := range missing[id].Forms {
			form.Target, form.State, form.Pos = one.Forms[form.Category], state.Review, one.Pos
			text.Forms = append(text.Forms, form)
		}
		f.Texts = append(f.Texts, text)
	}
	for _, name := range names {
		if !wanted[name] {
			return nil, fail(fmt.Sprintf("there is no draft of %q", name),
				fmt.Sprintf("the drafts are in %s", f.Name))
		}
	}
	if len(f.Texts) == 0 {
		return nil, failFile(f.Name, errors.New("there is no draft to take over"),
			"extract draft --lang "+tag.String()+" -- and a program makes drafts")
	}
	a.imported = f
	w, err := a.planDomains(ctx, p, true)
	if err != nil {
		return nil, err
	}
	j := w.jobs[0]
	j.refuseFaults(f)
	if !j.stopped {
		// Drafts go when they are in the locale file.
		j.changes = append(j.changes,
			change{merge.DraftName(tag), d.draftFiles[tag], draft.File(d.Domain, stay)})
		j.say("%s: %s taken over", merge.DraftName(tag), counted(len(f.Texts), "draft"))
	}
	return w, nil
}
