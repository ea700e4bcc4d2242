package codescan_test

import (
	"strings"
	"testing"
)

// sourceFile is one file of a module that is made for a test.
type sourceFile struct{ name, text string }

// unpack reads files in the txtar format (https://pkg.go.dev/golang.org/x/tools/txtar): each begins
// with a line "-- name --"; what is before the first is a comment.
func unpack(text string) (comment string, files []sourceFile) {
	current := &comment
	for line := range strings.Lines(text) {
		name, marked := strings.CutPrefix(line, "-- ")
		name, ends := strings.CutSuffix(strings.TrimSpace(name), " --")
		if marked && ends {
			files = append(files, sourceFile{name: strings.TrimSpace(name)})
			current = &files[len(files)-1].text
			continue
		}
		*current += line
	}
	return comment, files
}

// pack is the reverse of unpack.
func pack(comment string, files []sourceFile) string {
	var b strings.Builder
	b.WriteString(comment)
	for _, f := range files {
		b.WriteString("-- " + f.name + " --\n" + f.text)
	}
	return b.String()
}

func TestPack(t *testing.T) {
	const text = "comment\n-- a.go --\npackage a\n-- b/b.go --\n-- c --\nlast\n"
	comment, files := unpack(text)
	if got := pack(comment, files); got != text || len(files) != 3 || files[1].name != "b/b.go" {
		t.Errorf("unpacked as %q", files)
	}
}
