package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errlingo/errlingo/internal/atomicfile"
)

// killAt is the environment variable that tells tracedMain where to kill the process.
const killAt = "EXTRACT_KILL_AT"

// tracedMain is the command, except that it names each step that changes the disk on stderr, right
// before the step, and kills its own process before the n-th one, if the variable says so.
func tracedMain() {
	n, _ := strconv.Atoi(os.Getenv(killAt)) // 0 is never
	ctx := atomicfile.WithTrace(context.Background(), func(step string) {
		fmt.Fprintf(os.Stderr, "next: %s\n", step)
		if n--; n == 0 {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				_ = self.Kill()
			}
			select {}
		}
	})
	os.Exit(runProcess(ctx))
}

// traced returns a command that runs tracedMain in a folder.
func traced(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("extract-traced")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	return cmd
}

// runKilled runs the command, kills it before the n-th step, and returns the name of that step, or
// "" if the run ended before.
func runKilled(t *testing.T, dir string, n int, args ...string) string {
	t.Helper()
	var stderr strings.Builder
	cmd := traced(t, dir, args...)
	cmd.Stderr = &stderr
	cmd.Env = append(cmd.Environ(), killAt+"="+strconv.Itoa(n))
	err := cmd.Run()
	if err == nil {
		return ""
	}
	steps := strings.Split(strings.TrimSpace(stderr.String()), "\n")
	step, ok := strings.CutPrefix(steps[len(steps)-1], "next: ")
	if !ok || len(steps) != n || cmd.ProcessState.Exited() && runtime.GOOS != "windows" {
		t.Fatalf("step %d: %v\n%s", n, err, &stderr)
	}
	return step
}

// crashScenes are runs that write something. Each starts in a module with three target locales.
var crashScenes = []struct {
	name    string
	prepare func(t *testing.T, dir string)
	args    []string
}{
	{
		"first run",
		func(t *testing.T, dir string) {
			if err := os.RemoveAll(filepath.Join(dir, "locales")); err != nil {
				t.Fatal(err)
			}
		},
		nil,
	},
	{
		// What a translation was made from is known only from en.toml and its state, because the
		// comments do not say it. So the order of writing matters.
		"new code, changed text, new translations",
		func(t *testing.T, dir string) {
			for name, text := range files(t, dir) {
				if strings.HasSuffix(name, ".toml") && name != "en.toml" {
					text = strings.ReplaceAll(text, "\n#. en", "\n# en")
					write(t, strings.Replace(text, `""`, `"x"`, 1), dir, "locales", name)
				}
			}
			replace(t, dir, `"Out of stock"`, `"Sold out"`)
			declareCode(t, dir, 2002)
		},
		nil,
	},
	{
		"code gone",
		func(t *testing.T, dir string) {
			translateCode(t, dir, "CODE_2001")
			removeFile(t, dir, "code2001.go")
		},
		nil,
	},
	{
		// The file of obsolete texts gains a text and loses one.
		"one code back, another gone",
		func(t *testing.T, dir string) {
			translateCode(t, dir, "CODE_2000")
			translateCode(t, dir, "CODE_2001")
			removeFile(t, dir, "code2001.go")
			mustRun(t, dir)
			removeFile(t, dir, "code2000.go")
			declareCode(t, dir, 2001)
		},
		nil,
	},
	{
		"code renamed",
		func(t *testing.T, dir string) {
			translateCode(t, dir, "CODE_2001")
			text := read(t, dir, "code2001.go")
			write(t, strings.Replace(text, "CODE_2001", "PAID_2001", 1), dir, "code2001.go")
		},
		[]string{"accept", "--ledger", "PAID_2001"},
	},
	{
		"locale renamed",
		func(t *testing.T, dir string) {
			translateCode(t, dir, "CODE_2001")
			removeFile(t, dir, "code2001.go")
			mustRun(t, dir)
		},
		[]string{"move", "de", "de-AT"},
	},
	{"new locale", func(t *testing.T, dir string) {}, []string{"add", "fr"}},
}

// translateCode translates the title of a code in each target, and lets extract see it.
func translateCode(t *testing.T, dir, code string) {
	t.Helper()
	for name, text := range files(t, dir) {
		if head := "[" + code + ".title]"; strings.HasSuffix(name, ".toml") && name != "en.toml" {
			before, after, _ := strings.Cut(text, head)
			after = strings.Replace(after, `""`, `"x"`, 1)
			write(t, before+head+after, dir, "locales", name)
		}
	}
	mustRun(t, dir)
}

