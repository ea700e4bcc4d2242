package git_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/git"
)

// repository returns a folder with a commit of the files a, b and empty.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"a": "one\ntwo\n", "b": "no line end", "empty": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "."},
		{"-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "first"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	return dir
}

// countStarts puts a program before git that counts how often git is started. If old, it refuses
// --batch-command as git did before 2.36. It returns a function that returns the count.
func countStarts(t *testing.T, old bool) func() int {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script")
	}
	real, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	bin := t.TempDir()
	log := filepath.Join(bin, "log")
	script := "#!/bin/sh\necho started >> '" + log + "'\n"
	if old {
		script += "case \" $* \" in *' --batch-command '*)\n" +
			"	echo \"error: unknown option \\`batch-command'\" >&2; exit 129;;\nesac\n"
	}
	script += "exec '" + real + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	return func() int {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(text), "\n")
	}
}

// TestObjects asks about the same objects in each way in which git may be asked.
func TestObjects(t *testing.T) {
	tests := []struct {
		name   string
		once   bool
		old    bool
		starts int // of git, for three questions
	}{
		{name: "git is kept running", starts: 1},
		{name: "git before 2.36", old: true, starts: 4},
		{name: "git is started for each question", once: true, starts: 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := repository(t)
			starts := countStarts(t, test.old)
			objects := &git.Objects{Environ: os.Environ(), Once: test.once}
			defer objects.Close()
			names := []string{"HEAD:./a", "HEAD:./no such file", "HEAD:./b", "HEAD:empty", "HEAD:a"}
			texts := []string{"one\ntwo\n", "", "no line end", "", "one\ntwo\n"}
			for range 2 {
				found, err := objects.Read(t.Context(), dir, names)
				if err != nil {
					t.Fatal(err)
				}
				for i, o := range found {
					exists := i != 1
					if string(o.Content) != texts[i] || o.Size != len(texts[i]) ||
						(o.Content != nil) != exists || (o.Name != "") != exists {
						t.Errorf("%s: got %+v, want %q", names[i], o, texts[i])
					}
				}
			}
			found, err := objects.Sizes(t.Context(), dir, names)
			if err != nil {
				t.Fatal(err)
			}
			for i, o := range found {
				if o.Content != nil || o.Size != len(texts[i]) || (o.Name != "") != (i != 1) {
					t.Errorf("%s: got %+v, want %d bytes", names[i], o, len(texts[i]))
				}
			}
			if got := starts(); got != test.starts {
				t.Errorf("git was started %d times, want %d", got, test.starts)
			}
		})
	}
}

// TestObjectsAfterFailure shows why git fails, and that it is started again after that.
func TestObjectsAfterFailure(t *testing.T) {
	dir := repository(t)
	hidden := filepath.Join(dir, "hidden")
	if err := os.Rename(filepath.Join(dir, ".git"), hidden); err != nil {
		t.Fatal(err)
	}
	objects := &git.Objects{
		Environ: append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir)),
	}
	defer objects.Close()
	_, err := objects.Read(t.Context(), dir, []string{"HEAD:a"})
	if err == nil || !strings.HasPrefix(err.Error(), "not a git repository") {
		t.Errorf("outside of a repository: %v", err)
	}
	if err := os.Rename(hidden, filepath.Join(dir, ".git")); err != nil {
		t.Fatal(err)
	}
	wantB := func(when string) {
		t.Helper()
		found, err := objects.Read(t.Context(), dir, []string{"HEAD:b"})
		if err != nil || string(found[0].Content) != "no line end" {
			t.Errorf("%s: %v, %v", when, found, err)
		}
	}
	wantB("after a failure")
	if _, err := objects.Read(t.Context(), dir, []string{"HEAD:a\nHEAD:b"}); err == nil {
		t.Error("a name with a line end was asked for")
	}
	wantB("after a wrong name")
	objects.Close()
	wantB("after Close")
}

// TestObjectsManyNames asks for more than fits into the pipes to git and back.
func TestObjectsManyNames(t *testing.T) {
	dir := repository(t)
	objects := &git.Objects{Environ: os.Environ()}
	defer objects.Close()
	blob, err := objects.Sizes(t.Context(), dir, []string{"HEAD:a"})
	if err != nil {
		t.Fatal(err)
	}
	found, err := objects.Read(t.Context(), dir, slices.Repeat([]string{blob[0].Name}, 1500))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(found[len(found)-1].Content); got != "one\ntwo\n" {
		t.Errorf("got %q", got)
	}
}
