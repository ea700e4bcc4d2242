package main

import (
	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/declared"
	"github.com/errlingo/errlingo/internal/plural"
)

// completeCodes completes the names of codes, with their titles.
func (a *app) completeCodes(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(d *domain) []string {
		var names []string
		for _, c := range d.Codes {
			names = append(names, cobra.CompletionWithDesc(c.Name, c.Texts[declared.Title].Forms[plural.Other]))
		}
		return names
	})
}

// completeTags completes the languages that have a file.
func (a *app) completeTags(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(d *domain) []string {
		var names []string
		for _, tag := range d.tags() {
			names = append(names, tag.String())
		}
		return names
	})
}

// complete completes what each domain of the module has. A module that cannot be read completes nothing, in silence.
func (a *app) complete(cmd *cobra.Command, has func(*domain) []string) ([]string, cobra.ShellCompDirective) {
	var names []string
	a.stderrTerminal, a.allowShrink = false, true
	if p, err := a.load(cmd.Context(), nil); err == nil {
		for _, d := range p.domains {
			names = append(names, has(d)...)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
