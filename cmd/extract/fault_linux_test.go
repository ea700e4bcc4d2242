package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// strace returns a command that runs extract in a folder under strace, with options, and writes
// what it traces to a file. Without strace, or where it may trace nothing, the test is skipped.
func strace(t *testing.T, dir, trace string, options, args []string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if out, err := exec.Command(program, "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace may not trace a process here: %v: %s", err, out)
	}
	extract, err := exec.LookPath("extract")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, slices.Concat([]string{"-f", "-y", "-o", trace}, options,
		[]string{extract}, args)...)
	cmd.Dir = dir
	return cmd
}

// temporary returns the name of the temporary file that a file is written to first.
func temporary(name string) string {
	return "." + strings.ReplaceAll(name, "/", ".") + ".extract-new"
}

// writing are the system calls by which the command changes what is on a disk.
var writing = []string{
	"openat", "write", "fsync", "fchmod", "renameat", "renameat2", "unlinkat", "mkdirat", "flock",
}

// TestFaults lets each system call on the folder of locale files fail, and kills the process in it.
// Each file then has its old bytes or its new ones, and the next run gets to the same bytes as an
// undisturbed one.
func TestFaults(t *testing.T) {
	t.Parallel()
	scenes, faults, each := crashScenes[:1], []string{"error=EIO", "signal=KILL"}, 25
	if long() {
		scenes, faults, each = crashScenes, append(faults, "error=ENOSPC", "error=EDQUOT"), 1
	}
	start := shop(t)
	declareCode(t, start, 2000)
	declareCode(t, start, 2001)
	mustRun(t, start)
	mustRun(t, start, "add", "ar", "de", "pl")
	injected := 0
	for _, scene := range scenes {
		before := duplicate(t, start)
		scene.prepare(t, before)
		undisturbed := duplicate(t, before)
		mustRun(t, undisturbed, scene.args...)
		old, wanted := files(t, before), files(t, undisturbed)
		for _, call := range writing {
			for _, fault := range faults {
				for n := 1; ; n += each {
					dir := duplicate(t, before)
					name := fmt.Sprintf("%s, %s of %s %d", scene.name, fault, call, n)
					if !runFault(t, name, dir, fmt.Sprintf("%s:%s:when=%d", call, fault, n), wanted, scene.args) {
						break
					}
					injected++
					checkWhole(t, name, old, wanted, files(t, dir))
					rerun(t, name, dir, wanted, scene.args)
				}
			}
		}
	}
	t.Logf("%d faults", injected)
	if least := 200; long() && injected < least {
		t.Errorf("less than %d faults", least)
	}
}

// runFault runs the command with a fault in a system call on the folder or on one of the wanted
// files, and reports whether there was such a call.
func runFault(t *testing.T, name, dir, fault string, wanted map[string]string, args []string) bool {
	t.Helper()
	locales := filepath.Join(dir, "locales")
	call, _, _ := strings.Cut(fault, ":")
	options := []string{"-e", "trace=" + call, "-e", "inject=" + fault}
	for _, path := range []string{"", "_state", ".extract.lock"} {
		options = append(options, "-P", filepath.Join(locales, path))
	}
	if call == "mkdirat" {
		options = append(options, "-P", dir)
	}
	for name := range wanted {
		options = append(options, "-P", filepath.Join(locales, temporary(name)))
	}
	trace := filepath.Join(t.TempDir(), "trace")
	cmd := strace(t, dir, trace, options, args)
	out, _ := cmd.CombinedOutput() // The run may fail.
	code := cmd.ProcessState.ExitCode()
	if killed := strings.Contains(fault, "KILL"); code > exitFailure || code < 0 && !killed {
		t.Errorf("%s: exit code %d: %s", name, code, out)
	}
	said := read(t, trace)
	return strings.Contains(said, "(INJECTED)") || strings.Contains(said, "+++ killed by SIGKILL")
}

// TestDurableOrder checks that each file is on the disk before it gets its name, and the name before
// the next file is written.
func TestDurableOrder(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(shop(t))
	if err != nil {
		t.Fatal(err)
	}
	mustRun(t, dir)
	mustRun(t, dir, "add", "ar", "de", "pl")
	replace(t, dir, `"Out of stock"`, `"Sold out"`)
	before := files(t, dir)
	trace := filepath.Join(t.TempDir(), "trace")
	cmd := strace(t, dir, trace, []string{"-e", "trace=write,fsync,renameat,renameat2"}, nil)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	steps := steps(read(t, trace), filepath.Join(dir, "locales")+"/")
	after := files(t, dir)
	changed := slices.DeleteFunc(slices.Sorted(maps.Keys(after)), func(name string) bool {
		return before[name] == after[name]
	})
	if len(changed) < 4 {
		t.Fatalf("only %q changed", changed)
	}
	for _, name := range changed {
		folder, _ := filepath.Split(name)
		want := []string{
			"write " + temporary(name), "fsync " + temporary(name), "rename " + name, "fsync " + folder,
		}
		rest := steps
		for _, step := range want {
			i := slices.Index(rest, step)
			if i < 0 {
				t.Errorf("%s: no %q in its place: %q", name, step, steps)
				break
			}
			rest = rest[i+1:]
		}
	}
}

var tracedCall = regexp.MustCompile(`(write|fsync)\(\d+<([^>]*)>|renameat2?\(\d+<[^>]*>, "[^"]*"\.*, \d+<([^>]*)>, "([^"]*)"`)

// steps returns what a trace says about the files below a folder: "write NAME", "fsync NAME" and
// "rename NAME".
func steps(trace, folder string) []string {
	var all []string
	for _, m := range tracedCall.FindAllStringSubmatch(trace, -1) {
		step, path := m[1], m[2]
		if step == "" {
			step, path = "rename", m[3]+"/"+m[4]
		}
		if rest, inside := strings.CutPrefix(path+"/", folder); inside {
			if name := strings.TrimSuffix(rest, "/"); step != "fsync" || strings.HasSuffix(name, ".extract-new") {
				rest = name
			}
			all = append(all, step+" "+rest)
		}
	}
	return all
}
