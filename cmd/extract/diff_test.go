package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteFilePatch(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{
			"one line", "a\nb\nc\nd\ne\nf\ng\nh\ni\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\n",
			"@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n",
		},
		{
			"two places", "a\nb\nc\nd\ne\nf\ng\nh\ni\n", "A\nb\nc\nd\ne\nf\ng\nh\nI\n",
			"@@ -1,4 +1,4 @@\n-a\n+A\n b\n c\n d\n@@ -6,4 +6,4 @@\n f\n g\n h\n-i\n+I\n",
		},
		{
			"no line end at the end of the file", "a\nb", "a\nc",
			"@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n",
		},
		{
			"line end added", "a\nb", "a\nb\n",
			"@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n",
		},
		{"emptied", "a\n", "", "@@ -1,1 +0,0 @@\n-a\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			writeFilePatch(&b, "de.toml", []byte(tt.old), []byte(tt.new))
			want := "diff --git a/de.toml b/de.toml\n--- a/de.toml\n+++ b/de.toml\n" + tt.want
			if got := b.String(); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestPatchHeader compares the lines before the hunks with what git diff writes.
func TestPatchHeader(t *testing.T) {
	tests := []struct {
		name, file string
		old, new   []byte
		want       string
	}{
		{
			"new", "de.toml", nil, []byte("a\n"),
			"diff --git a/de.toml b/de.toml\nnew file mode 100644\n--- /dev/null\n+++ b/de.toml\n",
		},
		{
			"deleted", "de.toml", []byte("a\n"), nil,
			"diff --git a/de.toml b/de.toml\ndeleted file mode 100644\n" +
				"--- a/de.toml\n+++ /dev/null\n",
		},
		{
			"new and empty", "de.toml", nil, []byte{},
			"diff --git a/de.toml b/de.toml\nnew file mode 100644\n",
		},
		{
			"space", "a b.toml", []byte("a\n"), []byte("b\n"),
			"diff --git a/a b.toml b/a b.toml\n--- a/a b.toml\t\n+++ b/a b.toml\t\n",
		},
		{
			"quotes", `a "b".toml`, []byte("a\n"), []byte("b\n"),
			`diff --git "a/a \"b\".toml" "b/a \"b\".toml"` + "\n" +
				`--- "a/a \"b\".toml"` + "\n" + `+++ "b/a \"b\".toml"` + "\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			writeFilePatch(&b, tt.file, tt.old, tt.new)
			if got, _, _ := strings.Cut(b.String(), "@@"); got != tt.want {
				t.Errorf("got\n%q\nwant\n%q", got, tt.want)
			}
		})
	}
}

// TestGitAppliesPatches applies the patch of a file with git, and expects exactly the new bytes.
func TestGitAppliesPatches(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	tests := []struct {
		name, file string
		old, new   []byte // nil for a file that does not exist
	}{
		{"changed", "locales/de.toml", []byte("a\nb\nc\n"), []byte("a\nB\nc\n")},
		{"new", "locales/_state/de.lock", nil, []byte("a\nb\n")},
		{"new and empty", "locales/de.toml", nil, []byte{}},
		{"new without a line end", "de.toml", nil, []byte("a")},
		{"new with a space in its name", "my locales/de.toml", nil, []byte("a\n")},
		{"new with quotes in its name", `my "locales"/de.toml`, nil, []byte("a\n")},
		{"space in the name", "my locales/de.toml", []byte("a\n"), []byte("a\nb\n")},
		{"letters outside of ASCII in the name", "übersetzt/de.toml", []byte("a\n"), []byte("b\n")},
		{"deleted", "locales/_state/de.obsolete", []byte("a\nb\n"), nil},
		{"deleted without a line end", "de.toml", []byte("a"), nil},
		{"deleted and empty", "de.toml", []byte{}, nil},
		{"emptied", "de.toml", []byte("a\n"), []byte{}},
		{"filled", "de.toml", []byte{}, []byte("a\n")},
		{"line end taken away", "de.toml", []byte("a\nb\n"), []byte("a\nb")},
		{"CRLF and BOM", "de.toml", []byte("\uFEFFa\r\nb\r\nc\r\n"), []byte("\uFEFFa\r\nB\r\nc\r\n")},
		{"diff's own note", "de.toml", []byte("\\ No newline at end of file\n"), []byte("a")},
		{"no line in common", "de.toml", []byte("a\na\na\n"), []byte("b\nb\n")},
		{"10,000 tables", "de.toml", manyTables(""), manyTables("x")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, filepath.FromSlash(tt.file))
			if tt.old != nil {
				err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, tt.old, 0o666))
				if err != nil {
					t.Fatal(err)
				}
			}
			var b bytes.Buffer
			writeFilePatch(&b, tt.file, tt.old, tt.new)
			command := exec.Command("git", "apply", "--whitespace=nowarn", "-")
			command.Dir, command.Stdin = dir, bytes.NewReader(b.Bytes())
			if out, err := command.CombinedOutput(); err != nil {
				t.Fatalf("git apply: %v\n%s%.2000s", err, out, &b)
			}
			got, err := os.ReadFile(file)
			switch {
			case tt.new == nil && !errors.Is(err, fs.ErrNotExist):
				t.Errorf("the file has %q, %v; want none", got, err)
			case tt.new != nil && (err != nil || !bytes.Equal(got, tt.new)):
				t.Errorf("the file has %.2000q, %v; want %.2000q", got, err, tt.new)
			}
		})
	}
}

// manyTables returns a file of 10,000 tables. Every hundredth has the given text, and is followed
// by a new table if there is one.
func manyTables(text string) []byte {
	var b bytes.Buffer
	for i := range 10_000 {
		value := ""
		if i%100 == 0 {
			value = text
		}
		fmt.Fprintf(&b, "#. A comment.\n[CODE_%d.title]\nother = %q\n\n", i, value)
		if value != "" {
			fmt.Fprintf(&b, "[CODE_%d.detail]\nother = \"\"\n\n", i)
		}
	}
	return b.Bytes()
}

// A patch shows what changed and a few lines around it, not the rest of a large file.
func TestPatchIsSmall(t *testing.T) {
	var b bytes.Buffer
	writeFilePatch(&b, "de.toml", manyTables(""), manyTables("x"))
	if n := strings.Count(b.String(), "\n"); n > 2000 {
		t.Errorf("the patch has %d lines", n)
	}
}
