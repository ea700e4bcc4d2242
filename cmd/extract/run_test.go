package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errlingo/errlingo/internal/atomicfile"
	"github.com/errlingo/errlingo/internal/diag"
)

// shop returns a copy of the module in testdata/shop.
func shop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := copyShop(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// result is what a run said.
type result struct {
	code           int
	stdout, stderr string
}

// inProcess returns what a run of the command in a folder is given. Its variables are those that
// other programs need, so that no setting of the user's matters.
func inProcess(dir string, args ...string) environment {
	vars := slices.Concat(gitEnvironment(), goEnvironment())
	for _, name := range []string{"PATH", "TMPDIR"} {
		vars = append(vars, name+"="+os.Getenv(name))
	}
	return environment{
		args: append([]string{commandName}, args...), dir: dir, environ: vars,
		stdout: io.Discard, stderr: io.Discard,
	}
}

func runIn(t *testing.T, dir string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := inProcess(dir, args...)
	env.stdout, env.stderr = &stdout, &stderr
	return result{run(t.Context(), env), stdout.String(), stderr.String()}
}

func mustRun(t *testing.T, dir string, args ...string) {
	t.Helper()
	if r := runIn(t, dir, args...); r.code != exitOK {
		t.Fatalf("extract %q: exit code %d\n%s%s", args, r.code, r.stdout, r.stderr)
	}
}

func read(t *testing.T, name ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(name...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, text string, name ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(name...), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// replace changes the Go source of the shop.
func replace(t *testing.T, dir, old, replacement string) {
	t.Helper()
	text := read(t, dir, "shop.go")
	if !strings.Contains(text, old) {
		t.Fatalf("shop.go has no %q", old)
	}
	write(t, strings.Replace(text, old, replacement, 1), dir, "shop.go")
}

// lockFolder takes the lock of a module's locale files until the test ends.
func lockFolder(t *testing.T, dir string) {
	t.Helper()
	f, err := atomicfile.Open(dir, "locales")
	if err != nil {
		t.Fatal(err)
	}
	lock, err := f.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(lock.Release(), f.Close()); err != nil {
			t.Error(err)
		}
	})
}

// trigger calls f once when a text is written that contains a word.
type trigger struct {
	word string
	f    func()
}

func (w *trigger) Write(b []byte) (int, error) {
	if w.f != nil && bytes.Contains(b, []byte(w.word)) {
		w.f()
		w.f = nil
	}
	return len(b), nil
}

// TestFileIsSavedMeanwhile lets a translator save a file between the plan and the writing.
func TestFileIsSavedMeanwhile(t *testing.T) {
	t.Parallel()
	dir := shop(t)
	mustRun(t, dir)
	mustRun(t, dir, "add", "de")
	replace(t, dir, `"Out of stock"`, `"Sold out"`)
	saved := strings.Replace(read(t, dir, "locales", "de.toml"), `other = ""`, `other = "Ausverkauft"`, 1)
	var stderr bytes.Buffer
	env := inProcess(dir)
	env.stdout = &trigger{"de.toml: ", func() { write(t, saved, dir, "locales", "de.toml") }}
	env.stderr = &stderr
	if code := run(t.Context(), env); code != exitFailure {
		t.Errorf("exit code %d", code)
	}
	if want := "locales/de.toml: the file was changed in the meantime\nhint: run the same command again\n"; stderr.String() != want {
		t.Errorf("got %q, want %q", stderr.String(), want)
	}
	if got := read(t, dir, "locales", "de.toml"); got != saved {
		t.Errorf("what was saved is lost:\n%s", got)
	}
	mustRun(t, dir)
	if r := runIn(t, dir); r.code != exitOK || !strings.Contains(r.stdout, "up to date") {
		t.Errorf("got %+v", r)
	}
}

// TestInterrupt ends a run between the plan and the writing.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	dir := shop(t)
	ctx, cancel := context.WithCancel(t.Context())
	var stderr bytes.Buffer
	env := inProcess(dir)
	env.stdout = &trigger{"en.toml: ", cancel}
	env.stderr = &stderr
	if code := run(ctx, env); code != exitFailure {
		t.Errorf("exit code %d", code)
	}
	if want := "extract: interrupted; no file is half written\nhint: run the same command again\n"; stderr.String() != want {
		t.Errorf("got %q, want %q", stderr.String(), want)
	}
	if names, err := os.ReadDir(filepath.Join(dir, "locales")); err != nil || len(names) != 0 {
		t.Errorf("got %v, %v", names, err)
	}
	mustRun(t, dir)
}

