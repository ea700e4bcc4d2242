package main_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write what the command prints to testdata")

// tool is the built command.
var tool string

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "errlingo-vet")
	if err != nil {
		panic(err)
	}
	tool = filepath.Join(dir, "errlingo-vet")
	out, err := exec.Command("go", "build", "-o", tool, ".").CombinedOutput()
	if err != nil {
		panic(string(out))
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// TestNewcomer checks a module with the mistakes of somebody who has just begun with errlingo: what
// is reported, what the fixes change, and that the fixed module compiles and needs no more fixes.
func TestNewcomer(t *testing.T) {
	dir := copied(t, "testdata/newcomer", "../..")
	out, code := run(dir, "go", "vet", "-vettool="+tool, "./...")
	lines := findings(out)
	golden(t, "testdata/newcomer.vet", strings.Join(lines, "\n")+"\n")
	if code != 1 {
		t.Errorf("go vet: exit code %d", code)
	}
	if found := inJSON(t, dir); found != len(lines) {
		t.Errorf("%d findings in JSON, %d in text", found, len(lines))
	}
	golden(t, "testdata/newcomer.diff", sorted(fixes(t, dir)))
	run(dir, "go", "fix", "-fixtool="+tool, "./...")
	if out, code := run(dir, "go", "build", "./..."); code != 0 {
		t.Errorf("the fixed module does not compile:\n%s", out)
	}
	if diff := fixes(t, dir); diff != "" {
		t.Errorf("the fixed module needs more fixes:\n%s", diff)
	}
}

// TestFixesCompile applies all fixes to the packages on which the rules are tested.
func TestFixesCompile(t *testing.T) {
	dir := copied(t, "vet/testdata/module", "../..")
	if out, code := run(dir, "go", "fix", "-fixtool="+tool, "./..."); code != 0 {
		t.Fatal(out)
	}
	if out, code := run(dir, "go", "vet", "./..."); code != 0 {
		t.Errorf("go vet:\n%s", out)
	}
	if diff := fixes(t, dir); diff != "" {
		t.Errorf("the fixed module needs more fixes:\n%s", diff)
	}
}

// TestBooking checks that the example has no findings.
func TestBooking(t *testing.T) {
	const dir = "../../examples/booking"
	if out, code := run(dir, "go", "vet", "-vettool="+tool, "./..."); code != 0 || out != "" {
		t.Errorf("go vet: exit code %d\n%s", code, out)
	}
	if found := inJSON(t, dir); found != 0 {
		t.Errorf("%d findings in JSON", found)
	}
	if diff := fixes(t, dir); diff != "" {
		t.Errorf("go fix -diff:\n%s", diff)
	}
}

func TestUnused(t *testing.T) {
	dir := copied(t, "testdata/newcomer", "../..")
	for _, tt := range []struct {
		name string
		args []string
		want string
		code int
	}{
		{"a code", []string{"-unused", "./..."}, "orders/codes.go:46:5: code TooLate is declared and not used\n", 1},
		{"none", []string{"-unused", "."}, "", 0},
		{"no package", []string{"-unused", "./none"}, "errlingo-vet: ", 2},
		{"without the go command", []string{"./..."}, "errlingo-vet is run by the go command", 2},
		{"nothing", nil, "errlingo-vet is run by the go command", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, code := run(dir, tool, tt.args...)
			if !strings.HasPrefix(out, tt.want) || code != tt.code || tt.want == "" && out != "" {
				t.Errorf("exit code %d, want %d\n%s", code, tt.code, out)
			}
		})
	}
}

// BenchmarkVet compares the processor time of go vet with this tool and with its own analyzers, on
// package problem and all that it imports, with everything compiled and nothing vetted. The go command
// caches results by the name or the content of the tool, so each run has a tool of its own.
func BenchmarkVet(b *testing.B) {
	path, err := exec.Command("go", "tool", "-n", "vet").Output()
	if err != nil {
		b.Fatal(err)
	}
	if out, code := run("../..", "go", "build", "./problem"); code != 0 {
		b.Fatal(out)
	}
	var plain, ours time.Duration
	for b.Loop() {
		plain += vetting(b, strings.TrimSpace(string(path)))
		ours += vetting(b, tool)
	}
	b.ReportMetric(plain.Seconds()/float64(b.N), "plain-s/op")
	b.ReportMetric(ours.Seconds()/float64(b.N), "errlingo-s/op")
	b.ReportMetric(float64(ours)/float64(plain), "ratio")
}

// vetting returns the processor time of go vet with a copy of a tool.
func vetting(b *testing.B, tool string) time.Duration {
	b.Helper()
	program, err := os.ReadFile(tool)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now().Format("150405.000000000")
	unique := filepath.Join(b.TempDir(), "vet"+now)
	program = append(program, now...)
	if err := os.WriteFile(unique, program, 0o755); err != nil {
		b.Fatal(err)
	}
	command := exec.Command("go", "vet", "-vettool="+unique, "./problem")
	command.Dir = "../.."
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return command.ProcessState.UserTime() + command.ProcessState.SystemTime()
}

// copied returns a copy of a module that requires errlingo from the root of the repository.
func copied(t *testing.T, from, root string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	root, err = filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	out, code := run(dir, "go", "mod", "edit", "-replace=github.com/errlingo/errlingo="+root)
	if code != 0 {
		t.Fatal(out)
	}
	return dir
}

// run returns what a command prints, without the name of its folder, and its exit code.
func run(dir, name string, args ...string) (out string, code int) {
	command := exec.Command(name, args...)
	command.Dir = dir
	printed, err := command.CombinedOutput()
	if command.ProcessState == nil {
		return err.Error(), -1
	}
	return strings.ReplaceAll(string(printed), dir+string(filepath.Separator), ""),
		command.ProcessState.ExitCode()
}

// findings returns the lines that report something, sorted.
func findings(out string) []string {
	var lines []string
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	slices.Sort(lines)
	return lines
}

// inJSON returns the number of findings that go vet -json reports.
func inJSON(t *testing.T, dir string) int {
	t.Helper()
	command := exec.Command("go", "vet", "-vettool="+tool, "-json", "./...")
	command.Dir = dir
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go vet -json: %v", err)
	}
	n := 0
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var packages map[string]map[string][]struct{ Posn, Message string }
		if err := decoder.Decode(&packages); err != nil {
			t.Fatalf("go vet -json: %v\n%s", err, out)
		}
		for _, analyzers := range packages {
			for _, all := range analyzers {
				n += len(all)
			}
		}
	}
	return n
}

// fixes returns what go fix -diff prints.
func fixes(t *testing.T, dir string) string {
	t.Helper()
	out, code := run(dir, "go", "fix", "-fixtool="+tool, "-diff", "./...")
	if code > 1 || strings.Contains(out, "skipped") {
		t.Errorf("go fix -diff: exit code %d\n%s", code, out)
	}
	return out
}

// sorted returns a diff with its files in the order of their names.
func sorted(diff string) string {
	const head = "--- "
	files := strings.Split("\n"+strings.TrimSuffix(diff, "\n"), "\n"+head)[1:]
	slices.Sort(files)
	return head + strings.Join(files, "\n"+head) + "\n"
}

// golden compares a text with a file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}
