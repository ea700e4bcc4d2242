package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/lint"
	"github.com/errlingo/errlingo/internal/localefile"
	"github.com/errlingo/errlingo/internal/merge"
	"github.com/errlingo/errlingo/internal/report"
	"github.com/errlingo/errlingo/internal/state"
)

func (a *app) statusCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "status [packages]",
		Short: "Show how much of each locale is translated, or what is left to do in one",
		Long: `Status shows how much of each locale is translated, starting with the least complete.
Each plural form that a language needs counts. A stale text counts as translated, since
readers still see it. Pseudo-locales are left out.

With --words, it also shows how many words of source text there are to translate, as
export prints them: a plural text counts once for each form of the language.

With --lang, status lists what is left to do in one language, with line numbers: texts
that are missing, stale or waiting for review, then texts that are wrong or lack a plural
form. A text without a line number is not in the file yet: extract adds it.`,
		Example: `  extract status
  extract status --lang de
  extract status --words`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			return a.status(cmd.Context(), args)
		},
	}
	a.langFlag(cmd, "list what is left to do in this language")
	a.formatFlag(cmd, "text", "json")
	cmd.Flags().BoolVar(&a.words, "words", false, "show how many words there are to translate")
	return cmd
}

// localeStatus says how much of a locale is translated. It is the output of --format json.
type localeStatus struct {
	Domain     string      `json:"domain"`
	Locale     string      `json:"locale"`
	File       string      `json:"file"`
	Variant    bool        `json:"variant"`
	Percent    float64     `json:"percent"`
	Texts      int         `json:"texts"`
	Translated int         `json:"translated"`
	Missing    int         `json:"missing"`
	Stale      int         `json:"stale"`
	Review     int         `json:"review"`
	Obsolete   int         `json:"obsolete"`
	Drafts     int         `json:"drafts,omitempty"`
	Words      *wordCount  `json:"words,omitempty"`
	Left       []todoText  `json:"left,omitempty"`
	Faults     []todoFault `json:"faults,omitempty"`
}

func (a *app) status(ctx context.Context, patterns []string) error {
	var only language.Tag
	if a.lang != "" {
		tag, err := parseTag(a.lang)
		if err != nil {
			return err
		}
		only = tag
	}
	p, err := a.load(ctx, patterns)
	if err != nil {
		return err
	}
	a.reportSource(p)
	all := []localeStatus{}
	for _, d := range p.domains {
		chosen := func(tag language.Tag) bool { return a.lang == "" || tag == only }
		statuses, err := d.statuses(a.historyIn(ctx, d), chosen, a.lang != "")
		if err != nil {
			return err
		}
		if a.words {
			if err := a.addWords(ctx, d, statuses); err != nil {
				return err
			}
		}
		all = append(all, statuses...)
	}
	if a.lang != "" && len(all) == 0 {
		if slices.ContainsFunc(p.domains, func(d *domain) bool { return d.Source == only }) {
			return fail(fmt.Sprintf("the texts of %v are written from Go source", only),
				"choose another language")
		}
		return a.noFile(only)
	}
	if a.lang != "" {
		all = append(all, untranslated(p, only)...)
	}
	slices.SortStableFunc(all, func(x, y localeStatus) int {
		return cmp.Or(cmp.Compare(x.Percent, y.Percent), cmp.Compare(y.Stale, x.Stale),
			cmp.Compare(x.File, y.File))
	})
	switch {
	case a.format == "json":
		return report.WriteJSON(a.stdout, all)
	case a.lang != "":
		return a.writeTodo(all)
	}
	return a.writeStatus(all, len(p.domains) > 1)
}

// untranslated returns the status of the domains that have no file for the language or a parent of
// it: everything is left to do.
func untranslated(p *project, tag language.Tag) []localeStatus {
	var all []localeStatus
	for _, d := range p.domains {
		if d.overlay != "" || d.Source == tag || d.file(tag) != nil || d.parent(tag) != nil {
			continue
		}
		s := localeStatus{Domain: d.Name, Locale: tag.String(),
			File: d.folder.File(tag.String() + localefile.Ext)}
		for m := range d.Messages() {
			if !m.Optional() {
				s.Left = append(s.Left, todoText{ID: m.ID.String(), State: state.Missing.String()})
			}
		}
		s.Texts, s.Missing = len(s.Left), len(s.Left)
		all = append(all, s)
	}
	return all
}

// statuses returns the status of the selected locales, and if left is set, what is left to do in
// each.
func (d *domain) statuses(
	history func(language.Tag) []byte, chosen func(language.Tag) bool, left bool,
) ([]localeStatus, error) {
	collector := d.newCollector()
	in := d.input()
	in.History = history
	if left {
		in.Inspect = func(f *merge.FilePlan, file *localefile.File) {
			if chosen(f.Tag) {
				collector.Inspect(f, file)
			}
		}
	}
	plan, unusable := merge.Make(in)
	if len(unusable) > 0 {
		return nil, unusable
	}
	findings := append(plan.Findings, collector.Findings()...)
	findings.Sort()
	var all []localeStatus
	for i := range plan.Files {
		f := &plan.Files[i]
		if f.Role == state.Source || !chosen(f.Tag) {
			continue
		}
		s := statusOf(d, f)
		var err error
		if s.Drafts, err = d.countDrafts(f); err != nil {
			return nil, err
		}
		if left {
			s.Left, s.Faults = todoTexts(f), todoFaults(f, findings)
		}
		all = append(all, s)
	}
	return all, nil
}

