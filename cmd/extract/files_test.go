package main

import (
	"bytes"
	"context"
	"errors"
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
