package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/report"
)

// rootCommand returns the command with its subcommands, ready to be executed once.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   commandName + " [packages]",
		Short: "Bring the locale files up to date with the codes declared in Go source",
		Long: `Extract brings the locale files up to date with the codes declared in Go source.

New texts are added, empty; texts whose source has changed are marked stale; texts
of codes that are gone are kept aside as comments. The source locale's file and
codes.lock, the ledger of all codes ever issued, follow the Go source. Comments,
order and quoting of a file stay as they are.

Package arguments, as the go command takes them, choose domains; a domain is always
read from the whole module. The default is ./...

The exit code is 0 although translations are missing, 1 if errors remain, and 2 if
the command could not run.`,
		Example: `  extract
  extract ./shop/...
  extract --diff | git apply`,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		ValidArgsFunction: noFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.reports = true
			return a.extract(cmd.Context(), args)
		},
	}
	root.PersistentFlags().StringVarP(&a.chdir, "chdir", "C", "", "change to this `dir` first")
	root.PersistentFlags().StringVar(&a.locales, "locales", "", "the `dir` of the locale files, for exactly one domain")
	a.planFlags(root)
	a.gateFlags(root)
	a.formatFlag(root, reportFormats()...)

	root.AddCommand(a.checkCommand(), a.addCommand(), a.statusCommand(), a.lintCommand(), a.listCommand(),
		a.explainCommand(), a.acceptCommand(), a.pruneCommand(), a.pseudoCommand())
	for _, sub := range root.Commands() {
		a.commands = append(a.commands, sub.Name())
	}
	return root
}

// planFlags adds the flags of the commands that plan.
func (a *app) planFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&a.diff, "diff", false, "print the changes as a patch for git apply; nothing is written")
	flags.BoolVar(&a.allowShrink, "allow-shrink", false, "allow that no code is left, or that a third of a file's texts goes at once")
	flags.Var((*baseFlag)(&a.base), "base", "compare the codes with the ledger of this git `ref` or file")
}

// gateFlags adds the flags that turn warnings into errors.
func (a *app) gateFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&a.strict, "strict", false, "take every warning for an error")
	flags.StringSliceVar(&a.failOn, "fail-on", nil, "take warnings of these `rules` for errors, such as missing,stale")
	flags.StringSliceVar(&a.min, "min", nil, "ask that so much is translated, such as `de=95` percent")
}

// formatFlag adds the flag for the format, with the formats that the command has; the first one is the default.
func (a *app) formatFlag(cmd *cobra.Command, formats ...string) {
	cmd.Flags().StringVar(&a.format, "format", formats[0], fmt.Sprintf("the `format` of the result: %s", orList(formats)))
	complete := cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("format", complete); err != nil {
		panic(err) // The flag is defined right above.
	}
	cmd.PreRunE = func(*cobra.Command, []string) error { return checkFormat(a.format, formats) }
}

func reportFormats() []string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, string(f))
	}
	return names
}
