// Package git asks git about a repository that nobody has looked at.
package git

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/errlingo/errlingo/internal/environ"
)

// A repository is untrusted input: its configuration can name programs that git would run. Reading
// it must not start programs, fetch objects, ask for passwords or change anything.
var (
	flags = []string{
		"--no-pager",
		"--literal-pathspecs", // A folder's name may have an asterisk.
		"-c", "core.hooksPath=" + os.DevNull,
		"-c", "core.fsmonitor=false",
		"-c", "core.alternateRefsCommand=",
		"-c", "core.attributesFile=" + os.DevNull,
		"-c", "log.showSignature=false",
		"-c", "diff.external=",
		"-c", "color.ui=false",
		"-c", "credential.helper=",
	}
	variables = []string{
		"GIT_NO_LAZY_FETCH=1",     // Don't fetch what a partial clone lacks; since git 2.45.
		"GIT_ALLOW_PROTOCOL=none", // The same for older versions.
		"GIT_TERMINAL_PROMPT=0",
		"GIT_ASKPASS=",
		"SSH_ASKPASS=",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_PAGER=cat",
		"LC_ALL=C", // Findings quote git's messages.
	}
	// Variables that are passed on to git. Others, such as GIT_DIR inside a hook, would make it read
	// another repository or run a program.
	kept = []string{
		"GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
		"GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
	}
)

// Output runs a read-only git command in a folder and returns its output. Git gets the variables,
// without those of its own that would make it read another repository or run a program.
//
// Use plumbing commands (rev-parse, for-each-ref, rev-list, ls-tree, diff-tree, cat-file, ls-files,
// check-ignore): others obey the user's configuration. Give diff-tree --no-ext-diff and
// --no-textconv where it writes patches, and put "--" before paths.
//
// The error is the line of git's error output that says why it failed, an [exec.ExitError] if git
// printed nothing, or [exec.ErrNotFound] if git is not installed.
func Output(
	ctx context.Context, vars environ.Variables, dir string, args ...string,
) ([]byte, error) {
	return OutputOf(ctx, vars, dir, nil, args...)
}

// OutputOf is like [Output], with an input on standard input.
func OutputOf(
	ctx context.Context, vars environ.Variables, dir string, input io.Reader, args ...string,
) ([]byte, error) {
	cmd := command(ctx, vars, dir, args...)
	cmd.Stdin = input
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && stderr.Len() > 0 {
		err = errors.New(errorLine(stderr.String()))
	}
	return out, err
}

// command returns a git command that is to run in a folder.
func command(
	ctx context.Context, vars environ.Variables, dir string, args ...string,
) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", slices.Concat(flags, args)...)
	cmd.Dir = dir
	cmd.WaitDelay = time.Second // A program that git started may keep the pipe open.
	for _, v := range vars {
		name, _, _ := strings.Cut(v, "=")
		if !strings.HasPrefix(name, "GIT_") || slices.Contains(kept, name) {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, variables...)
	return cmd
}

// errorLine returns the line of git's error output that says why it failed, else the first one.
func errorLine(stderr string) string {
	first, _, _ := strings.Cut(stderr, "\n")
	for line := range strings.Lines(stderr) {
		if text, ok := strings.CutPrefix(line, "fatal: "); ok {
			return strings.TrimSpace(text)
		}
	}
	return first
}
