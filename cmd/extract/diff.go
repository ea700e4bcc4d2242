package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errlingo/errlingo/internal/report"
)

// writePatch writes the changes of a plan as a patch for git apply. Its paths start at the root of
// the repository or, if there is no repository, of the module or the folder that the run is in.
func (a *app) writePatch(w *work) error {
	root := a.workDir()
	if modules := w.project.modules; len(modules) == 1 {
		root = modules[0].root
	}
	if repository := repositoryRoot(root); repository != "" {
		root = repository
	}
	var b bytes.Buffer
	for _, j := range w.jobs {
		for _, c := range j.netChanges() {
			name, err := filepath.Rel(root, filepath.Join(j.folder.Abs(), c.name))
			if err != nil {
				return err
			}
			writeFilePatch(&b, filepath.ToSlash(name), c.old, c.new)
		}
	}
	patch := b.String()
	if a.stdoutTerminal { // Escape what a person couldn't see; git gets the bytes as they are.
		patch = report.Lines(patch)
	}
	_, err := io.WriteString(a.stdout, patch)
	return err
}

// writeFilePatch writes the patch of one file. Nil for old means that the file is new, nil for
// replacement that it is deleted. The header is git's, see
// https://git-scm.com/docs/diff-format#generate_patch_text_with_p.
func writeFilePatch(b *bytes.Buffer, name string, old, replacement []byte) {
	from, to := patchName("a/"+name), patchName("b/"+name)
	fmt.Fprintf(b, "diff --git %s %s\n", from, to)
	switch {
	case old == nil:
		b.WriteString("new file mode 100644\n")
		from = "/dev/null"
	case replacement == nil:
		b.WriteString("deleted file mode 100644\n")
		to = "/dev/null"
	}
	// The library's header handles neither /dev/null nor names that need quotes, so it is replaced.
	_, hunks, found := bytes.Cut(diff.Diff("a", old, "b", replacement), []byte("\n+++ b\n"))
	if !found {
		return // an empty file is created or deleted
	}
	fmt.Fprintf(b, "--- %s\n+++ %s\n", endName(from), endName(to))
	b.Write(hunks)
}

// patchName quotes a path if git would.
func patchName(name string) string {
	quoted := func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0x7F }
	if strings.ContainsFunc(name, quoted) {
		return strconv.Quote(name)
	}
	return name
}

// endName adds a tab to a name that contains a space, as git does to mark the end of the name.
func endName(name string) string {
	if strings.Contains(name, " ") && !strings.HasPrefix(name, `"`) {
		return name + "\t"
	}
	return name
}
