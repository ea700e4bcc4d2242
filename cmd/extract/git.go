package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A repository is untrusted input: its configuration can name programs that git would run. Reading
// it must not start programs, fetch objects, ask for passwords or change anything.
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
	gitKept = []string{
		"GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
		"GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
	}
)

// git runs a read-only git command in a folder and returns its output. Nothing else in this package
// starts git.
//
// Use plumbing commands (rev-parse, for-each-ref, rev-list, ls-tree, diff-tree, cat-file, ls-files,
// check-ignore): others obey the user's configuration. Give diff-tree --no-ext-diff and
// --no-textconv where it writes patches, and put "--" before paths.
//
// The error is the line of git's error output that says why it failed, an [exec.ExitError] if git
// printed nothing, or [exec.ErrNotFound] if git is not installed.
func (a *app) git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	return a.gitInput(ctx, dir, nil, args...)
}

// gitInput is like git, with an input on standard input.
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
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && stderr.Len() > 0 {
		err = errors.New(errorLine(stderr.String()))
	}
	return out, err
}

// readObjects returns the contents of objects, in one call of git. The content of one that the
// repository lacks is nil.
func (a *app) readObjects(ctx context.Context, dir string, names []string) ([][]byte, error) {
	if len(names) == 0 {
		return nil, nil
	}
	input := strings.NewReader(strings.Join(names, "\n") + "\n")
	out, err := a.gitInput(ctx, dir, input, "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	contents := make([][]byte, len(names))
	for i := range names {
		head, rest, _ := bytes.Cut(out, []byte("\n"))
		if bytes.HasSuffix(head, []byte(" missing")) { // after the name, which may have spaces
			out = rest
			continue
		}
		words := strings.Fields(string(head))
		if len(words) != 3 {
			return nil, fmt.Errorf("unexpected answer %q", head)
		}
		size, err := strconv.Atoi(words[2])
		if err != nil || size < 0 || size >= len(rest) {
			return nil, fmt.Errorf("unexpected answer %q", head)
		}
		contents[i], out = rest[:size:size], rest[size+1:]
	}
	return contents, nil
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

// gitLine returns the first line of git's output, "" if it fails.
func (a *app) gitLine(ctx context.Context, dir string, args ...string) string {
	out, err := a.git(ctx, dir, args...)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

// repositoryRoot returns the nearest folder, from dir upward, that is the root of a git working
// tree, or "".
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