func statusOf(d *domain, f *merge.FilePlan) localeStatus {
	return localeStatus{
		Domain: d.Name, Locale: f.Tag.String(), File: f.Name, Variant: f.Role == state.Variant,
		Percent: lint.Coverage{Translated: f.Summary.Filled, Total: f.Summary.Forms}.Shown(),
		Texts:   f.Summary.Texts, Translated: f.Summary.Texts - f.Summary.Missing,
		Missing: f.Summary.Missing,
		Stale:   f.Summary.Stale, Review: f.Summary.Review, Obsolete: f.Summary.Obsolete,
	}
}

// barWidth is the width of a bar in characters.
const barWidth = 20

// writeStatus writes the table.
func (a *app) writeStatus(all []localeStatus, domains bool) error {
	if len(all) == 0 {
		_, err := fmt.Fprintf(a.stdout, "no translations yet; %q starts one\n",
			a.call()+" add de")
		return err
	}
	paint := a.painter()
	width := len("locale")
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.Locale
		if domains {
			names[i] = report.Line(s.Domain + " " + s.Locale)
		}
		width = max(width, len(names[i]))
	}
	var b strings.Builder
	words := ""
	if a.words {
		words = "  words missing  stale  review"
	}
	drafts := ""
	if slices.ContainsFunc(all, func(s localeStatus) bool { return s.Drafts > 0 }) {
		drafts = "  drafts"
	}
	fmt.Fprintf(&b, "%-*s  %-*s  %6s  %7s  %5s  %6s  %8s%s%s\n", width, "locale", barWidth, "", "done",
		"missing", "stale", "review", "obsolete", drafts, words)
	for i, s := range all {
		done := fmt.Sprintf("%.1f%%", s.Percent)
		if s.Variant {
			done = counted(s.Texts, "text")
		}
		if drafts != "" {
			drafts = fmt.Sprintf("  %6d", s.Drafts)
		}
		if s.Words != nil {
			words = fmt.Sprintf("  %13d  %5d  %6d", s.Words.Missing, s.Words.Stale, s.Words.Review)
		}
		fmt.Fprintf(&b, "%-*s  %s  %6s  %s  %s  %6d  %8d%s%s\n", width, names[i], bar(s, paint), done,
			paint.number(red, 7, s.Missing), paint.number(yellow, 5, s.Stale), s.Review, s.Obsolete,
			drafts, words)
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

// number returns a number padded to the width, and colored unless it is 0.
func (p painter) number(c color, width, n int) string {
	s := fmt.Sprintf("%*d", width, n)
	if n == 0 {
		return s
	}
	return p.paint(c, s)
}

// bar shows a percentage. It is full only if nothing is missing, and empty only if nothing is
// translated.
func bar(s localeStatus, paint painter) string {
	if s.Variant {
		return fmt.Sprintf("%-*s", barWidth, "variant")
	}
	full := int(s.Percent * barWidth / 100)
	if full == 0 && s.Translated > 0 {
		full = 1
	}
	c := green
	if s.Percent < 100 {
		c = yellow
	}
	return paint.paint(c, strings.Repeat("█", full)) +
		paint.paint(faint, strings.Repeat("░", barWidth-full))
}

// todoText is a text that needs work.
type todoText struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// todoFault is a fault in a text: an error, or a missing plural form.
type todoFault struct {
	Rule   string `json:"rule"`
	Text   string `json:"text"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// writeTodo writes what is left to do, one line per text or fault.
func (a *app) writeTodo(all []localeStatus) error {
	var b strings.Builder
	for _, s := range all {
		line := func(line, column int, text string) {
			at := diag.Finding{File: s.File, Pos: diag.Pos{Line: line, Column: column}}.Position()
			b.WriteString(report.Line(at+": "+text) + "\n")
		}
		for _, t := range s.Left {
			line(t.Line, t.Column, t.ID+" "+t.State)
		}
		for _, f := range s.Faults {
			line(f.Line, f.Column, f.Text)
		}
	}
	if b.Len() == 0 {
		b.WriteString("nothing left to do\n")
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

func todoFaults(file *merge.FilePlan, findings diag.List) []todoFault {
	var faults []todoFault
	for _, f := range findings {
		if f.File == file.Name && (f.Severity == diag.Error || f.Rule == lint.RuleMissingCategory.ID) {
			faults = append(faults, todoFault{f.Rule, f.Text, f.Line, f.Column})
		}
	}
	return faults
}

func todoTexts(f *merge.FilePlan) []todoText {
	var left []todoText
	for _, t := range f.Left {
		left = append(left, todoText{t.ID.String(), t.State.String(), t.Pos.Line, t.Pos.Column})
	}
	return left
}
