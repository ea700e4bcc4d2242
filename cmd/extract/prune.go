package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/merge"
)

func (a *app) pruneCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "prune [packages]",
		Short: "Delete the obsolete texts of all locale files",
		Long: `Prune deletes the texts that extract has kept aside because their code is gone. Nothing
else deletes a translation. No other line changes.`,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.allowShrink = true
			_, err := a.update(cmd.Context(), args, func(_ context.Context, p *project) (*work, error) {
				if err := a.mayPrune(p); err != nil {
					return nil, err
				}
				return planOnly(p, merge.Prune)
			})
			return err
		},
	}
}

// mayPrune reports why no text may be deleted yet: what stands in a file as obsolete may have been declared again since,
// or may belong to a declaration that cannot be read.
func (a *app) mayPrune(p *project) error {
	for _, d := range p.domains {
		if d.partial {
			return fail(fmt.Sprintf("nothing is deleted while declarations of domain %q cannot be read", d.Name), a.hintRun())
		}
		plan, unusable := merge.Make(d.input())
		if len(unusable) > 0 {
			return unusable
		}
		for _, f := range plan.Files {
			if n := f.Summary.Revived; n > 0 {
				return failFile(f.Name, fmt.Errorf("%s that stands as obsolete is declared again", counted(n, "text")), a.hintRun())
			}
		}
	}
	return nil
}

func (a *app) hintRun() string {
	return fmt.Sprintf("run %q first, and look at what it says", a.call())
}

// planOnly plans one change of the locale files of each domain, and nothing else.
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
