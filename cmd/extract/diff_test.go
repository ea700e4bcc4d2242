package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestWriteFilePatch(t *testing.T) {
	tests := []struct{ name, file, old, new, want string }{
		{
			"one line", "de.toml", "a\nb\nc\nd\ne\nf\ng\nh\ni\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\n",
			"@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n",
		},
		{
			"two places", "de.toml", "a\nb\nc\nd\ne\nf\ng\nh\ni\n", "A\nb\nc\nd\ne\nf\ng\nh\nI\n",
			"@@ -1,4 +1,4 @@\n-a\n+A\n b\n c\n d\n@@ -6,4 +6,4 @@\n f\n g\n h\n-i\n+I\n",
		},
		{
			"places near each other", "de.toml", "a\nb\nc\nd\ne\nf\ng\nh\n", "A\nb\nc\nd\ne\nf\ng\nH\n",
			"@@ -1,8 +1,8 @@\n-a\n+A\n b\n c\n d\n e\n f\n g\n-h\n+H\n",
		},
		{"no last newline", "de.toml", "a\nb", "a\nc", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"},
		{"a line more", "de.toml", "a\n", "a\nb\n", "@@ -1 +1,2 @@\n a\n+b\n"},
		{"emptied", "de.toml", "a\n", "", "@@ -1 +0,0 @@\n-a\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			writeFilePatch(&b, tt.file, []byte(tt.old), []byte(tt.new))
			head := fmt.Sprintf("diff --git a/%[1]s b/%[1]s\n--- a/%[1]s\n+++ b/%[1]s\n", tt.file)
			if got := b.String(); got != head+tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, head+tt.want)
			}
		})
	}
}

func TestPatchOfNewFile(t *testing.T) {
	var b strings.Builder
	writeFilePatch(&b, "my locales/de.toml", nil, []byte("a\n"))
	want := "diff --git a/my locales/de.toml b/my locales/de.toml\nnew file mode 100644\n--- /dev/null\n+++ b/my locales/de.toml\t\n@@ -0,0 +1 @@\n+a\n"
	if b.String() != want {
		t.Errorf("got\n%q\nwant\n%q", b.String(), want)
	}
}

// FuzzDifferences holds that the lines that are kept and taken away are the old file, and those that are kept and put in
// the new one, and that the hunks lead from one to the other.
func FuzzDifferences(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nx\nc")
	f.Add("a\na\nb\nb\na\n", "b\na\na\nb\n")
	f.Add("", "a\n\n\n")
	f.Fuzz(func(t *testing.T, old, replacement string) {
		var before, after strings.Builder
		for _, l := range differences(splitLines(old), splitLines(replacement)) {
			if l.mark != '+' {
				before.WriteString(l.text)
			}
			if l.mark != '-' {
				after.WriteString(l.text)
			}
		}
		if before.String() != old || after.String() != replacement {
			t.Errorf("%q to %q: got %q to %q", old, replacement, before.String(), after.String())
		}
		if got := patched(t, old, hunksOf(splitLines(old), splitLines(replacement))); got != replacement {
			t.Errorf("%q to %q: got %q", old, replacement, got)
		}
	})
}

// patched applies hunks as a patch program does.
func patched(t *testing.T, old string, hunks []hunk) string {
	var b strings.Builder
	lines, at := splitLines(old), 0
	for _, h := range hunks {
		for ; at < h.oldStart; at++ {
			b.WriteString(lines[at])
		}
		if n := len(splitLines(b.String())); n != h.newStart {
			t.Errorf("the hunk says that it begins at line %d, which is %d", h.newStart, n)
		}
		for _, l := range h.lines {
			if l.mark != '+' {
				if lines[at] != l.text {
					t.Errorf("line %d is %q, not %q", at, lines[at], l.text)
				}
				at++
			}
			if l.mark != '-' {
				b.WriteString(l.text)
			}
		}
	}
	return b.String() + strings.Join(lines[at:], "")
}
