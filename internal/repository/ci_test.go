package repository_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// decode reads a YAML file in the root of the repository.
func decode(t *testing.T, name string, v any) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(src, v); err != nil {
		t.Fatal(err)
	}
}

// TestAction runs the action's script in a module without the tool: first when all is well, then
// after a text has changed in Go.
func TestAction(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct{ Steps []struct{ Run string } }
	}
	decode(t, "action.yml", &action)
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir, temp := t.TempDir(), t.TempDir()
	run := func(args string) (string, error) {
		command := exec.Command(bash, "-e", "-c", action.Runs.Steps[0].Run)
		command.Dir = dir
		command.Env = append(os.Environ(), "EXTRACT_SOURCE="+root, "EXTRACT_ARGS="+args, "RUNNER_TEMP="+temp)
		out, err := command.CombinedOutput()
		return string(out), err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/acme\n\ngo 1.26.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	usual := action.Inputs["args"].Default
	for _, args := range []string{"init shop", usual, usual + " --strict"} {
		if out, err := run(args); err != nil {
			t.Fatalf("%q: %v\n%s", args, err, out)
		}
	}
	name := filepath.Join(dir, "shop/codes.go")
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(src), "Not found", "Gone", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := run(usual); err == nil || !strings.Contains(out, "::error file=shop/locales/en.toml") {
		t.Errorf("of an outdated file, the action says %v\n%s", err, out)
	}
}

// TestHooks checks that the hooks for pre-commit run the command, for the files that it reads.
func TestHooks(t *testing.T) {
	var hooks []struct {
		ID, Language, Entry, Files string
		PassFilenames              bool `yaml:"pass_filenames"`
	}
	decode(t, ".pre-commit-hooks.yaml", &hooks)
	for _, hook := range hooks {
		if command, _, _ := strings.Cut(hook.Entry, " "); command != "extract" || hook.Language != "golang" || hook.PassFilenames {
			t.Errorf("hook %s: %+v", hook.ID, hook)
		}
	}
	if len(hooks) != 2 {
		t.Errorf("%d hooks, want 2", len(hooks))
	}
}
