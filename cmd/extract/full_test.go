package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDiskIsFull runs the command on a full disk, if the machine lets the test mount a small one.
func TestDiskIsFull(t *testing.T) {
	dir := shop(t)
	locales := filepath.Join(dir, "locales")
	if err := os.Mkdir(locales, 0o777); err != nil {
		t.Fatal(err)
	}
	mount := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", locales)
	if out, err := mount.CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted: %v: %s", err, out)
	}
	defer func() {
		if out, err := exec.Command("umount", locales).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}()
	mustRun(t, dir)
	before := files(t, dir)
	filler, err := os.Create(filepath.Join(locales, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = filler.Write(make([]byte, 1024))
	}
	filler.Close()

	replace(t, dir, `"Out of stock"`, `"Sold out"`)
	r := runIn(t, dir)
	want := "locales/_state/en.lock: no space left on device\nhint: "
	if r.code != exitFailure || !strings.HasPrefix(r.stderr, want) {
		t.Errorf("got %+v", r)
	}
	if err := os.Remove(filler.Name()); err != nil {
		t.Fatal(err)
	}
	after := files(t, dir)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s has\n%s", name, after[name])
		}
	}
	if len(after) != len(before) {
		t.Errorf("the folder has %q", names(t, dir))
	}
	mustRun(t, dir)
}

// A result that could not be written is a failure, so that CI does not take it for success.
func TestResultCannotBeWritten(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("there is no file that is always full: %v", err)
	}
	defer full.Close()
	dir := shop(t)
	mustRun(t, dir)
	for _, args := range [][]string{
		{}, {"check"}, {"check", "--format", "sarif"}, {"status"}, {"list"}, {"explain", "1201"},
	} {
		var stderr bytes.Buffer
		env := inProcess(dir, args...)
		env.stdout, env.stderr = full, &stderr
		want := "extract: cannot write the result: no space left on device\n"
		code := run(t.Context(), env)
		if code != exitFailure || !strings.HasSuffix(stderr.String(), want) {
			t.Errorf("extract %q: exit code %d, said %q", args, code, &stderr)
		}
	}
}
