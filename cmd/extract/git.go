package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/errlingo/errlingo/internal/git"
)

// git runs a read-only git command in a folder and returns its output; see [git.Output].
func (a *app) git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	return git.Output(ctx, dir, args...)
}

// gitInput is like git, with an input on standard input.
func (a *app) gitInput(
	ctx context.Context, dir string, input io.Reader, args ...string,
) ([]byte, error) {
	return git.OutputOf(ctx, dir, input, args...)
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
