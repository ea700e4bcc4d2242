package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/errlingo/errlingo/internal/diag"
	"github.com/errlingo/errlingo/internal/git"
)

// git runs a read-only git command in a folder and returns its output; see [git.Output].
func (a *app) git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	return git.Output(ctx, a.environ, dir, args...)
}

// gitInput is like git, with an input on standard input.
func (a *app) gitInput(
	ctx context.Context, dir string, input io.Reader, args ...string,
) ([]byte, error) {
	return git.OutputOf(ctx, a.environ, dir, input, args...)
}

// readObject returns the content of an object of the repository that a folder is in.
func (a *app) readObject(ctx context.Context, dir, name string) ([]byte, error) {
	found, err := a.objects.Read(ctx, dir, []string{name})
	if err != nil {
		return nil, err
	}
	if found[0].Content == nil {
		return nil, missing(name)
	}
	return found[0].Content, nil
}

// missing returns the error for an object that a repository doesn't have.
func missing(object string) error { return fmt.Errorf("object %s is missing", object) }

// gitLine returns the first line of git's output, "" if it fails.
func (a *app) gitLine(ctx context.Context, dir string, args ...string) string {
	out, err := a.git(ctx, dir, args...)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

// revisionHint returns the hint for a revision that the repository of a folder does not have.
func (a *app) revisionHint(ctx context.Context, dir, name string) string {
	if a.gitLine(ctx, dir, "rev-parse", "--is-shallow-repository") == "true" {
		return "this is a shallow clone, which has few revisions; git fetch --unshallow gets the others"
	}
	refs, err := a.git(ctx, dir, "for-each-ref", "--format=%(refname:short)",
		"refs/tags", "refs/heads", "refs/remotes")
	if err != nil {
		return "this is not a git repository"
	}
	known := strings.Fields(string(refs))
	if len(name) < len("v1.2") { // Each tag is near to every other.
		known = nil
	}
	return diag.DidYouMean(name, known,
		"if it is a tag or branch of the remote, get it first: git fetch --tags")
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
