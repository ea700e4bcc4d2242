package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/report"
	"github.com/errlingo/errlingo/internal/threeway"
	"github.com/errlingo/errlingo/internal/tomldoc"
)

var ruleConflict = diag.Rule{ID: "merge-conflict", Severity: diag.Error,
	Doc: "two branches gave a text different words"}

func (a *app) mergeDriverCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge-driver base ours theirs name",
		Short: "Merge a locale file text by text, for git",
		Long: `Merge-driver merges two branches' versions of a locale file text by text, where git
merges lines. Git calls it if it is configured; see docs/ci.md. A text that one branch
changed wins, with the source text that its translator saw. If both gave it different
words, there are conflict markers around that text, and the exit code is 1. A file that
is not TOML is merged by lines.

The result replaces the file named by ours, as git wants it.`,
		Example: `  git config merge.errlingo.driver 'go tool extract merge-driver %O %A %B %P'
  echo '*.toml merge=errlingo' >> locales/.gitattributes`,
		Args:              arguments(cobra.ExactArgs(4)),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.mergeFiles(cmd.Context(), [3]string(args), args[3])
		},
	}
}

// mergeFiles merges the files base, ours and theirs into ours. The name is that in the repository.
func (a *app) mergeFiles(ctx context.Context, files [3]string, name string) error {
	var versions [3][]byte
	for i, file := range files {
		var err error
		versions[i], err = atomicfile.ReadFile(a.inWorkDir(file), tomldoc.MaxSize)
		switch {
		case errors.Is(err, atomicfile.ErrTooLarge):
			return a.mergeLines(ctx, files)
		case err != nil:
			return failFile(file, err, a.fileHint(err))
		}
	}
	merged, conflicts, ok := threeway.Merge(versions[0], versions[1], versions[2])
	if !ok {
		return a.mergeLines(ctx, files)
	}
	if err := a.replaceOurs(files[1], merged); err != nil {
		return err
	}
	var found diag.List
	for _, c := range conflicts {
		found = append(found, ruleConflict.At(name, diag.Pos{Line: c.Line, Column: 1},
			fmt.Sprintf("both branches have new words for %s", c.Table),
			"keep one of them, and delete the lines with the markers"))
	}
	if len(found) == 0 {
		return nil
	}
	if err := report.Text(a.stderr, found); err != nil {
		return err
	}
	return errFindings
}

// mergeLines lets git merge the lines of files that cannot be merged by text.
func (a *app) mergeLines(ctx context.Context, files [3]string) error {
	base, ours, theirs := files[0], files[1], files[2]
	merged, err := a.git(ctx, a.workDir(), "merge-file", "-p", "-L", "ours", "-L", "base",
		"-L", "theirs", "--", ours, base, theirs)
	const failed = 128 // and more; below it is the number of conflicts
	exit, _ := errors.AsType[*exec.ExitError](err)
	if err != nil && (exit == nil || exit.ExitCode() < 0 || exit.ExitCode() >= failed) {
		return fail(fmt.Sprintf("git cannot merge the lines of %s: %v", ours, err), "")
	}
	if err := a.replaceOurs(ours, merged); err != nil {
		return err
	}
	if exit != nil {
		return errFindings
	}
	return nil
}

// replaceOurs writes the result into the temporary file that git reads it from.
func (a *app) replaceOurs(file string, merged []byte) error {
	if err := os.WriteFile(a.inWorkDir(file), merged, 0o666); err != nil {
		return failFile(file, err, a.fileHint(err))
	}
	return nil
}

// inWorkDir returns a path of a file that an argument names.
func (a *app) inWorkDir(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(a.workDir(), file)
}