func TestColors(t *testing.T) {
	dir := shop(t)
	mustRun(t, dir)
	mustRun(t, dir, "add", "de")
	tests := []struct {
		name     string
		terminal bool
		variable string
		colored  bool
	}{
		{"terminal", true, "", true},
		{"pipe", false, "", false},
		{"NO_COLOR", true, "NO_COLOR=1", false},
		{"dumb terminal", true, "TERM=dumb", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stdout bytes.Buffer
			env := inProcess(dir, "status")
			env.stdout, env.stdoutTerminal = &stdout, tt.terminal
			env.environ = append(env.environ, tt.variable)
			if code := run(t.Context(), env); code != exitOK {
				t.Errorf("exit code %d", code)
			}
			if got := strings.Contains(stdout.String(), "\x1b["); got != tt.colored {
				t.Errorf("got %q", stdout.String())
			}
		})
	}
}

func TestProgressLeavesNoTrace(t *testing.T) {
	var stderr bytes.Buffer
	a := app{environment: environment{stderr: &stderr, stderrTerminal: true}}
	p := a.startProgress("reading Go source")
	p.set("reading locale files")
	if stderr.Len() > 0 {
		t.Errorf("a short run says %q", &stderr)
	}
	p.show()
	p.set("waiting")
	p.stop()
	p.show()
	if got, want := stderr.String(), "\r\x1b[Kreading locale files …\r\x1b[Kwaiting …\r\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}

	stderr.Reset()
	a.stderrTerminal = false
	p = a.startProgress("reading Go source")
	p.show()
	p.stop()
	if stderr.Len() > 0 {
		t.Errorf("a pipe gets %q", &stderr)
	}
}

func TestCall(t *testing.T) {
	without, with := shop(t), shop(t)
	write(t, "module example.com/shop\n\ntool github.com/errlingo/errlingo/cmd/extract\n", with, "go.mod")
	tests := []struct{ name, dir, arg, want string }{
		{"tool", with, "/home/u/.cache/go-build/a5/a5cfc6c1-d/extract", "go tool extract"},
		{"tool of another cache", with, "/cache/a5/a5cfc6c1-d/extract", "go tool extract"},
		{"tool that was built right now", with, "/tmp/go-build553988136/b001/exe/extract", "go tool extract"},
		{"go run", without, "/tmp/go-build553988136/b001/exe/extract", "go run github.com/errlingo/errlingo/cmd/extract"},
		{"from the path", with, "extract", "extract"},
		{"relative", without, "./bin/extract", "./bin/extract"},
		{"absolute", without, "/usr/local/bin/extract", "extract"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := app{environment: environment{dir: tt.dir, args: []string{tt.arg}}}
			if got := a.call(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			named := a.withCall(diag.List{{Hint: "use extract draft --take"}})
			if want := "use " + tt.want + " draft --take"; named[0].Hint != want {
				t.Errorf("got hint %q, want %q", named[0].Hint, want)
			}
		})
	}
}

// TestUpToDateTakesNoLock checks that a run with nothing to write takes no lock, so that it never
// waits for another.
func TestUpToDateTakesNoLock(t *testing.T) {
	dir := shop(t)
	mustRun(t, dir)
	lockFolder(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if code := run(ctx, inProcess(dir)); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// TestReaderGoesAway ends the reading of the result in the middle: what is to be written is
// written, and no lock stays. It takes a process, since only one whose stdout it is dies of that.
func TestReaderGoesAway(t *testing.T) {
	t.Parallel()
	extract, err := exec.LookPath("extract")
	if err != nil {
		t.Fatal(err)
	}
	dir := shop(t)
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	reader.Close()
	defer writer.Close()
	var stderr bytes.Buffer
	cmd := exec.Command(extract)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, writer, &stderr
	_ = cmd.Run() // Its exit code is looked at.
	if code := cmd.ProcessState.ExitCode(); code != exitFailure || stderr.Len() > 0 {
		t.Errorf("exit code %d, said %q", code, &stderr)
	}
	if got, want := names(t, dir), []string{".gitattributes", "_state/en.lock", "codes.lock", "en.toml"}; !slices.Equal(got, want) {
		t.Errorf("the folder has %q", got)
	}
}

// TestCtrlC sends a signal to a run that waits for another one.
func TestCtrlC(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no signal can be sent to a process")
	}
	dir := shop(t)
	mustRun(t, dir)
	lockFolder(t, dir)
	before := files(t, dir)
	replace(t, dir, `"Out of stock"`, `"Sold out"`)
	cmd := traced(t, dir)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stderr := bufio.NewReader(pipe)
	if line, err := stderr.ReadString('\n'); line != "next: lock\n" {
		t.Errorf("got %q, %v", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // The exit code is checked below.
	code := cmd.ProcessState.ExitCode()
	if code != exitFailure || !bytes.HasPrefix(said, []byte("extract: interrupted; ")) {
		t.Errorf("exit code %d: %s", code, said)
	}
	if !maps.Equal(before, files(t, dir)) {
		t.Errorf("the folder has %q", names(t, dir))
	}
}