func removeFile(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// TestKilled kills runs before each of their steps. Each file then has its old bytes or its new
// ones, and the next run gets to the same bytes as an undisturbed one.
func TestKilled(t *testing.T) {
	t.Parallel()
	start := shop(t)
	declareCode(t, start, 2000)
	declareCode(t, start, 2001)
	mustRun(t, start)
	mustRun(t, start, "add", "ar", "de", "pl")
	for i, scene := range crashScenes {
		each := 1
		if i > 1 && !long() {
			each = 5 // The steps are of the same kinds as in the first scenes.
		}
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			before := duplicate(t, start)
			scene.prepare(t, before)
			undisturbed := duplicate(t, before)
			mustRun(t, undisturbed, scene.args...)
			old, wanted := files(t, before), files(t, undisturbed)
			if maps.Equal(old, wanted) {
				t.Fatal("the run writes nothing")
			}
			var steps []string
			for n := 1; ; n += each {
				dir := duplicate(t, before)
				step := runKilled(t, dir, n, scene.args...)
				checkWhole(t, step, old, wanted, files(t, dir))
				if step == "" {
					break
				}
				steps = append(steps, step)
				if long() {
					killAgain(t, step, dir, old, wanted, scene.args)
				}
				rerun(t, step, dir, wanted, scene.args)
			}
			if each == 1 {
				checkSteps(t, steps)
			}
		})
	}
}

// checkWhole expects each file to be as before or as after an undisturbed run. A file of obsolete
// texts that gains and loses some may have all of them for a while.
func checkWhole(t *testing.T, step string, old, wanted, got map[string]string) {
	t.Helper()
	for name, text := range got {
		before, existed := old[name]
		after, exists := wanted[name]
		both := strings.HasSuffix(name, ".obsolete") && existed && exists && hasLines(text, before) &&
			hasLines(text, after)
		if !isLeftOver(name) && !(existed && text == before) && !(exists && text == after) && !both {
			t.Errorf("killed before %q: %s is torn:\n%s", step, name, text)
		}
	}
	for name := range wanted {
		_, existed := old[name]
		if _, ok := got[name]; existed && !ok {
			t.Errorf("killed before %q: %s is gone", step, name)
		}
	}
}

// hasLines reports whether a text has all lines of another one.
func hasLines(text, other string) bool {
	for line := range strings.Lines(other) {
		if !strings.Contains(text, line) {
			return false
		}
	}
	return true
}

// isDone reports whether a run was killed after its last change: then there may be nothing left that
// the command could be run for again.
func isDone(t *testing.T, dir string, wanted map[string]string) bool {
	t.Helper()
	got := files(t, dir)
	maps.DeleteFunc(got, func(name, _ string) bool { return isLeftOver(name) })
	return maps.Equal(got, wanted)
}

// rerun runs the command again, which must get to the wanted files, and once more, which must write
// nothing.
func rerun(t *testing.T, step, dir string, wanted map[string]string, args []string) {
	t.Helper()
	if isDone(t, dir, wanted) {
		args = nil
	}
	mustRun(t, dir, args...)
	for range 2 {
		got := files(t, dir)
		for name := range wanted {
			if got[name] != wanted[name] {
				t.Errorf("killed before %q: %s is not as after an undisturbed run:\n%s",
					step, name, got[name])
			}
		}
		if len(got) != len(wanted) {
			t.Errorf("killed before %q: the folder has %q", step, names(t, dir))
		}
		mustRun(t, dir)
	}
}

// killAgain kills the run after a killed one as well, at each of its steps.
func killAgain(t *testing.T, step, dir string, old, wanted map[string]string, args []string) {
	t.Helper()
	if isDone(t, dir, wanted) {
		return
	}
	for n := 1; ; n++ {
		again := duplicate(t, dir)
		second := runKilled(t, again, n, args...)
		steps := step + ", then " + second
		checkWhole(t, steps, old, wanted, files(t, again))
		rerun(t, steps, again, wanted, args)
		if second == "" {
			return
		}
	}
}

// checkSteps expects a process to have been killed at every kind of step.
func checkSteps(t *testing.T, steps []string) {
	t.Helper()
	for _, kind := range []string{"lock", "create ", "write ", "sync .", "rename ", "sync folder ",
		"remove .extract.lock", "unlock", "end"} {
		if !slices.ContainsFunc(steps, func(s string) bool { return strings.HasPrefix(s, kind) }) {
			t.Errorf("no run was killed before %q, only before %q", kind, steps)
		}
	}
	t.Logf("killed before %d steps", len(steps))
}

func duplicate(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}
