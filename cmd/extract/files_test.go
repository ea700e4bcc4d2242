package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// TestFolderBecomesALink replaces the folder of the locale files by a link to a folder outside of
// the module, right before the run opens the lock's file. The run must write nothing there.
func TestFolderBecomesALink(t *testing.T) {
	dir, outside := shop(t), t.TempDir()
	mustRun(t, dir, "add", "de")
	mustRun(t, dir)
	replace(t, dir, "Out of stock", "Sold out")
	var stderr bytes.Buffer
	env := inProcess(dir)
	env.stderr = &stderr
	locales := filepath.Join(dir, "locales")
	ctx := atomicfile.WithTrace(t.Context(), func(step string) {
		if step == "lock" {
			err := errors.Join(os.Rename(locales, filepath.Join(dir, "was")), os.Symlink(outside, locales))
			if err != nil {
				t.Error(err)
			}
		}
	})
	if code := run(ctx, env); code != exitFailure || !strings.HasPrefix(stderr.String(), "locales: ") {
		t.Errorf("exit code %d\n%s", code, &stderr)
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Errorf("the folder outside has %v, %v", entries, err)
	}
	if _, err := os.Lstat(filepath.Join(dir, "was", ".extract.lock")); err == nil {
		t.Error("the lock's file is left")
	}
}

// blocked is a writer whose reader reads no more.
type blocked struct{ began, end chan struct{} }

func (b blocked) Write(p []byte) (int, error) {
	b.began <- struct{}{}
	<-b.end
	return len(p), nil
}

// TestInterruptedWhileBlocked interrupts a run that waits for a system call, which nothing ends.
func TestInterruptedWhileBlocked(t *testing.T) {
	for _, both := range []bool{false, true} {
		var stderr bytes.Buffer
		b := blocked{make(chan struct{}, 2), make(chan struct{})}
		env := inProcess(shop(t), "list")
		env.stdout, env.stderr = b, &stderr
		if both {
			env.stderr = b
		}
		over := make(chan time.Time)
		close(over)
		graces := 0
		env.grace = func() <-chan time.Time {
			if graces++; graces == 1 || both {
				return over
			}
			return nil // The message must be written.
		}
		ctx, interrupt := context.WithCancel(t.Context())
		code := make(chan int)
		go func() { code <- run(ctx, env) }()
		<-b.began
		interrupt()
		if got := <-code; got != exitFailure {
			t.Errorf("exit code %d", got)
		}
		if !both && !strings.Contains(stderr.String(), "extract: interrupted while waiting") {
			t.Errorf("it says %q", &stderr)
		}
		close(b.end)
	}
}

// TestManyFindings checks files in which every line is wrong. Up to a limit the first findings are
// listed and the others counted; beyond it the file is refused.
func TestManyFindings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		keys  int
		code  int
		lines int // of findings about the file, hints not counted
		last  string
	}{
		{"a hundred", 100, exitFindings, 100, `locales/de.toml:125:1: "k99" is not a plural category`},
		{
			"five thousand", 5000, exitFindings, 101,
			"locales/de.toml: 4900 errors more in this file",
		},
		{
			"fifty thousand", 50_000, exitFailure, 1,
			"locales/de.toml:10026:1: more than 10000 entries are invalid",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := shop(t)
			mustRun(t, dir, "add", "de")
			mustRun(t, dir)
			var b strings.Builder
			b.WriteString(read(t, dir, "locales", "de.toml"))
			for i := range tt.keys {
				fmt.Fprintf(&b, "k%d = \"x\"\n", i)
			}
			write(t, b.String(), dir, "locales", "de.toml")
			for _, command := range []string{"lint", "check"} {
				r := runIn(t, dir, command)
				var about []string
				for line := range strings.Lines(r.stdout + r.stderr) {
					if strings.HasPrefix(line, "locales/de.toml:") && !strings.Contains(line, "warning") {
						about = append(about, strings.TrimSuffix(line, "\n"))
					}
				}
				if r.code != tt.code || len(about) != tt.lines || about[len(about)-1] != tt.last {
					t.Errorf("%s: exit code %d, %d findings\n%.1000s%.1000s", command, r.code, len(about),
						r.stdout, r.stderr)
				}
			}
		})
	}
}
