package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A repository is untrusted input: its configuration can name programs that git would run. Reading
// must start none of them, fetch nothing, ask nothing and change nothing.
var (
	gitFlags = []string{
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
	gitVariables = []string{
		"GIT_NO_LAZY_FETCH=1",     // A partial clone lacks objects; git 2.45 and later know this.
		"GIT_ALLOW_PROTOCOL=none", // The same for older versions, which would start a transport.
		"GIT_TERMINAL_PROMPT=0",
		"GIT_ASKPASS=",
		"SSH_ASKPASS=",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_PAGER=cat",
		"LC_ALL=C", // Findings quote git's complaints.
	}
	// What a caller may set for git. Other variables, such as GIT_DIR inside a hook, would make it
	// look at another repository or run a program.
	gitKept = []string{
		"GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
		"GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
	}
)

// git runs a command of git that only reads, in a folder, and returns its output. It is the one
// place that starts git.
//
// Use plumbing commands (rev-parse, for-each-ref, rev-list, ls-tree, diff-tree, cat-file, ls-files,
// check-ignore): others obey the user's configuration. Give diff-tree --no-ext-diff and
// --no-textconv where it writes patches, and put "--" before paths.
//
// The error is an [exec.ExitError] if git does not complain, the line of its complaint that says
// why it gave up, or [exec.ErrNotFound] if git is not installed.
func (a *app) git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	return a.gitInput(ctx, dir, nil, args...)
}

// gitInput is git with something to read on its standard input.
func (a *app) gitInput(
	ctx context.Context, dir string, input io.Reader, args ...string,
) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", slices.Concat(gitFlags, args)...)
	cmd.Dir, cmd.Stdin = dir, input
	cmd.WaitDelay = time.Second // A program that git started may keep the pipe open.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, "GIT_") && !slices.Contains(gitKept, name)
	})
	cmd.Env = append(cmd.Env, gitVariables...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil && complaint.Len() > 0 {
		err = errors.New(mainComplaint(complaint.String()))
	}
	return out, err
}

// mainComplaint returns the line that says why git gave up, else the first one.
func mainComplaint(complaint string) string {
	first, _, _ := strings.Cut(complaint, "\n")
	for line := range strings.Lines(complaint) {
		if text, ok := strings.CutPrefix(line, "fatal: "); ok {
			return strings.TrimSpace(text)
		}
	}
	return first
}

// gitSays returns the first line of git's output, "" if it fails.
func (a *app) gitSays(ctx context.Context, dir string, args ...string) string {
	out, err := a.git(ctx, dir, args...)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

// repositoryRoot returns the nearest folder upward that is a working tree of git, or "".
func repositoryRoot(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
