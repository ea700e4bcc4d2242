package merge_test

import (
	"bytes"
	"os"
	"regexp"
	"testing"
)

// archive is a text archive as Go's own tests use them: a comment, and files below lines of the
// form "-- name --".
type archive struct {
	comment []byte
	files   []archived
}

type archived struct {
	name string
	data []byte
}

var archiveMarker = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

func readArchive(t testing.TB, path string) *archive {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	marks := append(archiveMarker.FindAllSubmatchIndex(data, -1), []int{len(data)})
	a := &archive{comment: data[:marks[0][0]]}
	for i, m := range marks[:len(marks)-1] {
		a.files = append(a.files, archived{string(data[m[2]:m[3]]), data[m[1]:marks[i+1][0]]})
	}
	return a
}

func (a *archive) write(t testing.TB, path string) {
	t.Helper()
	b := bytes.NewBuffer(bytes.Clone(a.comment))
	for _, f := range a.files {
		b.WriteString("-- " + f.name + " --\n")
		b.Write(f.data)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}
